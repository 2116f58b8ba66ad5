//! Whether a request is sent again, and how long the client waits before.

use std::time::Duration;

use reqwest::StatusCode;

use super::error::Fault;

/// How often requests are sent again, and how long the client waits in between.
///
/// What is repeated: statuses 408, 429 and 5xx, and connections that fail. A request that is not idempotent (RFC 9110 §9.2.2) is
/// repeated only where the server can't have acted on it: on 408 and 429, and where there was no connection.
///
/// The server's word on when to come back is followed where it gives one; otherwise the wait is a random time below a limit that
/// doubles with every attempt. Waits count within the timeout of the request, which is the limit on all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(super) retries: u32,
    max_wait: Duration,
    first_backoff: Duration,
    max_backoff: Duration,
}

impl RetryPolicy {
    /// Two retries, and no wait longer than a minute.
    pub const fn new() -> Self {
        Self {
            retries: 2,
            max_wait: Duration::from_secs(60),
            first_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
        }
    }

    /// How often a request is sent again after the first time: twice unless set.
    pub const fn retries(mut self, count: u32) -> Self {
        self.retries = count;
        self
    }

    /// The longest wait that a server may ask for: a minute unless set. Where it asks for more, the request fails at once, and
    /// [`Failure::retry_at`](super::Failure::retry_at) says when to come back.
    pub const fn max_wait(mut self, limit: Duration) -> Self {
        self.max_wait = limit;
        self
    }

    /// The limits of the random waits, for servers that do not say when to come back: before the first retry, and at most. Half a
    /// second and 8 seconds unless set.
    pub const fn backoff(mut self, first: Duration, max: Duration) -> Self {
        (self.first_backoff, self.max_backoff) = (first, max);
        self
    }

    /// How long to wait before the retry with this number, from 0 on, where the server asked for `asked`; none where that is too
    /// long.
    pub(super) fn wait(&self, retry: u32, asked: Option<Duration>) -> Option<Duration> {
        // A moment that is past by this machine's clock is no reason to hurry.
        match asked.filter(|asked| !asked.is_zero()) {
            Some(asked) => Some(asked).filter(|asked| *asked <= self.max_wait),
            None => Some(self.backoff_limit(retry).min(self.max_wait).mul_f64(fastrand::f64())),
        }
    }

    fn backoff_limit(&self, retry: u32) -> Duration {
        let factor = 1_u32.checked_shl(retry).unwrap_or(u32::MAX);
        self.first_backoff.saturating_mul(factor).min(self.max_backoff)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// This many retries, and everything else as in [`RetryPolicy::new`].
impl From<u32> for RetryPolicy {
    fn from(count: u32) -> Self {
        Self::new().retries(count)
    }
}

/// Whether a status tells that the server has not acted on the request: it did not arrive whole (RFC 9110 §15.5.9), or was turned
/// away (RFC 6585 §4).
pub(super) fn is_untouched(status: StatusCode) -> bool {
    matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS)
}

/// How long and how often a request is tried.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// From the start of the request to the last byte of its answer, with all retries and the waits between.
    pub(super) total: Duration,
    /// The same for one attempt.
    pub(super) attempt: Option<Duration>,
    pub(super) retries: u32,
    /// Whether it does no harm to do twice what the request asks for.
    pub(super) idempotent: bool,
}

impl Patience {
    /// Whether a request may be sent again that was answered with this status.
    pub(super) fn repeats_after(&self, status: StatusCode) -> bool {
        is_untouched(status) || self.idempotent && status.is_server_error()
    }

    /// The same where no answer came. A client that may follow redirects may have been sent on by a server that has acted, to one
    /// that is not there.
    pub(super) fn repeats_after_fault(&self, fault: &Fault, follows_redirects: bool) -> bool {
        match fault {
            Fault::Transport(error) => self.idempotent || error.is_unsent() && !follows_redirects,
            Fault::Slow { .. } => self.idempotent,
            // The time is up for good.
            Fault::NoTurn { .. } => false,
            // A thousand requests that wait for one token must not become a thousand that ask for one: the next call does.
            Fault::Token { .. } => false,
            Fault::Invalid(_) | Fault::TooLarge { .. } | Fault::Unauthorized { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn random_waits_stay_below_a_limit_that_doubles() {
        let policy = RetryPolicy::new().backoff(SECOND, 5 * SECOND);
        for (retry, limit) in [(0, 1), (1, 2), (2, 4), (3, 5), (31, 5), (32, 5), (u32::MAX, 5)] {
            assert_eq!(policy.backoff_limit(retry), limit * SECOND);
            let waits: Vec<_> = (0..200).map(|_| policy.wait(retry, None).unwrap()).collect();
            assert!(waits.iter().all(|wait| *wait <= limit * SECOND));
            // All of 200 in the same half: once in 2^199.
            assert!(waits.iter().any(|wait| *wait < limit * SECOND / 2));
            assert!(waits.iter().any(|wait| *wait > limit * SECOND / 2));
        }
    }

    #[test]
    fn what_the_server_asks_for_is_waited_for_up_to_the_limit() {
        let policy = RetryPolicy::new().max_wait(9 * SECOND).backoff(SECOND, SECOND);
        assert_eq!(policy.wait(0, Some(7 * SECOND)), Some(7 * SECOND));
        assert_eq!(policy.wait(0, Some(9 * SECOND)), Some(9 * SECOND));
        assert_eq!(policy.wait(0, Some(10 * SECOND)), None);
        assert!(policy.wait(0, Some(Duration::ZERO)).unwrap() <= SECOND);
        let impatient = policy.max_wait(Duration::ZERO);
        assert_eq!(impatient.wait(9, None), Some(Duration::ZERO));
    }
}
