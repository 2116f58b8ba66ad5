//! A member that the server merges key by key.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, MapAccess};
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use crate::debug::DebugMember;
use crate::decode::{Decode, Fit, Slot, fit};
use crate::encode::{Encode, Encoded};
use crate::maybe::Maybe;

/// The change of an object that the server merges into the stored one: keys to set, keys to delete, or all of it wiped.
///
/// Servers that merge read an empty object as "wipe everything"; an empty `Merge` is therefore not sent, and wiping is asked
/// for by [`Merge::wipe`].
#[derive(Clone, PartialEq)]
pub struct Merge<V = Value> {
    /// `None` deletes the key.
    keys: BTreeMap<String, Option<V>>,
    /// Only where there are no keys, so that what is sent alike compares equal.
    wiped: bool,
}

impl<V> Merge<V> {
    /// Changes nothing, and is not sent.
    #[must_use]
    pub const fn new() -> Self {
        Self { keys: BTreeMap::new(), wiped: false }
    }

    /// Deletes every key: sent as an empty object. Keys that are set or deleted later take its place.
    #[must_use]
    pub const fn wipe() -> Self {
        Self { keys: BTreeMap::new(), wiped: true }
    }

    /// Sets a key.
    #[must_use]
    pub fn set(mut self, key: impl Into<String>, value: impl Into<V>) -> Self {
        self.keys.insert(key.into(), Some(value.into()));
        self.wiped = false;
        self
    }

    /// Deletes a key: sent as `null`.
    #[must_use]
    pub fn delete(mut self, key: impl Into<String>) -> Self {
        self.keys.insert(key.into(), None);
        self.wiped = false;
        self
    }

    /// Whether nothing is changed, and so nothing is sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && !self.wiped
    }

    /// Whether everything is deleted.
    #[must_use]
    pub fn is_wipe(&self) -> bool {
        self.wiped
    }

    /// The keys that change: `Some` is the new value, `None` deletes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&V>)> {
        self.keys.iter().map(|(key, value)| (key.as_str(), value.as_ref()))
    }
}

impl<V> Default for Merge<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V, K: Into<String>, T: Into<V>> FromIterator<(K, T)> for Merge<V> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(keys: I) -> Self {
        keys.into_iter().fold(Self::new(), |merge, (key, value)| merge.set(key, value))
    }
}

impl<V: Decode> Decode for Merge<V> {
    const EXPECTED: &'static str = "an object";

    fn from_object<'de, A: MapAccess<'de>>(members: A) -> Result<Fit<Self>, A::Error> {
        let keys = match BTreeMap::<String, Option<V>>::from_object(members)? {
            Ok(keys) => keys,
            Err(other) => return Ok(Err(other)),
        };
        Ok(Ok(Self { wiped: keys.is_empty(), keys }))
    }

    fn blank() -> Self {
        Self::new()
    }
}

impl<V: Encode> Encode for Merge<V> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.keys.len()))?;
        for (key, value) in &self.keys {
            map.serialize_entry(key, &Encoded(value))?;
        }
        map.end()
    }
}

impl<V: DebugMember> DebugMember for Merge<V> {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_wipe() {
            return f.write_str("wipe");
        }
        self.keys.debug(f)
    }
}

impl<V: DebugMember> fmt::Debug for Merge<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.debug(f)
    }
}

impl<V: Decode + Encode + DebugMember> Slot for Merge<V> {
    type Value = Self;
    const EXPECTED: &'static str = <Self as Decode>::EXPECTED;
    const MERGED: bool = true;

    fn presence(&self) -> Maybe<&Self> {
        if self.is_empty() { Maybe::Absent } else { Maybe::Value(self) }
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Option<Box<Value>>, D::Error> {
        match fit::<Self, D>(deserializer)? {
            Ok(value) => {
                *self = value;
                Ok(None)
            }
            Err(misfit) => {
                *self = Self::new();
                Ok(Some(Box::new(misfit)))
            }
        }
    }
}
