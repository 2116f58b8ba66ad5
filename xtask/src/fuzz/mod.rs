//! `cargo xtask fuzz`: generated types against an independent validator, on drawn schemas and instances.

mod draw;
mod report;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Deserialize;
use serde_json::value::RawValue;

use self::draw::Drawn;
use self::report::Report;
use crate::data::{find, print, tell};
use crate::walk;
use crate::workshop::{Engine, Task, TaskGroup, Workshop, ask};

const EXAMPLES: &str = "\
Examples:
  What CI runs:
    CODEGEN_DATA=../data cargo xtask fuzz
  Longer, by hand, on other schemas:
    CODEGEN_DATA=../data cargo xtask fuzz --seed 7 --schemas 1000 --instances 200
  The parameters and bodies of a whole API, as its client checks them:
    cargo xtask fuzz --requests ../data/openapi/auth0-management.json

Exit status: 0 no disagreement, and the instances are of both verdicts and violate every keyword; 1 otherwise.";

/// Ask generated types and an independent validator about drawn instances of drawn schemas
///
/// The schemas are those of the JSON-Schema-Test-Suite (draft 2020-12), component schemas of OpenAPI 3.1 documents, compositions of
/// both, and small ones over all keywords; the last alone where there is no data. The same seed draws the same.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Decides what is drawn
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// How many schemas
    #[arg(long, default_value_t = 120)]
    schemas: usize,

    /// How many instances of each schema, at least
    #[arg(long, default_value_t = 40)]
    instances: usize,

    /// The suite's folder of draft 2020-12 [default: json-schema-test-suite/draft2020-12 in CODEGEN_DATA]
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,

    /// A folder of OpenAPI documents [default: openapi in CODEGEN_DATA]
    #[arg(long, value_name = "DIR")]
    documents: Option<PathBuf>,

    /// Check `format` as well
    #[arg(long)]
    formats: bool,

    /// Ask about every request body and parameter of this OpenAPI document instead, through the client generated of it: what the
    /// validator accepts has to be sent, and what it refuses must not be. Formats are checked
    #[arg(long, value_name = "DOCUMENT", conflicts_with_all = ["schemas", "suite", "documents", "formats"])]
    requests: Option<PathBuf>,
}

/// What a driver says of a case, as `codegen_oracle::fuzz::Answer` is written.
#[derive(Debug, Deserialize)]
struct Answer {
    disagreements: Vec<Disagreement>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, Deserialize)]
struct Disagreement {
    about: String,
    /// None where as many have been shown as are worth it.
    instance: Option<String>,
    /// None where nobody could say.
    valid: Option<bool>,
    found: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if let Some(document) = &arguments.requests {
        return walk::requests(document, arguments.seed, arguments.instances);
    }
    let drawn = draw::draw(arguments)?;
    tell(&format!("{} schemas and their instances drawn", drawn.groups.len()));
    let remotes = drawn.remotes.as_deref();
    let map = remotes.map(|folder| ("http://localhost:1234/", folder));
    let workshop = Workshop::new("fuzz", Engine::Native, map, arguments.formats);
    let schemas: BTreeMap<String, String> =
        drawn.groups.iter().map(|group| (group.module.clone(), group.schema.get().to_owned())).collect();
    let built = workshop.make(&schemas, "codegen_oracle::fuzz::run")?;
    tell(&format!("{} schemas generated and built", built.modules.len()));
    let groups = drawn.groups.iter().filter(|group| built.modules.contains_key(&group.module)).map(task_group);
    let task = Task { remotes, formats: arguments.formats, groups: groups.collect() };
    let file = workshop.write_task(&task)?;
    let mut report = Report::new(&drawn, &built.refused);
    ask(&built.driver, &file, &task.cases(), &mut |case, answer: Result<Answer, String>| report.take(case, answer));
    print(&report.text(|module| workshop.schema_file(module)));
    Ok(if report.is_perfect() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn task_group(drawn: &Drawn) -> TaskGroup<'_> {
    let instances = drawn.instances.iter().map(|instance| instance.as_ref()).collect();
    let schema: Box<RawValue> = drawn.schema.clone();
    TaskGroup { module: &drawn.module, schema, instances }
}

/// A folder that was named, which has to be there, or one of the data.
fn folder(named: Option<&PathBuf>, path: &str) -> Result<Option<PathBuf>, String> {
    match named {
        Some(folder) if folder.is_dir() => Ok(Some(folder.clone())),
        Some(folder) => Err(format!("there is no folder {}", folder.display())),
        None => Ok(find(path)),
    }
}
