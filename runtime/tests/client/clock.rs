//! A clock that stands still unless a test moves it, beside servers that run in real time.

use std::future::{Future, IntoFuture};
use std::sync::mpsc;
use std::time::Duration;

use tokio::task::{JoinHandle, spawn_blocking, yield_now};
use tokio::time::{Instant, advance};

use crate::server::Server;

/// Runs a test by a clock that only the test itself moves.
pub(crate) fn by_the_clock<T>(test: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        // A paused clock leaps ahead while all wait for a socket, unless a blocking task runs.
        let (release, held) = mpsc::channel::<()>();
        let blocking = spawn_blocking(move || held.recv());
        let outcome = test.await;
        drop(release);
        assert!(blocking.await.unwrap().is_err());
        outcome
    })
}

/// Lets everything that is under way come to rest.
pub(crate) async fn rest() {
    for _ in 0..30 {
        std::thread::sleep(Duration::from_millis(1));
        yield_now().await;
    }
}

/// Starts a request, and waits until the server has it and the answer has been read.
pub(crate) async fn started<F>(request: F, server: &Server) -> JoinHandle<F::Output>
where
    F: IntoFuture<IntoFuture: Send + 'static, Output: Send + 'static>,
{
    let task = tokio::spawn(request.into_future());
    while server.requests().is_empty() {
        rest().await;
    }
    rest().await;
    task
}

/// Moves the clock until a task is done: what has come of it, and how long it took. What waits for the network meanwhile makes it a
/// little longer.
pub(crate) async fn finished<T>(task: JoinHandle<T>) -> (T, Duration) {
    let start = Instant::now();
    while !task.is_finished() {
        advance(Duration::from_millis(100)).await;
        for _ in 0..2 {
            std::thread::sleep(Duration::from_millis(1));
            yield_now().await;
        }
    }
    (task.await.unwrap(), start.elapsed())
}
