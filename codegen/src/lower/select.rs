//! Lists of JSON Pointers in `codegen.toml`, in which `*` stands for one token.

use crate::schema::Location;
use crate::source::pointer::matches;

/// The entries of a list, and whether each has matched something.
pub(super) struct Selection<'s> {
    entries: Vec<(&'s str, bool)>,
}

impl<'s> Selection<'s> {
    pub(super) fn new(entries: &'s [String]) -> Self {
        Self { entries: entries.iter().map(|entry| (entry.as_str(), false)).collect() }
    }

    /// Whether an entry matches a place; all that do are remembered.
    pub(super) fn matches(&mut self, location: &Location) -> bool {
        let mut any = false;
        for (entry, matched) in &mut self.entries {
            if matches(entry, &location.pointer) {
                *matched = true;
                any = true;
            }
        }
        any
    }

    /// Which entries match a place.
    pub(super) fn entries_of(&self, location: &Location) -> impl Iterator<Item = usize> {
        let entries = self.entries.iter().enumerate();
        entries.filter_map(|(index, (entry, _))| matches(entry, &location.pointer).then_some(index))
    }

    pub(super) fn unmatched(&self) -> impl Iterator<Item = &'s str> {
        self.entries.iter().filter(|(_, matched)| !matched).map(|(entry, _)| *entry)
    }
}
