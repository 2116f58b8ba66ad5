//! Texts with `{name}` in them, and the percent-encoding of what is filled in (RFC 3986 §2).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters (RFC 3986 §2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A value as it stands in a path segment or a query: encoded once, whole.
pub(super) fn encode(value: &str) -> Cow<'_, str> {
    utf8_percent_encode(value, RESERVED).into()
}

/// What reserved characters may stand in a query without ending the value or becoming something else: all but `#[]&=+`, and `'`,
/// which no URL holds there.
const RESERVED_IN_QUERY: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// A value as it stands in a query that may hold reserved characters (RFC 6570 §3.2.3): they stay, and so does what is
/// percent-encoded.
pub(super) fn encode_reserved(value: &str) -> Cow<'_, str> {
    let encode = |text| utf8_percent_encode(text, RESERVED_IN_QUERY);
    let Some((first, rest)) = value.split_once('%') else { return encode(value).into() };
    let mut encoded = encode(first).to_string();
    for part in rest.split('%') {
        let is_triplet = part.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        encoded.push_str(if is_triplet { "%" } else { "%25" });
        encoded.extend(encode(part));
    }
    encoded.into()
}

/// Whether a value in a path would make the request go elsewhere: nothing, or a dot segment (RFC 3986 §5.2.4), be it percent-encoded
/// any number of times, since some servers decode more than once.
pub(super) fn redirects_path(value: &str) -> bool {
    let mut value = Cow::Borrowed(value);
    loop {
        if matches!(&*value, "" | "." | "..") {
            return true;
        }
        let decoded = percent_decode_str(&value).decode_utf8_lossy().into_owned();
        if decoded == value {
            return false;
        }
        value = decoded.into();
    }
}

/// The names in braces that a text has, in order.
pub(super) fn names(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// Replaces every `{name}` by its value; what has none stays.
pub(super) fn fill<V: AsRef<str>>(template: &str, value: impl Fn(&str) -> Option<V>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, after)) => {
                match value(name) {
                    Some(value) => filled.push_str(value.as_ref()),
                    None => filled.extend(["{", name, "}"]),
                }
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(encode("Az09-._~"), "Az09-._~");
        assert_eq!(encode("a|b/c%2F d+é"), "a%7Cb%2Fc%252F%20d%2B%C3%A9");
    }

    #[test]
    fn dot_segments_are_seen_through_every_layer_of_encoding() {
        for value in ["", ".", "..", "%2e", "%2E.", ".%2e", "%2e%2E", "%252e%252e"] {
            assert!(redirects_path(value), "{value}");
        }
        for value in ["...", ".a", "a..", "%2f", "..%2f..", "%", "%zz", "%ff", " "] {
            assert!(!redirects_path(value), "{value}");
        }
    }

    #[test]
    fn a_template_is_filled_by_name() {
        let value = |name: &str| (name == "id").then_some("7");
        assert_eq!(fill("/a/{id}/b/{id}", value), "/a/7/b/7");
        assert_eq!(fill("/a/{other}/{", value), "/a/{other}/{");
        assert_eq!(names("/a/{id}/{b}").collect::<Vec<_>>(), ["id", "b"]);
    }
}
