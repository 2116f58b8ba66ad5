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

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::sync::Arc;

    use tokio::time::advance;

    use super::*;

    fn run(test: impl Future<Output = ()>) {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_time().start_paused(true).build().unwrap().block_on(test);
    }

    #[test]
    fn a_burst_is_free_and_what_follows_is_steady() {
        run(async {
            let pace = Pace::new(4.0, 3).unwrap();
            let start = Instant::now();
            let mut turns = Vec::new();
            for _ in 0..6 {
                pace.turn().await;
                turns.push(start.elapsed().as_millis());
            }
            assert_eq!(turns, [0, 0, 0, 250, 500, 750]);
            // A bucket that has filled up holds no more than it can.
            advance(Duration::from_secs(60)).await;
            let start = Instant::now();
            for _ in 0..4 {
                pace.turn().await;
            }
            assert_eq!(start.elapsed().as_millis(), 250);
        });
    }

    #[test]
    fn turns_come_in_the_order_of_the_queue_and_who_leaves_it_takes_none() {
        run(async {
            let pace = Arc::new(Pace::new(1.0, 1).unwrap());
            let start = Instant::now();
            let waiting: Vec<_> = (0..5)
                .map(|_| {
                    let pace = Arc::clone(&pace);
                    tokio::spawn(async move {
                        pace.turn().await;
                        start.elapsed().as_secs()
                    })
                })
                .collect();
            advance(Duration::from_millis(500)).await;
            // The second is next; the fourth only stands in the queue.
            waiting[1].abort();
            waiting[3].abort();
            let mut turns = Vec::new();
            for task in waiting {
                turns.push(task.await.ok());
            }
            assert_eq!(turns, [Some(0), None, Some(1), None, Some(2)]);
        });
    }
}
