//! `time`: RFC 3339, section 5.6, production `full-time`.

use super::date_time::are_date_time;

/// The two sides of the midnight at which a month of UTC ends. A leap second belongs to the earlier
/// day for offsets up to zero, to the later one for offsets beyond.
const DAYS_OF_LEAP_SECONDS: [&str; 2] = ["1972-06-30", "1972-07-01"];
/// `HH:MM:SS`.
const CLOCK_LENGTH: usize = 8;

/// Whether `value` is a time of day with seconds and an offset from UTC, such as there is on some
/// day.
///
/// `Z` may be written in lower case, a fraction may have any number of digits, and 23:59:60 UTC
/// exists.
pub fn is_time(value: &str) -> bool {
    let Some((clock, rest)) = value.split_at_checked(CLOCK_LENGTH) else {
        return false;
    };
    let Some((fraction, offset)) = shorten_fraction(rest) else {
        return false;
    };
    DAYS_OF_LEAP_SECONDS.iter().any(|day| are_date_time(&[day, "T", clock, fraction, offset]))
}

/// Splits off the fraction that `text` may begin with and puts a short one in its place, as its
/// length is unlimited and its digits do not matter; `None` if the point stands alone.
fn shorten_fraction(text: &str) -> Option<(&'static str, &str)> {
    let Some(digits) = text.strip_prefix('.') else {
        return Some(("", text));
    };
    let rest = digits.trim_start_matches(|character: char| character.is_ascii_digit());
    (rest.len() < digits.len()).then_some((".0", rest))
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_time;

    #[test]
    fn times_with_an_offset_are_accepted() {
        assert_accepts(
            is_time,
            &[
                "12:34:56Z",
                "12:34:56z",
                "00:00:00+00:00",
                "23:59:59-23:59",
                "23:59:59+23:59",
                "12:34:56-00:00",
                "12:34:56.7Z",
                "12:34:56.123456789123456789+01:30",
            ],
        );
        assert!(is_time(&format!("12:34:56.{}Z", "1".repeat(100_000))));
    }

    #[test]
    fn leap_seconds_end_a_day_of_utc() {
        assert_accepts(
            is_time,
            &["23:59:60Z", "23:59:60.5Z", "23:59:60+00:00", "15:59:60-08:00", "07:59:60+08:00", "00:29:60+00:30"],
        );
        assert_refuses(
            is_time,
            &["23:58:60Z", "22:59:60Z", "23:59:60+01:00", "23:59:60-01:00", "08:59:60+08:00", "23:59:61Z"],
        );
    }

    #[test]
    fn times_and_offsets_that_do_not_exist_are_refused() {
        assert_refuses(
            is_time,
            &["24:00:00Z", "12:60:00Z", "12:34:60Z", "12:34:56+24:00", "12:34:56-24:00", "12:34:56+01:60"],
        );
    }

    #[test]
    fn other_notations_are_refused() {
        assert_refuses(
            is_time,
            &[
                "",
                "Z",
                "12:34:56",
                "12:34Z",
                "12Z",
                "1:34:56Z",
                "123456Z",
                "12:34:56.Z",
                "12:34:56.",
                "12:34:56,5Z",
                "12:34:56.5.5Z",
                "12:34:56..5Z",
                "12:34:56+01",
                "12:34:56+0100",
                "12:34:56 Z",
                "12:34:56ZZ",
                "12:34:56Z\n",
                " 12:34:56Z",
                "T12:34:56Z",
                "2024-05-17T12:34:56Z",
                "12:34:5é",
                "12:34:5٦Z",
                "12:34:56\u{0}",
                "12:34:56 PM",
            ],
        );
    }
}
