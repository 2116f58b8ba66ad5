//! Lists and maps.

use std::collections::BTreeMap;

use serde::de::{MapAccess, SeqAccess};

use super::token::{Field, Place, Strict};
use super::{Decode, Fit};

/// What the elements of a list may take before any of them has been seen, whatever length is announced.
const MOST_RESERVED_BYTES: usize = 64 * 1024;

/// What a list takes at first where no length is announced. `Vec` itself begins with four elements, however large: lists of
/// objects are short, and beyond a kilobyte allocators leave their fast path.
const FIRST_BYTES: usize = 1024;

/// How many elements a list makes room for at first where no length is announced, if they are small.
const FIRST_ELEMENTS: usize = 4;

/// How many elements fit into so many bytes; at least one.
#[inline]
fn capacity_within<T>(bytes: usize) -> usize {
    bytes.checked_div(size_of::<T>()).unwrap_or(bytes).max(1)
}

/// The place behind the last element of a list.
struct Next<'v, T>(&'v mut Vec<T>);

impl<T: Decode> Place for Next<'_, T> {
    type Value = T;

    #[inline]
    fn put(self, value: T) {
        let values = self.0;
        if values.len() == values.capacity() {
            let first = capacity_within::<T>(FIRST_BYTES).min(FIRST_ELEMENTS);
            values.reserve_exact(values.len().max(first));
        }
        values.push(value);
    }
}

/// Reads the next element into a field; `false` where there is none.
#[inline]
pub(crate) fn element<'de, T: Decode, A: SeqAccess<'de>>(elements: &mut A, field: &mut T) -> Result<bool, A::Error> {
    Ok(elements.next_element_seed(Strict(Field(field)))?.is_some())
}

impl<T: Decode> Decode for Vec<T> {
    const EXPECTED: &'static str = "an array";

    #[inline]
    fn from_array<'de, A: SeqAccess<'de>>(mut elements: A) -> Result<Fit<Self>, A::Error> {
        let announced = elements.size_hint().unwrap_or(0);
        let mut values = Self::with_capacity(announced.min(capacity_within::<T>(MOST_RESERVED_BYTES)));
        while elements.next_element_seed(Strict(Next(&mut values)))?.is_some() {}
        Ok(Ok(values))
    }

    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}

impl<V: Decode> Decode for BTreeMap<String, V> {
    const EXPECTED: &'static str = "an object";

    #[inline]
    fn from_object<'de, A: MapAccess<'de>>(mut members: A) -> Result<Fit<Self>, A::Error> {
        let mut values = Self::new();
        while let Some(key) = members.next_key::<String>()? {
            let mut value = V::blank();
            members.next_value_seed(Strict(Field(&mut value)))?;
            values.insert(key, value);
        }
        Ok(Ok(values))
    }

    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}
