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
        ["runtime::request_builder!(ARequest, json i64, i64);", "runtime::request_builder!(B, empty, i64);"],
        "where one is, `default` is a failure, and here all there is to know of failures"
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

/// Checks what is told of a document: the place of each finding, and its message.
fn assert_told(members: &str, expected: &[(&str, &str)]) {
    let place = |diagnostic: &Diagnostic| match &diagnostic.places[0].spot {
        Spot::Key(pointer) | Spot::Pointer(pointer) => pointer.clone(),
        other => panic!("{other:?}"),
    };
    let outcome = generate(members);
    let found: Vec<(String, &str)> =
        outcome.diagnostics.iter().map(|diagnostic| (place(diagnostic), diagnostic.message.as_str())).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(pointer, message)| (pointer.as_str(), *message)).collect();
    assert_eq!(found, expected);
}

#[test]
fn parameters_that_can_not_stand_as_they_are_written_are_told() {
    let parameters = "/paths/~1a/get/parameters";
    assert_told(
        "paths:
  /a:
    get:
      parameters:
        - {name: a, in: query, style: matrix, schema: {type: string}}
        - {name: b, in: nowhere, schema: {type: string}}
        - {in: query, schema: {type: string}}
        - {name: c, in: query}
        - {name: d, in: path, required: true, schema: {type: string}}
        - {name: e, in: query, content: {text/csv: {}}}
      responses: {'204': {description: x}}
  /{f}:
    get: {responses: {'204': {description: x}}}
",
        &[
            ("/paths/~1a/get", "the path has no place for the parameter `d`, which is left out"),
            (&*format!("{parameters}/0/style"), "`style: matrix` can't stand here: this is written as `form`"),
            (
                &*format!("{parameters}/1"),
                "this parameter is left out: `in` must be `path`, `query`, `header` or `cookie`",
            ),
            (&*format!("{parameters}/2"), "this parameter is left out: it has no name"),
            (&*format!("{parameters}/3"), "this parameter has no schema: it is a string"),
            (
                &*format!("{parameters}/5/content/text~1csv"),
                "the value of this parameter is `text/csv`, and sent as the text that it is",
            ),
            ("/paths/~1{f}/get", "the path names the parameter `f`, which is not described: it is a string"),
        ],
    );
}

#[test]
fn a_scalar_is_written_alike_in_every_style_of_its_place() {
    let files = files(
        "paths:
  /a:
    get:
      operationId: b
      parameters:
        - {name: a, in: query, explode: false, schema: {$ref: '#/components/schemas/S'}}
        - {name: c, in: query, explode: false, schema: {type: array, items: {type: string}}}
      responses: {'204': {description: x}}
components: {schemas: {S: {type: string}}}
",
    );
    let text: String = files["src/client/a.rs"].split_whitespace().collect();
    assert!(text.contains(".query(\"a\",value.as_ref(),|_|{})"), "{text}");
    let styled = ".styled(runtime::client::Place::Query,\"c\",runtime::client::Style::Form.joined(),";
    assert!(text.contains(styled), "{text}");
}

#[test]
fn media_types_that_nobody_knows_are_told_and_sent_as_bytes() {
    assert_told(
        "paths:
  /a:
    put:
      requestBody: {content: {application/xml: {}}}
      responses: {'200': {description: x, content: {application/x-thing: {}}}}
    post:
      requestBody: {content: {}}
      responses: {}
    patch:
      requestBody: {content: {multipart/form-data: {schema: {type: object}, encoding: {a: {headers: {}}}}}}
      responses: {}
",
        &[
            (
                "/paths/~1a/put/requestBody/content/application~1xml",
                "`application/xml` is not known to this generator: the body is sent as bytes",
            ),
            (
                "/paths/~1a/put/responses/200/content/application~1x-thing",
                "`application/x-thing` is not known to this generator: the answer is read as bytes",
            ),
            ("/paths/~1a/post/requestBody", "this body has no content: it is sent as bytes"),
            (
                "/paths/~1a/patch/requestBody/content/multipart~1form-data/encoding/a/headers",
                "nothing is generated from this: the part has its content type alone",
            ),
        ],
    );
}

#[test]
fn json_by_its_own_name_goes_before_other_names() {
    let files = files(
        "paths:
  /a:
    get:
      operationId: b
      parameters:
        - {name: q, in: query, content: {a/b: {}, application/json: {schema: {type: integer}}}}
      responses:
        '200': {description: x, content: {application/hal+json: {schema: {type: string}}, application/json: {schema: {type: integer}}, text/csv: {}}}
        '404': {description: x, content: {application/hal+json: {schema: {type: string}}, application/json: {schema: {type: boolean}}}}
",
    );
    let text = &files["src/client/a.rs"];
    assert_eq!(lines(text, "runtime::request_builder!"), ["runtime::request_builder!(B, json i64, bool);"]);
    assert!(text.contains("Style::Json") && !text.contains(".accept("), "{text}");
}

#[test]
fn security_and_servers_that_say_too_little_are_told() {
    assert_told(
        "servers: [{url: /v1}]
security: [{a: []}, {b: []}, {c: []}]
paths: {/a: {get: {responses: {'204': {description: x}}}}}
components: {securitySchemes: {b: {type: http, scheme: Digest}, c: {type: secret}}}
",
        &[
            (
                "/servers/0",
                "this URL is relative to where the document is found: requests go to the base URL of the client",
            ),
            ("/components", "the security scheme `a` is described nowhere: it is taken for a bearer token"),
            (
                "/components/securitySchemes/b",
                "what `Digest` proves an identity with is not known: it is sent in `Authorization` as it is given",
            ),
            ("/components/securitySchemes/c", "a security scheme of the type `secret` is taken for a bearer token"),
        ],
    );
}

