//! Bodies in the media types that are walked.

use serde_json::Value;

use crate::document::Offer;

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// RFC 8259; with a suffix, RFC 6839 §3.1.
    Json,
    /// What nothing is known of here.
    Other,
}

impl Form {
    pub(crate) fn of(media: &str) -> Self {
        let essence = media.split(';').next().unwrap_or_default().trim().to_lowercase();
        if essence == "application/json" || essence.ends_with("+json") { Self::Json } else { Self::Other }
    }
}

/// The offer that is taken: JSON where there is some, and `application/json` before a suffix.
pub(crate) fn preferred(offers: &[Offer]) -> Option<&Offer> {
    let is_plain = |offer: &&Offer| offer.media.starts_with("application/json");
    let is_json = |offer: &&Offer| Form::of(&offer.media) == Form::Json;
    offers.iter().find(is_plain).or_else(|| offers.iter().find(is_json)).or(offers.first())
}

/// A value as it is sent.
pub(crate) fn write(media: &str, value: &Value) -> Vec<u8> {
    match Form::of(media) {
        Form::Json => value.to_string().into_bytes(),
        Form::Other => value.as_str().map_or_else(|| value.to_string(), str::to_owned).into_bytes(),
    }
}

/// A body as it arrived; `None` where it is not in that form.
pub(crate) fn read(media: &str, body: &[u8]) -> Option<Value> {
    match Form::of(media) {
        Form::Json => serde_json::from_slice(body).ok(),
        Form::Other => Some(Value::String(String::from_utf8_lossy(body).into_owned())),
    }
}
