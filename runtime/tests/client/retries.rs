//! How long the client waits before it sends a request again, and when it does not.

use std::time::{Duration, SystemTime};

use codegen_runtime::client::{RateLimitHeaders, RetryPolicy};

use crate::api::{Client, Error, Rename};
use crate::clock::{by_the_clock, finished, rest, started};
use crate::server::{Answer, Server, json, with_headers};

const SECOND: Duration = Duration::from_secs(1);

fn good() -> Answer {
    json("200 OK", r#"{"name":"Ann"}"#)
}

/// A client that has all the time there is.
fn patient(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).token("t");
    builder.timeout(3600 * SECOND).build().unwrap()
}

fn refused(headers: &str) -> Answer {
    with_headers("429 Too Many Requests", headers, "{}")
}

#[test]
fn the_client_comes_back_when_the_server_says() {
    // The server's clock stands on the 6th of November 1994, 08:49:37, which is 784111777.
    let date = "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    for headers in [
        "retry-after: 40\r\n".to_owned(),
        format!("{date}retry-after: Sun, 06 Nov 1994 08:50:17 GMT\r\n"),
        format!("{date}retry-after: Sunday, 06-Nov-94 08:50:17 GMT\r\n"),
        format!("{date}retry-after: Sun Nov  6 08:50:17 1994\r\n"),
        "x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 40\r\n".to_owned(),
        "x-ratelimit-reset: 3600\r\nretry-after: 40\r\n".to_owned(),
    ] {
        by_the_clock(async {
            let server = Server::in_turn([refused(&headers), good()]);
            let client = patient(&server);
            let request = started(client.get("7"), &server).await;
            tokio::time::advance(39 * SECOND).await;
            rest().await;
            assert_eq!(server.requests().len(), 1, "{headers}");
            let (response, more) = finished(request).await;
            assert_eq!(response.unwrap()["name"], "Ann");
            assert_eq!(server.requests().len(), 2);
            assert!(SECOND <= more && more < 10 * SECOND, "{headers}: {more:?}");
        });
    }
}

#[test]
fn the_end_of_the_window_is_a_time_by_the_servers_clock() {
    by_the_clock(async {
        let epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let own = format!("x-ratelimit-reset: {}\r\n", epoch + 42);
        let server = Server::in_turn([refused(&own), good()]);
        let request = started(patient(&server).get("7"), &server).await;
        let (response, waited) = finished(request).await;
        response.unwrap();
        assert!(40 * SECOND <= waited && waited < 60 * SECOND, "{waited:?}");

        // The server's clock is decades behind; and a window that has ended is no reason to wait, or to hurry.
        let behind = "date: Sun, 09 Sep 2001 01:46:40 GMT\r\nx-ratelimit-reset: 1000000040\r\n";
        let over = "date: Sun, 09 Sep 2001 01:46:40 GMT\r\nx-ratelimit-reset: 1000000000\r\n";
        for (headers, least, most) in [(behind, 40 * SECOND, 60 * SECOND), (over, Duration::ZERO, 10 * SECOND)] {
            let server = Server::in_turn([refused(headers), good()]);
            let request = started(patient(&server).get("7").retries(1), &server).await;
            let (response, waited) = finished(request).await;
            response.unwrap();
            assert!(least <= waited && waited < most, "{waited:?}");
        }
    });
}

#[test]
fn the_headers_of_the_rate_limit_can_have_other_names() {
    by_the_clock(async {
        let names = RateLimitHeaders::new("ratelimit-limit", "ratelimit-remaining", "RateLimit-Reset");
        let headers = "ratelimit-limit: 9\r\nratelimit-reset: 40\r\nx-ratelimit-reset: 1\r\n";
        let server = Server::in_turn([refused(headers), good()]);
        let builder = codegen_runtime::client::Client::builder().base_url(server.url()).anonymous();
        let client = Client(builder.timeout(3600 * SECOND).rate_limit_headers(names).build().unwrap());
        let request = started(client.get("7"), &server).await;
        let (_, waited) = finished(request).await;
        assert!(40 * SECOND <= waited && waited < 60 * SECOND, "{waited:?}");

        let server = Server::new(refused(headers));
        let builder = codegen_runtime::client::Client::builder().base_url(server.url()).anonymous();
        let client = Client(builder.rate_limit_headers(names).retries(0).build().unwrap());
        let error = client.get("7").await.unwrap_err();
        let limit = error.failure().unwrap().rate_limit().unwrap();
        assert_eq!((limit.limit, limit.remaining, limit.reset), (Some(9), None, Some(40)));
    });
}

