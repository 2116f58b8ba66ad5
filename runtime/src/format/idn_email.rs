//! `idn-email`: RFC 6531, section 3.3, which extends the production `Mailbox` of RFC 5321, section 4.1.2.
//!
//! Unlike `email`, this is what the RFCs say: the domain may be a single label or an address in brackets.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::idna::is_name;
use super::ipv4::is_ipv4;
use super::ipv6::is_ipv6;

/// In octets (RFC 5321, section 4.5.3.1.1).
const MAX_LOCAL_PART_LENGTH: usize = 64;
/// In octets (RFC 5321, section 4.5.3.1.2).
const MAX_DOMAIN_LENGTH: usize = 255;
/// What an IPv6 address begins with between the brackets (RFC 5321, section 4.1.3).
const IPV6_TAG: &str = "IPv6:";

/// Whether `value` is the address of a mailbox: a local part and a domain, both of them in any script.
pub fn is_idn_email(value: &str) -> bool {
    // The last `@` separates: a quoted local part may hold others.
    let Some((local_part, domain)) = value.rsplit_once('@') else {
        return false;
    };
    local_part.len() <= MAX_LOCAL_PART_LENGTH
        && domain.len() <= MAX_DOMAIN_LENGTH
        && is_local_part(local_part)
        && is_domain(domain)
}

fn is_local_part(local_part: &str) -> bool {
    match local_part.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').is_some_and(is_quoted_content),
        None => local_part.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_character)),
    }
}

/// `atext` of RFC 5322, section 3.2.3, and everything outside ASCII.
fn is_atom_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character) || !character.is_ascii()
}

/// `QcontentSMTP`, any number of times: graphic characters and spaces, a backslash before `"` and `\`.
fn is_quoted_content(content: &str) -> bool {
    let is_text = |character: char| matches!(character, ' '..='~') || !character.is_ascii();
    let mut characters = content.chars();
    while let Some(character) = characters.next() {
        let fits = match character {
            '"' => false,
            '\\' => characters.next().is_some_and(|escaped| matches!(escaped, ' '..='~')),
            _ => is_text(character),
        };
        if !fits {
            return false;
        }
    }
    true
}

fn is_domain(domain: &str) -> bool {
    if let Some(literal) = domain.strip_prefix('[') {
        return literal.strip_suffix(']').is_some_and(is_address);
    }
    // Who looks a name up brings it into NFC first (RFC 5891, section 5.2).
    is_name(ComposingNormalizerBorrowed::new_nfc().normalize(domain).split('.'))
}

/// RFC 5321, section 4.1.3; no other tag than that of IPv6 is registered.
fn is_address(literal: &str) -> bool {
    match literal.split_at_checked(IPV6_TAG.len()) {
        Some((tag, address)) if tag.eq_ignore_ascii_case(IPV6_TAG) => is_ipv6(address),
        _ => is_ipv4(literal),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_idn_email;

    #[test]
    fn local_parts_in_any_script_are_accepted() {
        assert_accepts(
            is_idn_email,
            &[
                "a@example.com",
                "First.Last+tag@Example.Com",
                "!#$%&'*+-/=?^_`{|}~@example.com",
                "jörg@example.com",
                "用户.名@example.com",
                "😀@example.com",
                "u\u{308}@example.com",
                "\u{85}@example.com",
                "\u{ffff}@example.com",
            ],
        );
    }

    #[test]
    fn quoted_local_parts_are_accepted() {
        assert_accepts(
            is_idn_email,
            &[
                r#"""@example.com"#,
                r#""a b"@example.com"#,
                r#"".a..b."@example.com"#,
                r#""a@b"@example.com"#,
                r#""a\"b\\"@example.com"#,
                r#""jörg"@example.com"#,
            ],
        );
    }

    #[test]
    fn malformed_local_parts_are_refused() {
        assert_refuses(
            is_idn_email,
            &[
                "",
                "@",
                "a",
                "a＠example.com",
                "@example.com",
                ".a@example.com",
                "a.@example.com",
                "a..b@example.com",
                "a b@example.com",
                " a@example.com",
                "a@b@example.com",
                "a,b@example.com",
                "a<b@example.com",
                "a\u{7f}@example.com",
                "a\n@example.com",
                r#""@example.com"#,
                r#""a@example.com"#,
                r#"a"b@example.com"#,
                r#""a"b"@example.com"#,
                r#""a\"@example.com"#,
                r#""a"b@example.com"#,
                r#""a".b@example.com"#,
                r#""\é"@example.com"#,
                "\"a\tb\"@example.com",
                "Ada <a@example.com>",
            ],
        );
    }

    #[test]
    fn domains_are_host_names_in_any_script() {
        assert_accepts(
            is_idn_email,
            &[
                "a@localhost",
                "a@bücher.example",
                "a@bu\u{308}cher.example",
                "a@例え.テスト",
                "a@xn--bcher-kva",
                "a@1.2",
            ],
        );
        assert_refuses(
            is_idn_email,
            &[
                "a@",
                "a@.",
                "a@b.",
                "a@.b",
                "a@b..c",
                "a@-b",
                "a@b-",
                "a@b_c",
                "a@b=c",
                "a@b c",
                "a@b\n",
                "a@xn--n3h",
                "a@☃",
                "a@Bücher",
                "a@ü。b",
                "a@1a.א",
                "a@b, c@d",
                "a@b:25",
            ],
        );
    }

    #[test]
    fn domains_may_be_addresses() {
        assert_accepts(
            is_idn_email,
            &["a@[192.0.2.1]", "a@[IPv6:2001:db8::1]", "a@[ipv6:::1]", "a@[IPv6:::ffff:1.2.3.4]"],
        );
        assert_refuses(
            is_idn_email,
            &[
                "a@[]",
                "a@[",
                "a@[192.0.2.1",
                "a@192.0.2.1]",
                "a@[192.0.2.256]",
                "a@[::1]",
                "a@[IPv6:]",
                "a@[IPv6:g::]",
                "a@[IPv6:192.0.2.1]",
                "a@[x:y]",
                "a@[é]",
                "a@[1.2.3.4].",
            ],
        );
    }

    #[test]
    fn lengths_are_in_octets() {
        assert!(is_idn_email(&format!("{}@a", "a".repeat(64))));
        assert!(!is_idn_email(&format!("{}@a", "a".repeat(65))));
        assert!(is_idn_email(&format!("{}@a", "é".repeat(32))));
        assert!(!is_idn_email(&format!("{}@a", "é".repeat(33))));
        assert!(!is_idn_email(&format!("a@{}a", "a.".repeat(127))));
        assert!(!is_idn_email(&"a@".repeat(100_000)));
    }
}
