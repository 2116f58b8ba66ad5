//! Schemas in, the schemas of the generated types out: each keyword that is checked is told again.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::{Input, Library, Options, Reference, Target};

struct NoLibrary;

impl Library for NoLibrary {
    fn open(&self, _reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

/// The generated source of the type of a schema's root.
fn root(schema: &str) -> String {
    let source = crate::source::read("root.json", schema.as_bytes()).unwrap();
    let config: Config = serde_json::from_str(r#"{"document":"","output":"","package":{"name":"test"}}"#).unwrap();
    let input = Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &NoLibrary,
    };
    let generated = crate::generate(&input).generated.unwrap();
    generated.files["src/types/root.rs"].clone()
}

/// The schema in the generated source.
fn told(schema: &str) -> serde_json::Value {
    let file = syn::parse_file(&root(schema)).unwrap();
    let Some(syn::Item::Macro(call)) = file.items.last() else { panic!("no macro at the end of the file") };
    let literal = call.mac.tokens.clone().into_iter().nth(2).unwrap().to_string();
    let text: syn::LitStr = syn::parse_str(&literal).unwrap();
    serde_json::from_str(&text.value()).unwrap()
}

#[track_caller]
fn tells_the_same(schema: &str) {
    assert_eq!(told(schema), serde_json::from_str::<serde_json::Value>(schema).unwrap());
}

#[test]
fn limits_are_told() {
    tells_the_same(r#"{"type":"string","minLength":1,"maxLength":2,"pattern":"^\\d+\"$"}"#);
    tells_the_same(r#"{"type":"number","minimum":-1.5,"maximum":2,"multipleOf":0.1}"#);
    tells_the_same(r#"{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":18446744073709551615}"#);
    tells_the_same(r#"{"type":"array","minItems":1,"maxItems":2,"uniqueItems":true,"items":{"type":"boolean"}}"#);
    tells_the_same(r#"{"type":"object","minProperties":1,"maxProperties":2,"additionalProperties":{"type":"null"}}"#);
}

#[test]
fn subschemas_about_elements_and_keys_are_told() {
    tells_the_same(r#"{"type":"array","items":{"type":"string"},"contains":{"minLength":3}}"#);
    tells_the_same(
        r#"{"type":"array","items":{"type":"string"},"contains":{"minLength":3},"minContains":2,"maxContains":4}"#,
    );
    tells_the_same(r#"{"type":"object","propertyNames":{"pattern":"^a","maxLength":3}}"#);
}

#[test]
fn values_are_told() {
    tells_the_same(r#"{"type":"string","enum":["+1","-1"]}"#);
    tells_the_same(r#"{"type":"integer","enum":[1,2]}"#);
    tells_the_same(r#"{"type":"boolean","const":true}"#);
    assert_eq!(told("false"), serde_json::json!({"not": {}}));
    assert_eq!(told("true"), serde_json::json!(true));
}

#[test]
fn objects_tell_their_members() {
    tells_the_same(r#"{"type":"object","properties":{"a":true,"b":{"type":["string","null"]}},"required":["a"]}"#);
    tells_the_same(r#"{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false}"#);
    tells_the_same(
        r#"{"type":"object","properties":{"a":true},"additionalProperties":{"type":"string","minLength":1}}"#,
    );
    tells_the_same(r#"{"type":"object","properties":{"$ref":{"type":"string"},"enum":true}}"#);
}

#[test]
fn what_people_are_told_stands_at_its_place() {
    tells_the_same(
        r#"{"title":"Root","description":"A \"root\".","type":"object","properties":{"a":{"default":[1],"deprecated":true,"type":"array"}}}"#,
    );
}

#[test]
fn what_is_known_by_name_is_told_where_it_is_used() {
    let told = told(
        r##"{"type":"object","properties":{"a":{"$ref":"#/$defs/Name","minLength":2},"b":{"type":"array","items":{"$ref":"#/$defs/Name"}}},
            "$defs":{"Name":{"type":"string","maxLength":9,"description":"A name."}}}"##,
    );
    assert_eq!(told["properties"]["a"]["maxLength"], 9);
    assert_eq!(told["properties"]["a"]["minLength"], 2);
    assert_eq!(told["properties"]["b"]["items"]["description"], "A name.");
}

#[test]
fn a_type_of_its_own_is_referred_to() {
    let schema = r##"{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"all":{"type":"array","items":{"$ref":"#"}}}}"##;
    let told = told(schema);
    assert_eq!(told["properties"]["next"]["anyOf"], serde_json::json!([{"$ref": "#/$defs/Root"}, {"type": "null"}]));
    assert_eq!(told["properties"]["all"]["items"], serde_json::json!({"$ref": "#/$defs/Root"}));
    assert!(root(schema).ends_with("}\"##,\n    Root\n);\n"));
}

#[test]
fn patterns_side_by_side_are_all_told() {
    assert_eq!(
        told(r#"{"type":"string","pattern":"a","allOf":[{"pattern":"b"}]}"#),
        serde_json::json!({"type": "string", "pattern": "a", "allOf": [{"pattern": "b"}]})
    );
}

#[test]
fn branches_are_told() {
    tells_the_same(r#"{"oneOf":[{"type":"string","minLength":1},{"type":"array","items":{"type":"string"}}]}"#);
    assert_eq!(
        told(r#"{"anyOf":[{"type":"string","minLength":3},{"type":"string","maxLength":1}]}"#),
        serde_json::json!({"type": "string", "anyOf": [{"minLength": 3}, {"maxLength": 1}]})
    );
    assert_eq!(
        told(r#"{"type":["string","integer"],"minLength":1}"#),
        serde_json::json!({"anyOf": [{"type": "integer"}, {"type": "string", "minLength": 1}]})
    );
}

#[test]
fn where_the_kind_decides_the_others_are_told() {
    assert_eq!(
        told(r#"{"required":["a"]}"#),
        serde_json::json!({"anyOf": [
            {"$ref": "#/$defs/RootObject"},
            {"type": ["array", "boolean", "null", "number", "string"]},
        ]})
    );
}

#[test]
fn the_members_of_a_merge_may_be_deleted() {
    let source = crate::source::read(
        "root.json",
        br#"{"type":"object","properties":{"m":{"type":"object","additionalProperties":{"type":"string"}}}}"#,
    );
    let source = source.unwrap();
    let config: Config =
        serde_json::from_str(r#"{"document":"","output":"","package":{"name":"test"},"merge":["/properties/m"]}"#)
            .unwrap();
    let input = Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &NoLibrary,
    };
    let text = crate::generate(&input).generated.unwrap().files["src/types/root.rs"].clone();
    assert!(text.contains(r#""m": {"additionalProperties":{"type":["string","null"]},"type":"object"}"#));
}
