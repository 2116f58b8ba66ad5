//! Documents that refer to each other, and the dialects in which they are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::config::Config;
use crate::schema::Release;
use crate::source::read;
use crate::{Library, Options};

/// Documents by the URI, or by the path, that references have.
#[derive(Default)]
struct Shelf(BTreeMap<String, Arc<Source>>);

impl Shelf {
    fn of(documents: &[(&str, &str)]) -> Self {
        let read = |text: &str, name: &str| Arc::new(read(name, text.as_bytes()).unwrap());
        Self(documents.iter().map(|(name, text)| ((*name).to_owned(), read(text, name))).collect())
    }
}

impl Library for Shelf {
    fn open(&self, reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        let (uri, fragment) = reference.uri.split_once('#').unwrap_or((reference.uri, ""));
        let path = reference.path().unwrap_or_default();
        let source = self.0.get(uri).or_else(|| self.0.get(&path)).cloned();
        Ok(source.map(|source| Target { source, fragment: fragment.to_owned() }))
    }
}

/// What is resolved from the root of a document, and what is said.
fn resolved(text: &str, shelf: &Shelf) -> (Schemas, Vec<String>) {
    let source = read("main.json", text.as_bytes()).unwrap();
    let config = Config::default();
    let input =
        Input { sources: std::slice::from_ref(&source), config: &config, options: Options::default(), library: shelf };
    let root = if source.root.get("openapi").is_some() { "/components/schemas/A" } else { "" };
    let mut diagnostics = Vec::new();
    let (schemas, _) = resolve(&[at("main.json", root)], BTreeMap::new(), &input, &mut diagnostics);
    (schemas, diagnostics.iter().map(|one| format!("{}: {}", one.severity, one.message)).collect())
}

fn at(file: &str, pointer: &str) -> Location {
    Location { file: file.to_owned(), pointer: pointer.to_owned() }
}

fn schema<'s>(schemas: &'s Schemas, file: &str, pointer: &str) -> &'s Schema {
    schemas.get(schemas.find(&at(file, pointer)).unwrap_or_else(|| panic!("{file}{pointer}")))
}

fn release(schemas: &Schemas, file: &str, pointer: &str) -> Release {
    schema(schemas, file, pointer).dialect.release
}

