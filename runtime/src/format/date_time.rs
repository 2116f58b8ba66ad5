//! `date-time`: RFC 3339, section 5.6, production `date-time`.

use ::time::OffsetDateTime;
use ::time::format_description::well_known::Rfc3339;

/// Where the letter stands that separates date and time.
const SEPARATOR_INDEX: usize = 10;
/// `YYYY-MM-DDTHH:MM:SS.0+HH:MM`.
const JOINED_CAPACITY: usize = 27;

/// Whether `value` is a date and a time with seconds and an offset from UTC.
///
/// `T` and `Z` may be written in lower case, a fraction may have any number of digits, and a leap
/// second may end any month of UTC, since which months have one is announced only half a year
/// before.
pub fn is_date_time(value: &str) -> bool {
    // The crate takes any separator; the grammar knows the letter only.
    matches!(value.as_bytes().get(SEPARATOR_INDEX), Some(b'T' | b't')) && OffsetDateTime::parse(value, &Rfc3339).is_ok()
}

/// Whether `parts`, one after the other, are a date-time of at most one digit after the second.
pub(super) fn are_date_time(parts: &[&str]) -> bool {
    let mut buffer = [0; JOINED_CAPACITY];
    join(parts, &mut buffer).is_some_and(is_date_time)
}

/// Writes `parts` into `buffer`; `None` if it is too small.
fn join<'buffer>(parts: &[&str], buffer: &'buffer mut [u8]) -> Option<&'buffer str> {
    let mut length = 0;
    for part in parts {
        let end = length + part.len();
        buffer.get_mut(length..end)?.copy_from_slice(part.as_bytes());
        length = end;
    }
    std::str::from_utf8(buffer.get(..length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::{are_date_time, is_date_time};

    #[test]
    fn date_times_with_an_offset_are_accepted() {
        assert_accepts(
            is_date_time,
            &[
                "2024-05-17T12:34:56Z",
                "2024-05-17t12:34:56z",
                "2024-05-17T00:00:00Z",
                "2024-05-17T23:59:59+23:59",
                "2024-05-17T23:59:59-23:59",
                "2024-05-17T12:34:56+00:00",
                "2024-05-17T12:34:56-00:00",
                "0000-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "2024-02-29T00:00:00Z",
                "2000-02-29T00:00:00Z",
            ],
        );
    }

    #[test]
    fn fractions_have_any_number_of_digits() {
        assert_accepts(
            is_date_time,
            &[
                "2024-05-17T12:34:56.0Z",
                "2024-05-17T12:34:56.789Z",
                "2024-05-17T12:34:56.123456789Z",
                "2024-05-17T12:34:56.99999999999999999999999999+01:30",
            ],
        );
        assert!(is_date_time(&format!("2024-05-17T12:34:56.{}Z", "9".repeat(100_000))));
        assert_refuses(
            is_date_time,
            &[
                "2024-05-17T12:34:56.Z",
                "2024-05-17T12:34:56,5Z",
                "2024-05-17T12:34:56.5.5Z",
                "2024-05-17T12:34:56.٥Z",
                "2024-05-17T12:34.5Z",
            ],
        );
    }

    #[test]
    fn leap_seconds_end_a_month_of_utc() {
        assert_accepts(
            is_date_time,
            &[
                "1998-12-31T23:59:60Z",
                "1998-12-31T23:59:60.999Z",
                "1990-12-31T15:59:60-08:00",
                "1991-01-01T07:59:60.5+08:00",
                "2024-02-29T23:59:60Z",
            ],
        );
        assert_refuses(
            is_date_time,
            &[
                "1998-12-31T23:58:60Z",
                "1998-12-31T22:59:60Z",
                "1998-12-31T23:59:60+01:00",
                "1998-12-31T23:59:61Z",
                "1998-12-30T23:59:60Z",
            ],
        );
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_refuses(
            is_date_time,
            &[
                "2024-02-30T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2024-04-31T00:00:00Z",
                "2024-00-01T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-01-00T00:00:00Z",
                "2024-01-32T00:00:00Z",
            ],
        );
    }

    #[test]
    fn times_and_offsets_that_do_not_exist_are_refused() {
        assert_refuses(
            is_date_time,
            &[
                "2024-05-17T24:00:00Z",
                "2024-05-17T12:60:00Z",
                "2024-05-17T12:34:60Z",
                "2024-05-17T12:34:56+24:00",
                "2024-05-17T12:34:56-24:00",
                "2024-05-17T12:34:56+01:60",
            ],
        );
    }

    #[test]
    fn other_notations_are_refused() {
        assert_refuses(
            is_date_time,
            &[
                "",
                "T",
                "2024-05-17",
                "12:34:56Z",
                "2024-05-17T12:34:56",
                "2024-05-17T12:34Z",
                "2024-05-17T12Z",
                "2024-05-17 12:34:56Z",
                "2024-05-17_12:34:56Z",
                "2024-05-1712:34:56Z",
                "20240517T123456Z",
                "2024-137T12:34:56Z",
                "2024-5-17T12:34:56Z",
                "24-05-17T12:34:56Z",
                "+2024-05-17T12:34:56Z",
                "-2024-05-17T12:34:56Z",
                "12024-05-17T12:34:56Z",
                "2024-05-17T12:34:56+01",
                "2024-05-17T12:34:56+0100",
                "2024-05-17T12:34:56+01:00:00",
                "2024-05-17T12:34:56 Z",
                "2024-05-17T12:34:56ZZ",
                "2024-05-17T12:34:56Z+00:00",
                "2024-05-17T12:34:56UTC",
                "2024-05-17T12:34:56\u{2212}01:00",
                "2024-05-17T12:34:56Z\n",
                "2024-05-17T12:34:56Z\u{0}",
                " 2024-05-17T12:34:56Z",
                "٢٠٢٤-05-17T12:34:56Z",
                "2024-05-1é12:34:56Z",
                "Fri, 17 May 2024 12:34:56 GMT",
                "1715949296",
            ],
        );
    }

    #[test]
    fn joined_parts_that_do_not_fit_are_no_date_time() {
        assert!(are_date_time(&["2024-05-17", "T", "12:34:56", ".0", "+01:00"]));
        assert!(!are_date_time(&["2024-05-17", "T", "12:34:56", ".00", "+01:00"]));
    }
}
