//! Whole documents: a folder each in `target/apis`, which is a workspace of its own with the generated crate as its member `types`.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use serde::Deserialize;

use crate::data::{find, tell};
use crate::workshop::{generate, home, lay_out_workspace, target, write};

/// A document, and the folder of its workspace.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    /// The document.
    pub(crate) document: PathBuf,
    /// How its packages are called.
    pub(crate) name: String,
    /// The workspace.
    pub(crate) folder: PathBuf,
}

/// What the generator reports of a document.
#[derive(Debug, Deserialize)]
pub(crate) struct Report {
    crates: Vec<Crate>,
}

#[derive(Debug, Deserialize)]
struct Crate {
    operations: Vec<Operation>,
}

/// An operation of a report.
#[derive(Debug, Deserialize)]
pub(crate) struct Operation {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Why it is not generated.
    pub(crate) left_out: Option<String>,
}

impl Report {
    /// Every operation that the generator knows of.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.crates.iter().flat_map(|one| &one.operations)
    }
}

/// The documents that are named, or all of the data, in the order of their sizes; none where there is no data.
///
/// # Errors
/// A document that is named is not there.
pub(crate) fn documents(named: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    if !named.is_empty() {
        let missing = named.iter().find(|file| !file.is_file());
        return missing.map_or(Ok(named.to_vec()), |file| Err(format!("there is no file {}", file.display())));
    }
    let Some(folder) = find("openapi") else {
        tell("skipped: no OpenAPI documents are in CODEGEN_DATA");
        return Ok(Vec::new());
    };
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let is_document = |extension: &str| ["json", "yaml", "yml"].contains(&extension);
        if entry.path().extension().and_then(|extension| extension.to_str()).is_some_and(is_document) {
            found.push((entry.metadata().map_err(wrong)?.len(), entry.path()));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

impl Api {
    /// A folder in `target/apis`, for a purpose: crates that are generated differently don't share one.
    pub(crate) fn new(document: &Path, purpose: &str) -> Self {
        let stem = document.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
        let tidy = |character: char| if character.is_ascii_alphanumeric() { character } else { '-' };
        let stem: String = stem.chars().map(tidy).collect();
        let name = format!("{purpose}-{stem}");
        let folder = home().join("target/apis").join(&name);
        Self { document: document.to_owned(), name, folder }
    }

    /// The name of a package.
    pub(crate) fn package(&self, member: &str) -> String {
        format!("{}-{member}", self.name)
    }

    /// Writes the crate of the document, in a workspace with these members.
    ///
    /// # Errors
    /// What the generator or the file system reports.
    pub(crate) fn generate(&self, members: &[&str], more: &[&str]) -> Result<Report, String> {
        lay_out_workspace(&self.folder, members, &self.package("types"))?;
        let document = fs::canonicalize(&self.document).map_err(|error| self.wrong(&error))?;
        let mut arguments: Vec<OsString> = vec!["xtask".into(), "generate".into(), "--spec".into(), document.into()];
        let out = self.folder.join("types");
        arguments.extend(["--out".into(), out.into(), "--name".into(), self.package("types").into(), "--force".into()]);
        arguments.extend(more.iter().map(OsString::from));
        let report = generate(arguments, &self.folder).map_err(|failure| {
            let printed = failure.printed;
            format!("{} is not generated:\n{printed}", self.document.display())
        })?;
        serde_json::from_slice(&report).map_err(|error| self.wrong(&error))
    }

    /// Runs cargo in the workspace: its output, or what it has printed where it fails.
    ///
    /// # Errors
    /// It fails.
    pub(crate) fn cargo(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Result<Output, String> {
        let start = Instant::now();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(arguments).current_dir(&self.folder);
        command
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_INCREMENTAL", "0")
            .envs(environment.iter().copied())
            .stdin(Stdio::null());
        let output = command.output().map_err(|error| format!("cargo does not start: {error}"))?;
        let what = arguments.first().copied().unwrap_or_default();
        tell(&format!("{}: cargo {what} took {:.0} s", self.name, start.elapsed().as_secs_f64()));
        if output.status.success() {
            return Ok(output);
        }
        let printed = String::from_utf8_lossy(&output.stderr);
        Err(format!("{}: `cargo {}` fails:\n{}", self.folder.display(), arguments.join(" "), first_lines(&printed)))
    }

    /// The document as JSON, beside the workspace's other files.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn as_json(&self) -> Result<PathBuf, String> {
        let bytes = fs::read(&self.document).map_err(|error| self.wrong(&error))?;
        let file = self.folder.join("document.json");
        let text = match String::from_utf8(bytes) {
            Ok(text) if self.document.extension().is_some_and(|extension| extension == "json") => text,
            text => {
                let bytes = text.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes);
                let source = codegen::source::read(&self.document.to_string_lossy(), &bytes);
                let source = source.map_err(|problems| {
                    self.wrong(&problems.first().map_or("no document", |problem| problem.message.as_str()))
                })?;
                serde_json::Value::from(&source.root).to_string()
            }
        };
        write(&file, &text)?;
        Ok(file)
    }

    fn wrong(&self, error: &dyn std::fmt::Display) -> String {
        format!("{}: {error}", self.document.display())
    }
}

/// The start of what a compiler says: errors that follow are mostly the same.
fn first_lines(printed: &str) -> String {
    const MOST: usize = 120;
    let mut seen = BTreeSet::new();
    let lines: Vec<&str> = printed.lines().filter(|line| line.trim().is_empty() || seen.insert(*line)).collect();
    let mut text = lines.iter().take(MOST).copied().collect::<Vec<_>>().join("\n");
    if lines.len() > MOST {
        text.push_str(&format!("\n… ({} more lines)", lines.len() - MOST));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_packages() {
        let api = Api::new(Path::new("data/GitHub-3.0.json"), "walk");
        assert_eq!(api.package("types"), "walk-github-3-0-types");
        assert!(api.folder.ends_with("target/apis/walk-github-3-0"));
    }
}
