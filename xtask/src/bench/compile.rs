//! What compiling a crate alone costs, with everything that it depends on compiled before.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::sources::touch;
use super::usage::{self, Measure, Ran, Usage};
use crate::workshop::home;

/// Which command of cargo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Check,
    Build,
}

impl Action {
    fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Build => "build",
        }
    }

    /// What cargo says when it compiles a crate so.
    fn progress(self) -> &'static str {
        match self {
            Self::Check => "Checking ",
            Self::Build => "Compiling ",
        }
    }
}

/// A crate to compile.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// The folder of its manifest.
    pub(crate) folder: PathBuf,
    /// Where its dependencies are compiled: one for all crates of a generator.
    pub(crate) target: PathBuf,
    /// The features, where they are not the default ones.
    pub(crate) features: Option<Vec<String>>,
    /// Where the output of the last run is kept.
    pub(crate) log: PathBuf,
}

impl Subject {
    /// Gives the crate this workspace's lock file, so that all of them stand on the same versions.
    ///
    /// # Errors
    /// Those of the file system.
    pub(crate) fn pin(&self) -> Result<(), String> {
        let (from, to) = (home().join("Cargo.lock"), self.folder.join("Cargo.lock"));
        fs::copy(&from, &to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
    }

    /// The median cost of compiling it.
    ///
    /// # Errors
    /// Cargo does not start, or compiles nothing.
    pub(crate) fn measure(&self, action: Action, runs: usize) -> Result<Measure, String> {
        // The first run compiles the dependencies as well, and may fetch them.
        let first = self.cargo(action, false)?;
        if !first.succeeded {
            return Ok(Measure::Failed(failure(&first.printed)));
        }
        self.again(action, runs)
    }

    /// The same where the dependencies have been compiled.
    ///
    /// # Errors
    /// As of [`Self::measure`].
    pub(crate) fn again(&self, action: Action, runs: usize) -> Result<Measure, String> {
        let mut usages: Vec<Usage> = Vec::new();
        let mut spoilt = 0_usize;
        while usages.len() < runs {
            touch(&self.folder.join("src"))?;
            let ran = self.cargo(action, true)?;
            if !ran.succeeded {
                return Ok(Measure::Failed(failure(&ran.printed)));
            }
            let compiled = ran.printed.lines().filter(|line| line.trim_start().starts_with(action.progress())).count();
            if compiled == 1 {
                usages.push(ran.usage);
                continue;
            }
            spoilt = spoilt.saturating_add(1);
            if spoilt > runs {
                return Err(format!("{}: cargo compiles {compiled} crates each time, not one", self.folder.display()));
            }
        }
        Ok(usage::median(&usages).map_or_else(|| Measure::Failed("no run".to_owned()), Measure::Taken))
    }

    fn cargo(&self, action: Action, is_offline: bool) -> Result<Ran, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.arg(action.name()).arg("--lib").arg("--color").arg("never").arg("--target-dir").arg(&self.target);
        if is_offline {
            command.arg("--offline");
        }
        if let Some(features) = &self.features {
            command.arg("--no-default-features").arg("--features").arg(features.join(","));
        }
        command.current_dir(&self.folder).env("CARGO_INCREMENTAL", "0").env("CARGO_TERM_QUIET", "false");
        // What cargo tells this program of its own package would make some build scripts run again.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        usage::run(&command, &self.log)
    }
}

/// The failure of a compiler in a few words.
fn failure(printed: &str) -> String {
    let count = printed.lines().rev().find_map(|line| {
        let (_, rest) = line.strip_prefix("error: could not compile")?.split_once("due to ")?;
        let words: Vec<&str> = rest.split_whitespace().take(3).collect();
        match words.as_slice() {
            ["1", ..] => Some("1 error".to_owned()),
            [count, "previous", _] => Some(format!("{count} errors")),
            _ => Some("1 error".to_owned()),
        }
    });
    let first = || printed.lines().find(|line| line.starts_with("error")).unwrap_or("no error was reported").to_owned();
    count.map_or_else(first, |count| format!("{count} when compiling"))
}

/// The client groups of a generated crate: its default features but `client`.
///
/// # Errors
/// There is no such manifest.
pub(crate) fn groups(folder: &Path) -> Result<Vec<String>, String> {
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(|error| format!("{}: {error}", manifest.display()))?;
    Ok(groups_of(&text))
}

fn groups_of(manifest: &str) -> Vec<String> {
    let table: toml::Table = toml::from_str(manifest).unwrap_or_default();
    let default = table.get("features").and_then(|features| features.get("default")).and_then(toml::Value::as_array);
    let names = default.into_iter().flatten().filter_map(toml::Value::as_str);
    names.filter(|name| *name != "client").map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_counted() {
        let text = "error[E0308]: mismatched types\nerror: could not compile `a` (lib) due to 82 previous errors; 3 warnings emitted\n";
        assert_eq!(failure(text), "82 errors when compiling");
        assert_eq!(failure("error: could not compile `a` (lib) due to 1 previous error"), "1 error when compiling");
        assert_eq!(failure("error: could not compile `a` (lib) due to previous error"), "1 error when compiling");
        assert_eq!(failure("error: failed to select a version\nmore"), "error: failed to select a version");
        assert_eq!(failure(""), "no error was reported");
    }

    #[test]
    fn groups_are_the_default_features_but_the_client() {
        let manifest = "[features]\ndefault = [\"api-client\", \"client\", \"users\"]\nclient = []\nschemars = []\n";
        assert_eq!(groups_of(manifest), ["api-client", "users"]);
        assert_eq!(groups_of("[package]\nname = \"a\"\n"), [""; 0]);
    }
}
