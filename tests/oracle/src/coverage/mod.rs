//! Which keywords of a schema have been violated.
//!
//! A keyword counts as violated when an instance reached its schema that the keyword, taken alone, refuses. Whether it does is
//! asked of the oracle, by a schema that is made of this keyword and what it depends on beside it.

mod possible;
mod probe;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::document::{Below, Document, Step};
use crate::oracle::{Oracle, Settings};
use possible::Possible;
use probe::Probe;

/// How deep a walk follows an instance: deeper ones are drawn on purpose, and say nothing new about keywords.
const DEPTH: usize = 24;

/// A keyword that can be violated.
#[derive(Debug)]
pub struct Keyword {
    /// The place of its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    probe: Probe,
    violated: bool,
}

impl Keyword {
    /// The place of the keyword.
    pub fn pointer(&self) -> String {
        format!("{}/{}", self.schema, self.name)
    }

    /// Whether the keyword alone refuses an instance.
    pub fn refuses(&self, instance: &Value) -> bool {
        self.probe.refuses(instance)
    }
}

/// How a place is reached from another.
#[derive(Clone, Debug)]
pub struct Route {
    /// The place of the schema above.
    pub from: String,
    /// What of an instance of it is an instance of this one.
    pub step: Step,
}

/// The keywords of a document, and which of them have been violated.
#[derive(Debug)]
pub struct Coverage<'a> {
    document: &'a Document,
    keywords: Vec<Keyword>,
    /// The keywords of each place.
    by_place: BTreeMap<String, Vec<usize>>,
    /// How each place was first reached; none for the root.
    routes: BTreeMap<String, Option<Route>>,
    /// The `if` of each place that has one.
    conditions: BTreeMap<String, Oracle>,
    /// The patterns of `patternProperties`.
    patterns: BTreeMap<String, Oracle>,
    /// Keywords of which no schema could be made.
    unprobed: Vec<String>,
}

impl<'a> Coverage<'a> {
    /// Lists the keywords that can be violated of the schemas that are reached from the root.
    pub fn new(document: &'a Document, settings: &Settings) -> Self {
        let possible = Possible { document, formats: settings.formats };
        let mut coverage = Self {
            document,
            keywords: Vec::new(),
            by_place: BTreeMap::new(),
            routes: BTreeMap::new(),
            conditions: BTreeMap::new(),
            patterns: BTreeMap::new(),
            unprobed: Vec::new(),
        };
        let mut waiting = vec![(String::new(), None, false)];
        while let Some((place, route, is_name)) = waiting.pop() {
            if coverage.routes.contains_key(&place) {
                continue;
            }
            coverage.routes.insert(place.clone(), route);
            coverage.add(&possible, &place, is_name, settings);
            if let Some(target) = document.target(&place, "$ref") {
                waiting.push((target, Some(Route { from: place.clone(), step: Step::Here }), is_name));
            }
            for below in document.below(&place).into_iter().rev() {
                if possible.is_reached(&place, &below) {
                    let is_name = match below.step {
                        Step::Names => true,
                        Step::Here | Step::When(_) | Step::With(_) => is_name,
                        _ => false,
                    };
                    coverage.prepare(&below, settings);
                    waiting.push((below.pointer, Some(Route { from: place.clone(), step: below.step }), is_name));
                }
            }
        }
        coverage
    }

    fn add(&mut self, possible: &Possible<'_>, place: &str, is_name: bool, settings: &Settings) {
        let Some(schema) = self.document.schema(place) else { return };
        for name in schema.keys().filter(|name| possible.keyword(place, name, is_name)) {
            match Probe::new(self.document, place, name, settings) {
                Some(probe) => {
                    self.by_place.entry(place.to_owned()).or_default().push(self.keywords.len());
                    let keyword = Keyword { schema: place.to_owned(), name: name.clone(), probe, violated: false };
                    self.keywords.push(keyword);
                }
                None => self.unprobed.push(format!("{place}/{name}")),
            }
        }
        if schema.contains_key("if") && !self.conditions.contains_key(place) {
            let condition = probe::in_place(self.document, place, &["if"], settings);
            self.conditions.extend(condition.map(|condition| (place.to_owned(), condition)));
        }
    }

