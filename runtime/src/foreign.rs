//! Values of types that are the user's own.

use std::any::Any;
use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::{Number, Value};

use crate::debug::DebugMember;
use crate::decode::{Decode, Fit};
use crate::encode::Encode;
use crate::file::File;
use crate::maybe::Maybe;
use crate::path::Path;
use crate::valid::Validate;
use crate::violation::Report;

/// A value of a type that is not generated: of the standard library, or of a crate that `codegen.toml` or `x-rust-type` names.
///
/// What is asked of such a type is serde's `Serialize` and `DeserializeOwned`, and `Clone`, `Debug` and `PartialEq`. What it does
/// not take is kept as it came and written back, wherever it stands, as an enumeration keeps what it does not list; only
/// validating reports it. `null` is the exception: a type that takes none has no value there.
#[derive(Clone, PartialEq)]
pub enum Foreign<T> {
    /// A value of the type.
    Value(T),
    /// What is none.
    Unknown(Value),
}

impl<T> Foreign<T> {
    /// The value, unless it is none of the type.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }

    /// The value.
    ///
    /// # Errors
    /// What is no value of the type.
    pub fn into_value(self) -> Result<T, Value> {
        match self {
            Self::Value(value) => Ok(value),
            Self::Unknown(value) => Err(value),
        }
    }
}

impl<T> From<T> for Foreign<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// What setters of members take that may be `null`.
impl<T> From<T> for Maybe<Foreign<T>> {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

impl<T: DeserializeOwned> Foreign<T> {
    fn read(value: Value) -> Self {
        // Not by value: what is refused has to be there still.
        T::deserialize(&value).map_or_else(|_| Self::Unknown(value), Self::Value)
    }
}

impl<T: DeserializeOwned> Decode for Foreign<T> {
    const EXPECTED: &'static str = "a value of its Rust type";

    fn from_null() -> Option<Self> {
        T::deserialize(&Value::Null).ok().map(Self::Value)
    }

    fn from_bool(value: bool) -> Option<Self> {
        Some(Self::read(value.into()))
    }

    fn from_number(value: &Number) -> Option<Self> {
        Some(Self::read(value.clone().into()))
    }

    fn from_text(value: &str) -> Option<Self> {
        Some(Self::read(value.into()))
    }

    fn from_string(value: String) -> Result<Self, String> {
        Ok(Self::read(value.into()))
    }

    fn from_other(value: Value) -> Fit<Self> {
        if value.is_null() { Err(value) } else { Ok(Self::read(value)) }
    }

    fn blank() -> Self {
        Self::Unknown(Value::Null)
    }
}

impl<T: Serialize + 'static> Encode for Foreign<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }

    fn files(&self) -> Option<Vec<&File>> {
        let value: &dyn Any = self.value()?;
        value.downcast_ref().map(|file| vec![file])
    }
}

impl<T: fmt::Debug> fmt::Debug for Foreign<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::Unknown(value) => value.debug(f),
        }
    }
}

impl<T: fmt::Debug> DebugMember for Foreign<T> {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl<T> Validate for Foreign<T> {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        if let Self::Unknown(_) = self {
            report.add(at, "x-rust-type", format_args!("must be a value of its Rust type"));
        }
    }
}

impl<T: Serialize + 'static> Serialize for Foreign<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.encode(serializer)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Foreign<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::decode::decode(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use serde_json::json;

    use super::*;

    fn read(value: Value) -> Foreign<Ipv4Addr> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_value_of_the_type_is_one() {
        let value = read(json!("127.0.0.1"));
        assert_eq!(value, Ipv4Addr::LOCALHOST.into());
        assert_eq!(value.value(), Some(&Ipv4Addr::LOCALHOST));
        assert_eq!(serde_json::to_value(&value).unwrap(), json!("127.0.0.1"));
        assert_eq!(value.validate(), Ok(()));
        assert_eq!(value.into_value(), Ok(Ipv4Addr::LOCALHOST));
    }

    #[test]
    fn what_is_none_is_kept_and_told() {
        for other in [json!("localhost"), json!(1), json!(true), json!([1]), json!({"a": 1})] {
            let value = read(other.clone());
            assert_eq!(value.value(), None);
            assert_eq!(serde_json::to_value(&value).unwrap(), other);
            assert_eq!(value.validate().unwrap_err().to_string(), "the value: must be a value of its Rust type");
            assert_eq!(value.into_value(), Err(other));
        }
    }

    #[test]
    fn null_is_a_value_where_the_type_takes_it_alone() {
        let error = serde_json::from_str::<Foreign<Ipv4Addr>>("null").unwrap_err();
        assert_eq!(error.to_string(), "expected a value of its Rust type, found null");
        assert_eq!(serde_json::from_str::<Foreign<()>>("null").unwrap(), Foreign::Value(()));
    }

    #[test]
    fn nobody_sees_what_is_none() {
        assert_eq!(format!("{:?}", read(json!("127.0.0.1"))), "127.0.0.1");
        assert_eq!(format!("{:?}", read(json!("secret"))), "[string of 6 bytes]");
    }
}
