//! Tokens for a program: what the token endpoint is sent, and what becomes of what it answers (RFC 6749 §4.4 and §5).

use std::error::Error as _;
use std::time::{Duration, SystemTime};

use codegen_runtime::client::{StatusCode, TokenError, reqwest};

use crate::api::{Client, ClientBuilder, Error};
use crate::server::{Answer, Request, Server, json, with_headers};
use crate::settings::without_roots;
use crate::wait;

const SECRET: &str = "marker-secret";
const GOOD: &str = r#"{"access_token":"marker-token","token_type":"Bearer","expires_in":86400}"#;

/// A client of an API whose token endpoint is another server.
fn builder(api: &Server, endpoint: &Server) -> ClientBuilder {
    let builder = Client::builder().base_url(api.url()).token_url(format!("{}/oauth/token", endpoint.url()));
    builder.domain("tenant.example.com").client_credentials("a program", SECRET)
}

/// The fields of a form, in order.
fn fields(request: &Request) -> Vec<&str> {
    request.body.split('&').collect()
}

/// What comes of a request whose token endpoint answers like this.
fn refused(answer: Answer) -> Error {
    let (api, endpoint) = (Server::new(json("200 OK", "{}")), Server::new(answer));
    let error = wait(builder(&api, &endpoint).build().unwrap().get("7")).unwrap_err();
    assert!(api.requests().is_empty());
    assert_eq!(endpoint.requests().len(), 1);
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        shown.push_str(&format!("{error} {error:?}"));
        source = error.source();
    }
    assert!(!shown.contains("marker") && !shown.contains(&endpoint.url()), "{shown}");
    error
}

fn token_error(error: &Error) -> &TokenError {
    match error {
        Error::Token { error, .. } => error,
        other => panic!("{other}"),
    }
}

#[test]
fn a_program_trades_its_credentials_for_a_token() {
    let (api, endpoint) = (Server::new(json("200 OK", "{}")), Server::new(json("200 OK", GOOD)));
    let client = builder(&api, &endpoint).default_header("x-own", "1").build().unwrap();
    for _ in 0..3 {
        wait(client.get("7")).unwrap();
    }
    let request = endpoint.request();
    assert_eq!(request.line(), "POST /oauth/token HTTP/1.1");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("user-agent"), Some("users/1.0.0"));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("x-own"), None);
    assert_eq!(
        fields(&request),
        [
            "grant_type=client_credentials",
            "client_id=a%20program",
            "client_secret=marker-secret",
            "audience=https%3A%2F%2Ftenant.example.com%2Fapi%2Fv2%2F",
        ]
    );
    let requests = api.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| request.header("authorization") == Some("Bearer marker-token")));
}

#[test]
fn the_form_is_the_callers() {
    let (api, endpoint) = (Server::new(json("200 OK", "{}")), Server::new(json("200 OK", GOOD)));
    let builder =
        builder(&api, &endpoint).token_field("audience", "a").token_field("audience", "b&c").token_basic(true);
    wait(builder.token_scopes(["read:users", "update:users"]).build().unwrap().get("7")).unwrap();
    let request = endpoint.request();
    // `a%20program:marker-secret`
    assert_eq!(request.header("authorization"), Some("Basic YSUyMHByb2dyYW06bWFya2VyLXNlY3JldA=="));
    assert_eq!(
        fields(&request),
        ["grant_type=client_credentials", "audience=b%26c", "scope=read%3Ausers%20update%3Ausers"]
    );
}

#[test]
fn the_token_endpoint_is_relative_to_the_server() {
    let token = json("200 OK", GOOD);
    for (base, url, line) in [
        ("/api/v2", None, "/oauth/token"),
        ("/api/v2", Some("oauth/token"), "/api/oauth/token"),
        ("/api/v2/", Some("oauth/token"), "/api/v2/oauth/token"),
        ("/api/v2/", Some("../t?a=b"), "/api/t?a=b"),
    ] {
        let server = Server::in_turn([token.clone(), json("200 OK", "{}")]);
        let builder = Client::builder().base_url(format!("{}{base}", server.url())).domain("a.example");
        let builder = match url {
            Some(url) => builder.token_url(url),
            None => builder,
        };
        wait(builder.client_credentials("a", "b").build().unwrap().get("7")).unwrap();
        let requests = server.requests();
        assert_eq!(requests[0].line(), format!("POST {line} HTTP/1.1"));
        assert_eq!(requests[1].line(), "GET /api/v2/users/7 HTTP/1.1");
    }
}

