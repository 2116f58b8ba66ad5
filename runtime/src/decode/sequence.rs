//! Lists and maps.

use std::collections::BTreeMap;

use serde::de::{MapAccess, SeqAccess};

use super::token::Strict;
use super::{Decode, Fit};

impl<T: Decode> Decode for Vec<T> {
    const EXPECTED: &'static str = "an array";

    fn from_array<'de, A: SeqAccess<'de>>(mut elements: A) -> Result<Fit<Self>, A::Error> {
        let mut values = Self::new();
        while let Some(value) = elements.next_element_seed(Strict::<T>::new())? {
            values.push(value);
        }
        Ok(Ok(values))
    }

    fn blank() -> Self {
        Self::new()
    }
}

impl<V: Decode> Decode for BTreeMap<String, V> {
    const EXPECTED: &'static str = "an object";

    fn from_object<'de, A: MapAccess<'de>>(mut members: A) -> Result<Fit<Self>, A::Error> {
        let mut values = Self::new();
        while let Some(key) = members.next_key::<String>()? {
            values.insert(key, members.next_value_seed(Strict::<V>::new())?);
        }
        Ok(Ok(values))
    }

    fn blank() -> Self {
        Self::new()
    }
}
