//! The checks that generated code calls: a call a keyword, with the limit as its literal.

mod array;
mod number;
mod object;
mod subject;
mod text;
mod union;

use serde_json::Value;

use crate::encode::{Encode, Encoded};
use crate::json::equal;
use crate::maybe::Maybe;
use crate::number::Decimal;
use crate::path::Path;
use crate::rule::Rule;
use crate::valid::Validate;
use crate::violation::Report;

pub use array::Items;
pub use number::Numeric;
pub use object::{Entries, Scope};
pub use subject::{Predicate, Resource, Subject};
pub use text::Textual;
pub use union::{Attempt, accepts, branch, check_overlap, choose, report_unmatched, tag, valid_branch};

/// A value under check, if there is one, with its place. Every check gives it back for the next one.
pub struct Checked<'c, T: ?Sized> {
    value: Option<&'c T>,
    at: Path<'c>,
    report: &'c mut Report,
}

/// Runs checks of a value.
pub fn checked<T: ?Sized>(value: &T, at: &Path<'_>, report: &mut Report, check: impl FnOnce(Checked<'_, T>)) {
    check(Checked::new(Some(value), *at, report));
}

/// The checks of one branch of `anyOf` or `oneOf`.
pub type Branch<'b, T> = &'b dyn Fn(Checked<'_, T>);

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

    /// The schema that nothing satisfies.
    pub fn never(self) -> Self {
        self.unless("false", |_| true, format_args!("is not allowed: nothing satisfies the schema"))
    }

    /// `enum` and `const`, by the JSON texts of their values.
    pub fn one_of(self, values: &[&str]) -> Self
    where
        T: Encode,
    {
        let message = format_args!("must be one of {}", Listed(values));
        self.unless("enum", |value| !is_one_of(value, values), message)
    }

    /// `anyOf` of checks: at least one branch holds.
    pub fn any_of_checks(self, branches: &[Branch<'_, T>]) -> Self {
        let holding = self.holding(branches);
        self.unless("anyOf", |_| holding == 0, format_args!("must fit a branch of `anyOf`"))
    }

    /// `oneOf` of checks: exactly one branch holds.
    pub fn one_of_checks(self, branches: &[Branch<'_, T>]) -> Self {
        let holding = self.holding(branches);
        self.unless("oneOf", |_| holding != 1, format_args!("must fit exactly one branch of `oneOf`, fits {holding}"))
    }

    /// Checks the value as the JSON that it is written as: of a type that is not generated, no more is known.
    pub fn as_json(self, check: impl FnOnce(Checked<'_, Value>)) -> Self
    where
        T: Encode,
    {
        let Some(value) = self.value else { return self };
        match serde_json::to_value(Encoded(value)) {
            Ok(value) => check(Checked::new(Some(&value), self.at, self.report)),
            Err(_) => self.report.add(&self.at, "type", format_args!("can't be written as JSON")),
        }
        self
    }

    /// How many branches hold.
    fn holding(&self, branches: &[Branch<'_, T>]) -> usize {
        let holds = |branch: &&Branch<'_, T>| {
            let mut probe = Report::probe();
            branch(Checked::new(self.value, self.at, &mut probe));
            !probe.failed()
        };
        branches.iter().filter(holds).count()
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

impl<T: ?Sized> Checked<'_, T> {
    /// Judges the value by the rules of its own type.
    pub fn judged(self) -> Self
    where
        T: Validate,
    {
        if let Some(value) = self.value {
            value.judge(&self.at, self.report);
        }
        self
    }

    /// Reports a rule as broken, where it is to be judged, and there is a value for which `holds` does not.
    pub(crate) fn judge_by(self, rule: &Rule, holds: impl FnOnce(&T) -> bool) -> Self {
        let is_judged = rule.condition().is_none_or(|condition| self.report.is_under(condition));
        if self.value.is_some_and(|value| is_judged && !holds(value)) {
            self.report.add_breach(&self.at, rule.level(), rule.message());
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

impl<T> Checked<'_, Option<T>> {
    /// A rule that `null` breaks, of which nothing else is asked here.
    pub fn null_breaks(self, rule: &Rule) -> Self {
        self.judge_by(rule, Option::is_some)
    }
}

impl<T> Checked<'_, Maybe<T>> {
    /// A rule that `null` breaks, of which nothing else is asked here.
    pub fn null_breaks(self, rule: &Rule) -> Self {
        self.judge_by(rule, |value| !value.is_null())
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

impl Checked<'_, Value> {
    /// `type`, of a value of any kind.
    pub fn kinds(self, kinds: &[&str]) -> Self {
        let message = format_args!("must be of the type {}", Listed(kinds));
        self.unless("type", |value| !kinds.iter().any(|kind| is_of_kind(value, kind)), message)
    }
}

fn is_of_kind(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_number().is_some_and(|number| Decimal::from(number).is_whole()),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

/// Whether a value is equal, as JSON, to one of the texts.
fn is_one_of<T: Encode + ?Sized>(value: &T, values: &[&str]) -> bool {
    let Ok(value) = serde_json::to_value(Encoded(value)) else { return false };
    values.iter().filter_map(|text| serde_json::from_str::<Value>(text).ok()).any(|listed| equal(&listed, &value))
}

/// A list in words: the first of many.
pub(crate) struct Listed<'l, T>(pub(crate) &'l [T]);

impl<T: std::fmt::Display> std::fmt::Display for Listed<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const SHOWN: usize = 12;
        for (index, value) in self.0.iter().take(SHOWN).enumerate() {
            f.write_str(if index > 0 { ", " } else { "" })?;
            value.fmt(f)?;
        }
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
