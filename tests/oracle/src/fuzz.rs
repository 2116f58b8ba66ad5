//! The driver of `cargo xtask fuzz`: every drawn instance, asked of the generated type and of the independent validator.

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use serde::Serialize;
use serde_json::Value;

use crate::judge::Judge;
use crate::shrink::shrink;
use crate::task::{self, Asked};

/// How often a disagreement is made small for one schema: those that follow are mostly the same.
const SHRUNK: usize = 3;

/// What there is to say of one case.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// The module of the generated type.
    pub module: String,
    /// Which instance of the schema, from 0.
    pub case: usize,
    /// What is not as it should be.
    pub disagreements: Vec<Disagreement>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// What it is about.
    pub about: About,
    /// The instance, as small as it gets; `None` where as many have been made small as are worth it.
    pub instance: Option<String>,
    /// Whether it is valid, says the validator.
    pub valid: bool,
    /// What was found instead.
    pub found: String,
}

/// What a disagreement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// The verdict of the type.
    Types,
    /// The verdict of the schema that the type gives of itself.
    SchemaFor,
    /// What an accepted instance is once it has been decoded and encoded.
    RoundTrip,
}

const ALL: [About; 3] = [About::Types, About::SchemaFor, About::RoundTrip];

/// Runs the driver.
///
/// # Errors
/// Those of [`task::run`].
pub fn run(judges: &[(&str, Judge)], arguments: &[String]) -> Result<(), String> {
    let mut shrunk: BTreeMap<(String, About), usize> = BTreeMap::new();
    task::run(judges, arguments, |asked, case, text| {
        let module = asked.module.to_owned();
        let disagreements = ALL.iter().filter_map(|about| {
            let times = shrunk.entry((module.clone(), *about)).or_default();
            let found = disagreement(asked, *about, text, *times < SHRUNK)?;
            *times = times.saturating_add(1);
            Some(found)
        });
        Answer { disagreements: disagreements.collect(), case, module: module.clone() }
    })
}

