//! Tokens that are fetched: how often, for whom, and what becomes of requests that get none.

use std::future::{Future, ready};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use codegen_runtime::client::{BoxError, Token, TokenError};
use tokio::sync::Notify;
use tokio::time::{advance, sleep};

use crate::api::{Client, ClientBuilder, Error};
use crate::clock::{by_the_clock, finished, rest, started};
use crate::server::{Server, json, with_headers};
use crate::wait;

const SECOND: Duration = Duration::from_secs(1);

type Fetched = Result<Token, BoxError>;

/// A client whose tokens come from a function of the number of the fetch, which begins with 1.
fn builder<F>(server: &Server, source: impl Fn(usize) -> F + Send + Sync + 'static) -> (ClientBuilder, Arc<AtomicUsize>)
where
    F: Future<Output = Fetched> + Send + 'static,
{
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let source = move || source(counted.fetch_add(1, Ordering::SeqCst) + 1);
    (Client::builder().base_url(server.url()).token_source(source), count)
}

fn client<F>(server: &Server, source: impl Fn(usize) -> F + Send + Sync + 'static) -> (Client, Arc<AtomicUsize>)
where
    F: Future<Output = Fetched> + Send + 'static,
{
    let (builder, count) = builder(server, source);
    (builder.build().unwrap(), count)
}

fn numbered(number: usize) -> Token {
    Token::new(format!("token-{number}"))
}

/// The tokens that requests carried.
fn carried(server: &Server) -> Vec<String> {
    let requests = server.requests();
    requests.iter().map(|request| request.header("authorization").unwrap_or("none").to_owned()).collect()
}

fn token_error(error: &Error) -> &TokenError {
    match error {
        Error::Token { error, .. } => error,
        other => panic!("{other}"),
    }
}

#[test]
fn requests_with_one_expired_token_fetch_one() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let (client, count) = client(&server, async |number| {
            sleep(SECOND).await;
            Ok(numbered(number).expires_in(100 * SECOND))
        });
        finished(tokio::spawn(client.get("7").send())).await.0.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), 1);

        advance(100 * SECOND).await;
        // More are in a test of the runtime's own: here, each of them costs the server a thread.
        let requests: Vec<_> = (0..60).map(|_| tokio::spawn(client.clone().get("7").send())).collect();
        for request in requests {
            finished(request).await.0.unwrap();
        }
        assert_eq!(count.load(Ordering::SeqCst), 2);
        let carried = carried(&server);
        assert_eq!(carried.len(), 61);
        assert_eq!(carried[0], "Bearer token-1");
        assert!(carried[1..].iter().all(|header| header == "Bearer token-2"));
    });
}

#[test]
fn a_token_is_kept_until_shortly_before_it_expires() {
    for (margin, lifetime, used) in [(None, 100, 90), (None, 3600, 3540), (Some(30), 100, 70), (Some(500), 100, 50)] {
        by_the_clock(async {
            let server = Server::new(json("200 OK", "{}"));
            let lifetime = lifetime * SECOND;
            let (builder, count) = builder(&server, move |number| ready(Ok(numbered(number).expires_in(lifetime))));
            let builder = match margin {
                Some(margin) => builder.token_margin(margin * SECOND),
                None => builder,
            };
            let client = builder.build().unwrap();
            client.get("7").await.unwrap();
            advance(used * SECOND - Duration::from_millis(1)).await;
            client.get("7").await.unwrap();
            assert_eq!(count.load(Ordering::SeqCst), 1);
            advance(Duration::from_millis(1)).await;
            client.get("7").await.unwrap();
            assert_eq!(carried(&server), ["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
        });
    }
}

#[test]
fn a_token_without_a_lifetime_is_kept() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let (client, count) = client(&server, |number| ready(Ok(numbered(number))));
        client.get("7").await.unwrap();
        advance(1_000_000 * SECOND).await;
        client.get("7").await.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_fetch_that_fails_fails_those_who_wait_and_the_next_begins_anew() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let (client, count) = client(&server, async |number| {
            sleep(SECOND).await;
            if number == 1 { Err(io::Error::other("the vault is shut").into()) } else { Ok(numbered(number)) }
        });
        let requests: Vec<_> = (0..20).map(|_| tokio::spawn(client.clone().get("7").send())).collect();
        for request in requests {
            let error = finished(request).await.0.unwrap_err();
            assert!(matches!(token_error(&error), TokenError::Source(_)));
            assert_eq!(error.to_string(), "GET /users/{id}: no token: the token source failed");
            assert_eq!(error.status(), None);
            let source = std::error::Error::source(&error).unwrap();
            assert_eq!(source.source().unwrap().to_string(), "the vault is shut");
        }
        assert_eq!(count.load(Ordering::SeqCst), 1);
        assert!(server.requests().is_empty());

        finished(tokio::spawn(client.get("7").send())).await.0.unwrap();
        assert_eq!(carried(&server), ["Bearer token-2"]);
    });
}

