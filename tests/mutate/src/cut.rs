//! A part of a document: some of its paths, and the components that they reach. Breaking a part takes a hundredth of the time, and what
//! is broken is more often something that matters.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::random::Random;

/// How many paths are kept.
const PATHS: usize = 4;
/// How many bytes of components are kept: references to others lead nowhere, which is one way for a document to be broken.
const LARGEST: usize = 150_000;
/// What the generator only copies.
const PROSE: [&str; 4] = ["description", "summary", "example", "examples"];

/// A part of a document.
pub(crate) fn cut(document: &Value, random: &mut Random) -> Value {
    let mut part = document.clone();
    let paths: Vec<&String> =
        document.get("paths").and_then(Value::as_object).into_iter().flat_map(Map::keys).collect();
    let mut kept = BTreeSet::new();
    for _ in 0..PATHS {
        kept.extend(random.pick(&paths).copied());
    }
    if let Some(Value::Object(items)) = part.get_mut("paths") {
        items.retain(|path, _| kept.contains(path));
    }
    let mut reached = BTreeSet::new();
    let mut waiting = Vec::new();
    references(part.get("paths").unwrap_or(&Value::Null), &mut waiting);
    let mut size = 0;
    while let Some(pointer) = waiting.pop() {
        let Some(component) = document.pointer(&pointer) else { continue };
        size += component.to_string().len();
        if size < LARGEST && reached.insert(pointer) {
            references(component, &mut waiting);
        }
    }
    if let Some(Value::Object(kinds)) = part.get_mut("components") {
        for (kind, components) in kinds {
            if let (Value::Object(members), false) = (components, kind == "securitySchemes") {
                members.retain(|name, _| reached.contains(&format!("/components/{kind}/{}", escape(name))));
            }
        }
    }
    if random.one_in(2) {
        drop_prose(&mut part);
    }
    part
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            found.extend(reference.and_then(|reference| reference.strip_prefix('#')).map(str::to_owned));
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

fn drop_prose(value: &mut Value) {
    match value {
        Value::Object(members) => {
            // A property may be called so, too.
            members.retain(|key, value| !PROSE.contains(&key.as_str()) || value.get("type").is_some());
            members.values_mut().for_each(drop_prose);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_prose),
        _ => {}
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_part_holds_what_it_reaches() {
        let schemas = json!({"A": {"$ref": "#/components/schemas/B"}, "B": {}, "C": {}});
        let document = json!({"paths": {"/a": {"$ref": "#/components/schemas/A"}}, "components": {"schemas": schemas}});
        let part = cut(&document, &mut Random::new(1));
        assert_eq!(
            part.pointer("/components/schemas"),
            Some(&json!({"A": {"$ref": "#/components/schemas/B"}, "B": {}}))
        );
    }
}
