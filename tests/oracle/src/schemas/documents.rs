//! The component schemas of OpenAPI 3.1 documents, each with what it refers to as a JSON Schema of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::Found;

/// Where component schemas stand (OpenAPI 3.1.1, section 4.8.7).
const COMPONENTS: &str = "#/components/schemas/";
/// How long a schema may be, as text: longer ones say nothing that shorter ones do not, and take long to build.
const LONGEST: usize = 12_000;

/// Every component schema of a document that refers to nothing else in the document than component schemas.
pub(super) fn read(file: &Path) -> Result<Vec<Found>, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let document: Value =
        serde_json::from_slice(&fs::read(file).map_err(|error| wrong(&error))?).map_err(|error| wrong(&error))?;
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    // The Schema Object of OpenAPI 3.0 is no JSON Schema.
    if !version.starts_with("3.1.") {
        return Ok(Vec::new());
    }
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(components) = document.pointer("/components/schemas").and_then(Value::as_object) else {
        return Ok(Vec::new());
    };
    let alone = components.keys().filter_map(|name| {
        let schema = standing_alone(components, name)?;
        Some(Found { origin: format!("{stem} {name}"), schema })
    });
    Ok(alone.collect())
}

/// A schema with what it refers to under `$defs`; `None` where that is too much, or not all of it is a component schema.
fn standing_alone(components: &Map<String, Value>, name: &str) -> Option<Value> {
    let mut definitions = BTreeMap::new();
    let mut waiting = vec![name.to_owned()];
    let mut length = 0_usize;
    while let Some(name) = waiting.pop() {
        if definitions.contains_key(&name) {
            continue;
        }
        let mut schema = components.get(&name)?.clone();
        length = length.saturating_add(schema.to_string().len());
        if length > LONGEST || !move_references(&mut schema, &mut waiting) {
            return None;
        }
        definitions.insert(name, schema);
    }
    let mut root = definitions.remove(name)?;
    if refers_to(&Value::from_iter(definitions.clone()), name) || refers_to(&root, name) {
        definitions.insert(name.to_owned(), root);
        root = json!({ "$ref": format!("#/$defs/{name}") });
    }
    let members = root.as_object_mut()?;
    members.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    if !definitions.is_empty() {
        members.insert("$defs".to_owned(), Value::from_iter(definitions));
    }
    Some(root)
}

/// Turns references to component schemas into references to `$defs`; false where one leads elsewhere.
fn move_references(value: &mut Value, waiting: &mut Vec<String>) -> bool {
    match value {
        Value::Object(members) => {
            // Its mapping leads to component schemas, and JSON Schema knows nothing of it.
            members.retain(|key, value| key != "discriminator" || value.get("propertyName").is_none());
            members.iter_mut().all(|(key, value)| match (key.as_str(), value) {
                ("$ref", Value::String(reference)) => match reference.strip_prefix(COMPONENTS).map(str::to_owned) {
                    Some(name) if !name.contains(['/', '~', '%']) => {
                        *reference = format!("#/$defs/{name}");
                        waiting.push(name);
                        true
                    }
                    _ => false,
                },
                (_, value) => move_references(value, waiting),
            })
        }
        Value::Array(items) => items.iter_mut().all(|item| move_references(item, waiting)),
        _ => true,
    }
}

fn refers_to(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(key, value)| {
            key == "$ref" && value.as_str() == Some(&format!("#/$defs/{name}")) || refers_to(value, name)
        }),
        Value::Array(items) => items.iter().any(|item| refers_to(item, name)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_takes_along_what_it_refers_to() {
        let components = json!({
            "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}},
            "B": {"items": {"$ref": "#/components/schemas/B"}},
            "C": {"$ref": "#/components/responses/X"},
            "D": {"allOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/C"}]}
        });
        let alone = |name| standing_alone(components.as_object().unwrap(), name);
        let dialect = "https://json-schema.org/draft/2020-12/schema";
        let b = json!({"items": {"$ref": "#/$defs/B"}});
        let a = json!({"$schema": dialect, "properties": {"b": {"$ref": "#/$defs/B"}}, "$defs": {"B": b}});
        assert_eq!(alone("A"), Some(a));
        assert_eq!(alone("B"), Some(json!({"$schema": dialect, "$ref": "#/$defs/B", "$defs": {"B": b}})));
        assert_eq!((alone("C"), alone("D")), (None, None));
    }
}
