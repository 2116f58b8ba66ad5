//! Breaks a document for `cargo xtask mutate`, and says what the generator makes of it.
//!
//! It is run as `codegen-mutate TASK.json NAME CASE`, and answers about every case from that one on: a line of JSON each. A case is a
//! number of a mutation and a syntax; the same seed breaks the same, whatever was asked before.

mod change;
mod cut;
mod judge;
/// The same as in `codegen-oracle`, which has the validator in its tree: nobody wants to build that optimized.
#[expect(unreachable_pub, reason = "it is public where it comes from")]
#[path = "../../oracle/src/random.rs"]
mod random;
mod tree;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use judge::{Verdict, judge};
use random::Random;
use tree::Tree;

/// As large as the stack of the main thread of a program is, and not larger: the generator has to do with that.
const STACK: usize = 8 * 1024 * 1024;

/// What to do.
#[derive(Deserialize)]
struct Task {
    /// The file of the document, as JSON.
    document: PathBuf,
    seed: u64,
    /// How many mutations; each is a case in JSON and one in YAML.
    mutations: usize,
    /// Of how many cases the crate is written, to be compiled.
    samples: usize,
    /// The folder of these crates.
    out: PathBuf,
    /// How their names begin.
    name: String,
    /// The entry of their dependency on the runtime.
    runtime: String,
}

/// What there is to say of a case.
#[derive(Serialize)]
struct Answer {
    /// How the document was broken.
    how: String,
    /// Whether there is a crate.
    is_made: bool,
    /// Whether something was said.
    is_reported: bool,
    wrong: Vec<String>,
}

fn main() -> ExitCode {
    // What panics is told by the answer.
    std::panic::set_hook(Box::new(|_| {}));
    let work = thread::Builder::new().stack_size(STACK).spawn(run).map_err(|error| error.to_string());
    match work.and_then(|thread| thread.join().unwrap_or_else(|_| Err("the work panicked".to_owned()))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Whoever does not listen does not miss it.
            let _ = writeln!(io::stderr(), "error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, _, case] = arguments.as_slice() else {
        return Err("usage: codegen-mutate TASK.json NAME CASE".to_owned());
    };
    let first: usize = case.parse().map_err(|_| format!("{case} is no case"))?;
    let task: Task = read(Path::new(file))?;
    let document: Value = read(&task.document)?;
    let cases = task.mutations.saturating_mul(2);
    let step = cases.checked_div(task.samples).unwrap_or(usize::MAX).max(1);
    let mut written = first.checked_div(step).unwrap_or_default();
    let mut output = io::stdout().lock();
    for case in first..cases {
        let Broken { how, file, text } = broken(&document, task.seed, case);
        let package = format!("{}-{case}", task.name);
        let verdict = judge(&file, &text, &package, &task.runtime);
        // The next crate behind each step; where the program was started again, those before were written already.
        let is_due = written < task.samples && case >= written.saturating_mul(step);
        if is_due && verdict.files.is_some() && verdict.wrong.is_empty() {
            written = written.saturating_add(1);
            write_sample(&task.out.join(&package), &file, &text, &verdict).map_err(|error| error.to_string())?;
        } else if !verdict.wrong.is_empty() {
            write_sample(&task.out.join(&package), &file, &text, &Verdict::default())
                .map_err(|error| error.to_string())?;
        }
        let (is_made, is_reported) = (verdict.files.is_some(), verdict.is_reported);
        let answer = Answer { how, is_made, is_reported, wrong: verdict.wrong };
        let line = serde_json::to_string(&answer).map_err(|error| error.to_string())?;
        writeln!(output, "{line}").and_then(|()| output.flush()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// A broken document.
struct Broken {
    how: String,
    file: String,
    text: String,
}

fn broken(document: &Value, seed: u64, case: usize) -> Broken {
    let mut random = Random::named(seed, &format!("mutation {}", case / 2));
    let mut tree = Tree::from(&cut::cut(document, &mut random));
    let mut how: Vec<String> = (0..random.between(1, 3)).map(|_| change::change(&mut tree, &mut random)).collect();
    let is_json = case.is_multiple_of(2);
    let mut text = if is_json { tree.json() } else { tree.yaml() };
    if random.one_in(12) {
        how.push(change::break_text(&mut text, &mut random).to_owned());
    }
    Broken { how: how.join(", "), file: if is_json { "broken.json" } else { "broken.yaml" }.to_owned(), text }
}

/// Writes the document, and the crate where there is one.
fn write_sample(folder: &Path, file: &str, text: &str, verdict: &Verdict) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(file), text)?;
    for (path, text) in verdict.files.iter().flatten() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

fn read<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<T, String> {
    let text = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", file.display()))
}
