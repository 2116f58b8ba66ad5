//! A pattern's characters and how far they have been read.

use super::NotEcma;

/// The characters of a pattern and the position of the next one. Nothing here moves on when it finds nothing.
pub(super) struct Cursor {
    characters: Vec<char>,
    position: usize,
}

impl Cursor {
    /// Starts at the first character.
    pub(super) fn new(source: &str) -> Self {
        Self { characters: source.chars().collect(), position: 0 }
    }

    /// How many characters have been read: the offset of the next one.
    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// Goes back to (or on to) a position that [`Self::position`] gave.
    pub(super) fn seek(&mut self, position: usize) {
        self.position = position;
    }

    /// The next character, left in place.
    pub(super) fn peek(&self) -> Option<char> {
        self.characters.get(self.position).copied()
    }

    /// Reads the next character.
    pub(super) fn next(&mut self) -> Option<char> {
        self.next_if(|_| true)
    }

    /// Reads the next character if it is one of those wanted.
    pub(super) fn next_if(&mut self, wanted: impl FnOnce(char) -> bool) -> Option<char> {
        let character = self.peek().filter(|character| wanted(*character))?;
        self.position += 1;
        Some(character)
    }

    /// Reads `text` if it comes next; says whether it did.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let start = self.position;
        let found = text.chars().all(|wanted| self.next_if(|next| next == wanted).is_some());
        if !found {
            self.seek(start);
        }
        found
    }

    /// Reads as many characters as are wanted, perhaps none.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(character) = self.next_if(&wanted) {
            taken.push(character);
        }
        taken
    }

    /// Reads a number of exactly `count` hexadecimal digits.
    pub(super) fn hexadecimal(&mut self, count: usize) -> Option<u32> {
        let start = self.position;
        let mut value = 0;
        for _ in 0..count {
            let Some(digit) = self.next().and_then(|character| character.to_digit(16)) else {
                self.seek(start);
                return None;
            };
            value = value * 16 + digit;
        }
        Some(value)
    }

    /// The error that `message` describes, at the character at `offset`.
    pub(super) fn error(offset: usize, message: impl Into<String>) -> NotEcma {
        NotEcma { message: message.into(), offset: Some(offset) }
    }
}
