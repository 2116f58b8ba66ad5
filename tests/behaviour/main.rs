//! The generated code of the fixtures, at work.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what goes wrong in a helper of a test ends the test"
)]

mod closed;
mod decoding;
mod enums;
mod foreign;
mod formats;
mod instances;
mod merge;
mod misfits;
mod names;
mod oracle;
mod presence;
mod rules;
mod secrets;
mod setters;
mod unions;
mod violations;

use codegen_runtime::Validate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Decodes what has to decode.
fn decode<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

/// What is sent.
fn encode<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap()
}

/// Each violation in one line: pointer, keyword, message.
fn violations<T: Validate>(value: &T) -> Vec<String> {
    let all = value.validate().err().into_iter().flatten();
    all.map(|one| format!("{} {}: {}", one.pointer, one.keyword, one.message)).collect()
}
