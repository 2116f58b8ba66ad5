//! Draws schemas and instances for `cargo xtask fuzz`: what to draw is a file of JSON, and what was drawn another.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen_oracle::schemas::{Sources, draw};
use codegen_oracle::tally::Tally;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What to draw, as a file of JSON says it.
#[derive(Deserialize)]
struct Order {
    seed: u64,
    schemas: usize,
    instances: usize,
    suite: Option<PathBuf>,
    remotes: Option<PathBuf>,
    documents: Vec<PathBuf>,
    formats: bool,
    out: PathBuf,
}

/// What was drawn.
#[derive(Serialize)]
struct Answer<'a> {
    dropped: usize,
    unjudged: &'a [String],
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    module: &'a str,
    origin: &'a str,
    schema: &'a Value,
    instances: Vec<&'a Value>,
    tally: &'a Tally,
    shortfalls: Vec<String>,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Whoever does not listen does not miss it.
            let _ = writeln!(io::stderr(), "error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let file = std::env::args().nth(1).ok_or("usage: codegen-oracle ORDER.json")?;
    let text = fs::read(&file).map_err(|error| format!("{file}: {error}"))?;
    let order: Order = serde_json::from_slice(&text).map_err(|error| format!("{file}: {error}"))?;
    let Order { seed, schemas, instances, suite, remotes, documents, formats, out } = order;
    let harvest = draw(&Sources { seed, schemas, instances, suite, remotes, documents, formats })?;
    let groups = harvest.drawn.iter().map(|drawn| Group {
        module: &drawn.module,
        origin: &drawn.origin,
        schema: &drawn.schema,
        instances: drawn.picked.instances.iter().map(|(instance, _)| instance).collect(),
        tally: &drawn.picked.tally,
        shortfalls: drawn.picked.tally.shortfalls(),
    });
    write(&out, &Answer { dropped: harvest.dropped, unjudged: &harvest.unjudged, groups: groups.collect() })
}

fn write(file: &Path, answer: &Answer<'_>) -> Result<(), String> {
    let text = serde_json::to_string(answer).map_err(|error| error.to_string())?;
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}
