//! Unions (Core 2020-12 §10.2.1): choosing a branch, and whether exactly one fits.

use serde_json::Value;

use super::Checked;
use crate::decode::{Decode, fit};
use crate::encode::{Encode, Encoded};
use crate::json::canonical;
use crate::path::Path;
use crate::violation::Report;

/// A branch that a value decodes as.
pub fn branch<T: Decode, U>(value: &Value, make: impl FnOnce(T) -> U) -> Option<U> {
    fit::<T, _>(value).ok()?.ok().map(make)
}

/// A branch that a value decodes as, and whose checks hold.
pub fn valid_branch<T: Decode, U>(
    value: &Value,
    make: impl FnOnce(T) -> U,
    check: impl FnOnce(Checked<'_, T>),
) -> Option<U> {
    let decoded: T = fit(value).ok()?.ok()?;
    let mut probe = Report::probe();
    check(Checked::new(Some(&decoded), Path::ROOT, &mut probe));
    (!probe.failed()).then(|| make(decoded))
}

/// A way to read a value as one branch of a union.
pub type Attempt<'a, U> = &'a dyn Fn(&Value) -> Option<U>;

/// The first branch that accepts a value; where none does, the first that it decodes as. `hint` is the index of the branch to
/// try first.
pub fn choose<U>(
    value: &Value,
    hint: Option<usize>,
    strict: &[Attempt<'_, U>],
    tolerant: &[Attempt<'_, U>],
) -> Option<U> {
    let first = |attempts: &[Attempt<'_, U>]| {
        let hinted = hint.and_then(|index| attempts.get(index)).and_then(|attempt| attempt(value));
        hinted.or_else(|| attempts.iter().find_map(|attempt| attempt(value)))
    };
    first(strict).or_else(|| first(tolerant))
}

/// Whether a branch accepts a value.
pub fn accepts<T: Decode>(value: &Value, check: impl FnOnce(Checked<'_, T>)) -> bool {
    valid_branch(value, |_| (), check).is_some()
}

/// The JSON text of the member that tells the branches apart, `1.0` written as `1`.
pub fn tag(value: &Value, property: &str) -> Option<String> {
    value.get(property).map(canonical)
}

/// `oneOf` of branches that are not known to be disjoint: exactly one accepts the value.
pub fn check_overlap<T: Encode>(value: &T, at: &Path<'_>, report: &mut Report, branches: &[&dyn Fn(&Value) -> bool]) {
    let Ok(value) = serde_json::to_value(Encoded(value)) else { return };
    let fitting = branches.iter().filter(|accepts| accepts(&value)).count();
    if fitting > 1 {
        report.add(at, "oneOf", format_args!("must fit exactly one branch of `oneOf`, fits {fitting}"));
    }
}

/// Reports a value that fits no branch.
pub fn report_unmatched(at: &Path<'_>, report: &mut Report, keyword: &'static str) {
    match keyword {
        "type" => report.add(at, keyword, format_args!("has a value of the wrong type")),
        _ => report.add(at, keyword, format_args!("must fit a branch of `{keyword}`")),
    }
}
