//! `UserIdentitySchema`: members with types of their own.

use super::Case;

pub(crate) const IDENTITY: &[Case] = &[
    (r#"{"provider":"auth0"}"#, true),
    (r#"{"provider":"Auth0"}"#, false),
    (r#"{"provider":null}"#, false),
    (r#"{"user_id":"abc"}"#, true),
    (r#"{"user_id":191919191}"#, true),
    (r#"{"user_id":191919191.0}"#, true),
    (r#"{"user_id":1.5}"#, false),
    (r#"{"user_id":""}"#, false),
    (r#"{"user_id":["abc"]}"#, false),
    (r#"{"isSocial":true,"access_token":"t","access_token_secret":"","refresh_token":"r"}"#, true),
    (r#"{"access_token":7}"#, false),
    (r#"{"profileData":{"name":"","email":"no address","anything":[{}]}}"#, true),
    (r#"{"profileData":{"email_verified":"yes"}}"#, false),
    (r#"{"profileData":"x"}"#, false),
    (r#"{"is_social":true}"#, false),
    (r#"{"extra":{}}"#, false),
];
