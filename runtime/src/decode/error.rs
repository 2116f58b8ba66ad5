//! Decoding a whole text, and saying where it went wrong.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// Why a text or value could not be decoded: the place and the kinds, never the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The JSON Pointer of the value that does not fit; empty for the whole, and for text that is no JSON.
    pub pointer: String,
    /// What is wrong: `expected a string, found a number`.
    pub message: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "the value" } else { &self.pointer };
        write!(f, "{place}: {}", self.message)
    }
}

impl std::error::Error for DecodeError {}

/// Decodes JSON text.
///
/// # Errors
/// Where the text is no JSON or does not fit.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, DecodeError> {
    from_slice(text.as_bytes())
}

/// Decodes JSON text.
///
/// # Errors
/// Where the text is no JSON or does not fit.
pub fn from_slice<T: DeserializeOwned>(text: &[u8]) -> Result<T, DecodeError> {
    // One look at the whole is faster than one at every string; where it fails, serde_json says what it makes of it.
    let decoded = match std::str::from_utf8(text) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(text),
    };
    // Tracking the path costs time in every member, so it is done only once it is known that there is one to tell.
    decoded.map_err(|error| {
        let mut deserializer = serde_json::Deserializer::from_slice(text);
        locate::<T, _>(&mut deserializer, &error)
    })
}

/// Decodes a JSON value.
///
/// # Errors
/// Where the value does not fit.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, DecodeError> {
    T::deserialize(value).map_err(|error| locate::<T, _>(value, &error))
}

fn locate<'de, T, D>(deserializer: D, error: &serde_json::Error) -> DecodeError
where
    T: DeserializeOwned,
    D: serde::Deserializer<'de>,
    D::Error: fmt::Display,
{
    match serde_path_to_error::deserialize::<D, T>(deserializer) {
        Err(located) => DecodeError { pointer: pointer(located.path()), message: located.inner().to_string() },
        Ok(_) => DecodeError { pointer: String::new(), message: error.to_string() },
    }
}

/// The JSON Pointer (RFC 6901 §3) of a path.
fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                pointer.push_str(&crate::path::Path::ROOT.key(key).to_string());
            }
            Segment::Unknown => {}
        }
    }
    pointer
}
