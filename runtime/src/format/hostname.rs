//! `hostname`: RFC 1123, section 2.1, with the lengths of RFC 1035, section 2.3.4.

const MAX_LENGTH: usize = 253;
const MAX_LABEL_LENGTH: usize = 63;

/// Whether `value` is a host name: labels of ASCII letters, digits and inner hyphens, with dots
/// between them.
///
/// One label is enough, and it may be all digits. What an A-label (`xn--…`) encodes is not looked
/// at.
pub fn is_hostname(value: &str) -> bool {
    value.len() <= MAX_LENGTH && value.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=MAX_LABEL_LENGTH).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
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
