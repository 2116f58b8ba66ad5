//! From a crate in memory to the crate on disk: what differs is written, what is no longer generated is removed, and
//! what someone else wrote stays.
//!
//! Removals come first, then the files, then the lock. A run that is cut off leaves files that are newer than the lock;
//! the next one knows them by the journal and goes on.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::changes::Changes;
use super::diff;
use super::findings::{Finding, Findings, file_error, unreadable, unwritable};
use super::host::{Host, Kind, TEMPORARY_PREFIX, TEMPORARY_SUFFIX};
use super::journal::{self, Journal};
use super::lock::{self, Lock};
use super::paths::Located;
use crate::diagnostic::Diagnostic;
use crate::files::Generated;

/// How many lines of the diff of a file are shown.
const DIFF_LINES: usize = 40;

/// What there is to do so that the disk holds a crate.
#[derive(Debug)]
pub(super) struct Plan {
    /// The folder of the crate.
    pub(super) out: Located,
    /// Files that are not as they should be, by path; the lock is the last.
    pub(super) files: Vec<FileChange>,
    /// What changed since the last time; `None` where this is the first.
    pub(super) changes: Option<Changes>,
    /// What runs that were cut off may have written.
    journal: Journal,
}

/// A file that is not as it should be.
#[derive(Debug)]
pub(super) struct FileChange {
    /// Relative to the crate.
    pub(super) path: String,
    /// What stands there; `None` for nothing.
    pub(super) old: Option<String>,
    /// What should stand there; `None` for nothing.
    pub(super) new: Option<String>,
    /// Whose it is.
    pub(super) owner: Owner,
}

/// Whose a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The generator's, as it was written.
    Generator,
    /// The generator's, but edited by hand.
    Edited,
    /// Not the generator's.
    Other,
}

/// Compares the disk with a crate. What stands in the way of knowing what to do goes to the findings.
pub(super) fn plan(
    host: &dyn Host,
    out: &Located,
    generated: &Generated,
    force: bool,
    findings: &mut Findings,
) -> Option<Plan> {
    let file = out.join(lock::NAME);
    let old_text = read_text(host, &file).map_err(|problem| findings.add(problem)).ok()?;
    let old = read_lock(&file, old_text.as_deref(), force, findings)?;
    let new = Lock::of(generated);
    let changes = old_text.is_some().then(|| Changes::between(&old, &new));
    let journal = read_text(host, &out.join(journal::NAME)).map_err(|problem| findings.add(problem)).ok()?;
    let known = Known { lock: old, journal: journal.map_or_else(Journal::default, |text| Journal::parse(&text)) };
    let mut files = file_changes(host, out, generated, &known, findings)?;
    let new_text = new.to_string();
    if old_text.as_ref() != Some(&new_text) {
        let path = lock::NAME.to_owned();
        files.push(FileChange { path, old: old_text, new: Some(new_text), owner: Owner::Generator });
    }
    Some(Plan { out: out.clone(), files, changes, journal: known.journal })
}

fn read_lock(file: &Located, text: Option<&str>, force: bool, findings: &mut Findings) -> Option<Lock> {
    let Some(text) = text else {
        return Some(Lock::default());
    };
    if force {
        return Some(Lock::parse_what_can_be_read(text));
    }
    match Lock::parse(&file.shown, text) {
        Ok(lock) => Some(lock),
        Err(problem) => {
            findings.texts.insert(file.shown.clone(), text.into());
            findings.add(*problem);
            None
        }
    }
}

/// The files that differ; `None` where one of them cannot be read.
fn file_changes(
    host: &dyn Host,
    out: &Located,
    generated: &Generated,
    known: &Known,
    findings: &mut Findings,
) -> Option<Vec<FileChange>> {
    let paths: BTreeSet<&String> = generated.files.keys().chain(known.paths()).collect();
    let mut changes = Some(Vec::new());
    for path in paths {
        let old = match read_text(host, &out.join(path)) {
            Ok(old) => old,
            Err(problem) => {
                findings.add(problem);
                changes = None;
                continue;
            }
        };
        let new = generated.files.get(path).cloned();
        if let Some(changes) = changes.as_mut().filter(|_| old != new) {
            let owner = known.owner(path, old.as_deref());
            changes.push(FileChange { path: path.clone(), old, new, owner });
        }
    }
    changes
}

/// What is known of the files that earlier runs have written.
struct Known {
    lock: Lock,
    journal: Journal,
}

impl Known {
    fn paths(&self) -> impl Iterator<Item = &String> {
        self.lock.files.keys().chain(self.journal.paths())
    }

