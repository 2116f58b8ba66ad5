//! When a server asks to come back: `Retry-After` (RFC 9110 §10.2.3), else the end of the window of its rate limit.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// Numbers of seconds below this are from now on, those above are since 1970: no window lasts 30 years, and none ended in 2001.
const FIRST_MOMENT: Duration = Duration::from_secs(1_000_000_000);

/// When the server asks to come back, by the clock that says that it is `now`; a moment that has passed means at once.
///
/// `x-ratelimit-reset` counts only where the window is used up: a server that is broken says nothing by the rate limit that it
/// tells with every answer.
pub(super) fn retry_at(headers: &HeaderMap, now: SystemTime) -> Option<SystemTime> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let asked = text(RETRY_AFTER.as_str());
    let asked = asked.and_then(|text| match seconds(text) {
        Some(wait) => now.checked_add(wait),
        None => httpdate::parse_http_date(text).ok(),
    });
    let is_left = text("x-ratelimit-remaining").and_then(seconds).is_some_and(|left| !left.is_zero());
    asked.or_else(|| {
        let reset = text("x-ratelimit-reset").filter(|_| !is_left).and_then(seconds)?;
        if reset < FIRST_MOMENT { now.checked_add(reset) } else { SystemTime::UNIX_EPOCH.checked_add(reset) }
    })
}

/// A number of seconds. RFC 9110 has whole ones; some servers send fractions.
fn seconds(text: &str) -> Option<Duration> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    Duration::try_from_secs_f64(text.parse().ok().filter(|_| is_number)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderName;

    /// What some headers ask for, in seconds since 1970; it is 1,752,000,000, on 8 July 2025 at 18:40:00.
    fn asked(pairs: &[(&'static str, &str)]) -> Option<u64> {
        let header = |(name, value): &(&'static str, &str)| (HeaderName::from_static(name), value.parse().unwrap());
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_752_000_000);
        let at = retry_at(&pairs.iter().map(header).collect(), now)?;
        Some(at.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs())
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        for (text, at) in [
            ("0", Some(1_752_000_000)),
            (" 120 ", Some(1_752_000_120)),
            ("1.5", Some(1_752_000_001)),
            ("Tue, 08 Jul 2025 18:41:00 GMT", Some(1_752_000_060)),
            ("Tuesday, 08-Jul-25 18:41:00 GMT", Some(1_752_000_060)),
            ("Tue Jul  8 18:41:00 2025", Some(1_752_000_060)),
            ("Tue, 08 Jul 2025 18:39:00 GMT", Some(1_751_999_940)),
        ] {
            assert_eq!(asked(&[("retry-after", text)]), at, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_asks_for_nothing() {
        for text in
            ["", "soon", "-1", "+1", "1e3", "inf", "NaN", ".", "1.2.3", "99999999999999999999999", "Tue, 08 Jul"]
        {
            assert_eq!(asked(&[("retry-after", text)]), None, "{text}");
            assert_eq!(asked(&[("x-ratelimit-reset", text)]), None, "{text}");
        }
        assert_eq!(asked(&[]), None);
    }

    #[test]
    fn the_end_of_a_window_counts_when_it_is_used_up_and_nothing_else_is_said() {
        assert_eq!(asked(&[("x-ratelimit-reset", "1752000009")]), Some(1_752_000_009));
        assert_eq!(asked(&[("x-ratelimit-reset", "9")]), Some(1_752_000_009));
        assert_eq!(asked(&[("x-ratelimit-reset", "9"), ("x-ratelimit-remaining", "0")]), Some(1_752_000_009));
        assert_eq!(asked(&[("x-ratelimit-reset", "9"), ("x-ratelimit-remaining", "7")]), None);
        assert_eq!(asked(&[("x-ratelimit-reset", "9"), ("retry-after", "3")]), Some(1_752_000_003));
        assert_eq!(asked(&[("x-ratelimit-reset", "9"), ("retry-after", "soon")]), Some(1_752_000_009));
    }
}
