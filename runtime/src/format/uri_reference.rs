//! `uri-reference`: RFC 3986, section 4.1, production `URI-reference`.

use iri_string::types::UriReferenceStr;

/// Whether `value` is a URI or a reference relative to one, in ASCII.
pub fn is_uri_reference(value: &str) -> bool {
    UriReferenceStr::new(value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_uri_reference;

    #[test]
    fn uris_and_relative_references_are_accepted() {
        assert_accepts(
            is_uri_reference,
            &[
                "https://example.com/a?b#c",
                "urn:isbn:0451450523",
                "",
                "#",
                "#a",
                "?",
                "?a=b",
                "a",
                "a/b",
                ".",
                "../a",
                "./a:b",
                "a/b:c",
                "/a",
                "//",
                "//example.com/a",
                "///a",
                "//[::1]/a",
                "//300.1.1.1",
                "%C3%A9",
                "@",
            ],
        );
    }

    #[test]
    fn everything_else_is_refused() {
        assert_refuses(
            is_uri_reference,
            &[
                "é",
                "#é",
                "a b",
                " a",
                "a\n",
                r"a\b",
                "<a>",
                "{a}",
                "%",
                "%4",
                "%zz",
                "#a#b",
                "[a]",
                "/[::1]",
                ":a",
                "1:b",
                "a_b:c",
                "//[::1",
                "//[::ffff:1.2.3.04]",
                "//a@b@c",
                "//a:b",
            ],
        );
    }
}
