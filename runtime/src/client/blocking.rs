//! Waiting for requests and streams on the calling thread, for programs without an async runtime (feature `blocking`).
//!
//! What is waited for is the same future that others await, run by one background thread of the process. So nothing is generated twice,
//! and a thread of an async runtime may wait as well: it is blocked for as long as that takes, but nothing panics.

use std::future::{Future, IntoFuture, pending};
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError, mpsc};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use super::error::Error;

/// Waits for a request: everything that can be awaited has it.
///
/// ```no_run
/// use codegen_runtime::client::blocking::Wait;
/// use codegen_runtime::client::{BuildError, Client, Method};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::builder().base_url("https://api.example.com").token("abc").build()?;
/// let user = client.request(Method::GET, "/users/7").wait()?;
/// # Ok(())
/// # }
/// ```
pub trait Wait: IntoFuture {
    /// Sends the request, and blocks the calling thread until there is an answer.
    ///
    /// # Errors
    /// What awaiting the request gives, and [`Error::Blocking`] where there is no thread to run it.
    fn wait(self) -> Self::Output;
}

impl<F, T, E> Wait for F
where
    F: IntoFuture<Output = Result<T, Error<E>>>,
    F::IntoFuture: Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    fn wait(self) -> Self::Output {
        run(self.into_future()).unwrap_or_else(|error| Err(Error::Blocking(error)))
    }
}

/// Makes an iterator of a stream: events, lines, pieces of a download, pages and what is on them.
pub trait Each: Stream + Sized {
    /// The items, each of which is waited for. Dropping the iterator drops the stream.
    fn each(self) -> Iter<Self> {
        Iter { stream: Some(self) }
    }
}

impl<S: Stream> Each for S {}

/// The items of a stream; [`Each::each`] makes it.
#[derive(Debug)]
#[must_use = "nothing is read before the iterator is asked"]
pub struct Iter<S> {
    /// Nothing after the end.
    stream: Option<S>,
}

impl<S, T, E> Iterator for Iter<S>
where
    S: Stream<Item = Result<T, Error<E>>> + Unpin + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    type Item = S::Item;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.stream.take()?;
        let next = run(async move {
            let item = std::future::poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
            (stream, item)
        });
        match next {
            Ok((stream, item)) => {
                self.stream = item.is_some().then_some(stream);
                item
            }
            Err(error) => Some(Err(Error::Blocking(error))),
        }
    }
}

/// Runs a future on the background thread, and blocks until it is done.
fn run<F>(future: F) -> io::Result<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let (sender, receiver) = mpsc::sync_channel(1);
    background()?.spawn(async move {
        // Whoever waits can't have gone.
        let _ = sender.send(future.await);
    });
    receiver.recv().map_err(|_| io::Error::other("the request ended without a result"))
}

/// The runtime of the process, which is started when it is first needed. A failure to start it is not kept.
fn background() -> io::Result<Handle> {
    static BACKGROUND: Mutex<Option<Handle>> = Mutex::new(None);
    let mut background = BACKGROUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*background {
        return Ok(handle.clone());
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    // The thread serves for as long as the process lives.
    std::thread::Builder::new().name("requests".to_owned()).spawn(move || runtime.block_on(pending::<()>()))?;
    *background = Some(handle.clone());
    Ok(handle)
}
