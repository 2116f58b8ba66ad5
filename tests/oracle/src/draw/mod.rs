//! Instances, drawn along a schema so that most are valid, or nearly.
//!
//! All schemas that apply at one place are read together: what they say of the type, of limits and of members decides what is
//! drawn. `not`, and what several unions ask for at once, is left to luck and to the oracle.

mod array;
mod number;
mod object;
mod text;

pub(crate) use number::{json, special};

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::document::Document;
use crate::oracle::{Oracle, Settings};
use crate::random::Random;

/// How deep instances get before they are made as small as they can be.
const DEPTH: usize = 5;

/// Draws instances of the schemas of a document.
#[derive(Debug)]
pub struct Draw<'a> {
    pub(crate) document: &'a Document,
    pub(crate) random: Random,
    /// What the document mentions: values that stand in `enum`, `const` and the like, names, and limits with their neighbours.
    pub(crate) mentioned: Vec<Value>,
    /// The names of members that the document mentions.
    pub(crate) names: Vec<String>,
    /// What is asked whether a string matches a pattern: each of `patternProperties`, and others that were asked about.
    patterns: BTreeMap<String, Rc<Oracle>>,
    members: Members,
}

/// Which members that are not required an object is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Members {
    /// Some, and some that nobody named.
    #[default]
    Drawn,
    /// None.
    Required,
    /// Every named one of so many levels of objects and arrays, and none below: all of all levels is more than anybody sends.
    All {
        /// How many levels.
        levels: usize,
    },
}

/// The schemas that apply at one place, one branch of each union chosen.
struct Together<'a> {
    places: Vec<(String, &'a Map<String, Value>)>,
}

impl<'a> Together<'a> {
    /// The values of a keyword.
    fn all(&self, keyword: &'a str) -> impl Iterator<Item = &'a Value> {
        self.places.iter().filter_map(move |(_, schema)| schema.get(keyword))
    }

    /// The greatest value of a keyword that is a number.
    fn greatest(&self, keyword: &'a str) -> Option<f64> {
        self.all(keyword).filter_map(Value::as_f64).max_by(f64::total_cmp)
    }

    /// The least value of a keyword that is a number.
    fn least(&self, keyword: &'a str) -> Option<f64> {
        self.all(keyword).filter_map(Value::as_f64).min_by(f64::total_cmp)
    }

    /// The limits of a size: at least, and at most.
    fn sizes(&self, least: &'a str, most: &'a str) -> (usize, usize) {
        let whole = |number: f64| number.max(0.0) as usize;
        (self.greatest(least).map_or(0, whole), self.least(most).map_or(usize::MAX, whole))
    }
}

impl<'a> Draw<'a> {
    /// Draws from a document, with numbers of a seed.
    pub fn new(document: &'a Document, random: Random) -> Self {
        let mut draw = Self {
            document,
            random,
            mentioned: Vec::new(),
            names: Vec::new(),
            patterns: BTreeMap::new(),
            members: Members::Drawn,
        };
        draw.read(&document.root);
        draw.names.sort();
        draw.names.dedup();
        draw
    }

    /// Decides which members that are not required objects are given from now on.
    pub fn prefer(&mut self, members: Members) {
        self.members = members;
    }

    /// Whether what is drawn should be valid, rather than near to it: few instances of many parts are, where each is daring.
    pub(crate) fn is_careful(&self) -> bool {
        self.members != Members::Drawn
    }

    /// An instance of the schema of a place.
    pub fn instance(&mut self, place: &str) -> Value {
        self.draw(&[place.to_owned()], 0)
    }

