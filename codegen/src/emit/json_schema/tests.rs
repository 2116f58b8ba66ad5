//! Schemas in, the schemas of the generated types out: each keyword that is checked is told again.

use std::collections::BTreeMap;

use serde_json::json;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::{Input, Library, Options, Reference, Target};

struct NoLibrary;

impl Library for NoLibrary {
    fn open(&self, _reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

/// The generated source below `src/types`, by what is decided besides what has to be.
fn types(schema: &str, decisions: &str) -> BTreeMap<String, String> {
    let source = crate::source::read("root.json", schema.as_bytes()).unwrap();
    let decisions = format!(r#"{{"document":"","output":"","package":{{"name":"test"}}{decisions}}}"#);
    let config: Config = serde_json::from_str(&decisions).unwrap();
    let input = Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &NoLibrary,
    };
    let files = crate::generate(&input).generated.unwrap().files.into_iter();
    files.filter_map(|(path, text)| Some((path.strip_prefix("src/types/")?.to_owned(), text))).collect()
}

/// The generated source of the type of a schema's root.
fn root(schema: &str) -> String {
    types(schema, "")["root.rs"].clone()
}

/// The schemas in generated source, by what they are of.
fn schemas(file: &str) -> BTreeMap<String, serde_json::Value> {
    let items = syn::parse_file(file).unwrap().items.into_iter();
    let calls = items.filter_map(|item| match item {
        syn::Item::Macro(call) if call.mac.path.segments.last()?.ident.to_string().ends_with("_schema") => Some(call),
        _ => None,
    });
    calls
        .map(|call| {
            let tokens: Vec<_> = call.mac.tokens.into_iter().collect();
            let text: syn::LitStr = syn::parse_str(&tokens[2].to_string()).unwrap();
            (tokens[0].to_string(), serde_json::from_str(&text.value()).unwrap())
        })
        .collect()
}

/// The schema of the root.
fn told(schema: &str) -> serde_json::Value {
    schemas(&root(schema))["Root"].clone()
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
    assert_eq!(told("false"), json!({"not": {}}));
    assert_eq!(told("true"), json!(true));
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
    assert_eq!(told["properties"]["next"]["anyOf"], json!([{"$ref": "#/$defs/Root"}, {"type": "null"}]));
    assert_eq!(told["properties"]["all"]["items"], json!({"$ref": "#/$defs/Root"}));
    assert!(root(schema).ends_with("}\"##,\n    Root\n);\n"));
}

#[test]
fn patterns_side_by_side_are_all_told() {
    assert_eq!(
        told(r#"{"type":"string","pattern":"a","allOf":[{"pattern":"b"}]}"#),
        json!({"type": "string", "pattern": "a", "allOf": [{"pattern": "b"}]})
    );
}

#[test]
fn branches_are_told() {
    tells_the_same(r#"{"oneOf":[{"type":"string","minLength":1},{"type":"array","items":{"type":"string"}}]}"#);
    assert_eq!(
        told(r#"{"anyOf":[{"type":"string","minLength":3},{"type":"string","maxLength":1}]}"#),
        json!({"type": "string", "anyOf": [{"minLength": 3}, {"maxLength": 1}]})
    );
    assert_eq!(
        told(r#"{"type":["string","integer"],"minLength":1}"#),
        json!({"anyOf": [{"type": "integer"}, {"type": "string", "minLength": 1}]})
    );
}

#[test]
fn where_the_kind_decides_the_others_are_told() {
    assert_eq!(
        told(r#"{"required":["a"]}"#),
        json!({"anyOf": [
            {"$ref": "#/$defs/RootObject"},
            {"type": ["array", "boolean", "null", "number", "string"]},
        ]})
    );
}

#[test]
fn the_members_of_a_merge_may_be_deleted() {
    let schema = r#"{"type":"object","properties":{"m":{"type":"object","additionalProperties":{"type":"string"}}}}"#;
    let text = &types(schema, r#","merge":["/properties/m"]"#)["root.rs"];
    assert!(text.contains(r#""m": {"additionalProperties":{"type":["string","null"]},"type":"object"}"#));
}

#[test]
fn a_format_is_told_by_the_name_of_what_is_checked() {
    let decisions = r#","formats":{"mode":"assert","read-as":{"when":"date-time"}}"#;
    let files = types(r#"{"type":"string","format":"when"}"#, decisions);
    assert_eq!(schemas(&files["root.rs"])["Root"], json!({"type": "string", "format": "date-time"}));
}

#[test]
fn what_no_type_expresses_is_told_beside_what_types_do() {
    tells_the_same(
        r#"{"type":"object","properties":{"a":{"type":"string","not":{"const":"x"}}},"required":["a"],"not":{"required":["b"]},
            "if":{"required":["c"]},"then":{"properties":{"a":{"minLength":2}}},"dependentRequired":{"d":["e"]},
            "dependentSchemas":{"f":{"maxProperties":3}}}"#,
    );
    tells_the_same(r#"{"type":"array","prefixItems":[{"type":"string"},true],"items":false}"#);
    tells_the_same(r#"{"not":{"contains":{"const":1},"minContains":0,"unevaluatedItems":{"type":"null"}}}"#);
}

#[test]
fn keywords_that_see_each_other_stay_together() {
    assert_eq!(
        told(
            r#"{"type":"object","properties":{"a":{"type":"string"}},"patternProperties":{"^x":{"type":"null"}},"additionalProperties":false}"#
        ),
        json!({
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "allOf": [{
                "properties": {"a": true},
                "patternProperties": {"^x": {"type": "null"}},
                "additionalProperties": false,
            }],
        })
    );
}

#[test]
fn of_members_that_a_type_describes_it_is_told_that_they_are_evaluated() {
    assert_eq!(
        told(
            r##"{"$ref":"#/$defs/Base","properties":{"b":{"type":"integer"}},"unevaluatedProperties":false,
                "$defs":{"Base":{"type":"object","properties":{"a":{"type":"string","minLength":1}},"required":["a"]}}}"##
        ),
        json!({
            "type": "object",
            "properties": {"a": {"type": "string", "minLength": 1}, "b": {"type": "integer"}},
            "required": ["a"],
            "allOf": [{"properties": {"a": true, "b": true}, "unevaluatedProperties": false}],
        })
    );
}

#[test]
fn what_a_type_says_less_strictly_is_told_in_full() {
    let schema = r#"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"not":{"required":["b"]}}"#;
    let files = types(schema, r#","optional":["/properties/a"]"#);
    assert_eq!(
        schemas(&files["root.rs"])["Root"],
        json!({
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "required": ["a"],
            "not": {"required": ["b"]},
        })
    );
}

#[test]
fn a_predicate_that_is_used_again_is_told_once() {
    let files = types(
        r##"{"type":"object","properties":{"a":{"$ref":"#/$defs/Tree"},"b":{"$ref":"#/$defs/Tree"}},
            "$defs":{"Tree":{"not":{"required":["c"],"properties":{"c":{"$ref":"#/$defs/Tree"}}}}}}"##,
        "",
    );
    let reference = json!({"$ref": "#/$defs/predicates/defs_tree"});
    assert_eq!(schemas(&files["root.rs"])["Root"]["properties"], json!({"a": reference, "b": reference}));
    assert_eq!(
        schemas(&files["predicates.rs"]),
        BTreeMap::from([("defs_tree".to_owned(), json!({"not": {"required": ["c"], "properties": {"c": reference}}}))])
    );
}

#[test]
fn a_dynamic_reference_is_told_as_what_it_leads_to() {
    let files = types(
        r##"{"$id":"https://example.com/root","anyOf":[{"$ref":"strings"},{"$ref":"numbers"},{"$ref":"list"}],"$defs":{
            "list":{"$id":"list","type":"array","items":{"$dynamicRef":"#item"},"$defs":{"any":{"$dynamicAnchor":"item","type":"null"}}},
            "strings":{"$id":"strings","$ref":"list","$defs":{"item":{"$dynamicAnchor":"item","type":"string"}}},
            "numbers":{"$id":"numbers","$ref":"list","$defs":{"item":{"$dynamicAnchor":"item","type":"number"}}}}}"##,
        "",
    );
    let list = |kind| json!({"type": "array", "items": {"type": kind}});
    assert_eq!(schemas(&files["root.rs"])["Root"]["anyOf"], json!([list("string"), list("number"), list("null")]));
}

/// What is told of references that have two ways on each of some levels, each of which binds another anchor.
fn told_of_ways(levels: usize) -> serde_json::Value {
    let mut definitions = serde_json::Map::new();
    for level in 0..levels {
        for side in ["a", "b"] {
            let next = json!([{"$ref": format!("a{}", level + 1)}, {"$ref": format!("b{}", level + 1)}]);
            let anchor =
                json!({"$dynamicAnchor": format!("x{level}"), "type": if side == "a" { "string" } else { "null" }});
            let name = format!("{side}{level}");
            definitions.insert(name.clone(), json!({"$id": name, "anyOf": next, "$defs": {"x": anchor}}));
        }
    }
    let end: Vec<_> = (0..levels).map(|level| json!({"$dynamicRef": format!("a{level}#x{level}")})).collect();
    for side in ["a", "b"] {
        let name = format!("{side}{levels}");
        definitions.insert(name.clone(), json!({"$id": name, "items": {"allOf": end}}));
    }
    let schema =
        json!({"$id": "https://example.com/", "anyOf": [{"$ref": "a0"}, {"$ref": "b0"}], "$defs": definitions});
    told(&schema.to_string())
}

#[test]
fn ways_that_double_again_and_again_are_not_all_told() {
    let few = told_of_ways(3);
    assert_eq!(few.get("$comment"), None, "{few}");
    assert_eq!(told_of_ways(14), json!({"$comment": "also demanded: $dynamicRef"}));
}
