//! Requests that wait for their turn.

use std::time::{Duration, SystemTime};

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

#[test]
fn a_pace_is_a_positive_number() {
    for (per_second, burst) in [(0.0, 1), (-1.0, 1), (f64::NAN, 1), (f64::INFINITY, 1), (1e-300, 1), (1.0, 0)] {
        let builder = Client::builder().domain("a.example").token("t");
        let error = builder.pace(per_second, burst).build().unwrap_err();
        let told = "the pace needs a positive number of requests a second, and a burst of at least 1";
        assert_eq!(error.to_string(), told);
    }
}