#[test]
fn an_endpoint_that_refuses_is_told_by_status_and_code() {
    for (status, body, code) in [
        ("401 Unauthorized", r#"{"error":"invalid_client","error_description":"marker"}"#, Some("invalid_client")),
        ("403 Forbidden", r#"{"error":"access_denied"}"#, Some("access_denied")),
        ("400 Bad Request", r#"{"error":"no plain marker"}"#, None),
        ("400 Bad Request", r#"{"error":"x-marker-secret"}"#, None),
        ("400 Bad Request", r#"{"error":{"marker":1}}"#, None),
        ("500 Internal Server Error", "<marker>", None),
        ("503 Service Unavailable", "", None),
        ("401 Unauthorized", GOOD, None),
        ("200 OK", r#"{"error":"slow_down"}"#, Some("slow_down")),
    ] {
        let error = refused(json(status, body));
        assert_eq!(token_error(&error).code(), code, "{error}");
        assert_eq!(token_error(&error).status().unwrap().as_str(), &status[..3]);
        // The status is not the API's.
        assert_eq!(error.status(), None);
    }
    let error = refused(json("401 Unauthorized", r#"{"error":"invalid_client"}"#));
    assert_eq!(
        error.to_string(),
        "GET /users/{id}: no token: the token endpoint answers 401 Unauthorized, with the code `invalid_client`"
    );
}

#[test]
fn an_endpoint_with_too_much_to_do_says_when_to_come_back() {
    let before = SystemTime::now();
    let error = refused(with_headers("429 Too Many Requests", "retry-after: 60\r\n", "{}"));
    let at = error.retry_at().unwrap();
    assert!(before + Duration::from_secs(60) <= at && at <= SystemTime::now() + Duration::from_secs(60));
    assert!(error.is_retryable());
    assert_eq!(refused(json("401 Unauthorized", "{}")).retry_at(), None);
}

#[test]
fn what_is_no_token_is_told() {
    let large = format!(r#"{{"access_token":"marker","a":"{}"}}"#, "a".repeat(1 << 20));
    for (body, reason) in [
        ("", "the answer of the token endpoint has no `access_token`"),
        ("<marker>", "the answer of the token endpoint has no `access_token`"),
        ("[]", "the answer of the token endpoint has no `access_token`"),
        (r#"{"access_token":7}"#, "the answer of the token endpoint has no `access_token`"),
        (r#"{"access_token":"marker","token_type":"mac"}"#, "its `token_type` is not `Bearer`"),
        (
            r#"{"access_token":"mar ker"}"#,
            "it is empty, or holds white space, control characters or characters beyond ASCII",
        ),
        (&large, "the answer of the token endpoint is larger than 1 MiB"),
    ] {
        match token_error(&refused(json("200 OK", body))) {
            TokenError::Unusable { reason: given } => assert_eq!(*given, reason),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn an_answer_is_read_for_what_it_is() {
    for (body, fetches) in [
        (r#"{"access_token":"t","expires_in":3600}"#, 1),
        (r#"{"access_token":"t","token_type":"bearer","expires_in":"3600"}"#, 1),
        (r#"{"access_token":"t","expires_in":3599.5,"refresh_token":null}"#, 1),
        (r#"{"access_token":"t","expires_in":1e300}"#, 1),
        (r#"{"access_token":"t","expires_in":null}"#, 1),
        (r#"{"access_token":"t"}"#, 1),
        (r#"{"access_token":"t","expires_in":0}"#, 2),
        (r#"{"access_token":"t","expires_in":-5}"#, 2),
    ] {
        let (api, endpoint) = (Server::new(json("200 OK", "{}")), Server::new(json("200 OK", body)));
        let client = builder(&api, &endpoint).build().unwrap();
        wait(client.get("7")).unwrap();
        wait(client.get("7")).unwrap();
        assert_eq!(endpoint.requests().len(), fetches, "{body}");
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Server::new(json("200 OK", GOOD));
    for status in ["302 Found", "307 Temporary Redirect"] {
        let location = format!("location: {}/marker\r\n", elsewhere.url());
        let error = refused(with_headers(status, &location, ""));
        assert!(token_error(&error).status().is_some_and(|status| status.is_redirection()));
    }
    assert!(elsewhere.requests().is_empty());
}

#[test]
fn what_an_http_client_of_the_callers_was_redirected_to_is_no_token() {
    let elsewhere = Server::new(json("200 OK", GOOD));
    let location = format!("location: {}/t\r\n", elsewhere.url());
    let (api, endpoint) =
        (Server::new(json("200 OK", "{}")), Server::new(with_headers("303 See Other", &location, "")));
    let own = reqwest::Client::builder().no_proxy();
    let own = own.tls_backend_preconfigured(without_roots()).build().unwrap();
    let error = wait(builder(&api, &endpoint).http_client(own).build().unwrap().get("7")).unwrap_err();
    assert!(matches!(token_error(&error), TokenError::Unusable { reason: "the token endpoint redirects" }), "{error}");
    assert_eq!(elsewhere.request().line(), "GET /t HTTP/1.1");
    assert!(api.requests().is_empty());
}

#[test]
fn an_endpoint_that_breaks_off_or_is_not_there_is_told() {
    for sent in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", b"marker\r\n\r\n"] {
        let error = refused(Answer::Bytes(sent.to_vec()));
        assert!(matches!(token_error(&error), TokenError::Transport(_)), "{error}");
        assert!(token_error(&error).source().is_some());
    }
    let api = Server::new(json("200 OK", "{}"));
    let builder = builder(&api, &api).token_url("http://127.0.0.1:1/marker");
    let error = wait(builder.build().unwrap().get("7")).unwrap_err();
    assert!(matches!(token_error(&error), TokenError::Transport(_)), "{error}");
    assert_eq!(error.to_string(), "GET /users/{id}: no token: the exchange with the token endpoint failed");
}

#[test]
fn a_slow_endpoint_costs_no_more_than_the_limit() {
    for sent in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"] {
        let (api, endpoint) = (Server::new(json("200 OK", "{}")), Server::new(Answer::Stall(sent.to_vec())));
        let builder = builder(&api, &endpoint).timeout(Duration::from_millis(100));
        let error = wait(builder.build().unwrap().get("7")).unwrap_err();
        assert!(matches!(token_error(&error), TokenError::Timeout), "{error}");
        assert!(api.requests().is_empty());
    }
}

#[test]
fn one_failure_is_not_the_end() {
    let api = Server::new(json("200 OK", "{}"));
    let endpoint = Server::in_turn([json("503 Service Unavailable", ""), json("200 OK", GOOD)]);
    let client = builder(&api, &endpoint).build().unwrap();
    let error = wait(client.get("7")).unwrap_err();
    assert_eq!(token_error(&error).status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    wait(client.get("7")).unwrap();
    assert_eq!(endpoint.requests().len(), 2);
    assert_eq!(api.request().header("authorization"), Some("Bearer marker-token"));
}

#[test]
fn a_setting_that_is_wrong_is_told() {
    let told = |builder: ClientBuilder| builder.build().unwrap_err().to_string();
    let program = || Client::builder().client_credentials("a", SECRET);
    let insecure = "the URL of the token endpoint is http, which would send the secret unencrypted: use https, or allow \
                    insecure http";
    let ready = || program().domain("a.example");
    for (builder, message) in [
        (program(), "the server's variable `domain` has no value: set it, or a base URL"),
        (
            program().base_url("https://a.example"),
            "the token request holds the server's variable `domain`, which has no value: set it, or the URL or field of \
             the request",
        ),
        (ready().token_url("http://a.example/t"), insecure),
        (
            ready().token_url("ftp://a"),
            "the URL of the token endpoint can't be used: its scheme is neither https nor http",
        ),
        (
            ready().token_url("https://marker@a.example"),
            "the URL of the token endpoint can't be used: it holds a user name or a password",
        ),
        (ready().token_url("/t#a"), "the URL of the token endpoint can't be used: it holds a fragment"),
        (ready().token_url("https://"), "the URL of the token endpoint can't be used: it is no URL"),
    ] {
        assert_eq!(told(builder), message);
    }
    assert!(ready().build().is_ok());
    assert!(program().base_url("https://a.example").token_field("audience", "b").build().is_ok());
    assert!(ready().token_url("http://a.example/t").allow_insecure_http(true).build().is_ok());
}

#[test]
fn nothing_shows_what_is_secret() {
    let (api, endpoint) = (Server::new(json("200 OK", "{}")), Server::new(json("200 OK", GOOD)));
    let builder = builder(&api, &endpoint).token_field("key", "marker").token_url("http://localhost/marker");
    let mut shown = format!("{builder:?} {builder:#?}");
    let client = builder.token_url(format!("{}/marker", endpoint.url())).build().unwrap();
    shown.push_str(&format!("{client:?} {client:#?}"));
    wait(client.get("7")).unwrap();
    shown.push_str(&format!("{client:?} {client:#?}"));
    assert!(!shown.contains("marker"), "{shown}");
    assert!(shown.contains("Bearer([redacted])"), "{shown}");
}
