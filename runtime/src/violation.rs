//! What is wrong with a value: all of it, each with its place, and never the value itself.

use std::fmt;

use crate::check::Listed;
use crate::path::Path;
use crate::rule::{Breach, Breaches, Level};

/// One thing that is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The JSON Pointer (RFC 6901) of the value; empty for the whole instance.
    pub pointer: String,
    /// The keyword of the schema that says so, such as `maxLength`.
    pub keyword: &'static str,
    /// What to do about it, with the limit: `must have at most 150 characters`. It never quotes the value.
    pub message: String,
}

impl Violation {
    /// A violation at a place.
    pub fn new(pointer: impl Into<String>, keyword: &'static str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), keyword, message: message.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "the value" } else { &self.pointer };
        write!(f, "{place}: {}", self.message)
    }
}

/// Everything that is wrong with a value; at least one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// `None` where nothing is wrong.
    #[must_use]
    pub fn new(violations: Vec<Violation>) -> Option<Self> {
        (!violations.is_empty()).then_some(Self(violations))
    }

    /// The violations, in the order of the checks.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// How many there are; never 0.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "never empty by construction")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The violations as a list.
    #[must_use]
    pub fn into_vec(self) -> Vec<Violation> {
        self.0
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl<'v> IntoIterator for &'v Violations {
    type Item = &'v Violation;
    type IntoIter = std::slice::Iter<'v, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A line a violation.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// Collects what checks find, and the rules that are broken where these are judged. Allocates nothing until something is found.
#[derive(Debug, Default)]
pub struct Report {
    violations: Vec<Violation>,
    breaches: Vec<Breach>,
    /// The conditions under which rules are judged.
    conditions: Vec<String>,
    probing: bool,
    failed: bool,
}

impl Report {
    /// Keeps every violation.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Remembers only whether something was found: for keywords that ask whether a subschema holds.
    #[must_use]
    pub fn probe() -> Self {
        Self { probing: true, ..Self::default() }
    }

    /// For rules that are judged under these conditions.
    #[must_use]
    pub fn under(conditions: &[&str]) -> Self {
        Self { conditions: conditions.iter().map(|condition| (*condition).to_owned()).collect(), ..Self::default() }
    }

    /// Whether rules are judged under a condition.
    pub(crate) fn is_under(&self, condition: &str) -> bool {
        self.conditions.iter().any(|named| named == condition)
    }

    /// Reports a broken rule at a place.
    pub(crate) fn add_breach(&mut self, at: &Path<'_>, level: Level, message: &'static str) {
        self.breaches.push(Breach { pointer: at.to_string(), level, message });
    }

    /// The rules that are broken.
    pub fn into_breaches(self) -> Breaches {
        Breaches::new(self.breaches)
    }

    /// Reports a violation at a place.
    pub fn add(&mut self, at: &Path<'_>, keyword: &'static str, message: fmt::Arguments<'_>) {
        self.failed = true;
        if !self.probing {
            self.violations.push(Violation::new(at.to_string(), keyword, message.to_string()));
        }
    }

    /// Whether something was found.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// What was found.
    #[must_use]
    pub fn into_violations(self) -> Option<Violations> {
        Violations::new(self.violations)
    }
}

/// Reports a value that an enumeration does not list.
pub fn report_unknown<T: fmt::Display>(at: &Path<'_>, report: &mut Report, values: &[T]) {
    report.add(at, "enum", format_args!("must be one of {}", Listed(values)));
}
