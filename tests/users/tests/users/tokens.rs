//! Tokens from the token endpoint that the document names, and from a function of the caller's.

use std::io;
use std::time::Duration;

use auth0_users::{Client, Error, Token, TokenError};

use crate::server::{Answer, Request, Server, json};
use crate::wait;

const TOKEN: &str = r#"{"access_token":"marker-token","scope":"read:users","expires_in":86400,"token_type":"Bearer"}"#;

fn fields(request: &Request) -> Vec<&str> {
    request.body.split('&').collect()
}

#[test]
fn a_program_gets_a_token_for_its_tenant_and_calls_with_it() {
    let server = Server::in_turn([json("200 OK", TOKEN), json("200 OK", r#"{"user_id":"auth0|7"}"#)]);
    let builder = Client::builder().base_url(format!("{}/api/v2", server.url())).domain("tenant.example.auth0.com");
    let client = builder.client_credentials("my-id", "marker&secret").build().unwrap();
    wait(async {
        assert_eq!(client.users().get("auth0|7").await.unwrap().user_id.as_deref(), Some("auth0|7"));
        client.users().get("auth0|7").await.unwrap();
    });
    let requests = server.requests();
    assert_eq!(requests[0].line(), "POST /oauth/token HTTP/1.1");
    assert_eq!(requests[0].header("authorization"), None);
    assert_eq!(
        fields(&requests[0]),
        [
            "grant_type=client_credentials",
            "client_id=my-id",
            "client_secret=marker%26secret",
            "audience=https%3A%2F%2Ftenant.example.auth0.com%2Fapi%2Fv2%2F",
        ]
    );
    assert_eq!(requests.len(), 3);
    for request in &requests[1..] {
        assert_eq!(request.line(), "GET /api/v2/users/auth0%7C7 HTTP/1.1");
        assert_eq!(request.header("authorization"), Some("Bearer marker-token"));
    }
}

#[test]
fn an_audience_of_the_callers_takes_the_place_of_the_documents() {
    let server = Server::in_turn([json("200 OK", TOKEN), json("200 OK", "{}")]);
    let builder = Client::builder().base_url(server.url()).client_credentials("my-id", "marker-secret");
    let client = builder.token_field("audience", "own").token_scopes(["read:users"]).build().unwrap();
    wait(client.users().get("7")).unwrap();
    let requests = server.requests();
    assert_eq!(fields(&requests[0])[3..], ["audience=own", "scope=read%3Ausers"]);
}

#[test]
fn an_endpoint_that_refuses_is_told_from_the_api() {
    let answer = r#"{"error":"access_denied","error_description":"marker"}"#;
    let server = Server::new(json("401 Unauthorized", answer));
    let builder = Client::builder().base_url(server.url()).domain("tenant.example.auth0.com");
    let client = builder.client_credentials("my-id", "marker-secret").build().unwrap();
    let error = wait(client.users().get("7")).unwrap_err();
    let Error::Token { error: cause, .. } = &error else { panic!("{error}") };
    assert!(matches!(&**cause, TokenError::Refused { status, .. } if status.as_u16() == 401));
    assert_eq!(cause.code(), Some("access_denied"));
    assert!(!format!("{error} {error:?} {client:?}").contains("marker"));
    // The token endpoint alone was asked, and once.
    assert_eq!(server.request().line(), "POST /oauth/token HTTP/1.1");
}

#[test]
fn an_endpoint_that_is_slow_fails_and_answers_garbage_is_asked_anew_by_each_until_it_recovers() {
    let api = Server::new(json("200 OK", "{}"));
    let endpoint = Server::in_turn([
        Answer::Stall(Vec::new()),
        Answer::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"access_token\":\"marker".to_vec()),
        Answer::Reset(Vec::new()),
        json("503 Service Unavailable", "marker"),
        json("200 OK", "<html>marker</html>"),
        json("200 OK", r#"{"access_token":"","expires_in":1}"#),
        json("200 OK", r#"{"access_token":"mar\nker"}"#),
        json("200 OK", TOKEN),
    ]);
    let builder = Client::builder().base_url(api.url()).token_url(format!("{}/oauth/token", endpoint.url()));
    let builder = builder.domain("tenant.example.auth0.com").client_credentials("my-id", "marker-secret");
    let client = builder.build().unwrap();
    wait(async {
        for kind in ["Timeout", "Timeout", "Transport", "Refused", "Unusable", "Unusable", "Unusable"] {
            let limit = if kind == "Timeout" { Duration::from_millis(300) } else { Duration::from_secs(30) };
            let error = client.users().get("auth0|7").timeout(limit).await.unwrap_err();
            let Error::Token { error: cause, .. } = &error else { panic!("{error}") };
            assert!(format!("{cause:?}").starts_with(kind), "{kind}: {cause:?}");
            assert_eq!(error.is_retryable(), kind != "Unusable", "{cause:?}");
            assert!(!format!("{error} {error:?} {cause} {client:?}").contains("marker"));
            assert!(api.requests().is_empty(), "nothing is sent without a token");
        }
        client.users().get("auth0|7").await.unwrap();
        client.users().get("auth0|7").await.unwrap();
    });
    assert_eq!((endpoint.requests().len(), api.requests().len()), (8, 2));
    assert!(api.requests().iter().all(|request| request.header("authorization") == Some("Bearer marker-token")));
}

#[test]
fn a_function_of_the_callers_gives_tokens() {
    let server = Server::new(json("200 OK", "{}"));
    let source = async || Ok(Token::new("marker-token").expires_in(Duration::from_secs(600)));
    let client = Client::builder().base_url(server.url()).token_source(source).build().unwrap();
    wait(client.users().get("7")).unwrap();
    assert_eq!(server.request().header("authorization"), Some("Bearer marker-token"));

    let source = async || Err(io::Error::other("no vault").into());
    let client = Client::builder().base_url(server.url()).token_source(source).build().unwrap();
    assert!(matches!(wait(client.users().get("7")), Err(Error::Token { .. })));
    assert_eq!(server.requests().len(), 1);
}
