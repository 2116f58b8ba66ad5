//! Instances that violate one keyword: a value that the keyword refuses, put where its schema applies.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::coverage::{Coverage, Keyword, Route};
use crate::document::Step;
use crate::draw::{Draw, json};

/// How many values are drawn in search of one that a keyword refuses.
const ATTEMPTS: usize = 60;
/// The longest value that is made to be too long.
const LONG: f64 = 200_000.0;

impl Draw<'_> {
    /// An instance of the root that reaches the schema of a keyword with a value that the keyword refuses.
    pub fn aim(&mut self, coverage: &Coverage<'_>, keyword: usize) -> Option<Value> {
        let keyword = coverage.keywords().get(keyword)?;
        let place = keyword.schema.as_str();
        let conditions = conditions(coverage, place);
        let is_name = is_name(coverage, place);
        for attempt in 0..ATTEMPTS {
            let mut value = match attempt % 5 {
                0 => self.beyond(coverage, keyword),
                1 => self.instance(place),
                2 => self.anything(0),
                3 => self.instance(keyword_schema(place, &keyword.name).as_str()),
                _ => self.instance(conditions.first().map_or(place, |(condition, _)| condition)),
            };
            for _ in 0..self.random.below(if attempt % 5 == 0 { 1 } else { 3 }) {
                self.mutate(&mut value);
            }
            if is_name && !value.is_string() {
                continue;
            }
            let holds = conditions.iter().all(|(condition, outcome)| match outcome {
                Some(outcome) => coverage.condition(above(condition), &value) == Some(*outcome),
                None => true,
            });
            if holds && keyword.refuses(&value) {
                return self.put(coverage, place, value);
            }
        }
        None
    }

    /// A value just beyond what a keyword allows.
    fn beyond(&mut self, coverage: &Coverage<'_>, keyword: &Keyword) -> Value {
        let drawn = self.instance(&keyword.schema);
        let limit = coverage.value(keyword);
        let number = limit.and_then(Value::as_f64).unwrap_or_default();
        let more = (number.clamp(0.0, LONG) as usize).saturating_add(1);
        let fewer = more.saturating_sub(2);
        match (keyword.name.as_str(), drawn) {
            ("maxLength", _) => Value::String(if more > 1000 { "a" } else { "é" }.repeat(more)),
            ("minLength", _) => Value::String("\u{1f600}".repeat(fewer)),
            ("maxItems", _) => (0..more).map(Value::from).collect(),
            ("minItems", _) => (0..fewer).map(Value::from).collect(),
            ("maxProperties", _) => (0..more).map(|number| (format!("m{number}"), Value::Null)).collect(),
            ("minProperties", _) => (0..self.random.below(more.saturating_sub(1)))
                .map(|number| (format!("m{number}"), Value::Null))
                .collect(),
            ("maxContains", _) => {
                let contained = format!("{}/contains", keyword.schema);
                (0..more).map(|_| self.instance(&contained)).collect()
            }
            ("maximum", _) => json(number + 1.0),
            ("minimum", _) => json(number - 1.0),
            ("exclusiveMaximum" | "exclusiveMinimum", _) => json(number),
            ("multipleOf", _) => json(number * 1.5),
            ("pattern", Value::String(mut text)) => {
                // What a pattern excludes stands in it most often: `^[^<>]*$`.
                let written: Vec<char> = limit.and_then(Value::as_str).unwrap_or_default().chars().collect();
                let odd = ['\0', '\n', ' ', '-', '\u{1f600}'];
                let choices = if self.random.one_in(2) { &odd[..] } else { &written };
                text.insert(0, self.random.pick(choices).copied().unwrap_or_default());
                Value::String(text)
            }
            ("uniqueItems", Value::Array(mut items)) => {
                items.extend(items.first().cloned());
                Value::Array(items)
            }
            ("required", Value::Object(mut members)) => {
                let names: Vec<&str> =
                    limit.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
                members.remove(self.random.pick(&names).copied().unwrap_or_default());
                Value::Object(members)
            }
            ("additionalProperties" | "unevaluatedProperties" | "patternProperties", Value::Object(mut members)) => {
                let value = self.anything(0);
                members.insert(self.name(), value);
                Value::Object(members)
            }
            ("items" | "unevaluatedItems", Value::Array(mut items)) => {
                items.push(self.anything(0));
                Value::Array(items)
            }
            (_, drawn) => drawn,
        }
    }

    /// Builds what is around a value, from its schema up to the root.
    fn put(&mut self, coverage: &Coverage<'_>, place: &str, mut value: Value) -> Option<Value> {
        let mut place = place.to_owned();
        let mut seen = BTreeSet::new();
        while let Some(Route { from, step }) = coverage.route(&place) {
            if !seen.insert(place.clone()) {
                return None;
            }
            value = match step {
                Step::Here | Step::When(_) => value,
                Step::With(key) => {
                    if let Value::Object(members) = &mut value {
                        members.entry(key.clone()).or_insert(Value::Null);
                    }
                    value
                }
                Step::Member(key) => self.as_member(from, key.clone(), value),
                Step::Matching(pattern) => {
                    let name = self.matching(pattern)?;
                    self.as_member(from, name, value)
                }
                Step::Others => {
                    let name = self.name();
                    self.as_member(from, name, value)
                }
                Step::Names => {
                    let name = value.as_str()?.to_owned();
                    self.as_member(from, name, Value::Null)
                }
                Step::Item(index) => self.as_item(from, *index, value),
                Step::From(start) => self.as_item(from, *start, value),
            };
            place = from.clone();
        }
        Some(value)
    }

    fn as_member(&mut self, place: &str, name: String, value: Value) -> Value {
        let mut members = match self.instance(place) {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        members.insert(name, value);
        Value::Object(members)
    }

    fn as_item(&mut self, place: &str, index: usize, value: Value) -> Value {
        let mut items = match self.instance(place) {
            Value::Array(items) => items,
            _ => Vec::new(),
        };
        while items.len() <= index {
            items.push(Value::Null);
        }
        if let Some(item) = items.get_mut(index) {
            *item = value;
        }
        Value::Array(items)
    }
}

