//! What the client is called after: groups, operations, parameters and variables with inconvenient names.

use std::collections::BTreeMap;

use codegen::config::Config;
use codegen::diagnostic::{Diagnostic, Spot};
use codegen::{Input, Library, Options, Outcome, Reference, Target, source};

pub(super) struct NoLibrary;

impl Library for NoLibrary {
    fn open(&self, _reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

fn generate(members: &str) -> Outcome {
    let text = format!("openapi: 3.1.0\ninfo: {{title: Test, version: '1'}}\n{members}");
    let source = source::read("openapi.yaml", text.as_bytes()).unwrap();
    let config = Config::default();
    codegen::generate(&Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &NoLibrary,
    })
}

/// The files of a document without complaints, by what stands below `info`.
pub(crate) fn files(members: &str) -> BTreeMap<String, String> {
    let outcome = generate(members);
    assert_eq!(outcome.diagnostics, []);
    outcome.generated.unwrap().files
}

/// The lines of a file that begin so, without what follows the name.
fn lines<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    text.lines().map(str::trim).filter(|line| line.starts_with(start)).collect()
}

#[test]
fn groups_do_not_hide_what_the_client_is_made_of() {
    let files = files(
        "paths:
  /a:
    get: {tags: [runtime], operationId: a, responses: {'204': {description: x}}}
    put: {tags: [client], operationId: a, responses: {'204': {description: x}}}
    post: {tags: ['🎉'], operationId: a, responses: {'204': {description: x}}}
    patch: {tags: [Größe], operationId: a, responses: {'204': {description: x}}}
",
    );
    let client = &files["src/client/mod.rs"];
    assert_eq!(lines(client, "pub mod"), ["pub mod client;", "pub mod größe;", "pub mod runtime_;", "pub mod u1f389;"]);
    assert_eq!(lines(client, "#[path"), [r#"#[path = "größe.rs"]"#], "rustc finds the files of ASCII names only");
    assert_eq!(
        lines(client, "#[allow"),
        [r#"#[allow(clippy::module_inception, reason = "the document calls it so")]"#]
    );
    assert_eq!(lines(&files["Cargo.toml"], "\"größe\""), ["\"größe\" = []"], "a bare key is ASCII");
    assert!(files["src/lib.rs"].contains("mixed_script_confusables"));
}

#[test]
fn builders_of_methods_that_differ_in_underscores_are_told_apart() {
    let files = files(
        "paths:
  /a:
    get: {tags: [a], operationId: b1, responses: {'204': {description: x}}}
    put: {tags: [a], operationId: b_1, responses: {'204': {description: x}}}
",
    );
    assert_eq!(
        lines(&files["src/client/a.rs"], "pub struct"),
        [
            "pub struct A<'c>(&'c runtime::client::Client);",
            "pub struct B1<'c>(Call<'c>);",
            "pub struct BUnderscore1<'c>(Call<'c>);"
        ]
    );
}

#[test]
fn variables_of_the_server_do_not_hide_the_methods_of_the_builder() {
    let files = files(
        "servers: [{url: 'https://{token}.{a-b}.{a_b}', variables: {token: {default: x}, a-b: {default: x}, a_b: {default: x}}}]
paths: {/a: {get: {responses: {'204': {description: x}}}}}
",
    );
    let text = &files["src/client/mod.rs"];
    let (_, text) = text.split_once("impl ClientBuilder").unwrap();
    assert_eq!(
        lines(text, "pub fn"),
        [
            "pub fn a_minus_b(self, value: impl Into<String>) -> Self {",
            "pub fn a_underscore_b(self, value: impl Into<String>) -> Self {",
            "pub fn token_(self, value: impl Into<String>) -> Self {",
        ]
    );
}

#[test]
fn a_body_without_a_type_of_its_own_is_checked() {
    let files = files(
        "paths:
  /a:
    put:
      requestBody: {required: true, content: {application/json: {schema: {type: array, minItems: 1, items: {type: string, maxLength: 3}}}}}
      responses: {'204': {description: x}}
    post:
      requestBody: {content: {application/json: {schema: {type: [string, 'null'], minLength: 2}}}}
      responses: {'204': {description: x}}
",
    );
    let text: String = files["src/client/a.rs"].split_whitespace().collect();
    for call in [
        ".checked_json(body,|body|{body.min_items(1).items(|item|{item.max_length(3);});},)",
        ".checked_json(body,|body|{body.not_null().min_length(2);},)",
    ] {
        assert!(text.contains(call), "{text}");
    }
}

#[test]
fn default_is_success_where_no_other_is_described() {
    let files = files(
        "paths:
  /a:
    get: {operationId: a, responses: {default: {description: x, content: {application/json: {schema: {type: integer}}}}}}
    put: {operationId: b, responses: {'204': {description: x}, default: {description: x, content: {application/json: {schema: {type: integer}}}}}}
",
    );
    assert_eq!(
        lines(&files["src/client/a.rs"], "runtime::request_builder!"),
        [
            "runtime::request_builder!(ARequest, json i64, runtime::Value);",
            "runtime::request_builder!(B, empty, runtime::Value);"
        ]
    );
}

#[test]
fn headers_that_openapi_describes_elsewhere_are_no_parameters() {
    let files = files(
        "paths:
  /a:
    get:
      operationId: b
      parameters: [{name: Authorization, in: header, required: true, schema: {type: string}}]
      responses: {'204': {description: x}}
",
    );
    assert_eq!(lines(&files["src/client/a.rs"], "pub fn"), ["pub fn b(&self) -> B<'c> {"]);
}

#[test]
fn a_path_may_name_a_parameter_twice() {
    let files = files(
        "paths:
  /a/{id}/{id}:
    get:
      operationId: b
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: x}}
",
    );
    assert_eq!(lines(&files["src/client/a.rs"], "pub fn"), ["pub fn b(&self, id: impl AsRef<str>) -> B<'c> {"]);
}

#[test]
fn what_would_be_sent_in_another_form_is_left_out() {
    let outcome = generate(
        "paths:
  /a:
    get:
      parameters: [{name: a, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}]
      responses: {'204': {description: x}}
    put:
      parameters: [{name: a, in: query, explode: false, schema: {type: array, items: {type: string}}}]
      responses: {'204': {description: x}}
    post:
      parameters: [{name: a, in: query, explode: false, schema: {$ref: '#/components/schemas/S'}}]
      responses: {'204': {description: x}}
    delete:
      parameters: []
      responses: {'204': {description: x}}
  /{b}:
    get: {responses: {'204': {description: x}}}
components: {schemas: {S: {type: string}}}
",
    );
    let messages: Vec<&str> = outcome.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "GET /a is not generated: the parameter `a` is written with `style: pipeDelimited`",
            "PUT /a is not generated: the parameter `a` is written with `explode: false`",
            "GET /{b} is not generated: its path names the parameter `b`, which is not described",
        ]
    );
}

