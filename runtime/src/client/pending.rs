//! The future of a request. What runs in it is the same code for every operation; only the last step knows the types.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer};

use super::answer::{Answer, FromAnswer};
use super::error::{Error, Failure, Fault, Undecoded};
use super::exchange::{Exchange, Outcome};
use super::response::Response;
use crate::decode::{Decode, DecodeError, decode};

/// A future whose type nobody needs to know.
pub(super) type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A request on its way. It owns what it needs, so it can be spawned; dropping it ends the request.
#[must_use = "a request is sent when its future is awaited"]
pub struct Pending<T, E> {
    answer: Boxed<Result<Answer, Fault>>,
    read: fn(&Answer) -> Result<T, DecodeError>,
    error: PhantomData<fn() -> E>,
}

impl<T: Decode, E: Decode> Pending<T, E> {
    pub(super) fn json(exchange: Result<Exchange, Fault>) -> Self {
        Self::new(exchange, Answer::decode)
    }
}

impl<E: Decode> Pending<(), E> {
    pub(super) fn empty(exchange: Result<Exchange, Fault>) -> Self {
        Self::new(exchange, |_| Ok(()))
    }
}

impl<E: Decode> Pending<String, E> {
    pub(super) fn text(exchange: Result<Exchange, Fault>) -> Self {
        Self::new(exchange, |answer| Ok(answer.text()))
    }
}

impl<E: Decode> Pending<Bytes, E> {
    pub(super) fn bytes(exchange: Result<Exchange, Fault>) -> Self {
        Self::new(exchange, |answer| Ok(answer.bytes()))
    }
}

impl<T: FromAnswer, E: Decode> Pending<T, E> {
    pub(super) fn choice(exchange: Result<Exchange, Fault>) -> Self {
        Self::new(exchange, T::from_answer)
    }
}

impl<T, E> Pending<T, E> {
    fn new(exchange: Result<Exchange, Fault>, read: fn(&Answer) -> Result<T, DecodeError>) -> Self {
        Self { answer: run(exchange), read, error: PhantomData }
    }
}

/// The exchange in its span; what keeps it from beginning is its answer.
pub(super) fn run<T: Outcome + Send + 'static>(exchange: Result<Exchange, Fault>) -> Boxed<Result<T, Fault>> {
    match exchange {
        Ok(exchange) => Box::pin(exchange.run()),
        Err(fault) => Box::pin(std::future::ready(Err(fault))),
    }
}

impl<T, E: Decode> Future for Pending<T, E> {
    type Output = Result<Response<T>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read = self.read;
        self.answer.as_mut().poll(context).map(|answer| {
            let answer = answer?;
            if !answer.status().is_success() {
                return Err(failed(answer));
            }
            match read(&answer) {
                Ok(value) => Ok(Response::new(value, answer)),
                Err(error) => Err(Error::Decode(Box::new(Undecoded::new(answer, error)))),
            }
        })
    }
}

impl<T, E> fmt::Debug for Pending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").finish_non_exhaustive()
    }
}

/// What an answer says whose status is no success.
pub(super) fn failed<E: Decode>(answer: Answer) -> Error<E> {
    let error = serde_json::from_slice(answer.body()).ok().map(|Decoded(error)| error);
    Failure::new(answer, error).into()
}

/// Lends [`Decode`] to serde, for types that serde itself would read more strictly.
pub(super) struct Decoded<T>(pub(super) T);

impl<'de, T: Decode> Deserialize<'de> for Decoded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode(deserializer).map(Self)
    }
}