    /// Collects what the document mentions.
    fn read(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    match (key.as_str(), value) {
                        ("const" | "default", value) => self.mentioned.push(value.clone()),
                        ("enum" | "examples", Value::Array(values)) => self.mentioned.extend(values.iter().cloned()),
                        ("required", Value::Array(names)) => {
                            self.names.extend(names.iter().filter_map(Value::as_str).map(str::to_owned));
                        }
                        ("properties" | "dependentSchemas", Value::Object(members)) => {
                            self.names.extend(members.keys().cloned());
                        }
                        ("patternProperties", Value::Object(members)) => {
                            members.keys().for_each(|pattern| drop(self.oracle_of(pattern)));
                        }
                        ("dependentRequired", Value::Object(members)) => {
                            self.names.extend(members.keys().cloned());
                            let names = members.values().filter_map(Value::as_array).flatten();
                            self.names.extend(names.filter_map(Value::as_str).map(str::to_owned));
                        }
                        _ => {}
                    }
                    if let Some(limit) = value.as_f64() {
                        self.mentioned.extend([value.clone(), json(limit + 1.0), json(limit - 1.0)]);
                    }
                    self.read(value);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.read(item)),
            _ => {}
        }
    }

    fn draw(&mut self, places: &[String], depth: usize) -> Value {
        if depth > DEPTH.saturating_mul(2) {
            // A schema that asks for itself has no instance that ends: somewhere an end has to be.
            return Value::Null;
        }
        let mut together = Together { places: Vec::new() };
        let mut seen = BTreeSet::new();
        for place in places {
            self.gather(place, &mut together, &mut seen);
        }
        if let Some(value) = self.given(&together) {
            return value;
        }
        match self.kind(&together).as_str() {
            "null" => Value::Null,
            "boolean" => Value::Bool(self.random.one_in(2)),
            "integer" => self.number(&together, true),
            "number" => self.number(&together, false),
            "string" => Value::String(self.text(&together)),
            "array" => self.array(&together, depth),
            _ => self.object(&together, depth),
        }
    }

    /// A string that matches a pattern, where one can be made.
    pub(crate) fn matching(&mut self, pattern: &str) -> Option<String> {
        text::matching(pattern, &mut self.random)
    }

    /// What is asked whether a string matches a pattern.
    fn oracle_of(&mut self, pattern: &str) -> Option<Rc<Oracle>> {
        if let Some(oracle) = self.patterns.get(pattern) {
            return Some(Rc::clone(oracle));
        }
        let oracle = Oracle::new(&serde_json::json!({ "pattern": pattern }), &Settings::default()).ok().map(Rc::new)?;
        self.patterns.insert(pattern.to_owned(), Rc::clone(&oracle));
        Some(oracle)
    }

    /// Whether a name matches a pattern of `patternProperties`.
    fn matches(&self, pattern: &str, name: &str) -> bool {
        self.patterns.get(pattern).is_some_and(|oracle| oracle.accepts(&Value::from(name)))
    }

    /// Adds a schema, and those that it applies to the same instance.
    fn gather(&mut self, place: &str, together: &mut Together<'a>, seen: &mut BTreeSet<String>) {
        if !seen.insert(place.to_owned()) {
            return;
        }
        let document = self.document;
        let Some(schema) = document.schema(place) else { return };
        together.places.push((place.to_owned(), schema));
        for keyword in ["$ref", "$dynamicRef"] {
            if let Some(target) = document.target(place, keyword) {
                self.gather(&target, together, seen);
            }
        }
        let below = document.below(place);
        let of = |keyword: &str| -> Vec<String> {
            below.iter().filter(|below| below.keyword == keyword).map(|below| below.pointer.clone()).collect()
        };
        for branch in of("allOf") {
            self.gather(&branch, together, seen);
        }
        for union in ["anyOf", "oneOf"] {
            let branches: Vec<String> = of(union)
                .into_iter()
                .filter(|branch| document.root.pointer(branch) != Some(&Value::Bool(false)))
                .collect();
            if let Some(branch) = self.random.pick(&branches).cloned() {
                self.gather(&branch, together, seen);
            }
        }
        if schema.contains_key("if") {
            let chosen: &[&str] = if self.random.one_in(2) { &["if", "then"] } else { &["else"] };
            for keyword in chosen {
                for branch in of(keyword) {
                    self.gather(&branch, together, seen);
                }
            }
        }
        for dependent in of("dependentSchemas") {
            if self.random.one_in(2) {
                self.gather(&dependent, together, seen);
            }
        }
    }

    /// A value that the schemas name.
    fn given(&mut self, together: &Together<'_>) -> Option<Value> {
        let listed: Vec<&Vec<Value>> = together.all("enum").filter_map(Value::as_array).collect();
        // A branch that was chosen may name another value than the schemas around it: those are right.
        if let Some(value) = together.all("const").find(|value| listed.iter().all(|values| values.contains(value))) {
            return Some(value.clone());
        }
        if let [first, others @ ..] = listed.as_slice() {
            let common: Vec<&Value> =
                first.iter().filter(|value| others.iter().all(|other| other.contains(value))).collect();
            return self.random.pick(&common).map(|value| (*value).clone());
        }
        if self.is_careful() || !self.random.one_in(6) {
            return None;
        }
        let examples = together.all("examples").filter_map(Value::as_array).flatten();
        let shown: Vec<&Value> = examples.chain(together.all("default")).collect();
        self.random.pick(&shown).map(|value| (*value).clone())
    }

    /// The kind of the instance: one that every schema allows, most often one that some keyword speaks of.
    fn kind(&mut self, together: &Together<'_>) -> String {
        let mut allowed: Vec<&str> = vec!["null", "boolean", "integer", "number", "string", "array", "object"];
        for types in together.all("type") {
            let has =
                |kind: &str| types == kind || types.as_array().is_some_and(|all| all.iter().any(|one| one == kind));
            allowed.retain(|kind| has(kind) || *kind == "integer" && has("number"));
        }
        let spoken: Vec<&str> = allowed
            .iter()
            .copied()
            .filter(|kind| keywords_of(kind).iter().any(|keyword| together.all(keyword).next().is_some()))
            .collect();
        let choices = if spoken.is_empty() || self.random.one_in(8) { &allowed } else { &spoken };
        self.random.pick(choices).map_or("null", |kind| *kind).to_owned()
    }

    /// Anything.
    pub(crate) fn anything(&mut self, depth: usize) -> Value {
        let kinds = if depth > 2 { 6 } else { 8 };
        match self.random.below(kinds) {
            0 => Value::Null,
            1 => Value::Bool(self.random.one_in(2)),
            2 => Value::from(self.random.below(7)),
            3 => special(&mut self.random),
            4 => Value::String(text::word(&mut self.random)),
            5 => self.random.pick(&self.mentioned).cloned().unwrap_or_default(),
            6 => (0..self.random.below(4)).map(|_| self.anything(depth.saturating_add(1))).collect(),
            _ => {
                let mut members = Map::new();
                for _ in 0..self.random.below(4) {
                    let name = self.name();
                    members.insert(name, self.anything(depth.saturating_add(1)));
                }
                Value::Object(members)
            }
        }
    }

    /// The name of a member: most often one that the document mentions.
    pub(crate) fn name(&mut self) -> String {
        let mentioned = self.random.pick(&self.names).cloned();
        mentioned.filter(|_| !self.random.one_in(4)).unwrap_or_else(|| text::word(&mut self.random))
    }
}

