//! Keys that stand twice in one object: gathered while a value is built, located afterwards.

use super::read::error_at;
use super::{Format, Outline};
use crate::diagnostic::{Diagnostic, Place, Spot};

/// How many are reported one by one.
const MAX_REPORTED: usize = 100;

/// The repeated keys of a document, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    found: Vec<Duplicate>,
    /// How many more there are.
    more: usize,
}

/// A member whose key an earlier member of the object has.
#[derive(Debug)]
struct Duplicate {
    /// The way to the object: which member or item of each container, counted from 0. (A pointer would not do: keys on
    /// the way may be repeated themselves.)
    path: Vec<usize>,
    /// Which member of the object, counted from 0.
    ordinal: usize,
}

impl Duplicates {
    /// Notes the member `ordinal` of the object that `path` leads to.
    pub(super) fn add(&mut self, path: impl Iterator<Item = usize>, ordinal: usize) {
        if self.found.len() < MAX_REPORTED {
            self.found.push(Duplicate { path: path.collect(), ordinal });
        } else {
            self.more += 1;
        }
    }

    /// An error each, in the order of the text.
    pub(super) fn report(&self, file: &str, text: &str, format: Format) -> Vec<Diagnostic> {
        if self.found.is_empty() {
            return Vec::new();
        }
        let mut outline = Outline::new(text, format);
        let mut errors: Vec<_> =
            self.found.iter().filter_map(|duplicate| duplicate.report(file, text, &mut outline)).collect();
        errors.sort_by(|one, other| one.places.cmp(&other.places));
        if self.more > 0
            && let Some(last) = errors.last_mut()
        {
            last.help.push(format!("{} more repeated keys are not shown", self.more));
        }
        errors
    }
}

impl Duplicate {
    fn report(&self, file: &str, text: &str, outline: &mut Outline) -> Option<Diagnostic> {
        let (name, again, first) = outline.repeated_key(text, &self.path, self.ordinal)?;
        let message = format!("the key `{name}` stands twice in one object");
        let first = Place { file: file.to_owned(), spot: Spot::Offset(first), label: "first here".to_owned() };
        let mut error = error_at(file, "duplicate-key", message, again).also(first);
        if let Some(place) = error.places.first_mut() {
            place.label = "again here".to_owned();
        }
        Some(error)
    }
}
