//! `CreateUserRequestContent`: a closed object with a required member.

use super::Case;

pub(crate) const CREATE: &[Case] = &[
    (r#"{"connection":"Initial-Connection"}"#, true),
    ("{}", false),
    (r#"{"connection":""}"#, false),
    (r#"{"connection":null}"#, false),
    (r#"{"connection":"c","unheard_of":1}"#, false),
    (r#"{"email":"john.doe@gmail.com"}"#, false),
    (r#"{"connection":"c","email":"john.doe@gmail.com"}"#, true),
    (r#"{"connection":"c","email":"john.doe"}"#, false),
    (r#"{"connection":"c","email":null}"#, false),
    (r#"{"connection":"c","user_id":""}"#, true),
    (r#"{"connection":"c","user_id":"a b"}"#, false),
    (r#"{"connection":"c","user_id":"a\ufeffb"}"#, false),
    (r#"{"connection":"c","user_id":7}"#, false),
    (r#"{"connection":"c","phone_number":"+199999999999999"}"#, true),
    (r#"{"connection":"c","phone_number":"+"}"#, false),
    (r#"{"connection":"c","phone_verified":false,"email_verified":true}"#, true),
    (r#"{"connection":"c","email_verified":0}"#, false),
    (r#"{"connection":"c","picture":"http://example.com/"}"#, true),
    (r#"{"connection":"c","picture":"file:///etc/passwd"}"#, false),
    (r#"{"connection":"c","user_metadata":{"a":null},"app_metadata":{}}"#, true),
    (r#"{"connection":"c","user_metadata":null}"#, false),
];
