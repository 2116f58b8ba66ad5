//! The driver of `cargo xtask conformance`: every case of a suite, asked of the generated type.
//!
//! It prints one line of JSON a case and nothing else, at once, so that whoever reads them knows at which case a driver died
//! that generated code made to (by a stack overflow, say), and starts another behind it.

use std::fs;
use std::io::{self, Write};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::judge::Judge;
use crate::oracle::{Oracle, Remotes, Settings};

/// What a driver is asked to do.
#[derive(Debug, Deserialize)]
pub struct Task {
    /// The folder of the suite's remotes.
    pub remotes: Option<PathBuf>,
    /// The groups.
    pub groups: Vec<Group>,
}

/// One schema, and the instances that are asked about.
#[derive(Debug, Deserialize)]
pub struct Group {
    /// The module of the generated type.
    pub module: String,
    /// The schema.
    pub schema: Box<RawValue>,
    /// The instances, as their texts: whether a number is written as `1` or `1.0` matters.
    pub instances: Vec<Box<RawValue>>,
}

/// What is said of one case.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Verdict<'a> {
    /// The module of the generated type.
    pub module: &'a str,
    /// Which instance of the group, from 0.
    pub case: usize,
    /// Whether the type accepts it; `None` where there is none, or it panicked.
    pub types: Option<bool>,
    /// Whether the schema that the type gives of itself accepts it; `None` where it gives none, or none that compiles.
    pub schema_for: Option<bool>,
    /// Whether the independent validator accepts it; `None` where the validator refuses the schema.
    pub oracle: Option<bool>,
}

/// Runs a driver: `driver TASK.json [MODULE CASE]`, from that case on.
///
/// # Errors
/// The arguments or the task cannot be read, or nobody reads what is printed.
pub fn run(judges: &[(&str, Judge)], arguments: &[String]) -> Result<(), String> {
    let (file, start) = match arguments {
        [file] => (file, None),
        [file, module, case] => {
            (file, Some((module.as_str(), case.parse().map_err(|_| format!("{case} is no case"))?)))
        }
        _ => return Err("usage: driver TASK.json [MODULE CASE]".to_owned()),
    };
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let task: Task = serde_json::from_str(&text).map_err(|error| format!("{file}: {error}"))?;
    let mut output = io::stdout().lock();
    answer(judges, &task, start, &mut |verdict| {
        let line = serde_json::to_string(&verdict).map_err(io::Error::from)?;
        writeln!(output, "{line}")?;
        output.flush()
    })
    .map_err(|error| error.to_string())
}

/// Answers every case from `start` on.
fn answer(
    judges: &[(&str, Judge)],
    task: &Task,
    start: Option<(&str, usize)>,
    print: &mut dyn FnMut(Verdict<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let skipped = start.map_or(0, |(module, _)| {
        task.groups.iter().position(|group| group.module == module).unwrap_or(task.groups.len())
    });
    let mut first = start.map_or(0, |(_, case)| case);
    for group in task.groups.iter().skip(skipped) {
        let judge = judges.iter().find(|(module, _)| *module == group.module).map(|(_, judge)| judge);
        let Group { module, .. } = group;
        let own = judge.and_then(|judge| judge.schema).and_then(own_schema);
        let oracle = given_schema(group, task.remotes.as_deref());
        for (case, instance) in group.instances.iter().enumerate().skip(first) {
            let text = instance.get();
            let types = judge.and_then(|judge| catch_unwind(|| (judge.accepts)(text)).ok());
            let value: Option<Value> = serde_json::from_str(text).ok();
            let ask = |oracle: &Option<Oracle>| Some(oracle.as_ref()?.accepts(value.as_ref()?));
            print(Verdict { module, case, types, schema_for: ask(&own), oracle: ask(&oracle) })?;
        }
        first = 0;
    }
    Ok(())
}

/// The schema that a type gives of itself, compiled.
pub(crate) fn own_schema(schema: fn() -> Value) -> Option<Oracle> {
    let schema = catch_unwind(schema).ok()?;
    Oracle::new(&schema, &Settings::default()).ok()
}

/// The schema of a group, compiled.
fn given_schema(group: &Group, remotes: Option<&Path>) -> Option<Oracle> {
    let schema = serde_json::from_str(group.schema.get()).ok()?;
    Oracle::new(&schema, &Settings { formats: false, remotes: remotes.map(Remotes::of_suite) }).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A type that accepts every text that holds a 1, and says of itself that it accepts numbers.
    const WRONG: Judge =
        Judge { accepts: |text| text.contains('1'), round_trip: None, schema: Some(|| json!({"type": "number"})) };

    fn verdicts(start: Option<(&str, usize)>) -> Vec<(String, usize, [Option<bool>; 3])> {
        let schema = json!({"type": "integer"});
        let task = json!({"groups": [
            {"module": "first", "schema": schema, "instances": [1, 2.5, "1"]},
            {"module": "absent", "schema": schema, "instances": [1]},
            {"module": "broken", "schema": {"type": 1}, "instances": [1]},
        ]});
        let task: Task = serde_json::from_str(&task.to_string()).unwrap();
        let broken = Judge { accepts: |text| text.parse::<bool>().unwrap(), round_trip: None, schema: None };
        let mut found = Vec::new();
        answer(&[("first", WRONG), ("broken", broken)], &task, start, &mut |verdict| {
            found.push((verdict.module.to_owned(), verdict.case, [verdict.types, verdict.schema_for, verdict.oracle]));
            Ok(())
        })
        .unwrap();
        found
    }

    #[test]
    fn each_is_asked_for_itself() {
        let (yes, no) = (Some(true), Some(false));
        let expected = [
            ("first".to_owned(), 0, [yes, yes, yes]),
            ("first".to_owned(), 1, [no, yes, no]),
            ("first".to_owned(), 2, [yes, no, no]),
            ("absent".to_owned(), 0, [None, None, yes]),
            ("broken".to_owned(), 0, [None, None, None]),
        ];
        assert_eq!(verdicts(None), expected);
    }

    #[test]
    fn a_driver_begins_where_another_ended() {
        let places =
            |start| verdicts(start).into_iter().map(|(module, case, _)| format!("{module} {case}")).collect::<Vec<_>>();
        assert_eq!(places(Some(("first", 2))), ["first 2", "absent 0", "broken 0"]);
        assert_eq!(places(Some(("first", 3))), ["absent 0", "broken 0"]);
    }
}
