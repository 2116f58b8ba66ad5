//! Every keyword of the table is read, an annotation, or reported, in every dialect that has it: none is lost.

use codegen::config::Config;
use codegen::diagnostic::{Diagnostic, Severity};
use codegen::schema::keyword::{self, Class, Keyword};
use codegen::schema::{Dialect, Release};
use codegen::{Input, Library, Options, Reference, Target, source};
use serde_json::{Value, json};

struct NoLibrary;

impl Library for NoLibrary {
    fn open(&self, _reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

/// Every dialect with each of its keywords of a class.
fn keywords(class: Class) -> Vec<(Release, &'static Keyword)> {
    let dialects = Release::ALL.into_iter();
    let all = dialects.flat_map(|release| keyword::all().iter().map(move |keyword| (release, keyword)));
    all.filter(|(release, keyword)| keyword.is_of(*release) && keyword.class == class).collect()
}

/// What is said of a schema of a dialect.
fn said_of(release: Release, mut schema: Value) -> Vec<Diagnostic> {
    let version = match release {
        Release::OpenApi30 => Some("3.0.3"),
        Release::OpenApi31 => Some("3.1.0"),
        _ => None,
    };
    let document = match version {
        Some(version) => {
            let content = json!({ "application/json": { "schema": schema } });
            let operation = json!({ "operationId": "get", "responses": { "200": { "content": content } } });
            json!({ "openapi": version, "paths": { "/": { "get": operation } } })
        }
        None => {
            let members = schema.as_object_mut().unwrap();
            members.entry("$schema").or_insert(release.uri().into());
            schema
        }
    };
    diagnostics_of(&document.to_string())
}

fn diagnostics_of(document: &str) -> Vec<Diagnostic> {
    let source = source::read("schema.json", document.as_bytes()).unwrap();
    let config = Config::default();
    codegen::generate(&Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &NoLibrary,
    })
    .diagnostics
}

/// What is said of a schema that has a keyword with a value.
fn diagnostics(release: Release, keyword: &str, value: Value) -> Vec<Diagnostic> {
    let mut schema = json!({ "type": "object" });
    // Without a list before it, it says nothing.
    if keyword == "additionalItems" && keyword::find(keyword, Dialect::of(release)).is_some() {
        schema["items"] = json!([]);
    }
    schema[keyword] = value;
    said_of(release, schema)
}

#[test]
fn a_keyword_that_is_not_generated_is_reported() {
    for (release, keyword) in keywords(Class::Unsupported) {
        let said = diagnostics(release, keyword.name, json!(true));
        let name = format!("`{}`", keyword.name);
        let told = |one: &Diagnostic| one.severity == Severity::Warning && one.message.contains(&name);
        assert!(said.iter().any(told), "{release:?} {name}: {said:?}");
    }
}

#[test]
fn a_keyword_that_is_generated_is_read() {
    // Any value is a constant; a dialect that is none and an identifier that is none say nothing.
    let takes_anything = ["const", "$schema", "$id", "id"];
    let generated = [keywords(Class::Structural), keywords(Class::Limit)].concat();
    for (release, keyword) in generated.into_iter().filter(|(_, keyword)| !takes_anything.contains(&keyword.name)) {
        let said = diagnostics(release, keyword.name, Value::Null);
        assert!(said.iter().any(|one| one.severity == Severity::Error), "{release:?} {}: {said:?}", keyword.name);
    }
}

#[test]
fn an_annotation_is_no_reason_to_say_anything() {
    for (release, keyword) in keywords(Class::Annotation) {
        assert_eq!(diagnostics(release, keyword.name, json!("x")), [], "{release:?} {}", keyword.name);
    }
}

#[test]
fn a_keyword_of_other_dialects_says_nothing() {
    for release in Release::ALL {
        let of_others = keyword::all().iter().filter(|other| keyword::find(other.name, Dialect::of(release)).is_none());
        for other in of_others.filter(|other| other.name != "$schema") {
            assert_eq!(diagnostics(release, other.name, Value::Null), [], "{release:?} {}", other.name);
        }
    }
}

#[test]
fn a_schema_that_holds_itself_with_no_type_between_is_reported() {
    let properties = json!({
        "branch": { "oneOf": [{ "$ref": "#/properties/branch" }, { "type": "null" }] },
        "list": { "type": "array", "items": { "$ref": "#/properties/list" } },
        "map": { "type": "object", "additionalProperties": { "$ref": "#/properties/map" } }
    });
    let found = diagnostics(Release::Draft202012, "properties", properties);
    let found: Vec<String> = found.into_iter().map(|diagnostic| diagnostic.message).collect();
    assert_eq!(found, ["this schema holds itself with no type of its own between: it is left unchecked"; 3]);
}