    fn owner(&self, path: &String, old: Option<&str>) -> Owner {
        let Some(text) = old else {
            return Owner::Generator;
        };
        let listed = self.lock.files.get(path);
        let is_as_listed = || listed.is_some_and(|digest| *digest == lock::digest(text.as_bytes()));
        if is_as_listed() || self.journal.holds(path, text) {
            return Owner::Generator;
        }
        let is_known = listed.is_some() || self.journal.paths().any(|known| known == path);
        if is_known { Owner::Edited } else { Owner::Other }
    }
}

/// The content of a file; `None` where there is none.
fn read_text(host: &dyn Host, file: &Located) -> Result<Option<String>, Diagnostic> {
    match host.read(&file.path) {
        // What is not UTF-8 is not from the generator: that it differs is all there is to know.
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(&file.shown, &error)),
    }
}

impl Plan {
    /// Whether everything is as it should be.
    pub(super) fn is_done(&self) -> bool {
        self.files.is_empty()
    }

    /// An error for each file that is not the generator's to replace or remove.
    pub(super) fn conflicts(&self) -> Vec<Finding> {
        self.files.iter().filter_map(|change| self.conflict(change)).collect()
    }

    fn conflict(&self, change: &FileChange) -> Option<Finding> {
        let shown = self.out.join(&change.path).shown;
        let diagnostic = match change.owner {
            Owner::Generator => return None,
            Owner::Other => file_error("in-the-way", format!("{shown} is in the way: the generator did not write it"), &shown)
                .help("move or delete it, or replace it with --force"),
            Owner::Edited => file_error("edited-by-hand", format!("{shown} was edited by hand"), &shown).help(
                "undo the edit, or discard it with --force; what the crate should do differently is said in codegen.toml \
                 or in the document",
            ),
        };
        let diff = if change.owner == Owner::Edited { self.diff(change) } else { String::new() };
        Some(Finding { diagnostic, diff: diff::cut(&diff, DIFF_LINES) })
    }

    /// The diff from what stands there to what should.
    pub(super) fn diff(&self, change: &FileChange) -> String {
        diff::unified(&self.out.join(&change.path).shown, change.old.as_deref(), change.new.as_deref())
    }

    /// Brings the disk to what it should be.
    ///
    /// # Errors
    /// The first file that could not be written or removed. The next run goes on from there.
    pub(super) fn apply(&self, host: &dyn Host) -> Result<(), Diagnostic> {
        if self.is_done() && self.journal.is_empty() {
            return Ok(());
        }
        self.remove_leftovers(host)?;
        self.write_journal(host)?;
        for change in self.files.iter().filter(|change| change.new.is_none()) {
            let file = self.out.join(&change.path);
            remove(host, &file)?;
            self.remove_empty_folders(host, &file.path);
        }
        for change in &self.files {
            if let Some(text) = &change.new {
                write(host, &self.out.join(&change.path), text)?;
            }
        }
        remove(host, &self.out.join(journal::NAME))
    }

    /// Notes what is about to be written, beside what runs that were cut off have noted.
    fn write_journal(&self, host: &dyn Host) -> Result<(), Diagnostic> {
        let mut journal = self.journal.clone();
        for change in self.files.iter().filter(|change| change.path != lock::NAME) {
            if let Some(text) = &change.new {
                journal.add(&change.path, text);
            }
        }
        write(host, &self.out.join(journal::NAME), &journal.to_string())
    }

    /// Removes the folders above a file that hold nothing any more, up to that of the crate.
    fn remove_empty_folders(&self, host: &dyn Host, file: &Path) {
        let below = |folder: &&Path| folder.starts_with(&self.out.path) && **folder != self.out.path;
        for folder in file.ancestors().skip(1).take_while(below) {
            if host.remove_folder(folder).is_err() {
                return;
            }
        }
    }

    /// Removes the temporary files of a run that was cut off, where this run writes.
    fn remove_leftovers(&self, host: &dyn Host) -> Result<(), Diagnostic> {
        let paths = self.files.iter().map(|change| self.out.join(&change.path));
        let folders: BTreeSet<_> = paths.filter_map(|file| file.path.parent().map(Path::to_owned)).collect();
        for folder in folders.iter().filter(|folder| host.kind(folder) == Some(Kind::Folder)) {
            for name in host.list(folder).unwrap_or_default() {
                if name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX) {
                    host.remove_file(&folder.join(&name)).map_err(|error| unwritable(&name, &error))?;
                }
            }
        }
        Ok(())
    }
}

fn write(host: &dyn Host, file: &Located, text: &str) -> Result<(), Diagnostic> {
    host.write(&file.path, text.as_bytes()).map_err(|error| unwritable(&file.shown, &error))
}

fn remove(host: &dyn Host, file: &Located) -> Result<(), Diagnostic> {
    host.remove_file(&file.path).map_err(|error| unwritable(&file.shown, &error))
}
