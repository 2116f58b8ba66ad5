//! `iri`: RFC 3987, section 2.2, production `IRI`.

use iri_string::types::IriStr;

/// Whether `value` is an IRI: a URI whose characters may be those of any script; not a relative reference.
pub fn is_iri(value: &str) -> bool {
    IriStr::new(value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_iri;

    #[test]
    fn iris_of_any_scheme_are_accepted() {
        assert_accepts(
            is_iri,
            &[
                "https://example.com/a?b#c",
                "https://exämple.com/é?ü=ß#ñ",
                "https://例え.テスト/",
                "https://例え@例え:80/",
                "http://[2001:db8::1]/é",
                "http://[v7.future]/",
                "urn:é",
                "mailto:jörg@exämple.com",
                "x:",
                "https://example.com/😀%C3%A9",
                "https://example.com/?\u{e000}",
            ],
        );
    }

    #[test]
    fn relative_references_are_refused() {
        assert_refuses(is_iri, &["", "é", "/é", "//exämple.com/", "?é", "#é", "é:a", "1:a", ":é"]);
    }

    #[test]
    fn forbidden_characters_are_refused() {
        assert_refuses(
            is_iri,
            &[
                "https://example.com/é b",
                "https://example.com/\u{e000}",
                "https://example.com/#\u{e000}",
                "https://example.com/\u{80}",
                "https://example.com/\u{fff0}",
                "https://example.com/\u{ffff}",
                "https://example.com/%é",
                "https://example.com/<é>",
                "https://example.com/{é}",
                r"https://example.com/\é",
                "https://exämple.com/\n",
                " https://exämple.com/",
            ],
        );
    }

    #[test]
    fn malformed_authorities_are_refused() {
        assert_refuses(
            is_iri,
            &["https://::1/é", "https://[é]/", "https://exämple.com:é/", "http://[::ffff:1.2.3.04]/"],
        );
    }
}
