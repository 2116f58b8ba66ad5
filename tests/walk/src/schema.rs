//! Schemas of a document as JSON Schemas that stand alone: of dialect 2020-12, with what they refer to.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

/// Which way a value goes: what is `readOnly` is in no request, what is `writeOnly` in no answer (JSON Schema validation, §9.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the server.
    Request,
    /// To the client.
    Answer,
}

/// How schemas are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) direction: Direction,
    /// Whether a schema without `type` means the kind of value that its keywords speak of, as most documents do.
    pub(crate) assumes_kinds: bool,
}

/// The node that a reference leads to, within the document.
pub(crate) fn target<'d>(document: &'d Value, reference: &str) -> Option<(&'d Value, String)> {
    let pointer = percent_decode_str(reference.strip_prefix('#')?).decode_utf8().ok()?.into_owned();
    Some((document.pointer(&pointer)?, pointer))
}

/// The schema of a place, with what it refers to in `$defs`.
pub(crate) fn alone(document: &Value, pointer: &str, reading: Reading) -> Value {
    let mut taken = Taken { document, reading, names: BTreeMap::new(), waiting: Vec::new() };
    let mut root = taken.schema(pointer);
    let mut definitions = Map::new();
    while let Some(pointer) = taken.waiting.pop() {
        let name = taken.names.get(&pointer).cloned().unwrap_or_default();
        let schema = taken.schema(&pointer);
        definitions.insert(name, schema);
    }
    if definitions.is_empty() {
        return root;
    }
    match &mut root {
        Value::Object(members) => {
            members.insert("$defs".to_owned(), definitions.into());
            root
        }
        // A boolean refers to nothing.
        other => other.take(),
    }
}

struct Taken<'d> {
    document: &'d Value,
    reading: Reading,
    /// The names of the definitions, by their places in the document.
    names: BTreeMap<String, String>,
    waiting: Vec<String>,
}

/// Keywords that hold a schema, a list of schemas, and schemas by name.
const ONE: [&str; 10] = [
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];
const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
const NAMED: [&str; 5] = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];

impl Taken<'_> {
    fn schema(&mut self, pointer: &str) -> Value {
        let mut schema = self.document.pointer(pointer).cloned().unwrap_or(Value::Bool(true));
        self.convert(&mut schema);
        schema
    }

    fn convert(&mut self, schema: &mut Value) {
        let Value::Object(members) = schema else { return };
        if self.is_3_0() && members.get("$ref").is_some_and(Value::is_string) {
            // OpenAPI 3.0.3 §4.7.23: nothing stands beside it.
            members.retain(|key, _| key == "$ref");
        }
        if let Some(Value::String(reference)) = members.get_mut("$ref")
            && let Some((_, pointer)) = target(self.document, reference)
        {
            *reference = format!("#/$defs/{}", self.name(pointer));
        }
        drop_what_goes_the_other_way(members, self.document, self.reading.direction);
        modernize(members);
        if self.reading.assumes_kinds {
            assume_kind(members);
        }
        for (key, value) in members.iter_mut() {
            let key = key.as_str();
            match value {
                Value::Array(list) if LIST.contains(&key) => list.iter_mut().for_each(|schema| self.convert(schema)),
                Value::Object(named) if NAMED.contains(&key) => {
                    named.values_mut().for_each(|schema| self.convert(schema));
                }
                schema if ONE.contains(&key) => self.convert(schema),
                _ => {}
            }
        }
    }

    fn is_3_0(&self) -> bool {
        self.document.get("openapi").and_then(Value::as_str).is_some_and(|version| version.starts_with("3.0"))
    }

    /// The name of the definition of a place.
    fn name(&mut self, pointer: String) -> String {
        if let Some(name) = self.names.get(&pointer) {
            return name.clone();
        }
        let last = pointer.rsplit('/').next().unwrap_or_default();
        let plain: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("{plain}_{}", self.names.len());
        self.names.insert(pointer.clone(), name.clone());
        self.waiting.push(pointer);
        name
    }
}

/// Takes out the properties that go the other way, which are then not required either.
fn drop_what_goes_the_other_way(members: &mut Map<String, Value>, document: &Value, direction: Direction) {
    let keyword = match direction {
        Direction::Request => "readOnly",
        Direction::Answer => "writeOnly",
    };
    let goes_the_other_way = |schema: &Value| {
        let referred = schema.get("$ref").and_then(Value::as_str).and_then(|reference| target(document, reference));
        let of = |schema: &Value| schema.get(keyword) == Some(&Value::Bool(true));
        of(schema) || referred.is_some_and(|(schema, _)| of(schema))
    };
    let Some(Value::Object(properties)) = members.get_mut("properties") else { return };
    let dropped: Vec<String> =
        properties.iter().filter(|(_, schema)| goes_the_other_way(schema)).map(|(name, _)| name.clone()).collect();
    properties.retain(|name, _| !dropped.contains(name));
    if let Some(Value::Array(required)) = members.get_mut("required") {
        required.retain(|name| !dropped.iter().any(|dropped| name == dropped));
    }
}

