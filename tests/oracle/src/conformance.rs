//! The driver of `cargo xtask conformance`: every case of a suite, asked of the generated type.

use serde::Serialize;
use serde_json::Value;

use crate::judge::Judge;
use crate::oracle::Oracle;
use crate::task::{self, Asked};

/// What is said of one case.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The module of the generated type.
    pub module: String,
    /// Which instance of the group, from 0.
    pub case: usize,
    /// Whether the type accepts it; `None` where there is none, or it panicked.
    pub types: Option<bool>,
    /// Whether the schema that the type gives of itself accepts it; `None` where it gives none, or none that compiles.
    pub schema_for: Option<bool>,
    /// Whether the independent validator accepts it; `None` where the validator refuses the schema.
    pub oracle: Option<bool>,
}

/// Runs the driver.
///
/// # Errors
/// Those of [`task::run`].
pub fn run(judges: &[(&str, Judge)], arguments: &[String]) -> Result<(), String> {
    task::run(judges, arguments, verdict)
}

fn verdict(asked: &Asked<'_>, case: usize, text: &str) -> Verdict {
    let value: Option<Value> = serde_json::from_str(text).ok();
    let ask = |oracle: &Option<Oracle>| Some(oracle.as_ref()?.accepts(value.as_ref()?));
    let (schema_for, oracle) = (ask(&asked.own), ask(&asked.oracle));
    Verdict { module: asked.module.to_owned(), case, types: asked.types(text), schema_for, oracle }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::oracle::Settings;

    fn verdicts(judge: Option<Judge>, own: Value, texts: [&str; 3]) -> Vec<[Option<bool>; 3]> {
        let compiled = |schema: Value| Oracle::new(&schema, &Settings::default()).ok();
        let asked = Asked { module: "m", judge, own: compiled(own), oracle: compiled(json!({"type": "integer"})) };
        let answers = texts.iter().map(|text| verdict(&asked, 0, text));
        answers.map(|verdict| [verdict.types, verdict.schema_for, verdict.oracle]).collect()
    }

    #[test]
    fn each_is_asked_for_itself() {
        // A type that accepts every text that holds a 1, and says of itself that it accepts numbers.
        let wrong = Judge { accepts: |text| text.contains('1'), round_trip: None, schema: None };
        let (yes, no) = (Some(true), Some(false));
        let found = verdicts(Some(wrong), json!({"type": "number"}), ["1", "2.5", "\"1\""]);
        assert_eq!(found, [[yes, yes, yes], [no, yes, no], [yes, no, no]]);
    }

    #[test]
    fn no_answer_is_an_answer() {
        let panics = Judge { accepts: |text| text.parse::<bool>().unwrap(), round_trip: None, schema: None };
        let found = verdicts(Some(panics), json!({"type": 1}), ["true", "1", "null"]);
        assert_eq!(found.iter().map(|[types, ..]| *types).collect::<Vec<_>>(), [Some(true), None, None]);
        assert!(found.iter().all(|[_, own, _]| own.is_none()));
        assert!(verdicts(None, json!(true), ["1", "1", "1"]).iter().all(|[types, ..]| types.is_none()));
    }
}
