//! `ListUsersResponseContent`: an array of users, or an envelope around one.

use super::Case;

pub(crate) const LIST: &[Case] = &[
    ("[]", true),
    ("[{}]", true),
    (r#"[{"user_id":"auth0|1","logins_count":3}]"#, true),
    (r#"[{"logins_count":3.0}]"#, true),
    (r#"[{"logins_count":3.5}]"#, false),
    (r#"[{"created_at":"2026-06-25T12:00:00.000Z"}]"#, true),
    (r#"[{"created_at":"2026-06-31T12:00:00.000Z"}]"#, false),
    (r#"[{"created_at":{"$date":0}}]"#, false),
    (r#"[{"email":"john.doe@gmail.com"},{"email":"a@localhost"}]"#, false),
    (r#"[{"identities":[{"provider":"google-oauth2","user_id":"1"}]}]"#, true),
    (r#"[{"identities":[{"provider":"unheard-of"}]}]"#, false),
    (r#"[{"identities":[{"unheard_of":1}]}]"#, false),
    (r#"[{"identities":{}}]"#, false),
    (r#"[{"multifactor":["guardian"],"app_metadata":{"a":1},"unheard_of":null}]"#, true),
    (r#"[{"multifactor":[1]}]"#, false),
    (r#"[{"blocked":null}]"#, false),
    ("[null]", false),
    ("[[]]", false),
    (r#"{"start":0,"limit":50,"length":1,"users":[{"name":"A"}],"total":1}"#, true),
    (r#"{"start":0,"limit":50,"length":1,"users":[{"name":7}],"total":1}"#, false),
    (r#"{"start":"0","limit":50,"length":1,"users":[],"total":1}"#, false),
    ("{}", true),
    (r#"{"users":{}}"#, false),
    ("true", false),
    (r#""[]""#, false),
];
