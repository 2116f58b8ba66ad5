//! The meta-schemas that are made from the table of keywords accept what the published ones accept.

use codegen::schema::keyword;
use codegen::schema::{Release, meta};
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

/// The dialects that have published meta-schemas of their own.
const DIALECTS: [(Release, Draft); 5] = [
    (Release::Draft4, Draft::Draft4),
    (Release::Draft6, Draft::Draft6),
    (Release::Draft7, Draft::Draft7),
    (Release::Draft201909, Draft::Draft201909),
    (Release::Draft202012, Draft::Draft202012),
];

fn ours(uri: &str) -> Value {
    Value::from(&meta::document(uri).unwrap_or_else(|| panic!("{uri}")).root)
}

/// The meta-schema of this generator, with a host of its own so that no published one is found instead.
fn validator(release: Release, draft: Draft) -> Validator {
    let moved = |text: String| text.replace("json-schema.org/draft", "example.com/draft");
    let own = |uri: &str| {
        let mut document = ours(uri);
        let dialect = document["$schema"].take();
        let mut document: Value = serde_json::from_str(&moved(document.to_string())).unwrap();
        document["$schema"] = dialect;
        document.as_object_mut().unwrap().remove("$vocabulary");
        document
    };
    let home = release.modules_home().unwrap_or_default();
    let modules = release.modules().iter().map(|module| format!("{home}/meta/{}", module.name));
    let documents = modules.map(|uri| (moved(uri.clone()), own(&uri)));
    let documents = documents.map(|(uri, document)| (uri, draft.create_resource(document)));
    let registry = Registry::new().extend(documents).unwrap().prepare().unwrap();
    let options = jsonschema::options().with_draft(draft).should_validate_formats(false).with_registry(&registry);
    options.build(&own(release.uri().unwrap())).unwrap()
}

/// Values that some keywords take and others do not.
fn values() -> Vec<Value> {
    let lists =
        [json!([]), json!(["a"]), json!(["a", "a"]), json!(["string", "null"]), json!([{}]), json!([true]), json!([1])];
    let objects = [
        json!({}),
        json!({ "a": ["b"] }),
        json!({ "a": [] }),
        json!({ "a": true }),
        json!({ "a": 1 }),
        json!({ "a": { "type": "text" } }),
        json!({ "type": 1 }),
        json!({ "minimum": 1, "not": { "maxLength": -1 } }),
    ];
    let scalars = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!("a"),
        json!("a#b"),
        json!("1 "),
        json!("string"),
    ];
    lists.into_iter().chain(objects).chain(scalars).collect()
}

#[test]
fn they_accept_what_the_published_ones_accept() {
    for (release, draft) in DIALECTS {
        let published = json!({ "$ref": release.uri().unwrap() });
        let theirs = jsonschema::options().with_draft(draft).should_validate_formats(false).build(&published).unwrap();
        let ours = validator(release, draft);
        let mut schemas = values();
        for keyword in keyword::all() {
            schemas.extend(values().into_iter().map(|value| json!({ keyword.name: value })));
            schemas
                .extend(values().into_iter().map(|value| json!({ keyword.name: value, "maximum": 1, "minimum": 0 })));
        }
        for schema in schemas {
            assert_eq!(ours.is_valid(&schema), theirs.is_valid(&schema), "{release:?} {schema}");
        }
    }
}

#[test]
fn definitions_have_the_names_by_which_others_refer_to_them() {
    let table = [
        ("http://json-schema.org/draft-04/schema", "/definitions/positiveInteger"),
        ("http://json-schema.org/draft-06/schema", "/definitions/schemaArray"),
        ("http://json-schema.org/draft-07/schema", "/definitions/nonNegativeInteger"),
        ("https://json-schema.org/draft/2019-09/meta/validation", "/$defs/stringArray"),
        ("https://json-schema.org/draft/2020-12/meta/validation", "/$defs/simpleTypes"),
    ];
    for (uri, pointer) in table {
        assert!(ours(uri).pointer(pointer).is_some(), "{uri}#{pointer}");
    }
}

#[test]
fn nothing_else_is_a_meta_schema() {
    for uri in ["https://json-schema.org/draft/2020-12/meta/nothing", "https://example.com/schema"] {
        assert!(meta::document(uri).is_none(), "{uri}");
    }
}
