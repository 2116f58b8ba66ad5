//! Reads a pattern term by term and writes what it means in the `regex` crate's notation.
//!
//! Every term becomes one term, so that a quantifier behind it needs no thought. Nothing here recurses.

use super::cursor::Cursor;
use super::escape::{self, Escape, Place};
use super::grammar::Grammar;
use super::group::{Groups, Kind};
use super::{NotEcma, class, literal};

/// What reading a pattern gives.
#[derive(Debug)]
pub(super) struct Translation {
    /// The same in the `regex` crate's notation; `None` if the pattern looks around, refers back, or changes flags.
    pub(super) regex: Option<String>,
    /// How many `|` the pattern has outside of classes.
    pub(super) alternatives: usize,
}

/// Reads a pattern with or without the `u` flag.
pub(super) fn translate(source: &str, unicode: bool) -> Result<Translation, NotEcma> {
    let mut translator = Translator {
        cursor: Cursor::new(source),
        grammar: Grammar::of(source, unicode),
        groups: Groups::default(),
        repeatable: false,
        linear: true,
        alternatives: 0,
        regex: String::new(),
    };
    translator.pattern()?;
    Ok(Translation { regex: translator.linear.then_some(translator.regex), alternatives: translator.alternatives })
}

struct Translator {
    cursor: Cursor,
    grammar: Grammar,
    groups: Groups,
    /// Whether a quantifier may follow.
    repeatable: bool,
    /// Whether `regex` still says all there is to say.
    linear: bool,
    alternatives: usize,
    regex: String,
}

impl Translator {
    fn pattern(&mut self) -> Result<(), NotEcma> {
        while let Some(character) = self.cursor.next() {
            self.term(character)?;
        }
        self.groups.finish()
    }

    fn term(&mut self, character: char) -> Result<(), NotEcma> {
        match character {
            '|' => self.alternative(),
            '(' => self.open_group()?,
            ')' => self.close_group()?,
            '^' | '$' => self.assertion(character.encode_utf8(&mut [0; 4])),
            '.' => self.atom(literal::DOT),
            '[' => {
                let class = class::read(&mut self.cursor, self.grammar)?;
                self.atom(&class);
            }
            '\\' => self.escape()?,
            '*' | '+' | '?' => self.quantifier(&character.to_string(), self.last_read())?,
            '{' => self.brace()?,
            ']' | '}' if self.grammar.unicode => {
                return Err(self.error_here(format!("`{character}` closes nothing")));
            }
            _ => self.atom(&literal::term(u32::from(character))),
        }
        Ok(())
    }

    /// Writes a term that can be repeated.
    fn atom(&mut self, regex: &str) {
        self.regex.push_str(regex);
        self.repeatable = true;
    }

    /// Writes a term that can't be repeated.
    fn assertion(&mut self, regex: &str) {
        self.regex.push_str(regex);
        self.repeatable = false;
    }

    /// Notes a term that no linear-time engine can run.
    fn not_linear(&mut self) {
        self.linear = false;
        self.repeatable = true;
    }

    fn alternative(&mut self) {
        self.alternatives += 1;
        self.groups.next_alternative();
        self.assertion("|");
    }

    /// Captures are of no use to a validator, so that every group is written as one that does not capture.
    fn open_group(&mut self) -> Result<(), NotEcma> {
        if self.groups.open(&mut self.cursor)? != Kind::Plain {
            self.linear = false;
        }
        self.assertion("(?:");
        Ok(())
    }

    fn close_group(&mut self) -> Result<(), NotEcma> {
        let Some(kind) = self.groups.close() else {
            return Err(self.error_here("`)` closes no group"));
        };
        self.regex.push(')');
        self.repeatable = match kind {
            Kind::Plain | Kind::Modified => true,
            Kind::LookAhead => !self.grammar.unicode,
            Kind::LookBehind => false,
        };
        Ok(())
    }