    fn prepare(&mut self, below: &Below, settings: &Settings) {
        if let Step::Matching(pattern) = &below.step {
            let oracle = Oracle::new(&serde_json::json!({ "pattern": pattern }), settings).ok();
            self.patterns.extend(oracle.map(|oracle| (pattern.clone(), oracle)));
        }
    }

    /// The keywords that can be violated.
    pub fn keywords(&self) -> &[Keyword] {
        &self.keywords
    }

    /// The value of a keyword.
    pub fn value(&self, keyword: &Keyword) -> Option<&Value> {
        self.document.schema(&keyword.schema)?.get(&keyword.name)
    }

    /// The keywords that have not been violated yet, as indices into [`Self::keywords`].
    pub fn missing(&self) -> Vec<usize> {
        self.keywords.iter().enumerate().filter(|(_, keyword)| !keyword.violated).map(|(index, _)| index).collect()
    }

    /// The places of keywords that could not be asked alone.
    pub fn unprobed(&self) -> &[String] {
        &self.unprobed
    }

    /// How a place is reached; `None` for the root, and for what is not reached.
    pub fn route(&self, place: &str) -> Option<&Route> {
        self.routes.get(place)?.as_ref()
    }

    /// Whether the `if` of a place accepts an instance, where there is one.
    pub fn condition(&self, place: &str, instance: &Value) -> Option<bool> {
        self.conditions.get(place).map(|oracle| oracle.accepts(instance))
    }

    /// Notes the keywords that an instance violates.
    pub fn note(&mut self, instance: &Value) {
        let mut violated = BTreeSet::new();
        self.walk("", instance, 0, &mut BTreeSet::new(), &mut violated);
        for index in violated {
            if let Some(keyword) = self.keywords.get_mut(index) {
                keyword.violated = true;
            }
        }
    }

    /// `here` holds the places that have been visited with this very instance.
    fn walk(
        &self,
        place: &str,
        instance: &Value,
        depth: usize,
        here: &mut BTreeSet<String>,
        violated: &mut BTreeSet<usize>,
    ) {
        if depth > DEPTH || !self.routes.contains_key(place) || !here.insert(place.to_owned()) {
            return;
        }
        for index in self.by_place.get(place).into_iter().flatten() {
            let keyword = self.keywords.get(*index).filter(|keyword| !keyword.violated);
            if keyword.is_some_and(|keyword| keyword.refuses(instance)) {
                violated.insert(*index);
            }
        }
        if let Some(target) = self.document.target(place, "$ref") {
            self.walk(&target, instance, depth, here, violated);
        }
        let all = self.document.below(place);
        for below in &all {
            let is_same = match &below.step {
                Step::Here => true,
                Step::When(outcome) => self.condition(place, instance) == Some(*outcome),
                Step::With(key) => instance.get(key).is_some(),
                _ => false,
            };
            if is_same {
                self.walk(&below.pointer, instance, depth, here, violated);
                continue;
            }
            for part in self.parts(&all, &below.step, instance) {
                self.walk(&below.pointer, &part, depth.saturating_add(1), &mut BTreeSet::new(), violated);
            }
        }
    }

