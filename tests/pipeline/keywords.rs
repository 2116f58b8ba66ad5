//! Every keyword of the table is read, an annotation, or reported: none is lost.

use codegen::config::Config;
use codegen::diagnostic::{Diagnostic, Severity};
use codegen::schema::keyword::{self, Class};
use codegen::{Input, Library, Options, Reference, Target, source};
use codegen_tests::folder;

struct NoLibrary;

impl Library for NoLibrary {
    fn open(&self, _reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

/// The keywords, in the order of the table.
fn table() -> Vec<String> {
    let text = std::fs::read_to_string(folder().join("../codegen/src/schema/keyword.rs")).unwrap();
    let (_, rows) = text.split_once("const TABLE").unwrap();
    let (rows, _) = rows.split_once("];").unwrap();
    rows.lines().filter_map(|row| Some(row.trim().strip_prefix("(\"")?.split_once('"')?.0.to_owned())).collect()
}

/// What is said of a schema that has a keyword with a value.
fn diagnostics(keyword: &str, value: &str) -> Vec<Diagnostic> {
    let text = format!(r#"{{"$comment": "", "type": "object", "{keyword}": {value}}}"#);
    let source = source::read("schema.json", text.as_bytes()).unwrap();
    let config = Config::default();
    codegen::generate(&Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &NoLibrary,
    })
    .diagnostics
}

#[test]
fn the_table_is_found() {
    let table = table();
    assert!(table.len() > 50, "{table:?}");
    assert!(table.iter().all(|name| keyword::find(name).1 != Class::Unknown), "{table:?}");
}

#[test]
fn a_keyword_that_is_not_generated_is_reported() {
    for name in table().iter().filter(|name| keyword::find(name).1 == Class::Unsupported) {
        let said = diagnostics(name, "{}");
        let told = |one: &Diagnostic| one.severity == Severity::Warning && one.message.contains(&format!("`{name}`"));
        assert!(said.iter().any(told), "{name}: {said:?}");
    }
}

#[test]
fn a_keyword_that_is_generated_is_read() {
    // Any value is a constant; a dialect that is none and an identifier that is none say nothing.
    let takes_anything = ["const", "$schema", "$id", "type"];
    for name in table().iter().filter(|name| !takes_anything.contains(&name.as_str())) {
        if !matches!(keyword::find(name).1, Class::Structural | Class::Limit(_)) {
            continue;
        }
        let said = diagnostics(name, "null");
        assert!(said.iter().any(|one| one.severity == Severity::Error), "{name}: {said:?}");
    }
}

#[test]
fn an_annotation_is_no_reason_to_say_anything() {
    for name in table().iter().filter(|name| keyword::find(name).1 == Class::Annotation && *name != "$comment") {
        assert_eq!(diagnostics(name, "\"x\""), [], "{name}");
    }
}

#[test]
fn a_schema_that_holds_itself_with_no_type_between_is_reported() {
    let properties = r##"{
        "branch": {"oneOf": [{"$ref": "#/properties/branch"}, {"type": "null"}]},
        "list": {"type": "array", "items": {"$ref": "#/properties/list"}},
        "map": {"type": "object", "additionalProperties": {"$ref": "#/properties/map"}}
    }"##;
    let found: Vec<String> =
        diagnostics("properties", properties).into_iter().map(|diagnostic| diagnostic.message).collect();
    assert_eq!(found, ["this schema holds itself with no type of its own between: it is left unchecked"; 3]);
}
