//! Which of the grammars of ECMA-262 a pattern is read by, and what must be known of it as a whole.

use super::cursor::Cursor;

/// The parameters of the grammar (ECMA-262 §22.2.1): UnicodeMode, NamedCaptureGroups, and the number of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grammar {
    /// With the `u` flag; otherwise Annex B applies.
    pub(super) unicode: bool,
    /// Whether a group has a name: then `\k` is always a reference.
    pub(super) named: bool,
    /// How many groups capture: by Annex B, `\2` is a reference only where there are two.
    pub(super) captures: usize,
}

impl Grammar {
    /// Counts the groups of a pattern that is yet to be read.
    pub(super) fn of(source: &str, unicode: bool) -> Self {
        let mut grammar = Self { unicode, named: false, captures: 0 };
        let mut cursor = Cursor::new(source);
        let mut in_class = false;
        while let Some(character) = cursor.next() {
            match character {
                '\\' => {
                    cursor.next();
                }
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => grammar.count_group(&mut cursor),
                _ => {}
            }
        }
        grammar
    }

    fn count_group(&mut self, cursor: &mut Cursor) {
        let unnamed = cursor.peek() != Some('?');
        let named = cursor.eat("?<") && !matches!(cursor.peek(), Some('=' | '!'));
        if named || unnamed {
            self.captures += 1;
        }
        self.named |= named;
    }
}
