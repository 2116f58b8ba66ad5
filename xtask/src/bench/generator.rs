//! What makes a crate of a document: this project, with either engine, and other generators where their commands are installed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::document::Document;
use super::peers;

/// One document, given to one generator.
#[derive(Debug)]
pub(crate) struct Job<'j> {
    pub(crate) document: &'j Document,
    /// The folder of the crate.
    pub(crate) out: PathBuf,
    /// A folder for what else the generator needs.
    pub(crate) scratch: PathBuf,
    /// The name of the package.
    pub(crate) package: String,
}

impl Job<'_> {
    /// Writes the manifest of a crate for a generator that writes none.
    ///
    /// # Errors
    /// Those of the file system.
    pub(crate) fn write_manifest(&self, rest: &str) -> Result<(), String> {
        let text = format!(
            "[package]\nname = {:?}\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n{rest}\n[workspace]\n",
            self.package
        );
        crate::workshop::write(&self.out.join("Cargo.toml"), &text)
    }

    /// Makes the crate a workspace of its own, if it is none.
    ///
    /// # Errors
    /// Those of the file system.
    pub(crate) fn stand_alone(&self) -> Result<(), String> {
        let manifest = self.out.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).map_err(|error| format!("{}: {error}", manifest.display()))?;
        if text.lines().any(|line| line.trim() == "[workspace]") {
            return Ok(());
        }
        crate::workshop::write(&manifest, &format!("{text}\n[workspace]\n"))
    }
}

/// What a generator is to the goals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// This project.
    Own,
    /// It makes types alone.
    Types,
    /// It makes clients, as this project does.
    Peer,
}

/// Something that makes a crate of a document.
pub(crate) trait Generator {
    /// What it is called in tables.
    fn label(&self) -> String;

    /// What it is called in the file system.
    fn folder(&self) -> &'static str;

    /// What it is to the goals.
    fn role(&self) -> Role {
        Role::Peer
    }

    /// Whether its crates stand on what this workspace's lock file pins.
    fn is_of_this_workspace(&self) -> bool {
        false
    }

    /// Writes what it needs, before anything is measured.
    ///
    /// # Errors
    /// Why it can't be asked.
    fn prepare(&self, _job: &Job<'_>) -> Result<(), String> {
        Ok(())
    }

    /// The process that generates.
    fn command(&self, job: &Job<'_>) -> Command;

    /// Completes the crate with what the generator leaves to its user.
    ///
    /// # Errors
    /// The crate can't be completed.
    fn finish(&self, _job: &Job<'_>) -> Result<(), String> {
        Ok(())
    }
}

/// An engine of this project, in a program built for release.
pub(crate) struct Own {
    program: PathBuf,
    engine: crate::workshop::Engine,
}

impl Own {
    pub(crate) fn new(program: PathBuf, engine: crate::workshop::Engine) -> Self {
        Self { program, engine }
    }

    /// The process that generates a crate of a file.
    pub(crate) fn generate(&self, spec: &Path, out: &Path, package: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["generate", "--engine", self.engine.name(), "--name", package, "--spec"]);
        command.arg(spec).arg("--out").arg(out);
        command
    }
}

impl Generator for Own {
    fn label(&self) -> String {
        match self.engine {
            crate::workshop::Engine::Native => "this project".to_owned(),
            crate::workshop::Engine::Typify => "typify (types alone)".to_owned(),
        }
    }

    fn folder(&self) -> &'static str {
        self.engine.name()
    }

    fn role(&self) -> Role {
        match self.engine {
            crate::workshop::Engine::Native => Role::Own,
            crate::workshop::Engine::Typify => Role::Types,
        }
    }

    fn is_of_this_workspace(&self) -> bool {
        true
    }

    fn command(&self, job: &Job<'_>) -> Command {
        self.generate(&job.document.path, &job.out, &job.package)
    }
}

/// The peers whose commands are installed, and the names of those whose are not.
pub(crate) fn peers(scratch: &Path) -> (Vec<Box<dyn Generator>>, Vec<&'static str>) {
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for (command, make) in peers::ALL {
        match installed(command) {
            Some(program) => found.push(make(program, scratch)),
            None => missing.push(command),
        }
    }
    (found, missing)
}

/// The program that a command starts.
fn installed(command: &str) -> Option<PathBuf> {
    let name = format!("{command}{}", std::env::consts::EXE_SUFFIX);
    find(&std::env::var_os("PATH")?, &name)
}

fn find(path: &OsStr, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The version that a program says it has: the last word of the first line that it prints.
pub(crate) fn version(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let word = text.lines().next().and_then(|line| line.split_whitespace().next_back());
    word.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_in_the_folders_of_the_path() {
        let folder = std::env::temp_dir().join(format!("codegen-path-{}", std::process::id()));
        fs::create_dir_all(folder.join("b")).unwrap();
        fs::write(folder.join("b/tool"), "").unwrap();
        let path = std::env::join_paths([folder.join("a"), folder.join("b")]).unwrap();
        assert_eq!(find(&path, "tool"), Some(folder.join("b/tool")));
        assert_eq!(find(&path, "other"), None);
        fs::remove_dir_all(&folder).unwrap();
    }
}
