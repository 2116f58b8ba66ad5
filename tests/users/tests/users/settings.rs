//! Token, transport security and time limits of the client.

use std::time::{Duration, Instant};

use auth0_users::{Client, ClientBuilder, Error};

use crate::server::{Answer, Server, json};
use crate::{client, wait};

/// What is told about a client that can't be built.
fn told(builder: ClientBuilder) -> String {
    builder.build().unwrap_err().to_string()
}

#[test]
fn the_token_is_sent_as_a_bearer() {
    let server = Server::new(json("200 OK", "{}"));
    wait(client(&server).users().get("1")).unwrap();
    assert_eq!(server.request().header("authorization"), Some("Bearer marker-token"));
}

#[test]
fn a_request_without_a_token_is_asked_for_by_name() {
    let server = Server::new(json("200 OK", "{}"));
    assert_eq!(told(Client::builder().base_url(server.url())), "no token: set one, or say that requests are anonymous");
    let client = Client::builder().base_url(server.url()).anonymous().build().unwrap();
    wait(client.users().get("1")).unwrap();
    assert_eq!(server.request().header("authorization"), None);
}

#[test]
fn a_token_goes_to_no_tenant_but_the_callers() {
    assert_eq!(
        told(Client::builder().token("t")),
        "the server's variable `domain` has no value: set it, or a base URL"
    );
    assert!(Client::builder().token("t").domain("tenant.example.auth0.com").build().is_ok());
}

#[test]
fn plain_http_stays_on_this_machine_unless_the_caller_says_so() {
    let at = |url: &str| Client::builder().token("t").base_url(url);
    let refused = "the base URL is http, which would send the token unencrypted: use https, or allow insecure http";
    for url in ["http://tenant.example.auth0.com/api/v2", "http://localhost.example.com", "http://127.0.0.1.nip.io"] {
        assert_eq!(told(at(url)), refused);
        assert!(at(url).allow_insecure_http(true).build().is_ok());
    }
    for url in ["http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1", "https://tenant.example.auth0.com"] {
        assert!(at(url).build().is_ok(), "{url}");
    }
}

#[test]
fn the_domain_is_a_host_name_and_no_more() {
    let at = |domain: &str| Client::builder().domain(domain).token("t");
    let client = at("tenant.example.auth0.com").build().unwrap();
    assert!(format!("{client:?}").contains(r#""https://tenant.example.auth0.com/api/v2""#), "{client:?}");
    for domain in ["", "a/b", "a@b", "a?b", "a#b", "https://a"] {
        assert!(at(domain).build().is_err(), "{domain}");
    }
}

#[test]
fn a_server_that_hangs_costs_no_more_than_the_limit() {
    let limit = Duration::from_millis(100);
    for sent in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"] {
        let server = Server::new(Answer::Stall(sent.to_vec()));
        let hasty = Client::builder().base_url(server.url()).token("t").timeout(limit).build().unwrap();
        let patient = client(&server);
        for request in [hasty.users().get("1"), patient.users().get("1").timeout(limit)] {
            let start = Instant::now();
            let error = wait(request).unwrap_err();
            assert!(matches!(error, Error::Timeout(_)), "{error:?}");
            assert!(start.elapsed() >= limit);
        }
    }
}

#[test]
fn a_limit_beyond_all_time_is_none() {
    let server = Server::new(json("200 OK", "{}"));
    wait(client(&server).users().get("1").timeout(Duration::MAX)).unwrap();
}
