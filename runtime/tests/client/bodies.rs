//! Good answers with bodies of every kind.

use codegen_runtime::reexport::serde_json::json as value;

use crate::api::{Client, Error};
use crate::server::{Answer, Server, json, with_headers};
use crate::wait;

#[test]
fn a_response_has_the_answer_beside_the_value() {
    let body = r#"{ "name": "Ann" }"#;
    let server = Server::new(with_headers("200 OK", "x-ratelimit-remaining: 3\r\n", body));
    let response = wait(Client::of(&server).get("7")).unwrap();
    assert_eq!(response["name"], "Ann");
    assert_eq!(response.body(), body.as_bytes());
    assert_eq!(response.json(), Some(value!({"name": "Ann"})));
    assert_eq!(response.headers()["x-ratelimit-remaining"], "3");
    assert_eq!(response.rate_limit().unwrap().remaining, Some(3));
    assert_eq!(response.route().to_string(), "GET /users/{id}");
    assert_eq!(response.into_inner()["name"], "Ann");
}

#[test]
fn a_body_that_does_not_fit_is_told_by_its_place_and_kept() {
    for (body, pointer, message) in [
        (r#"{"a":"b","c":1}"#, "/c", "expected a string, found a number at line 1 column 15"),
        ("[]", "", "expected an object, found an array"),
        ("null", "", "expected an object, found null"),
        ("", "", "expected JSON, found an empty body"),
        (" \n", "", "expected JSON, found an empty body"),
        ("<html>", "", "expected JSON: expected value at line 1 column 1"),
        (r#"{"a":"b""#, "", "expected JSON: EOF while parsing an object at line 1 column 8"),
        ("{} {}", "", "expected JSON: trailing characters at line 1 column 4"),
    ] {
        let server = Server::new(json("200 OK", body));
        let error = wait(Client::of(&server).get("7")).unwrap_err();
        let Error::Decode(undecoded) = &error else {
            panic!("{body}: {error:?}");
        };
        assert_eq!((undecoded.pointer(), undecoded.message()), (pointer, message), "{body}");
        assert_eq!(undecoded.body(), body.as_bytes());
        assert_eq!(undecoded.status(), 200);
        assert_eq!(error.status(), Some(undecoded.status()));
    }
}

#[test]
fn a_decode_error_reads_as_a_sentence() {
    let server = Server::new(json("200 OK", r#"[{}, {"a": null}]"#));
    let error = wait(Client::of(&server).list()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /users: 200 OK, but the body does not fit: /1/a: expected a string, found null at line 1 column 16"
    );
}

#[test]
fn an_operation_without_a_body_ignores_one() {
    for body in ["", "{}", "<html>"] {
        let server = Server::new(json("200 OK", body));
        let response = wait(Client::of(&server).delete("7")).unwrap();
        assert_eq!(response.body(), body.as_bytes());
    }
    let server = Server::new(Answer::Bytes(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec()));
    assert_eq!(wait(Client::of(&server).delete("7")).unwrap().status(), 204);
}

#[test]
fn a_body_may_have_the_size_that_is_allowed_and_no_more() {
    let limited = |server: &Server| {
        let builder = Client::builder().base_url(server.url()).token("t");
        builder.max_response_size(10).build().unwrap()
    };
    let chunked = |body: &str| {
        let (length, head) = (body.len(), "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        Answer::Bytes(format!("{head}{length:x}\r\n{body}\r\n0\r\n\r\n").into_bytes())
    };
    let (fits, too_long) = (r#"{"a":"bc"}"#, r#"{"a":"bcd"}"#);
    for answer in [json("200 OK", fits), chunked(fits)] {
        let server = Server::new(answer);
        assert_eq!(wait(limited(&server).get("7")).unwrap()["a"], "bc");
    }
    for answer in [json("200 OK", too_long), chunked(too_long)] {
        let server = Server::new(answer);
        let error = wait(limited(&server).get("7")).unwrap_err();
        assert!(matches!(error, Error::TooLarge { limit: 10, .. }), "{error:?}");
        assert_eq!(error.to_string(), "GET /users/{id}: 200 OK, with a body of more than 10 bytes");
    }
}
