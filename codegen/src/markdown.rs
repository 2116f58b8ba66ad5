//! placeholder until the docs branch lands

/// placeholder
#[must_use]
pub fn from_description(text: &str) -> String {
    text.trim().to_owned()
}
