//! A marker in every place that may hold a secret, and nothing that shows it.

use std::fmt::{Debug, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use auth0_users::types::{
    CreateUserRequestContent, CreateUserResponseContent, ErrorResponseContent, GetUserResponseContent,
    ListUsersOffsetPaginatedResponseContent, ListUsersResponseContent, RegenerateUsersRecoveryCodeResponseContent,
    RevokeUserAccessRequestContent, UpdateUserRequestContent, UpdateUserResponseContent, UserId, UserIdentitySchema,
    UserProfileData, UserResponseSchema,
};
use auth0_users::{Client, Error, Extra, Maybe, Merge, Method, Valid, Validate};
use serde::de::DeserializeOwned;
use serde_json::{Value, json as value};

use crate::server::{Answer, Server, json, with_headers};
use crate::wait;

const MARKER: &str = "marker";

/// Both forms of `Debug`.
fn debugged(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

fn hidden(text: &str) {
    assert!(!text.contains(MARKER), "{text}");
}

/// Everything that an error shows, with its sources.
fn shown(error: &dyn std::error::Error) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        write!(text, "{error} {error:#} {error:?} {error:#?} ").unwrap();
        next = error.source();
    }
    text
}

/// Everything that an error of a request shows, with what is in it.
fn shown_of_request(error: &Error) -> String {
    let mut text = shown(error);
    if let Some(failure) = error.failure() {
        write!(text, "{failure} {}", debugged(&failure)).unwrap();
    }
    match error {
        Error::Decode(undecoded) => write!(text, "{undecoded} {} {}", debugged(undecoded), undecoded.message()),
        Error::Timeout(error) | Error::Connect(error) | Error::Transport(error) => {
            write!(text, "{} {}", debugged(error), error.route())
        }
        Error::Invalid(violations) => write!(text, "{violations} {}", debugged(violations)),
        _ => Ok(()),
    }
    .unwrap();
    text
}

/// Decodes a value that holds markers and shows it in every way: bare, wrapped, its violations, and what an error says where
/// only valid values decode.
fn never_shows<T>(json: &Value)
where
    T: DeserializeOwned + Validate + Debug + Clone,
    Valid<T>: DeserializeOwned,
{
    let text = json.to_string();
    assert!(text.contains(MARKER), "{text} has no marker to show");
    let decoded: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{json}: {error}"));
    hidden(&debugged(&decoded));
    hidden(&debugged(&Maybe::Value(decoded.clone())));
    hidden(&debugged(&Some(vec![decoded.clone()])));
    if let Err(violations) = decoded.validate() {
        hidden(&shown(&violations));
        let violations: Vec<_> = violations.into_iter().map(|violation| format!("{violation} {violation:?}")).collect();
        hidden(&violations.join(" "));
    }
    match Valid::new(decoded) {
        Ok(valid) => hidden(&debugged(&valid)),
        Err(violations) => hidden(&shown(&violations)),
    }
    match serde_json::from_str::<Valid<T>>(&text) {
        Ok(valid) => hidden(&debugged(&valid)),
        Err(error) => hidden(&shown(&error)),
    }
    if let Err(error) = serde_json::from_value::<Valid<T>>(json.clone()) {
        hidden(&shown(&error));
    }
}

/// Members whose values nobody knows.
fn with_extra(mut json: Value) -> Value {
    json["extra_text"] = value!(MARKER);
    json["extra_list"] = value!([MARKER, {"a": MARKER}]);
    json["extra_object"] = value!({"a": {"b": MARKER}});
    json
}

fn identity() -> Value {
    with_extra(value!({
        "access_token": MARKER, "access_token_secret": MARKER, "refresh_token": MARKER,
        "user_id": {"id": MARKER}, "isSocial": MARKER, "profileData": with_extra(value!({"email_verified": MARKER})),
    }))
}

