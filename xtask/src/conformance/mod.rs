//! `cargo xtask conformance`: every case of the JSON-Schema-Test-Suite, asked of generated types.

mod compare;
mod figures;
mod suite;
mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Deserialize;
use serde_json::value::RawValue;

use self::figures::Figures;
use self::suite::{Group, Suite};
use crate::data::{find, print, tell};
use crate::workshop::{Built, Engine, Refused, Task, TaskGroup, Workshop, ask, write};

const EXAMPLES: &str = "\
Examples:
  Both engines on draft 2020-12:
    CODEGEN_DATA=../data cargo xtask conformance
  This project's engine on another draft, of a checkout of the suite:
    cargo xtask conformance --engine native --suite JSON-Schema-Test-Suite/tests/draft7

Exit status: 0 every case of this project's engine is right, or there is no suite; 1 otherwise.";

/// Ask generated types about every case of the JSON-Schema-Test-Suite
///
/// Makes one crate of all schemas of a draft, builds it, and compares what the types accept, and what the schemas accept that
/// they give of themselves, with what the suite says. The crate typify is asked the same for comparison.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The suite's folder of one draft [default: json-schema-test-suite/draft2020-12 in CODEGEN_DATA]
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,

    /// The suite's folder of schemas that others refer to [default: `remotes`, beside the draft's folder or one up]
    #[arg(long, value_name = "DIR", requires = "suite")]
    remotes: Option<PathBuf>,

    /// Only one engine [default: both, side by side]
    #[arg(long, value_enum)]
    engine: Option<Engine>,

    /// Write the figures and every wrong case of each engine as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

impl Arguments {
    /// Whether this very process has to make types by typify.
    pub(crate) fn needs_typify(&self) -> bool {
        self.engine == Some(Engine::Typify)
    }
}

const SKIPPED: &str = "\
skipped: json-schema-test-suite/draft2020-12 is not in CODEGEN_DATA; it is tests/draft2020-12 of the public repository \
json-schema-org/JSON-Schema-Test-Suite at 44401e0c0467\n";

/// What a driver says of a case, as `codegen_oracle::conformance::Verdict` is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
struct Verdict {
    types: Option<bool>,
    schema_for: Option<bool>,
    oracle: Option<bool>,
}

/// The verdicts, by module and case; none of a case at which the driver died.
type Verdicts = BTreeMap<(String, usize), Verdict>;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let folder = arguments.suite.clone().or_else(|| find("json-schema-test-suite/draft2020-12"));
    let Some(folder) = folder else {
        print(SKIPPED);
        return Ok(ExitCode::SUCCESS);
    };
    let suite = Suite::read(&folder, arguments.remotes.as_deref())?;
    let engine = arguments.engine.unwrap_or(Engine::Native);
    let figures = measure(&suite, engine)?;
    let other = match arguments.engine {
        None => Some(compare::typify(&folder, arguments.remotes.as_deref())?),
        Some(_) => None,
    };
    print(&table::text(&figures, other.as_ref()));
    if let Some(file) = &arguments.json {
        let both: Vec<&Figures> = std::iter::once(&figures).chain(&other).collect();
        let text = serde_json::to_string_pretty(&both).map_err(|error| error.to_string())?;
        write(file, &format!("{text}\n"))?;
    }
    Ok(if figures.is_perfect() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Generates, builds and asks.
fn measure(suite: &Suite, engine: Engine) -> Result<Figures, String> {
    let path = format!("conformance/{}/{}", suite.draft, engine.name());
    let map = Some(("http://localhost:1234/", suite.remotes.as_path()));
    let workshop = Workshop::new(&path, engine, map, false);
    let schemas = suite.groups.iter().map(|group| (group.module.clone(), group.schema.clone())).collect();
    let started = std::time::Instant::now();
    let built = workshop.make(&schemas, "codegen_oracle::conformance::run")?;
    let (made, seconds) = (built.modules.len(), started.elapsed().as_secs());
    tell(&format!("{}: {made} of {} schemas generated and built in {seconds} s", engine.name(), schemas.len()));
    let verdicts = verdicts(suite, &workshop, &built)?;
    Ok(Figures::of(suite, engine, &built, &verdicts))
}

/// The verdict about every case.
fn verdicts(suite: &Suite, workshop: &Workshop, built: &Built) -> Result<Verdicts, String> {
    let groups = suite.groups.iter().map(task_group).collect::<Result<_, _>>()?;
    let task = Task { remotes: Some(&suite.remotes), formats: false, groups };
    let file = workshop.write_task(&task)?;
    let mut verdicts = Verdicts::new();
    ask(&built.driver, &file, &task.cases(), &mut |(module, case), answer| {
        let verdict = answer.unwrap_or_else(|why| {
            tell(&format!("at case {case} of {module}: {why}"));
            Verdict::default()
        });
        verdicts.insert((module.to_owned(), case), verdict);
    });
    Ok(verdicts)
}

fn task_group(group: &Group) -> Result<TaskGroup<'_>, String> {
    let schema = RawValue::from_string(group.schema.clone()).map_err(|error| error.to_string())?;
    let instances = group.cases.iter().map(|case| case.data.as_ref()).collect();
    Ok(TaskGroup { module: &group.module, schema, instances })
}

/// Why the types of a group answer nothing.
fn why_not(built: &Built, module: &str) -> Option<String> {
    built.refused.get(module).map(Refused::to_string)
}
