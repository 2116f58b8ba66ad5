//! The fields of optional members.

use serde::de::Deserializer;
use serde_json::Value;

use super::Decode;
use super::token::Token;
use crate::maybe::Maybe;
use crate::object::Member;

/// A field of an optional member: `Option`, [`Maybe`], [`crate::Merge`].
pub trait Slot: Sized {
    /// What it holds where the member is there and not `null`.
    type Value: Member;

    /// The kind of the values that fit, with its article: `a string`.
    const EXPECTED: &'static str;

    /// Whether the server merges the member key by key, so that an empty object wipes it.
    const MERGED: bool = false;

    /// What the member is on the wire.
    fn presence(&self) -> Maybe<&Self::Value>;

    /// Reads the member. What does not fit is given back and leaves the member absent.
    ///
    /// # Errors
    /// What the format reports; members and elements inside the value that do not fit.
    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Option<Box<Value>>, D::Error>;
}

impl<T: Decode + Member> Slot for Option<T> {
    type Value = T;
    const EXPECTED: &'static str = T::EXPECTED;

    #[inline]
    fn presence(&self) -> Maybe<&T> {
        Maybe::or_absent(self.as_ref())
    }

    #[inline]
    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Option<Box<Value>>, D::Error> {
        let misfit = deserializer.deserialize_any(Token(&mut *self))?;
        if misfit.is_some() {
            *self = None;
        }
        Ok(misfit)
    }
}

impl<T: Decode + Member> Slot for Maybe<T> {
    type Value = T;
    const EXPECTED: &'static str = T::EXPECTED;

    #[inline]
    fn presence(&self) -> Maybe<&T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    #[inline]
    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Option<Box<Value>>, D::Error> {
        let misfit = deserializer.deserialize_any(Token(&mut *self))?;
        if misfit.is_some() {
            *self = Self::Absent;
        }
        Ok(misfit)
    }
}