/// The `if`s and the like on the way up, as long as the instance is the same: their places, and what they have to say.
fn conditions(coverage: &Coverage<'_>, place: &str) -> Vec<(String, Option<bool>)> {
    let mut found = Vec::new();
    let mut place = place.to_owned();
    let mut seen = BTreeSet::new();
    while let Some(Route { from, step }) = coverage.route(&place) {
        match step {
            Step::When(outcome) => found.push((format!("{from}/if"), Some(*outcome))),
            Step::Here | Step::With(_) => found.push((from.clone(), None)),
            _ => break,
        }
        if !seen.insert(place) {
            break;
        }
        place = from.clone();
    }
    found.sort_by_key(|(_, outcome)| outcome.is_none());
    found
}

/// Whether the instances of a place are names of members.
fn is_name(coverage: &Coverage<'_>, place: &str) -> bool {
    let mut place = place.to_owned();
    let mut seen = BTreeSet::new();
    while let Some(Route { from, step }) = coverage.route(&place) {
        let is_same = matches!(step, Step::Here | Step::When(_) | Step::With(_));
        if !is_same || !seen.insert(place) {
            return *step == Step::Names;
        }
        place = from.clone();
    }
    false
}

/// The schema that a keyword holds, which is close to what it refuses: `not` most of all.
fn keyword_schema(place: &str, keyword: &str) -> String {
    match keyword {
        "not" | "contains" => format!("{place}/{keyword}"),
        "maxContains" => format!("{place}/contains"),
        "then" | "else" => format!("{place}/if"),
        _ => place.to_owned(),
    }
}

/// The place that holds the `if` of a place.
fn above(condition: &str) -> &str {
    condition.strip_suffix("/if").unwrap_or(condition)
}
