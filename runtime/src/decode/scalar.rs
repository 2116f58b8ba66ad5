//! Strings, numbers, booleans, `null`, open values, and what wraps them.

use serde::de::{MapAccess, SeqAccess};
use serde_json::{Number, Value};

use super::{Decode, Fit, token};
use crate::number::whole;

impl Decode for String {
    const EXPECTED: &'static str = "a string";

    #[inline]
    fn from_text(value: &str) -> Option<Self> {
        Some(value.to_owned())
    }

    #[inline]
    fn from_string(value: String) -> Result<Self, String> {
        Ok(value)
    }

    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}

impl Decode for bool {
    const EXPECTED: &'static str = "a boolean";

    #[inline]
    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }

    #[inline]
    fn blank() -> Self {
        false
    }
}

impl Decode for i64 {
    const EXPECTED: &'static str = "an integer";

    /// `1.0` and `1e3` count as well.
    #[inline]
    fn from_number(value: &Number) -> Option<Self> {
        value.as_i64().or_else(|| value.as_f64().and_then(whole).and_then(|whole| Self::try_from(whole).ok()))
    }

    #[inline]
    fn blank() -> Self {
        0
    }
}

impl Decode for u64 {
    const EXPECTED: &'static str = "a non-negative integer";

    /// `1.0` and `1e3` count as well.
    #[inline]
    fn from_number(value: &Number) -> Option<Self> {
        value.as_u64().or_else(|| value.as_f64().and_then(whole).and_then(|whole| Self::try_from(whole).ok()))
    }

    #[inline]
    fn blank() -> Self {
        0
    }
}

impl Decode for f64 {
    const EXPECTED: &'static str = "a number";

    #[inline]
    fn from_number(value: &Number) -> Option<Self> {
        value.as_f64()
    }

    #[inline]
    fn blank() -> Self {
        0.0
    }
}

/// `null` alone.
impl Decode for () {
    const EXPECTED: &'static str = "null";

    #[inline]
    fn from_null() -> Option<Self> {
        Some(())
    }

    #[inline]
    fn blank() -> Self {}
}

impl Decode for Value {
    const EXPECTED: &'static str = "a value";

    #[inline]
    fn from_array<'de, A: SeqAccess<'de>>(elements: A) -> Result<Fit<Self>, A::Error> {
        token::any_array(elements).map(Ok)
    }

    #[inline]
    fn from_object<'de, A: MapAccess<'de>>(members: A) -> Result<Fit<Self>, A::Error> {
        token::any_object(members).map(Ok)
    }

    #[inline]
    fn from_other(value: Value) -> Fit<Self> {
        Ok(value)
    }

    #[inline]
    fn blank() -> Self {
        Self::Null
    }
}

/// `null`, or what fits `T`.
impl<T: Decode> Decode for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    #[inline]
    fn from_null() -> Option<Self> {
        Some(None)
    }

    crate::decode_through!(T, Some);

    #[inline]
    fn blank() -> Self {
        None
    }
}

/// A `T` behind a pointer: where a type holds itself.
impl<T: Decode> Decode for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    #[inline]
    fn from_null() -> Option<Self> {
        T::from_null().map(Self::new)
    }

    crate::decode_through!(T, Self::new);

    #[inline]
    fn blank() -> Self {
        Self::new(T::blank())
    }
}
