//! The patterns of published schemas, where the data is there: `CODEGEN_DATA` names its folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::sample::sample;
use super::{Compiled, Matcher, Numbers, PROBES, assert_agreement, compile};

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("CODEGEN_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: CODEGEN_DATA is not set");
    }
    folder
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every value of `pattern` that is a string, and every key of `patternProperties`, below a value.
fn patterns(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(pattern)) = members.get("pattern") {
                found.insert(pattern.clone());
            }
            if let Some(Value::Object(properties)) = members.get("patternProperties") {
                found.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| patterns(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| patterns(item, found)),
        _ => {}
    }
}

/// How many patterns run linearly and by backtracking, with the `u` flag and by Annex B.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    linear: usize,
    linear_annex_b: usize,
    backtracking: usize,
    backtracking_annex_b: usize,
}

impl Counts {
    fn add(&mut self, compiled: &Compiled) {
        *match compiled {
            Compiled::Linear { unicode: true, .. } => &mut self.linear,
            Compiled::Linear { unicode: false, .. } => &mut self.linear_annex_b,
            Compiled::Backtracking { unicode: true } => &mut self.backtracking,
            Compiled::Backtracking { unicode: false } => &mut self.backtracking_annex_b,
        } += 1;
    }
}

/// Compiles every pattern and lets the ECMA engine judge it on texts that it should match and on damaged ones.
fn check(found: &BTreeSet<String>) -> Counts {
    let mut counts = Counts::default();
    for pattern in found {
        let compiled = compile(pattern).unwrap();
        counts.add(&compiled);
        let Compiled::Linear { regex, .. } = &compiled else {
            continue;
        };
        let mut numbers = Numbers(1);
        let samples: Vec<String> = (0..10).map(|_| sample(regex, &mut numbers)).collect();
        let matcher = Matcher::of(pattern, &compiled);
        for text in &samples {
            assert!(matcher.is_match(text), "{pattern:?}, written {regex:?}, on {text:?}");
        }
        let damaged: Vec<String> = samples.iter().flat_map(|text| damage(text, &mut numbers)).collect();
        let texts = samples.iter().chain(&damaged).map(String::as_str).chain(PROBES.iter().copied());
        assert_agreement(pattern, &compiled, texts);
    }
    counts
}

/// A text with a character more, one less, and one that is another.
fn damage(text: &str, numbers: &mut Numbers) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let place = numbers.below(characters.len() + 1);
    let (before, after) = characters.split_at(place);
    let before: String = before.iter().collect();
    let after: String = after.iter().collect();
    let rest: String = after.chars().skip(1).collect();
    vec![
        format!("{text}\n"),
        format!("{before}{rest}"),
        format!("{before}é{after}"),
        format!("{before}-{rest}"),
        text.to_uppercase(),
    ]
}

#[test]
fn published_patterns_run_linearly_unless_they_look_around() {
    let Some(data) = data() else { return };
    let mut management_api = BTreeSet::new();
    patterns(&read(&data.join("openapi/auth0-management.json")), &mut management_api);
    let expected = Counts { linear: 64, linear_annex_b: 1, backtracking: 3, backtracking_annex_b: 2 };
    assert_eq!(check(&management_api), expected);

    let mut test_suite = BTreeSet::new();
    for keyword in ["pattern", "patternProperties"] {
        let file = format!("json-schema-test-suite/draft2020-12/{keyword}.json");
        patterns(&read(&data.join(file)), &mut test_suite);
    }
    assert_eq!(check(&test_suite), Counts { linear: 11, ..Counts::default() });
}
