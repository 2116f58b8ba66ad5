//! The checks that generated code calls: a call a keyword, with the limit as its literal.

mod array;
mod number;
mod object;
mod text;

use crate::maybe::Maybe;
use crate::path::Path;
use crate::valid::Validate;
use crate::violation::Report;

pub use array::Items;
pub use number::Numeric;
pub use object::{Entries, Scope};
pub use text::Textual;

/// A value under check, if there is one, with its place. Every check gives it back for the next one.
pub struct Checked<'c, T: ?Sized> {
    value: Option<&'c T>,
    at: Path<'c>,
    report: &'c mut Report,
}

impl<'c, T: ?Sized> Checked<'c, T> {
    /// A value to check; where there is none, every check holds.
    pub fn new(value: Option<&'c T>, at: Path<'c>, report: &'c mut Report) -> Self {
        Self { value, at, report }
    }

    /// Reports a violation of `keyword`, where there is a value and `fails` holds for it.
    fn unless(self, keyword: &'static str, fails: impl FnOnce(&T) -> bool, message: std::fmt::Arguments<'_>) -> Self {
        if self.value.is_some_and(fails) {
            self.report.add(&self.at, keyword, message);
        }
        self
    }

    /// Checks what the value's own type demands.
    pub fn nested(self) -> Self
    where
        T: Validate,
    {
        if let Some(value) = self.value {
            value.check(&self.at, self.report);
        }
        self
    }
}

impl<'c, T> Checked<'c, Option<T>> {
    /// The value behind a nullable one.
    #[must_use]
    pub fn not_null(self) -> Checked<'c, T> {
        Checked { value: self.value.and_then(Option::as_ref), at: self.at, report: self.report }
    }
}

impl<'c, T> Checked<'c, Maybe<T>> {
    /// The value behind one that may be absent or `null`.
    #[must_use]
    pub fn not_null(self) -> Checked<'c, T> {
        Checked { value: self.value.and_then(Maybe::value), at: self.at, report: self.report }
    }
}

impl<'c, T> Checked<'c, Box<T>> {
    /// The value behind the pointer.
    #[must_use]
    pub fn unboxed(self) -> Checked<'c, T> {
        Checked { value: self.value.map(|value| &**value), at: self.at, report: self.report }
    }
}
