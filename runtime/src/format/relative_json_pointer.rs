//! `relative-json-pointer`: the Internet-Draft draft-bhutton-relative-json-pointer-00, section 3, to which JSON Schema 2020-12
//! refers.

use super::json_pointer::is_json_pointer;

/// Whether `value` is a relative JSON Pointer: how many levels up, an index to add or subtract there, and a JSON Pointer from
/// there or `#` for the key.
pub fn is_relative_json_pointer(value: &str) -> bool {
    let after_levels = after_number(value);
    let target = after_levels.and_then(|rest| match rest.strip_prefix(['+', '-']) {
        Some(adjustment) => after_number(adjustment),
        None => Some(rest),
    });
    target.is_some_and(|target| target == "#" || is_json_pointer(target))
}

/// What follows the number at the start of `text`; `None` if there is none, or if it has a leading zero.
fn after_number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let length = text.len() - rest.len();
    (length == 1 || (length > 1 && !text.starts_with('0'))).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_relative_json_pointer;

    #[test]
    fn levels_and_a_target_are_accepted() {
        assert_accepts(
            is_relative_json_pointer,
            &["0", "7", "10", "0#", "12#", "0/", "0//", "1/a/~0b", "2/0/é", "0+1", "0-1", "1-2/a", "3+10#"],
        );
        assert!(is_relative_json_pointer(&"1".repeat(100_000)));
    }

    #[test]
    fn everything_else_is_refused() {
        assert_refuses(
            is_relative_json_pointer,
            &[
                "", "#", "/a", "a", "+1", "-1", "-1/a", "00", "01/a", "01#", "0##", "0#/a", "0/#~", "0/~2", "0a",
                "0 /a", " 0", "0\n", "0+", "0+01", "0+1+1", "0+-1", "0+1a", "1.5", "٣/a",
            ],
        );
    }
}
