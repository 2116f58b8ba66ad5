//! Building the driver, and finding out which modules do not compile.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::{Workshop, home};

/// How a build ended.
pub(super) enum Outcome {
    /// The driver.
    Built(PathBuf),
    /// The modules that do not compile, with the first error of each.
    Broken(BTreeMap<String, String>),
}

/// A line of `cargo build --message-format=json`.
#[derive(Deserialize)]
struct Line {
    reason: String,
    executable: Option<PathBuf>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    spans: Vec<Span>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

impl Workshop {
    pub(super) fn build(&self, modules: &[&str]) -> Result<Outcome, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["build", "--quiet", "--message-format", "json", "--package"])
            .arg(self.package("driver"))
            .arg("--target-dir")
            .arg(target())
            .current_dir(&self.folder)
            .env("CARGO_INCREMENTAL", "0")
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| format!("cargo does not start: {error}"))?;
        if output.status.success() {
            return executable(&output.stdout).map(Outcome::Built);
        }
        let lines = lines(&output.stdout);
        let driver = fs::read_to_string(self.folder.join("driver/src/main.rs")).unwrap_or_default();
        let messages = lines.into_iter().filter(|line| line.reason == "compiler-message");
        let errors: Vec<Message> =
            messages.filter_map(|line| line.message).filter(|message| message.level == "error").collect();
        let mut broken = BTreeMap::new();
        for error in &errors {
            for span in error.spans.iter().filter(|span| span.is_primary) {
                if let Some(module) = module_of(span, &driver).filter(|module| modules.contains(module)) {
                    broken.entry(module.to_owned()).or_insert_with(|| error.message.clone());
                }
            }
        }
        if broken.is_empty() {
            let rendered: String = errors.into_iter().filter_map(|error| error.rendered).collect();
            let printed = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{} does not build:\n{rendered}{printed}", self.folder.display()));
        }
        Ok(Outcome::Broken(broken))
    }
}

fn lines(output: &[u8]) -> Vec<Line> {
    String::from_utf8_lossy(output).lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The program that was built, by what cargo prints with `--message-format json`.
pub(crate) fn executable(output: &[u8]) -> Result<PathBuf, String> {
    let found = lines(output).into_iter().filter_map(|line| line.executable).next_back();
    found.ok_or_else(|| "cargo does not say where the driver is".to_owned())
}

/// The module that an error is about: the one in whose file it is, or that the line of the driver names.
fn module_of<'a>(span: &'a Span, driver: &'a str) -> Option<&'a str> {
    if let Some((_, path)) = span.file_name.split_once("types/src/") {
        let first = path.split('/').next()?;
        return Some(first.strip_suffix(".rs").unwrap_or(first));
    }
    let line = driver.lines().nth(span.line_start.checked_sub(1)?)?;
    line.split_once("types::")?.1.split(':').next()
}

/// The target folder that this program was built in.
pub(crate) fn target() -> PathBuf {
    let program = std::env::current_exe().ok();
    let folder = program.and_then(|program| Some(program.parent()?.parent()?.to_owned()));
    folder.unwrap_or_else(|| home().join("target"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_of_the_module_that_it_stands_in() {
        let driver = "//! …\nstatic JUDGES: … = &[\n    (\"one_000\", foreign::<types::one_000::Root>()),\n];\n";
        let span = |file: &str, line| Span { file_name: file.to_owned(), line_start: line, is_primary: true };
        assert_eq!(module_of(&span("types/src/ref_001/root.rs", 3), driver), Some("ref_001"));
        assert_eq!(module_of(&span("types/src/ref_001.rs", 3), driver), Some("ref_001"));
        assert_eq!(module_of(&span("driver/src/main.rs", 3), driver), Some("one_000"));
        assert_eq!(module_of(&span("driver/src/main.rs", 1), driver), None);
    }
}
