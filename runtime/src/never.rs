//! The schema that nothing satisfies, as a type.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::debug::DebugMember;
use crate::decode::{Decode, Fit, decode};
use crate::encode::Encode;
use crate::path::Path;
use crate::valid::Validate;
use crate::violation::Report;

/// A value where the schema allows none (`false`, Core 2020-12 §4.3.2). It can't be made, only received: whatever a server sends is kept
/// and written back, and `validate` reports it.
#[derive(Clone, PartialEq)]
pub struct Never(Value);

impl Never {
    /// What was received.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.0
    }
}

impl Decode for Never {
    const EXPECTED: &'static str = "nothing";

    fn from_other(value: Value) -> Fit<Self> {
        Ok(Self(value))
    }

    fn blank() -> Self {
        Self(Value::Null)
    }
}

impl Encode for Never {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.encode(serializer)
    }
}

impl DebugMember for Never {
    fn debug(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.debug(f)
    }
}

impl std::fmt::Debug for Never {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        DebugMember::debug(self, f)
    }
}

impl Validate for Never {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        report.add(at, "false", format_args!("is not allowed: nothing satisfies the schema"));
    }
}

impl Serialize for Never {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.encode(serializer)
    }
}

impl<'de> Deserialize<'de> for Never {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_received_is_kept_and_never_valid() {
        for text in ["null", "true", "1.5", "\"a\"", "[1]", "{\"a\":1}"] {
            let never: Never = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&never).unwrap(), text);
            assert!(never.validate().is_err(), "{text}");
        }
    }
}
