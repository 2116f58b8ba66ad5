//! What a run has to tell: diagnostics, with the texts that they point into and the diffs that explain them.

use std::collections::BTreeMap;
use std::io;

use super::documents::Sources;
use crate::diagnostic::{Diagnostic, Place, Severity, Spot};

/// A diagnostic, and the diff that explains it; empty where there is none.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) diagnostic: Diagnostic,
    pub(super) diff: String,
}

impl From<Diagnostic> for Finding {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, diff: String::new() }
    }
}

/// Everything there is to tell, in the order in which it was found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) list: Vec<Finding>,
    /// The contents of the files that diagnostics point into, by name.
    pub(super) texts: BTreeMap<String, Vec<u8>>,
}

impl Findings {
    pub(super) fn add(&mut self, finding: impl Into<Finding>) {
        self.list.push(finding.into());
    }

    pub(super) fn extend(&mut self, findings: impl IntoIterator<Item = impl Into<Finding>>) {
        self.list.extend(findings.into_iter().map(Into::into));
    }

    /// The files that diagnostics point into.
    pub(super) fn sources(&self) -> Sources<'_> {
        let mut sources = Sources::new();
        for (name, bytes) in &self.texts {
            sources.add_bytes(name.as_str(), bytes);
        }
        sources
    }

    pub(super) fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|finding| finding.diagnostic.severity == severity).count()
    }

    pub(super) fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// What `--strict` does.
    pub(super) fn make_warnings_errors(&mut self) {
        for finding in &mut self.list {
            finding.diagnostic.severity = Severity::Error;
        }
    }
}

/// An error about a file as a whole.
pub(super) fn file_error(code: &'static str, message: impl Into<String>, file: &str) -> Diagnostic {
    Diagnostic::error(code, message, whole_file(file))
}

/// A file as a whole.
pub(super) fn whole_file(file: &str) -> Place {
    Place { file: file.to_owned(), spot: Spot::File, label: String::new() }
}

/// An error that stands in no file.
pub(super) fn plain_error(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Error, code, message: message.into(), places: Vec::new(), help: Vec::new() }
}

/// A file that cannot be read.
pub(super) fn unreadable(file: &str, error: &io::Error) -> Diagnostic {
    file_error("unreadable", format!("cannot read {file}: {}", reason(error)), file)
}

/// A file that cannot be written or removed.
pub(super) fn unwritable(file: &str, error: &io::Error) -> Diagnostic {
    file_error("unwritable", format!("cannot write {file}: {}", reason(error)), file)
}

/// What went wrong, in the same words on every system.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is a file".to_owned(),
        _ => error.to_string(),
    }
}
