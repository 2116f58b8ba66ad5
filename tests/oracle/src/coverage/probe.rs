//! A keyword alone, as a schema.

use serde_json::{Map, Value, json};

use crate::document::{Document, encode, escape};
use crate::oracle::{Oracle, Settings};

/// What tells whether a keyword refuses an instance.
#[derive(Debug)]
pub(super) struct Probe {
    oracle: Oracle,
    /// For `unevaluated…`: the schema without the keyword, which has to accept.
    rest: Option<Oracle>,
}

impl Probe {
    /// Compiles the probe of a keyword of a place.
    pub(super) fn new(document: &Document, place: &str, keyword: &str, settings: &Settings) -> Option<Self> {
        let schema = document.schema(place)?;
        if keyword.starts_with("unevaluated") {
            let without = schema.iter().filter(|(name, _)| *name != keyword).map(pair).collect();
            let oracle = entry(document, place, schema.clone(), settings)?;
            return Some(Self { oracle, rest: Some(entry(document, place, without, settings)?) });
        }
        let mut alone = Map::new();
        alone.extend(schema.get(keyword).map(|value| (keyword.to_owned(), value.clone())));
        let mut beside = |name: &str, change: fn(&Value) -> Value| {
            alone.extend(schema.get(name).map(|value| (name.to_owned(), change(value))));
        };
        match keyword {
            "additionalProperties" => {
                beside("properties", opened);
                beside("patternProperties", opened);
            }
            "items" => beside("prefixItems", opened),
            "contains" => beside("minContains", Value::clone),
            "minContains" => beside("contains", Value::clone),
            "maxContains" => {
                beside("contains", Value::clone);
                alone.insert("minContains".to_owned(), json!(0));
            }
            "then" | "else" => beside("if", Value::clone),
            _ => {}
        }
        Some(Self { oracle: entry(document, place, alone, settings)?, rest: None })
    }

    pub(super) fn refuses(&self, instance: &Value) -> bool {
        !self.oracle.accepts(instance) && self.rest.as_ref().is_none_or(|rest| rest.accepts(instance))
    }
}

/// The schema below a place, at the end of `path`.
pub(super) fn in_place(document: &Document, place: &str, path: &[&str], settings: &Settings) -> Option<Oracle> {
    let pointer = path.iter().fold(place.to_owned(), |pointer, key| format!("{pointer}/{}", escape(key)));
    match document.root.pointer(&pointer)? {
        Value::Object(schema) => entry(document, &pointer, schema.clone(), settings),
        other => Oracle::new(other, settings).ok(),
    }
}

/// Compiles a schema as if it stood at a place: its references lead where they do from there.
///
/// It is put into the `$defs` of the resource of the place, and the whole document into a schema that refers to it.
fn entry(document: &Document, place: &str, mut schema: Map<String, Value>, settings: &Settings) -> Option<Oracle> {
    const NAME: &str = "the-keyword";
    const URI: &str = "urn:the-document";
    let resource = document.resource_of(place);
    let mut root = document.root.clone();
    let dialect = root.get("$schema").cloned();
    // Otherwise it would be a resource of its own, or the anchor would stand twice.
    for identifier in ["$id", "$anchor", "$dynamicAnchor", "$schema", "$defs", "definitions"] {
        schema.remove(identifier);
    }
    let around = root.pointer_mut(resource)?.as_object_mut()?;
    let definitions = around.entry("$defs").or_insert_with(|| json!({})).as_object_mut()?;
    definitions.insert(NAME.to_owned(), Value::Object(schema));
    let members = root.as_object_mut()?;
    let uri = members.entry("$id").or_insert_with(|| json!(URI)).as_str()?.trim_end_matches('#').to_owned();
    let mut wrapper = json!({
        "$id": "urn:the-keyword",
        "$ref": format!("{uri}#{}", encode(&format!("{resource}/$defs/{NAME}"))),
        "$defs": { "document": root },
    });
    if let (Some(dialect), Some(members)) = (dialect, wrapper.as_object_mut()) {
        members.insert("$schema".to_owned(), dialect);
    }
    Oracle::new(&wrapper, settings).ok()
}

/// The same shape, with schemas that accept everything.
fn opened(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.keys().map(|key| (key.clone(), Value::Bool(true))).collect(),
        Value::Array(items) => items.iter().map(|_| Value::Bool(true)).collect(),
        other => other.clone(),
    }
}

fn pair((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}
