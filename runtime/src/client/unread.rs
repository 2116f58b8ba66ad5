//! The future of a request whose answer is taken as it comes.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::answer::Answer;
use super::error::{Error, Fault};
use super::exchange::Exchange;
use super::pending::{Boxed, run};

/// A request on its way, whose answer is not read: any answer is `Ok`, whatever its status and its body. It owns what it needs, so
/// it can be spawned; dropping it ends the request.
///
/// `E` is what the API's error bodies are.
#[must_use = "a request is sent when its future is awaited"]
pub struct PendingAnswer<E> {
    answer: Boxed<Result<Answer, Fault>>,
    error: PhantomData<fn() -> E>,
}

impl<E> PendingAnswer<E> {
    pub(super) fn new(exchange: Result<Exchange, Fault>) -> Self {
        Self { answer: run(exchange), error: PhantomData }
    }
}

impl<E> Future for PendingAnswer<E> {
    type Output = Result<Answer, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.answer.as_mut().poll(context).map(|answer| answer.map_err(Error::from))
    }
}

impl<E> fmt::Debug for PendingAnswer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingAnswer").finish_non_exhaustive()
    }
}
