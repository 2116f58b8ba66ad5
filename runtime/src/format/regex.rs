//! `regex`: ECMA-262, section 22.2.1, the patterns that are read with the `u` flag.

use regress::{Flags, Regex};

/// How much of a pattern the engine may see. It recurses once for each alternative, and gives up on groups that are nested
/// deeper than 256.
const MOST_ALTERNATIVES: usize = 500;
const MOST_GROUPS: usize = 250;

/// Whether `value` is a regular expression of ECMA-262, as JSON Schema wants it (Validation 2020-12, section 6.4): with the
/// `u` flag, where no letter may be escaped that means nothing.
///
/// A pattern that is too large to be judged passes: a check that can't be made must not refuse what may be valid. `regress`
/// 0.12 lets `\b+`, `\u{+41}`, `\ud83d\u` and some groups of one name pass as well.
pub fn is_regex(value: &str) -> bool {
    let more_than = |limit: usize, character: char| value.matches(character).count() > limit;
    if more_than(MOST_ALTERNATIVES, '|') || more_than(MOST_GROUPS, '(') {
        return true;
    }
    // Nothing is to be run.
    let flags = Flags { unicode: true, no_opt: true, ..Flags::default() };
    Regex::from_unicode(value.chars().map(u32::from), flags).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_regex;

    #[test]
    fn ecma_patterns_are_accepted() {
        assert_accepts(
            is_regex,
            &[
                "",
                "^a+$",
                r"^\d{3}-\w*\s?$",
                "(a|b)*?",
                "[^]",
                "[]",
                r"[\d\-]",
                r"(?<year>\d{4})-\k<year>",
                r"(a)\1",
                "(?=a)(?!b)(?<=c)(?<!d+)",
                r"\u{1f600}\u0041\x41\cJ\0",
                r"\p{Letter}\P{Script=Greek}",
                r"\/\.\*",
                "(?i:a)",
                "é😀",
                "a{2}",
                "a{2,}",
                "a{2,3}",
            ],
        );
    }

    #[test]
    fn everything_else_is_refused() {
        assert_refuses(
            is_regex,
            &[
                "(",
                ")",
                "(a",
                "[a",
                "*",
                "+a",
                "a**",
                "a{2",
                "{",
                "}",
                "]",
                "a{3,2}",
                "[b-a]",
                r"\",
                r"\a",
                r"\-",
                r"\é",
                r"\1",
                r"\k<a>",
                r"\u{110000}",
                r"\u00",
                r"\x4",
                r"\c",
                r"\p{Nothing}",
                r"\p",
                r"[\d-z]",
                "(?i)a",
                "(?P<a>b)",
                "(?>a)",
                "(?#a)",
                r"\Aa\z\",
                "(?=a)*",
            ],
        );
    }

    #[test]
    fn large_patterns_do_not_exhaust_anything() {
        let (depth, rest) = (250, 100_000);
        assert!(is_regex(&format!("{}a{}", "(".repeat(depth), ")".repeat(depth))));
        assert!(is_regex(&format!("a{}", "|b".repeat(500))));
        assert!(is_regex("(?:(?:(?:a{1000}){1000}){1000}){1000}"));
        assert!(is_regex(&"[a-z]b{2}".repeat(5_000)));
        assert!(!is_regex(&format!("{}(", "a".repeat(rest))));
        for unjudged in [format!("{}{}", "(".repeat(rest), ")".repeat(rest)), "|".repeat(rest)] {
            assert!(is_regex(&unjudged));
        }
    }
}
