//! What an error says beyond its variant: whether to come back, when, its code, and its cause.

use std::error::Error as _;
use std::io;
use std::net::TcpListener;
use std::time::{Duration, SystemTime};

use codegen_runtime::Decode;
use codegen_runtime::client::{self, Coded, Method, StatusCode};

use crate::api::{Client, Error};
use crate::server::{Answer, Server, json, with_headers};
use crate::wait;

fn error(answer: Answer) -> Error {
    let server = Server::new(answer);
    wait(Client::of(&server).get("7").retries(0)).unwrap_err()
}

#[test]
fn what_passes_is_told_from_what_stays() {
    for (status, retryable) in [
        ("302 Found", false),
        ("400 Bad Request", false),
        ("401 Unauthorized", false),
        ("404 Not Found", false),
        ("408 Request Timeout", true),
        ("409 Conflict", false),
        ("429 Too Many Requests", true),
        ("500 Internal Server Error", true),
        ("503 Service Unavailable", true),
    ] {
        assert_eq!(error(json(status, "{}")).is_retryable(), retryable, "{status}");
    }
    assert!(error(Answer::Bytes(Vec::new())).is_retryable());
    assert!(!error(json("200 OK", "no json")).is_retryable());
    let server = Server::new(json("200 OK", "{}"));
    assert!(!wait(Client::of(&server).get("")).unwrap_err().is_retryable());
}

#[test]
fn the_headers_are_there_whatever_became_of_the_answer() {
    let headers = "x-a: b\r\nx-ratelimit-limit: 50\r\nretry-after: 90\r\n";
    let before = SystemTime::now();
    for (status, variant) in [("503 Service Unavailable", "ServiceUnavailable"), ("200 OK", "Decode")] {
        let error = error(with_headers(status, headers, "no json"));
        assert!(format!("{error:?}").starts_with(variant), "{error:?}");
        assert_eq!(error.headers().unwrap()["x-a"], "b");
        assert_eq!(error.rate_limit().unwrap().limit, Some(50));
        let asked = error.retry_at().map(|at| at.duration_since(before).unwrap());
        let is_told = asked.is_some_and(|wait| (90..100).contains(&wait.as_secs()));
        assert_eq!(is_told, error.status() == Some(StatusCode::SERVICE_UNAVAILABLE), "{asked:?}");
    }
    let error = error(Answer::Bytes(Vec::new()));
    assert!(error.headers().is_none() && error.rate_limit().is_none() && error.retry_at().is_none());
}

#[test]
fn a_failed_connection_leads_to_the_error_of_the_system() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = Client::builder().base_url(format!("http://{gone}")).token("t");
    let error = wait(builder.build().unwrap().get("7").retries(0)).unwrap_err();
    let mut source = error.source();
    let mut kind = None;
    while let Some(cause) = source {
        kind = kind.or(cause.downcast_ref::<io::Error>().map(io::Error::kind));
        source = cause.source();
    }
    assert_eq!(kind, Some(io::ErrorKind::ConnectionRefused));
}

/// An error body with a code in it, which no body fits otherwise.
struct Said;

impl Decode for Said {
    const EXPECTED: &'static str = "nothing that there is";

    fn blank() -> Self {
        Self
    }
}

#[derive(Debug, PartialEq)]
enum Code {
    Full,
    Unknown(String),
}

impl From<&str> for Code {
    fn from(code: &str) -> Self {
        if code == "full" { Self::Full } else { Self::Unknown(code.to_owned()) }
    }
}

impl Coded for Said {
    type Code = Code;

    const POINTER: &'static str = "/error/code";
}

#[test]
fn the_code_is_read_wherever_it_stands_in_whatever_body() {
    for (body, code) in [
        (r#"{"error":{"code":"full"}}"#, Some(Code::Full)),
        (r#"{"error":{"code":"new"},"x":[1]}"#, Some(Code::Unknown("new".to_owned()))),
        (r#"{"error":{"code":50035}}"#, Some(Code::Unknown("50035".to_owned()))),
        (r#"{"error":{"code":null}}"#, None),
        (r#"{"error":"full"}"#, None),
        ("full", None),
    ] {
        let server = Server::new(json("409 Conflict", body));
        let client = Client::of(&server);
        let request = client.0.request(Method::GET, "/a").errors::<Said>();
        let error: client::Error<Said> = wait(request).unwrap_err();
        assert_eq!(error.code(), code, "{body}");
        assert_eq!(error.failure().unwrap().code(), code, "{body}");
    }
    let server = Server::new(Answer::Bytes(Vec::new()));
    let request =
        Client::of(&server).0.request(Method::GET, "/a").timeout(Duration::from_millis(200)).errors::<Said>().send();
    assert_eq!(wait(request).unwrap_err().code(), None);
}
