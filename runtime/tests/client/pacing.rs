//! Requests that wait for their turn.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use codegen_runtime::client::Token;
use tokio::time::{Instant, sleep};

use crate::api::{Client, Error};
use crate::clock::{by_the_clock, finished, rest, started};
use crate::server::{Server, json, with_headers};

const SECOND: Duration = Duration::from_secs(1);

fn paced(server: &Server, per_second: f64, burst: u32) -> Client {
    let builder = Client::builder().base_url(server.url()).token("t").timeout(60 * SECOND);
    builder.pace(per_second, burst).build().unwrap()
}

#[test]
fn clones_share_one_pace() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let client = paced(&server, 0.5, 3);
        let requests: Vec<_> = (0..5).map(|_| tokio::spawn(client.clone().get("7").send())).collect();
        rest().await;
        assert_eq!(server.requests().len(), 3);
        for sent in [4, 5] {
            tokio::time::advance(Duration::from_millis(1900)).await;
            rest().await;
            assert_eq!(server.requests().len(), sent - 1);
            tokio::time::advance(Duration::from_millis(101)).await;
            rest().await;
            assert_eq!(server.requests().len(), sent);
        }
        for request in requests {
            finished(request).await.0.unwrap();
        }
    });
}

#[test]
fn retries_take_turns_as_well() {
    by_the_clock(async {
        let server = Server::in_turn([json("500 Internal Server Error", "{}"), json("200 OK", "{}")]);
        let request = started(paced(&server, 0.05, 1).get("7"), &server).await;
        let (response, waited) = finished(request).await;
        response.unwrap();
        assert!(19 * SECOND <= waited, "{waited:?}");
    });
}

#[test]
fn who_does_not_get_a_turn_in_time_has_sent_nothing() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let client = paced(&server, 0.01, 1);
        client.get("7").await.unwrap();
        let request = started(client.get("8"), &server).await;
        let (answer, waited) = finished(request).await;
        let error = answer.unwrap_err();
        assert!(matches!(error, Error::NoTurn { .. }), "{error:?}");
        assert!(error.is_retryable());
        assert_eq!(error.to_string(), "GET /users/{id}: its turn did not come in time, and it has not been sent");
        assert!(59 * SECOND <= waited && waited < 70 * SECOND);
        assert_eq!(server.requests().len(), 1);
    });
}

/// A stream that is read beside other requests, and `buffer_unordered`, keep futures that nobody polls for a while.
#[test]
fn a_request_that_nobody_polls_holds_up_no_other() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let client = paced(&server, 0.5, 1);
        client.get("7").await.unwrap();
        let mut idle: Vec<_> = (0..3).map(|_| client.get("idle").send()).collect();
        for request in &mut idle {
            assert!(futures_util::FutureExt::now_or_never(&mut *request).is_none());
        }
        // Theirs are the next turns, and they do not take them.
        for most in [9 * SECOND, 3 * SECOND, 3 * SECOND] {
            let (answer, waited) = finished(tokio::spawn(client.get("8").send())).await;
            answer.unwrap();
            assert!(waited < most, "{waited:?}");
        }
        // Nor have they gathered any.
        let start = Instant::now();
        for request in idle {
            finished(tokio::spawn(request)).await.0.unwrap();
        }
        assert!(5 * SECOND < start.elapsed(), "{:?}", start.elapsed());
    });
}

#[test]
fn who_does_not_get_a_turn_for_a_retry_is_told_what_came_before() {
    for headers in ["retry-after: 20\r\n", "x-ratelimit-reset: 20\r\n"] {
        by_the_clock(async {
            let server = Server::new(with_headers("429 Too Many Requests", headers, "{}"));
            let request = started(paced(&server, 0.01, 1).get("7"), &server).await;
            let before = SystemTime::now();
            let (answer, waited) = finished(request).await;
            let Err(Error::RateLimited { retry_at: Some(at), failure }) = answer else { panic!("{answer:?}") };
            assert_eq!(failure.status(), 429);
            assert!(at <= before + 20 * SECOND);
            assert!(59 * SECOND <= waited && waited < 70 * SECOND);
            assert_eq!(server.requests().len(), 1);
        });
    }
}

