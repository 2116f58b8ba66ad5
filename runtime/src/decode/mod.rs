//! From JSON to values: by the kind of each token, so that what does not fit is kept and not lost.

mod error;
mod object;
mod scalar;
mod sequence;
mod slot;
mod token;

use serde::de::{Deserializer, MapAccess, SeqAccess};
use serde_json::{Number, Value};

pub use error::{DecodeError, from_slice, from_str, from_value};
pub use object::{Members, Taken, decode_object};
pub use slot::Slot;

pub(crate) use object::{optional_element, try_member};
pub(crate) use sequence::element;

use crate::json::kind;

/// A value, or the JSON value that does not fit it.
pub type Fit<T> = Result<T, Value>;

/// A type that JSON values of some kinds fit.
///
/// There is a function a kind; the ones that a type does not define are the kinds that do not fit it. Nothing in a `Decode`
/// quotes a value in an error.
pub trait Decode: Sized {
    /// What fits, for messages: `a string`.
    const EXPECTED: &'static str;

    /// From `null`.
    #[inline]
    fn from_null() -> Option<Self> {
        None
    }

    /// From a boolean.
    #[inline]
    fn from_bool(_value: bool) -> Option<Self> {
        None
    }

    /// From a number.
    #[inline]
    fn from_number(_value: &Number) -> Option<Self> {
        None
    }

    /// From a string.
    #[inline]
    fn from_text(_value: &str) -> Option<Self> {
        None
    }

    /// From a string that can be kept; gives it back where it does not fit.
    ///
    /// # Errors
    /// The string that does not fit.
    #[inline]
    fn from_string(value: String) -> Result<Self, String> {
        Self::from_text(&value).ok_or(value)
    }

    /// From an array.
    ///
    /// # Errors
    /// What the format reports, and elements that do not fit.
    #[inline]
    fn from_array<'de, A: SeqAccess<'de>>(elements: A) -> Result<Fit<Self>, A::Error> {
        let value = token::any_array(elements)?;
        Ok(Self::from_other(value))
    }

    /// From an object.
    ///
    /// # Errors
    /// What the format reports, and members that do not fit.
    #[inline]
    fn from_object<'de, A: MapAccess<'de>>(members: A) -> Result<Fit<Self>, A::Error> {
        match token::any_object(members)? {
            // With serde_json's `arbitrary_precision`, a number looks like an object until it is read.
            Value::Number(number) => Ok(token::fit_number(number)),
            value => Ok(Self::from_other(value)),
        }
    }

    /// From a value of a kind that fits none of the others.
    ///
    /// # Errors
    /// The value that does not fit.
    #[inline]
    fn from_other(value: Value) -> Fit<Self> {
        Err(value)
    }

    /// The value that stands in a required member until it has been decoded; it is never seen.
    fn blank() -> Self;
}

/// Decodes a value, or keeps what does not fit.
///
/// # Errors
/// What the format reports; members and elements inside the value that do not fit.
#[inline]
pub fn fit<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<Fit<T>, D::Error> {
    let mut decoded = None;
    let misfit = deserializer.deserialize_any(token::Token(&mut decoded))?;
    Ok(decoded.ok_or_else(|| misfit.map_or(Value::Null, |value| *value)))
}

/// Decodes a value: what every generated `Deserialize` calls.
///
/// # Errors
/// What the format reports, and values that do not fit; the message tells kinds, never values.
#[inline]
pub fn decode<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    fit(deserializer)?.map_err(|value| misfit::<T, D::Error>(&value))
}

/// The error of a value that does not fit where it must.
#[inline]
pub(crate) fn misfit<T: Decode, E: serde::de::Error>(value: &Value) -> E {
    expected(T::EXPECTED, value)
}

/// The same of a value for an optional field.
pub(crate) fn misfit_of_slot<S: Slot, E: serde::de::Error>(value: &Value) -> E {
    expected(S::EXPECTED, value)
}

fn expected<E: serde::de::Error>(expected: &str, value: &Value) -> E {
    E::custom(format_args!("expected {expected}, found {}", kind(value)))
}
