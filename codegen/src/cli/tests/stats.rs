//! `stats`: what is counted, and how it is told.

use super::memory::Memory;
use crate::cli::{Exit, Program};

/// A field that is typed, one that is open, an unsupported pattern, and a type that is implied.
const DOCUMENT: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Things", "version": "1"},
  "paths": {"/things": {"get": {"responses": {"200": {"description": "x", "content": {"application/json": {
    "schema": {"$ref": "#/components/schemas/Thing"}
  }}}}}}},
  "components": {"schemas": {"Thing": {
    "properties": {
      "name": {"type": "string", "minLength": 1, "pattern": "("},
      "anything": {},
      "data": {"type": "object"}
    }
  }}}
}"##;

fn run(host: &Memory, command: &str) -> Exit {
    let program = Program { host, generate: crate::generate, home: "/project/codegen/..".into() };
    program.run(std::iter::once("xtask").chain(command.split(' ')).map(Into::into))
}

#[test]
fn fields_and_keywords_are_counted() {
    let host = Memory::default();
    host.put("/project/things.json", DOCUMENT);
    assert_eq!(run(&host, "stats things.json"), Exit::Success);
    insta::assert_snapshot!(host.take_printed().0, @"
    things.json: 2 typed of 2 fields (100.00 %), 2 open
      3 keywords answered by types, 1 by emitted checks (80.00 %), 0 at run time, 1 not
      1 schema without `type` taken for what the keywords speak of
      not answered: /components/schemas/Thing/properties/name/pattern
    ");
}

#[test]
fn what_is_open_for_other_kinds_is_no_implied_type() {
    let host = Memory::default();
    host.put("/project/things.json", DOCUMENT);
    assert_eq!(run(&host, "stats --json --implied-types exact things.json"), Exit::Success);
    let report: serde_json::Value = serde_json::from_str(&host.take_printed().0).unwrap();
    let document = &report["documents"][0];
    assert_eq!(document["document"], "things.json");
    assert_eq!(document["implied_types"], serde_json::json!([]));
    assert_eq!(document["fields"]["untyped"], serde_json::json!([]));
    assert_eq!(
        document["keywords"]["unanswered"],
        serde_json::json!(["/components/schemas/Thing/properties/name/pattern"])
    );
    assert_eq!(document["run_time"], serde_json::json!([]));
    assert_eq!(report["total"]["fields"], document["fields"]);
}

#[test]
fn documents_are_counted_apart_and_together() {
    let host = Memory::default();
    host.put("/project/a.json", r#"{"type": "object", "properties": {"a": {"type": "integer"}}}"#);
    host.put("/project/b.json", "true");
    assert_eq!(run(&host, "stats a.json b.json"), Exit::Success);
    insta::assert_snapshot!(host.take_printed().0, @"
    a.json: 2 typed of 2 fields (100.00 %), 0 open
      3 keywords answered by types, 0 by emitted checks (100.00 %), 0 at run time, 0 not
    b.json: 0 typed of 0 fields (100.00 %), 1 open
      0 keywords answered by types, 0 by emitted checks (100.00 %), 0 at run time, 0 not
    all: 2 typed of 2 fields (100.00 %), 1 open
      3 keywords answered by types, 0 by emitted checks (100.00 %), 0 at run time, 0 not
    ");
}

#[test]
fn a_document_that_cannot_be_counted_does_not_keep_the_others_from_it() {
    let host = Memory::default();
    host.put("/project/a.json", r#"{"type": "strin"}"#);
    host.put("/project/b.json", r#"{"type": "string"}"#);
    assert_eq!(run(&host, "stats a.json b.json c.json"), Exit::Failure);
    let (output, errors) = host.take_printed();
    insta::assert_snapshot!(output, @"
    b.json: 1 typed of 1 field (100.00 %), 0 open
      1 keyword answered by types, 0 by emitted checks (100.00 %), 0 at run time, 0 not
    ");
    insta::assert_snapshot!(errors, @r#"
    error[unknown-type]: `strin` is no type
     --> a.json:1:10
      |
    1 | {"type": "strin"}
      |          ^^^^^^^
      |
      = at: /type
      = help: the types are: null, boolean, integer, number, string, array, object

    error[unreadable]: cannot read c.json: there is no such file
    --> c.json
    "#);
}
