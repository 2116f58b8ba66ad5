//! From values to JSON: what was not set is not written, and what was not understood is written back.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::decode::Slot;
use crate::extra::Extra;
use crate::file::File;
use crate::maybe::Maybe;
use crate::object::{Giving, Member, Object, Visit};

/// A type that is written as JSON.
pub trait Encode {
    /// Writes the value.
    ///
    /// # Errors
    /// What the format reports.
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// The files that the value is, if it is that and nothing else: parts of a body that JSON could not hold.
    fn files(&self) -> Option<Vec<&File>> {
        None
    }
}

/// Lends a value to serde.
pub(crate) struct Encoded<'v, T: ?Sized>(pub(crate) &'v T);

impl<T: Encode + ?Sized> Serialize for Encoded<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.encode(serializer)
    }
}

macro_rules! encode_as_serde {
    ($($type:ty)*) => {$(
        impl Encode for $type {
            #[inline]
            fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Serialize::serialize(self, serializer)
            }
        }
    )*};
}

encode_as_serde!(() bool i64 u64 str String Value);

/// Without a fraction where it has none, so that `1` stays `1`. An infinity or NaN, which JSON has no numbers for, is an error:
/// serde_json would write the `null` that nobody set.
impl Encode for f64 {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if !self.is_finite() {
            return Err(serde::ser::Error::custom("a number that is infinite or none can't be written as JSON"));
        }
        if self.fract() == 0.0 && self.abs() <= EXACT && !(*self == 0.0 && self.is_sign_negative()) {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within 53 bits")]
            return serializer.serialize_i64(*self as i64);
        }
        serializer.serialize_f64(*self)
    }
}

impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.encode(serializer),
            None => serializer.serialize_unit(),
        }
    }

    fn files(&self) -> Option<Vec<&File>> {
        self.as_ref().and_then(T::files)
    }
}

impl<T: Encode> Encode for Box<T> {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::encode(self, serializer)
    }

    fn files(&self) -> Option<Vec<&File>> {
        T::files(self)
    }
}

impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Encoded))
    }

    fn files(&self) -> Option<Vec<&File>> {
        let files = self.iter().map(T::files).collect::<Option<Vec<_>>>()?;
        (!files.is_empty()).then(|| files.concat())
    }
}

impl<V: Encode> Encode for BTreeMap<String, V> {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, Encoded(value))))
    }
}

/// Writes an object: its named members, then the others. A field wins over another member of its name.
///
/// # Errors
/// What the format reports.
#[inline]
pub fn encode_object<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer { extra: object.extra(), map: serializer.serialize_map(None)?, shadowed: Vec::new() };
    Giving::to(&mut writer, |visit| object.give(visit))?;
    let Writer { extra, mut map, shadowed } = writer;
    for (key, value) in extra.iter().filter(|(key, _)| !shadowed.contains(key)) {
        map.serialize_entry(key, &Encoded(value))?;
    }
    map.end()
}

thread_local! {
    /// Whether what is being written is a request.
    static SENDING: Cell<bool> = const { Cell::new(false) };
}

/// Calls a function that writes a request: the members that are `readOnly` are left out of what it encodes. (serde hands nothing
/// down to a value but the serializer; so that one implementation serves both ways, this goes around it.)
#[cfg(feature = "client")]
pub(crate) fn as_request<T>(write: impl FnOnce() -> T) -> T {
    /// Also where the function panics.
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            SENDING.set(self.0);
        }
    }
    let _restore = Restore(SENDING.replace(true));
    write()
}

struct Writer<'o, V, M> {
    extra: &'o Extra<V>,
    map: M,
    /// The names of fields that are also among the members without a field, where a caller has put them.
    shadowed: Vec<&'static str>,
}

impl<V, M: SerializeMap> Writer<'_, V, M> {
    #[inline]
    fn write<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), M::Error> {
        if self.extra.get(name).is_some() {
            self.shadowed.push(name);
        }
        self.map.serialize_entry(name, value)
    }
}

impl<V, M: SerializeMap> Visit for Writer<'_, V, M> {
    type Error = M::Error;

    #[inline]
    fn required<T: Member>(&mut self, name: &'static str, value: &T) -> Result<(), M::Error> {
        self.write(name, &Encoded(value))
    }

    #[inline]
    fn optional<S: Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), M::Error> {
        match slot.presence() {
            Maybe::Value(value) => self.write(name, &Encoded(value)),
            Maybe::Null => self.write(name, &()),
            Maybe::Absent => match self.extra.misfit(name) {
                Some(misfit) => self.write(name, misfit),
                None => Ok(()),
            },
        }
    }

    #[inline]
    fn read_only<S: Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), M::Error> {
        if SENDING.get() { Ok(()) } else { self.optional(name, slot) }
    }

    #[inline]
    fn read_only_secret<S: Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), M::Error> {
        self.read_only(name, slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f64) -> Result<String, String> {
        serde_json::to_string(&Encoded(&value)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_number_has_a_fraction_only_where_it_has_one() {
        for (value, text) in [(1.0, "1"), (-7.0, "-7"), (0.5, "0.5"), (0.0, "0"), (-0.0, "-0.0")] {
            assert_eq!(written(value).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_number_that_json_does_not_have_is_an_error_and_not_null() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let message = "a number that is infinite or none can't be written as JSON";
            assert_eq!(written(value), Err(message.to_owned()));
        }
    }
}
