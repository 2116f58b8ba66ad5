//! `idn-hostname`: a `hostname`, or an internationalized one as RFC 5890, section 2.3.2.3, defines it.

use super::idna::is_name;

/// What separates labels (RFC 3490, section 3.1): input methods write a full stop of their script.
const FULL_STOPS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

/// Whether `value` is a host name whose labels may be written in any script: U-labels by IDNA2008 (RFC 5891, section 4.2),
/// hence in lower case and NFC, beside A-labels and those in ASCII.
pub fn is_idn_hostname(value: &str) -> bool {
    is_name(value.split(FULL_STOPS))
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_idn_hostname;

    #[test]
    fn names_in_ascii_are_those_of_hostname() {
        assert_accepts(
            is_idn_hostname,
            &["localhost", "WWW.Example.COM", "1.2", "a-b.c--d", "xn--bcher-kva", "ab--cd"],
        );
        assert_refuses(is_idn_hostname, &["", "-a", "a-", "a_b", "a b", "a\n", "xn--", "xn--n3h", "xn---9ca", "a:1"]);
    }

    #[test]
    fn labels_in_any_script_are_accepted() {
        assert_accepts(
            is_idn_hostname,
            &[
                "bücher.example",
                "straße.de",
                "пример.рф",
                "例え.テスト",
                "παράδειγμα",
                "דוגמה.טעסט",
                "مثال.إختبار",
                "உதாரணம்",
                "\u{13a0}\u{13a1}",
                "bücher.XN--BCHER-KVA.Example",
                "ü-1",
            ],
        );
    }

    #[test]
    fn any_full_stop_separates_labels() {
        assert_accepts(is_idn_hostname, &["ü。a", "a．ü", "ü｡a.b"]);
        assert_refuses(is_idn_hostname, &[".", "。", "ü.", "ü。", "．ü", "ü..a", "ü.。a"]);
    }

    #[test]
    fn what_changes_under_mapping_is_refused() {
        assert_refuses(
            is_idn_hostname,
            &[
                "Bücher",
                "bÜcher",
                "bu\u{308}cher",
                "ｂücher",
                "ﬁn-ü",
                "ü\u{ad}",
                "ü²",
                "ⅷ",
                "ü\u{fe0f}",
                "ü\u{34f}",
                "ẞ",
            ],
        );
    }

    #[test]
    fn disallowed_code_points_are_refused() {
        assert_refuses(
            is_idn_hostname,
            &[
                "☃",
                "😀",
                "ü_",
                "ü!",
                "ü a",
                "a\u{a0}b",
                "ü\u{0}",
                "©",
                "„ü“",
                "a\u{20d0}",
                "\u{1d165}",
                "\u{1100}\u{1161}",
                "\u{640}ب",
                "\u{7fa}",
                "a\u{302e}",
                "\u{303b}",
                "\u{378}",
                "ü\u{e000}",
                "ü\u{ffff}",
                "\u{2028}",
            ],
        );
    }

    #[test]
    fn exceptions_are_accepted() {
        assert_accepts(is_idn_hostname, &["ß", "ς", "\u{6fd}", "\u{f0b}", "\u{3007}"]);
    }

    #[test]
    fn hyphens_and_marks_have_their_place() {
        assert_accepts(is_idn_hostname, &["a-ü", "ab-ü-a", "a--ü", "क\u{93f}"]);
        assert_refuses(is_idn_hostname, &["-ü", "ü-", "ab--ü", "üü--a", "xn--ü", "\u{301}a", "\u{93f}क", "a.\u{301}b"]);
    }

    #[test]
    fn some_code_points_need_their_context() {
        assert_accepts(
            is_idn_hostname,
            &[
                "col·lega",
                "l·l·l",
                "α͵β",
                "א׳ב",
                "א״ב",
                "ア・イ",
                "・漢",
                "a・ひ",
                "ب\u{660}",
                "\u{6f1}",
                "क\u{94d}\u{200d}ष",
                "क\u{94d}\u{200c}ष",
                "ب\u{200c}ب",
            ],
        );
        assert_refuses(
            is_idn_hostname,
            &[
                "·",
                "l·",
                "·l",
                "a·l",
                "l·a",
                "l··l",
                "α͵",
                "α͵b",
                "׳א",
                "a׳",
                "״א",
                "・",
                "a・b",
                "ب\u{660}\u{6f1}",
                "ب\u{6f1}\u{660}",
                "\u{200d}a",
                "क\u{200d}ष",
                "a\u{200c}b",
                "ب\u{200c}",
                "क\u{94d}\u{200c}ष\u{200c}a",
            ],
        );
    }

    #[test]
    fn the_bidi_rule_holds_for_every_label() {
        assert_accepts(is_idn_hostname, &["א1", "a.א", "אב.xn--4db"]);
        assert_refuses(is_idn_hostname, &["1א", "aא", "אa", "1a.א", "א.1a", "א1\u{660}", "א-"]);
    }

    #[test]
    fn lengths_are_those_of_the_ascii_form() {
        // `xn--`, one octet for `a` each, a hyphen, and three for what is added.
        assert!(is_idn_hostname(&format!("{}ü", "a".repeat(54))));
        assert!(!is_idn_hostname(&format!("{}ü", "a".repeat(60))));
        let with_last_label =
            |length: usize| is_idn_hostname(&format!("ü.{}{}", "abcdefghi.".repeat(24), "a".repeat(length)));
        assert!(with_last_label(5));
        assert!(!with_last_label(6));
        assert!(!is_idn_hostname(&"ü.".repeat(100_000)));
        assert!(!is_idn_hostname(&"ü".repeat(100_000)));
    }
}
