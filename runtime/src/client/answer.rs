//! What came back, before anyone knows what it means.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::pending::Decoded;
use super::route::Route;
use super::wait::{ComeBack, RateLimitHeaders};
use crate::decode::{Decode, DecodeError, from_slice};

/// An answer of the server: its status, headers and body. `Debug` shows no content.
#[derive(Clone)]
pub struct Answer {
    route: Route,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    rate_limit: Option<RateLimit>,
    come_back: ComeBack,
}

/// A good answer that is one thing or another, by its status.
pub trait FromAnswer: Sized {
    /// Reads the answer.
    ///
    /// # Errors
    /// Where the body does not fit what the status stands for.
    fn from_answer(answer: &Answer) -> Result<Self, DecodeError>;
}

impl Answer {
    /// An answer that has just come.
    pub(super) fn new(
        route: Route,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        names: RateLimitHeaders,
    ) -> Self {
        let rate_limit = RateLimit::of(&headers, names);
        let come_back = ComeBack::new(status, &headers, names, SystemTime::now());
        Self { route, status, headers, body, rate_limit, come_back }
    }

    /// The operation that was called.
    #[must_use]
    pub fn route(&self) -> &Route {
        &self.route
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, if it is that; members that types do not name are in it.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The body as a value of a type.
    ///
    /// # Errors
    /// Where it is no JSON, or does not fit.
    pub fn decode<T: Decode>(&self) -> Result<T, DecodeError> {
        let decoded = from_slice(&self.body).map(|Decoded(value)| value);
        decoded.map_err(|error| not_json(&self.body).unwrap_or(error))
    }

    /// The body as a text; what is not UTF-8 in it is replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as it came, shared.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        self.body.clone()
    }

    /// What the server says about its rate limit, if it says anything.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.rate_limit
    }

    /// When to ask again, by this machine's clock, where the request failed and the server says so: its `Retry-After` or, with
    /// status 429, the end of the rate limit's window. Computed once, when the answer came.
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        self.come_back.at
    }

    /// How long the server wants to be left alone.
    pub(super) fn asked_wait(&self) -> Option<Duration> {
        self.come_back.after
    }
}

/// What is wrong with a body that is no JSON at all.
fn not_json(body: &[u8]) -> Option<DecodeError> {
    let message = if body.trim_ascii().is_empty() {
        "expected JSON, found an empty body".to_owned()
    } else {
        let error = serde_json::from_slice::<IgnoredAny>(body).err()?;
        format!("expected JSON: {error}")
    };
    Some(DecodeError { pointer: String::new(), message })
}

/// What a type tells of the [`Answer`] in its field `answer`.
macro_rules! tells_of_its_answer {
    () => {
        /// The operation that was called.
        #[must_use]
        pub fn route(&self) -> &$crate::client::Route {
            self.answer.route()
        }

        /// The status.
        #[must_use]
        pub fn status(&self) -> $crate::client::StatusCode {
            self.answer.status()
        }

        /// The headers.
        #[must_use]
        pub fn headers(&self) -> &$crate::client::HeaderMap {
            self.answer.headers()
        }

        /// The body as it came.
        #[must_use]
        pub fn body(&self) -> &[u8] {
            self.answer.body()
        }

        /// The body as JSON, if it is that; members that types do not name are in it.
        #[must_use]
        pub fn json(&self) -> Option<::serde_json::Value> {
            self.answer.json()
        }

        /// What the server says about its rate limit, if it says anything.
        #[must_use]
        pub fn rate_limit(&self) -> Option<$crate::client::RateLimit> {
            self.answer.rate_limit()
        }
    };
}

pub(super) use tells_of_its_answer;

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("route", &format_args!("{}", self.route))
            .field("status", &self.status.as_u16())
            .field("headers", &self.headers.len())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// The headers `x-ratelimit-limit`, `-remaining` and `-reset`, or those that the client calls so ([`RateLimitHeaders`]); `None`
/// where one is missing or no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests the window has.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// When the window ends, in the server's own unit; seconds since 1970 for most.
    pub reset: Option<u64>,
}

impl RateLimit {
    fn of(headers: &HeaderMap, names: RateLimitHeaders) -> Option<Self> {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse().ok();
        let rate_limit =
            Self { limit: number(names.limit), remaining: number(names.remaining), reset: number(names.reset) };
        let told = [rate_limit.limit, rate_limit.remaining, rate_limit.reset];
        told.iter().any(Option::is_some).then_some(rate_limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_limit_is_what_can_be_read_of_it() {
        let limit = |pairs: &[(&'static str, &'static str)]| {
            let header = |(name, value): &(&'static str, &'static str)| {
                (reqwest::header::HeaderName::from_static(name), value.parse().unwrap())
            };
            RateLimit::of(&pairs.iter().map(header).collect(), RateLimitHeaders::default())
        };
        assert_eq!(limit(&[]), None);
        assert_eq!(limit(&[("x-ratelimit-limit", "many")]), None);
        assert_eq!(
            limit(&[("x-ratelimit-limit", "50"), ("x-ratelimit-reset", "1752000000")]),
            Some(RateLimit { limit: Some(50), remaining: None, reset: Some(1_752_000_000) })
        );
    }
}
