//! What is sent: what was set, as it was set, and nothing else.

use auth0_users::types::{CreateUserRequestContent, RevokeUserAccessRequestContent, UpdateUserRequestContent};
use auth0_users::{Maybe, Merge, Validate};
use serde_json::{Value, json as value};

use crate::server::{Answer, Server, json};
use crate::{client, told, wait};

const ID: &str = "auth0|507f1f77bcf86cd799439020";

/// The body of the request that an update sends, whatever the rules of the prose have against it.
fn sent(body: &UpdateUserRequestContent) -> String {
    let server = Server::new(json("200 OK", "{}"));
    wait(client(&server).users().update(ID, body).skip_rules()).unwrap();
    server.request().body
}

#[test]
fn null_absent_and_value_are_three_things() {
    let body = UpdateUserRequestContent::new().phone_number("+15559876543").nickname(Maybe::Null);
    assert_eq!(sent(&body), r#"{"nickname":null,"phone_number":"+15559876543"}"#);
    assert_eq!(sent(&body.nickname(Maybe::Absent)), r#"{"phone_number":"+15559876543"}"#);
}

#[test]
fn what_was_not_set_is_not_sent_whatever_the_document_has_as_default() {
    assert_eq!(sent(&UpdateUserRequestContent::new()), "{}");
    assert_eq!(sent(&serde_json::from_str("{}").unwrap()), "{}");
}

#[test]
fn every_nullable_member_can_be_cleared() {
    let null = || Maybe::<String>::Null;
    let body = UpdateUserRequestContent::new()
        .email(null())
        .family_name(null())
        .given_name(null())
        .name(null())
        .nickname(null())
        .password(null())
        .phone_number(null())
        .picture(null())
        .username(null());
    assert_eq!(
        sent(&body),
        r#"{"email":null,"family_name":null,"given_name":null,"name":null,"nickname":null,"password":null,"phone_number":null,"picture":null,"username":null}"#
    );
}

#[test]
fn every_member_is_sent_as_it_was_set() {
    let mut body = UpdateUserRequestContent::new()
        .app_metadata(Merge::new().set("plan", "gold"))
        .blocked(false)
        .client_id("c1")
        .connection("users")
        .email("ann@example.com")
        .email_verified(true)
        .family_name("Lee")
        .given_name("Ann")
        .name("Ann Lee")
        .nickname("ann")
        .password("s3cret")
        .phone_number("+1")
        .phone_verified(false)
        .picture("https://example.com/a.png")
        .user_metadata(Merge::new().set("n", 1))
        .username("ann")
        .verify_email(false)
        .verify_phone_number(true);
    body.extra.insert("custom", value!([1]));
    let expected = value!({
        "app_metadata": {"plan": "gold"},
        "blocked": false,
        "client_id": "c1",
        "connection": "users",
        "email": "ann@example.com",
        "email_verified": true,
        "family_name": "Lee",
        "given_name": "Ann",
        "name": "Ann Lee",
        "nickname": "ann",
        "password": "s3cret",
        "phone_number": "+1",
        "phone_verified": false,
        "picture": "https://example.com/a.png",
        "user_metadata": {"n": 1},
        "username": "ann",
        "verify_email": false,
        "verify_phone_number": true,
        "custom": [1],
    });
    assert_eq!(serde_json::from_str::<Value>(&sent(&body)).unwrap(), expected);
}

#[test]
fn metadata_is_merged_and_wiped_only_by_name() {
    for (merge, expected) in [
        (Merge::new(), "{}"),
        (Merge::new().set("a", 1).delete("b"), r#"{"app_metadata":{"a":1,"b":null}}"#),
        (Merge::new().set("a", Value::Null), r#"{"app_metadata":{"a":null}}"#),
        (Merge::wipe(), r#"{"app_metadata":{}}"#),
        (Merge::wipe().set("a", value!({"b": {}})), r#"{"app_metadata":{"a":{"b":{}}}}"#),
        (Vec::<(String, Value)>::new().into_iter().collect(), "{}"),
        ([("a", true)].into_iter().collect(), r#"{"app_metadata":{"a":true}}"#),
    ] {
        assert_eq!(sent(&UpdateUserRequestContent::new().app_metadata(merge.clone())), expected);
        let expected = expected.replace("app_metadata", "user_metadata");
        assert_eq!(sent(&UpdateUserRequestContent::new().user_metadata(merge)), expected);
    }
}

#[test]
fn a_request_that_was_read_is_sent_as_it_was_written() {
    for text in [
        r#"{"app_metadata":{},"user_metadata":{}}"#,
        r#"{"app_metadata":{"a":null,"b":{"c":null}}}"#,
        r#"{"nickname":null,"locale":"en","zone":null}"#,
    ] {
        assert_eq!(sent(&serde_json::from_str(text).unwrap()), text);
    }
}

#[test]
fn text_is_sent_as_it_is() {
    let body = UpdateUserRequestContent::new().name("\u{1f600} \"\\\n\u{0} é");
    assert_eq!(sent(&body), "{\"name\":\"\u{1f600} \\\"\\\\\\n\\u0000 é\"}");
}

#[test]
fn each_operation_has_its_method_target_and_body() {
    let server = Server::new(json("200 OK", "{}"));
    let client = client(&server);
    let users = client.users();
    let create = CreateUserRequestContent::new("users").email("ann@example.com");
    let update = UpdateUserRequestContent::new().blocked(true);
    let revoke = RevokeUserAccessRequestContent::new().session_id("s1").preserve_refresh_tokens(false);
    wait(users.create(&create)).unwrap();
    wait(users.get(ID).fields("email,name").include_fields(false)).unwrap();
    wait(users.delete(ID)).unwrap();
    wait(users.update(ID, &update)).unwrap();
    wait(users.regenerate_recovery_code(ID)).unwrap();
    wait(users.revoke_access(ID)).unwrap();
    wait(users.revoke_access(ID).body(&revoke)).unwrap();
    wait(users.list().page(0).per_page(100).include_totals(true).q(r#"email:"a@b.co""#).search_engine("v3")).unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(|request| (request.line(), request.body.as_str())).collect();
    assert_eq!(
        sent,
        [
            ("POST /users HTTP/1.1", r#"{"connection":"users","email":"ann@example.com"}"#),
            ("GET /users/auth0%7C507f1f77bcf86cd799439020?fields=email%2Cname&include_fields=false HTTP/1.1", ""),
            ("DELETE /users/auth0%7C507f1f77bcf86cd799439020 HTTP/1.1", ""),
            ("PATCH /users/auth0%7C507f1f77bcf86cd799439020 HTTP/1.1", r#"{"blocked":true}"#),
            ("POST /users/auth0%7C507f1f77bcf86cd799439020/recovery-code-regeneration HTTP/1.1", ""),
            ("POST /users/auth0%7C507f1f77bcf86cd799439020/revoke-access HTTP/1.1", ""),
            (
                "POST /users/auth0%7C507f1f77bcf86cd799439020/revoke-access HTTP/1.1",
                r#"{"preserve_refresh_tokens":false,"session_id":"s1"}"#
            ),
            (
                "GET /users?page=0&per_page=100&include_totals=true&q=email%3A%22a%40b.co%22&search_engine=v3 HTTP/1.1",
                ""
            ),
        ]
    );
    for request in &requests {
        assert_eq!(request.header("content-type").is_some(), !request.body.is_empty(), "{request:?}");
        assert_eq!(request.header("authorization"), Some("Bearer marker-token"));
        assert_eq!(request.header("accept"), Some("application/json"));
    }
}

#[test]
fn users_are_found_by_email() {
    let server = Server::new(json("200 OK", r#"[{"email":"Ann+1@example.com"}]"#));
    let found = wait(client(&server).users().list_users_by_email("Ann+1@example.com")).unwrap();
    assert_eq!(server.request().line(), "GET /users-by-email?email=Ann%2B1%40example.com HTTP/1.1");
    assert_eq!(found[0].email.as_deref(), Some("Ann+1@example.com"));
}

#[test]
fn a_wrong_body_is_told_whole_and_not_sent() {
    let server = Server::new(json("200 OK", "{}"));
    let text = r#"{"phone_number":"555","given_name":"","picture":"data:,x","email":"a@localhost"}"#;
    let body: UpdateUserRequestContent = serde_json::from_str(text).unwrap();
    let client = client(&server);
    assert_eq!(
        told(wait(client.users().update(ID, &body))),
        [
            "/body/email: must be of the format `email`",
            "/body/given_name: must have at least 1 character",
            r"/body/phone_number: must match ^\+[0-9]{1,15}$",
            "/body/picture: must be of the format `strict-uri`",
        ]
    );
    assert!(server.requests().is_empty());
    wait(client.users().update(ID, &body).skip_validation()).unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&server.request().body).unwrap(),
        serde_json::from_str::<Value>(text).unwrap()
    );
}

#[test]
fn misfits_and_members_of_closed_bodies_are_told_and_not_sent() {
    let server = Server::new(json("200 OK", "{}"));
    let client = client(&server);
    let text = r#"{"connection":"","blocked":"true","app_metadata":null,"user_id":"a b","locale":"en"}"#;
    let body: CreateUserRequestContent = serde_json::from_str(text).unwrap();
    let violations = told(wait(client.users().create(&body)));
    let pointers: Vec<_> = violations.iter().map(|text| text.split(": ").next().unwrap()).collect();
    assert_eq!(
        pointers,
        ["/body/app_metadata", "/body/blocked", "/body/connection", "/body/user_id", "/body/locale"],
        "{violations:?}"
    );
    assert!(server.requests().is_empty());
    wait(client.users().create(&body).skip_validation()).unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&server.request().body).unwrap(),
        serde_json::from_str::<Value>(text).unwrap()
    );
}

#[test]
fn success_without_a_body_is_a_success() {
    let server = Server::new(Answer::Bytes(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec()));
    let response = wait(client(&server).users().delete(ID)).unwrap();
    assert_eq!((response.status().as_u16(), response.body()), (204, &b""[..]));

    let accepted = "HTTP/1.1 202 Accepted\r\nx-ratelimit-remaining: 4\r\ncontent-length: 0\r\n\r\n";
    let server = Server::new(Answer::Bytes(accepted.into()));
    let body = RevokeUserAccessRequestContent::new().session_id("s1");
    let response = wait(client(&server).users().revoke_access(ID).body(&body)).unwrap();
    assert_eq!(response.status().as_u16(), 202);
    assert_eq!(response.rate_limit().unwrap().remaining, Some(4));
}

#[test]
fn merges_that_are_sent_alike_are_equal() {
    assert_eq!(Merge::<Value>::wipe().set("a", 1), Merge::new().set("a", 1));
    assert_eq!(Merge::<Value>::wipe().delete("a"), Merge::new().delete("a"));
    assert_ne!(Merge::<Value>::wipe(), Merge::new());
}

#[test]
fn a_field_wins_over_another_member_of_its_name() {
    let mut body = UpdateUserRequestContent::new().name("Ann");
    body.extra.insert("name", "Bob");
    body.extra.insert("locale", "en");
    assert_eq!(sent(&body), r#"{"name":"Ann","locale":"en"}"#);
    body.name = Maybe::Null;
    assert_eq!(sent(&body), r#"{"name":null,"locale":"en"}"#);
}

#[test]
fn a_member_in_the_place_of_an_unset_field_is_told() {
    let mut body = UpdateUserRequestContent::new();
    body.extra.insert("name", "");
    body.extra.insert("locale", "en");
    let told = body.validate().unwrap_err().to_string();
    assert_eq!(told, "/name: must be set in its field, not in `extra`");
    body.name = "Ann".into();
    assert_eq!(body.validate(), Ok(()));
}
