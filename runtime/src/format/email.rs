//! `email`: the addresses that validator.js accepts (`isEmail()` with its default options).
//!
//! An address is a local part, `@` and a fully qualified domain name. There is no display name, no
//! comment and no IP address for a host. Local part and domain may be written in any script of the
//! Basic Multilingual Plane.

use super::ecmascript;
use super::fqdn::is_fqdn;

/// In UTF-16 code units.
const MAX_LENGTH: usize = 254;
/// In bytes of UTF-8.
const MAX_LOCAL_PART_BYTES: usize = 64;
/// In bytes of UTF-8.
const MAX_DOMAIN_BYTES: usize = 254;

/// Whether `value` is an email address as validator.js understands it.
pub fn is_email(value: &str) -> bool {
    // The last `@` separates: a quoted local part may hold others.
    let Some((local_part, domain)) = value.rsplit_once('@') else {
        return false;
    };
    local_part.len() <= MAX_LOCAL_PART_BYTES
        && domain.len() <= MAX_DOMAIN_BYTES
        && ecmascript::is_at_most(value, MAX_LENGTH)
        && is_local_part(local_part)
        && is_fqdn(domain)
}

fn is_local_part(local_part: &str) -> bool {
    match local_part.strip_prefix('"') {
        // validator.js takes a lone quotation mark for both the opening and the closing one.
        Some("") => true,
        Some(quoted) => quoted.strip_suffix('"').is_some_and(is_quoted_content),
        None => local_part.split('.').all(is_atom),
    }
}

fn is_atom(atom: &str) -> bool {
    !atom.is_empty() && atom.chars().all(is_atom_character)
}