/// A client whose tokens take a while to come.
fn fetching(server: &Server, per_second: f64, burst: u32) -> Client {
    let number = AtomicUsize::new(0);
    let source = move || {
        let number = number.fetch_add(1, Ordering::SeqCst);
        async move {
            sleep(10 * SECOND).await;
            Ok(Token::new(format!("token-{number}")))
        }
    };
    let builder = Client::builder().base_url(server.url()).token_source(source).timeout(60 * SECOND);
    builder.pace(per_second, burst).build().unwrap()
}

#[test]
fn what_is_sent_anew_with_another_token_takes_a_turn() {
    let answers = || [json("200 OK", "{}"), json("401 Unauthorized", "{}"), json("200 OK", "{}")];
    by_the_clock(async {
        let server = Server::in_turn(answers());
        let client = fetching(&server, 0.05, 2);
        finished(tokio::spawn(client.get("7").send())).await.0.unwrap();
        let (answer, waited) = finished(tokio::spawn(client.get("7").send())).await;
        answer.unwrap();
        assert!(19 * SECOND <= waited && waited < 30 * SECOND, "{waited:?}");
        assert_eq!(server.requests().len(), 3);
    });
    by_the_clock(async {
        let server = Server::in_turn(answers());
        let client = fetching(&server, 0.01, 2);
        finished(tokio::spawn(client.get("7").send())).await.0.unwrap();
        let (answer, _) = finished(tokio::spawn(client.get("7").send())).await;
        // No turn in time: what the server said stands.
        assert!(matches!(answer, Err(Error::Unauthorized(_))), "{answer:?}");
        assert_eq!(server.requests().len(), 2);
    });
}

#[test]
fn requests_that_wait_for_one_token_do_not_go_out_at_once_when_it_comes() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let client = fetching(&server, 1.0, 2);
        let requests: Vec<_> = (0..5).map(|_| tokio::spawn(client.get("7").send())).collect();
        rest().await;
        tokio::time::advance(10 * SECOND).await;
        rest().await;
        assert_eq!(server.requests().len(), 2);
        for request in requests {
            finished(request).await.0.unwrap();
        }
        assert_eq!(server.requests().len(), 5);
    });
}

#[test]
fn a_pace_is_a_positive_number() {
    for (per_second, burst) in [(0.0, 1), (-1.0, 1), (f64::NAN, 1), (f64::INFINITY, 1), (1e-300, 1), (1.0, 0)] {
        let builder = Client::builder().domain("a.example").token("t");
        let error = builder.pace(per_second, burst).build().unwrap_err();
        let told = "the pace needs a positive number of requests a second, and a burst of at least 1";
        assert_eq!(error.to_string(), told);
    }
}

#[test]
fn a_token_that_ends_in_the_queue_is_fetched_anew() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let number = AtomicUsize::new(0);
        let source = move || {
            let number = number.fetch_add(1, Ordering::SeqCst);
            async move { Ok(Token::new(format!("token-{number}")).expires_in(30 * SECOND)) }
        };
        let builder = Client::builder().base_url(server.url()).token_source(source).timeout(120 * SECOND);
        let client = builder.pace(0.05, 1).build().unwrap();
        // Turns come after 0, 20 and 40 seconds; all three had the first token by then.
        let requests: Vec<_> = (0..3).map(|_| tokio::spawn(client.get("7").send())).collect();
        for request in requests {
            finished(request).await.0.unwrap();
        }
        let carried = server.requests();
        let carried: Vec<_> = carried.iter().map(|request| request.header("authorization").unwrap()).collect();
        assert_eq!(carried, ["Bearer token-0", "Bearer token-0", "Bearer token-1"]);
    });
}