/// The keywords that say something of a kind of instance.
fn keywords_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "integer" | "number" => &["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"],
        "string" => &["maxLength", "minLength", "pattern", "format"],
        "array" => &["maxItems", "minItems", "uniqueItems", "prefixItems", "items", "contains", "unevaluatedItems"],
        "object" => &[
            "maxProperties",
            "minProperties",
            "required",
            "dependentRequired",
            "dependentSchemas",
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "unevaluatedProperties",
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// How many of 200 drawn instances are valid.
    fn valid(schema: Value) -> usize {
        let oracle = Oracle::new(&schema, &Settings { formats: true, remotes: None }).unwrap();
        let document = Document::new(schema);
        let mut draw = Draw::new(&document, Random::new(1));
        (0..200).filter(|_| oracle.accepts(&draw.instance(""))).count()
    }

    #[test]
    fn most_instances_are_valid() {
        let schemas = [
            json!({"type": "integer", "minimum": 3, "exclusiveMaximum": 5}),
            json!({"type": "number", "multipleOf": 0.01, "minimum": 7}),
            json!({"type": "string", "pattern": "^[a-f]{3}-\\d+$"}),
            json!({"type": "string", "minLength": 4, "maxLength": 5}),
            json!({"type": "string", "format": "date-time"}),
            json!({"enum": [1, "two", null]}),
            json!({"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "null"}, "minItems": 2}),
            json!({"type": "array", "contains": {"const": 7}, "uniqueItems": true}),
            json!({"type": "object", "required": ["a"], "additionalProperties": false, "properties": {"a": {"type": "null"}}}),
            json!({"type": "object", "patternProperties": {"^x_": {"type": "boolean"}}, "minProperties": 2}),
            json!({"type": "object", "propertyNames": {"maxLength": 3}, "dependentRequired": {"a": ["b"]}}),
            json!({"allOf": [{"$ref": "#/$defs/a"}, {"maximum": 9}], "$defs": {"a": {"type": "integer", "minimum": 8}}}),
            json!({"oneOf": [{"type": "string"}, {"type": "boolean"}]}),
            json!({"if": {"type": "string"}, "then": {"minLength": 3}, "else": {"type": "null"}}),
            json!({"type": "object", "properties": {"next": {"$ref": "#"}}, "required": ["next"], "minProperties": 0}),
        ];
        // The last one has no finite instance.
        let few: Vec<_> = schemas[..14].iter().filter(|schema| valid((*schema).clone()) < 120).collect();
        assert!(few.is_empty(), "{few:#?}");
        assert_eq!(valid(schemas[14].clone()), 0);
    }

    #[test]
    fn the_seed_decides() {
        let document = Document::new(json!({"properties": {"a": {"type": "string"}, "b": {"items": {}}}}));
        let instances = |seed| {
            let mut draw = Draw::new(&document, Random::new(seed));
            (0..50).map(|_| draw.instance("").to_string()).collect::<Vec<_>>()
        };
        assert_eq!(instances(5), instances(5));
        assert_ne!(instances(5), instances(6));
    }
}