fn is_atom_character(character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^' | '_' | '`' | '{' | '|' | '}'
        | '~' => true,
        // The no-break space needs quotation marks.
        '\u{a0}' => false,
        _ => is_international(character),
    }
}

fn is_quoted_content(content: &str) -> bool {
    let mut characters = content.chars();
    while let Some(character) = characters.next() {
        let fits = match character {
            '\\' => characters.next().is_some_and(is_escapable),
            _ => is_quotable(character),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// What may stand between the quotation marks as it is.
fn is_quotable(character: char) -> bool {
    match character {
        '\0' | '"' => false,
        _ => character.is_ascii() || is_international(character),
    }
}

/// What may follow a backslash between the quotation marks.
fn is_escapable(character: char) -> bool {
    match character {
        '\0' | '\n' => false,
        _ => character.is_ascii() || is_international(character),
    }
}

/// The characters outside ASCII that validator.js knows: neither C1 controls nor private use,
/// noncharacters, specials and what takes two UTF-16 code units.
fn is_international(character: char) -> bool {
    matches!(character, '\u{a0}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_email;

    #[test]
    fn plain_addresses_are_accepted() {
        assert_accepts(
            is_email,
            &[
                "a@example.com",
                "A.B@EXAMPLE.COM",
                "first.last+tag@mail.example.co.uk",
                "1@2.com",
                "!#$%&'*+-/=?^_`{|}~@example.com",
                "-@example.com",
                "some.name.midd.leNa.me@gmail.com",
                "a@gmail.com",
                "a@xn--exmple-cua.com",
                "a@example.xn--p1ai",
            ],
        );
    }

    #[test]
    fn international_addresses_are_accepted() {
        assert_accepts(
            is_email,
            &[
                "jörg@example.com",
                "用户@例子.广告",
                "a@exämple.com",
                "почта@пример.рф",
                "a\u{a1}@example.com",
                "a@😀.com",
                "\u{feff}a@example.com",
            ],
        );
    }

    #[test]
    fn quoted_local_parts_are_accepted() {
        assert_accepts(
            is_email,
            &[
                r#""a b"@example.com"#,
                r#""a@b"@example.com"#,
                r#""a..b"@example.com"#,
                r#""a\"b"@example.com"#,
                r#""a\\"@example.com"#,
                r#""jörg"@example.com"#,
                r#""\é"@example.com"#,
                r#"""@example.com"#,
                r#""@example.com"#,
                "\"a\tb\"@example.com",
                "\"a\nb\"@example.com",
                "\"a\u{7f}b\"@example.com",
                "\"a\\\rb\"@example.com",
                "\"a\u{a0}b\"@example.com",
            ],
        );
    }

    #[test]
    fn addresses_without_a_local_part_or_a_domain_are_refused() {
        assert_refuses(
            is_email,
            &["", "@", "@@", "a", "a@", "@example.com", "example.com", "a@b@example.com", "a@@example.com"],
        );
    }

    #[test]
    fn malformed_local_parts_are_refused() {
        assert_refuses(
            is_email,
            &[
                ".a@example.com",
                "a.@example.com",
                "a..b@example.com",
                ".@example.com",
                "a b@example.com",
                "a,b@example.com",
                "a(b)@example.com",
                "a:b@example.com",
                "a;b@example.com",
                "a<b@example.com",
                "a[b@example.com",
                "a\\b@example.com",
                "a\"b@example.com",
                "a\u{0}b@example.com",
                "a\u{7f}b@example.com",
                "a\u{85}b@example.com",
                "a\u{a0}b@example.com",
                "a\u{e000}@example.com",
                "a\u{fdd0}@example.com",
                "a\u{fff0}@example.com",
                "😀@example.com",
                " a@example.com",
                "\na@example.com",
                "mailto:a@example.com",
            ],
        );
    }

    #[test]
    fn malformed_quoted_local_parts_are_refused() {
        assert_refuses(
            is_email,
            &[
                r#""a@example.com"#,
                r#"a"@example.com"#,
                r#""a"b"@example.com"#,
                r#""a"b@example.com"#,
                r#""a\"@example.com"#,
                r#""a".b@example.com"#,
                r#"b."a"@example.com"#,
                "\"a\u{0}\"@example.com",
                "\"a\\\u{0}\"@example.com",
                "\"a\\\nb\"@example.com",
                "\"a\u{85}\"@example.com",
                "\"😀\"@example.com",
            ],
        );
    }

    #[test]
    fn hosts_that_are_no_fully_qualified_domain_names_are_refused() {
        assert_refuses(
            is_email,
            &[
                "a@localhost",
                "a@127.0.0.1",
                "a@[127.0.0.1]",
                "a@[IPv6:::1]",
                "a@::1",
                "a@example.c",
                "a@example.123",
                "a@example.com.",
                "a@.example.com",
                "a@example..com",
                "a@-example.com",
                "a@example-.com",
                "a@ex_ample.com",
                "a@example.com:25",
                "a@example.com/",
                "a@\u{ff45}xample.com",
                "a@ example.com",
                "a@example.com ",
                "a@example.com\n",
                "a@example.com\r\n",
                "a@example.com\u{0}",
            ],
        );
    }

    #[test]
    fn display_names_and_lists_are_refused() {
        assert_refuses(
            is_email,
            &[
                "Ada <a@example.com>",
                "<a@example.com>",
                "\"Ada\" <a@example.com>",
                "a@example.com (Ada)",
                "a@example.com,b@example.com",
                "a@example.com;b@example.com",
            ],
        );
    }

    #[test]
    fn local_parts_have_at_most_64_bytes() {
        let with_local_part = |local_part: String| is_email(&format!("{local_part}@example.com"));
        assert!(with_local_part("a".repeat(64)));
        assert!(!with_local_part("a".repeat(65)));
        assert!(with_local_part("é".repeat(32)));
        assert!(!with_local_part("é".repeat(33)));
        assert!(with_local_part(format!("\"{}\"", "a".repeat(62))));
        assert!(!with_local_part(format!("\"{}\"", "a".repeat(63))));
    }

    #[test]
    fn labels_have_at_most_63_characters() {
        assert!(is_email(&format!("a@{}.com", "b".repeat(63))));
        assert!(!is_email(&format!("a@{}.com", "b".repeat(64))));
    }

    #[test]
    fn addresses_have_at_most_254_characters() {
        let with_length = |length: usize| {
            let domain_start = format!("a@{}", "label.".repeat(38));
            let address = format!("{domain_start}{}", "c".repeat(length - domain_start.len()));
            assert_eq!(address.len(), length);
            is_email(&address)
        };
        assert!(with_length(254));
        assert!(!with_length(255));
        assert!(!is_email(&format!("a@{}com", "label.".repeat(100_000))));
    }

    #[test]
    fn domains_have_at_most_254_bytes() {
        let with_domain = |labels: usize| is_email(&format!("a@{}com", "ééé.".repeat(labels)));
        assert!(with_domain(35));
        assert!(!with_domain(36));
    }
}
