//! The values of JSON Schema's `format` keyword that are checked, one predicate each.
//!
//! Every predicate is pure, decides on the whole string (surrounding white space or a trailing newline is part of the value,
//! and makes it wrong), and takes time in proportion to its length. Those without a feature do not allocate.
//!
//! | `format` | predicate | defined by | feature |
//! |---|---|---|---|
//! | `date` | [`is_date`] | RFC 3339, `full-date` | |
//! | `date-time` | [`is_date_time`] | RFC 3339, `date-time` | |
//! | `duration` | [`is_duration`] | RFC 3339, appendix A | |
//! | `email` | [`is_email`] | validator.js, `isEmail()` with its default options | |
//! | `hostname` | `is_hostname` | RFC 1123, section 2.1; A-labels by RFC 5890 | `idn` |
//! | `idn-email` | `is_idn_email` | RFC 6531, section 3.3 | `idn` |
//! | `idn-hostname` | `is_idn_hostname` | RFC 5890 to 5893 (IDNA2008) | `idn` |
//! | `ipv4` | [`is_ipv4`] | RFC 2673, section 3.2 | |
//! | `ipv6` | [`is_ipv6`] | RFC 4291, section 2.2 | |
//! | `iri` | [`is_iri`] | RFC 3987, `IRI` | |
//! | `iri-reference` | [`is_iri_reference`] | RFC 3987, `IRI-reference` | |
//! | `json-pointer` | [`is_json_pointer`] | RFC 6901, section 3 | |
//! | `regex` | `is_regex` | ECMA-262, with the `u` flag | `backtracking` |
//! | `relative-json-pointer` | [`is_relative_json_pointer`] | draft-bhutton-relative-json-pointer-00 | |
//! | `strict-uri` | [`is_strict_uri`] | validator.js, `isURL()` with its default options | |
//! | `time` | [`is_time`] | RFC 3339, `full-time` | |
//! | `uri` | [`is_uri`] | RFC 3986, `URI` | |
//! | `uri-reference` | [`is_uri_reference`] | RFC 3986, `URI-reference` | |
//! | `uri-template` | [`is_uri_template`] | RFC 6570, section 2 | |
//! | `uuid` | [`is_uuid`] | RFC 4122, section 3 | |
//!
//! `email` and `strict-uri` follow validator.js rather than an RFC because servers that validate
//! with z-schema do: what such a server accepts, a client must be able to send. A format that is
//! not in the table is an annotation.

mod date;
mod date_time;
mod duration;
mod ecmascript;
mod email;
mod fqdn;
#[cfg(feature = "idn")]
mod hostname;
#[cfg(feature = "idn")]
mod idn_email;
#[cfg(feature = "idn")]
mod idn_hostname;
#[cfg(feature = "idn")]
mod idna;
mod ipv4;
mod ipv6;
mod iri;
mod iri_reference;
mod json_pointer;
#[cfg(feature = "backtracking")]
mod regex;
mod relative_json_pointer;
mod strict_uri;
mod time;
mod uri;
mod uri_reference;
mod uri_template;
mod uuid;

pub use date::is_date;
pub use date_time::is_date_time;
pub use duration::is_duration;
pub use email::is_email;
#[cfg(feature = "idn")]
pub use hostname::is_hostname;
#[cfg(feature = "idn")]
pub use idn_email::is_idn_email;
#[cfg(feature = "idn")]
pub use idn_hostname::is_idn_hostname;
pub use ipv4::is_ipv4;
pub use ipv6::is_ipv6;
pub use iri::is_iri;
pub use iri_reference::is_iri_reference;
pub use json_pointer::is_json_pointer;
#[cfg(feature = "backtracking")]
pub use regex::is_regex;
pub use relative_json_pointer::is_relative_json_pointer;
pub use strict_uri::is_strict_uri;
pub use time::is_time;
pub use uri::is_uri;
pub use uri_reference::is_uri_reference;
pub use uri_template::is_uri_template;
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
