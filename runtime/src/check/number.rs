//! Keywords about numbers (JSON Schema Validation 2020-12 §6.2).

use std::cmp::Ordering;

use serde_json::Value;

use super::Checked;
use crate::number::Decimal;

/// A value that may be a number.
pub trait Numeric {
    /// The number, if it is one.
    fn number(&self) -> Option<Decimal>;
}

impl Numeric for i64 {
    fn number(&self) -> Option<Decimal> {
        Some((*self).into())
    }
}

impl Numeric for u64 {
    fn number(&self) -> Option<Decimal> {
        Some((*self).into())
    }
}

impl Numeric for f64 {
    fn number(&self) -> Option<Decimal> {
        Some((*self).into())
    }
}

/// No number: for what holds one scalar or another.
impl Numeric for bool {
    fn number(&self) -> Option<Decimal> {
        None
    }
}

impl Numeric for Value {
    fn number(&self) -> Option<Decimal> {
        self.as_number().map(Decimal::from)
    }
}

impl<T: Numeric + ?Sized> Checked<'_, T> {
    fn compared(
        self,
        keyword: &'static str,
        limit: &Decimal,
        fails: impl FnOnce(Ordering) -> bool,
        rule: &str,
    ) -> Self {
        let message = format_args!("must be {rule} {limit}");
        self.unless(keyword, |value| value.number().is_some_and(|number| fails(number.compare(limit))), message)
    }

    /// `minimum`
    pub fn minimum(self, limit: impl Into<Decimal>) -> Self {
        self.compared("minimum", &limit.into(), Ordering::is_lt, "at least")
    }

    /// `maximum`
    pub fn maximum(self, limit: impl Into<Decimal>) -> Self {
        self.compared("maximum", &limit.into(), Ordering::is_gt, "at most")
    }

    /// `exclusiveMinimum`
    pub fn exclusive_minimum(self, limit: impl Into<Decimal>) -> Self {
        self.compared("exclusiveMinimum", &limit.into(), Ordering::is_le, "more than")
    }

    /// `exclusiveMaximum`
    pub fn exclusive_maximum(self, limit: impl Into<Decimal>) -> Self {
        self.compared("exclusiveMaximum", &limit.into(), Ordering::is_ge, "less than")
    }

    /// `multipleOf`
    pub fn multiple_of(self, divisor: impl Into<Decimal>) -> Self {
        let divisor = divisor.into();
        let message = format_args!("must be a multiple of {divisor}");
        self.unless(
            "multipleOf",
            |value| value.number().is_some_and(|number| !number.is_multiple_of(&divisor)),
            message,
        )
    }
}
