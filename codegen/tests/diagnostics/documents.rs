//! Documents that are wrong, or none.

use std::time::{Duration, Instant};

use codegen::cli::host::Host;

use super::{Desk, printed};

#[test]
fn yaml_that_is_none() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: \"1\"\npaths: {}\n";
    insta::assert_snapshot!(printed("api.yaml", text), @r#"
    exit 1
    error[yaml-syntax]: not YAML: invalid indentation in flow construct
     --> api.yaml:3:1
      |
    3 | paths: {}
      | ^^^^^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("api.yaml", "openapi: 3.1.0\ninfo:\n\ttitle: A\n"), @r#"
    exit 1
    error[yaml-syntax]: not YAML: tabs disallowed within this context (block indentation)
     --> api.yaml:3:2
      |
    3 |  title: A
      |  ^^^^^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("api.yaml", "openapi: *version\n"), @r#"
    exit 1
    error[yaml-syntax]: not YAML: while parsing node, found unknown anchor
     --> api.yaml:1:10
      |
    1 | openapi: *version
      |          ^

    1 error; nothing was written
    "#);
}

#[test]
fn json_that_is_none() {
    let text = "{\n  \"openapi\": \"3.1.0\",\n  \"info\": {\"title\": \"A\" \"version\": \"1\"}\n}\n";
    insta::assert_snapshot!(printed("api.json", text), @r#"
    exit 1
    error[json-syntax]: not JSON: expected `,` or `}`
     --> api.json:3:25
      |
    3 |   "info": {"title": "A" "version": "1"}
      |                         ^^^^^^^^^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("api.json", "{\n  \"type\": \"object\",\n}\n"), @r#"
    exit 1
    error[json-syntax]: not JSON: trailing comma
     --> api.json:3:1
      |
    3 | }
      | ^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("api.json", "{\"type\": \"obj"), @r#"
    exit 1
    error[json-syntax]: not JSON: the text ends within a string
     --> api.json:1:14
      |
    1 | {"type": "obj
      |              ^

    1 error; nothing was written
    "#);
}

const DANGLING: &str = r##"{
  "title": "A",
  "type": "object",
  "properties": {
    "b": {"$ref": "#/components/schemas/B"}
  }
}
"##;

