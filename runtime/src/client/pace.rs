//! Pacing: no more requests than a server allows, so that it need not refuse any.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

/// A bucket of tokens, one a request, that fills at a steady rate.
///
/// Whoever waits has a place in a queue, first come, first served. Who gives up leaves it, and takes no token along. A future may
/// stand in the queue that nobody polls any more, such as a stream beside which another request is awaited: it holds up nobody, and
/// has its turn when it is polled again.
pub(super) struct Pace {
    /// How long one token takes to come.
    interval: Duration,
    /// How long a full bucket takes to fill up, but for one token.
    slack: Duration,
    state: Mutex<State>,
}

struct State {
    /// When the bucket is full, as things are.
    full_at: Instant,
    /// Who waits, by number.
    queue: BTreeMap<u64, Waiting>,
    /// The number of the next one who comes.
    next: u64,
}

struct Waiting {
    /// When there is a token for this one, if all before take theirs.
    due: Instant,
    /// Told when this one is the first.
    first: Arc<Notify>,
}

/// A place in the queue, which is left when this is dropped.
struct Place<'p> {
    pace: &'p Pace,
    number: u64,
    first: Arc<Notify>,
}

impl Pace {
    /// At most `burst` requests at once, and `rate` a second in the long run; none where these are no such numbers.
    pub(super) fn new(rate: f64, burst: u32) -> Option<Self> {
        let interval = Duration::try_from_secs_f64(rate.recip()).ok().filter(|interval| !interval.is_zero())?;
        let slack = interval.checked_mul(burst.checked_sub(1)?)?;
        let state = State { full_at: Instant::now(), queue: BTreeMap::new(), next: 0 };
        Some(Self { interval, slack, state: Mutex::new(state) })
    }

    /// Waits for a token, and takes it.
    pub(super) async fn turn(&self) {
        let place = self.place();
        while let Err(due) = place.take() {
            // Either way, there may be a token.
            drop(timeout_at(due, place.first.notified()).await);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No state is ever left half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When there is a token.
    fn ready(&self, full_at: Instant) -> Instant {
        full_at.checked_sub(self.slack).unwrap_or_else(Instant::now)
    }

    /// The rate is far from the end of time: a token takes `interval`, which `new` has checked.
    fn after(&self, time: Instant) -> Instant {
        time.checked_add(self.interval).unwrap_or(time)
    }

    /// The place at the end of the queue.
    fn place(&self) -> Place<'_> {
        let mut state = self.state();
        let ready = self.ready(state.full_at);
        let due = state.queue.last_key_value().map_or(ready, |(_, last)| self.after(last.due).max(ready));
        let (number, first) = (state.next, Arc::new(Notify::new()));
        state.next = number.saturating_add(1);
        state.queue.insert(number, Waiting { due, first: Arc::clone(&first) });
        Place { pace: self, number, first }
    }
}

impl Place<'_> {
    /// Takes a token, if there is one, or says when there may be one.
    fn take(&self) -> Result<(), Instant> {
        let mut state = self.pace.state();
        let ready = self.pace.ready(state.full_at);
        let is_first = state.queue.first_key_value().is_some_and(|(number, _)| *number == self.number);
        let now = Instant::now();
        if let Some(own) = state.queue.get_mut(&self.number) {
            own.due = if is_first { ready } else { own.due.max(ready) };
            if now < own.due {
                return Err(own.due);
            }
        }
        state.full_at = self.pace.after(state.full_at.max(now));
        Ok(())
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.pace.state();
        state.queue.remove(&self.number);
        if let Some((number, next)) = state.queue.first_key_value()
            && *number > self.number
        {
            next.first.notify_one();
        }
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
