//! A marker in every place that may hold a secret, and nothing that shows it.

use std::error::Error as _;
use std::net::TcpListener;

use codegen_runtime::client::Method;

use crate::api::{Client, Error, Rename};
use crate::server::{Answer, Server, json, with_headers};
use crate::wait;

const MARKER: &str = "marker";

/// Everything that an error shows, its sources included.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    if let Some(failure) = error.failure() {
        text.push_str(&format!("{failure} {failure:?}"));
    }
    if let Error::Decode(undecoded) = error {
        text.push_str(&format!("{undecoded} {undecoded:?}"));
    }
    if let Error::Timeout(error) | Error::Connect(error) | Error::Transport(error) = error {
        text.push_str(&format!("{error:?}"));
    }
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!("{error} {error:?}"));
        source = error.source();
    }
    text
}

#[test]
fn no_error_shows_a_marker() {
    let said = r#"{"message":"marker"}"#;
    let answers = [
        json("400 Bad Request", said),
        json("404 Not Found", said),
        json("500 Internal Server Error", "marker"),
        with_headers("302 Found", "location: http://marker/marker\r\nx-a: marker\r\n", said),
        json("200 OK", r#"{"a":"marker","b":["marker"]}"#),
        json("200 OK", "marker"),
        json("200 OK", r#""marker"#),
        Answer::Bytes(Vec::new()),
        Answer::Bytes(b"marker\r\nmarker\r\n\r\n".to_vec()),
        Answer::Bytes(b"HTTP/1.1 200 OK\r\nmarker marker\r\n\r\n".to_vec()),
        Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nmarker".to_vec()),
        Answer::Bytes(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nmarker\r\n".to_vec()),
        Answer::Stall(b"HTTP/1.1 200 OK\r\n\r\nmarker".to_vec()),
    ];
    for (index, answer) in answers.into_iter().enumerate() {
        let server = Server::new(answer);
        let builder = Client::builder().base_url(format!("{}/marker", server.url()));
        let client = builder.token(MARKER).timeout(std::time::Duration::from_millis(300));
        let body = Rename { name: MARKER.to_owned() };
        let request = client.build().unwrap();
        let request = request.update(MARKER, &body).header("x-a", MARKER).skip_validation();
        let error = wait(request).unwrap_err();
        assert!(!shown(&error).contains(MARKER), "{index}: {}", shown(&error));
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn a_server_that_is_not_there_shows_no_marker() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = Client::builder().base_url(format!("http://{gone}/marker")).token(MARKER);
    let error = wait(builder.build().unwrap().get(MARKER).retries(0)).unwrap_err();
    assert!(!shown(&error).contains(MARKER), "{}", shown(&error));
}

#[test]
fn violations_show_no_marker() {
    let server = Server::new(json("200 OK", "{}"));
    let body = Rename { name: MARKER.repeat(9) };
    let client = Client::of(&server);
    let request = client.update(MARKER.repeat(9), &body).custom_domain(MARKER.repeat(99)).header("x-a", "marker\n");
    let error = wait(request).unwrap_err();
    assert!(matches!(&error, Error::Invalid(violations) if violations.len() == 4));
    assert!(!shown(&error).contains(MARKER), "{}", shown(&error));
}

#[test]
fn clients_requests_and_responses_show_no_marker() {
    let server = Server::new(with_headers("200 OK", "x-a: marker\r\n", r#"{"a":"marker"}"#));
    let builder = Client::builder().base_url(server.url()).token(MARKER);
    let builder = builder.default_header("x-a", MARKER).user_agent("a");
    let mut text = format!("{builder:?} {builder:#?}");
    let client = builder.build().unwrap();
    let body = Rename { name: MARKER.to_owned() };
    let request = client.update(MARKER, &body).header("x-a", MARKER);
    let raw = client.0.request(Method::GET, "/marker").query("a", MARKER);
    text.push_str(&format!("{client:?} {client:#?} {request:?} {request:#?} {raw:?}"));
    let sent = client.list().fields([MARKER]).send();
    text.push_str(&format!("{sent:?}"));
    let response = wait(client.get(MARKER)).unwrap();
    text.push_str(&format!("{response:?} {response:#?} {:?}", response.rate_limit()));
    assert!(!text.contains(MARKER), "{text}");
    assert_eq!(response["a"], MARKER);
}

#[test]
fn a_request_shows_its_route_and_sizes() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::of(&server);
    let body = Rename { name: "Ann".to_owned() };
    assert_eq!(
        format!("{:?}", client.update("7", &body)),
        r#"Update(Call { route: "PATCH /users/{id}", parameters: ["id"], body_bytes: 14, .. })"#
            .replace(r#""PATCH /users/{id}""#, "PATCH /users/{id}")
    );
    let response = wait(client.get("7")).unwrap();
    assert_eq!(
        format!("{response:?}"),
        "Response(Answer { route: GET /users/{id}, status: 200, headers: 3, body_bytes: 2 })"
    );
}