/// Where the `$ref` of a schema leads.
fn target(schemas: &Schemas, file: &str, pointer: &str) -> (String, String) {
    let Location { file, pointer } = &schemas.get(schema(schemas, file, pointer).reference.unwrap()).location;
    (file.clone(), pointer.clone())
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_document_without_a_dialect_has_that_of_its_referrer() {
    let shelf = Shelf::of(&[
        ("plain.json", r#"{"$ref": "own.json"}"#),
        ("own.json", r#"{"$schema": "https://json-schema.org/draft/2019-09/schema", "$ref": "plain.json"}"#),
    ]);
    let main = r#"{"$schema": "http://json-schema.org/draft-06/schema#", "not": {"$ref": "plain.json"}}"#;
    let (schemas, said) = resolved(main, &shelf);
    assert_eq!(said, NOTHING);
    assert_eq!(release(&schemas, "main.json", "/not"), Release::Draft6);
    assert_eq!(release(&schemas, "plain.json", ""), Release::Draft6);
    assert_eq!(release(&schemas, "own.json", ""), Release::Draft201909);
    assert_eq!(release(&resolved("{}", &shelf).0, "main.json", ""), Release::Draft202012);
}

#[test]
fn an_embedded_resource_may_have_a_dialect_of_its_own() {
    let main = r#"{
        "$id": "http://example.com/main.json",
        "properties": {
            "four": {"$schema": "http://json-schema.org/draft-04/schema#", "id": "four.json", "not": {"id": "x"}},
            "no-resource": {"$schema": "http://json-schema.org/draft-04/schema#"},
            "refers": {"$ref": "four.json"}
        }
    }"#;
    let (schemas, said) = resolved(main, &Shelf::default());
    assert_eq!(said, NOTHING);
    assert_eq!(release(&schemas, "main.json", "/properties/four/not"), Release::Draft4);
    assert_eq!(release(&schemas, "main.json", "/properties/no-resource"), Release::Draft202012);
    assert_eq!(target(&schemas, "main.json", "/properties/refers").1, "/properties/four");
}

#[test]
fn openapi_says_its_dialect_itself() {
    let document = |head: &str| format!(r#"{{{head}, "components": {{"schemas": {{"A": {{"not": {{}}}}}}}}}}"#);
    let table = [
        (
            r#""openapi": "3.0.3", "jsonSchemaDialect": "http://json-schema.org/draft-07/schema""#,
            Release::OpenApi30,
            true,
        ),
        (r#""openapi": "3.1.0""#, Release::OpenApi31, true),
        (
            r#""openapi": "3.1.0", "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base""#,
            Release::OpenApi31,
            true,
        ),
        (
            r#""openapi": "3.1.0", "jsonSchemaDialect": "http://json-schema.org/draft-07/schema#""#,
            Release::Draft7,
            false,
        ),
    ];
    for (head, expected, asserts_formats) in table {
        let (schemas, said) = resolved(&document(head), &Shelf::default());
        assert_eq!(said, NOTHING);
        let dialect = schema(&schemas, "main.json", "/components/schemas/A/not").dialect;
        assert_eq!((dialect.release, dialect.asserts_formats), (expected, asserts_formats), "{head}");
    }
}

const UNITS: &str = "https://example.com/vocab/units";

/// A meta-schema of 2020-12 that lists vocabularies.
fn meta_schema(vocabularies: &[(&str, bool)]) -> String {
    let listed: Vec<String> = vocabularies.iter().map(|(uri, required)| format!("\"{uri}\": {required}")).collect();
    let own = "https://json-schema.org/draft/2020-12/schema";
    format!(r#"{{"$schema": "{own}", "$vocabulary": {{{}}}}}"#, listed.join(", "))
}

#[test]
fn a_meta_schema_that_can_be_opened_says_which_keywords_there_are() {
    let applicator = "https://json-schema.org/draft/2020-12/vocab/applicator";
    let formats = "https://json-schema.org/draft/2020-12/vocab/format-assertion";
    let meta = meta_schema(&[(applicator, true), (formats, true), (UNITS, false)]);
    let shelf = Shelf::of(&[("https://example.com/meta", &meta)]);
    let main = r#"{"$schema": "https://example.com/meta", "items": {"minimum": 1, "format": "date"}}"#;
    let (schemas, said) = resolved(main, &shelf);
    assert_eq!(said, NOTHING);
    let items = schema(&schemas, "main.json", "/items");
    assert_eq!(items.limits.keys().collect::<Vec<_>>(), [&"format"]);
    assert!(items.dialect.asserts_formats);
}

#[test]
fn a_vocabulary_that_is_required_and_unknown_is_an_error_where_the_dialect_is_named() {
    let shelf = Shelf::of(&[("https://example.com/meta", &meta_schema(&[(UNITS, true)]))]);
    let (_, said) = resolved(r#"{"$schema": "https://example.com/meta#"}"#, &shelf);
    assert_eq!(
        said,
        [
            "error: the dialect of this schema requires the vocabulary `https://example.com/vocab/units`, which is not known"
        ]
    );
}

#[test]
fn a_dialect_that_nobody_knows_is_read_as_2020_12() {
    let main = r#"{"$schema": "https://example.com/meta", "items": {"minimum": 1}}"#;
    let (schemas, said) = resolved(main, &Shelf::default());
    assert_eq!(said, ["warning: the dialect `https://example.com/meta` is not known: it is read as 2020-12"]);
    assert_eq!(schema(&schemas, "main.json", "/items").limits.len(), 1);
}

#[test]
fn a_meta_schema_may_be_its_own() {
    let shelf = Shelf::of(&[("https://example.com/meta", r#"{"$schema": "https://example.com/meta"}"#)]);
    let (schemas, said) = resolved(r#"{"$schema": "https://example.com/meta"}"#, &shelf);
    assert_eq!(said, NOTHING);
    assert_eq!(release(&schemas, "main.json", ""), Release::Draft202012);
}

#[test]
fn a_fragment_in_an_id_is_an_anchor_until_draft_7() {
    for (dialect, id, is_anchor) in [
        ("http://json-schema.org/draft-04/schema#", "id", true),
        ("http://json-schema.org/draft-04/schema#", "$id", false),
        ("http://json-schema.org/draft-07/schema#", "$id", true),
        ("https://json-schema.org/draft/2019-09/schema", "$id", false),
    ] {
        let main = format!(
            r##"{{"$schema": "{dialect}", "not": {{"$ref": "#x"}}, "definitions": {{"x": {{"{id}": "#x"}}}}}}"##
        );
        let (schemas, said) = resolved(&main, &Shelf::default());
        assert_eq!(said.is_empty(), is_anchor, "{dialect} {id}: {said:?}");
        assert_eq!(target(&schemas, "main.json", "/not").1 == "/definitions/x", is_anchor, "{dialect} {id}");
    }
}

#[test]
fn subschemas_stand_where_their_dialect_has_them() {
    let anchor = r##"{"$id": "http://example.com/inner.json"}"##;
    for (keyword, value, known) in [
        ("dependencies", format!(r#"{{"a": {anchor}, "b": ["c"]}}"#), true),
        ("items", format!("[{{}}, {anchor}]"), true),
        ("additionalItems", anchor.to_owned(), true),
        ("$defs", format!(r#"{{"a": {anchor}}}"#), false),
        ("dependentSchemas", format!(r#"{{"a": {anchor}}}"#), false),
        ("enum", format!("[{anchor}]"), false),
    ] {
        let main = format!(
            r#"{{"$schema": "http://json-schema.org/draft-07/schema#", "{keyword}": {value}, "not": {{"$ref": "http://example.com/inner.json"}}}}"#
        );
        let (_, said) = resolved(&main, &Shelf::default());
        assert_eq!(said.is_empty(), known, "{keyword}: {said:?}");
    }
}

#[test]
fn the_meta_schemas_are_there_unless_they_are_mapped() {
    let main = r#"{"properties": {
        "whole": {"$ref": "https://json-schema.org/draft/2020-12/schema"},
        "part": {"$ref": "https://json-schema.org/draft/2019-09/meta/core#/properties/$id"},
        "old": {"$ref": "http://json-schema.org/draft-04/schema#/definitions/positiveInteger"}
    }}"#;
    let (schemas, said) = resolved(main, &Shelf::default());
    assert_eq!(said, NOTHING);
    assert_eq!(release(&schemas, "https://json-schema.org/draft/2020-12/meta/core", ""), Release::Draft202012);
    assert_eq!(target(&schemas, "main.json", "/properties/part").1, "/properties/$id");
    assert_eq!(target(&schemas, "main.json", "/properties/old").0, "http://json-schema.org/draft-04/schema");

    let shelf = Shelf::of(&[("http://json-schema.org/draft-04/schema", r#"{"definitions": {"positiveInteger": {}}}"#)]);
    let (schemas, _) = resolved(main, &shelf);
    let (file, pointer) = target(&schemas, "main.json", "/properties/old");
    assert!(schema(&schemas, &file, &pointer).limits.is_empty());
}

#[test]
fn a_dynamic_reference_that_leads_to_no_dynamic_anchor_is_a_plain_one() {
    let draft = "https://json-schema.org/draft/2019-09/schema";
    let main = format!(r##"{{"$schema": "{draft}", "items": {{"$recursiveRef": "#"}}}}"##);
    let (schemas, _) = resolved(&main, &Shelf::default());
    assert_eq!(schema(&schemas, "main.json", "/items").dynamic_reference, None);
    assert_eq!(target(&schemas, "main.json", "/items").1, "");

    let main = main.replace("\"items\"", "\"$recursiveAnchor\": true, \"items\"");
    let (schemas, _) = resolved(&main, &Shelf::default());
    assert!(schema(&schemas, "main.json", "/items").dynamic_reference.is_some());

    let main = r##"{"$ref": "#/$defs/a", "$dynamicRef": "#b", "$defs": {"a": {}, "b": {"$anchor": "b"}}}"##;
    let (schemas, _) = resolved(main, &Shelf::default());
    let root = schema(&schemas, "main.json", "");
    assert_eq!(
        root.all_of.iter().map(|id| schemas.get(*id).location.pointer.as_str()).collect::<Vec<_>>(),
        ["/$defs/b"]
    );
}

#[test]
fn a_relative_reference_has_a_path_where_no_id_says_what_it_is_relative_to() {
    let path = |file: &str, written: &str, uri: &str| {
        let place = Place::value(file, "/$ref");
        Reference { written, uri, place: &place }.path()
    };
    let table = [
        ("specs/a.json", "b.json#/x", "document:///specs/b.json#/x", Some("b.json")),
        ("specs/a.json", "../b%20c.json", "document:///b%20c.json", Some("../b c.json")),
        ("my specs/a.json", "./b.json", "document:///my%20specs/b.json", Some("./b.json")),
        ("a.json", "#/x", "document:///a.json#/x", None),
        ("a.json", "/b.json", "document:///b.json", None),
        ("a.json", "b.json", "https://example.com/b.json", None),
        ("a.json", "https://example.com/b.json", "https://example.com/b.json", None),
        ("a.json", "urn:b", "urn:b", None),
    ];
    for (file, written, uri, expected) in table {
        assert_eq!(path(file, written, uri).as_deref(), expected, "{file} {written}");
    }
}

#[test]
fn documents_refer_to_each_other_by_path() {
    let shelf = Shelf::of(&[("b.json", r##"{"$defs": {"x": {"$ref": "main.json#/$defs/y"}}}"##)]);
    let main = r##"{"$ref": "b.json#/$defs/x", "$defs": {"y": {"type": "string"}}}"##;
    let (schemas, said) = resolved(main, &shelf);
    assert_eq!(said, NOTHING);
    assert_eq!(target(&schemas, "b.json", "/$defs/x"), ("main.json".to_owned(), "/$defs/y".to_owned()));
}
