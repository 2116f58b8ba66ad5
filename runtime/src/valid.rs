//! Validation of a value, and of a value while it is decoded.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::decode::{Decode, decode};
use crate::encode::Encode;
use crate::path::Path;
use crate::rule::Breaches;
use crate::violation::{Report, Violations};

/// A type that knows what its schema demands.
pub trait Validate {
    /// Reports every violation of the schema to `report`; `at` is the place of the value.
    fn check(&self, at: &Path<'_>, report: &mut Report);

    /// Whether the schema accepts the value. Allocates nothing where it does.
    ///
    /// # Errors
    /// Every violation.
    fn validate(&self) -> Result<(), Violations> {
        let mut report = Report::new();
        self.check(&Path::ROOT, &mut report);
        report.into_violations().map_or(Ok(()), Err)
    }

    /// Reports to `report` every rule of the API's prose that the value breaks; `at` is the place of the value. The schema says
    /// nothing of them: `check` and `judge` are independent.
    fn judge(&self, _at: &Path<'_>, _report: &mut Report) {}

    /// The rules of the API's prose that the value breaks, as `codegen.toml` states them.
    fn rules(&self) -> Breaches {
        self.rules_when(&[])
    }

    /// The same, with the rules that hold under these conditions alone, which are of the caller's knowledge.
    fn rules_when(&self, conditions: &[&str]) -> Breaches {
        let mut report = Report::under(conditions);
        self.judge(&Path::ROOT, &mut report);
        report.into_breaches()
    }
}

macro_rules! nothing_to_check {
    ($($type:ty)*) => {$(
        impl Validate for $type {
            fn check(&self, _at: &Path<'_>, _report: &mut Report) {}
        }
    )*};
}

nothing_to_check!(() bool i64 u64 f64 String Value);

impl<T: Validate> Validate for Option<T> {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        if let Some(value) = self {
            value.check(at, report);
        }
    }

    fn judge(&self, at: &Path<'_>, report: &mut Report) {
        if let Some(value) = self {
            value.judge(at, report);
        }
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        T::check(self, at, report);
    }

    fn judge(&self, at: &Path<'_>, report: &mut Report) {
        T::judge(self, at, report);
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        for (index, value) in self.iter().enumerate() {
            value.check(&at.index(index), report);
        }
    }

    fn judge(&self, at: &Path<'_>, report: &mut Report) {
        for (index, value) in self.iter().enumerate() {
            value.judge(&at.index(index), report);
        }
    }
}

impl<V: Validate> Validate for BTreeMap<String, V> {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        for (key, value) in self {
            value.check(&at.key(key), report);
        }
    }

    fn judge(&self, at: &Path<'_>, report: &mut Report) {
        for (key, value) in self {
            value.judge(&at.key(key), report);
        }
    }
}

/// A value that its schema accepts. Decoding refuses every other: `Valid<T>` is exactly as strict as the schema.
///
/// Code that decodes a `Valid<T>` of any type asks for `T: Decode + Validate`, code that encodes one for `T: Encode`; every
/// generated type is all three.
#[derive(Clone, Debug, PartialEq)]
pub struct Valid<T>(T);

impl<T: Validate> Valid<T> {
    /// Validates a value.
    ///
    /// # Errors
    /// Every violation.
    pub fn new(value: T) -> Result<Self, Violations> {
        value.validate().map(|()| Self(value))
    }
}

impl<T> Valid<T> {
    /// The value, free to change again.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Encode> Serialize for Valid<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.encode(serializer)
    }
}

impl<'de, T: Decode + Validate> Deserialize<'de> for Valid<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(decode(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_valid_is_written_as_the_value_itself() {
        let valid: Valid<Vec<f64>> = serde_json::from_str("[1.0, 0.5]").unwrap();
        assert_eq!(serde_json::to_string(&valid).unwrap(), "[1,0.5]");
    }
}