#[test]
fn who_began_a_fetch_can_go() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let gate = Arc::new(Notify::new());
        let opened = Arc::clone(&gate);
        let (client, count) = client(&server, move |number| {
            let gate = Arc::clone(&opened);
            async move {
                gate.notified().await;
                Ok(numbered(number))
            }
        });
        let first = tokio::spawn(client.get("7").send());
        rest().await;
        let others: Vec<_> = (0..3).map(|_| tokio::spawn(client.clone().get("7").send())).collect();
        rest().await;
        first.abort();
        assert!(first.await.unwrap_err().is_cancelled());
        rest().await;
        gate.notify_one();
        for other in others {
            finished(other).await.0.unwrap();
        }
        assert_eq!(count.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_fetch_that_nobody_waits_for_ends() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let (client, count) = client(&server, async |number| {
            if number == 1 {
                std::future::pending::<()>().await;
            }
            Ok(numbered(number))
        });
        let first = tokio::spawn(client.get("7").send());
        rest().await;
        first.abort();
        assert!(first.await.unwrap_err().is_cancelled());
        finished(tokio::spawn(client.get("7").send())).await.0.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), 2);
    });
}

#[test]
fn a_token_that_does_not_come_costs_no_more_than_the_limit() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let (client, count) = client(&server, |_| std::future::pending());
        let (answer, waited) = finished(tokio::spawn(client.get("7").timeout(5 * SECOND).send())).await;
        let error = answer.unwrap_err();
        assert!(matches!(token_error(&error), TokenError::Timeout), "{error}");
        assert!(5 * SECOND <= waited && waited < 6 * SECOND, "{waited:?}");
        assert_eq!(count.load(Ordering::SeqCst), 1);
        assert!(server.requests().is_empty());
    });
}

#[test]
fn a_token_that_does_not_come_for_a_retry_hides_no_failure() {
    by_the_clock(async {
        let server = Server::new(with_headers("429 Too Many Requests", "retry-after: 3\r\n", "{}"));
        let (client, count) = client(&server, async |number| {
            if number == 2 {
                std::future::pending::<()>().await;
            }
            Ok(numbered(number).expires_in(SECOND))
        });
        let request = started(client.get("7").timeout(10 * SECOND), &server).await;
        let (answer, waited) = finished(request).await;
        assert!(matches!(answer, Err(Error::RateLimited { retry_at: Some(_), .. })), "{answer:?}");
        assert!(9 * SECOND <= waited && waited < 12 * SECOND, "{waited:?}");
        assert_eq!((count.load(Ordering::SeqCst), server.requests().len()), (2, 1));
    });
}

#[test]
fn a_fetch_on_a_runtime_that_stands_still_stops_no_other() {
    let server = Server::new(json("200 OK", "{}"));
    let (builder, count) = builder(&server, async |number| {
        if number == 1 {
            std::future::pending::<()>().await;
        }
        Ok(numbered(number))
    });
    let client = builder.timeout(Duration::from_millis(200)).build().unwrap();
    let still = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stuck = still.spawn(client.get("7").send());
    still.block_on(tokio::task::yield_now());
    assert_eq!(count.load(Ordering::SeqCst), 1);
    // The first ones wait with it; then the fetch is taken for lost.
    assert!(wait(client.get("7").timeout(Duration::from_millis(20))).is_err());
    std::thread::sleep(Duration::from_millis(200));
    wait(client.get("7")).unwrap();
    assert_eq!(carried(&server), ["Bearer token-2"]);
    stuck.abort();
}