#[test]
fn patterns_of_members_that_differ_in_digits_and_signs_are_told_apart() {
    let files = files(
        "paths: {/a: {post: {requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}, responses: {}}}}
components: {schemas: {S: {type: object, properties: {a: {type: string, pattern: ^1}, 1a: {type: string, pattern: ^2}, a²: {type: string, pattern: ^3}, ²: {type: string, pattern: ^4}}}}}
",
    );
    let text = &files["src/types/s.rs"];
    let names: Vec<&str> = lines(text, "static").into_iter().filter_map(|line| line.split([' ', ':']).nth(1)).collect();
    assert_eq!(names, ["A_PATTERN", "A_PATTERN_2", "A_PATTERN_3", "PATTERN"]);
}

#[test]
fn what_nothing_is_generated_from_is_named() {
    let outcome = generate(
        "webhooks: {}
paths:
  x-internal: {get: {}}
  /a:
    servers: []
    get: {servers: [], callbacks: {}, responses: {'204': {description: x}}}
    put: null
  /b:
    $ref: '#/components/pathItems/B'
    get: {responses: {'204': {description: x}}}
components: {pathItems: {B: {post: {responses: {'204': {description: x}}}}}}
",
    );
    let place = |diagnostic: &Diagnostic| match &diagnostic.places[0].spot {
        Spot::Key(pointer) => pointer.clone(),
        other => panic!("{other:?}"),
    };
    let found: Vec<(String, &str)> =
        outcome.diagnostics.iter().map(|diagnostic| (place(diagnostic), diagnostic.message.as_str())).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(pointer, message)| (pointer.as_str(), *message)).collect();
    let servers = "`servers` is not read here: requests go to the base URL of the client";
    assert_eq!(
        found,
        [
            ("/webhooks", "nothing is generated from `webhooks`"),
            ("/paths/~1a/servers", servers),
            ("/paths/~1a/get/servers", servers),
            ("/paths/~1a/get/callbacks", "nothing is generated from `callbacks`"),
            ("/paths/~1a/put", "PUT /a is not generated: it is no object"),
            ("/paths/~1b/get", "what stands beside the `$ref` of a path is not read"),
        ]
    );
    let items = outcome.generated.unwrap().items;
    let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["a.get", "b.post"]);
}

#[test]
fn documents_that_are_not_as_they_should_be_are_told_why() {
    let said = |version: &str| {
        let source = source::read("openapi.yaml", format!("openapi: {version}\npaths: {{}}").as_bytes()).unwrap();
        let config = Config::default();
        let input = Input {
            sources: std::slice::from_ref(&source),
            config: &config,
            options: Options::default(),
            library: &NoLibrary,
        };
        codegen::generate(&input).diagnostics.into_iter().map(|one| one.message).collect::<Vec<_>>()
    };
    assert_eq!(said("3.1"), ["the version of OpenAPI must be a string, such as \"3.1.0\""]);
    for version in ["3.0.0", "3.0.4", "3.1.1", "'3.0'"] {
        assert_eq!(said(version), [""; 0], "{version}");
    }
    for version in ["3.2.0", "3.00.1"] {
        let message = format!("OpenAPI {version} is not read: this generator reads OpenAPI 3.0 and 3.1");
        assert_eq!(said(version), [message]);
    }
    let outcome = generate("paths: {/a: {put: {requestBody: {content: {}}, responses: {}}}}\n");
    assert_eq!(outcome.diagnostics[0].message, "PUT /a is not generated: its body has no content");
}

#[test]
fn a_crate_without_a_title_is_documented_all_the_same() {
    let text = "{\"title\": \" \", \"type\": \"object\"}";
    let source = source::read("a.json", text.as_bytes()).unwrap();
    let mut config = Config::default();
    config.package.name = "some-name".to_owned();
    let input = Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &NoLibrary,
    };
    let files = codegen::generate(&input).generated.unwrap().files;
    assert!(files["src/lib.rs"].contains("//! some-name"), "{}", files["src/lib.rs"]);
}
