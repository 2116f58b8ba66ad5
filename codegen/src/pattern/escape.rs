//! Reads what follows a backslash, as far as it means the same inside and outside a class.

use super::cursor::Cursor;
use super::grammar::Grammar;
use super::{NotEcma, literal};

/// What an escape stands for.
pub(super) enum Escape {
    /// One code point, possibly a surrogate.
    CodePoint(u32),
    /// A set of characters, in the `regex` crate's notation.
    Set(String),
}

/// Where an escape is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// As a term.
    Term,
    /// Between `[` and `]`.
    Class,
}

const SYNTAX_CHARACTERS: &str = r"^$\.*+?()[]{}|/";

/// Reads one escape; the cursor stands behind the backslash. Assertions and back references are the caller's.
///
/// ECMA-262 §22.2.1: CharacterClassEscape and CharacterEscape; Annex B.1.2 without the `u` flag.
pub(super) fn read(cursor: &mut Cursor, grammar: Grammar, place: Place) -> Result<Escape, NotEcma> {
    let start = cursor.position();
    let Some(character) = cursor.next() else {
        return Err(Cursor::error(start.saturating_sub(1), "the pattern ends with a backslash"));
    };
    let set = match character {
        'd' => literal::DIGIT,
        'D' => literal::NOT_DIGIT,
        'w' => literal::WORD,
        'W' => literal::NOT_WORD,
        's' => literal::SPACE,
        'S' => literal::NOT_SPACE,
        'p' | 'P' if grammar.unicode => return property(cursor, character).map(Escape::Set),
        _ => return code_point(cursor, grammar, place, character).map(Escape::CodePoint),
    };
    Ok(Escape::Set(set.to_owned()))
}

fn code_point(cursor: &mut Cursor, grammar: Grammar, place: Place, character: char) -> Result<u32, NotEcma> {
    let start = cursor.position();
    let digit_follows = cursor.peek().is_some_and(|next| next.is_ascii_digit());
    let special = match character {
        'f' => Some(0x0C),
        'n' => Some(0x0A),
        'r' => Some(0x0D),
        't' => Some(0x09),
        'v' => Some(0x0B),
        'c' => Some(control(cursor, grammar, place)?),
        'x' => cursor.hexadecimal(2),
        'u' => unicode(cursor, grammar),
        '0' if !digit_follows => Some(0),
        '0'..='7' if !grammar.unicode => Some(legacy_octal(cursor, character)),
        _ => None,
    };
    special
        .or_else(|| identity(grammar, place, character))
        .ok_or_else(|| Cursor::error(start.saturating_sub(2), format!("`\\{character}` is no escape")))
}

/// The character itself: any but `c` (and `k` where groups have names) by Annex B, with the `u` flag only a special one.
fn identity(grammar: Grammar, place: Place, character: char) -> Option<u32> {
    let allowed = if grammar.unicode {
        SYNTAX_CHARACTERS.contains(character) || (character == '-' && place == Place::Class)
    } else {
        !(character == 'k' && grammar.named)
    };
    allowed.then_some(u32::from(character))
}

/// `\cJ`. By Annex B a class takes digits and `_` as well, and what is no control escape is a backslash before a `c`.
fn control(cursor: &mut Cursor, grammar: Grammar, place: Place) -> Result<u32, NotEcma> {
    let start = cursor.position();
    let wide = !grammar.unicode && place == Place::Class;
    let letter = |next: char| next.is_ascii_alphabetic() || (wide && (next.is_ascii_digit() || next == '_'));
    match cursor.next_if(letter) {
        Some(letter) => Ok(u32::from(letter) % 32),
        None if grammar.unicode => Err(Cursor::error(start.saturating_sub(2), "`\\c` needs a letter")),
        None => {
            cursor.seek(start.saturating_sub(1));
            Ok(u32::from('\\'))
        }
    }
}

/// `\101`: up to three octal digits, at most U+00FF.
fn legacy_octal(cursor: &mut Cursor, first: char) -> u32 {
    let more = if first <= '3' { 2 } else { 1 };
    let mut value = first.to_digit(8).unwrap_or_default();
    for _ in 0..more {
        let Some(digit) = cursor.peek().and_then(|next| next.to_digit(8)) else {
            break;
        };
        cursor.next();
        value = value * 8 + digit;
    }
    value
}

/// `\u0041`, a surrogate pair of two such escapes, and with the `u` flag `\u{41}`.
pub(super) fn unicode(cursor: &mut Cursor, grammar: Grammar) -> Option<u32> {
    if grammar.unicode && cursor.peek() == Some('{') {
        return braced(cursor);
    }
    let unit = cursor.hexadecimal(4)?;
    if !(0xD800..0xDC00).contains(&unit) {
        return Some(unit);
    }
    let after_first = cursor.position();
    let second = if cursor.eat("\\u") { cursor.hexadecimal(4) } else { None };
    match second {
        Some(second) if (0xDC00..0xE000).contains(&second) => {
            Some(0x1_0000 + ((unit - 0xD800) << 10) + (second - 0xDC00))
        }
        _ => {
            cursor.seek(after_first);
            Some(unit)
        }
    }
}

/// `{1F600}`
fn braced(cursor: &mut Cursor) -> Option<u32> {
    cursor.eat("{");
    let digits = cursor.take_while(|next| next.is_ascii_hexdigit());
    let significant = digits.trim_start_matches('0');
    let value = match significant {
        "" if !digits.is_empty() => 0,
        _ => u32::from_str_radix(significant, 16).ok()?,
    };
    (cursor.eat("}") && value <= u32::from(char::MAX)).then_some(value)
}

/// `\p{Letter}`, `\P{Script=Greek}`. The `regex` crate knows the same names; which there are, `regress` has judged.
fn property(cursor: &mut Cursor, letter: char) -> Result<String, NotEcma> {
    let start = cursor.position();
    let opened = cursor.eat("{");
    let name = cursor.take_while(|next| next.is_ascii_alphanumeric() || matches!(next, '_' | '='));
    if opened && !name.is_empty() && cursor.eat("}") {
        Ok(format!("\\{letter}{{{name}}}"))
    } else {
        Err(Cursor::error(
            start.saturating_sub(2),
            format!("`\\{letter}` needs the name of a Unicode property in braces"),
        ))
    }
}
