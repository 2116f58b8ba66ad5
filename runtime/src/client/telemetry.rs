//! The header that tells the operators of an API which client they are asked by.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

/// What a client says of itself: its name and version, and nothing of the machine or its user.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telemetry {
    pub(super) header: &'static str,
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

impl Telemetry {
    /// The base64 of a JSON object.
    pub(super) fn value(self) -> String {
        let Self { name, version, .. } = self;
        BASE64_STANDARD.encode(json!({"name": name, "version": version}).to_string())
    }
}
