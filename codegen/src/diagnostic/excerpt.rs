//! What is shown of a line: a window around the place, with nothing in it that a terminal would obey.

use std::borrow::Cow;
use std::ops::Range;

/// The longest line that is shown whole, and the widest window on a longer one, in characters.
const WIDTH: usize = 120;
/// How much of the window comes before the place.
const BEFORE: usize = 40;
/// Where a line was cut.
const CUT: char = '…';

/// A character for private use that [`visible_text`] lets through nowhere.
pub(super) const STAND_IN: char = '\u{e000}';

/// One line of a text, fit to be shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// The place, in bytes of `text`.
    pub(super) marked: Range<usize>,
}

impl Excerpt {
    /// The part of `line` around `marked`, which begins in the line and may end beyond it; both in bytes of `text`.
    pub(super) fn of(text: &str, line: Range<usize>, marked: Range<usize>) -> Self {
        let start = marked.start.clamp(line.start, line.end);
        let marked = start..marked.end.clamp(start, line.end);
        let window = window(text, &line, marked.start);
        let mut excerpt = Self { text: String::new(), marked: 0..0 };
        if window.start > line.start {
            excerpt.text.push(CUT);
        }
        excerpt.append(text, window.start..marked.start);
        excerpt.marked.start = excerpt.text.len();
        excerpt.append(text, marked.start..marked.end.min(window.end));
        excerpt.marked.end = excerpt.text.len();
        excerpt.append(text, marked.end.min(window.end)..window.end);
        if window.end < line.end {
            excerpt.text.push(CUT);
        }
        excerpt
    }

    fn append(&mut self, text: &str, range: Range<usize>) {
        self.text.extend(text.get(range).unwrap_or("").chars().map(visible));
    }
}

fn window(text: &str, line: &Range<usize>, at: usize) -> Range<usize> {
    let whole = text.get(line.clone()).unwrap_or("");
    if whole.chars().nth(WIDTH).is_none() {
        return line.clone();
    }
    let before = text.get(line.start..at).unwrap_or("");
    let (start, shown) = match before.char_indices().rev().nth(BEFORE - 1) {
        Some((start, _)) => (line.start + start, BEFORE),
        None => (line.start, before.chars().count()),
    };
    let after = text.get(at..line.end).unwrap_or("");
    let end = after.char_indices().nth(WIDTH - shown).map_or(line.end, |(end, _)| at + end);
    start..end
}

/// A character that is shown in place of one that has no shape or acts on a terminal; any other is itself.
fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        // C1 controls; zero-width and directional marks, which hide or turn what follows.
        '\u{80}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | STAND_IN => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// A message that may quote the document, fit to be shown on one line.
pub(super) fn visible_text(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| visible(c) == c) { Cow::Borrowed(text) } else { text.chars().map(visible).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}X{}", "a".repeat(3_000_000), "b".repeat(3_000_000));
        let excerpt = Excerpt::of(&text, 0..text.len(), 3_000_000..3_000_001);
        assert_eq!(excerpt.text, format!("…{}X{}…", "a".repeat(40), "b".repeat(79)));
        assert_eq!(excerpt.text.get(excerpt.marked), Some("X"));
    }

    #[test]
    fn the_window_widens_after_a_place_near_the_start() {
        let text = format!("ä\"{}", "b".repeat(500));
        let excerpt = Excerpt::of(&text, 0..text.len(), 2..400);
        assert_eq!(excerpt.text, format!("ä\"{}…", "b".repeat(118)));
        assert_eq!(excerpt.marked, 2..excerpt.text.len() - '…'.len_utf8());
    }

    #[test]
    fn control_characters_become_visible() {
        let text = "a\u{1b}[31mb\tc\u{202e}d\u{9b}e\u{7f}";
        let excerpt = Excerpt::of(text, 0..text.len(), 6..7);
        assert_eq!(excerpt.text, "a␛[31mb c\u{fffd}d\u{fffd}e␡");
        assert_eq!(excerpt.text.get(excerpt.marked), Some("b"));
    }

    #[test]
    fn a_place_of_several_lines_is_marked_to_the_end_of_the_first() {
        let text = "a: {\n}";
        assert_eq!(Excerpt::of(text, 0..4, 3..6).marked, 3..4);
    }
}
