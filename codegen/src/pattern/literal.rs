//! Writes single characters, ranges and the fixed ECMA-262 sets in the `regex` crate's notation.

/// `\d`: ECMA-262 knows the ASCII digits only.
pub(super) const DIGIT: &str = "[0-9]";
/// `\D`
pub(super) const NOT_DIGIT: &str = "[^0-9]";
/// `\w`: ASCII only.
pub(super) const WORD: &str = "[0-9A-Za-z_]";
/// `\W`
pub(super) const NOT_WORD: &str = "[^0-9A-Za-z_]";
/// `\s`: WhiteSpace and LineTerminator; U+FEFF belongs to it, U+0085 does not, unlike Unicode's White_Space.
pub(super) const SPACE: &str =
    r"[\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}]";
/// `\S`
pub(super) const NOT_SPACE: &str =
    r"[^\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}]";
/// `.`: anything but the four line terminators.
pub(super) const DOT: &str = r"[^\n\r\u{2028}\u{2029}]";
/// `[^]`: any character.
pub(super) const ANYTHING: &str = "(?s:.)";
/// `[]`: no character at all.
pub(super) const NOTHING: &str = r"[^\u{0}-\u{10ffff}]";
/// `\b`: between an ASCII word character and something else.
pub(super) const BOUNDARY: &str = r"(?-u:\b)";
/// `\B`
pub(super) const NOT_BOUNDARY: &str = r"(?-u:\B)";

const SPECIAL_OUTSIDE_CLASSES: &str = r"\.+*?()|[]{}^$";
/// `&`, `-` and `~` because the `regex` crate has `&&`, `--` and `~~`; `[` because it nests classes.
const SPECIAL_IN_CLASSES: &str = r"\[]^-&~";

const LAST_BEFORE_SURROGATES: u32 = 0xD7FF;
const FIRST_AFTER_SURROGATES: u32 = 0xE000;

/// One code point as a term of its own. A Rust string holds no surrogate, so a lone one matches nothing.
pub(super) fn term(code_point: u32) -> String {
    char::from_u32(code_point)
        .map_or_else(|| NOTHING.to_owned(), |character| written(character, SPECIAL_OUTSIDE_CLASSES))
}

/// The code points `first..=last` as a part of a class, without the surrogates among them; may be empty.
pub(super) fn class_range(first: u32, last: u32) -> String {
    let first = char::from_u32(first).or(char::from_u32(FIRST_AFTER_SURROGATES));
    let last = char::from_u32(last).or(char::from_u32(LAST_BEFORE_SURROGATES));
    let in_class = |character| written(character, SPECIAL_IN_CLASSES);
    match (first, last) {
        (Some(first), Some(last)) if first == last => in_class(first),
        (Some(first), Some(last)) if first < last => {
            format!("{}-{}", in_class(first), in_class(last))
        }
        _ => String::new(),
    }
}

/// A character as itself, behind a backslash, or, where a reader could not tell it from another, by its number.
fn written(character: char, special: &str) -> String {
    match character {
        '\t' => r"\t".to_owned(),
        '\n' => r"\n".to_owned(),
        '\r' => r"\r".to_owned(),
        _ if special.contains(character) => format!(r"\{character}"),
        ' ' => " ".to_owned(),
        _ if character.is_ascii_graphic() || character.is_alphanumeric() => character.to_string(),
        _ => format!(r"\u{{{:x}}}", u32::from(character)),
    }
}
