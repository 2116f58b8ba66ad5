//! Drawing: the package `codegen-oracle` does it, as a program of its own, since it has the independent validator.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Arguments, folder};
use crate::data::tell;
use crate::workshop::{home, write};

/// What to draw, as the program reads it.
#[derive(Serialize)]
struct Order<'a> {
    seed: u64,
    schemas: usize,
    instances: usize,
    suite: Option<&'a Path>,
    remotes: Option<&'a Path>,
    documents: Vec<PathBuf>,
    formats: bool,
    out: &'a Path,
}

/// What was drawn.
#[derive(Debug, Deserialize)]
pub(super) struct Harvest {
    /// How many drawn schemas were dropped.
    pub(super) dropped: usize,
    /// Schemas that the validator refuses.
    pub(super) unjudged: Vec<String>,
    /// The schemas.
    pub(super) groups: Vec<Drawn>,
    /// The folder of the suite's remotes.
    #[serde(skip)]
    pub(super) remotes: Option<PathBuf>,
}

/// A schema, and its instances.
#[derive(Debug, Deserialize)]
pub(super) struct Drawn {
    /// The module of its type.
    pub(super) module: String,
    /// Where it comes from.
    pub(super) origin: String,
    /// The schema.
    pub(super) schema: Box<RawValue>,
    /// The instances.
    pub(super) instances: Vec<Box<RawValue>>,
    /// What was counted of the instances.
    pub(super) tally: Tally,
    /// What is missing so that they are a proof.
    pub(super) shortfalls: Vec<String>,
}

/// Counts, as `codegen_oracle::tally::Tally` is written.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Tally {
    pub(super) accepted: usize,
    pub(super) refused: usize,
    pub(super) keywords: usize,
    pub(super) violated: usize,
    pub(super) unprobed: Vec<String>,
}

/// Draws schemas and instances.
pub(super) fn draw(arguments: &Arguments) -> Result<Harvest, String> {
    let work = home().join("target/fuzz");
    let suite = folder(arguments.suite.as_ref(), "json-schema-test-suite/draft2020-12")?;
    let suite = suite.map(|suite| fs::canonicalize(&suite).map_err(|error| wrong(&suite, &error))).transpose()?;
    let beside = |suite: &PathBuf| ["../remotes", "../../remotes"].map(|path| suite.join(path));
    let remotes = suite.as_ref().and_then(|suite| beside(suite).into_iter().find(|path| path.is_dir()));
    let documents = match folder(arguments.documents.as_ref(), "openapi")? {
        Some(folder) => as_json(&folder, &work)?,
        None => Vec::new(),
    };
    if suite.is_none() && documents.is_empty() {
        tell("skipped: neither the suite nor OpenAPI documents are in CODEGEN_DATA; only small schemas are drawn");
    }
    let out = work.join("drawn.json");
    let order = Order {
        seed: arguments.seed,
        schemas: arguments.schemas,
        instances: arguments.instances,
        suite: suite.as_deref(),
        remotes: remotes.as_deref(),
        documents,
        formats: arguments.formats,
        out: &out,
    };
    let file = work.join("order.json");
    write(&file, &serde_json::to_string(&order).map_err(|error| error.to_string())?)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", "codegen-oracle", "--manifest-path"]).arg(home().join("Cargo.toml"));
    let status = command.arg("--").arg(&file).status().map_err(|error| format!("cargo does not start: {error}"))?;
    if !status.success() {
        return Err(format!("nothing was drawn: {status}"));
    }
    let text = fs::read_to_string(&out).map_err(|error| wrong(&out, &error))?;
    let harvest: Harvest = serde_json::from_str(&text).map_err(|error| wrong(&out, &error))?;
    Ok(Harvest { remotes, ..harvest })
}

/// The documents of a folder, those in YAML as JSON.
fn as_json(folder: &Path, work: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| wrong(folder, &error))? {
        let file = entry.map_err(|error| wrong(folder, &error))?.path();
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("json") => files.push(file),
            Some("yaml" | "yml") => files.push(converted(&file, work)?),
            _ => {}
        }
    }
    files.sort();
    Ok(files)
}

fn converted(file: &Path, work: &Path) -> Result<PathBuf, String> {
    let bytes = fs::read(file).map_err(|error| wrong(file, &error))?;
    let source = codegen::source::read(&file.to_string_lossy(), &bytes)
        .map_err(|problems| wrong(file, &problems.first().map_or("no document", |problem| problem.message.as_str())))?;
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let out = work.join("documents").join(format!("{stem}.json"));
    write(&out, &Value::from(&source.root).to_string())?;
    Ok(out)
}

fn wrong(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
