//! The same documents by both engines, and what becomes of those that typify cannot take.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests fail as tests do")]

use codegen::config::{Config, Package};
use codegen::diagnostic::{Diagnostic, Spot};
use codegen::files::ItemKind;
use codegen::{Engine, Input, Library, Options, Outcome, Reference, Target, source};

struct Nothing;

impl Library for Nothing {
    fn open(&self, _: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

fn generate(engine: Engine, document: &str) -> Outcome {
    let source = source::read("api.json", document.as_bytes()).unwrap();
    let package = Package { name: "pets".to_owned(), version: "0.1.0".to_owned(), ..Package::default() };
    let config = Config { package, ..Config::default() };
    let options = Options { engine, runtime: "path = \"../runtime\"".to_owned(), ..Options::default() };
    codegen::generate(&Input { sources: &[source], config: &config, options, library: &Nothing })
}

/// Every file, one after the other.
fn files(outcome: &Outcome) -> String {
    assert_eq!(outcome.diagnostics, []);
    let files = outcome.generated.as_ref().unwrap().files.iter();
    files.map(|(path, text)| format!("==> {path}\n{text}\n")).collect()
}

/// The place and the message of the only error.
fn error(document: &str) -> (String, String) {
    let outcome = generate(Engine::Typify, document);
    assert!(outcome.generated.is_none());
    assert_eq!(outcome.diagnostics.len(), 1, "{:?}", outcome.diagnostics);
    let Diagnostic { code, message, places, help, .. } = &outcome.diagnostics[0];
    assert_eq!(*code, "typify");
    assert_eq!(help, &["the default engine may do better: leave out `--engine typify`"]);
    let Spot::Pointer(pointer) = &places[0].spot else { panic!("{places:?}") };
    (pointer.clone(), message.clone())
}

const PET: &str = r##"{
    "title": "Pet",
    "description": "Somebody's.",
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "mood": {"enum": ["happy", "sleepy"], "default": "happy"},
        "born": {"type": ["string", "null"], "format": "date"},
        "friends": {"type": "array", "items": {"$ref": "#"}}
    }
}"##;

#[test]
fn a_schema_by_typify() {
    insta::assert_snapshot!(files(&generate(Engine::Typify, PET)));
}

#[test]
fn the_same_schema_by_the_native_engine() {
    insta::assert_snapshot!(files(&generate(Engine::Native, PET)));
}

#[test]
fn typify_makes_the_same_of_the_same() {
    assert_eq!(files(&generate(Engine::Typify, PET)), files(&generate(Engine::Typify, PET)));
}

#[test]
fn a_root_without_a_title_is_a_type_all_the_same() {
    let outcome = generate(Engine::Typify, r#"{"type": "object", "properties": {"a": {"type": "integer"}}}"#);
    let generated = outcome.generated.unwrap();
    assert_eq!(generated.summary.types, [("Root".to_owned(), String::new())]);
}

#[test]
fn the_components_of_openapi_are_types_and_its_operations_are_none() {
    let document = r##"{
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {"/pets": {"get": {"responses": {"200": {
            "description": "All.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/pet_list"}}}
        }}}}},
        "components": {"schemas": {
            "Pet": {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}},
            "pet_list": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
        }}
    }"##;
    let outcome = generate(Engine::Typify, document);
    assert_eq!(outcome.diagnostics, []);
    let generated = outcome.generated.unwrap();
    let library = &generated.files["src/lib.rs"];
    assert!(library.contains("pub struct Pet {\n"), "{library}");
    assert!(library.contains("pub struct PetList(pub ::std::vec::Vec<Pet>);"), "{library}");
    let manifest = &generated.files["Cargo.toml"];
    let dependencies = "[dependencies]\n\
        serde = { version = \"1\", features = [\"derive\"] }\n\
        uuid = { version = \"1\", features = [\"serde\"] }\n\n";
    assert!(manifest.contains(dependencies), "{manifest}");

    let items: Vec<_> = generated.items.iter().map(|item| (item.kind, item.name.as_str())).collect();
    assert_eq!(items, [(ItemKind::Type, "Pet"), (ItemKind::Type, "PetList")]);
    let types = [("Pet", "/components/schemas/Pet"), ("PetList", "/components/schemas/pet_list")];
    assert_eq!(generated.summary.types, types.map(|(name, pointer)| (name.to_owned(), pointer.to_owned())));
    assert_eq!(generated.summary.operations[0].left_out.as_deref(), Some("typify makes types alone"));
}

#[test]
fn a_panic_of_typify_is_an_error() {
    let message = "typify panicked: not implemented: if/then/else schemas are not supported: { \"if\": { \"type\": \"string\" } }";
    assert_eq!(error(r#"{"properties": {"a": {"if": {"type": "string"}}}}"#), (String::new(), message.to_owned()));
}

#[test]
fn a_refusal_of_typify_is_an_error_at_the_schema_that_it_names() {
    let (pointer, message) = error(r#"{"$defs": {"List": {"type": "array", "contains": {"type": "string"}}}}"#);
    assert_eq!(pointer, "/$defs/List");
    assert!(message.starts_with("typify refuses: invalid schema for List: unhandled array validation"), "{message}");
    assert!(message.ends_with('…') && message.chars().count() < 300, "{message}");
}

#[test]
fn what_is_no_schema_to_schemars_is_an_error_at_its_place() {
    let document = r#"{
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Pet": {"properties": {"tags": {"oneOf": [{"minItems": 1.5}]}}}}}
    }"#;
    let message = "typify reads schemas by schemars 0.8, which cannot read this one: data did not match any variant of untagged enum Schema";
    let pointer = "/components/schemas/Pet/properties/tags/oneOf/0";
    assert_eq!(error(document), (pointer.to_owned(), message.to_owned()));
    assert_eq!(error("false").0, "");
}

#[test]
fn what_is_no_document_to_the_native_engine_is_none_to_typify() {
    let outcome = generate(Engine::Typify, r#"{"swagger": "2.0"}"#);
    assert!(outcome.generated.is_none());
    assert_eq!(outcome.diagnostics[0].code, "unsupported-version");
}