/// A disagreement about a text, if there is one.
fn disagreement(asked: &Asked<'_>, about: About, text: &str, may_shrink: bool) -> Option<Disagreement> {
    let (valid, found) = wrong(asked, about, text)?;
    if !may_shrink {
        return Some(Disagreement { about, instance: None, valid, found });
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let smallest = shrink(&value, &mut |smaller| {
        wrong(asked, about, &smaller.to_string()).is_some_and(|(verdict, _)| verdict == valid)
    });
    // The text of the first may say more than its value: 1e0 for 1.
    let instance = if smallest == value { text.to_owned() } else { smallest.to_string() };
    let found = wrong(asked, about, &instance).map_or(found, |(_, found)| found);
    Some(Disagreement { about, instance: Some(instance), valid, found })
}

/// The validator's verdict and what is found instead, where something is wrong.
fn wrong(asked: &Asked<'_>, about: About, text: &str) -> Option<(bool, String)> {
    let judge = asked.judge?;
    let value: Value = serde_json::from_str(text).ok()?;
    let valid = asked.oracle.as_ref()?.accepts(&value);
    let differs = |verdict: Option<bool>| match verdict {
        Some(verdict) if verdict == valid => None,
        Some(true) => Some("accepted".to_owned()),
        Some(false) => Some("refused".to_owned()),
        None => Some("no answer".to_owned()),
    };
    let found = match about {
        About::Types => differs(asked.types(text)),
        About::SchemaFor => {
            judge.schema?;
            differs(asked.own.as_ref().map(|own| own.accepts(&value)))
        }
        About::RoundTrip => {
            let round_trip = judge.round_trip.filter(|_| valid)?;
            let encoded = catch_unwind(|| round_trip(text)).ok().flatten();
            match encoded {
                // Not decoded: a matter of the verdict.
                None => None,
                Some(encoded) => {
                    let decoded: Option<Value> = serde_json::from_str(&encoded).ok();
                    let is_equal = decoded.is_some_and(|decoded| is_equal(&decoded, &value));
                    (!is_equal).then(|| format!("encoded as {encoded}"))
                }
            }
        }
    };
    found.map(|found| (valid, found))
}

/// Whether two values are equal as JSON Schema sees them (core, section 4.2.2): numbers by their value.
///
/// `number` is `f64`, so that numbers are equal that are the same double (RFC 8259, section 6).
pub fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(name, value): (&String, &Value)| other.get(name).is_some_and(|other| is_equal(value, other));
            one.len() == other.len() && one.iter().all(has)
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::oracle::{Oracle, Settings};

    fn asked(judge: Judge, own: Value) -> Asked<'static> {
        let compiled = |schema: &Value| Oracle::new(schema, &Settings::default()).ok();
        let schema = json!({"items": {"type": "integer"}});
        Asked { module: "m", judge: Some(judge), own: compiled(&own), oracle: compiled(&schema) }
    }

    fn judge(accepts: fn(&str) -> bool, round_trip: fn(&str) -> Option<String>) -> Judge {
        Judge { accepts, round_trip: Some(round_trip), schema: Some(|| json!(true)) }
    }

    #[test]
    fn a_wrong_verdict_is_caught_and_made_small() {
        let narrow = asked(judge(|text| !text.contains("33"), |text| Some(text.to_owned())), json!(true));
        let found = disagreement(&narrow, About::Types, "[1, 2, 337, 4]", true).unwrap();
        assert_eq!((found.instance.as_deref().unwrap(), found.valid, found.found.as_str()), ("337", true, "refused"));
        assert_eq!(disagreement(&narrow, About::Types, "[1, 2]", true), None);
        let wide = asked(judge(|_| true, |text| Some(text.to_owned())), json!(true));
        let found = disagreement(&wide, About::Types, "[[\"x\"], \"y\", 1]", true).unwrap();
        assert_eq!(
            (found.instance.as_deref().unwrap(), found.valid, found.found.as_str()),
            ("[\"\"]", false, "accepted")
        );
    }

    #[test]
    fn a_type_that_panics_is_caught() {
        let panics = asked(judge(|text| text.parse::<bool>().unwrap(), |_| None), json!(true));
        assert_eq!(disagreement(&panics, About::Types, "7", true).unwrap().found, "no answer");
    }

    #[test]
    fn a_wrong_schema_is_caught() {
        let about = |own| disagreement(&asked(judge(|_| true, |_| None), own), About::SchemaFor, "[\"a\"]", true);
        assert_eq!(about(json!({"items": {"type": "integer"}})), None);
        assert_eq!(about(json!(true)).unwrap().found, "accepted");
        assert_eq!(about(json!({"type": 1})).unwrap().found, "no answer");
    }

    #[test]
    fn what_is_lost_on_the_way_is_caught() {
        let about = |round_trip, text| {
            disagreement(&asked(judge(|_| true, round_trip), json!(true)), About::RoundTrip, text, true)
        };
        assert_eq!(about(|_| Some("[1, 2]".to_owned()), "[1.0, 2]"), None);
        assert_eq!(about(|_| Some("[]".to_owned()), "[1, 2]").unwrap().found, "encoded as []");
        assert_eq!(about(|_| Some("1".to_owned()), "9007199254740993").unwrap().instance.unwrap(), "null");
        // Only what is valid has to be written back.
        assert_eq!(about(|_| Some("[]".to_owned()), "[\"a\"]"), None);
    }

    #[test]
    fn equal_is_what_json_schema_calls_equal() {
        assert!(is_equal(&json!({"a": [1, 2.5]}), &json!({"a": [1.0, 2.5]})));
        for other in [json!(2), json!("1"), json!(true), json!([1])] {
            assert!(!is_equal(&json!(1), &other));
        }
        assert!(!is_equal(&json!({"a": null}), &json!({})));
    }
}
