//! What `codegen.toml` says and the document does not bear out.

use super::Desk;

/// A project of one API, with something in its `codegen.toml`.
fn project(config: &str) -> Desk {
    let document = "\
openapi: 3.1.0
info: {title: A, version: '1'}
servers: [{url: 'https://a.example'}]
paths:
  /a:
    post:
      operationId: post_a
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/A'}
      responses:
        '204': {description: Done.}
    get:
      operationId: list_a
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200':
          description: Some.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/A'}}}}
components:
  schemas:
    A:
      type: object
      properties:
        b: {type: string}
";
    let config = format!("document = 'openapi.yaml'\noutput = '../../out'\npackage.name = 'a'\n{config}");
    Desk::new("specs/a/openapi.yaml", document).file("specs/a/codegen.toml", &config)
}

#[test]
fn a_rule_that_is_about_nothing_or_no_schema() {
    let rule = |at: &str, schema: &str, message: &str| {
        format!("[[rule]]\nat = '{at}'\nlevel = 'error'\nmessage = '{message}'\n{schema}\n")
    };
    let a = "/components/schemas/A";
    let config = [
        rule(a, "schema.required = ['b']", "must be right"),
        rule(a, "schema.anyOf = [{ required = 'b' }]", "must be a list"),
        rule(a, "schema.dependantRequired.b = ['c']", "must be spelled"),
        rule(a, "schema.propertyNames.pattern = '('", "must be a pattern"),
        rule("/components/schemas/A/properties/x", "schema.minLength = 1", "must be there"),
    ];
    insta::assert_snapshot!(project(&config.concat()).run("generate"), @"
    exit 1
    error[invalid-keyword]: in the `schema` at `/anyOf/0/required` of a `rule` of codegen.toml: `required` must be an array, not string
      --> specs/a/codegen.toml:13:30
       |
    13 | schema.anyOf = [{ required = 'b' }]
       |                              ^^^

    error[unknown-keyword]: in the `schema` at `/dependantRequired` of a `rule` of codegen.toml: JSON Schema knows no keyword `dependantRequired`
      --> specs/a/codegen.toml:18:8
       |
    18 | schema.dependantRequired.b = ['c']
       |        ^^^^^^^^^^^^^^^^^^^

    error[invalid-pattern]: in the `schema` at `/propertyNames/pattern` of a `rule` of codegen.toml: this pattern is no ECMA-262 regular expression: it is left unchecked
      --> specs/a/codegen.toml:23:32
       |
    23 | schema.propertyNames.pattern = '('
       |                                ^^^ `(` is never closed (at character 0)

    error[unmatched-entry]: `/components/schemas/A/properties/x` in a `rule` of codegen.toml matches nothing in the document
      --> specs/a/codegen.toml:25:6
       |
    25 | at = '/components/schemas/A/properties/x'
       |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    4 errors; nothing was written
    ");
    // Elements have no name and no type of their own.
    let document =
        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}}}";
    let config = rule("/properties/a/items", "schema.minLength = 1", "must hold something");
    let config = format!("document = 'a.json'\noutput = '../../out'\npackage.name = 'a'\n{config}");
    let desk = Desk::new("specs/a/a.json", document).file("specs/a/codegen.toml", &config);
    insta::assert_snapshot!(desk.run("generate"), @"
    exit 1
    error[unmatched-entry]: `/properties/a/items` in a `rule` of codegen.toml is neither a generated type nor a member of one
     --> specs/a/codegen.toml:5:6
      |
    5 | at = '/properties/a/items'
      |      ^^^^^^^^^^^^^^^^^^^^^

    1 error; nothing was written
    ");
}

