//! What the generator makes of a document, and whether that is right: a clean crate, or something that is said of a place in the text.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use codegen::config::{Config, Package};
use codegen::diagnostic::{Diagnostic, Place, Severity, Sources, Spot};
use codegen::source::Source;
use codegen::{Input, Library, Options, Reference, Target, source};

/// How long one document may take: a part of the largest takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the generator made of a document.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// The files of the crate, where there is one.
    pub(crate) files: Option<BTreeMap<String, String>>,
    /// Whether anything was said.
    pub(crate) is_reported: bool,
    /// What is wrong.
    pub(crate) wrong: Vec<String>,
}

/// No other documents.
struct Nothing;

impl Library for Nothing {
    fn open(&self, _: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

/// Generates from a text. `package` is the name of the crate, and `runtime` the entry of its dependency.
pub(crate) fn judge(file: &str, text: &str, package: &str, runtime: &str) -> Verdict {
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| generate(file, text, package, runtime)));
    let mut verdict = outcome.unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Verdict { wrong: vec![format!("it panics: {}", message.unwrap_or("?"))], ..Verdict::default() }
    });
    let took = start.elapsed();
    if took > PATIENCE {
        verdict.wrong.push(format!("it takes {:.1} s", took.as_secs_f64()));
    }
    verdict
}

fn generate(file: &str, text: &str, package: &str, runtime: &str) -> Verdict {
    let mut verdict = Verdict::default();
    let source = match source::read(file, text.as_bytes()) {
        Ok(source) => source,
        Err(problems) => {
            let mut sources = Sources::new();
            sources.add_bytes(file, text.as_bytes());
            if problems.is_empty() {
                verdict.wrong.push("it is not read, and nobody says why".to_owned());
            }
            verdict.is_reported = true;
            verdict.wrong.extend(problems.iter().filter_map(|problem| unlocated(problem, &sources, None)));
            return verdict;
        }
    };
    let config = Config {
        package: Package { name: package.to_owned(), version: "0.1.0".to_owned(), ..Package::default() },
        ..Config::default()
    };
    let options = Options { runtime: runtime.to_owned(), ..Options::default() };
    let sources = std::slice::from_ref(&source);
    let outcome = codegen::generate(&Input { sources, config: &config, options, library: &Nothing });
    let mut texts = Sources::new();
    texts.add(&source);
    verdict.is_reported = !outcome.diagnostics.is_empty();
    verdict.wrong.extend(outcome.diagnostics.iter().filter_map(|problem| unlocated(problem, &texts, Some(&source))));
    let failed = outcome.diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    match outcome.generated {
        Some(generated) => {
            for (path, text) in generated.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                if let Err(error) = syn::parse_file(text) {
                    verdict.wrong.push(format!("{path} is no Rust: {error}"));
                }
            }
            verdict.files = Some(generated.files);
        }
        None if !failed => verdict.wrong.push("nothing is made, and no error says why".to_owned()),
        None => {}
    }
    verdict
}

/// What is wrong with the places of a message, if something is. `source` is the document, where it could be read.
fn unlocated(problem: &Diagnostic, sources: &Sources<'_>, source: Option<&Source>) -> Option<String> {
    let says = |what: &str| Some(format!("{what}: {} [{}] {:?}", problem.message, problem.code, problem.places));
    if problem.places.is_empty() {
        return says("a message without a place");
    }
    let is_lost = problem.places.iter().any(|Place { file, spot, .. }| match (spot, source) {
        // `locate` shows what is closest to a value that is not there; the value itself has to be.
        (Spot::Pointer(pointer) | Spot::Key(pointer), Some(source)) => source.root.at(pointer).is_none(),
        _ => false,
    } || sources.locate(file, spot).is_none());
    if is_lost { says("a message of a place that is not in the text") } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<String> {
        judge("a.yaml", text, "a", "path = \"r\"").wrong
    }

    #[test]
    fn a_clean_crate_and_a_located_error_are_right() {
        let verdict = judge("a.yaml", "type: object\n", "a", "path = \"r\"");
        assert!(verdict.wrong.is_empty() && verdict.files.is_some() && !verdict.is_reported);
        assert_eq!(wrong("openapi: 9\n"), [""; 0]);
        assert_eq!(wrong("a: ]\n"), [""; 0]);
    }

    #[test]
    fn a_message_of_no_place_is_wrong() {
        let source = source::read("a.yaml", b"a: 1\n").unwrap();
        let mut sources = Sources::new();
        sources.add(&source);
        let about = |pointer: &str, file: &str| {
            let place = Place::value(file, pointer);
            unlocated(&Diagnostic::error("x", "y", place), &sources, Some(&source)).is_some()
        };
        assert_eq!([about("/a", "a.yaml"), about("/b", "a.yaml"), about("/a", "b.yaml")], [false, true, true]);
    }
}
