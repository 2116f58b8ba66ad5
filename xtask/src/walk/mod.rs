//! `cargo xtask walk`: every operation of whole documents, called over loopback; and request schemas against an independent
//! validator.

mod client;
mod driver;
mod report;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use clap::Args;
use serde::{Deserialize, Serialize};

use self::report::Walked;
use crate::apis::{Api, documents};
use crate::data::{print, tell};
use crate::workshop::{ask, executable, write};

const EXAMPLES: &str = "\
Examples:
  What CI runs:
    CODEGEN_DATA=../data cargo xtask walk
  One document, and every failure in it:
    cargo xtask walk ../data/openapi/train-travel.yaml --failures 1000

Exit status: 0 every generated operation was walked and nothing is wrong; 1 otherwise, or with --all where one is left out.";

/// Walk every operation of whole documents over loopback
///
/// A crate is generated of each document, and each of its operations is called with drawn values: once with what is required, and once
/// with everything. The server reads the document by code of its own, validates what arrives and answers from the document; what it
/// answers has to be the same once it has been decoded and encoded.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The documents [default: those of openapi in CODEGEN_DATA]
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,

    /// Decides what is drawn
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Fail as well where the generator leaves an operation out, with its warning
    #[arg(long)]
    all: bool,

    /// How many failures of a document are printed
    #[arg(long, default_value_t = 40)]
    failures: usize,
}

/// What a driver is asked to do, as `codegen_walk` reads it.
#[derive(Serialize)]
struct Task<'a> {
    document: &'a Path,
    seed: u64,
    instances: Option<usize>,
}

/// What a driver says of an operation, as `codegen_walk::Report` is written.
#[derive(Debug, Default, Deserialize)]
struct Told {
    asked: usize,
    verdicts: (usize, usize),
    wrong: Vec<String>,
    shortfalls: Vec<String>,
    remarks: Vec<String>,
    missing: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// A document that can't be read or generated, or whose crate or driver does not build.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let mut code = ExitCode::SUCCESS;
    for document in documents(&arguments.documents)? {
        let api = Api::new(&document, "walk");
        let walked = ask_driver(&api, &[], arguments.seed, None)?;
        print(&walked.text(arguments.failures));
        if !walked.is_perfect(arguments.all) {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

/// Asks about every request schema of a document: `cargo xtask fuzz --requests`.
///
/// # Errors
/// As for [`run`].
pub(crate) fn requests(document: &Path, seed: u64, instances: usize) -> Result<ExitCode, String> {
    // What a schema accepts is what JSON Schema says, and nothing is assumed of one without `type`.
    let api = Api::new(document, "requests");
    let walked = ask_driver(&api, &["--implied-types", "exact"], seed, Some(instances))?;
    print(&walked.text(usize::MAX));
    Ok(if walked.is_perfect(false) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Generates the crate of a document, builds a driver of it and asks that about every operation.
fn ask_driver(api: &Api, more: &[&str], seed: u64, instances: Option<usize>) -> Result<Walked, String> {
    let start = Instant::now();
    let generated = api.generate(&["driver", "types"], more)?;
    tell(&format!("{}: generating took {:.0} s", api.name, start.elapsed().as_secs_f64()));
    let unknown = driver::write_driver(&api.folder, &api.name)?;
    let document = api.as_json()?;
    let package = api.package("driver");
    let output = api.cargo(&["build", "--quiet", "--message-format", "json", "--package", &package], &[])?;
    let driver = executable(&output.stdout)?;
    let task = api.folder.join("task.json");
    let text =
        serde_json::to_string(&Task { document: &document, seed, instances }).map_err(|error| error.to_string())?;
    write(&task, &text)?;
    let start = Instant::now();
    let operations = operations(&driver, &task)?;
    let mut walked = Walked::new(api, instances.is_some(), &generated, &unknown, operations.clone());
    let cases: Vec<(&str, usize)> = operations.iter().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
    ask(&driver, &task, &cases, &mut |(_, case), told: Result<Told, String>| walked.take(case, told));
    tell(&format!("{}: walking took {:.0} s", api.name, start.elapsed().as_secs_f64()));
    Ok(walked)
}

/// The operations of the document as the driver reads it.
fn operations(driver: &Path, task: &Path) -> Result<Vec<String>, String> {
    let output = Command::new(driver).arg(task).output().map_err(|error| format!("{}: {error}", driver.display()))?;
    serde_json::from_slice(&output.stdout).map_err(|error| {
        format!("the driver does not list the operations: {error}: {}", String::from_utf8_lossy(&output.stderr))
    })
}
