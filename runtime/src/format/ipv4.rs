//! `ipv4`: RFC 2673, section 3.2, four decimal numbers with dots between them.

use std::net::Ipv4Addr;

/// Whether `value` is an IPv4 address in dotted decimal notation, without leading zeros (some
/// systems read them as octal).
pub fn is_ipv4(value: &str) -> bool {
    value.parse::<Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_ipv4;

    #[test]
    fn dotted_decimals_are_accepted() {
        assert_accepts(is_ipv4, &["0.0.0.0", "127.0.0.1", "192.0.2.10", "255.255.255.255"]);
    }

    #[test]
    fn everything_else_is_refused() {
        assert_refuses(
            is_ipv4,
            &[
                "",
                ".",
                "...",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..3.4",
                "256.0.0.1",
                "1.2.3.1000",
                "01.2.3.4",
                "1.2.3.00",
                "0x7f.0.0.1",
                "2130706433",
                "+1.2.3.4",
                "-1.2.3.4",
                "1.2.3.4/24",
                "1.2.3.4:80",
                "1.2.3.4\n",
                " 1.2.3.4",
                "1.2.3.٤",
                "1.2.3.4\u{0}",
                "::1",
            ],
        );
        assert!(!is_ipv4(&"1.".repeat(100_000)));
    }
}
