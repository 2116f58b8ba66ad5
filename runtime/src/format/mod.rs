//! The values of JSON Schema's `format` keyword that are checked, one predicate each.
//!
//! Every predicate is pure, linear in the length of its argument and free of allocation, and
//! decides on the whole string: surrounding white space or a trailing newline is part of the value,
//! and makes it wrong.
//!
//! | `format` | predicate | defined by |
//! |---|---|---|
//! | `date` | [`is_date`] | RFC 3339, `full-date` |
//! | `date-time` | [`is_date_time`] | RFC 3339, `date-time` |
//! | `email` | [`is_email`] | validator.js, `isEmail()` with its default options |
//! | `hostname` | [`is_hostname`] | RFC 1123, section 2.1 |
//! | `ipv4` | [`is_ipv4`] | RFC 2673, section 3.2 |
//! | `ipv6` | [`is_ipv6`] | RFC 4291, section 2.2 |
//! | `strict-uri` | [`is_strict_uri`] | validator.js, `isURL()` with its default options |
//! | `time` | [`is_time`] | RFC 3339, `full-time` |
//! | `uri` | [`is_uri`] | RFC 3986, `URI` |
//! | `uuid` | [`is_uuid`] | RFC 4122, section 3 |
//!
//! `email` and `strict-uri` follow validator.js rather than an RFC because servers that validate
//! with z-schema do: what such a server accepts, a client must be able to send. A format that is
//! not in the table is an annotation.

mod date;
mod date_time;
mod ecmascript;
mod email;
mod fqdn;
mod hostname;
mod ipv4;
mod ipv6;
mod strict_uri;
mod time;
mod uri;
mod uuid;

pub use date::is_date;
pub use date_time::is_date_time;
pub use email::is_email;
pub use hostname::is_hostname;
pub use ipv4::is_ipv4;
pub use ipv6::is_ipv6;
pub use strict_uri::is_strict_uri;
pub use time::is_time;
pub use uri::is_uri;
pub use uuid::is_uuid;

#[cfg(test)]
mod table {
    //! Tables of values for the tests of the formats; a failure lists every value that was judged
    //! wrongly.

    /// Asserts that `is_format` accepts each of `values`.
    #[track_caller]
    pub(super) fn assert_accepts(is_format: fn(&str) -> bool, values: &[&str]) {
        assert_verdict(is_format, values, true);
    }

    /// Asserts that `is_format` refuses each of `values`.
    #[track_caller]
    pub(super) fn assert_refuses(is_format: fn(&str) -> bool, values: &[&str]) {
        assert_verdict(is_format, values, false);
    }

    #[track_caller]
    fn assert_verdict(is_format: fn(&str) -> bool, values: &[&str], expected: bool) {
        let wrong: Vec<_> = values.iter().filter(|value| is_format(value) != expected).collect();
        assert!(wrong.is_empty(), "expected {expected} for {wrong:?}");
    }
}
