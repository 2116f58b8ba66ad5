//! Keywords about strings (JSON Schema Validation 2020-12 §6.3, §7).

use serde_json::Value;

use super::Checked;
use crate::pattern::Pattern;

/// A value that may be a string.
pub trait Textual {
    /// The string, if it is one.
    fn text(&self) -> Option<&str>;
}

impl Textual for str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Textual for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Textual for Value {
    fn text(&self) -> Option<&str> {
        self.as_str()
    }
}

/// Counts Unicode code points, as JSON Schema does.
fn length(text: &str) -> u64 {
    text.chars().count().try_into().unwrap_or(u64::MAX)
}

/// Whether a string has fewer code points than `limit`; counts no more than those.
fn is_shorter(text: &str, limit: u64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    text.chars().take(limit).count() < limit
}

fn characters(count: u64) -> &'static str {
    if count == 1 { "character" } else { "characters" }
}

impl<T: Textual + ?Sized> Checked<'_, T> {
    fn text_unless(
        self,
        keyword: &'static str,
        fails: impl FnOnce(&str) -> bool,
        message: std::fmt::Arguments<'_>,
    ) -> Self {
        self.unless(keyword, |value| value.text().is_some_and(fails), message)
    }

    /// `minLength`
    pub fn min_length(self, limit: u64) -> Self {
        let message = format_args!("must have at least {limit} {}", characters(limit));
        self.text_unless("minLength", |text| is_shorter(text, limit), message)
    }

    /// `maxLength`
    pub fn max_length(self, limit: u64) -> Self {
        let message = format_args!("must have at most {limit} {}", characters(limit));
        // A string has at most as many code points as bytes.
        self.text_unless("maxLength", |text| text.len() as u64 > limit && length(text) > limit, message)
    }

    /// `pattern`
    pub fn pattern(self, pattern: &Pattern) -> Self {
        let message = format_args!("must match {}", pattern.source());
        self.text_unless("pattern", |text| !pattern.is_match(text), message)
    }

    /// `format`
    pub fn format(self, name: &str, accepts: impl FnOnce(&str) -> bool) -> Self {
        let message = format_args!("must be of the format `{name}`");
        self.text_unless("format", |text| !accepts(text), message)
    }
}

#[cfg(test)]
mod tests {
    use super::is_shorter;

    #[test]
    fn the_least_length_is_one_of_code_points() {
        assert!(!is_shorter("", 0));
        assert!(is_shorter("", 1));
        assert!(!is_shorter("é😀", 2));
        assert!(is_shorter("é😀", 3));
        assert!(is_shorter("a", u64::MAX));
    }
}
