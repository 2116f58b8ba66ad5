//! What goes on the wire, and what does not.

use codegen_runtime::client::{self, Method};
use codegen_runtime::reexport::serde_json::json as value;

use crate::api::{Client, Error, Rename};
use crate::server::{Server, json};
use crate::wait;

fn rename(name: &str) -> Rename {
    Rename { name: name.to_owned() }
}

/// What is told about a request that is not sent.
pub(crate) fn told<T>(result: Result<T, Error>) -> Vec<String> {
    match result {
        Err(Error::Invalid(violations)) => violations.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("was sent"),
    }
}

#[test]
fn an_id_is_percent_encoded_once_and_whole() {
    for (id, target) in [
        ("auth0|507f1f77", "/users/auth0%7C507f1f77"),
        ("a/b", "/users/a%2Fb"),
        ("../a", "/users/..%2Fa"),
        ("a%3Ab", "/users/a%253Ab"),
        ("...", "/users/..."),
        (".a", "/users/.a"),
        ("a b", "/users/a%20b"),
        ("a?b#c", "/users/a%3Fb%23c"),
        ("a\\b", "/users/a%5Cb"),
        ("a;b=c,d&e+f@g:h", "/users/a%3Bb%3Dc%2Cd%26e%2Bf%40g%3Ah"),
        ("é\u{1f600}", "/users/%C3%A9%F0%9F%98%80"),
        ("a\r\nb\0", "/users/a%0D%0Ab%00"),
        ("-._~", "/users/-._~"),
        ("{id}", "/users/%7Bid%7D"),
    ] {
        let server = Server::new(json("200 OK", "{}"));
        wait(Client::of(&server).get(id)).unwrap();
        assert_eq!(server.request().line(), format!("GET {target} HTTP/1.1"));
    }
}

#[test]
fn an_id_that_addresses_another_operation_is_never_sent() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::of(&server);
    for id in ["", ".", "..", "%2e", "%2E", "%2e%2E", ".%2e", "%252E%252e"] {
        let message = "/path/id: must not be empty, `.` or `..`, which would address another operation";
        assert_eq!(told(wait(client.delete(id))), [message], "{id}");
        assert_eq!(told(wait(client.delete(id).skip_validation())), [message], "{id}");
    }
    assert!(server.requests().is_empty());
}

#[test]
fn a_request_is_what_was_asked_for_and_no_more() {
    let server = Server::new(json("200 OK", "{}"));
    let body = rename("Ann");
    let client = Client::of(&server);
    wait(client.update("7", &body).custom_domain("a.example").header("x-correlation-id", "c1")).unwrap();
    let request = server.request();
    let mut lines: Vec<_> = request.head.lines().collect();
    lines.sort_unstable();
    let host = format!("host: {}", server.url().replace("http://", ""));
    assert_eq!(
        lines,
        [
            "PATCH /users/7 HTTP/1.1",
            "accept: application/json",
            "auth0-custom-domain: a.example",
            "authorization: Bearer marker-token",
            "content-length: 14",
            "content-type: application/json",
            host.as_str(),
            "user-agent: users/1.0.0",
            // {"name":"users","version":"1.0.0"}
            "x-client: eyJuYW1lIjoidXNlcnMiLCJ2ZXJzaW9uIjoiMS4wLjAifQ==",
            "x-correlation-id: c1",
        ]
    );
    assert_eq!(request.body, r#"{"name":"Ann"}"#);
}

#[test]
fn a_query_holds_what_was_set_last() {
    let server = Server::new(json("200 OK", "[]"));
    let client = Client::of(&server);
    let list = client.list().per_page(1000).fields(["a b", "c&d"]).per_page(50);
    wait(list).unwrap();
    assert_eq!(server.request().line(), "GET /users?per_page=50&fields=a%20b&fields=c%26d HTTP/1.1");
    assert_eq!(server.request().header("content-type"), None);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_and_nothing_is_sent() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::of(&server);
    let body = rename("much too long");
    let update = client.update("7".repeat(41), &body).custom_domain("a").header("a", "\n");
    assert_eq!(
        told(wait(update)),
        [
            "/path/id: must have at most 40 characters",
            "/header/auth0-custom-domain: must have at least 3 characters",
            "/header/a: must hold visible ASCII characters and inner spaces only",
            "/body/name: must have at most 5 characters",
        ]
    );
    assert_eq!(
        told(wait(client.list().per_page(101).fields(["a", "b", "c"]))),
        ["/query/per_page: must be at most 100", "/query/fields: must have at most 2 elements",]
    );
    assert!(server.requests().is_empty());
}

#[test]
fn validation_can_be_skipped() {
    let server = Server::new(json("200 OK", "{}"));
    let body = rename("much too long");
    wait(Client::of(&server).update("7", &body).skip_validation()).unwrap();
    assert_eq!(server.request().body, r#"{"name":"much too long"}"#);
}

#[test]
fn an_operation_that_is_not_generated_can_be_reached() {
    let server = Server::new(json("201 Created", r#"{"id":"r1"}"#));
    let client = Client::of(&server).0;
    let request = client
        .request(Method::POST, "/users/{id}/roles")
        .path("id", "auth0|1")
        .query("dry", &true)
        .header("x-a", "b")
        .json(&value!({"roles": ["r1"]}));
    let response = wait(request).unwrap();
    assert_eq!(response["id"], "r1");
    let request = server.request();
    assert_eq!(request.line(), "POST /users/auth0%7C1/roles?dry=true HTTP/1.1");
    assert_eq!(request.header("x-a"), Some("b"));
    assert_eq!(request.header("authorization"), Some("Bearer marker-token"));
    assert_eq!(request.body, r#"{"roles":["r1"]}"#);
}

#[test]
fn a_path_of_the_callers_goes_out_as_it_is_written_or_not_at_all() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::of(&server).0;
    for path in ["users", "//a/../b", "/a/%2e%2e/b", "/a?b", "/a#b", "/a b", "@evil.example/", "/a\\b", ""] {
        match wait(client.request(Method::GET, path)) {
            Err(client::Error::Invalid(violations)) => assert_eq!(
                violations.to_string(),
                "/path: must begin with `/` and be percent-encoded, without a query, `.` or `..`"
            ),
            other => panic!("{path}: {other:?}"),
        }
    }
    match wait(client.request(Method::GET, "/a/{b}")) {
        Err(client::Error::Invalid(violations)) => {
            assert_eq!(violations.to_string(), "/path/b: must be set");
        }
        other => panic!("{other:?}"),
    }
    assert!(server.requests().is_empty());
}

#[test]
fn a_body_that_json_can_not_hold_is_told() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::of(&server).0;
    let body = std::collections::BTreeMap::from([(vec![1], 2)]);
    match wait(client.request(Method::POST, "/a").json(&body)) {
        Err(client::Error::Invalid(violations)) => {
            assert_eq!(violations.to_string(), "/body: must be a value that JSON can hold");
        }
        other => panic!("{other:?}"),
    }
    assert!(server.requests().is_empty());
}
