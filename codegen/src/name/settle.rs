//! Names side by side: those that would be equal are told apart by more of what they name, never by what else there is.

use std::collections::{BTreeMap, BTreeSet};

/// A name that something could have, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) name: String,
    pub(super) why: String,
}

/// What could be called so or so, the best name first.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) candidates: Vec<Candidate>,
    /// What it is, for the case that no name of its own is left.
    pub(super) identity: String,
    /// Whether the best name is how the document writes it: others that come to the same give way.
    pub(super) is_exact: bool,
}

impl Candidate {
    pub(super) fn new(name: impl Into<String>, why: impl Into<String>) -> Self {
        Self { name: name.into(), why: why.into() }
    }
}

impl Wish {
    pub(super) fn new(identity: impl Into<String>, candidates: Vec<Candidate>) -> Self {
        let mut seen = BTreeSet::new();
        let fresh = candidates.into_iter().filter(|candidate| seen.insert(candidate.name.to_lowercase()));
        Self { identity: identity.into(), candidates: fresh.collect(), is_exact: false }
    }

    pub(super) fn exact(self, is_exact: bool) -> Self {
        Self { is_exact, ..self }
    }

    /// The candidate of a level. After the last one come letters that are made of what it is.
    fn at(&self, level: usize) -> Candidate {
        if let Some(candidate) = self.candidates.get(level) {
            return candidate.clone();
        }
        let name = self.candidates.last().map(|candidate| candidate.name.clone()).unwrap_or_default();
        let beyond = level.saturating_sub(self.candidates.len());
        let letters: String =
            letters(&self.identity).chars().take(beyond.saturating_add(1).saturating_mul(4)).collect();
        let separator =
            if name.contains('_') || name.chars().all(|character| !character.is_uppercase()) { "_" } else { "" };
        let letters = if separator.is_empty() { capitalised(&letters) } else { letters };
        Candidate::new(
            format!("{name}{separator}{letters}"),
            "every name of its own is taken; the letters are made of its place".to_owned(),
        )
    }
}

/// Gives everything the best name that nothing else has, but for the case of its letters: files differ by more than that.
/// Those that want the same all go on to their next ones, so that the order in which they are told decides nothing.
pub(super) fn settle(wishes: &[Wish], taken: &mut BTreeSet<String>) -> Vec<Candidate> {
    /// Longer than any list of candidates, with its letters.
    const ENOUGH: usize = 64;
    let mut levels = vec![0_usize; wishes.len()];
    for _ in 0..ENOUGH {
        let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, (wish, level)) in wishes.iter().zip(&levels).enumerate() {
            wanted.entry(wish.at(*level).name.to_lowercase()).or_default().push(index);
        }
        let mut moved = false;
        for (name, indices) in wanted {
            let is_taken = taken.contains(&name);
            if indices.len() < 2 && !is_taken {
                continue;
            }
            let level = |index: &usize| levels.get(*index).copied().unwrap_or_default();
            let (least, most) = (indices.iter().map(level).min(), indices.iter().map(level).max());
            let is_exact = |index: &usize| wishes.get(*index).is_some_and(|wish| wish.is_exact) && level(index) == 0;
            let exact: Vec<usize> = indices.iter().copied().filter(is_exact).collect();
            // Who comes with a name of second choice gives way to whoever wants it first.
            let moving: Vec<usize> = match exact.as_slice() {
                [exact] if !is_taken => indices.into_iter().filter(|index| index != exact).collect(),
                _ => indices
                    .iter()
                    .copied()
                    .filter(|index| is_taken || least == most || Some(level(index)) != least)
                    .collect(),
            };
            for index in moving {
                if let Some(level) = levels.get_mut(index) {
                    *level = level.saturating_add(1);
                    moved = true;
                }
            }
        }
        if !moved {
            break;
        }
    }
    let mut settled = Vec::new();
    for (wish, level) in wishes.iter().zip(levels) {
        let mut candidate = wish.at(level);
        if let Some(first) = wish.candidates.first().filter(|_| level > 0) {
            candidate.why = format!("{}; something else wants to be `{}`", candidate.why, first.name);
        }
        // Only what is the same in every respect comes here.
        while !taken.insert(candidate.name.to_lowercase()) {
            candidate.name.push('_');
        }
        settled.push(candidate);
    }
    settled
}

/// A name for one thing among those that are taken.
pub(super) fn settle_one(wish: Wish, taken: &mut BTreeSet<String>) -> String {
    settle(&[wish], taken).into_iter().next().map(|candidate| candidate.name).unwrap_or_default()
}

fn capitalised(letters: &str) -> String {
    let mut characters = letters.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// The FNV-1a hash of a text, a letter a half of a byte: no name gets a digit that is not the document's.
fn letters(text: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash.to_le_bytes()
        .iter()
        .flat_map(|byte| [byte & 15, byte >> 4])
        .map(|half| char::from(b'a'.saturating_add(half)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(wishes: &[(&str, &[&str])], taken: &[&str]) -> Vec<String> {
        let wishes: Vec<Wish> = wishes
            .iter()
            .map(|(identity, names)| Wish::new(*identity, names.iter().map(|name| Candidate::new(*name, "")).collect()))
            .collect();
        let mut taken = taken.iter().map(|name| (*name).to_owned()).collect();
        settle(&wishes, &mut taken).into_iter().map(|candidate| candidate.name).collect()
    }

    #[test]
    fn those_that_collide_say_more_of_themselves() {
        assert_eq!(names(&[("a", &["X", "AX"]), ("b", &["X", "BX"]), ("c", &["Y"])], &[]), ["AX", "BX", "Y"]);
        assert_eq!(names(&[("a", &["X", "AX"])], &["x"]), ["AX"]);
        assert_eq!(names(&[("a", &["X", "Y", "AY"]), ("b", &["X", "BX"]), ("c", &["Y"])], &[]), ["AY", "BX", "Y"]);
    }

    #[test]
    fn the_last_resort_is_made_of_the_thing_itself() {
        let both = names(&[("/a", &["X"]), ("/b", &["X"])], &[]);
        assert_eq!(both, names(&[("/b", &["X"]), ("/a", &["X"])], &[]).into_iter().rev().collect::<Vec<_>>());
        assert!(
            both[0] != both[1] && both.iter().all(|name| name.starts_with('X') && !name.ends_with(char::is_numeric))
        );
        assert!(names(&[("/a", &["get"]), ("/b", &["get"])], &[])[0].starts_with("get_"));
    }

    #[test]
    fn even_the_same_thing_twice_has_two_names() {
        let both = names(&[("/a", &["X"]), ("/a", &["X"])], &[]);
        assert_ne!(both[0], both[1]);
    }
}
