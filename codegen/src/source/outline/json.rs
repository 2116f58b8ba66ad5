//! One level of a JSON container: its members as slices of the text, whose addresses say where they stand.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Key, Members, Part};

/// The value of the whole text.
pub(super) fn root(text: &str) -> Part {
    let start = text.len() - text.trim_start().len();
    part(None, start..text.trim_end().len().max(start))
}

/// The members or items of the value in `range`: none where it is a scalar or no JSON.
pub(super) fn members(text: &str, range: &Range<usize>) -> Vec<Part> {
    let value = text.get(range.clone()).unwrap_or("");
    if !value.starts_with(['{', '[']) {
        return Vec::new();
    }
    let Ok(Level(members)) = serde_json::from_str::<Level<'_>>(value) else {
        return Vec::new();
    };
    members.into_iter().map(|(key, value)| part(key.map(|key| read_key(text, key)), range_of(text, value))).collect()
}

fn part(key: Option<Key>, value: Range<usize>) -> Part {
    Part { key, value, members: Members::Unread }
}

fn read_key(text: &str, key: &RawValue) -> Key {
    Key { name: serde_json::from_str(key.get()).unwrap_or_default(), at: range_of(text, key) }
}

/// Where a slice of the text stands in it.
fn range_of(text: &str, slice: &RawValue) -> Range<usize> {
    let start = (slice.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + slice.get().len()
}

/// The keys and values of an object, or the items of an array.
struct Level<'t>(Vec<(Option<&'t RawValue>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Level<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LevelVisitor)
    }
}

struct LevelVisitor;

impl<'de> Visitor<'de> for LevelVisitor {
    type Value = Level<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Level<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(item) = sequence.next_element()? {
            members.push((None, item));
        }
        Ok(Level(members))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Level<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = map.next_entry()? {
            members.push((Some(key), value));
        }
        Ok(Level(members))
    }
}
