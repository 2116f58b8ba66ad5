//! Setting up a client.

use codegen_runtime::client::{BuildError, HeaderMap, HeaderName, HeaderValue, reqwest};

use crate::api::{Client, ClientBuilder, Error, Rename};
use crate::server::{Server, json, with_headers};
use crate::wait;

/// What is told about a client that can't be built.
fn told(builder: ClientBuilder) -> String {
    builder.build().unwrap_err().to_string()
}

#[test]
fn the_server_is_the_documents_with_the_callers_domain() {
    let builder = Client::builder().domain("tenant.example.com").token("t");
    assert_eq!(
        format!("{:?}", builder.build().unwrap()),
        r#"Client(Client { base_url: "https://tenant.example.com/api/v2", credentials: Bearer([redacted]), timeout: 30s, .. })"#
    );
}

#[test]
fn a_setting_that_is_wrong_is_told() {
    let ready = || Client::builder().domain("a.example").token("t");
    for (builder, message) in [
        (Client::builder().token("t"), "the server's variable `domain` has no value: set it, or a base URL"),
        (
            ready().domain("evil.example/a?"),
            "the server's variable `domain` may only hold ASCII letters, digits and the characters -._~:",
        ),
        (
            ready().base_url("http://a.example"),
            "the base URL is http, which would send the token unencrypted: use https, or allow insecure http",
        ),
        (ready().base_url("a.example"), "the base URL can't be used: it is no absolute URL"),
        (Client::builder().domain("a.example"), "no token: set one, or say that requests are anonymous"),
        (ready().default_header("a b", "c"), "the name of a default header is none"),
        (ready().default_header("a", "b\n"), "the value of the default header `a` may only hold visible ASCII"),
        (ready().default_header("Content-Length", "3"), "the header `content-length` is set by the client itself"),
        (
            ready().default_header("authorization", ""),
            "the token is empty or holds white space, control characters or characters beyond ASCII, which no \
             Authorization header can hold",
        ),
        (ready().user_agent("é\u{0}"), "the value of the default header `user-agent` may only hold visible ASCII"),
    ] {
        assert_eq!(told(builder), message);
    }
    assert!(ready().base_url("http://a.example").allow_insecure_http(true).build().is_ok());
}

#[test]
fn a_token_that_no_header_can_hold_is_told_and_not_shown() {
    for token in ["", "marker\n", "Bearer marker", "mark\u{e9}r", "marker\0"] {
        let error = Client::builder().domain("a.example").token(token).build().unwrap_err();
        assert!(matches!(error, BuildError::InvalidToken));
        assert!(!format!("{error} {error:?}").contains("mark"));
    }
}

#[test]
fn requests_can_go_without_a_token() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::builder().base_url(server.url()).anonymous().build().unwrap();
    wait(client.get("7")).unwrap();
    assert_eq!(server.request().header("authorization"), None);
}

#[test]
fn headers_of_a_request_take_the_place_of_the_clients() {
    let server = Server::new(json("200 OK", "{}"));
    let builder = Client::builder().base_url(format!("{}/base/", server.url())).token("t");
    let builder = builder.default_header("x-a", "client").default_header("x-b", "client");
    wait(builder.build().unwrap().get("7").header("X-A", "request")).unwrap();
    let request = server.request();
    assert_eq!(request.line(), "GET /base/users/7 HTTP/1.1");
    assert_eq!(request.header("x-a"), Some("request"));
    assert_eq!(request.header("x-b"), Some("client"));
}

#[test]
fn what_the_request_says_itself_stands_once() {
    let server = Server::new(json("200 OK", "{}"));
    let builder = Client::builder().base_url(server.url()).token("t").default_header("content-type", "text/plain");
    let body = Rename { name: "Bob".to_owned() };
    wait(builder.build().unwrap().update("7", &body)).unwrap();
    let head = server.request().head;
    assert_eq!(head.matches("content-type: ").count(), 1, "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
}

#[test]
fn an_http_client_of_the_callers_is_not_shown() {
    let http = reqwest::Client::builder().tls_backend_preconfigured(without_roots());
    let http = http.no_proxy().default_headers(marked()).build();
    let builder = Client::builder().base_url("https://users.example").token("t").http_client(http.unwrap());
    assert!(!format!("{builder:?} {builder:#?}").contains("marked"), "{builder:?}");
}

#[test]
fn the_http_client_can_be_the_callers() {
    let server = Server::new(json("200 OK", "{}"));
    let http = reqwest::Client::builder().tls_backend_preconfigured(without_roots());
    let http = http.no_proxy().default_headers(marked()).build();
    let builder = Client::builder().base_url(server.url()).token("t");
    let client = builder.http_client(http.unwrap()).build().unwrap();
    wait(client.get("7")).unwrap();
    assert_eq!(server.request().header("x-marked"), Some("yes"));
}

#[test]
fn the_http_client_can_be_set_up_further() {
    let server = Server::new(with_headers("302 Found", "location: /elsewhere\r\n", ""));
    let builder = Client::builder().base_url(server.url()).token("t");
    let builder = builder.http_settings(|http| {
        http.default_headers(marked()).redirect(reqwest::redirect::Policy::limited(3)).tcp_nodelay(true)
    });
    let error = wait(builder.build().unwrap().get("7")).unwrap_err();
    assert!(matches!(error, Error::UnexpectedStatus(_)), "{error}");
    // It is set, and redirects stay off.
    assert_eq!(server.request().header("x-marked"), Some("yes"));
    assert_eq!(server.requests().len(), 1);
}

fn marked() -> HeaderMap {
    [(HeaderName::from_static("x-marked"), HeaderValue::from_static("yes"))].into_iter().collect()
}

/// A configuration that trusts nobody, which is enough for plain HTTP.
pub(crate) fn without_roots() -> rustls::ClientConfig {
    let provider = rustls::crypto::ring::default_provider();
    rustls::ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}
