//! Positions in a text: bytes, lines, columns, and the characters that a YAML parser counts.

use std::ops::Range;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The line of `start`, from 1.
    pub line: usize,
    /// The column of `start`, from 1, in Unicode scalar values.
    pub column: usize,
}

/// Where the lines of a text begin. Lines end with `\n`.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Reads the text once.
    pub fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect() }
    }

    /// Line and column of a range of bytes in the text that this was made of; what lies outside is moved inside.
    pub fn span(&self, text: &str, range: &Range<usize>) -> Span {
        let start = text.floor_char_boundary(range.start);
        let end = text.ceil_char_boundary(range.end).max(start);
        let line = self.starts.partition_point(|line_start| *line_start <= start);
        let line_start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = text.get(line_start..start).map_or(0, |before| before.chars().count()) + 1;
        Span { start, end, line, column }
    }

    /// The bytes of a line, counted from 1, without its line break.
    pub fn line(&self, text: &str, line: usize) -> Range<usize> {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        let carriage_return = text.get(start..end).is_some_and(|line| line.ends_with('\r'));
        start..end - usize::from(carriage_return)
    }
}

/// The word, quoted string or single character at an offset, never beyond the line: what to underline where only a
/// position is known.
pub(crate) fn word_at(text: &str, offset: usize) -> Range<usize> {
    let start = text.floor_char_boundary(offset);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let length = match line.chars().next() {
        None => 0,
        Some(quote @ ('"' | '\'')) => quoted_length(line, quote),
        Some(first) if is_word(first) => line.find(|c| !is_word(c)).unwrap_or(line.len()),
        Some(other) => other.len_utf8(),
    };
    start..start + length
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '.')
}

/// The bytes of a string with both quotes; 1 where it does not end on the line.
fn quoted_length(line: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in line.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    1
}

/// From an index in characters to an offset in bytes.
#[derive(Debug)]
pub(super) struct CharOffsets {
    /// The offset of every [`Self::STRIDE`]th character; empty where every character is one byte.
    samples: Vec<usize>,
}

impl CharOffsets {
    const STRIDE: usize = 64;

    pub(super) fn of(text: &str) -> Self {
        let samples = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).step_by(Self::STRIDE).collect()
        };
        Self { samples }
    }

    /// The offset of the character with that index; the text's length where there is none.
    pub(super) fn byte(&self, text: &str, index: usize) -> usize {
        if self.samples.is_empty() {
            return index.min(text.len());
        }
        let sample = self.samples.get(index / Self::STRIDE).copied().unwrap_or(text.len());
        let rest = text.get(sample..).unwrap_or("");
        sample + rest.char_indices().nth(index % Self::STRIDE).map_or(rest.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "ab\näö x\r\nlast";
        let lines = Lines::of(text);
        assert_eq!(lines.span(text, &(8..9)), Span { start: 8, end: 9, line: 2, column: 4 });
        assert_eq!(text.get(lines.line(text, 2)), Some("äö x"));
        assert_eq!(text.get(lines.line(text, 3)), Some("last"));
        assert_eq!(lines.span(text, &(900..901)), Span { start: 15, end: 15, line: 3, column: 5 });
        assert_eq!(lines.span(text, &(4..4)), Span { start: 3, end: 5, line: 2, column: 1 });
    }

    #[test]
    fn a_place_without_extent_becomes_the_word_there() {
        assert_eq!(word_at("a: foo-bar baz", 3), 3..10);
        assert_eq!(word_at(r#"{"a\"b": 1}"#, 1), 1..7);
        assert_eq!(word_at("\"open", 0), 0..1);
        assert_eq!(word_at("[[", 1), 1..2);
        assert_eq!(word_at("x\ny", 1), 1..1);
        assert_eq!(word_at("x", 7), 1..1);
    }

    #[test]
    fn characters_become_bytes() {
        let text = "ä".repeat(200) + "z";
        let offsets = CharOffsets::of(&text);
        assert_eq!(
            [0, 1, 63, 64, 200, 201, 999].map(|index| offsets.byte(&text, index)),
            [0, 2, 126, 128, 400, 401, 401]
        );
        assert_eq!(CharOffsets::of("abc").byte("abc", 2), 2);
    }
}
