//! What a driver is asked to do, and how it answers: a line of JSON a case and nothing else, at once, so that whoever reads them
//! knows at which case a driver died that generated code made to (by a stack overflow, say), and starts another behind it.

use std::fs;
use std::io::{self, Write};
use std::panic::catch_unwind;
use std::path::PathBuf;

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
    /// Whether formats are checked.
    #[serde(default)]
    pub formats: bool,
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

/// Those who are asked about the instances of a group.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The module of the generated type.
    pub module: &'a str,
    /// The generated type; `None` where there is none.
    pub judge: Option<Judge>,
    /// The schema that the type gives of itself; `None` where it gives none, or none that compiles.
    pub own: Option<Oracle>,
    /// The independent validator; `None` where it refuses the schema.
    pub oracle: Option<Oracle>,
}

impl Asked<'_> {
    /// Whether the type accepts a text; `None` where there is none, or it panicked.
    pub fn types(&self, text: &str) -> Option<bool> {
        let accepts = self.judge?.accepts;
        catch_unwind(|| accepts(text)).ok()
    }

    fn of<'g>(group: &'g Group, judges: &[(&str, Judge)], settings: &Settings) -> Asked<'g> {
        let judge = judges.iter().find(|(module, _)| *module == group.module).map(|(_, judge)| *judge);
        let given = judge.and_then(|judge| judge.schema).and_then(|schema| catch_unwind(schema).ok());
        // What it refers to is in it.
        let alone = Settings { remotes: None, ..settings.clone() };
        let own = given.and_then(|schema| Oracle::new(&schema, &alone).ok());
        let schema: Option<Value> = serde_json::from_str(group.schema.get()).ok();
        let oracle = schema.and_then(|schema| Oracle::new(&schema, settings).ok());
        Asked { module: &group.module, judge, own, oracle }
    }
}

/// Runs a driver: `driver TASK.json [MODULE CASE]`, from that case on. `answer` is asked about each.
///
/// # Errors
/// The arguments or the task cannot be read, or nobody reads what is printed.
pub fn run<T: Serialize>(
    judges: &[(&str, Judge)],
    arguments: &[String],
    mut answer: impl FnMut(&Asked<'_>, usize, &str) -> T,
) -> Result<(), String> {
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
    each(judges, &task, start, &mut |asked, case, text| {
        let line = serde_json::to_string(&answer(asked, case, text)).map_err(io::Error::from)?;
        writeln!(output, "{line}")?;
        output.flush()
    })
    .map_err(|error| error.to_string())
}

/// What is done with each case: who is asked, the number of the case, its text.
type Visit<'v> = &'v mut dyn FnMut(&Asked<'_>, usize, &str) -> io::Result<()>;

/// Visits every case from `start` on.
fn each(judges: &[(&str, Judge)], task: &Task, start: Option<(&str, usize)>, visit: Visit<'_>) -> io::Result<()> {
    let settings = Settings { formats: task.formats, remotes: task.remotes.as_deref().map(Remotes::of_suite) };
    let skipped = start.map_or(0, |(module, _)| {
        task.groups.iter().position(|group| group.module == module).unwrap_or(task.groups.len())
    });
    let mut first = start.map_or(0, |(_, case)| case);
    for group in task.groups.iter().skip(skipped) {
        let asked = Asked::of(group, judges, &settings);
        for (case, instance) in group.instances.iter().enumerate().skip(first) {
            visit(&asked, case, instance.get())?;
        }
        first = 0;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_driver_begins_where_another_ended() {
        let group = |module: &str, instances: Value| json!({"module": module, "schema": {}, "instances": instances});
        let task = json!({"groups": [group("first", json!([1, 1.0, 1e0])), group("second", json!(["a"]))]});
        let task: Task = serde_json::from_str(&task.to_string()).unwrap();
        let places = |start| {
            let mut places = Vec::new();
            each(&[], &task, start, &mut |asked, case, text| {
                places.push(format!("{} {case} {text}", asked.module));
                Ok(())
            })
            .unwrap();
            places
        };
        assert_eq!(places(None), ["first 0 1", "first 1 1.0", "first 2 1.0", "second 0 \"a\""]);
        assert_eq!(places(Some(("first", 2))), ["first 2 1.0", "second 0 \"a\""]);
        assert_eq!(places(Some(("first", 3))), ["second 0 \"a\""]);
    }
}
