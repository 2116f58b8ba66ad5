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
    fn give<V: Visit>(&self, visit: &mut Giving<'_, V>);
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

/// A visitor on its way from member to member, to whom nothing more is shown after an error of its own: so that generated code,
/// of which there is much, need not look at what comes of every member.
pub struct Giving<'v, V: Visit> {
    visit: &'v mut V,
    outcome: Result<(), V::Error>,
}

impl<'v, V: Visit> Giving<'v, V> {
    /// Shows to a visitor what a function gives, such as [`Object::give`].
    ///
    /// # Errors
    /// The first of the visitor's.
    #[inline]
    pub(crate) fn to(visit: &'v mut V, give: impl FnOnce(&mut Self)) -> Result<(), V::Error> {
        let mut giving = Self { visit, outcome: Ok(()) };
        give(&mut giving);
        giving.outcome
    }

    #[inline]
    fn show(&mut self, member: impl FnOnce(&mut V) -> Result<(), V::Error>) {
        if self.outcome.is_ok() {
            self.outcome = member(self.visit);
        }
    }

    /// A required member.
    #[inline]
    pub fn required<T: Member>(&mut self, name: &'static str, value: &T) {
        self.show(|visit| visit.required(name, value));
    }

    /// An optional member.
    #[inline]
    pub fn optional<S: crate::decode::Slot>(&mut self, name: &'static str, slot: &S) {
        self.show(|visit| visit.optional(name, slot));
    }

    /// An optional member that no request sends.
    #[inline]
    pub fn read_only<S: crate::decode::Slot>(&mut self, name: &'static str, slot: &S) {
        self.show(|visit| visit.read_only(name, slot));
    }

    /// An optional member that no request sends, and whose value never shows.
    #[inline]
    pub fn read_only_secret<S: crate::decode::Slot>(&mut self, name: &'static str, slot: &S) {
        self.show(|visit| visit.read_only_secret(name, slot));
    }

    /// A required member whose value never shows.
    #[inline]
    pub fn required_secret<T: Member>(&mut self, name: &'static str, value: &T) {
        self.show(|visit| visit.required_secret(name, value));
    }

    /// An optional member whose value never shows.
    #[inline]
    pub fn optional_secret<S: crate::decode::Slot>(&mut self, name: &'static str, slot: &S) {
        self.show(|visit| visit.optional_secret(name, slot));
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
    match Giving::to(&mut Present(see), |visit| object.give(visit)) {
        Ok(()) => {}
        Err(never) => match never {},
    }
}
