//! What requests prove an identity with.

use clients_tests::{Client, Error};

use crate::server::{Request, Server, json, with_headers};
use crate::{builder, client, silent, wait};

/// A client with everything that the schemes of the document take.
fn known(server: &Server) -> Client {
    let builder = builder(server).token("marker-token").header_key("marker-header").query_key("marker query");
    builder.cookie_key("marker;cookie").password("Aladdin", "open sesame").build().unwrap()
}

/// The first line, and the headers that prove something.
fn shown(request: &Request) -> (String, Vec<String>) {
    let names = ["authorization", "cookie", "x-key"];
    let headers = names.iter().filter_map(|name| Some(format!("{name}: {}", request.header(name)?)));
    (request.line().to_owned(), headers.collect())
}

#[test]
fn every_operation_carries_what_it_demands_and_no_more() {
    let server = silent();
    let client = known(&server);
    let group = client.samples();
    wait(async {
        group.queries().tracked(true).await.unwrap();
        group.open_to_all().await.unwrap();
        group.with_key().await.unwrap();
        group.with_password().await.unwrap();
        group.with_or_without().await.unwrap();
    });
    let found: Vec<_> = server.requests().iter().map(shown).collect();
    let expected = [
        ("GET /queries HTTP/1.1", vec!["authorization: Bearer marker-token", "cookie: tracked=true"]),
        ("GET /security HTTP/1.1", vec![]),
        ("PUT /security HTTP/1.1", vec!["x-key: marker-header"]),
        ("POST /security HTTP/1.1", vec!["authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="]),
        ("DELETE /security HTTP/1.1", vec!["x-key: marker-header"]),
    ];
    let expected = expected.map(|(line, headers)| (line.to_owned(), headers.into_iter().map(str::to_owned).collect()));
    assert_eq!(found, expected);
}

#[test]
fn the_first_requirement_that_can_be_met_is() {
    let server = silent();
    let client = builder(&server).query_key("marker query").cookie_key("marker;cookie").build().unwrap();
    wait(client.samples().with_key()).unwrap();
    let (line, headers) = shown(&server.request());
    assert_eq!(line, "PUT /security?key=marker%20query HTTP/1.1");
    assert_eq!(headers, ["cookie: session=marker%3Bcookie"]);
}

#[test]
fn a_request_that_can_prove_nothing_is_not_sent() {
    let server = silent();
    // One key of two that have to be there together.
    let client = builder(&server).query_key("marker").build().unwrap();
    wait(async {
        for result in [
            client.samples().with_key().await,
            client.samples().with_password().await,
            client.samples().queries().await,
        ] {
            let error = result.unwrap_err();
            assert!(matches!(error, Error::MissingCredentials { .. }), "{error:?}");
        }
        client.samples().with_or_without().await.unwrap();
        client.samples().open_to_all().await.unwrap();
    });
    assert_eq!(server.requests().len(), 2);
    let error = wait(client.samples().with_key()).unwrap_err();
    assert_eq!(error.to_string(), "PUT /security: the client has none of the credentials that this operation demands");
}

#[test]
fn whoever_wants_no_credentials_has_none() {
    let server = silent();
    let client = builder(&server).header_key("marker").anonymous().build().unwrap();
    wait(client.samples().with_key()).unwrap();
    assert_eq!(shown(&server.request()).1, [""; 0]);
}

#[test]
fn a_header_of_the_callers_goes_before_the_clients() {
    let server = silent();
    wait(client(&server).samples().queries().header("Authorization", "Custom 1")).unwrap();
    assert_eq!(shown(&server.request()).1, ["authorization: Custom 1"]);
}

#[test]
fn nothing_secret_shows() {
    let server = silent();
    let client = known(&server);
    let shown = format!("{client:?} {:?}", builder(&server).header_key("marker").password("a", "marker"));
    assert!(!shown.contains("marker") && !shown.contains("sesame"), "{shown}");
    for key in ["", "a\r\nb: c"] {
        let error = builder(&server).header_key(key).build().unwrap_err();
        assert!(matches!(error, clients_tests::BuildError::InvalidToken), "{error:?}");
    }
    // Nobody listens there: the key in the query is in no error.
    let client =
        Client::builder().base_url("http://127.0.0.1:1").query_key("marker").cookie_key("marker").build().unwrap();
    let error = wait(client.samples().with_key()).unwrap_err();
    let source = std::error::Error::source(&error).map(|source| format!("{source} {source:?}")).unwrap_or_default();
    assert!(!format!("{error} {error:?} {source}").contains("marker"), "{error:?} {source}");
}

#[test]
fn each_scheme_has_its_token_endpoint_and_its_tokens() {
    let token = |name: &str| json("200 OK", &format!(r#"{{"access_token":"{name}","expires_in":60}}"#));
    let done = with_headers("204 No Content", "", "");
    let server = Server::in_turn([token("marker-agent"), done.clone(), token("marker-token"), done.clone(), done]);
    let at = builder(&server).agent_client_credentials("007", "marker-a");
    let client = at.token_client_credentials("program", "marker-b").token_url("agents/token").build().unwrap();
    let group = client.samples();
    wait(async {
        group.with_password().await.unwrap();
        group.queries().await.unwrap();
        group.with_password().await.unwrap();
    });
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(shown).collect();
    let authorized = |line: &str, token: &str| (line.to_owned(), vec![format!("authorization: Bearer {token}")]);
    assert_eq!(
        lines,
        [
            ("POST /agents/token HTTP/1.1".to_owned(), vec![]),
            authorized("POST /security HTTP/1.1", "marker-agent"),
            ("POST /agents/token HTTP/1.1".to_owned(), vec![]),
            authorized("GET /queries HTTP/1.1", "marker-token"),
            authorized("POST /security HTTP/1.1", "marker-agent"),
        ]
    );
    assert_eq!(requests[0].body, "grant_type=client_credentials&client_id=007&client_secret=marker-a");
    assert_eq!(requests[2].body, "grant_type=client_credentials&client_id=program&client_secret=marker-b");
}

#[test]
fn a_token_that_can_not_be_had_is_no_request_without() {
    let server = Server::new(json("401 Unauthorized", r#"{"error":"invalid_client"}"#));
    let client = builder(&server).agent_client_credentials("007", "marker").header_key("marker").build().unwrap();
    let error = wait(client.samples().with_password()).unwrap_err();
    assert!(matches!(&error, Error::Token { error, .. } if error.code() == Some("invalid_client")), "{error:?}");
    assert_eq!(server.request().line(), "POST /agents/token HTTP/1.1");
    // What demands something else does not ask for one.
    assert!(wait(client.samples().with_key()).is_err());
    assert_eq!(server.requests()[1].line(), "PUT /security HTTP/1.1");
}