/// What OpenAPI 3.0 writes otherwise (§4.7.24): `nullable`, and boolean exclusive limits; and patterns that only Annex B allows.
fn modernize(members: &mut Map<String, Value>) {
    if let Some(Value::String(pattern)) = members.get_mut("pattern") {
        *pattern = with_plain_dashes(pattern);
    }
    if members.remove("nullable") == Some(Value::Bool(true)) {
        match members.get_mut("type") {
            Some(Value::Array(kinds)) if !kinds.contains(&json!("null")) => kinds.push(json!("null")),
            Some(kind @ Value::String(_)) => *kind = json!([kind.take(), "null"]),
            _ => {}
        }
    }
    for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match members.get(exclusive) {
            Some(Value::Bool(true)) => {
                members.remove(exclusive);
                if let Some(value) = members.remove(limit) {
                    members.insert(exclusive.to_owned(), value);
                }
            }
            Some(Value::Bool(false)) => drop(members.remove(exclusive)),
            _ => {}
        }
    }
}

/// A pattern in which the `-` behind a class, as in `[\w-.]`, is written as what Annex B of ECMA-262 takes it for: itself.
fn with_plain_dashes(pattern: &str) -> String {
    let mut text = String::new();
    let mut characters = pattern.chars();
    let (mut is_in_class, mut is_behind_class) = (false, false);
    while let Some(character) = characters.next() {
        if character == '-' && is_behind_class {
            text.push('\\');
        }
        text.push(character);
        is_behind_class = false;
        match character {
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '\\' => {
                let escaped = characters.next();
                text.extend(escaped);
                is_behind_class = is_in_class && escaped.is_some_and(|escaped| "dDwWsS".contains(escaped));
            }
            _ => {}
        }
    }
    text
}

/// Keywords that speak of one kind of value.
const SPEAKING: [(&str, &[&str]); 3] = [
    (
        "object",
        &["properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties"],
    ),
    ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
    ("string", &["minLength", "maxLength", "pattern", "format"]),
];

fn assume_kind(members: &mut Map<String, Value>) {
    if ["type", "$ref", "enum", "const"].iter().any(|key| members.contains_key(*key)) {
        return;
    }
    let speaks = |keywords: &[&str]| keywords.iter().any(|key| members.contains_key(*key));
    let mut kinds = SPEAKING.iter().filter(|(_, keywords)| speaks(keywords)).map(|(kind, _)| *kind);
    if let (Some(kind), None) = (kinds.next(), kinds.next()) {
        members.insert("type".to_owned(), json!(kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: Reading = Reading { direction: Direction::Request, assumes_kinds: true };

    #[test]
    fn a_schema_takes_along_what_it_refers_to() {
        let document = json!({"openapi": "3.1.0", "components": {"schemas": {
            "a/b": {"properties": {"next": {"$ref": "#/components/schemas/a~1b"}, "id": {"readOnly": true}}, "required": ["id", "next"]}
        }}, "x": {"items": {"$ref": "#/components/schemas/a~1b", "maxProperties": 3}}});
        let schema = alone(&document, "/x", REQUEST);
        let definition =
            json!({"type": "object", "properties": {"next": {"$ref": "#/$defs/a1b_0"}}, "required": ["next"]});
        let items = json!({"$ref": "#/$defs/a1b_0", "maxProperties": 3});
        assert_eq!(schema, json!({"type": "array", "items": items, "$defs": {"a1b_0": definition}}));
        let answer = alone(&document, "/x", Reading { direction: Direction::Answer, assumes_kinds: false });
        assert_eq!(answer.pointer("/$defs/a1b_0/required"), Some(&json!(["id", "next"])));
    }

    #[test]
    fn openapi_3_0_is_written_as_json_schema() {
        let document = json!({"openapi": "3.0.3", "a": {"type": "integer", "minimum": 1, "exclusiveMinimum": true, "nullable": true},
            "b": {"$ref": "#/a", "nullable": true}, "c": {"type": "string", "exclusiveMaximum": false, "nullable": false}});
        let converted = |pointer| alone(&document, pointer, REQUEST);
        assert_eq!(converted("/a"), json!({"type": ["integer", "null"], "exclusiveMinimum": 1}));
        assert_eq!(converted("/b"), json!({"$ref": "#/$defs/a_0", "$defs": {"a_0": converted("/a")}}));
        assert_eq!(converted("/c"), json!({"type": "string"}));
    }

    #[test]
    fn a_dash_behind_a_class_is_one() {
        assert_eq!(with_plain_dashes(r"\w-[\w-.~a-z]\[\d-"), r"\w-[\w\-.~a-z]\[\d-");
    }
}