#[test]
fn who_asks_for_too_long_a_wait_is_not_asked_again() {
    by_the_clock(async {
        let cap = RetryPolicy::new().max_wait(9 * SECOND);
        for (headers, policy, timeout, seconds) in [
            ("retry-after: 61\r\n", RetryPolicy::new(), 3600, 61),
            ("retry-after: 10\r\n", cap.clone(), 3600, 10),
            ("x-ratelimit-reset: 3600\r\n", cap.retries(7), 7200, 3600),
            // The cap is not reached, but the time of the request would be up.
            ("retry-after: 31\r\n", RetryPolicy::new(), 30, 31),
        ] {
            let server = Server::new(refused(headers));
            let builder = Client::builder().base_url(server.url()).token("t").retries(policy);
            let client = builder.timeout(timeout * SECOND).build().unwrap();
            let before = SystemTime::now();
            let error = client.get("7").await.unwrap_err();
            let after = SystemTime::now();
            assert!(matches!(error, Error::RateLimited { .. }), "{error:?}");
            let at = error.failure().unwrap().retry_at().unwrap();
            assert!(before + seconds * SECOND <= at && at <= after + seconds * SECOND);
            assert_eq!(server.requests().len(), 1);
        }
        // The wait that is the cap is waited for.
        let server = Server::in_turn([refused("retry-after: 60\r\n"), good()]);
        let request = started(patient(&server).get("7"), &server).await;
        finished(request).await.0.unwrap();
        assert_eq!(server.requests().len(), 2);
    });
}

#[test]
fn a_failure_tells_when_to_come_back_only_where_the_server_does() {
    by_the_clock(async {
        for (status, headers, told) in [
            ("429 Too Many Requests", "", false),
            ("429 Too Many Requests", "retry-after: later\r\n", false),
            ("503 Service Unavailable", "retry-after: 7\r\n", true),
            ("503 Service Unavailable", "x-ratelimit-reset: 7\r\n", false),
            ("404 Not Found", "x-ratelimit-reset: 7\r\n", false),
        ] {
            let server = Server::new(with_headers(status, headers, "{}"));
            let error = Client::of(&server).get("7").retries(0).await.unwrap_err();
            assert_eq!(error.failure().unwrap().retry_at().is_some(), told, "{status} {headers}");
        }
    });
}

#[test]
fn retries_are_counted() {
    for (client, request, requests) in
        [(None, None, 3), (Some(0), None, 1), (Some(4), None, 5), (Some(4), Some(0), 1), (Some(0), Some(1), 2)]
    {
        by_the_clock(async {
            let server = Server::new(json("500 Internal Server Error", "{}"));
            let mut builder = Client::builder().base_url(server.url()).token("t").timeout(3600 * SECOND);
            if let Some(count) = client {
                builder = builder.retries(count);
            }
            let client = builder.build().unwrap();
            let get = client.get("7");
            let get = if let Some(count) = request { get.retries(count) } else { get };
            let (answer, waited) = finished(tokio::spawn(get.send())).await;
            assert!(matches!(answer, Err(Error::ServerError(_))));
            assert_eq!(server.requests().len(), requests);
            // No random wait is longer than 8 seconds.
            assert!(waited < 8 * SECOND * u32::try_from(requests).unwrap());
        });
    }
}

#[test]
fn a_request_that_is_dropped_while_it_waits_is_not_sent_again() {
    by_the_clock(async {
        let server = Server::in_turn([refused("retry-after: 5\r\n"), good()]);
        let client = patient(&server);
        let request = started(client.get("7"), &server).await;
        request.abort();
        assert!(request.await.unwrap_err().is_cancelled());
        tokio::time::advance(60 * SECOND).await;
        rest().await;
        assert_eq!(server.requests().len(), 1);
    });
}

#[test]
fn the_time_in_all_ends_the_waits_as_well() {
    by_the_clock(async {
        let server = Server::new(with_headers("503 Service Unavailable", "retry-after: 7\r\n", "{}"));
        let builder = Client::builder().base_url(server.url()).token("t").retries(1000);
        let client = builder.timeout(20 * SECOND).build().unwrap();
        let request = started(client.get("7"), &server).await;
        let (answer, waited) = finished(request).await;
        // The last answer, and no word of the time that would be up after one more wait.
        assert!(matches!(answer, Err(Error::ServiceUnavailable(_))), "{answer:?}");
        assert!(14 * SECOND <= waited && waited < 20 * SECOND, "{waited:?}");
        assert_eq!(server.requests().len(), 3);
    });
}

#[test]
fn every_attempt_is_the_same_request() {
    by_the_clock(async {
        let server = Server::in_turn([refused("retry-after: 1\r\n"), refused("retry-after: 1\r\n"), good()]);
        let client = patient(&server);
        let body = Rename { name: "Bob".to_owned() };
        let request = started(client.update("7", &body).header("x-a", "b"), &server).await;
        finished(request).await.0.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        assert!(requests[0].head.starts_with("PATCH /users/7 HTTP/1.1\r\n"));
        assert!(requests[0].head.contains("authorization: Bearer t"));
        assert_eq!(requests[0].body, r#"{"name":"Bob"}"#);
        for request in &requests[1..] {
            assert_eq!((&request.head, &request.body), (&requests[0].head, &requests[0].body));
        }
    });
}
