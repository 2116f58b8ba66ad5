//! `ipv6`: RFC 4291, section 2.2, the textual forms of an address.

use std::net::Ipv6Addr;

/// Whether `value` is an IPv6 address: neither bracketed, nor with a zone, a prefix length or a
/// port.
pub fn is_ipv6(value: &str) -> bool {
    value.parse::<Ipv6Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_ipv6;

    #[test]
    fn full_compressed_and_mixed_forms_are_accepted() {
        assert_accepts(
            is_ipv6,
            &[
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:DB8::a",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "0001:0002:0003:0004:0005:0006:0007:0008",
                "::ffff:192.0.2.1",
                "1:2:3:4:5:6:192.0.2.1",
            ],
        );
    }

    #[test]
    fn everything_else_is_refused() {
        assert_refuses(
            is_ipv6,
            &[
                "",
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "1::2::3",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "g::",
                "::ffff:256.0.0.1",
                "::ffff:01.2.3.4",
                "::192.0.2",
                "192.0.2.1::",
                "192.0.2.1",
                "fe80::1%eth0",
                "[::1]",
                "::1/64",
                "::1\n",
                " ::1",
                "::١",
                "::1\u{0}",
            ],
        );
        assert!(!is_ipv6(&"1:".repeat(100_000)));
    }
}
