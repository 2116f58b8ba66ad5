//! The one visitor: hands each JSON token to the function of its kind.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::{Decode, Fit, misfit};

/// Reads any JSON value as a `T`, or keeps it.
pub(super) struct Token<T>(PhantomData<T>);

impl<T> Token<T> {
    #[inline]
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

/// As a seed it is strict: what does not fit is an error.
pub(super) struct Strict<T>(PhantomData<T>);

impl<T> Strict<T> {
    #[inline]
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Decode> DeserializeSeed<'de> for Token<T> {
    type Value = Fit<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Decode> DeserializeSeed<'de> for Strict<T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(Token::<T>::new())?.map_err(|value| misfit::<T, D::Error>(&value))
    }
}

#[inline]
pub(super) fn fit_number<T: Decode>(number: Number) -> Fit<T> {
    T::from_number(&number).map_or_else(|| T::from_other(Value::Number(number)), Ok)
}

#[inline]
pub(super) fn any_array<'de, A: SeqAccess<'de>>(elements: A) -> Result<Value, A::Error> {
    Value::deserialize(SeqAccessDeserializer::new(elements))
}

#[inline]
pub(super) fn any_object<'de, A: MapAccess<'de>>(members: A) -> Result<Value, A::Error> {
    Value::deserialize(MapAccessDeserializer::new(members))
}

impl<'de, T: Decode> Visitor<'de> for Token<T> {
    type Value = Fit<T>;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<Fit<T>, E> {
        Ok(T::from_null().map_or_else(|| T::from_other(Value::Null), Ok))
    }

    #[inline]
    fn visit_none<E: serde::de::Error>(self) -> Result<Fit<T>, E> {
        self.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit<T>, D::Error> {
        deserializer.deserialize_any(self)
    }

    #[inline]
    fn visit_bool<E>(self, value: bool) -> Result<Fit<T>, E> {
        Ok(T::from_bool(value).map_or_else(|| T::from_other(Value::Bool(value)), Ok))
    }

    #[inline]
    fn visit_i64<E>(self, value: i64) -> Result<Fit<T>, E> {
        Ok(fit_number(value.into()))
    }

    #[inline]
    fn visit_u64<E>(self, value: u64) -> Result<Fit<T>, E> {
        Ok(fit_number(value.into()))
    }

    #[inline]
    fn visit_f64<E>(self, value: f64) -> Result<Fit<T>, E> {
        Ok(Number::from_f64(value).map_or_else(|| T::from_other(Value::Null), fit_number))
    }

    #[inline]
    fn visit_str<E>(self, value: &str) -> Result<Fit<T>, E> {
        Ok(T::from_text(value).map_or_else(|| T::from_other(Value::String(value.to_owned())), Ok))
    }

    #[inline]
    fn visit_string<E>(self, value: String) -> Result<Fit<T>, E> {
        Ok(T::from_string(value).or_else(|value| T::from_other(Value::String(value))))
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Fit<T>, A::Error> {
        T::from_array(elements)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Fit<T>, A::Error> {
        T::from_object(members)
    }
}
