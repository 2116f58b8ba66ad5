//! When a server wants to be asked again: `Retry-After` (RFC 9110 §10.2.3), and headers that tell of rate limits.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// The names of the headers that tell of a rate limit, which no standard names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimitHeaders {
    /// How many requests a window has.
    pub limit: &'static str,
    /// How many of them are left.
    pub remaining: &'static str,
    /// When the window ends.
    pub reset: &'static str,
}

impl RateLimitHeaders {
    /// These names; in any case.
    #[must_use]
    pub const fn new(limit: &'static str, remaining: &'static str, reset: &'static str) -> Self {
        Self { limit, remaining, reset }
    }
}

impl Default for RateLimitHeaders {
    /// `x-ratelimit-limit`, `x-ratelimit-remaining` and `x-ratelimit-reset`.
    fn default() -> Self {
        Self::new("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
    }
}

/// What the headers of an answer say about when to ask again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ComeBack {
    /// How long after the answer.
    pub(super) after: Option<Duration>,
    /// The same as a time of this machine's clock.
    pub(super) at: Option<SystemTime>,
}

impl ComeBack {
    /// Of an answer that came at `now`.
    pub(super) fn new(status: StatusCode, headers: &HeaderMap, names: RateLimitHeaders, now: SystemTime) -> Self {
        let after = after(status, headers, names, now);
        Self { after, at: after.and_then(|after| now.checked_add(after)) }
    }
}

/// `Retry-After` of any answer that is no success; otherwise, where the rate limit is used up, the end of its window.
fn after(status: StatusCode, headers: &HeaderMap, names: RateLimitHeaders, now: SystemTime) -> Option<Duration> {
    if status.is_success() {
        return None;
    }
    // Times of the server are read by its own clock, if it tells its time.
    let clock = text(headers, DATE.as_str()).and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
    let until = |time: SystemTime| time.duration_since(clock).unwrap_or_default();
    let retry_after = text(headers, RETRY_AFTER.as_str());
    let asked = retry_after.and_then(|text| seconds(text).or_else(|| httpdate::parse_http_date(text).ok().map(until)));
    // The window says nothing of when another failure will be over.
    let reset = text(headers, names.reset).filter(|_| status == StatusCode::TOO_MANY_REQUESTS);
    asked.or_else(|| {
        let reset = seconds(reset?)?;
        if reset < OLDEST_TIME { Some(reset) } else { SystemTime::UNIX_EPOCH.checked_add(reset).map(until) }
    })
}

/// What is less is no time since 1970, but a number of seconds from now on, as some servers write it: the 9th of September 2001.
const OLDEST_TIME: Duration = Duration::from_secs(1_000_000_000);

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

fn seconds(text: &str) -> Option<Duration> {
    // `parse` takes a plus sign.
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than a number holds are a long time all the same.
    digits.then(|| Duration::from_secs(text.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    /// The example of RFC 9110 §5.6.7: Sun, 06 Nov 1994 08:49:37 GMT.
    const NOW: u64 = 784_111_777;

    fn asked(status: u16, pairs: &[(&'static str, &'static str)]) -> Option<Duration> {
        let header = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        let headers = pairs.iter().map(header).collect();
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + NOW);
        let status = StatusCode::from_u16(status).unwrap();
        let back = ComeBack::new(status, &headers, RateLimitHeaders::default(), now);
        assert_eq!(back.at, back.after.and_then(|after| now.checked_add(after)));
        back.after
    }

    #[test]
    fn seconds_and_all_forms_of_a_date_are_read() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        for (value, expected) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 08:50:37 GMT", Some(60)),
            ("Sun Nov  6 08:50:37 1994", Some(60)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("soon", None),
            ("", None),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
        ] {
            assert_eq!(asked(503, &[date, ("retry-after", value)]), expected.map(Duration::from_secs), "{value}");
        }
    }

    #[test]
    fn the_end_of_the_window_counts_where_the_limit_is_used_up_and_nothing_else_is_said() {
        let reset = ("x-ratelimit-reset", "1784111807");
        assert_eq!(asked(429, &[reset]), Some(Duration::from_secs(30)));
        assert_eq!(asked(429, &[reset, ("retry-after", "5")]), Some(Duration::from_secs(5)));
        assert_eq!(asked(429, &[reset, ("retry-after", "soon")]), Some(Duration::from_secs(30)));
        assert_eq!(asked(429, &[("x-ratelimit-reset", "1784111700")]), Some(Duration::ZERO));
        assert_eq!(asked(429, &[("x-ratelimit-reset", "45")]), Some(Duration::from_secs(45)));
        for status in [200, 400, 503] {
            assert_eq!(asked(status, &[reset]), None);
        }
        assert_eq!(asked(200, &[("retry-after", "5")]), None);
    }

    #[test]
    fn a_clock_that_is_wrong_is_made_up_for() {
        // The server's clock is an hour ahead of this machine's.
        let headers = [("date", "Wed, 15 Jul 2026 11:36:17 GMT"), ("retry-after", "Wed, 15 Jul 2026 11:36:47 GMT")];
        assert_eq!(asked(429, &headers), Some(Duration::from_secs(30)));
    }
}