#[test]
fn an_operation_that_is_said_to_be_idempotent_and_is_not_there() {
    let config = "\
[client]
idempotent = ['/paths/~1a/post', '/paths/~1a/put', 'a.nothing']
rate-limit-headers = { limit = 'x limit', reset = 'ratelimit-reset' }
";
    insta::assert_snapshot!(project(config).run("generate"), @"
    exit 1
    error[unmatched-entry]: `/paths/~1a/put` in `client.idempotent` of codegen.toml matches no operation that is generated
     --> specs/a/codegen.toml:5:34
      |
    5 | idempotent = ['/paths/~1a/post', '/paths/~1a/put', 'a.nothing']
      |                                  ^^^^^^^^^^^^^^^^
      |
      = help: an entry is `users.update`, as the client calls it, an `operationId`, or a JSON Pointer, `/paths/~1users~1{id}/patch`

    error[unmatched-entry]: `a.nothing` in `client.idempotent` of codegen.toml matches no operation that is generated
     --> specs/a/codegen.toml:5:52
      |
    5 | idempotent = ['/paths/~1a/post', '/paths/~1a/put', 'a.nothing']
      |                                                    ^^^^^^^^^^^
      |
      = help: an entry is `users.update`, as the client calls it, an `operationId`, or a JSON Pointer, `/paths/~1users~1{id}/patch`

    error[invalid-header]: `x limit` in `client.rate-limit-headers.limit` of codegen.toml is the name of no header
     --> specs/a/codegen.toml:6:32
      |
    6 | rate-limit-headers = { limit = 'x limit', reset = 'ratelimit-reset' }
      |                                ^^^^^^^^^

    3 errors; nothing was written
    ");
}

#[test]
fn an_entry_of_codegen_toml_that_matches_nothing() {
    let config = "\
sensitive = ['/components/schemas/A/properties/b', '/components/schemas/A/properties/x']
merge = [\"/components/schemas/A/properties/y\"]
optional = [
    '/components/schemas/A/properties/z',
]
client.error = '/components/schemas/Error'
formats.read-as = { emial = 'email' }
types = { '/components/schemas/B' = 'std::string::String', '/components/schemas/A/properties/b' = 'my_ids::Id' }
dependencies.uuid = { version = '1' }
";
    insta::assert_snapshot!(project(config).run("generate"), @r#"
    exit 1
    error[unmatched-entry]: `/components/schemas/A/properties/x` in `sensitive` of codegen.toml matches nothing in the document
     --> specs/a/codegen.toml:4:52
      |
    4 | sensitive = ['/components/schemas/A/properties/b', '/components/schemas/A/properties/x']
      |                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `/components/schemas/A/properties/y` in `merge` of codegen.toml matches nothing in the document
     --> specs/a/codegen.toml:5:10
      |
    5 | merge = ["/components/schemas/A/properties/y"]
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `/components/schemas/A/properties/z` in `optional` of codegen.toml matches nothing in the document
     --> specs/a/codegen.toml:7:5
      |
    7 |     '/components/schemas/A/properties/z',
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `/components/schemas/Error` in `client.error` of codegen.toml is no schema of the document
     --> specs/a/codegen.toml:9:16
      |
    9 | client.error = '/components/schemas/Error'
      |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `emial` in `formats.read-as` of codegen.toml matches nothing in the document
      --> specs/a/codegen.toml:10:21
       |
    10 | formats.read-as = { emial = 'email' }
       |                     ^^^^^

    error[unmatched-entry]: `/components/schemas/B` in `types` of codegen.toml is no schema that a type is made of
      --> specs/a/codegen.toml:11:11
       |
    11 | types = { '/components/schemas/B' = 'std::string::String', '/components/schemas/A/properties/b' = 'my_ids::Id' }
       |           ^^^^^^^^^^^^^^^^^^^^^^^

    error[unknown-crate]: nothing says what the crate `my_ids` of this type is
      --> specs/a/codegen.toml:11:99
       |
    11 | types = { '/components/schemas/B' = 'std::string::String', '/components/schemas/A/properties/b' = 'my_ids::Id' }
       |                                                                                                   ^^^^^^^^^^^^
       |
       = help: say it in `[dependencies]` of codegen.toml: my_ids = { version = "1" }

    error[unmatched-entry]: `uuid` in `dependencies` of codegen.toml is the crate of no type in the document
      --> specs/a/codegen.toml:12:14
       |
    12 | dependencies.uuid = { version = '1' }
       |              ^^^^

    8 errors; nothing was written
    "#);
    insta::assert_snapshot!(project("[map]\n'https://b.example/' = 'openapi.yaml'\n").run("generate"), @r#"
    exit 1
    error[unused-map]: no reference begins with `https://b.example/`
     --> specs/a/codegen.toml:5:1
      |
    5 | 'https://b.example/' = 'openapi.yaml'
      | ^^^^^^^^^^^^^^^^^^^^
      |
      = help: only references are looked up that lead out of their document, or nowhere in it

    1 error; nothing was written
    "#);
}

#[test]
fn a_codegen_toml_that_is_wrong() {
    insta::assert_snapshot!(project("sensitive = 7\n").run("generate"), @r#"
    exit 1
    error[config]: invalid type: integer `7`, expected a sequence
     --> specs/a/codegen.toml:4:13
      |
    4 | sensitive = 7
      |             ^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(project("merge = [\n").run("generate"), @r#"
    exit 1
    error[config]: unclosed array, expected `]`
     --> specs/a/codegen.toml:4:10
      |
    4 | merge = [
      |          ^

    1 error; nothing was written
    "#);
}

#[test]
fn what_is_said_of_pages_and_is_not_so() {
    let config = "\
[[client.paging]]
operation = 'a.nothing'
style = 'page'
position = 'page'

[[client.paging]]
operation = 'post_a'
style = 'checkpoint'
position = 'from'
usual-size = 5
totals = 'sum'
items = '/all'
total = 'sum of all'
most = 9

[[client.paging]]
operation = '/paths/~1a/post'
style = 'page'
position = 'first page'
next = '/next'

[[client.paging]]
operation = 'list_a'
style = 'page'
position = 'page'

[[client.paging]]
operation = '/paths/~1a/get'
style = 'page'
position = 'page'
";
    insta::assert_snapshot!(project(config).run("generate"), @"
    exit 1
    error[unmatched-entry]: `a.nothing` in `client.paging` of codegen.toml matches no operation that is generated
     --> specs/a/codegen.toml:5:13
      |
    5 | operation = 'a.nothing'
      |             ^^^^^^^^^^^
      |
      = help: an entry is `users.update`, as the client calls it, an `operationId`, or a JSON Pointer, `/paths/~1users~1{id}/patch`

    error[paging]: `client.paging` of codegen.toml does not fit `post_a`: `next` has to say where an answer tells the checkpoint of the next page
      --> specs/a/codegen.toml:11:9
       |
    11 | style = 'checkpoint'
       |         ^^^^^^^^^^^^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `post_a`: its query has no parameter `from`
      --> specs/a/codegen.toml:12:12
       |
    12 | position = 'from'
       |            ^^^^^^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `post_a`: `usual-size` needs `size`, the parameter that says it
      --> specs/a/codegen.toml:13:14
       |
    13 | usual-size = 5
       |              ^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `post_a`: its query has no parameter `sum`
      --> specs/a/codegen.toml:14:10
       |
    14 | totals = 'sum'
       |          ^^^^^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `post_a`: its answer has no array at `/all`, and is none
      --> specs/a/codegen.toml:15:9
       |
    15 | items = '/all'
       |         ^^^^^^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `post_a`: `sum of all` is no JSON Pointer
      --> specs/a/codegen.toml:16:9
       |
    16 | total = 'sum of all'
       |         ^^^^^^^^^^^^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `post_a`: `most` is not for checkpoints: nothing tells how many items come before one
      --> specs/a/codegen.toml:17:8
       |
    17 | most = 9
       |        ^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `/paths/~1a/post`: its answer is no array
      --> specs/a/codegen.toml:20:13
       |
    20 | operation = '/paths/~1a/post'
       |             ^^^^^^^^^^^^^^^^^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `/paths/~1a/post`: its query has no parameter `first page`
      --> specs/a/codegen.toml:22:12
       |
    22 | position = 'first page'
       |            ^^^^^^^^^^^^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `/paths/~1a/post`: `next` is for checkpoints alone
      --> specs/a/codegen.toml:23:8
       |
    23 | next = '/next'
       |        ^^^^^^^
       |
      ::: specs/a/openapi.yaml:6:5
       |
     6 |     post:
       |     ---- this operation
       |
       = at: /paths/~1a/post

    error[paging]: `client.paging` of codegen.toml does not fit `/paths/~1a/get`: another entry says already how it is paged
      --> specs/a/codegen.toml:31:13
       |
    31 | operation = '/paths/~1a/get'
       |             ^^^^^^^^^^^^^^^^
       |
      ::: specs/a/openapi.yaml:15:5
       |
    15 |     get:
       |     --- this operation
       |
       = at: /paths/~1a/get

    12 errors; nothing was written
    ");
}
