//! Fully qualified domain names as validator.js reads them (`isFQDN()` with its default options):
//! the hosts of `email` and `strict-uri`.
//!
//! Internationalized names are accepted as they are written, without a conversion to Punycode. A
//! name needs a top-level domain that is not numeric; there is no limit to its length as a whole.

use super::ecmascript;

const MAX_LABEL_LENGTH: usize = 63;

/// Whether `name` is a fully qualified domain name, without a trailing dot.
pub(super) fn is_fqdn(name: &str) -> bool {
    let Some((_, top_level)) = name.rsplit_once('.') else {
        return false;
    };
    is_top_level_domain(top_level) && name.split('.').all(is_label)
}

fn is_top_level_domain(label: &str) -> bool {
    is_spelled_in_letters(label) || is_punycode(label)
}

fn is_spelled_in_letters(label: &str) -> bool {
    label.chars().count() >= 2 && label.chars().all(is_top_level_letter)
}

/// Everything outside ASCII is a letter here, but for white space, the copyright sign, private use,
/// noncharacters, specials and what takes two UTF-16 code units: validator.js names the remaining
/// ranges.
fn is_top_level_letter(character: char) -> bool {
    let named = matches!(character,
        'a'..='z' | 'A'..='Z'
        | '\u{a1}'..='\u{a8}' | '\u{aa}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}');
    named && !ecmascript::is_white_space(character)
}

/// `xn` and two or more letters, digits and hyphens: validator.js does not ask for the two hyphens
/// of an A-label.
fn is_punycode(label: &str) -> bool {
    let Some((prefix, encoded)) = label.split_at_checked(2) else {
        return false;
    };
    prefix.eq_ignore_ascii_case("xn")
        && encoded.len() >= 2
        && encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.chars().all(is_label_character)
        && !label.starts_with('-')
        && !label.ends_with('-')
        && ecmascript::is_at_most(label, MAX_LABEL_LENGTH)
}

fn is_label_character(character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => true,
        // The full-width twins of printable ASCII could pass for another host.
        '\u{ff01}'..='\u{ff5e}' => false,
        _ => character >= '\u{a1}',
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_fqdn;

    #[test]
    fn names_with_a_top_level_domain_are_accepted() {
        assert_accepts(
            is_fqdn,
            &[
                "example.com",
                "EXAMPLE.COM",
                "a.bc",
                "1.2.3.com",
                "a--b.com",
                "cdn-1.example.co.uk",
                "xn--exmple-cua.com",
                "example.xn--p1ai",
                "example.XN--P1AI",
                "example.xn12",
                "exämple.com",
                "пример.рф",
                "例え.テスト",
                "😀.com",
            ],
        );
    }

    #[test]
    fn names_without_a_top_level_domain_are_refused() {
        assert_refuses(
            is_fqdn,
            &[
                "",
                ".",
                "localhost",
                "intranet",
                "example.",
                "example.com.",
                "example.c",
                "example.é",
                "example.123",
                "example.c0m",
                "example.c-m",
                "example.xn-",
                "example.xn1",
                "example.😀😀",
                "example.c©m",
                "127.0.0.1",
            ],
        );
    }

    #[test]
    fn malformed_labels_are_refused() {
        assert_refuses(
            is_fqdn,
            &[
                ".com",
                ".example.com",
                "example..com",
                "-a.com",
                "a-.com",
                "-.com",
                "a.xn--",
                "ex_ample.com",
                "ex ample.com",
                "example.com\n",
                "\nexample.com",
                "example.c\u{2003}m",
                "a\u{0}b.com",
                "a\u{a0}b.com",
                "a*b.com",
                "*.example.com",
                "\u{ff45}xample.com",
                "example.\u{ff43}om",
            ],
        );
    }

    #[test]
    fn labels_have_at_most_63_code_units() {
        let longest = "a".repeat(63);
        assert!(is_fqdn(&format!("{longest}.com")));
        assert!(!is_fqdn(&format!("{longest}a.com")));
        assert!(is_fqdn(&format!("example.{longest}")));
        assert!(!is_fqdn(&format!("example.{longest}a")));
        assert!(is_fqdn(&format!("{}.com", "é".repeat(63))));
        assert!(is_fqdn(&format!("{}a.com", "😀".repeat(31))));
        assert!(!is_fqdn(&format!("{}.com", "😀".repeat(32))));
    }

    #[test]
    fn the_whole_name_has_no_limit() {
        assert!(is_fqdn(&format!("{}com", "label.".repeat(1_000))));
    }
}
