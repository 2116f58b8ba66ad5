//! Tokens that are fetched: kept, renewed before they expire, and fetched once however many requests wait for one.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use reqwest::header::HeaderValue;
use tokio::time::Instant;

use super::credentials::bearer;
use super::token::{Token, TokenError};

/// How long before its end a token is renewed; less for those that live less than ten minutes.
const MARGIN: Duration = Duration::from_secs(60);

/// Fetches a token.
pub(super) type Fetch = Arc<dyn Fn() -> BoxFuture<'static, Result<Token, TokenError>> + Send + Sync>;

/// One fetch, whoever waits for it. A caller that goes leaves it to the others, who drive it on; it ends with the last of them.
type Flight = Shared<BoxFuture<'static, Result<HeaderValue, Arc<TokenError>>>>;
type WeakFlight = WeakShared<BoxFuture<'static, Result<HeaderValue, Arc<TokenError>>>>;

/// Where tokens come from, and the one that is held. Clones share it.
#[derive(Clone)]
pub(super) struct Tokens(Arc<Cache>);

struct Cache {
    fetch: Fetch,
    margin: Option<Duration>,
    /// How long a fetch may be under way before others stop waiting for it.
    limit: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// The fetch under way, and since when. Weak, so that one which nobody waits for any more does not come back, hours old, with its
    /// timers run down.
    flight: Option<(WeakFlight, Instant)>,
}

struct Held {
    /// When it was asked for.
    since: Instant,
    /// The header that carries the token.
    header: HeaderValue,
    /// From when on it is not used any more; none where the token does not say when it ends.
    renewal: Option<Instant>,
}

impl Tokens {
    pub(super) fn new(fetch: Fetch, margin: Option<Duration>, limit: Duration) -> Self {
        Self(Arc::new(Cache { fetch, margin, limit, state: Mutex::default() }))
    }

    /// The `Authorization` of a request: the token that is held, or the one that is being fetched, or a new one.
    pub(super) async fn header(&self) -> Result<HeaderValue, Arc<TokenError>> {
        match self.0.held_or_coming() {
            Ok(header) => Ok(header),
            Err(flight) => flight.await,
        }
    }

    /// Forgets a token that the server did not take; not one that has been fetched since. Whether another one may do: hardly, where
    /// this one was fetched after `asked`, for the very request that failed.
    pub(super) fn reject(&self, header: &HeaderValue, asked: Instant) -> bool {
        let rejected = self.0.state().held.take_if(|held| held.header == *header);
        rejected.is_none_or(|held| held.since < asked)
    }
}

impl Cache {
    fn state(&self) -> MutexGuard<'_, State> {
        // No state is ever left half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held_or_coming(self: &Arc<Self>) -> Result<HeaderValue, Flight> {
        let mut state = self.state();
        let now = Instant::now();
        let is_good = |held: &&Held| held.renewal.is_none_or(|renewal| now < renewal);
        if let Some(held) = state.held.as_ref().filter(is_good) {
            return Ok(held.header.clone());
        }
        // The timers and connections of a fetch belong to the runtime of the caller who began it, which may stand still.
        let is_alive = |since: Instant| now.saturating_duration_since(since) < self.limit;
        let flight = state.flight.as_ref().filter(|flight| is_alive(flight.1));
        if let Some(flight) = flight.and_then(|flight| flight.0.upgrade()) {
            return Err(flight);
        }
        let flight = Arc::clone(self).fetch(now).boxed().shared();
        state.flight = flight.downgrade().map(|flight| (flight, now));
        Err(flight)
    }

    /// Fetches a token. What is held and the end of the flight become known at once, so that no caller comes between them.
    async fn fetch(self: Arc<Self>, since: Instant) -> Result<HeaderValue, Arc<TokenError>> {
        // A panic that went through here would go to every later caller as well.
        let fetched = AssertUnwindSafe(async { (self.fetch)().await }).catch_unwind().await;
        let fetched = fetched.unwrap_or_else(|_| Err(TokenError::Source("it panicked".into())));
        let held = fetched.and_then(|token| self.hold(&token, since)).map_err(Arc::new);
        let mut state = self.state();
        // Another one may have begun, if this one took too long.
        state.flight.take_if(|flight| flight.1 == since);
        let held = held?;
        let header = held.header.clone();
        state.held = Some(held);
        Ok(header)
    }

    fn hold(&self, token: &Token, since: Instant) -> Result<Held, TokenError> {
        let reason = "it is empty, or holds white space, control characters or characters beyond ASCII";
        let header = bearer(&token.secret).ok_or(TokenError::Unusable { reason })?;
        // A lifetime that no clock can tell does not end.
        let renewal = token.expires_in.and_then(|lifetime| since.checked_add(used_for(lifetime, self.margin)));
        Ok(Held { since, header, renewal })
    }
}

/// How long a token is used. A margin takes half of the lifetime at most, or every request would fetch a token of its own.
fn used_for(lifetime: Duration, margin: Option<Duration>) -> Duration {
    let margin = margin.map_or_else(|| MARGIN.min(lifetime / 10), |margin| margin.min(lifetime / 2));
    lifetime.saturating_sub(margin)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_thousand_callers_on_several_threads_share_one_fetch() {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let fetch: Fetch = Arc::new(move || {
            let number = counted.fetch_add(1, Ordering::SeqCst);
            async move {
                tokio::time::sleep(Duration::from_millis(50)).await;
                // The first one has expired when it comes.
                let token = Token::new(format!("token-{number}"));
                Ok(if number == 0 { token.expires_in(Duration::ZERO) } else { token })
            }
            .boxed()
        });
        let tokens = Tokens::new(fetch, None, Duration::from_secs(30));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap();
        runtime.block_on(async {
            assert_eq!(tokens.header().await.unwrap(), "Bearer token-0");
            let start = Arc::new(tokio::sync::Barrier::new(1000));
            let callers: Vec<_> = (0..1000)
                .map(|_| {
                    let (tokens, start) = (tokens.clone(), Arc::clone(&start));
                    tokio::spawn(async move {
                        start.wait().await;
                        tokens.header().await
                    })
                })
                .collect();
            for caller in callers {
                assert_eq!(caller.await.unwrap().unwrap(), "Bearer token-1");
            }
        });
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_token_is_used_for_less_than_it_lives() {
        let seconds = Duration::from_secs;
        for (lifetime, margin, used) in [
            (86_400, None, 86_340),
            (600, None, 540),
            (30, None, 27),
            (0, None, 0),
            (100, Some(0), 100),
            (100, Some(30), 70),
            (100, Some(900), 50),
        ] {
            assert_eq!(used_for(seconds(lifetime), margin.map(seconds)), seconds(used), "{lifetime} {margin:?}");
        }
    }
}
