//! Token endpoints: what a document and codegen.toml say of them, and what is wrong with it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail as tests do")]

use codegen::config::{self, Config, Token};
use codegen::diagnostic::Diagnostic;
use codegen::{Input, Library, Options, Outcome, Reference, Target, source};

struct Nothing;

impl Library for Nothing {
    fn open(&self, _: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

const FLOW: &str = r#"{"clientCredentials": {"tokenUrl": "/token", "scopes": {"read:pets": "", "write:pets": ""}}}"#;
const NONE: &str = r#"{"password": {"tokenUrl": "/token", "scopes": {}}}"#;

/// Generates from a document whose only scheme has these flows.
fn generate(flows: &str, token: Token) -> Outcome {
    let document = format!(
        r#"{{
            "openapi": "3.1.0",
            "info": {{"title": "Pets", "version": "1"}},
            "servers": [{{"url": "https://{{host}}/v1", "variables": {{"host": {{"default": "a.example"}}}}}}],
            "security": [{{"program": []}}],
            "paths": {{"/pets": {{"get": {{"operationId": "list", "responses": {{"204": {{"description": ""}}}}}}}}}},
            "components": {{"securitySchemes": {{
                "program": {{"type": "oauth2", "flows": {flows}}}
            }}}}
        }}"#
    );
    let source = source::read("pets.json", document.as_bytes()).unwrap();
    let config = Config { client: config::Client { token, ..config::Client::default() }, ..Config::default() };
    let options = Options { runtime: "path = \"../runtime\"".to_owned(), ..Options::default() };
    codegen::generate(&Input { sources: &[source], config: &config, options, library: &Nothing })
}

/// The codes and messages of what is wrong.
fn told(outcome: Outcome) -> Vec<(&'static str, String)> {
    outcome.diagnostics.into_iter().map(|diagnostic| (diagnostic.code, diagnostic.message)).collect()
}

/// Where the client is set up, without line breaks and spaces.
fn client(flow: &str, token: Token) -> String {
    let outcome = generate(flow, token);
    let module = &outcome.generated.as_ref().unwrap().files["src/client/mod.rs"];
    module.split_whitespace().collect()
}

fn fields(value: &str) -> Token {
    Token { fields: [("audience".to_owned(), value.to_owned())].into(), ..Token::default() }
}

#[test]
fn the_client_knows_the_token_endpoint() {
    let plain = client(FLOW, Token::default());
    assert!(plain.contains(r#".require_token().flow("program","/token",&[]),"#), "{plain}");
    assert!(plain.contains("pubfnclient_credentials("));
    assert!(plain.contains("Scopesfor[`ClientBuilder::token_scopes`]:`read:pets`,`write:pets`."));
    let scopes = vec!["read:pets".to_owned()];
    let decided = client(FLOW, Token { scopes, basic: true, ..fields("https://{host}/") });
    let calls =
        r#".flow("program","/token",&[("audience","https://{host}/")]).token_scopes(["read:pets"]).token_basic(true)"#;
    assert!(decided.contains(calls), "{decided}");
}

#[test]
fn a_document_without_a_token_endpoint_has_no_setters_of_one() {
    for (flow, problems) in [
        (NONE, vec![]),
        (
            r#"{"clientCredentials": {"scopes": {}}}"#,
            vec!["the flow of `program` has no `tokenUrl`: no token can be fetched for it"],
        ),
    ] {
        let module = client(flow, Token::default());
        assert!(!module.contains("client_credentials") && !module.contains("token_endpoint_builder"), "{module}");
        let problems: Vec<_> = problems.into_iter().map(|message| ("no-token-url", message.to_owned())).collect();
        assert_eq!(told(generate(flow, Token::default())), problems);
    }
}

#[test]
fn what_the_document_knows_nothing_of_is_an_error() {
    for (flow, token, message) in [
        (
            FLOW,
            fields("{tenant}"),
            "`audience` in `client.token.fields` of codegen.toml holds a variable of no server in the document",
        ),
        (
            FLOW,
            Token { scopes: vec!["read:users".to_owned()], ..Token::default() },
            "`read:users` in `client.token.scopes` of codegen.toml is a scope of no flow `clientCredentials` in the document",
        ),
        (NONE, fields("a"), "`token` in `client` of codegen.toml matches no flow `clientCredentials` in the document"),
        (
            NONE,
            Token { basic: true, ..Token::default() },
            "`token` in `client` of codegen.toml matches no flow `clientCredentials` in the document",
        ),
    ] {
        let outcome = generate(flow, token);
        assert!(outcome.generated.is_none());
        assert_eq!(told(outcome), [("unmatched-entry", message.to_owned())]);
    }
}
