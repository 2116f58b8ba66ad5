//! Keywords about arrays (JSON Schema Validation 2020-12 §6.4, Core §10.3.1).

use std::collections::BTreeSet;

use serde_json::Value;

use super::Checked;
use crate::encode::{Encode, Encoded};
use crate::json::canonical;
use crate::path::Path;
use crate::violation::Report;

/// A value that may be an array.
pub trait Items {
    /// What the array holds.
    type Item: Encode;

    /// The elements, if it is an array.
    fn elements(&self) -> Option<&[Self::Item]>;
}

impl<T: Encode> Items for Vec<T> {
    type Item = T;

    fn elements(&self) -> Option<&[T]> {
        Some(self)
    }
}

impl Items for Value {
    type Item = Self;

    fn elements(&self) -> Option<&[Self]> {
        self.as_array().map(Vec::as_slice)
    }
}

fn count(length: usize) -> u64 {
    length.try_into().unwrap_or(u64::MAX)
}

fn elements(count: u64) -> &'static str {
    if count == 1 { "element" } else { "elements" }
}

impl<T: Items + ?Sized> Checked<'_, T> {
    fn elements_unless(
        self,
        keyword: &'static str,
        fails: impl FnOnce(&[T::Item]) -> bool,
        message: std::fmt::Arguments<'_>,
    ) -> Self {
        self.unless(keyword, |value| value.elements().is_some_and(fails), message)
    }

    /// `minItems`
    pub fn min_items(self, limit: u64) -> Self {
        let message = format_args!("must have at least {limit} {}", elements(limit));
        self.elements_unless("minItems", |items| count(items.len()) < limit, message)
    }

    /// `maxItems`
    pub fn max_items(self, limit: u64) -> Self {
        let message = format_args!("must have at most {limit} {}", elements(limit));
        self.elements_unless("maxItems", |items| count(items.len()) > limit, message)
    }

    /// `uniqueItems`
    pub fn unique_items(self) -> Self {
        self.elements_unless("uniqueItems", has_duplicates, format_args!("must not hold an element twice"))
    }

    /// `items`: checks every element.
    pub fn items(self, check: impl Fn(Checked<'_, T::Item>)) -> Self {
        for (index, item) in self.value.and_then(Items::elements).unwrap_or_default().iter().enumerate() {
            check(Checked::new(Some(item), self.at.index(index), self.report));
        }
        self
    }

    /// `contains`, with `minContains` and `maxContains`: how many elements pass the checks.
    pub fn contains(self, min: u64, max: Option<u64>, check: impl Fn(Checked<'_, T::Item>)) -> Self {
        self.contains_that(min, max, |item, at, probe| check(Checked::new(Some(item), at, probe)))
    }

    /// The same, with checks of any value that look at the elements as JSON.
    pub fn contains_encoded(self, min: u64, max: Option<u64>, check: impl Fn(Checked<'_, Value>)) -> Self {
        self.contains_that(min, max, |item, at, probe| {
            match serde_json::to_value(Encoded(item)) {
                Ok(value) => check(Checked::new(Some(&value), at, probe)),
                // An element that can't be written as JSON passes no check.
                Err(_) => check(Checked::new(Some(&Value::Null), at, probe).never()),
            }
        })
    }

    fn contains_that(self, min: u64, max: Option<u64>, check: impl Fn(&T::Item, Path<'_>, &mut Report)) -> Self {
        let Some(items) = self.value.and_then(Items::elements) else {
            return self;
        };
        let passes = |item: &&T::Item| {
            let mut probe = Report::probe();
            check(item, self.at, &mut probe);
            !probe.failed()
        };
        let matching = count(items.iter().filter(passes).count());
        if matching < min {
            let message = format_args!("must hold at least {min} {} that `contains` asks for", elements(min));
            self.report.add(&self.at, "contains", message);
        }
        if let Some(max) = max.filter(|max| matching > *max) {
            let message = format_args!("must hold at most {max} {} that `contains` asks for", elements(max));
            self.report.add(&self.at, "maxContains", message);
        }
        self
    }
}

/// Whether an element stands there twice, by JSON equality.
fn has_duplicates<T: Encode>(items: &[T]) -> bool {
    let mut seen = BTreeSet::new();
    // An element that can't be written as JSON is equal to nothing.
    items
        .iter()
        .filter_map(|item| serde_json::to_value(Encoded(item)).ok())
        .any(|value| !seen.insert(canonical(&value)))
}
