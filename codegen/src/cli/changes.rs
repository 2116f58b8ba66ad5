//! What changed since the last time: types and operations, by the digests of two locks.

use std::fmt;

use super::lock::Lock;

/// How many names of a kind are shown.
const SHOWN: usize = 6;

/// The names of types and operations, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    pub(super) added: Vec<String>,
    pub(super) removed: Vec<String>,
    pub(super) changed: Vec<String>,
}

impl Changes {
    /// From one lock to the other.
    pub(super) fn between(old: &Lock, new: &Lock) -> Self {
        let mut changes = Self::default();
        for (key, entry) in &new.items {
            match old.items.get(key) {
                None => changes.added.push(key.1.clone()),
                Some(before) if before.digest != entry.digest => changes.changed.push(key.1.clone()),
                Some(_) => {}
            }
        }
        changes.removed =
            old.items.keys().filter(|key| !new.items.contains_key(key)).map(|key| key.1.clone()).collect();
        for names in [&mut changes.added, &mut changes.removed, &mut changes.changed] {
            names.sort();
        }
        changes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [("added", &self.added), ("removed", &self.removed), ("changed", &self.changed)];
        let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
        let parts: Vec<String> =
            parts.map(|(what, names)| format!("{} {what} ({})", names.len(), some_of(names))).collect();
        f.write_str(&parts.join(", "))
    }
}

/// The first names, and how many more there are.
pub(super) fn some_of(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(SHOWN).cloned().collect();
    if names.len() > SHOWN {
        shown.push(format!("{} more", names.len() - SHOWN));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::generated;
    use super::*;

    #[test]
    fn digests_tell_what_changed() {
        let old = generated(
            &[("a", "1"), ("b", "1"), ("c", "1")],
            &[("type", "A", "a"), ("type", "B", "b"), ("type", "C", "c")],
        );
        let new = generated(
            &[("a", "1"), ("c", "2"), ("d", "1"), ("o", "1")],
            &[("type", "A", "a"), ("type", "C", "c"), ("type", "D", "d"), ("operation", "users.get", "o")],
        );
        let changes = Changes::between(&Lock::of(&old), &Lock::of(&new));
        assert_eq!(changes.to_string(), "2 added (D, users.get), 1 removed (B), 1 changed (C)");
        assert!(Changes::between(&Lock::of(&old), &Lock::of(&old)).is_empty());
    }

    #[test]
    fn long_lists_are_cut() {
        let added = ('a'..='i').map(String::from).collect();
        let changes = Changes { added, ..Changes::default() };
        assert_eq!(changes.to_string(), "9 added (a, b, c, d, e, f, 3 more)");
    }
}
