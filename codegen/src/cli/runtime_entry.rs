//! Where a generated crate finds `codegen-runtime`: the entry of its `[dependencies]`.

use std::path::Path;

use super::findings::{file_error, plain_error};
use super::host::{Host, Kind};
use super::paths::{self, Located};
use crate::diagnostic::Diagnostic;

/// `--runtime`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RuntimeChoice {
    /// `path:DIR`
    Path(String),
    /// `git:URL#REV`
    Git { url: String, revision: String },
    /// A version requirement.
    Version(String),
}

impl RuntimeChoice {
    /// Reads the argument.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if let Some(folder) = text.strip_prefix("path:") {
            return if folder.is_empty() {
                Err("a folder must follow `path:`".to_owned())
            } else {
                Ok(Self::Path(folder.to_owned()))
            };
        }
        if let Some(repository) = text.strip_prefix("git:") {
            return match repository.rsplit_once('#') {
                Some((url, revision)) if !url.is_empty() && !revision.is_empty() => {
                    Ok(Self::Git { url: url.to_owned(), revision: revision.to_owned() })
                }
                _ => Err("a URL, `#` and a revision must follow `git:`".to_owned()),
            };
        }
        if text.starts_with(|first: char| first.is_ascii_digit() || "^~=<>*".contains(first)) {
            return Ok(Self::Version(text.to_owned()));
        }
        Err("neither `path:DIR`, `git:URL#REV` nor a version".to_owned())
    }

    /// The argument again.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Path(folder) => format!("path:{folder}"),
            Self::Git { url, revision } => format!("git:{url}#{revision}"),
            Self::Version(requirement) => requirement.clone(),
        }
    }
}

/// What the entry depends on.
pub(super) struct Surroundings<'a> {
    pub(super) host: &'a dyn Host,
    /// The generator's own folder, with `runtime` in it.
    pub(super) home: &'a Path,
    /// The folder to which `path:DIR` is relative.
    pub(super) current: &'a Located,
    /// The folder of the crate.
    pub(super) out: &'a Path,
    /// Whether paths are written relative to the crate wherever it is: for a crate that is committed with what it stands on.
    pub(super) is_committed: bool,
}

impl Surroundings<'_> {
    /// The keys of the entry, without features: `path = "…"`.
    pub(super) fn entry(&self, choice: Option<&RuntimeChoice>) -> Result<String, Diagnostic> {
        match choice {
            None => self.own_runtime(),
            Some(RuntimeChoice::Path(folder)) => self.folder(folder),
            Some(RuntimeChoice::Git { url, revision }) => {
                Ok(format!("git = {}, rev = {}", quoted(url), quoted(revision)))
            }
            Some(RuntimeChoice::Version(requirement)) => Ok(format!("version = {}", quoted(requirement))),
        }
    }

    fn own_runtime(&self) -> Result<String, Diagnostic> {
        let runtime = self.home.join("runtime");
        if self.is_package(&runtime) {
            return Ok(self.path_entry(&runtime));
        }
        Err(plain_error("no-runtime", "the generator's own `runtime` folder is not there")
            .help("say where codegen-runtime is: --runtime path:DIR, --runtime git:URL#REV, or --runtime VERSION"))
    }

    fn folder(&self, written: &str) -> Result<String, Diagnostic> {
        let folder = self.current.join(written);
        if self.is_package(&folder.path) {
            return Ok(self.path_entry(&folder.path));
        }
        Err(file_error("no-runtime", format!("the runtime path:{written} leads to no package"), &folder.shown)
            .help("DIR is the folder in which the Cargo.toml of codegen-runtime stands"))
    }

    fn is_package(&self, folder: &Path) -> bool {
        self.host.kind(&folder.join("Cargo.toml")) == Some(Kind::File)
    }

    /// A relative path where both ends move together, as in the generator's own folder; else an absolute one.
    fn path_entry(&self, runtime: &Path) -> String {
        let home = paths::canonical(self.host, self.home);
        let out = paths::canonical(self.host, self.out);
        let runtime = paths::canonical(self.host, runtime);
        if self.is_committed || out.starts_with(&home) && runtime.starts_with(&home) {
            return format!("path = {}", quoted(&paths::relative(&out, &runtime)));
        }
        format!("path = {}", quoted(&runtime.to_string_lossy()))
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::tests::memory::Memory;
    use super::*;

    fn entry(out: &str, choice: Option<&str>) -> Result<String, Diagnostic> {
        let host = Memory::default();
        host.put("/project/runtime/Cargo.toml", "");
        host.put("/elsewhere/my runtime/Cargo.toml", "");
        let current = Located::current("/elsewhere".into());
        let surroundings = Surroundings {
            host: &host,
            home: Path::new("/project/codegen/.."),
            current: &current,
            out: Path::new(out),
            is_committed: false,
        };
        surroundings.entry(choice.map(|text| RuntimeChoice::parse(text).unwrap()).as_ref())
    }

    #[test]
    fn the_entry_follows_the_argument_and_the_place() {
        let table = [
            ("/project/generated/users", None, r#"path = "../../runtime""#),
            ("/elsewhere/users", None, r#"path = "/project/runtime""#),
            ("/elsewhere/users", Some("path:./my runtime"), r#"path = "/elsewhere/my runtime""#),
            ("/project/users", Some("path:/project/runtime"), r#"path = "../runtime""#),
            (
                "/x",
                Some("git:https://example.com/a#b.git#v1.2"),
                r#"git = "https://example.com/a#b.git", rev = "v1.2""#,
            ),
            ("/x", Some("0.1"), r#"version = "0.1""#),
            ("/x", Some("=0.1.3"), r#"version = "=0.1.3""#),
        ];
        for (out, choice, expected) in table {
            assert_eq!(entry(out, choice).as_deref(), Ok(expected), "{out} {choice:?}");
        }
    }

    #[test]
    fn what_is_no_runtime_is_refused() {
        for text in ["", "path:", "git:https://example.com/a", "git:#x", "latest"] {
            assert!(RuntimeChoice::parse(text).is_err(), "{text}");
        }
        let missing = entry("/x", Some("path:nowhere")).unwrap_err();
        assert_eq!(missing.message, "the runtime path:nowhere leads to no package");
    }

    #[test]
    fn an_argument_is_written_as_it_was_read() {
        for text in ["path:a b", "git:u#v", "^1"] {
            assert_eq!(RuntimeChoice::parse(text).unwrap().written(), text);
        }
    }
}
