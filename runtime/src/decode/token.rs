//! The one visitor: hands each JSON token to the function of its kind.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::{Decode, Fit, misfit};
use crate::maybe::Maybe;

/// Where a decoded value goes. Values are put there from within the visitor: handed back through the layers of a format, a
/// large one would be copied at each of them.
pub(super) trait Place {
    /// What is decoded.
    type Value: Decode;

    /// Puts the value.
    fn put(self, value: Self::Value);
}

impl<T: Decode> Place for &mut Option<T> {
    type Value = T;

    #[inline]
    fn put(self, value: T) {
        *self = Some(value);
    }
}

impl<T: Decode> Place for &mut Maybe<T> {
    type Value = Option<T>;

    #[inline]
    fn put(self, value: Option<T>) {
        *self = Maybe::or_null(value);
    }
}

/// The field of a required member.
pub(super) struct Field<'f, T>(pub(super) &'f mut T);

impl<T: Decode> Place for Field<'_, T> {
    type Value = T;

    #[inline]
    fn put(self, value: T) {
        *self.0 = value;
    }
}

/// What does not fit. Boxed, so that what every value returns travels in two registers; misfits are rare.
pub(super) type Misfit = Option<Box<Value>>;

/// Reads any JSON value into a place; gives back what does not fit.
pub(super) struct Token<P>(pub(super) P);

/// As a seed it is strict: what does not fit is an error.
pub(super) struct Strict<P>(pub(super) P);

impl<'de, P: Place> DeserializeSeed<'de> for Token<P> {
    type Value = Misfit;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, P: Place> DeserializeSeed<'de> for Strict<P> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match deserializer.deserialize_any(Token(self.0))? {
            Some(value) => Err(misfit::<P::Value, D::Error>(&value)),
            None => Ok(()),
        }
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

impl<P: Place> Token<P> {
    #[inline]
    fn settle(self, fit: Fit<P::Value>) -> Misfit {
        match fit {
            Ok(value) => {
                self.0.put(value);
                None
            }
            Err(misfit) => Some(Box::new(misfit)),
        }
    }
}

impl<'de, P: Place> Visitor<'de> for Token<P> {
    type Value = Misfit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(P::Value::EXPECTED)
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<Misfit, E> {
        Ok(self.settle(P::Value::from_null().map_or_else(|| P::Value::from_other(Value::Null), Ok)))
    }

    #[inline]
    fn visit_none<E: serde::de::Error>(self) -> Result<Misfit, E> {
        self.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Misfit, D::Error> {
        deserializer.deserialize_any(self)
    }

    #[inline]
    fn visit_bool<E>(self, value: bool) -> Result<Misfit, E> {
        Ok(self.settle(P::Value::from_bool(value).map_or_else(|| P::Value::from_other(Value::Bool(value)), Ok)))
    }

    #[inline]
    fn visit_i64<E>(self, value: i64) -> Result<Misfit, E> {
        Ok(self.settle(fit_number(value.into())))
    }

    #[inline]
    fn visit_u64<E>(self, value: u64) -> Result<Misfit, E> {
        Ok(self.settle(fit_number(value.into())))
    }

    #[inline]
    fn visit_f64<E>(self, value: f64) -> Result<Misfit, E> {
        let number = Number::from_f64(value);
        Ok(self.settle(number.map_or_else(|| P::Value::from_other(Value::Null), fit_number)))
    }

    #[inline]
    fn visit_str<E>(self, value: &str) -> Result<Misfit, E> {
        let fit = P::Value::from_text(value);
        Ok(self.settle(fit.map_or_else(|| P::Value::from_other(Value::String(value.to_owned())), Ok)))
    }

    #[inline]
    fn visit_string<E>(self, value: String) -> Result<Misfit, E> {
        let fit = P::Value::from_string(value);
        Ok(self.settle(fit.or_else(|value| P::Value::from_other(Value::String(value)))))
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Misfit, A::Error> {
        let fit = P::Value::from_array(elements)?;
        Ok(self.settle(fit))
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Misfit, A::Error> {
        let fit = P::Value::from_object(members)?;
        Ok(self.settle(fit))
    }
}
