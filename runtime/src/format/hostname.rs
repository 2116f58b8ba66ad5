//! `hostname`: RFC 1123, section 2.1, with the lengths of RFC 1035, section 2.3.4, and A-labels as RFC 5890, section 2.3.2.1,
//! defines them.

use super::idna::{has_ace_prefix, is_ldh_label, is_name};

/// Of a name as it is written, without a trailing dot.
pub(super) const MAX_LENGTH: usize = 253;

/// Whether `value` is a host name: labels of ASCII letters, digits and inner hyphens, with dots
/// between them.
///
/// One label is enough, and it may be all digits. A label that begins with `xn--` has to encode a U-label.
pub fn is_hostname(value: &str) -> bool {
    value.len() <= MAX_LENGTH
        && value.split('.').all(is_ldh_label)
        && (!value.split('.').any(has_ace_prefix) || is_name(value.split('.')))
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_hostname;

    #[test]
    fn letters_digits_and_inner_hyphens_are_accepted() {
        assert_accepts(
            is_hostname,
            &[
                "localhost",
                "a",
                "1",
                "www.example.com",
                "WWW.EXAMPLE.COM",
                "3com.com",
                "a-b.c--d",
                "xn--exmple-cua.com",
            ],
        );
    }

    #[test]
    fn everything_else_is_refused() {
        assert_refuses(
            is_hostname,
            &[
                "",
                ".",
                "..",
                ".a",
                "a.",
                "a..b",
                "-",
                "-a",
                "a-",
                "a.-b",
                "a-.b",
                "a_b",
                "a b",
                "a/b",
                "a:80",
                "a@b",
                "exämple.com",
                "a。b",
                "a\n",
                "\na",
                "a\u{0}",
                "[::1]",
            ],
        );
    }

    #[test]
    fn an_a_label_encodes_a_u_label() {
        assert_accepts(is_hostname, &["xn--bcher-kva.example", "XN--BCHER-KVA.example", "xn--p1ai", "xn--fa-hia"]);
        assert_refuses(
            is_hostname,
            &[
                // Nothing, a control character, ASCII, no Punycode, and another spelling of `é`.
                "xn--",
                "xn--a",
                "xn--abc-",
                "xn--99999999",
                "xn---9ca",
                // `bÜcher`, `☃`, `-ü`, `ab--ü`, and a middle dot at the end.
                "xn--bcher-2pa",
                "xn--n3h",
                "xn----eha",
                "xn--ab---3ra",
                "xn--l-gda",
            ],
        );
    }

    #[test]
    fn the_bidi_rule_looks_at_the_whole_name() {
        assert_accepts(is_hostname, &["a.xn--4db", "1a.example"]);
        assert_refuses(is_hostname, &["1a.xn--4db", "xn--4db.1a"]);
    }

    #[test]
    fn labels_have_at_most_63_characters() {
        assert!(is_hostname(&"a".repeat(63)));
        assert!(!is_hostname(&"a".repeat(64)));
    }

    #[test]
    fn names_have_at_most_253_characters() {
        let with_last_label =
            |length: usize| is_hostname(&format!("{}{}", "abcdefghi.".repeat(25), "a".repeat(length)));
        assert!(with_last_label(3));
        assert!(!with_last_label(4));
        assert!(!is_hostname(&"a.".repeat(100_000)));
    }
}