    fn escape(&mut self) -> Result<(), NotEcma> {
        if self.cursor.eat("b") {
            self.assertion(literal::BOUNDARY);
        } else if self.cursor.eat("B") {
            self.assertion(literal::NOT_BOUNDARY);
        } else if self.numbered_reference()? || self.named_reference()? {
            self.not_linear();
        } else {
            match escape::read(&mut self.cursor, self.grammar, Place::Term)? {
                Escape::CodePoint(code_point) => self.atom(&literal::term(code_point)),
                Escape::Set(set) => self.atom(&set),
            }
        }
        Ok(())
    }

    /// Reads `1` of `\1`. By Annex B a number beyond the last group is an octal escape or a digit.
    fn numbered_reference(&mut self) -> Result<bool, NotEcma> {
        let start = self.cursor.position();
        if !matches!(self.cursor.peek(), Some('1'..='9')) {
            return Ok(false);
        }
        let number = self.cursor.take_while(|next| next.is_ascii_digit());
        if number.parse::<usize>().is_ok_and(|number| number <= self.grammar.captures) {
            return Ok(true);
        }
        self.cursor.seek(start);
        if self.grammar.unicode {
            return Err(self.error_here(format!("`\\{number}` refers to no group")));
        }
        Ok(false)
    }

    /// Reads `k<name>`. By Annex B `\k` is a `k` where no group has a name.
    fn named_reference(&mut self) -> Result<bool, NotEcma> {
        let start = self.last_read();
        let reference = (self.grammar.unicode || self.grammar.named) && self.cursor.eat("k");
        if reference {
            self.groups.refer(&mut self.cursor, start)?;
        }
        Ok(reference)
    }

    /// Reads the rest of `{2,3}`; by Annex B a brace that begins no quantifier is a character.
    fn brace(&mut self) -> Result<(), NotEcma> {
        let start = self.cursor.position();
        if let Some(bounds) = self.bounds() {
            return self.quantifier(&bounds, start.saturating_sub(1));
        }
        self.cursor.seek(start);
        if self.grammar.unicode {
            return Err(self.error_here("`{` begins no quantifier"));
        }
        self.atom(&literal::term(u32::from('{')));
        Ok(())
    }

    /// Reads `2}`, `2,}` or `2,3}` and gives it back with its braces.
    fn bounds(&mut self) -> Option<String> {
        let minimum = self.digits()?;
        let rest = if self.cursor.eat(",") { format!(",{}", self.digits().unwrap_or_default()) } else { String::new() };
        self.cursor.eat("}").then(|| format!("{{{minimum}{rest}}}"))
    }

    fn digits(&mut self) -> Option<String> {
        let digits = self.cursor.take_while(|next| next.is_ascii_digit());
        (!digits.is_empty()).then_some(digits)
    }

    /// Writes a quantifier that has been read and begins at `start`, and the `?` that may follow it.
    fn quantifier(&mut self, quantifier: &str, start: usize) -> Result<(), NotEcma> {
        if !self.repeatable {
            return Err(Cursor::error(start, format!("`{quantifier}` has nothing to repeat")));
        }
        if out_of_order(quantifier) {
            return Err(Cursor::error(start, format!("the numbers of `{quantifier}` are out of order")));
        }
        let lazy = if self.cursor.eat("?") { "?" } else { "" };
        self.assertion(&format!("{quantifier}{lazy}"));
        Ok(())
    }

    /// An error at the character that was read last.
    fn error_here(&self, message: impl Into<String>) -> NotEcma {
        Cursor::error(self.last_read(), message)
    }

    /// The offset of the character that was read last.
    fn last_read(&self) -> usize {
        self.cursor.position().saturating_sub(1)
    }
}

/// Whether a quantifier is of the kind `{3,2}`. Numbers beyond `u64` count as its maximum.
fn out_of_order(quantifier: &str) -> bool {
    let number = |digits: &str| digits.parse::<u64>().unwrap_or(u64::MAX);
    let bounds = quantifier.trim_start_matches('{').trim_end_matches('}').split_once(',');
    bounds.is_some_and(|(minimum, maximum)| number(maximum) < number(minimum))
}
