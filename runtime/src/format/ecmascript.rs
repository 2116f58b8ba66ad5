//! How ECMAScript looks at a string, for the formats that are defined by what a JavaScript library
//! accepts.

/// Whether `\s` of an ECMAScript regular expression matches `character`.
///
/// Differs from [`char::is_whitespace`] in two characters: the byte order mark counts, U+0085 (next
/// line) does not.
pub(super) fn is_white_space(character: char) -> bool {
    match character {
        '\u{feff}' => true,
        '\u{85}' => false,
        _ => character.is_whitespace(),
    }
}

/// The `length` of `text` in ECMAScript: its UTF-16 code units.
fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Whether the `length` of `text` in ECMAScript is at most `limit`. UTF-8 has at least a byte a code unit, so that most texts
/// need not be counted.
pub(super) fn is_at_most(text: &str, limit: usize) -> bool {
    text.len() <= limit || length(text) <= limit
}

#[cfg(test)]
mod tests {
    use super::{is_at_most, is_white_space, length};

    #[test]
    fn white_space_is_that_of_ecmascript() {
        let white: Vec<char> = (0..=0x10_ffff).filter_map(char::from_u32).filter(|&c| is_white_space(c)).collect();
        let expected = "\t\n\u{b}\u{c}\r \u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\
                        \u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";
        assert_eq!(white, expected.chars().collect::<Vec<_>>());
    }

    #[test]
    fn length_counts_utf_16_code_units() {
        assert_eq!(length(""), 0);
        assert_eq!(length("aé€"), 3);
        assert_eq!(length("😀"), 2);
    }

    #[test]
    fn a_limit_is_one_of_code_units() {
        assert!(is_at_most("ab", 2));
        assert!(!is_at_most("abc", 2));
        assert!(is_at_most("€😀", 3));
        assert!(!is_at_most("€😀", 2));
    }
}
