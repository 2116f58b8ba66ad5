//! Reads fixtures and generates from them: for the build script, which compiles what comes out, and for the tests.
//!
//! A fixture is a document in `fixtures/`, and where its decisions matter a TOML file beside it: a `codegen.toml` without
//! `document`, `output` and `package`, which are always the same here, but with `dangling = "any"` if need be.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use codegen::config::Config;
use codegen::diagnostic::{Diagnostic, Severity};
use codegen::source::{self, Source};
use codegen::{Dangling, Input, Library, Options, Outcome, Reference, Target};

/// A document and what is decided about its crate.
pub struct Fixture {
    /// The name of its file without the extension, and of the module of its types.
    pub name: String,
    /// The document.
    pub source: Source,
    /// The decisions about the crate.
    pub config: Config,
    /// What becomes of references that lead nowhere.
    pub dangling: Dangling,
    /// Where the paths in the decisions begin.
    folder: PathBuf,
}

/// What is generated from a fixture.
pub struct Types {
    /// The texts of the files by their paths below `src/types`, sorted by these.
    pub files: Vec<(String, String)>,
    /// What there is to say of the document.
    pub warnings: Vec<Diagnostic>,
}

/// Every fixture, by name.
///
/// # Errors
/// What is wrong with which file.
pub fn all(folder: &Path) -> Result<Vec<Fixture>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut documents: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json" || extension == "yaml"))
        .collect();
    documents.sort();
    documents.iter().map(|document| Fixture::read(document, &document.with_extension("toml"))).collect()
}

impl Fixture {
    /// Reads a document, and the decisions where there are some.
    ///
    /// # Errors
    /// What is wrong with which file.
    pub fn read(document: &Path, decisions: &Path) -> Result<Self, String> {
        let name = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let decisions = if decisions.exists() { text(decisions)? } else { String::new() };
        let (config, dangling) = config(&name, &decisions).map_err(|error| format!("fixture {name}: {error}"))?;
        let file = document.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = source::read(&file, text(document)?.as_bytes()).map_err(|problems| listed(&name, &problems))?;
        let folder = document.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { name, source, config, dangling, folder })
    }

    /// Generates from the document.
    #[must_use]
    pub fn generate(&self) -> Outcome {
        self.generate_from(&self.source)
    }

    /// Generates from another spelling of the document.
    #[must_use]
    pub fn generate_from(&self, source: &Source) -> Outcome {
        let options =
            Options { dangling: self.dangling, runtime: r#"path = "../runtime""#.to_owned(), ..Options::default() };
        codegen::generate(&Input {
            sources: std::slice::from_ref(source),
            config: &self.config,
            options,
            library: self,
        })
    }

    /// The generated types.
    ///
    /// # Errors
    /// What is wrong with the fixture.
    pub fn types(&self) -> Result<Types, String> {
        let outcome = self.generate();
        let generated = outcome.generated.ok_or_else(|| listed(&self.name, &outcome.diagnostics))?;
        let files = generated.files.into_iter();
        let files = files.filter_map(|(path, text)| Some((path.strip_prefix("src/types/")?.to_owned(), text)));
        Ok(Types { files: files.collect(), warnings: outcome.diagnostics })
    }
}

/// `[map]`: a prefix of references stands for a pointer into a file.
impl Library for Fixture {
    fn open(&self, reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        let mapped = self.config.map.iter().find_map(|(prefix, target)| {
            let rest = reference.written.strip_prefix(prefix.as_str())?;
            let (file, pointer) = target.split_once('#').unwrap_or((target, ""));
            Some((file, format!("{pointer}{rest}")))
        });
        let Some((file, fragment)) = mapped else { return Ok(None) };
        let text = text(&self.folder.join(file)).map_err(|problem| {
            vec![Diagnostic { severity: Severity::Error, ..Diagnostic::error("map", problem, reference.place.clone()) }]
        })?;
        Ok(Some(Target { source: Arc::new(source::read(file, text.as_bytes())?), fragment }))
    }
}

fn config(name: &str, decisions: &str) -> Result<(Config, Dangling), String> {
    let mut table: toml::Table = toml::from_str(decisions).map_err(|error| error.to_string())?;
    let dangling = match table.remove("dangling").as_ref().and_then(toml::Value::as_str) {
        None => Dangling::Error,
        Some("any") => Dangling::Any,
        Some(other) => return Err(format!("`dangling` is either `any` or not there, not `{other}`")),
    };
    let mut package = toml::Table::new();
    package.insert("name".to_owned(), name.replace('_', "-").into());
    table.insert("package".to_owned(), package.into());
    for required in ["document", "output"] {
        table.insert(required.to_owned(), "".into());
    }
    Ok((table.try_into().map_err(|error: toml::de::Error| error.to_string())?, dangling))
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Diagnostics, a line each.
#[must_use]
pub fn listed(name: &str, problems: &[Diagnostic]) -> String {
    let lines: Vec<String> = problems.iter().map(line).collect();
    format!("fixture {name}:\n{}", lines.join("\n"))
}

/// A diagnostic in one line.
#[must_use]
pub fn line(problem: &Diagnostic) -> String {
    let place = problem.places.first().map(|place| format!(" at {}: {:?}", place.file, place.spot));
    format!("{}[{}]: {}{}", problem.severity, problem.code, problem.message, place.unwrap_or_default())
}
