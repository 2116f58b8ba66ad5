//! URI references (RFC 3986 §5): resolved against a base, and split at the fragment.

use iri_string::types::{IriAbsoluteStr, IriReferenceStr};

/// A reference, resolved: the URI without its fragment, and the fragment as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) uri: String,
    pub(super) fragment: String,
}

/// Resolves a reference. What is no reference, or has no base that can be resolved against, stands as it is.
pub(super) fn resolve(base: &str, reference: &str) -> Target {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let uri = if path.is_empty() { base.to_owned() } else { joined(base, path).unwrap_or_else(|| path.to_owned()) };
    Target { uri, fragment: fragment.to_owned() }
}

fn joined(base: &str, path: &str) -> Option<String> {
    let base = IriAbsoluteStr::new(base).ok()?;
    let path = IriReferenceStr::new(path).ok()?;
    Some(path.resolve_against(base).to_string())
}

/// Undoes the percent-encoding of a fragment (RFC 6901 §6); what is not UTF-8 afterwards stays as it is.
pub(crate) fn percent_decoded(fragment: &str) -> String {
    let mut decoded = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.filter(|_| first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(byte.unwrap_or(first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| fragment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_against_their_base() {
        let table = [
            ("http://example.com/root.json", "#/a", "http://example.com/root.json", "/a"),
            ("http://example.com/root.json", "other.json#x", "http://example.com/other.json", "x"),
            ("http://example.com/a/b/root.json", "../c.json", "http://example.com/a/c.json", ""),
            ("http://example.com/root.json", "/abs.json", "http://example.com/abs.json", ""),
            ("urn:uuid:1", "#a", "urn:uuid:1", "a"),
            ("http://example.com/", "urn:uuid:2", "urn:uuid:2", ""),
        ];
        for (base, reference, uri, fragment) in table {
            let expected = Target { uri: uri.to_owned(), fragment: fragment.to_owned() };
            assert_eq!(resolve(base, reference), expected, "{base} + {reference}");
        }
    }
}