    /// What of an instance a schema applies to. What other keywords evaluate counts as evaluated only beside it.
    fn parts(&self, all: &[Below], step: &Step, instance: &Value) -> Vec<Value> {
        let matches = |pattern: &String, key: &String| {
            self.patterns.get(pattern).is_some_and(|oracle| oracle.accepts(&Value::String(key.clone())))
        };
        match (step, instance) {
            (Step::Member(key), Value::Object(members)) => members.get(key).into_iter().cloned().collect(),
            (Step::Matching(pattern), Value::Object(members)) => {
                members.iter().filter(|(key, _)| matches(pattern, key)).map(|(_, value)| value.clone()).collect()
            }
            (Step::Others, Value::Object(members)) => {
                let is_named = |key: &String| {
                    all.iter().any(|below| match &below.step {
                        Step::Member(name) => name == key,
                        Step::Matching(pattern) => matches(pattern, key),
                        _ => false,
                    })
                };
                members.iter().filter(|(key, _)| !is_named(key)).map(|(_, value)| value.clone()).collect()
            }
            (Step::Names, Value::Object(members)) => members.keys().cloned().map(Value::String).collect(),
            (Step::Item(index), Value::Array(items)) => items.get(*index).into_iter().cloned().collect(),
            (Step::From(start), Value::Array(items)) => items.iter().skip(*start).cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// Whether nothing is refused, or nothing accepted, for reasons that are seen in the schema.
    pub fn is_one_sided(&self, settings: &Settings) -> bool {
        let possible = Possible { document: self.document, formats: settings.formats };
        !possible.refuses("") || !possible.accepts("")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn missing(schema: Value, instances: &[Value]) -> Vec<String> {
        let document = Document::new(schema);
        let mut coverage = Coverage::new(&document, &Settings::default());
        assert_eq!(coverage.unprobed(), [""; 0]);
        instances.iter().for_each(|instance| coverage.note(instance));
        coverage.missing().iter().map(|index| coverage.keywords()[*index].pointer()).collect()
    }

    #[test]
    fn a_keyword_is_violated_where_its_schema_is_reached() {
        let schema =
            json!({"properties": {"a": {"minimum": 3}, "b": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"const": 1}}});
        let all = ["/properties", "/properties/a/minimum", "/properties/b/$ref", "/$defs/b/const"];
        assert_eq!(missing(schema.clone(), &[json!(2), json!({"a": 3, "b": 1})]), all);
        assert_eq!(missing(schema.clone(), &[json!({"a": 2})]), all[2..]);
        assert_eq!(missing(schema, &[json!({"a": 2, "b": 2})]), [""; 0]);
    }

    #[test]
    fn each_keyword_is_asked_alone() {
        let schema = json!({"properties": {"a": true}, "additionalProperties": false, "required": ["a"]});
        assert_eq!(missing(schema.clone(), &[json!({})]), ["/additionalProperties"]);
        assert_eq!(missing(schema, &[json!({"a": 1, "b": 1})]), ["/required"]);
        let tail = json!({"prefixItems": [{"type": "string"}], "items": {"type": "number"}});
        let violated_first = missing(tail, &[json!([1])]);
        assert_eq!(violated_first, ["/items", "/items/type"]);
    }

    #[test]
    fn what_stands_below_not_and_if_is_reached() {
        let schema =
            json!({"not": {"minLength": 2}, "if": {"const": 1}, "then": {"multipleOf": 2}, "else": {"enum": ["x"]}});
        assert_eq!(missing(schema.clone(), &[json!(1)]), ["/else", "/not/minLength", "/if/const", "/else/enum"]);
        assert_eq!(missing(schema, &[json!(1), json!("")]), [""; 0]);
    }

    #[test]
    fn what_cannot_be_violated_is_not_asked_for() {
        let schema = json!({
            "type": ["string", "number", "object", "array", "boolean", "null"], "minLength": 0, "title": "t",
            "propertyNames": {"type": "string", "minimum": 3}, "items": {}, "if": true, "else": {"const": 1},
            "additionalProperties": {"$ref": "#"}, "format": "email", "$defs": {"unused": {"const": 1}}
        });
        assert_eq!(missing(schema, &[]), [""; 0]);
    }

    #[test]
    fn unevaluated_members_are_those_that_nothing_else_refuses() {
        let schema = json!({"allOf": [{"properties": {"a": {"type": "string"}}}], "unevaluatedProperties": false});
        let left = missing(schema.clone(), &[json!({"a": 1})]);
        assert_eq!(left, ["/unevaluatedProperties"]);
        assert_eq!(missing(schema, &[json!({"a": 1}), json!({"b": 1})]), [""; 0]);
    }
}
