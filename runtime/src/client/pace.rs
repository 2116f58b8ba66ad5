//! Pacing: no more requests than a server allows, so that it need not refuse any.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

/// A bucket of tokens, one a request, that fills at a steady rate.
///
/// Whoever waits has a place in a queue, first come, first served. Who gives up leaves it, and takes no token along.
pub(super) struct Pace {
    /// How long one token takes to come.
    interval: Duration,
    /// How long a full bucket takes to fill up, but for one token.
    slack: Duration,
    /// When the bucket is full, as things are. Held by who is next in the queue.
    full_at: Mutex<Instant>,
}

impl Pace {
    /// At most `burst` requests at once, and `rate` a second in the long run; none where these are no such numbers.
    pub(super) fn new(rate: f64, burst: u32) -> Option<Self> {
        let interval = Duration::try_from_secs_f64(rate.recip()).ok().filter(|interval| !interval.is_zero())?;
        let slack = interval.checked_mul(burst.checked_sub(1)?)?;
        Some(Self { interval, slack, full_at: Mutex::new(Instant::now()) })
    }

    /// Waits for a token, and takes it.
    pub(super) async fn turn(&self) {
        let mut full_at = self.full_at.lock().await;
        if let Some(at) = full_at.checked_sub(self.slack) {
            sleep_until(at).await;
        }
        // The rate is far from the end of time: a token takes `interval`, which `new` has checked.
        let from = (*full_at).max(Instant::now());
        *full_at = from.checked_add(self.interval).unwrap_or(from);
    }
}
