//! What an object holds beside the members that its schema names.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// Members that the schema does not name, and misfits: named members whose value has a kind that their type can't hold.
/// One pointer wide.
///
/// `Debug` shows the keys alone, since nobody knows what is in the values.
#[derive(Clone, PartialEq)]
pub struct Extra<V = Value>(Option<Box<Content<V>>>);

#[derive(Clone, PartialEq)]
struct Content<V> {
    members: BTreeMap<String, V>,
    misfits: BTreeMap<String, Value>,
}

impl<V> Extra<V> {
    /// No members.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    fn content(&mut self) -> &mut Content<V> {
        self.0.get_or_insert_with(|| Box::new(Content { members: BTreeMap::new(), misfits: BTreeMap::new() }))
    }

    /// Whether there are no members that the schema does not name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many members there are that the schema does not name.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |content| content.members.len())
    }

    /// The value of a member that the schema does not name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.as_ref()?.members.get(key)
    }

    /// Sets a member that the schema does not name; gives the value it had. (Setting a named member here has no effect on the
    /// field: the field wins where it is set, and where it is not, `validate` reports that nothing checks the value.)
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<V>) -> Option<V> {
        self.content().members.insert(key.into(), value.into())
    }

    /// Removes a member that the schema does not name.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let removed = self.0.as_mut()?.members.remove(key);
        self.shrink();
        removed
    }

    /// The members that the schema does not name, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().flat_map(|content| content.members.iter().map(|(key, value)| (key.as_str(), value)))
    }

    /// The misfits as they were received, by key. A misfit is written back unless its field has been set since.
    pub fn misfits(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|content| content.misfits.iter().map(|(key, value)| (key.as_str(), value)))
    }

    /// A misfit as it was received.
    #[must_use]
    pub fn misfit(&self, key: &str) -> Option<&Value> {
        self.0.as_ref()?.misfits.get(key)
    }

    pub(crate) fn has_misfits(&self) -> bool {
        self.0.as_ref().is_some_and(|content| !content.misfits.is_empty())
    }

    pub(crate) fn set_misfit(&mut self, key: String, value: Value) {
        self.content().misfits.insert(key, value);
    }

    pub(crate) fn clear_misfit(&mut self, key: &str) {
        if let Some(content) = &mut self.0 {
            content.misfits.remove(key);
            self.shrink();
        }
    }

    /// Gives the box back when nothing is in it, so that equal contents compare equal.
    fn shrink(&mut self) {
        if self.0.as_ref().is_some_and(|content| content.members.is_empty() && content.misfits.is_empty()) {
            self.0 = None;
        }
    }
}

impl<V> Default for Extra<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V, K: Into<String>> FromIterator<(K, V)> for Extra<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let mut extra = Self::new();
        extra.extend(members);
        extra
    }
}

impl<V, K: Into<String>> Extend<(K, V)> for Extra<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, members: I) {
        for (key, value) in members {
            self.content().members.insert(key.into(), value);
        }
    }
}

impl<V> fmt::Debug for Extra<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.iter().map(|(key, _)| key);
        let misfits = self.misfits().map(|(key, _)| key);
        f.debug_set().entries(members.chain(misfits)).finish()
    }
}
