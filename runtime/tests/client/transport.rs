//! Servers that hang, break off, are not there, or send the client elsewhere.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use codegen_runtime::client::RetryPolicy;

use crate::api::{Client, Error, Rename};
use crate::server::{Answer, Server, json, with_headers};
use crate::wait;

#[test]
fn a_server_that_hangs_costs_no_more_than_the_limit() {
    let limit = Duration::from_millis(100);
    for sent in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"] {
        let server = Server::new(Answer::Stall(sent.to_vec()));
        let builder = Client::builder().base_url(server.url()).token("t");
        let client = builder.timeout(limit).build().unwrap();
        let patient = Client::of(&server);
        for request in [client.get("7"), patient.get("7").timeout(limit)] {
            let start = Instant::now();
            let error = wait(request).unwrap_err();
            let taken = start.elapsed();
            assert!(matches!(error, Error::Timeout(_)), "{error:?}");
            assert_eq!(error.to_string(), "GET /users/{id}: timed out");
            assert!(limit <= taken && taken < limit * 20, "{taken:?}");
        }
    }
}

#[test]
fn a_server_that_is_not_there_is_told_from_one_that_breaks_off() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = Client::builder().base_url(format!("http://{gone}")).token("t");
    let error = wait(builder.build().unwrap().get("7").retries(0)).unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert_eq!(error.to_string(), "GET /users/{id}: no connection to the server");

    for sent in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", b"SSH-2.0\r\n\r\n"] {
        let server = Server::new(Answer::Bytes(sent.to_vec()));
        let error = wait(Client::of(&server).get("7").retries(0)).unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert_eq!(error.to_string(), "GET /users/{id}: the exchange failed");
        assert!(std::error::Error::source(&error).is_some());
        assert_eq!(error.status(), None);
    }
}

#[test]
fn connecting_takes_no_longer_than_it_may() {
    // This one takes connections, and says nothing, where TLS would have it answer first.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let limit = Duration::from_millis(100);
    let builder = Client::builder().base_url(format!("https://{address}")).token("t");
    let client = builder.connect_timeout(limit).retries(RetryPolicy::new().backoff(limit, limit)).build().unwrap();
    let start = Instant::now();
    let error = wait(client.update("7", &Rename { name: "Bob".to_owned() })).unwrap_err();
    let taken = start.elapsed();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    // Nothing has been sent, so that it is tried again whatever it is.
    assert!(3 * limit <= taken && taken < 60 * limit, "{taken:?}");
    listener.set_nonblocking(true).unwrap();
    assert_eq!(listener.incoming().map_while(Result::ok).count(), 3);
}

#[test]
fn a_redirect_is_an_error_and_the_token_stays() {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let elsewhere = Server::new(json("200 OK", "{}"));
        let location = format!("location: {}/users/7\r\n", elsewhere.url());
        let server = Server::new(with_headers(status, &location, ""));
        let error = wait(Client::of(&server).get("7").retries(0)).unwrap_err();
        assert!(matches!(error, Error::UnexpectedStatus(_)), "{error:?}");
        assert_eq!(server.requests().len(), 1);
        assert!(elsewhere.requests().is_empty());
    }
}
