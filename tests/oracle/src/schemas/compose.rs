//! Schemas made of others.

use serde_json::{Map, Value, json};

use super::Found;
use crate::random::Random;

/// How long a part may be, as text.
const LONGEST: usize = 2_000;

/// A schema made of two or three that were drawn; `None` where those cannot be parts of another.
pub(super) fn compose(given: &[Found], number: usize, random: &mut Random) -> Option<Value> {
    let mut parts = 0;
    let mut part = |random: &mut Random| {
        parts += 1;
        // One URI, one schema: all of them become one crate.
        embedded(&random.pick(given)?.schema, &format!("{number}-{parts}"))
    };
    let (one, two) = (part(random)?, part(random)?);
    let name = ["a", "foo", "bar"][..].get(random.below(3)).copied()?;
    Some(match random.below(15) {
        0 => json!({ "allOf": [one, two] }),
        1 => json!({ "anyOf": [one, two] }),
        2 => json!({ "oneOf": [one, two] }),
        3 => json!({ "not": one }),
        4 => json!({ "if": one, "then": two, "else": part(random)? }),
        5 => json!({ "type": "object", "properties": { "foo": one, "bar": two }, "required": ["foo"] }),
        6 => json!({ "type": "array", "items": one }),
        7 => json!({ "prefixItems": [one], "items": two }),
        8 => json!({ "type": "object", "additionalProperties": one }),
        9 => json!({ "patternProperties": { "^f": one }, "properties": { "foo": two } }),
        10 => json!({ "allOf": [one, two], "unevaluatedProperties": false }),
        11 => json!({ "anyOf": [one, two], "unevaluatedItems": false }),
        12 => json!({ "contains": one, "minContains": 1, "maxContains": 2 }),
        13 => json!({ "dependentSchemas": { name: one }, "properties": { name: two } }),
        _ => tightened(random.pick(given)?, random)?,
    })
}

/// The schema as a part of another: a resource of its own where something in it refers to its root.
fn embedded(schema: &Value, name: &str) -> Option<Value> {
    let mut part = schema.clone();
    let text = schema.to_string();
    if text.len() > LONGEST || text.contains("\"$id\"") || text.contains("$dynamic") {
        return None;
    }
    if let Some(members) = part.as_object_mut() {
        members.remove("$schema");
        if text.contains("\"$ref\"") || text.contains("\"$anchor\"") {
            members.insert("$id".to_owned(), json!(format!("https://example.com/part-{name}.json")));
        }
    }
    Some(part)
}

/// The schema with some of its limits moved by one.
fn tightened(found: &Found, random: &mut Random) -> Option<Value> {
    let mut schema = found.schema.clone();
    let mut moved = false;
    tighten(&mut schema, random, &mut moved);
    (moved && schema.to_string().len() <= LONGEST).then_some(schema)
}

fn tighten(value: &mut Value, random: &mut Random, moved: &mut bool) {
    match value {
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                let step = match key.as_str() {
                    "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => 1,
                    "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => -1,
                    _ => 0,
                };
                match value.as_i64() {
                    Some(limit) if step != 0 && limit > 0 && random.one_in(2) => {
                        *value = json!(limit.saturating_add(step));
                        *moved = true;
                    }
                    _ => tighten(value, random, moved),
                }
            }
            add_limit(members, random, moved);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| tighten(item, random, moved)),
        _ => {}
    }
}

/// Adds a limit to a schema that says of which type it is, and so is one.
fn add_limit(members: &mut Map<String, Value>, random: &mut Random, moved: &mut bool) {
    let limit = match members.get("type").and_then(Value::as_str) {
        Some("string") => ("maxLength", json!(random.between(1, 9))),
        Some("integer" | "number") => ("multipleOf", json!(random.between(2, 5))),
        Some("array") => ("maxItems", json!(random.between(1, 3))),
        Some("object") => ("maxProperties", json!(random.between(1, 9))),
        _ => return,
    };
    if random.one_in(3) && !members.contains_key(limit.0) {
        members.insert(limit.0.to_owned(), limit.1);
        *moved = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::{Oracle, Settings};

    #[test]
    fn what_refers_to_its_root_still_does_as_a_part() {
        let list =
            json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "items": {"$ref": "#"}});
        let part = embedded(&list, "1").unwrap();
        assert_eq!(part["$id"], "https://example.com/part-1.json");
        let oracle = Oracle::new(&json!({"properties": {"a": part}}), &Settings::default()).unwrap();
        assert!(oracle.accepts(&json!({"a": [[], [[]]]})) && !oracle.accepts(&json!({"a": [{}]})));
        assert_eq!(embedded(&json!({"$id": "urn:a"}), "1"), None);
        assert_eq!(embedded(&json!(true), "1"), Some(json!(true)));
    }

    #[test]
    fn limits_get_tighter() {
        let found =
            Found { origin: String::new(), schema: json!({"properties": {"a": {"minLength": 3, "maxLength": 9}}}) };
        let drawn: Vec<Value> = (0..20).filter_map(|seed| tightened(&found, &mut Random::new(seed))).collect();
        assert!(drawn.contains(&json!({"properties": {"a": {"minLength": 4, "maxLength": 8}}})));
        assert!(!drawn.contains(&found.schema));
    }
}