fn user() -> Value {
    with_extra(value!({
        "identities": [identity()], "app_metadata": {"a": MARKER, "b": [MARKER]}, "user_metadata": {"a": {"b": MARKER}},
        "email_verified": MARKER, "logins_count": MARKER, "created_at": {"date": MARKER}, "name": [MARKER],
    }))
}

#[test]
fn no_request_shows_a_marker() {
    let create = value!({
        "connection": "users", "password": MARKER, "app_metadata": {"a": MARKER}, "user_metadata": {"a": [MARKER]},
        "blocked": MARKER, "email": {"a": MARKER},
    });
    never_shows::<CreateUserRequestContent>(&create);
    never_shows::<CreateUserRequestContent>(&with_extra(create.clone()));
    never_shows::<UpdateUserRequestContent>(&create);
    never_shows::<UpdateUserRequestContent>(&with_extra(create));
    never_shows::<UpdateUserRequestContent>(&value!({"password": {"a": MARKER}, "app_metadata": MARKER}));
    never_shows::<UpdateUserRequestContent>(&value!({"password": MARKER}));
    never_shows::<RevokeUserAccessRequestContent>(&with_extra(value!({"preserve_refresh_tokens": MARKER})));
}

#[test]
fn what_is_told_of_a_limit_does_not_show_the_value() {
    let long = MARKER.repeat(100);
    let wrong = UpdateUserRequestContent::new()
        .email(MARKER)
        .phone_number(MARKER)
        .picture(MARKER)
        .given_name(&long)
        .username(&long);
    let violations = wrong.validate().unwrap_err();
    assert_eq!(violations.len(), 5);
    hidden(&shown(&violations));
    let error = serde_json::from_str::<Valid<UserIdentitySchema>>(r#"{"provider":"marker"}"#).unwrap_err();
    hidden(&shown(&error));
}

#[test]
fn no_answer_shows_a_marker() {
    never_shows::<UserProfileData>(&with_extra(value!({"email": {"a": MARKER}})));
    never_shows::<UserId>(&value!([MARKER]));
    never_shows::<UserIdentitySchema>(&identity());
    never_shows::<UserIdentitySchema>(&value!({"access_token": {"a": MARKER}, "refresh_token": [MARKER]}));
    never_shows::<GetUserResponseContent>(&user());
    never_shows::<CreateUserResponseContent>(&user());
    never_shows::<UpdateUserResponseContent>(&user());
    never_shows::<UserResponseSchema>(&user());
    never_shows::<RegenerateUsersRecoveryCodeResponseContent>(&with_extra(value!({"recovery_code": MARKER})));
    never_shows::<RegenerateUsersRecoveryCodeResponseContent>(&value!({"recovery_code": [MARKER]}));
    never_shows::<ListUsersResponseContent>(&value!([user()]));
    never_shows::<ListUsersResponseContent>(&value!(MARKER));
    never_shows::<ListUsersResponseContent>(&with_extra(value!({"users": [user()], "total": MARKER})));
    never_shows::<ListUsersOffsetPaginatedResponseContent>(&value!({"users": MARKER}));
    never_shows::<ErrorResponseContent>(&with_extra(
        value!({"statusCode": 400, "error": "Bad Request", "message": "No.", "errorCode": [MARKER]}),
    ));
}

#[test]
fn what_cannot_be_decoded_is_not_shown() {
    fn fails<T: DeserializeOwned + Debug>(json: &Value) {
        let text = json.to_string();
        hidden(&shown(&serde_json::from_str::<T>(&text).unwrap_err()));
        hidden(&shown(&serde_json::from_slice::<T>(text.as_bytes()).unwrap_err()));
        hidden(&shown(&serde_json::from_reader::<_, T>(text.as_bytes()).unwrap_err()));
        hidden(&shown(&serde_json::from_value::<T>(json.clone()).unwrap_err()));
    }
    fails::<GetUserResponseContent>(&value!({"identities": [MARKER]}));
    fails::<GetUserResponseContent>(&value!({"multifactor": [{"a": MARKER}]}));
    fails::<GetUserResponseContent>(&value!(MARKER));
    fails::<GetUserResponseContent>(&value!([MARKER]));
    fails::<CreateUserRequestContent>(&value!({"connection": {"a": MARKER}}));
    fails::<CreateUserRequestContent>(&value!({"password": MARKER}));
    fails::<ErrorResponseContent>(&value!({"statusCode": MARKER}));
    fails::<ListUsersResponseContent>(&value!([{"identities": [MARKER]}]));
}

#[test]
fn what_holds_any_value_shows_its_kind_alone() {
    let merge = Merge::<Value>::new().set("a", MARKER).set("b", value!([MARKER])).delete("c");
    assert_eq!(format!("{merge:?}"), r#"{"a": [string of 6 bytes], "b": [array of 1], "c": null}"#);
    hidden(&debugged(&merge));
    let extra: Extra = [("a", value!(MARKER)), ("b", value!({"a": MARKER}))].into_iter().collect();
    assert_eq!(format!("{extra:?}"), r#"{"a", "b"}"#);
    let update = UpdateUserRequestContent::new().password(MARKER).user_metadata(merge);
    assert_eq!(
        format!("{update:?}"),
        r#"UpdateUserRequestContent { password: [redacted], user_metadata: {"a": [string of 6 bytes], "b": [array of 1], "c": null} }"#
    );
}

#[test]
fn no_error_of_a_request_shows_a_marker() {
    let said = r#"{"statusCode":400,"error":"marker","message":"marker","errorCode":"marker","x":"marker"}"#;
    let headers = "location: http://marker.example/marker\r\nx-a: marker\r\nset-cookie: a=marker\r\n";
    let answers = [
        ("BadRequest", with_headers("400 Bad Request", headers, said)),
        ("Unauthorized", json("401 Unauthorized", said)),
        ("Forbidden", json("403 Forbidden", said)),
        ("NotFound", json("404 Not Found", said)),
        ("Conflict", json("409 Conflict", said)),
        ("UnprocessableEntity", json("422 Unprocessable Entity", said)),
        ("RateLimited", json("429 Too Many Requests", said)),
        ("ClientError", json("418 marker", said)),
        ("ServerError", json("500 marker", "<marker>")),
        ("UnexpectedStatus", with_headers("302 marker", headers, said)),
        ("Decode", json("200 OK", r#"{"identities":["marker"]}"#)),
        ("Decode", json("200 OK", r#"["marker"]"#)),
        ("Decode", json("200 OK", "marker")),
        ("Decode", json("200 OK", r#"{"a":"marker"#)),
        ("TooLarge", json("200 OK", &format!("\"{}\"", "marker".repeat(200)))),
        ("Transport", Answer::Bytes(b"marker\r\nmarker\r\n\r\n".to_vec())),
        ("Transport", Answer::Bytes(b"HTTP/1.1 200 OK\r\nmarker marker\r\n\r\n".to_vec())),
        ("Transport", Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nmarker".to_vec())),
        ("Transport", Answer::Bytes(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nmarker\r\n".to_vec())),
        ("Timeout", Answer::Stall(b"HTTP/1.1 200 OK\r\n\r\nmarker".to_vec())),
    ];
    for (variant, answer) in answers {
        let server = Server::new(answer);
        let builder = Client::builder().base_url(format!("{}/marker", server.url())).token(MARKER);
        let builder = builder.max_response_size(1000).timeout(Duration::from_millis(300)).retries(0);
        let client = builder.build().unwrap();
        let body = UpdateUserRequestContent::new().password(MARKER);
        let request = client.users().update(MARKER, &body).auth0_custom_domain(MARKER).header("x-a", MARKER).retries(0);
        let error = wait(request).unwrap_err();
        assert!(format!("{error:?}").starts_with(variant), "{error:?}");
        hidden(&shown_of_request(&error));
        assert!(server.request().head.contains("Bearer marker"));
    }
}

#[test]
fn a_server_that_is_not_there_shows_no_marker() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::builder().base_url(format!("http://{gone}/marker")).token(MARKER).build().unwrap();
    let error = wait(client.users().get(MARKER).retries(0)).unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    hidden(&shown_of_request(&error));
}

#[test]
fn a_request_that_is_refused_shows_no_marker() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::builder().base_url(server.url()).token(MARKER).build().unwrap();
    let mut body: UpdateUserRequestContent = serde_json::from_value(value!({"blocked": MARKER})).unwrap();
    body.phone_number = MARKER.into();
    body.picture = MARKER.into();
    let request = client.users().update("", &body).auth0_custom_domain(MARKER.repeat(99)).header("x-a", "marker\n");
    let error = wait(request).unwrap_err();
    assert!(matches!(&error, Error::Invalid(violations) if violations.len() == 6), "{error:?}");
    hidden(&shown_of_request(&error));
    let error = wait(client.users().list().search_engine(MARKER)).unwrap_err();
    hidden(&shown_of_request(&error));
    assert!(server.requests().is_empty());
}

#[test]
fn clients_requests_and_responses_show_no_marker() {
    let body = r#"{"recovery_code":"marker","x":"marker"}"#;
    let server = Server::new(with_headers("200 OK", "x-a: marker\r\nx-ratelimit-limit: 5\r\n", body));
    let builder = Client::builder().base_url(server.url()).token(MARKER).default_header("x-a", MARKER);
    hidden(&debugged(&builder));
    let client = builder.build().unwrap();
    let users = client.users();
    hidden(&format!("{} {}", debugged(&client), debugged(&users)));

    let update = UpdateUserRequestContent::new().password(MARKER);
    let create = CreateUserRequestContent::new(MARKER).password(MARKER);
    let revoke = RevokeUserAccessRequestContent::new().session_id(MARKER);
    hidden(&debugged(&users.create(&create).header("x-a", MARKER)));
    hidden(&debugged(&users.update(MARKER, &update).auth0_custom_domain(MARKER)));
    hidden(&debugged(&users.revoke_access(MARKER).body(&revoke)));
    hidden(&debugged(&users.get(MARKER).fields(MARKER)));
    hidden(&debugged(&users.delete(MARKER)));
    hidden(&debugged(&users.list().q(MARKER).sort(MARKER).search_engine(MARKER)));
    hidden(&debugged(&users.list_users_by_email(MARKER)));
    hidden(&debugged(&users.regenerate_recovery_code(MARKER)));
    hidden(&debugged(&users.get(MARKER).send()));
    hidden(&debugged(&client.request(Method::GET, "/marker").query("a", MARKER).json(&value!(MARKER))));

    let response = wait(users.regenerate_recovery_code(MARKER)).unwrap();
    assert_eq!(response.recovery_code.as_deref(), Some(MARKER));
    hidden(&format!("{} {} {}", debugged(&response), debugged(&*response), debugged(&response.rate_limit())));
    hidden(&debugged(&response.into_inner()));
    let response = wait(users.delete(MARKER)).unwrap();
    hidden(&debugged(&response));
}

#[test]
fn a_client_that_cannot_be_built_shows_no_marker() {
    let ready = || Client::builder().domain("a.example").token(MARKER);
    for builder in [
        ready().token("marker\n"),
        ready().token("Bearer marker"),
        ready().base_url("marker"),
        ready().base_url("https://marker:marker@a.example"),
        ready().base_url("https://a.example/?token=marker"),
        ready().base_url("http://marker.example"),
        ready().default_header("x-a", "marker\n"),
    ] {
        hidden(&debugged(&builder));
        hidden(&shown(&builder.build().unwrap_err()));
    }
    // A builder shows the domain, which is no secret; an error does not.
    hidden(&shown(&ready().domain("marker/marker").build().unwrap_err()));
}
