//! Which requests are sent again, after which failures.

use std::net::TcpListener;
use std::time::Duration;

use codegen_runtime::client::{Bytes, Method, Payload, Stream, reqwest};

use crate::api::{Client, Error, Rename, User};
use crate::clock::{by_the_clock, finished, rest, started};
use crate::server::{Answer, Server, json, with_headers};
use crate::settings::without_roots;

fn good() -> Answer {
    json("200 OK", r#"{"name":"Ann"}"#)
}

/// How many requests come of one GET and of one PATCH, where the first is answered like this.
fn sent(first: &Answer) -> (usize, usize) {
    by_the_clock(async {
        let servers = [(); 2].map(|()| Server::in_turn([first.clone(), good()]));
        let body = Rename { name: "Bob".to_owned() };
        let limit = Duration::from_secs(10);
        let get = Client::of(&servers[0]).get("7").attempt_timeout(limit).send();
        let update = Client::of(&servers[1]).update("7", &body).attempt_timeout(limit).send();
        for (request, server) in [get, update].into_iter().zip(&servers) {
            let (response, _) = finished(tokio::spawn(request)).await;
            // What is sent again has the good answer.
            assert_eq!(response.is_ok(), server.requests().len() == 2, "{first:?}");
        }
        let [get, update] = servers.map(|server| server.requests().len());
        (get, update)
    })
}

#[test]
fn statuses_of_a_moment_are_asked_again() {
    for (status, expected) in [
        // The server has not acted.
        ("408 Request Timeout", (2, 2)),
        ("429 Too Many Requests", (2, 2)),
        // It may have.
        ("500 Internal Server Error", (2, 1)),
        ("501 Not Implemented", (2, 1)),
        ("502 Bad Gateway", (2, 1)),
        ("503 Service Unavailable", (2, 1)),
        ("504 Gateway Timeout", (2, 1)),
        // Another time is the same.
        ("400 Bad Request", (1, 1)),
        ("401 Unauthorized", (1, 1)),
        ("404 Not Found", (1, 1)),
        ("409 Conflict", (1, 1)),
        ("302 Found", (1, 1)),
    ] {
        assert_eq!(sent(&json(status, "{}")), expected, "{status}");
    }
    assert_eq!(sent(&with_headers("503 Service Unavailable", "retry-after: 1\r\n", "{}")), (2, 1));
}

#[test]
fn connections_that_fail_are_asked_again_where_that_does_no_harm() {
    let begun = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 14\r\n\r\n{\"name\":".to_vec();
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{\"name\":\r\n".to_vec();
    for failure in [
        // Closed before the answer, in its head, in its body.
        Answer::Bytes(Vec::new()),
        Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent".to_vec()),
        Answer::Bytes(begun.clone()),
        Answer::Bytes(chunked.clone()),
        Answer::Reset(Vec::new()),
        Answer::Reset(begun.clone()),
        // Slow, in the same places.
        Answer::Stall(Vec::new()),
        Answer::Stall(begun),
        Answer::Stall(chunked),
    ] {
        assert_eq!(sent(&failure), (2, 1), "{failure:?}");
    }
}

#[test]
fn answers_that_make_no_sense_are_not_asked_again() {
    for answer in [json("200 OK", "<html>"), json("200 OK", ""), json("200 OK", "[1]")] {
        assert_eq!(sent(&answer), (1, 1), "{answer:?}");
    }
}

#[test]
fn what_has_not_been_sent_can_be_sent_again_whatever_it_is() {
    by_the_clock(async {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let builder = Client::builder().base_url(format!("http://{address}")).token("t").retries(20);
        let client = builder.build().unwrap();
        let body = Rename { name: "Bob".to_owned() };
        let request = tokio::spawn(client.update("7", &body).send());
        rest().await;
        let server = Server::on(TcpListener::bind(address).unwrap(), [good()]);
        assert_eq!(finished(request).await.0.unwrap()["name"], "Ann");
        assert_eq!(server.requests().len(), 1);
    });
}

#[test]
fn a_request_can_be_said_to_do_no_harm_twice() {
    by_the_clock(async {
        let server = Server::in_turn([json("500 Internal Server Error", "{}"), good()]);
        let body = Rename { name: "Bob".to_owned() };
        let request = tokio::spawn(Client::of(&server).update("7", &body).idempotent(true).send());
        finished(request).await.0.unwrap();
        assert_eq!(server.requests().len(), 2);

        let server = Server::in_turn([json("500 Internal Server Error", "{}"), good()]);
        let client = Client::of(&server);
        let request = tokio::spawn(client.0.request(Method::POST, "/users").idempotent(true).retries(1).send());
        finished(request).await.0.unwrap();
        assert_eq!(server.requests().len(), 2);
    });
}

#[test]
fn a_request_can_be_said_to_do_harm_twice() {
    by_the_clock(async {
        let server = Server::in_turn([json("500 Internal Server Error", "{}"), good()]);
        let request = tokio::spawn(Client::of(&server).get("7").idempotent(false).send());
        assert!(matches!(finished(request).await.0, Err(Error::ServerError(_))));
        assert_eq!(server.requests().len(), 1);
        // What the server turned away has done none.
        let server = Server::in_turn([json("429 Too Many Requests", "{}"), good()]);
        let request = tokio::spawn(Client::of(&server).get("7").idempotent(false).send());
        finished(request).await.0.unwrap();
        assert_eq!(server.requests().len(), 2);
    });
}

#[test]
fn what_a_redirect_has_led_to_nobody_may_have_been_sent() {
    by_the_clock(async {
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let redirect = with_headers("307 Temporary Redirect", &format!("location: http://{gone}/\r\n"), "");
        let http = || {
            let http = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(without_roots());
            http.build().unwrap()
        };
        let body = Rename { name: "Bob".to_owned() };
        for (idempotent, requests) in [(false, 1), (true, 3)] {
            let server = Server::new(redirect.clone());
            let builder = Client::builder().base_url(server.url()).token("t").http_client(http());
            let client = builder.build().unwrap();
            let request = client.update("7", &body).idempotent(idempotent);
            let (answer, _) = finished(tokio::spawn(request.send())).await;
            assert!(matches!(answer, Err(Error::Connect(_))), "{answer:?}");
            assert_eq!(server.requests().len(), requests);
        }
    });
}

/// One piece.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}

#[test]
fn a_body_that_is_a_stream_is_sent_once() {
    by_the_clock(async {
        for (payload, requests) in [
            (Payload::stream(Once(Some(Bytes::from_static(b"abc")))), 1),
            (Payload::from(Bytes::from_static(b"abc")), 2),
        ] {
            let server = Server::in_turn([json("429 Too Many Requests", "{}"), good()]);
            let client = Client::of(&server);
            let call = client.0.call(Method::PUT, "/picture").bytes("image/png", payload);
            let request = tokio::spawn(call.send_empty::<User>());
            assert_eq!(finished(request).await.0.is_ok(), requests == 2);
            assert_eq!(server.requests().len(), requests);
            assert!(server.requests().iter().all(|request| request.body.contains("abc")));
        }
    });
}

#[test]
fn a_stream_is_asked_for_again_until_it_begins() {
    let line = "{\"name\":\"Ann\"}\n";
    let truncated = format!("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{line}");
    for first in [
        json("503 Service Unavailable", "{}"),
        with_headers("429 Too Many Requests", "retry-after: 9\r\n", "{}"),
        Answer::Bytes(Vec::new()),
        Answer::Stall(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 9\r\n\r\n{".to_vec()),
    ] {
        by_the_clock(async {
            let server = Server::in_turn([first, Answer::Bytes(truncated.clone().into_bytes())]);
            let client = Client::of(&server);
            let request = started(client.export().attempt_timeout(Duration::from_secs(10)), &server).await;
            let mut lines = finished(request).await.0.unwrap();
            assert_eq!(lines.next().await.unwrap().unwrap()["name"], "Ann");
            // What has begun is not begun again.
            assert!(matches!(lines.next().await, Some(Err(Error::Transport(_)))));
            assert!(lines.next().await.is_none());
            assert_eq!(server.requests().len(), 2);
        });
    }
}
