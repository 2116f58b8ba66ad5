//! `uri`: RFC 3986, section 3, production `URI`.

use iri_string::types::UriStr;

/// Whether `value` is a URI: with a scheme, in ASCII, with or without a fragment; not a relative
/// reference.
pub fn is_uri(value: &str) -> bool {
    UriStr::new(value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_uri;

    #[test]
    fn uris_of_any_scheme_are_accepted() {
        assert_accepts(
            is_uri,
            &[
                "https://example.com",
                "HTTPS://EXAMPLE.COM:443/a/../b?c=d#e",
                "http://localhost/",
                "http://u:p@[2001:db8::1]:8080/",
                "http://[v7.future]/",
                "file:///etc/hosts",
                "urn:isbn:0451450523",
                "mailto:a@example.com",
                "data:,x",
                "tag:example.com,2024:a",
                "a+b-c.1:x",
                "https://example.com/%C3%A9",
                "https://example.com:/",
                "https://example.com/a?b?c/d",
                "x:",
            ],
        );
    }

    #[test]
    fn relative_references_are_refused() {
        assert_refuses(
            is_uri,
            &["", "a", "/a", "//example.com/a", "?a", "#a", "./a:b", "example.com/a", ":", "://example.com", "1a:b"],
        );
    }

    #[test]
    fn forbidden_characters_are_refused() {
        assert_refuses(
            is_uri,
            &[
                "https://example.com/é",
                "https://exämple.com/",
                "https://example.com/a b",
                "https://example.com/%zz",
                "https://example.com/%4",
                "https://example.com/{id}",
                "https://example.com/a|b",
                r"https://example.com/a\b",
                "https://example.com/<a>",
                "https://example.com/\"a\"",
                "https://example.com/a^b",
                "https://example.com/a`b",
                "https://example.com/?q[]=1",
                "https://example.com/#a#b",
                "https://example.com/\n",
                "https://example.com/\u{0}",
                " https://example.com/",
            ],
        );
    }

    #[test]
    fn malformed_authorities_are_refused() {
        assert_refuses(
            is_uri,
            &[
                "https://example.com:8o/",
                "https://[::1",
                "https://[::1]x/",
                "https://[1::2::3]/",
                "https://::1/",
                "https://a@b@example.com/",
            ],
        );
    }

    #[test]
    fn uris_have_no_limit() {
        assert!(is_uri(&format!("https://example.com/{}", "a".repeat(100_000))));
    }
}