#[test]
fn references_that_lead_nowhere_or_in_a_circle_are_told_with_the_rest() {
    assert_told(
        "paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/A'}, {$ref: '#/components/parameters/C'}]
      responses: {'204': {$ref: '#/components/responses/D'}}
components: {parameters: {A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'}}}
",
        &[
            ("/paths/~1a/get/parameters/1/$ref", "the reference `#/components/parameters/C` leads nowhere"),
            ("/paths/~1a/get/responses/204/$ref", "the reference `#/components/responses/D` leads nowhere"),
            ("/components/parameters/B/$ref", "the reference `#/components/parameters/A` leads back to itself"),
        ],
    );
}

/// A document beside the one to generate from, which may refer back to it.
struct Beside<'s>(&'s source::Source);

impl Library for Beside<'_> {
    fn open(&self, reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        let text = "item:
  parameters: [{name: id, in: path, required: true, schema: {$ref: '#/Id'}}]
  put:
    requestBody: {$ref: 'openapi.yaml#/components/requestBodies/B'}
    responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/Thing'}}}}}
Id: {type: integer, minimum: 1}
Thing: {type: object, properties: {id: {$ref: '#/Id'}}}
";
        Ok(match reference.written.split_once('#') {
            Some(("openapi.yaml", fragment)) => {
                Some(Target { source: self.0.clone().into(), fragment: fragment.to_owned() })
            }
            Some(("beside.yaml", fragment)) => {
                let source = source::read("beside.yaml", text.as_bytes())?;
                Some(Target { source: source.into(), fragment: fragment.to_owned() })
            }
            _ => None,
        })
    }
}

#[test]
fn components_may_stand_in_other_files() {
    let text = "openapi: 3.1.0
info: {title: Test, version: '1'}
paths: {'/a/{id}': {$ref: 'beside.yaml#/item'}}
components:
  requestBodies: {B: {required: true, content: {application/json: {schema: {$ref: 'beside.yaml#/Thing'}}}}}
";
    let source = source::read("openapi.yaml", text.as_bytes()).unwrap();
    let config = Config::default();
    let input = Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &Beside(&source),
    };
    let outcome = codegen::generate(&input);
    assert_eq!(outcome.diagnostics, []);
    let text: String = outcome.generated.unwrap().files["src/client/a.rs"].split_whitespace().collect();
    assert!(text.contains(".path(\"id\",&id.into(),|value|{value.minimum(1i64);},).json(body)"), "{text}");
    assert_eq!(text.matches("crate::types::ASetRequestBody").count(), 2, "one type, there and back: {text}");
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
    let members = "webhooks: {a: {post: {requestBody: {content: {text/plain: {}}}, responses: {}}}}
paths:
  x-internal: {get: {}}
  /a:
    servers: []
    get: {servers: [], callbacks: {}, responses: {'204': {description: x}}}
    put: null
  /b:
    $ref: '#/components/pathItems/B'
    get: {responses: {'204': {description: x}}}
  /c?d:
    get: {responses: {'204': {description: x}}}
components: {pathItems: {B: {post: {responses: {'204': {description: x}}}}}}
";
    assert_told(
        members,
        &[
            ("/webhooks/a/post", "what this sends is no JSON with a schema: it has no type"),
            ("/paths/~1a/put", "PUT /a is not generated: it is no object"),
            ("/paths/~1b/get", "what stands beside the `$ref` of a path is not read"),
            ("/paths/~1c?d/get", "GET /c?d is not generated: its path holds a query or a fragment"),
        ],
    );
    let items = generate(members).generated.unwrap().items;
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
    for version in ["3.0.0", "3.0.4", "3.1.1", "3.2.0", "'3.0'"] {
        assert_eq!(said(version), [""; 0], "{version}");
    }
    for version in ["3.3.0", "3.00.1"] {
        let message = format!("OpenAPI {version} is not read: this generator reads OpenAPI 3.0, 3.1 and 3.2");
        assert_eq!(said(version), [message]);
    }
}

#[test]
fn openapi_3_2_is_read_as_it_stands() {
    let text = r##"
openapi: 3.2.0
info: {title: Search, version: '1'}
jsonSchemaDialect: https://spec.openapis.org/oas/3.2/dialect/2025-09-17
paths:
  /orders:
    query:
      operationId: search_orders
      requestBody: {required: true, content: {application/json: {schema: {type: string, maxLength: 5}}}}
      responses: {'200': {description: x, content: {application/jsonl: {itemSchema: {type: integer}}}}}
    additionalOperations:
      COPY: {responses: {'204': {description: x}}}
"##;
    let source = source::read("a.yaml", text.as_bytes()).unwrap();
    let mut config = Config::default();
    config.package.name = "search".to_owned();
    let input = Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &NoLibrary,
    };
    let outcome = codegen::generate(&input);
    let said: Vec<_> = outcome.diagnostics.into_iter().map(|one| one.message).collect();
    assert_eq!(said, ["COPY /orders is not generated: its method is one of `additionalOperations`"]);
    let orders = &outcome.generated.unwrap().files["src/client/orders.rs"];
    assert!(orders.contains("Method::QUERY") && orders.contains("Search, lines i64"), "{orders}");
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
