//! What a run is about to write, noted before it begins: after a run that was cut off, the next one knows by it which
//! files are the generator's though the lock does not know them yet, even where its input is another.

use std::collections::BTreeSet;
use std::fmt;

use super::lock;

/// The name of the file, which is there only while a run writes.
pub(super) const NAME: &str = ".codegen-unfinished";

/// Paths and digests of files that runs without an end may have written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    files: BTreeSet<(String, String)>,
}

impl Journal {
    /// Reads a journal. A line that makes no sense is none: the run was cut off, after all.
    pub(super) fn parse(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once(' '));
        let own = lines.filter(|(path, _)| lock::is_own_path(path));
        Self { files: own.map(|(path, digest)| (path.to_owned(), digest.to_owned())).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &String> {
        self.files.iter().map(|(path, _)| path)
    }

    /// Whether a run may have written the file with that text.
    pub(super) fn holds(&self, path: &str, text: &str) -> bool {
        self.files.contains(&(path.to_owned(), lock::digest(text.as_bytes())))
    }

    /// Notes that the file is to be written.
    pub(super) fn add(&mut self, path: &str, text: &str) {
        self.files.insert((path.to_owned(), lock::digest(text.as_bytes())));
    }
}

impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.files.iter().try_for_each(|(path, digest)| writeln!(f, "{path} {digest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_known_again() {
        let mut journal = Journal::default();
        journal.add("src/a.rs", "first");
        journal.add("src/a.rs", "second");
        let read = Journal::parse(&format!("{journal}../outside 1\nhalf-a-li"));
        assert_eq!(read, journal);
        assert_eq!(["first", "second", "third"].map(|text| read.holds("src/a.rs", text)), [true, true, false]);
    }
}
