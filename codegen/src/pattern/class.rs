//! Reads a character class, `[…]`, and writes it for the `regex` crate.

use super::cursor::Cursor;
use super::escape::{self, Escape, Place};
use super::grammar::Grammar;
use super::{NotEcma, literal};

/// Reads the rest of a class, the cursor standing behind its `[` (ECMA-262 §22.2.1: CharacterClass).
pub(super) fn read(cursor: &mut Cursor, grammar: Grammar) -> Result<String, NotEcma> {
    let opened = cursor.position().saturating_sub(1);
    let negated = cursor.eat("^");
    let mut items = String::new();
    while !cursor.eat("]") {
        if cursor.peek().is_none() {
            return Err(Cursor::error(opened, "`[` is never closed"));
        }
        items.push_str(&item(cursor, grammar)?);
    }
    Ok(match (negated, items.is_empty()) {
        (false, true) => literal::NOTHING.to_owned(),
        (true, true) => literal::ANYTHING.to_owned(),
        (false, false) => format!("[{items}]"),
        (true, false) => format!("[^{items}]"),
    })
}

/// Reads one character, set or range. By Annex B the hyphen next to a set is a character.
fn item(cursor: &mut Cursor, grammar: Grammar) -> Result<String, NotEcma> {
    let start = cursor.position();
    let first = atom(cursor, grammar)?;
    let hyphen = cursor.position();
    if !cursor.eat("-") || matches!(cursor.peek(), None | Some(']')) {
        cursor.seek(hyphen);
        return Ok(write(&first));
    }
    let last = atom(cursor, grammar)?;
    match (&first, &last) {
        (Escape::CodePoint(first), Escape::CodePoint(last)) if first <= last => Ok(literal::class_range(*first, *last)),
        (Escape::CodePoint(_), Escape::CodePoint(_)) => Err(Cursor::error(start, "the range is out of order")),
        _ if grammar.unicode => Err(Cursor::error(start, "a set of characters can't begin or end a range")),
        _ => Ok(format!(r"{}\-{}", write(&first), write(&last))),
    }
}

fn write(atom: &Escape) -> String {
    match atom {
        Escape::CodePoint(code_point) => literal::class_range(*code_point, *code_point),
        Escape::Set(set) => set.clone(),
    }
}

/// Reads one character or set; `\b` is a backspace here.
fn atom(cursor: &mut Cursor, grammar: Grammar) -> Result<Escape, NotEcma> {
    let start = cursor.position();
    match cursor.next() {
        Some('\\') if cursor.eat("b") => Ok(Escape::CodePoint(0x08)),
        Some('\\') => escape::read(cursor, grammar, Place::Class),
        Some(character) => Ok(Escape::CodePoint(u32::from(character))),
        None => Err(Cursor::error(start, "the pattern ends inside a class")),
    }
}
