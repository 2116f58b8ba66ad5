//! JSON Pointers (RFC 6901): making them and taking them apart.

use std::borrow::Cow;

/// The pointer of a member or an item of the value at `pointer`; the key is escaped.
pub fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", escape(key))
}

/// A key as it stands in a pointer: `~` is `~0`, `/` is `~1`.
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) { Cow::Owned(key.replace('~', "~0").replace('/', "~1")) } else { Cow::Borrowed(key) }
}

/// The key that a reference token stands for.
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') { Cow::Owned(token.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(token) }
}

/// The keys on the way, unescaped: none for `""`, and one empty key for `"/"`. None for a text that [`is_pointer`] refuses.
pub fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.strip_prefix('/').into_iter().flat_map(|rest| rest.split('/')).map(unescape)
}

/// Whether the text is empty or begins with a slash, as every pointer does.
pub fn is_pointer(text: &str) -> bool {
    text.is_empty() || text.starts_with('/')
}

/// The position that a token names in an array: digits without a leading zero (RFC 6901 §4).
pub fn index(token: &str) -> Option<usize> {
    let digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = token.len() > 1 && token.starts_with('0');
    if digits && !leading_zero { token.parse().ok() } else { None }
}

/// Whether a pointer in which `*` stands for one token means this one.
pub fn matches(pattern: &str, pointer: &str) -> bool {
    let mut tokens = pointer.split('/');
    pattern.split('/').all(|wanted| tokens.next().is_some_and(|token| wanted == "*" || wanted == token))
        && tokens.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_token() {
        assert!(matches("/a/*/c", "/a/b/c"));
        assert!(!matches("/a/*", "/a/b/c"));
        assert!(!matches("/a/*/c", "/a/c"));
    }

    #[test]
    fn what_child_escapes_tokens_unescape() {
        let pointer = ["a/b", "m~n", "~1", "", "ü"].iter().fold(String::new(), |pointer, key| child(&pointer, key));
        assert_eq!(pointer, "/a~1b/m~0n/~01//ü");
        assert_eq!(tokens(&pointer).collect::<Vec<_>>(), ["a/b", "m~n", "~1", "", "ü"]);
    }

    #[test]
    fn the_empty_pointer_has_no_tokens() {
        assert_eq!(tokens("").count(), 0);
        assert_eq!(tokens("/").collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn an_index_is_digits_without_leading_zero() {
        assert_eq!(index("0"), Some(0));
        assert_eq!(index("10"), Some(10));
        for none in ["", "00", "01", "+1", "-", "1a", "99999999999999999999999"] {
            assert_eq!(index(none), None, "{none}");
        }
    }
}
