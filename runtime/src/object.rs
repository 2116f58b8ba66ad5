//! What a generated object type tells of itself, once, for all the traits that need it.

use serde::de::MapAccess;

use crate::debug::DebugMember;
use crate::decode::{Decode, Members, Taken};
use crate::encode::Encode;
use crate::extra::Extra;
use crate::maybe::Maybe;

/// What stands in a member: everything that can be read, written and shown.
pub trait Member: Encode + DebugMember {}

impl<T: Encode + DebugMember> Member for T {}

/// A type generated from an object schema. Its two lists of members serve decoding, and encoding, `Debug` and counting.
pub trait Object: Sized {
    /// The type of the members that the schema does not name.
    type Extra: Decode + Member + 'static;

    /// The required members, in the order of their wire names.
    const REQUIRED: &'static [&'static str];

    /// A value to decode into: optional members absent, required ones empty.
    fn blank() -> Self;

    /// The members that the schema does not name.
    fn extra(&self) -> &Extra<Self::Extra>;

    /// The members that the schema does not name, to change.
    fn extra_mut(&mut self) -> &mut Extra<Self::Extra>;

    /// Reads the value of the member `key` into its field.
    ///
    /// # Errors
    /// What the format reports, and values that do not fit a required member.
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, members: &mut Members<A>) -> Result<Taken, A::Error>;

    /// Shows every named member to a visitor, in the order of their wire names.
    ///
    /// # Errors
    /// What the visitor reports.
    fn give<V: Visit>(&self, visit: &mut V) -> Result<(), V::Error>;
}

/// Sees the named members of an [`Object`], one by one.
pub trait Visit {
    /// What can go wrong.
    type Error;

    /// A required member.
    ///
    /// # Errors
    /// The visitor's own.
    fn required<T: Member>(&mut self, name: &'static str, value: &T) -> Result<(), Self::Error>;

    /// An optional member.
    ///
    /// # Errors
    /// The visitor's own.
    fn optional<S: crate::decode::Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), Self::Error>;

    /// An optional member that no request sends.
    ///
    /// # Errors
    /// The visitor's own.
    fn read_only<S: crate::decode::Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), Self::Error> {
        self.optional(name, slot)
    }

    /// An optional member that no request sends, and whose value never shows.
    ///
    /// # Errors
    /// The visitor's own.
    fn read_only_secret<S: crate::decode::Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), Self::Error> {
        self.optional_secret(name, slot)
    }

    /// A required member whose value never shows.
    ///
    /// # Errors
    /// The visitor's own.
    fn required_secret<T: Member>(&mut self, name: &'static str, value: &T) -> Result<(), Self::Error> {
        self.required(name, value)
    }

    /// An optional member whose value never shows.
    ///
    /// # Errors
    /// The visitor's own.
    fn optional_secret<S: crate::decode::Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), Self::Error> {
        self.optional(name, slot)
    }
}

/// Calls a function with the name of every named member that is there.
pub(crate) struct Present<F>(pub(crate) F);

impl<F: FnMut(&'static str)> Visit for Present<F> {
    type Error = std::convert::Infallible;

    fn required<T: Member>(&mut self, name: &'static str, _value: &T) -> Result<(), Self::Error> {
        (self.0)(name);
        Ok(())
    }

    fn optional<S: crate::decode::Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), Self::Error> {
        if !matches!(slot.presence(), Maybe::Absent) {
            (self.0)(name);
        }
        Ok(())
    }
}

/// Calls a function with the name of every named member of `object` that is there; misfits are not.
pub(crate) fn for_each_present<T: Object>(object: &T, see: impl FnMut(&'static str)) {
    match object.give(&mut Present(see)) {
        Ok(()) => {}
        Err(never) => match never {},
    }
}
