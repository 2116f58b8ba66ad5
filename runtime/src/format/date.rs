//! `date`: RFC 3339, section 5.6, production `full-date`.

use super::date_time::are_date_time;

/// Whether `value` is a day of the Gregorian calendar, written `YYYY-MM-DD`.
pub fn is_date(value: &str) -> bool {
    are_date_time(&[value, "T00:00:00Z"])
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_date;

    #[test]
    fn days_of_the_calendar_are_accepted() {
        assert_accepts(is_date, &["2024-05-17", "0000-01-01", "9999-12-31", "2024-02-29", "2000-02-29", "2024-04-30"]);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_refuses(
            is_date,
            &[
                "2024-02-30",
                "2023-02-29",
                "1900-02-29",
                "2024-04-31",
                "2024-00-17",
                "2024-13-17",
                "2024-05-00",
                "2024-05-32",
            ],
        );
    }

    #[test]
    fn other_notations_are_refused() {
        assert_refuses(
            is_date,
            &[
                "",
                "-",
                "2024",
                "2024-05",
                "2024-5-17",
                "20240517",
                "2024-137",
                "2024-W20-5",
                "17.05.2024",
                "2024/05/17",
                "+2024-05-17",
                "-2024-05-17",
                "12024-05-17",
                " 2024-05-17",
                "2024-05-17\n",
                "2024-05-17T",
                "2024-05-17Z",
                "2024-05-17T00:00:00Z",
                "2024-05-1é",
                "2024-05-1٧",
                "2024-05-1\u{0}",
            ],
        );
        assert!(!is_date(&"2024-05-17".repeat(10_000)));
    }
}
