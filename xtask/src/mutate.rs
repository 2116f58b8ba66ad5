//! `cargo xtask mutate`: real documents, broken in many ways. The package `codegen-mutate` breaks them, and asks the generator, in an
//! optimized build and in a process that may die.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::apis::{Api, documents};
use crate::data::{print, tell};
use crate::workshop::{ask, home, lay_out_workspace, write};

const EXAMPLES: &str = "\
Examples:
  What CI runs:
    CODEGEN_DATA=../data cargo xtask mutate
  Longer, by hand, in other ways:
    CODEGEN_DATA=../data cargo xtask mutate --seed 7 --mutations 1000

Exit status: 0 the generator neither panics nor hangs, everything it says is located, and what it makes compiles; 1 otherwise.";

/// Break whole documents in many ways, and see what the generator says
///
/// Of each document, parts are broken: nodes dropped, doubled, mistyped, swapped, renamed, nested; references cut, numbers made odd, the
/// text itself cut. Each is written as JSON and as YAML. The generator has to make a crate, or say what is wrong at a place in the text.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The documents [default: those of openapi in CODEGEN_DATA]
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,

    /// Decides how documents are broken
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// How often each document is broken
    #[arg(long, default_value_t = 100)]
    mutations: usize,

    /// How many of the crates of each document are compiled
    #[arg(long, default_value_t = 4)]
    samples: usize,
}

/// What to do, as `codegen-mutate` reads it.
#[derive(Serialize)]
struct Task<'a> {
    document: &'a Path,
    seed: u64,
    mutations: usize,
    samples: usize,
    out: &'a Path,
    name: &'a str,
    runtime: String,
}

/// What was found, as `codegen-mutate` writes it.
#[derive(Debug, Deserialize)]
struct Answer {
    how: String,
    is_made: bool,
    is_reported: bool,
    wrong: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A document can't be read, or the program not be built.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let found = documents(&arguments.documents)?;
    if found.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let program = build()?;
    let mut code = ExitCode::SUCCESS;
    for document in found {
        let api = Api::new(&document, "mutate");
        let start = Instant::now();
        let counts = mutate(&api, &program, arguments)?;
        let compiled = compile(&api)?;
        let Counts { cases, made, reported, wrong } = counts;
        print(&format!(
            "{}: {cases} broken documents, {made} of them a crate ({compiled} compiled), of {reported} something said; {wrong} wrong; {:.0} s\n",
            api.name,
            start.elapsed().as_secs_f64()
        ));
        if wrong > 0 {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

#[derive(Default)]
struct Counts {
    cases: usize,
    made: usize,
    reported: usize,
    wrong: usize,
}

fn build() -> Result<PathBuf, String> {
    let start = Instant::now();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "codegen-mutate",
        "--message-format",
        "json",
        "--manifest-path",
    ]);
    let output =
        command.arg(home().join("Cargo.toml")).output().map_err(|error| format!("cargo does not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("codegen-mutate does not build:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    tell(&format!("building the generator took {:.0} s", start.elapsed().as_secs_f64()));
    crate::workshop::executable(&output.stdout)
}

fn mutate(api: &Api, program: &Path, arguments: &Arguments) -> Result<Counts, String> {
    let Arguments { seed, mutations, samples, .. } = *arguments;
    let out = api.folder.join("samples");
    if out.exists() {
        fs::remove_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    }
    let (document, runtime) = (api.as_json()?, format!("path = {:?}", home().join("runtime")));
    let task = Task { document: &document, seed, mutations, samples, out: &out, name: &api.name, runtime };
    let file = api.folder.join("task.json");
    write(&file, &serde_json::to_string(&task).map_err(|error| error.to_string())?)?;
    let cases: Vec<(&str, usize)> = (0..mutations * 2).map(|case| (api.name.as_str(), case)).collect();
    let mut counts = Counts { cases: cases.len(), ..Counts::default() };
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    ask(program, &file, &cases, &mut |(name, case), answer: Result<Answer, String>| {
        let Answer { how, is_made, is_reported, wrong } = answer.unwrap_or_else(|why| {
            let how = "what it was broken by is not known".to_owned();
            Answer { how, is_made: false, is_reported: false, wrong: vec![why] }
        });
        counts.made += usize::from(is_made);
        counts.reported += usize::from(is_reported);
        for what in wrong {
            counts.wrong += 1;
            // The first words say what it is; what follows is its place.
            let kind: String = what.chars().take(60).collect();
            let times = shown.entry(kind).or_default();
            *times += 1;
            if *times <= 3 {
                print(&format!("{} ({how})\n    {what}\n", out.join(format!("{name}-{case}")).display()));
            }
        }
    });
    Ok(counts)
}

/// Compiles the crates that were written: how many.
fn compile(api: &Api) -> Result<usize, String> {
    let folder = api.folder.join("samples");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let folders = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let names: Vec<String> = folders.filter(|name| folder.join(name).join("Cargo.toml").is_file()).collect();
    let Some(first) = names.first() else { return Ok(0) };
    let members: Vec<String> = names.iter().map(|name| format!("samples/{name}")).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    lay_out_workspace(&api.folder, &members, first)?;
    api.cargo(&["check", "--quiet", "--workspace"], &[])?;
    Ok(names.len())
}
