//! `json-pointer`: RFC 6901, section 3, production `json-pointer`.

/// Whether `value` is a JSON Pointer in its plain form: empty, or reference tokens that each begin with `/`, in which `~` only
/// stands before `0` or `1`.
///
/// A pointer as the fragment of a URI (`#/a`) is none.
pub fn is_json_pointer(value: &str) -> bool {
    let begins_with_a_token = value.is_empty() || value.starts_with('/');
    begins_with_a_token && value.split('~').skip(1).all(|escaped| escaped.starts_with(['0', '1']))
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_json_pointer;

    #[test]
    fn reference_tokens_are_accepted() {
        assert_accepts(
            is_json_pointer,
            &[
                "",
                "/",
                "//",
                "/a",
                "/a/",
                "/a//b",
                "/0/-",
                "/a b",
                "/é😀",
                "/~0",
                "/~1",
                "/~01~10",
                "/a~0b/~1c",
                "/%zz",
                "/#",
                "/\"\\",
                "/\u{0}\n",
            ],
        );
    }

    #[test]
    fn everything_else_is_refused() {
        assert_refuses(
            is_json_pointer,
            &["a", "0", "a/b", "#", "#/a", " /a", "\n", "~0", "/~", "/a~", "/~/a", "/~2", "/~a", "/~~0", "/~0~", "/~٠"],
        );
    }
}