#[test]
fn a_source_that_panics_is_an_error_and_can_be_asked_again() {
    let server = Server::new(json("200 OK", "{}"));
    let (client, _) = client(&server, |number| {
        assert!(number > 2);
        ready(Ok(numbered(number)))
    });
    for _ in 0..2 {
        let error = wait(client.get("7")).unwrap_err();
        assert!(matches!(token_error(&error), TokenError::Source(_)), "{error}");
    }
    wait(client.get("7")).unwrap();
    assert_eq!(carried(&server), ["Bearer token-3"]);
}

#[test]
fn a_token_that_no_header_can_hold_is_told_and_not_shown() {
    for secret in ["", "mar ker", "marker\n", "Bearer marker", "märker"] {
        let server = Server::new(json("200 OK", "{}"));
        let (client, _) = client(&server, move |_| ready(Ok(Token::new(secret))));
        let error = wait(client.get("7")).unwrap_err();
        assert!(matches!(token_error(&error), TokenError::Unusable { .. }), "{error}");
        assert!(server.requests().is_empty());
        let shown = format!("{error} {error:?} {:?}", Token::new(secret));
        assert!(!shown.contains("rker"), "{shown}");
    }
}

#[test]
fn a_token_that_the_server_does_not_take_is_replaced_once() {
    let refused = || json("401 Unauthorized", "{}");
    let server = Server::in_turn([json("200 OK", "{}"), refused(), json("200 OK", "{}"), refused()]);
    let (client, count) = client(&server, |number| ready(Ok(numbered(number))));
    wait(client.get("7")).unwrap();
    wait(client.get("7")).unwrap();
    assert_eq!(carried(&server), ["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
    // A server that takes none is asked twice and no more.
    let error = wait(client.get("7")).unwrap_err();
    assert!(matches!(error, Error::Unauthorized(_)), "{error}");
    assert_eq!(carried(&server)[3..], ["Bearer token-2", "Bearer token-3"]);
    assert_eq!(count.load(Ordering::SeqCst), 3);
}

#[test]
fn a_token_that_was_fetched_for_the_request_is_not_replaced() {
    let server = Server::in_turn([json("401 Unauthorized", "{}"), json("200 OK", "{}")]);
    let (client, _) = client(&server, |number| ready(Ok(numbered(number))));
    let error = wait(client.get("7")).unwrap_err();
    assert!(matches!(error, Error::Unauthorized(_)), "{error}");
    assert_eq!(carried(&server), ["Bearer token-1"]);
    // But neither is it kept.
    wait(client.get("7")).unwrap();
    assert_eq!(carried(&server)[1..], ["Bearer token-2"]);
}

#[test]
fn a_token_of_the_callers_is_sent_as_it_is() {
    let server = Server::new(json("401 Unauthorized", "{}"));
    let (client, count) = client(&server, |number| ready(Ok(numbered(number))));
    let error = wait(client.get("7").header("authorization", "Bearer own")).unwrap_err();
    assert!(matches!(error, Error::Unauthorized(_)), "{error}");
    assert_eq!(carried(&server), ["Bearer own"]);
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[test]
fn the_last_setting_holds() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let (builder, count) = builder(&server, |number| ready(Ok(numbered(number))));
        let request = started(builder.token("fixed").build().unwrap().get("7"), &server).await;
        finished(request).await.0.unwrap();
        assert_eq!(carried(&server), ["Bearer fixed"]);
        assert_eq!(count.load(Ordering::SeqCst), 0);
    });
}

/// An attempt begins with connecting: a token that takes longer than one may, and comes within the whole time, is one.
#[test]
fn a_token_may_take_longer_than_an_attempt() {
    by_the_clock(async {
        let server = Server::new(json("200 OK", "{}"));
        let (builder, count) = builder(&server, async |number| {
            sleep(5 * SECOND).await;
            Ok(numbered(number))
        });
        let client = builder.timeout(60 * SECOND).attempt_timeout(2 * SECOND).build().unwrap();
        for _ in 0..2 {
            finished(tokio::spawn(client.get("7").send())).await.0.unwrap();
        }
        assert_eq!(count.load(Ordering::SeqCst), 1);
    });
}
