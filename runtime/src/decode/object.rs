//! Objects: each member into its field, the others and the misfits into `extra`.

use std::fmt;

use serde::de::value::MapDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::token::{Field, Strict};
use super::{Decode, DecodeError, Slot};
use crate::object::Object;
use crate::path::Path;

/// The members of an object while it is read: hands the value of the current one to its field.
pub struct Members<A> {
    access: A,
    seen: Seen,
}

/// What became of the value of a member.
pub enum Taken {
    /// It stands in its field.
    Field,
    /// Its kind does not fit the field.
    Misfit(Box<Value>),
    /// The schema does not name the member; its value is still to be read.
    Unnamed,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    /// Reads a required member, the one at `index` of [`Object::REQUIRED`].
    ///
    /// # Errors
    /// What the format reports, and values that do not fit.
    #[inline]
    pub fn required<T: Decode>(&mut self, field: &mut T, index: usize) -> Result<Taken, A::Error> {
        self.access.next_value_seed(Strict(Field(field)))?;
        self.seen.insert(index);
        Ok(Taken::Field)
    }

    /// Reads an optional member.
    ///
    /// # Errors
    /// What the format reports; members and elements inside the value that do not fit.
    #[inline]
    pub fn optional<S: Slot>(&mut self, field: &mut S) -> Result<Taken, A::Error> {
        let misfit = self.access.next_value_seed(Fill(field))?;
        Ok(misfit.map_or(Taken::Field, Taken::Misfit))
    }
}

/// Reads the next element of an array into an optional field; gives back what does not fit, and `None` where there is none.
#[inline]
pub(crate) fn optional_element<'de, S: Slot, A: SeqAccess<'de>>(
    elements: &mut A,
    field: &mut S,
) -> Result<Option<Option<Box<Value>>>, A::Error> {
    elements.next_element_seed(Fill(field))
}

struct Fill<'s, S>(&'s mut S);

impl<'de, S: Slot> DeserializeSeed<'de> for Fill<'_, S> {
    type Value = Option<Box<Value>>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.fill(deserializer)
    }
}

/// Reads an object.
///
/// # Errors
/// What the format reports; required members that are missing or do not fit.
#[inline]
pub fn decode_object<'de, T: Object, A: MapAccess<'de>>(access: A) -> Result<T, A::Error> {
    let mut object = T::blank();
    let mut members = Members { access, seen: Seen::default() };
    let mut buffer = String::new();
    while let Some(borrowed) = members.access.next_key_seed(Key(&mut buffer))? {
        let key = borrowed.unwrap_or(&buffer);
        match object.take(key, &mut members)? {
            Taken::Field => {
                if object.extra().has_misfits() {
                    object.extra_mut().clear_misfit(key);
                }
            }
            Taken::Misfit(value) => object.extra_mut().set_misfit(key.to_owned(), *value),
            Taken::Unnamed => {
                let mut value = T::Extra::blank();
                members.access.next_value_seed(Strict(Field(&mut value)))?;
                object.extra_mut().insert(key, value);
            }
        }
    }
    match members.seen.first_missing(T::REQUIRED.len()).and_then(|index| T::REQUIRED.get(index)) {
        Some(name) => Err(A::Error::custom(format_args!("the required member {name:?} is missing"))),
        None => Ok(object),
    }
}

/// What a member makes of a value, all others apart.
///
/// # Errors
/// A value that does not fit where it must.
pub(crate) fn try_member<T: Object>(name: &str, value: &Value) -> Result<Taken, DecodeError> {
    let taken = || {
        let access = MapDeserializer::new(std::iter::once((name, value)));
        let mut members = Members { access, seen: Seen::default() };
        members.access.next_key_seed(Key(&mut String::new()))?;
        T::blank().take(name, &mut members)
    };
    taken().map_err(|error: serde_json::Error| DecodeError {
        pointer: Path::ROOT.key(name).to_string(),
        message: error.to_string(),
    })
}

/// Which required members were read: a bit each, the first 64 without an allocation.
#[derive(Default)]
struct Seen {
    first: u64,
    rest: Vec<bool>,
}

impl Seen {
    #[inline]
    fn insert(&mut self, index: usize) {
        if let Some(bit) = u32::try_from(index).ok().and_then(|index| 1_u64.checked_shl(index)) {
            self.first |= bit;
            return;
        }
        let index = index.saturating_sub(64);
        if self.rest.len() <= index {
            self.rest.resize(index.saturating_add(1), false);
        }
        if let Some(seen) = self.rest.get_mut(index) {
            *seen = true;
        }
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        match u32::try_from(index).ok().and_then(|index| 1_u64.checked_shl(index)) {
            Some(bit) => self.first & bit != 0,
            None => self.rest.get(index.saturating_sub(64)).copied().unwrap_or(false),
        }
    }

    #[inline]
    fn first_missing(&self, count: usize) -> Option<usize> {
        (0..count).find(|&index| !self.contains(index))
    }
}

/// What the buffer of the keys has room for at least, so that it seldom grows.
const USUAL_KEY_BYTES: usize = 32;

/// Reads a key: borrowed from the input where the format can lend it, else into the buffer, which serves one key after the
/// other, so that the keys of a stream cost no allocation each.
struct Key<'b>(&'b mut String);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    /// The key, or `None` where it stands in the buffer.
    type Value = Option<&'de str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Option<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Some(key))
    }

    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        self.0.clear();
        self.0.reserve(key.len().max(USUAL_KEY_BYTES));
        self.0.push_str(key);
        Ok(None)
    }

    #[inline]
    fn visit_string<E>(self, key: String) -> Result<Self::Value, E> {
        *self.0 = key;
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn any_number_of_required_members_is_tracked() {
        let mut seen = Seen::default();
        for index in (0..200).filter(|index| *index != 130) {
            seen.insert(index);
        }
        assert_eq!(seen.first_missing(130), None);
        assert_eq!(seen.first_missing(200), Some(130));
    }
}
