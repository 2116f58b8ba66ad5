//! Keywords about objects (JSON Schema Validation 2020-12 §6.5, Core §10.3.2).

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Checked, Predicate};
use crate::decode::Slot;
use crate::encode::Encode;
use crate::extra::Extra;
use crate::json::kind;
use crate::maybe::Maybe;
use crate::merge::Merge;
use crate::object::{Giving, Member, Object, Visit, for_each_present};
use crate::path::Path;
use crate::violation::Report;

/// A value that may be an object without named members.
pub trait Entries {
    /// What the members hold.
    type Value;

    /// Whether this is an object at all.
    fn is_object(&self) -> bool {
        true
    }

    /// Calls a function with every key, and its value where there is one to check.
    fn for_each(&self, see: impl FnMut(&str, Option<&Self::Value>));
}

impl<V> Entries for BTreeMap<String, V> {
    type Value = V;

    fn for_each(&self, mut see: impl FnMut(&str, Option<&V>)) {
        for (key, value) in self {
            see(key, Some(value));
        }
    }
}

impl<V> Entries for Merge<V> {
    type Value = V;

    fn for_each(&self, mut see: impl FnMut(&str, Option<&V>)) {
        for (key, value) in self.iter() {
            see(key, value);
        }
    }
}

impl Entries for Value {
    type Value = Self;

    fn is_object(&self) -> bool {
        self.is_object()
    }

    fn for_each(&self, mut see: impl FnMut(&str, Option<&Self>)) {
        for (key, value) in self.as_object().into_iter().flatten() {
            see(key, Some(value));
        }
    }
}

/// The keys of a generated object, each once: named members that are there, misfits, and the others.
struct Keys<'o, T>(&'o T);

impl<T: Object> Keys<'_, T> {
    fn for_each(&self, mut see: impl FnMut(&str)) {
        let extra = self.0.extra();
        // A caller may have put a named member among the others as well.
        let stands_alone = |key: &str| extra.get(key).is_none();
        let mut absent_misfits: Vec<&str> =
            extra.misfits().map(|(key, _)| key).filter(|key| stands_alone(key)).collect();
        for_each_present(self.0, |name| {
            absent_misfits.retain(|misfit| *misfit != name);
            if stands_alone(name) {
                see(name);
            }
        });
        absent_misfits.into_iter().for_each(&mut see);
        extra.iter().for_each(|(key, _)| see(key));
    }
}

fn members(count: u64) -> &'static str {
    if count == 1 { "member" } else { "members" }
}

fn min_properties(report: &mut Report, at: &Path<'_>, count: u64, limit: u64) {
    if count < limit {
        report.add(at, "minProperties", format_args!("must have at least {limit} {}", members(limit)));
    }
}

fn max_properties(report: &mut Report, at: &Path<'_>, count: u64, limit: u64) {
    if count > limit {
        report.add(at, "maxProperties", format_args!("must have at most {limit} {}", members(limit)));
    }
}

/// Checks a key: the violations stand at the member whose key it is.
fn property_name(report: &mut Report, at: &Path<'_>, key: &str, check: impl Fn(Checked<'_, str>)) {
    let mut probe = Report::new();
    check(Checked::new(Some(key), at.key(key), &mut probe));
    for violation in probe.into_violations().into_iter().flatten() {
        report.add(&at.key(key), "propertyNames", format_args!("its key {}", violation.message));
    }
}

impl<T: Entries + ?Sized> Checked<'_, T> {
    /// How many members there are; `None` where this is no object.
    fn count(&self) -> Option<u64> {
        let mut count = 0;
        self.value.filter(|value| value.is_object())?.for_each(|_, _| count += 1);
        Some(count)
    }

    /// `minProperties`
    pub fn min_properties(self, limit: u64) -> Self {
        min_properties(self.report, &self.at, self.count().unwrap_or(limit), limit);
        self
    }

    /// `maxProperties`
    pub fn max_properties(self, limit: u64) -> Self {
        max_properties(self.report, &self.at, self.count().unwrap_or(limit), limit);
        self
    }

    /// `propertyNames`: checks every key.
    pub fn property_names(self, check: impl Fn(Checked<'_, str>)) -> Self {
        if let Some(value) = self.value {
            value.for_each(|key, _| property_name(self.report, &self.at, key, &check));
        }
        self
    }

    /// `additionalProperties`: checks every value.
    pub fn values(self, check: impl Fn(Checked<'_, T::Value>)) -> Self {
        if let Some(value) = self.value {
            value.for_each(|key, value| check(Checked::new(value, self.at.key(key), self.report)));
        }
        self
    }
}

/// The members of a generated object under check.
pub struct Scope<'s, T> {
    object: &'s T,
    at: &'s Path<'s>,
    report: &'s mut Report,
}

impl<'s, T: Object> Scope<'s, T> {
    /// Reports the misfits, and what a caller has put into `extra` instead of its field; then stands ready for the members.
    pub fn new(object: &'s T, at: &'s Path<'s>, report: &'s mut Report) -> Self {
        let extra = object.extra();
        if extra.has_misfits() || !extra.is_empty() {
            report_misplaced(object, at, report);
        }
        Self { object, at, report }
    }

    /// Stands ready for rules, which have no say in misfits.
    pub fn judged(object: &'s T, at: &'s Path<'s>, report: &'s mut Report) -> Self {
        Self { object, at, report }
    }

