//! Requests without `async`: what can be awaited can be waited for.
//!
//! The future runs on the thread that waits, so that many threads decode side by side; sockets and timers belong to one
//! background thread of the process, which the first wait starts.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use super::error::Error;

/// Requests, and streams about to open, that block the thread until they are done: `client.users().get(id).wait()?`.
///
/// In async code, await them instead: a wait there keeps a thread of its runtime from everything else, and connections that were
/// opened by awaiting on that thread stand still as well. It does not panic.
pub trait Wait: IntoFuture {
    /// Sends the request, and blocks until it is done.
    fn wait(self) -> Self::Output;
}

impl<F, T, E> Wait for F
where
    F: IntoFuture<Output = Result<T, Error<E>>>,
{
    fn wait(self) -> Self::Output {
        let runtime = background().map_err(Error::Blocking)?;
        let _entered = runtime.enter();
        block_on(self.into_future())
    }
}

/// Streams that block the thread until the next item is there: `for user in client.users().list().items().wait_each()`.
///
/// What is said of [`Wait`] holds here as well.
pub trait WaitEach: Stream + Sized {
    /// The items of the stream, as an iterator.
    fn wait_each(self) -> Waiting<Self>;
}

impl<S, T, E> WaitEach for S
where
    S: Stream<Item = Result<T, Error<E>>> + Unpin,
{
    fn wait_each(self) -> Waiting<Self> {
        Waiting { stream: self, is_over: false }
    }
}

/// A stream as an iterator. Dropping it ends the request on its way.
///
/// Where there is no thread to wait on ([`Error::Blocking`]), that is its last item.
#[must_use = "the stream is read as the iterator is"]
pub struct Waiting<S> {
    stream: S,
    /// Whether there was no thread to wait on: another try would hardly fare better, and a loop that skips errors has to end.
    is_over: bool,
}

impl<S> Waiting<S> {
    /// The stream, which goes on where the iterator was.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<S, T, E> Iterator for Waiting<S>
where
    S: Stream<Item = Result<T, Error<E>>> + Unpin,
{
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_on(background())
    }
}

impl<S, T, E> Waiting<S>
where
    S: Stream<Item = Result<T, Error<E>>> + Unpin,
{
    /// The next item, waited for on the runtime of the process, if there is one.
    fn next_on(&mut self, runtime: io::Result<Handle>) -> Option<Result<T, Error<E>>> {
        if self.is_over {
            return None;
        }
        let runtime = match runtime {
            Ok(runtime) => runtime,
            Err(error) => {
                self.is_over = true;
                return Some(Err(Error::Blocking(error)));
            }
        };
        let _entered = runtime.enter();
        block_on(std::future::poll_fn(|context| Pin::new(&mut self.stream).poll_next(context)))
    }
}

impl<S: fmt::Debug> fmt::Debug for Waiting<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Waiting").field(&self.stream).finish()
    }
}

/// Wakes a thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Polls a future on this thread until it is done.
fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    // In a task of the caller's, tokio would count what this future does against that task, and make it yield to a scheduler
    // that waits for this thread.
    let mut future = pin!(tokio::task::unconstrained(future));
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// The runtime of the process, once it has been started.
static BACKGROUND: Mutex<Option<Handle>> = Mutex::new(None);

fn background() -> io::Result<Handle> {
    let mut background = BACKGROUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*background {
        return Ok(handle.clone());
    }
    let handle = start()?;
    *background = Some(handle.clone());
    Ok(handle)
}

/// Starts a thread that does nothing but to drive connections and timers.
fn start() -> io::Result<Handle> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let run = move || {
        let runtime = Builder::new_current_thread().enable_all().build();
        let told = match &runtime {
            Ok(runtime) => Ok(runtime.handle().clone()),
            Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
        };
        // Whoever started this thread waits for the answer.
        drop(sender.send(told));
        if let Ok(runtime) = runtime {
            runtime.block_on(std::future::pending::<()>());
        }
    };
    thread::Builder::new().name("codegen-blocking".to_owned()).spawn(run)?;
    receiver.recv().unwrap_or_else(|_| Err(io::Error::other("the thread has ended")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goes on without end.
    struct Endless;

    impl Stream for Endless {
        type Item = Result<(), Error>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(Some(Ok(())))
        }
    }

    #[test]
    fn a_stream_without_a_thread_to_wait_on_ends_with_that_error() {
        let mut waiting = Endless.wait_each();
        assert!(matches!(waiting.next(), Some(Ok(()))));
        let none = || Err(io::Error::other("no thread"));
        assert!(matches!(waiting.next_on(none()), Some(Err(Error::Blocking(_)))));
        assert!(waiting.next_on(none()).is_none());
        // Not even where there is one by then: whoever wants more has the stream.
        assert!(waiting.next().is_none());
        assert!(matches!(waiting.into_inner().wait_each().next(), Some(Ok(()))));
    }
}
