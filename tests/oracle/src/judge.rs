//! Generated types as the drivers ask them: a table of functions, one entry a type.

use codegen_runtime::schemars::{JsonSchema, schema_for};
use codegen_runtime::{Decode, Encode, Valid, Validate};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a generated type says of JSON texts.
#[derive(Clone, Copy, Debug)]
pub struct Judge {
    /// Whether the type accepts a text.
    pub accepts: fn(&str) -> bool,
    /// What a text is once it has been decoded and encoded; `None` where it does not decode.
    pub round_trip: Option<fn(&str) -> Option<String>>,
    /// The schema that the type gives of itself.
    pub schema: Option<fn() -> Value>,
}

/// The judge that a type of this project's engine is: it accepts what decodes as a [`Valid`] one.
pub const fn native<T: Decode + Encode + Validate + JsonSchema>() -> Judge {
    Judge {
        accepts: |text| serde_json::from_str::<Valid<T>>(text).is_ok(),
        round_trip: Some(|text| {
            let decoded: Valid<T> = serde_json::from_str(text).ok()?;
            serde_json::to_string(&decoded).ok()
        }),
        schema: Some(|| schema_for!(T).to_value()),
    }
}

/// The judge that a type of another engine is, which knows no more than whether a text decodes.
pub const fn foreign<T: DeserializeOwned>() -> Judge {
    Judge { accepts: |text| serde_json::from_str::<T>(text).is_ok(), round_trip: None, schema: None }
}
