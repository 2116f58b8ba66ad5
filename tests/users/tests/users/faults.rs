//! A server that misbehaves in every way, asked by the generated client.

use std::future::IntoFuture;
use std::time::{Duration, Instant};

use auth0_users::types::CreateUserRequestContent;
use auth0_users::{Client, Error, RetryPolicy};

use crate::server::{Answer, Server, json, with_headers};
use crate::{TOKEN, wait};

/// A client that hardly waits where the server does not say how long.
fn quick(server: &Server) -> Client {
    let wait = Duration::from_millis(1);
    let builder = Client::builder().base_url(server.url()).token(TOKEN);
    builder.retries(RetryPolicy::new().backoff(wait, wait)).build().unwrap()
}

/// What comes of a GET and of a POST, each of a server that answers like this, and then well; and how many requests it took.
fn asked(first: &Answer) -> [(Result<(), Error>, usize); 2] {
    let servers = [(); 2].map(|()| Server::in_turn([first.clone(), json("200 OK", "{}")]));
    let got = wait(quick(&servers[0]).users().get("auth0|1")).map(drop);
    let created = wait(quick(&servers[1]).users().create(&CreateUserRequestContent::new("db"))).map(drop);
    let [get, create] = servers.map(|server| server.requests().len());
    [(got, get), (created, create)]
}

#[test]
fn a_connection_that_is_reset_is_asked_again_where_that_does_no_harm() {
    let whole = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    let (head, body) = (whole.find("content-length").unwrap(), whole.len() - 1);
    for (place, end) in [("before the head", 0), ("in the head", head), ("in the body", body)] {
        let [got, created] = asked(&Answer::Reset(whole.as_bytes()[..end].to_vec()));
        assert!(matches!(got, (Ok(()), 2)), "{place}: {got:?}");
        // A user may have been created.
        assert!(matches!(created, (Err(Error::Transport(_)), 1)), "{place}: {created:?}");
    }
    for answered in asked(&Answer::Reset(whole.as_bytes().to_vec())) {
        assert!(matches!(answered, (Ok(()), 1)), "after the body: {answered:?}");
    }
}

#[test]
fn the_client_comes_back_when_a_429_says_in_whichever_form() {
    // The server's clock stands on the 6th of November 1994, 08:49:37.
    let date = "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    let headers = [
        "retry-after: 1\r\n".to_owned(),
        format!("{date}retry-after: Sun, 06 Nov 1994 08:49:38 GMT\r\n"),
        format!("{date}retry-after: Sunday, 06-Nov-94 08:49:38 GMT\r\n"),
        format!("{date}retry-after: Sun Nov  6 08:49:38 1994\r\n"),
        // A time since 1970 by the server's clock, and seconds from now on.
        "date: Sun, 09 Sep 2001 01:46:40 GMT\r\nx-ratelimit-reset: 1000000001\r\n".to_owned(),
        "x-ratelimit-reset: 1\r\n".to_owned(),
    ];
    let answers = |headers: &String| {
        Server::in_turn([with_headers("429 Too Many Requests", headers, "{}"), json("200 OK", "{}")])
    };
    let servers: Vec<_> = headers.iter().map(|headers| [answers(headers), answers(headers)]).collect();
    wait(async {
        // All at once, because the second is a real one.
        let start = Instant::now();
        let mut requests = Vec::new();
        for [get, create] in &servers {
            let got = quick(get).users().get("auth0|1").into_future();
            requests.push(tokio::spawn(async move { (got.await.map(drop), Instant::now()) }));
            let created = quick(create).users().create(&CreateUserRequestContent::new("db")).into_future();
            requests.push(tokio::spawn(async move { (created.await.map(drop), Instant::now()) }));
        }
        for (index, request) in requests.into_iter().enumerate() {
            let (answer, end) = request.await.unwrap();
            answer.unwrap();
            let waited = end - start;
            // Without its word, the wait would be a millisecond at most.
            assert!(waited >= Duration::from_secs(1), "{}: {waited:?}", headers[index / 2]);
        }
    });
    assert!(servers.iter().flatten().all(|server| server.requests().len() == 2));
}

#[test]
fn an_empty_answer_with_a_body_is_empty() {
    // RFC 9112 §6.3: such an answer ends with its head, whatever follows.
    let answer = "HTTP/1.1 204 No Content\r\ncontent-length: 7\r\n\r\n{\"a\":1}HTTP/1.1 500 Oops\r\n\r\n";
    let server = Server::new(Answer::Bytes(answer.as_bytes().to_vec()));
    let client = quick(&server);
    wait(async {
        for _ in 0..3 {
            let response = client.users().delete("auth0|1").await.unwrap();
            assert_eq!(response.status(), 204);
            assert!(response.body().is_empty());
        }
    });
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_redirect_takes_neither_the_token_nor_the_body_along() {
    for status in ["301 Moved Permanently", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let elsewhere = Server::new(json("200 OK", "{}"));
        let location = format!("location: {}/users\r\n", elsewhere.url());
        for (answer, count) in asked(&with_headers(status, &location, "")) {
            assert!(matches!(answer, Err(Error::UnexpectedStatus(_))), "{answer:?}");
            assert_eq!(count, 1);
        }
        assert!(elsewhere.requests().is_empty());
    }
}
