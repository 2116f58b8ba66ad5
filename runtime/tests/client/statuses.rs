//! Each status to its error.

use std::time::{Duration, SystemTime};

use codegen_runtime::client::StatusCode;

use crate::api::{Client, Error};
use crate::server::{Server, json, with_headers};
use crate::wait;

const BODY: &str = r#"{"statusCode":400,"error":"Bad","message":"No","errorCode":"invalid_body"}"#;

#[test]
fn each_status_has_its_variant() {
    for (status, variant) in [
        ("300 Multiple Choices", "UnexpectedStatus"),
        ("304 Not Modified", "UnexpectedStatus"),
        ("400 Bad Request", "BadRequest"),
        ("401 Unauthorized", "Unauthorized"),
        ("402 Payment Required", "ClientError"),
        ("403 Forbidden", "Forbidden"),
        ("404 Not Found", "NotFound"),
        ("408 Request Timeout", "ClientError"),
        ("409 Conflict", "Conflict"),
        ("410 Gone", "ClientError"),
        ("422 Unprocessable Entity", "UnprocessableEntity"),
        ("429 Too Many Requests", "RateLimited"),
        ("500 Internal Server Error", "ServerError"),
        ("503 Service Unavailable", "ServiceUnavailable"),
    ] {
        let server = Server::new(json(status, if status.starts_with("304") { "" } else { BODY }));
        let error = wait(Client::of(&server).get("7").retries(0)).unwrap_err();
        assert_eq!(error.to_string(), format!("GET /users/{{id}}: {status}"));
        assert_eq!(format!("{error:?}"), format!("{variant}(GET /users/{{id}}: {status})"));
        let code = error.status().unwrap().as_u16();
        assert_eq!(code.to_string(), status[..3]);
    }
}

#[test]
fn a_failure_tells_what_the_server_said() {
    let headers = "x-ratelimit-limit: 50\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 4000000000\r\n";
    let server = Server::new(with_headers("429 Too Many Requests", headers, BODY));
    let error = wait(Client::of(&server).delete("7")).unwrap_err();
    let Error::RateLimited { failure, retry_at } = &error else {
        panic!("{error:?}");
    };
    let reset = SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000);
    assert_eq!((*retry_at, error.retry_at()), (Some(reset), Some(reset)));
    assert_eq!(failure.error().unwrap()["errorCode"], "invalid_body");
    assert_eq!(failure.body(), BODY.as_bytes());
    assert_eq!(failure.headers()["x-ratelimit-limit"], "50");
    let limit = failure.rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining, limit.reset), (Some(50), Some(0), Some(4_000_000_000)));
    assert_eq!(error.failure().unwrap().status(), StatusCode::TOO_MANY_REQUESTS);
}

#[test]
fn a_failure_with_another_body_is_the_same_failure() {
    for body in ["", "<html>", "[]", "null", "{"] {
        let server = Server::new(with_headers("502 Bad Gateway", "", body));
        let error = wait(Client::of(&server).get("7").retries(0)).unwrap_err();
        assert!(matches!(error, Error::ServerError(_)), "{error:?}");
        let failure = error.failure().unwrap();
        assert!(failure.error().is_none(), "{body}");
        assert_eq!(failure.body(), body.as_bytes());
    }
}

#[test]
fn a_success_is_a_success_whatever_its_code() {
    for status in ["200 OK", "201 Created", "202 Accepted", "299 Odd"] {
        let server = Server::new(json(status, r#"{"name":"Ann"}"#));
        let response = wait(Client::of(&server).get("7")).unwrap();
        assert_eq!(response["name"], "Ann");
        assert_eq!(response.status().as_u16().to_string(), status[..3]);
    }
}
