//! Small schemas over all keywords of JSON Schema 2020-12.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// How deep a schema nests.
const DEPTH: usize = 3;

const NAMES: [&str; 6] = ["a", "b", "foo", "x-y", "type", "é"];
const PATTERNS: [&str; 6] = ["^a", "b$", "^[a-z]{1,3}$", "\\d", "^x-|foo", "^\\S+$"];
const KINDS: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
const NUMBERS: [&str; 9] = ["0", "1", "2", "3", "-1", "0.5", "1.0", "10", "-2.5"];
const VALUES: [&str; 12] =
    ["null", "true", "false", "0", "1", "1.0", "\"a\"", "\"\"", "[]", "{}", "[1, \"a\"]", "{\"a\": null}"];

/// A schema.
pub(super) fn draw(random: &mut Random) -> Value {
    let mut schema = draw_below(random, 0);
    // A boolean is a schema that the suite asks about.
    if !schema.is_object() {
        schema = json!({ "not": schema });
    }
    let uses_definition = schema.to_string().contains("#/$defs/");
    if let (true, Some(members)) = (uses_definition, schema.as_object_mut()) {
        members.insert("$defs".to_owned(), json!({ "d": draw_below(random, DEPTH) }));
    }
    schema
}

fn draw_below(random: &mut Random, depth: usize) -> Value {
    if depth > 0 && random.one_in(10) {
        return Value::Bool(random.one_in(2));
    }
    let mut schema = Map::new();
    for _ in 0..random.between(1, if depth == 0 { 4 } else { 2 }) {
        keyword(random, &mut schema, depth.saturating_add(1));
    }
    Value::Object(schema)
}

/// Adds a keyword, or some that belong together.
fn keyword(random: &mut Random, schema: &mut Map<String, Value>, depth: usize) {
    let deep = if depth > DEPTH { 17 } else { 36 };
    let (name, value) = match random.below(deep) {
        0 | 1 => ("type", json!(random.pick(&KINDS))),
        2 => ("type", distinct(random, &KINDS)),
        3 => ("enum", json!(values(random))),
        4 => ("const", constant(random)),
        5 => ("minimum", number(random)),
        6 => ("maximum", number(random)),
        7 => ("exclusiveMinimum", number(random)),
        8 => ("exclusiveMaximum", number(random)),
        9 => (
            "multipleOf",
            random.pick(&["1", "2", "0.5", "0.01", "3"]).and_then(|text| parse(text)).unwrap_or_default(),
        ),
        10 => ("minLength", json!(random.below(4))),
        11 => ("maxLength", json!(random.below(4))),
        12 => ("pattern", json!(random.pick(&PATTERNS))),
        13 => ("required", distinct(random, &NAMES)),
        14 => ("dependentRequired", json!({ name(random): distinct(random, &NAMES) })),
        15 => ("uniqueItems", json!(!random.one_in(4))),
        16 => {
            let names = ["minItems", "maxItems", "minProperties", "maxProperties"];
            (random.pick(&names).copied().unwrap_or("minItems"), json!(random.below(3)))
        }
        17..=19 => ("properties", members(random, &NAMES, depth)),
        20 => ("patternProperties", members(random, &PATTERNS, depth)),
        21 | 22 => ("additionalProperties", draw_below(random, depth)),
        23 => ("propertyNames", draw_below(random, depth)),
        24 => ("items", draw_below(random, depth)),
        25 => ("prefixItems", several(random, depth)),
        26 => {
            let limit = random.pick(&["minContains", "maxContains", "title"]).copied().unwrap_or("minContains");
            if limit != "title" {
                schema.insert(limit.to_owned(), json!(random.below(3)));
            }
            ("contains", draw_below(random, depth))
        }
        27 => ("allOf", several(random, depth)),
        28 => ("anyOf", several(random, depth)),
        29 => ("oneOf", several(random, depth)),
        30 => ("not", draw_below(random, depth)),
        31 => {
            for branch in ["then", "else"] {
                if random.one_in(2) {
                    schema.insert(branch.to_owned(), draw_below(random, depth));
                }
            }
            ("if", draw_below(random, depth))
        }
        32 => ("dependentSchemas", members(random, &NAMES, depth)),
        33 => ("unevaluatedProperties", unevaluated(random, depth)),
        34 => ("unevaluatedItems", unevaluated(random, depth)),
        _ => ("$ref", json!("#/$defs/d")),
    };
    schema.insert(name.to_owned(), value);
}

fn unevaluated(random: &mut Random, depth: usize) -> Value {
    if random.one_in(2) { Value::Bool(false) } else { draw_below(random, depth) }
}

fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn number(random: &mut Random) -> Value {
    random.pick(&NUMBERS).and_then(|text| parse(text)).unwrap_or_default()
}

fn constant(random: &mut Random) -> Value {
    random.pick(&VALUES).and_then(|text| parse(text)).unwrap_or_default()
}

fn name(random: &mut Random) -> String {
    random.pick(&NAMES).copied().unwrap_or_default().to_owned()
}

/// Some values, no two of them equal.
fn values(random: &mut Random) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for _ in 0..random.between(1, 4) {
        let value = constant(random);
        let is_new =
            found.iter().all(|other| *other != value && (!other.is_number() || other.as_f64() != value.as_f64()));
        if is_new {
            found.push(value);
        }
    }
    found
}

/// Some of the texts, at least one.
fn distinct(random: &mut Random, texts: &[&str]) -> Value {
    let mut found: Vec<&str> = texts.iter().copied().filter(|_| random.one_in(3)).collect();
    if found.is_empty() {
        found.extend(random.pick(texts));
    }
    json!(found)
}

fn members(random: &mut Random, names: &[&str], depth: usize) -> Value {
    let mut members = Map::new();
    for _ in 0..random.between(1, 3) {
        let name = random.pick(names).copied().unwrap_or_default().to_owned();
        members.insert(name, draw_below(random, depth));
    }
    Value::Object(members)
}

fn several(random: &mut Random, depth: usize) -> Value {
    (0..random.between(1, 3)).map(|_| draw_below(random, depth)).collect()
}