    /// Checks of the object as a whole, which look at it as JSON.
    pub fn whole(&mut self, check: impl FnOnce(Checked<'_, Value>)) -> &mut Self
    where
        T: Encode,
    {
        Checked::new(Some(self.object), *self.at, self.report).as_json(check);
        self
    }

    /// A required member.
    pub fn required<'m, V>(&'m mut self, name: &'static str, value: &'m V) -> Checked<'m, V> {
        Checked::new(Some(value), self.at.key(name), self.report)
    }

    /// An optional member, where it is there and not `null`.
    pub fn optional<'m, S: Slot>(&'m mut self, name: &'static str, slot: &'m S) -> Checked<'m, S::Value> {
        Checked::new(slot.presence().into_value(), self.at.key(name), self.report)
    }

    /// A member that is for the other side of the wire, and so has no field.
    pub fn withheld<'m>(&'m mut self, name: &'static str) -> Checked<'m, T::Extra> {
        Checked::new(self.object.extra().get(name), self.at.key(name), self.report)
    }

    /// `additionalProperties: false`
    pub fn closed(&mut self) -> &mut Self {
        self.closed_but(&[])
    }

    /// `additionalProperties: false` of an object with members that have no field.
    pub fn closed_but(&mut self, withheld: &[&str]) -> &mut Self {
        for (key, _) in self.object.extra().iter().filter(|(key, _)| !withheld.contains(key)) {
            self.report.add(
                &self.at.key(key),
                "additionalProperties",
                format_args!("is not a member that the schema allows"),
            );
        }
        self
    }

    /// `additionalProperties`: checks every value that the schema does not name.
    pub fn additional(&mut self, check: impl Fn(Checked<'_, T::Extra>)) -> &mut Self {
        for (key, value) in self.object.extra().iter() {
            check(Checked::new(Some(value), self.at.key(key), self.report));
        }
        self
    }

    /// `enum` and `const`, by the JSON texts of their values.
    pub fn one_of(&mut self, values: &[&str]) -> &mut Self
    where
        T: Encode,
    {
        Checked::new(Some(self.object), *self.at, self.report).one_of(values);
        self
    }

    /// A schema that has to look at the object as a whole, for the sake of `keywords`.
    pub fn satisfies(&mut self, keywords: &[&'static str], predicate: Predicate) -> &mut Self
    where
        T: Encode,
    {
        Checked::new(Some(self.object), *self.at, self.report).satisfies(keywords, predicate);
        self
    }

    /// The schema that no object satisfies.
    pub fn never(&mut self) -> &mut Self {
        Checked::new(Some(self.object), *self.at, self.report).never();
        self
    }

    /// `minProperties`
    pub fn min_properties(&mut self, limit: u64) -> &mut Self {
        min_properties(self.report, self.at, self.count(), limit);
        self
    }

    /// `maxProperties`
    pub fn max_properties(&mut self, limit: u64) -> &mut Self {
        max_properties(self.report, self.at, self.count(), limit);
        self
    }

    /// `propertyNames`: checks every key.
    pub fn property_names(&mut self, check: impl Fn(Checked<'_, str>)) -> &mut Self {
        Keys(self.object).for_each(|key| property_name(self.report, self.at, key, &check));
        self
    }

    fn count(&self) -> u64 {
        let mut count = 0;
        Keys(self.object).for_each(|_| count += 1);
        count
    }
}

/// Reports every misfit, and every named member in `extra`, whose field has not been set since: both are written.
fn report_misplaced<T: Object>(object: &T, at: &Path<'_>, report: &mut Report) {
    match Giving::to(&mut Misplaced { extra: object.extra(), at, report }, |visit| object.give(visit)) {
        Ok(()) => {}
        Err(never) => match never {},
    }
}

/// Sees the members of an object, and reports those that are misfits with the kind that they should have, and those that the
/// checks of their fields would not see.
struct Misplaced<'m, V> {
    extra: &'m Extra<V>,
    at: &'m Path<'m>,
    report: &'m mut Report,
}

impl<V> Visit for Misplaced<'_, V> {
    type Error = std::convert::Infallible;

    fn required<T: Member>(&mut self, _name: &'static str, _value: &T) -> Result<(), Self::Error> {
        Ok(())
    }

    fn optional<S: Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), Self::Error> {
        if !matches!(slot.presence(), Maybe::Absent) {
            return Ok(());
        }
        if let Some(value) = self.extra.misfit(name) {
            let (expected, found) = (S::EXPECTED, kind(value));
            self.report.add(&self.at.key(name), "type", format_args!("must be {expected}, not {found}"));
        }
        if self.extra.get(name).is_some() {
            self.report.add(&self.at.key(name), "properties", format_args!("must be set in its field, not in `extra`"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn holds(value: &Value, check: impl FnOnce(Checked<'_, Value>)) -> bool {
        let mut probe = Report::probe();
        check(Checked::new(Some(value), Path::ROOT, &mut probe));
        !probe.failed()
    }

    #[test]
    fn what_is_no_object_has_any_number_of_members() {
        let one = |value: Checked<'_, Value>| {
            value.min_properties(1).max_properties(1);
        };
        assert!(holds(&json!({"a": 1}), one));
        assert!(!holds(&json!({}), one));
        assert!(!holds(&json!({"a": 1, "b": 2}), one));
        assert!(holds(&json!(""), one));
        assert!(holds(&Value::Null, one));
    }
}
