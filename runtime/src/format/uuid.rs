//! `uuid`: RFC 4122, section 3, the string representation.

/// How many hexadecimal digits stand between the hyphens.
const GROUP_LENGTHS: [usize; 5] = [8, 4, 4, 4, 12];

/// Whether `value` is a UUID in its hyphenated form, of any version and variant, in upper or lower
/// case.
pub fn is_uuid(value: &str) -> bool {
    let mut groups = value.split('-');
    GROUP_LENGTHS.iter().all(|&length| groups.next().is_some_and(|group| is_group(group, length)))
        && groups.next().is_none()
}

fn is_group(group: &str, length: usize) -> bool {
    group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_uuid;

    #[test]
    fn hyphenated_groups_of_digits_are_accepted() {
        assert_accepts(
            is_uuid,
            &[
                "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
                "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
                "2eb8AA08-Aa98-11eA-B4aa-73b441d16380",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
            ],
        );
    }

    #[test]
    fn everything_else_is_refused() {
        assert_refuses(
            is_uuid,
            &[
                "",
                "----",
                "2eb8aa08aa9811eab4aa73b441d16380",
                "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
                "2eb8aa08-aa98-11ea-b4aa-73b441d163800",
                "2eb8-aa08-aa98-11ea-b4aa73b441d16380",
                "2eb8aa08-aa98-11ea-b4aa73b441d16380",
                "2eb8aa08-aa98-11ea-b4aa-73b441d16380-",
                "-2eb8aa08-aa98-11ea-b4aa-73b441d16380",
                "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
                "2eb8aa0é-aa98-11ea-b4aa-73b441d16380",
                "2eb8aa0é0-aa98-11ea-b4aa-73b441d16380",
                "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
                "urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380",
                "2eb8aa08-aa98-11ea-b4aa-73b441d16380\n",
                " 2eb8aa08-aa98-11ea-b4aa-73b441d16380",
                "2eb8aa08-aa98-11ea-b4aa-73b441d1638\u{0}",
            ],
        );
        assert!(!is_uuid(&"2eb8aa08-".repeat(10_000)));
    }
}