#[test]
fn a_reference_that_leads_nowhere_and_its_two_ways_out() {
    insta::assert_snapshot!(printed("a.json", DANGLING), @r##"
    exit 1
    error[dangling-reference]: the reference `#/components/schemas/B` leads nowhere
     --> a.json:5:19
      |
    5 |     "b": {"$ref": "#/components/schemas/B"}
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at: /properties/b/$ref
      = help: `--dangling any` makes it an open value
      = help: `--map '#/components/schemas/=FILE#/POINTER/'` says where references of this prefix lead

    1 error; nothing was written
    "##);
    let desk = Desk::new("a.json", DANGLING);
    insta::assert_snapshot!(desk.run("generate --spec a.json --out out --dangling any"), @r##"
    exit 0
    warning[dangling-reference]: the reference `#/components/schemas/B` leads nowhere; it is taken for an open value
     --> a.json:5:19
      |
    5 |     "b": {"$ref": "#/components/schemas/B"}
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at: /properties/b/$ref

    1 warning
    "##);
    let desk = Desk::new("a.json", DANGLING).file("b.json", r#"{"$defs": {"B": {"type": "string"}}}"#);
    let map = "--map #/components/schemas/=b.json#/$defs/";
    insta::assert_snapshot!(desk.run(&format!("generate --spec a.json --out out {map}")), @r#"
    exit 0
    "#);
}

const PATTERN: &str = r#"{
  "title": "A",
  "type": "object",
  "properties": {
    "b": {"type": "string", "pattern": "^(a"}
  }
}
"#;

#[test]
fn a_pattern_that_is_none() {
    insta::assert_snapshot!(printed("a.json", PATTERN), @r#"
    exit 0
    warning[invalid-pattern]: this pattern is no ECMA-262 regular expression: it is left unchecked
     --> a.json:5:40
      |
    5 |     "b": {"type": "string", "pattern": "^(a"}
      |                                        ^^^^^ `(` is never closed (at character 1)
      |
      = at: /properties/b/pattern

    1 warning
    "#);
    let desk = Desk::new("a.json", PATTERN);
    insta::assert_snapshot!(desk.run("generate --spec a.json --out out --strict"), @r#"
    exit 1
    error[invalid-pattern]: this pattern is no ECMA-262 regular expression: it is left unchecked
     --> a.json:5:40
      |
    5 |     "b": {"type": "string", "pattern": "^(a"}
      |                                        ^^^^^ `(` is never closed (at character 1)
      |
      = at: /properties/b/pattern

    1 error; nothing was written
    "#);
}

#[test]
fn two_places_that_contradict_each_other() {
    let schema = r##"{
  "type": "object",
  "properties": {
    "size": {
      "allOf": [
        {"$ref": "#/$defs/small"},
        {"minimum": 20}
      ],
      "type": "integer"
    }
  },
  "$defs": {
    "small": {"maximum": 10}
  },
  "allOf": [
    {"required": ["colour"]},
    {"properties": {"size": true}, "additionalProperties": false}
  ]
}
"##;
    insta::assert_snapshot!(printed("schema.json", schema), @r#"
    exit 0
    warning[impossible-schema]: nothing satisfies this schema
      --> schema.json:13:26
       |
    13 |     "small": {"maximum": 10}
       |                          ^^ at most 10
       |
      ::: schema.json:7:21
       |
     7 |         {"minimum": 20}
       |                     -- at least 20
       |
       = at: /$defs/small/maximum
       = at: /properties/size/allOf/1/minimum

    warning[impossible-schema]: nothing satisfies this schema: the member `colour` that it requires is not allowed
      --> schema.json:16:18
       |
    16 |     {"required": ["colour"]},
       |                  ^^^^^^^^^^ required here
       |
      ::: schema.json:17:60
       |
    17 |     {"properties": {"size": true}, "additionalProperties": false}
       |                                                            ----- no member but the named ones is allowed here
       |
       = at: /allOf/0/required
       = at: /allOf/1/additionalProperties

    2 warnings
    "#);
}

#[test]
fn a_type_that_is_none() {
    let text = "title: A\ntype: object\nproperties:\n  b: {type: strnig}\n  c: {type: [string, nil]}\n";
    insta::assert_snapshot!(printed("a.yaml", text), @r#"
    exit 1
    error[unknown-type]: `strnig` is no type
     --> a.yaml:4:13
      |
    4 |   b: {type: strnig}
      |             ^^^^^^
      |
      = at: /properties/b/type
      = help: the types are: null, boolean, integer, number, string, array, object

    error[unknown-type]: `nil` is no type
     --> a.yaml:5:13
      |
    5 |   c: {type: [string, nil]}
      |             ^^^^^^^^^^^^^
      |
      = at: /properties/c/type
      = help: the types are: null, boolean, integer, number, string, array, object

    2 errors; nothing was written
    "#);
}

#[test]
fn a_key_that_stands_twice() {
    let text = "{\n  \"title\": \"A\",\n  \"type\": \"object\",\n  \"type\": \"string\"\n}\n";
    insta::assert_snapshot!(printed("a.json", text), @r#"
    exit 1
    error[duplicate-key]: the key `type` stands twice in one object
     --> a.json:4:3
      |
    4 |   "type": "string"
      |   ^^^^^^ again here
      |
     ::: a.json:3:3
      |
    3 |   "type": "object",
      |   ------ first here

    1 error; nothing was written
    "#);
    let text = "title: A\ntype: object\nproperties:\n  b: {type: string}\n  b: {type: integer}\n";
    insta::assert_snapshot!(printed("a.yaml", text), @r#"
    exit 1
    error[duplicate-key]: the key `b` stands twice in one object
     --> a.yaml:5:3
      |
    5 |   b: {type: integer}
      |   ^ again here
      |
     ::: a.yaml:4:3
      |
    4 |   b: {type: string}
      |   - first here

    1 error; nothing was written
    "#);
}

#[test]
fn a_file_without_a_document() {
    insta::assert_snapshot!(printed("a.json", ""), @r#"
    exit 1
    error[empty-document]: the document is empty
     --> a.json:1:1
      |
    1 |
      | ^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("a.yaml", "# only a comment\n"), @r#"
    exit 1
    error[empty-document]: the document is empty
     --> a.yaml:1:1
      |
    1 | # only a comment
      | ^

    1 error; nothing was written
    "#);
}

#[test]
fn what_is_no_file() {
    let desk = Desk::new("folder/a.json", "{}");
    insta::assert_snapshot!(desk.run("generate --spec folder --out out"), @r#"
    exit 1
    error[unreadable]: cannot read folder: it is a folder
    --> folder

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(desk.run("generate --spec nowhere.json --out out"), @r#"
    exit 1
    error[unreadable]: cannot read nowhere.json: there is no such file
    --> nowhere.json

    1 error; nothing was written
    "#);
}

#[test]
fn a_file_that_is_no_text() {
    let desk = Desk::new("a.json", "{}");
    desk.system.write(&desk.path("a.json"), b"{\n  \"title\": \"\xff\"\n}").unwrap();
    insta::assert_snapshot!(desk.run("generate --spec a.json --out out"), @r#"
    exit 1
    error[not-utf8]: not UTF-8: byte 0xff
     --> a.json:2:13
      |
    2 |   "title": "�"
      |             ^
      |
      = help: save the file as UTF-8

    1 error; nothing was written
    "#);
}

#[test]
fn a_hundred_megabytes_of_brackets() {
    let start = Instant::now();
    let text = "[".repeat(100_000_000);
    insta::assert_snapshot!(printed("a.json", &text), @r#"
    exit 1
    error[nested-too-deep]: nested deeper than 127 levels
     --> a.json:1:128
      |
    1 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
      |                                          ^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("a.yaml", &text), @r#"
    exit 1
    error[nested-too-deep]: nested deeper than 127 levels
     --> a.yaml:1:128
      |
    1 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
      |                                          ^

    1 error; nothing was written
    "#);
    assert!(start.elapsed() < Duration::from_secs(300), "{:?}", start.elapsed());
}

#[test]
fn a_document_of_another_kind() {
    insta::assert_snapshot!(printed("package.json", "{\n  \"name\": \"a\"\n}\n"), @r#"
    exit 1
    error[unknown-document]: this is neither an OpenAPI document nor a JSON Schema
     --> package.json:1:1
      |
    1 | {
      | ^
      |
      = help: an OpenAPI document has `openapi: 3.1.x` or `3.0.x` at its root; a JSON Schema has keywords such as `type`

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("notes.txt", "Buy milk.\n"), @r#"
    exit 1
    error[unknown-document]: this is neither an OpenAPI document nor a JSON Schema
     --> notes.txt:1:1
      |
    1 | Buy milk.
      | ^^^^^^^^^
      |
      = help: an OpenAPI document has `openapi: 3.1.x` or `3.0.x` at its root; a JSON Schema has keywords such as `type`

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("old.yaml", "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {}\n"), @"
    exit 1
    error[unsupported-version]: Swagger 2.0 is not read: this generator reads OpenAPI 3.0, 3.1 and 3.2
     --> old.yaml:1:10
      |
    1 | swagger: '2.0'
      |          ^^^^^
      |
      = at: /swagger

    1 error; nothing was written
    ");
}
