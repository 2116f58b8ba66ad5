//! Answers that are too slow, too large, or not what they seem.

use std::time::{Duration, Instant};

use crate::api::{Client, Error, Rename};
use crate::server::{Answer, Server, json, with_headers};
use crate::wait;

#[test]
fn an_answer_larger_than_the_limit_is_not_read_whatever_it_says_of_its_size() {
    let body = "x".repeat(100);
    let chunked = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n64\r\n{body}\r\n0\r\n\r\n");
    let endless = format!("HTTP/1.1 500 Internal Server Error\r\n\r\n{body}");
    for (answer, stalls) in [
        (json("200 OK", &body), false),
        (Answer::Bytes(chunked.into_bytes()), false),
        (Answer::Bytes(endless.into_bytes()), false),
        // Not one byte of this one comes.
        (Answer::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n".to_vec()), true),
    ] {
        let server = Server::new(answer.clone());
        let limited = |bytes| {
            let builder = Client::builder().base_url(server.url()).token("t").retries(3);
            builder.max_response_size(bytes).build().unwrap()
        };
        let error = wait(limited(99).get("7")).unwrap_err();
        assert!(matches!(error, Error::TooLarge { limit: 99, .. }), "{error:?}");
        // It would be as large another time.
        assert_eq!(server.requests().len(), 1);
        if !stalls {
            let error = wait(limited(100).get("7").retries(0)).unwrap_err();
            assert!(!matches!(error, Error::TooLarge { .. }), "{error:?}");
        }
    }
}

#[test]
fn the_time_of_an_attempt_holds_for_its_body() {
    let limit = Duration::from_millis(100);
    let begun = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec();
    for sent in [Vec::new(), begun] {
        let server = Server::new(Answer::Stall(sent));
        let client = Client::builder().base_url(server.url()).token("t").attempt_timeout(limit).build().unwrap();
        let start = Instant::now();
        let error = wait(client.get("7").retries(0)).unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert!(limit <= start.elapsed() && start.elapsed() < limit * 50);
    }
}

#[test]
fn the_failure_of_a_stream_is_read_no_longer_than_the_request_may_take() {
    let limit = Duration::from_millis(100);
    let begun = b"HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{".to_vec();
    let server = Server::new(Answer::Stall(begun));
    let client = Client::of(&server);
    let error = wait(client.export().timeout(limit)).unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
}

#[test]
fn a_failure_that_is_no_json_is_still_its_status() {
    for body in ["<html><body>502 Bad Gateway</body></html>", "", "{\"a\":", "null"] {
        let server = Server::new(with_headers("502 Bad Gateway", "content-type: text/html\r\n", body));
        let error = wait(Client::of(&server).get("7").retries(0)).unwrap_err();
        assert!(matches!(error, Error::ServerError(_)), "{error:?}");
        let failure = error.failure().unwrap();
        assert!(failure.error().is_none());
        assert_eq!(failure.body(), body.as_bytes());
    }
}

#[test]
fn an_empty_answer_with_a_body_is_empty() {
    // RFC 9112 §6.3: such an answer ends with its head, whatever follows.
    let answer = "HTTP/1.1 204 No Content\r\ncontent-length: 7\r\n\r\n{\"a\":1}HTTP/1.1 500 Oops\r\n\r\n";
    let server = Server::new(Answer::Bytes(answer.as_bytes().to_vec()));
    let client = Client::of(&server);
    for _ in 0..2 {
        let response = wait(client.delete("7")).unwrap();
        assert_eq!(response.status().as_u16(), 204);
        assert!(response.body().is_empty());
    }
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_connection_that_is_reset_after_an_answer_costs_nothing() {
    let body = r#"{"name":"Ann"}"#;
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    for answer in [Answer::Reset(answer.clone().into_bytes()), Answer::Bytes(answer.into_bytes())] {
        let server = Server::new(answer);
        let client = Client::of(&server);
        let rename = Rename { name: "Bob".to_owned() };
        wait(async {
            for _ in 0..5 {
                assert_eq!(client.get("7").retries(0).await.unwrap()["name"], "Ann");
                // The client learns of it while it does nothing.
                tokio::time::sleep(Duration::from_millis(20)).await;
                client.update("7", &rename).await.unwrap();
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert_eq!(server.requests().len(), 10);
    }
}

#[test]
fn a_request_larger_than_the_server_takes_stays_here() {
    let server = Server::new(json("200 OK", "{}"));
    let limited = |bytes| {
        let builder = Client::builder().base_url(server.url()).token("t");
        builder.max_request_size(bytes).build().unwrap()
    };
    let rename = Rename { name: "Bob".to_owned() };
    for call in [limited(13).update("7", &rename), limited(13).update("7", &rename).skip_validation()] {
        let Err(Error::Invalid(violations)) = wait(call) else { panic!("was sent") };
        let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["/body: must be at most 13 bytes, and has 14"]);
    }
    assert!(server.requests().is_empty());
    wait(limited(14).update("7", &rename)).unwrap();
    wait(limited(0).get("7")).unwrap();
    assert_eq!(server.requests().len(), 2);
}
