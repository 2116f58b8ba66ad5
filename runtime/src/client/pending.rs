//! The future of a request. What runs in it is the same code for every operation; only the last step knows the types.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use serde::de::{Deserialize, Deserializer, IgnoredAny};

use super::answer::Answer;
use super::error::{Error, Failure, Fault, Undecoded};
use super::exchange::Exchange;
use super::response::Response;
use crate::decode::{Decode, DecodeError, decode, from_slice};
use crate::violation::Violations;

/// A request on its way. It owns what it needs, so it can be spawned; dropping it ends the request.
#[must_use = "a request is sent when its future is awaited"]
pub struct Pending<T, E> {
    answer: Pin<Box<dyn Future<Output = Result<Answer, Fault>> + Send>>,
    read: fn(Answer) -> Result<Response<T>, Error<E>>,
}

impl<T: Decode, E: Decode> Pending<T, E> {
    pub(super) fn json(exchange: Result<Exchange, Violations>) -> Self {
        Self { answer: run(exchange), read: read_json }
    }
}

impl<E: Decode> Pending<(), E> {
    pub(super) fn empty(exchange: Result<Exchange, Violations>) -> Self {
        Self { answer: run(exchange), read: |answer| Ok(Response::new((), successful(answer)?)) }
    }
}

fn run(exchange: Result<Exchange, Violations>) -> Pin<Box<dyn Future<Output = Result<Answer, Fault>> + Send>> {
    match exchange {
        Ok(exchange) => Box::pin(exchange.run()),
        Err(violations) => Box::pin(std::future::ready(Err(Fault::Invalid(violations)))),
    }
}

impl<T, E> Future for Pending<T, E> {
    type Output = Result<Response<T>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read = self.read;
        let answer = self.answer.as_mut().poll(context);
        answer.map(|answer| read(answer?))
    }
}

impl<T, E> fmt::Debug for Pending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").finish_non_exhaustive()
    }
}

/// The answer, if its status says that the request succeeded.
fn successful<E: Decode>(answer: Answer) -> Result<Answer, Error<E>> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    let error = serde_json::from_slice(answer.body()).ok().map(|Decoded(error)| error);
    Err(Failure::new(answer, error).into())
}

fn read_json<T: Decode, E: Decode>(answer: Answer) -> Result<Response<T>, Error<E>> {
    let answer = successful(answer)?;
    match from_slice(answer.body()) {
        Ok(Decoded(value)) => Ok(Response::new(value, answer)),
        Err(error) => {
            let error = not_json(answer.body()).unwrap_or(error);
            Err(Error::Decode(Box::new(Undecoded::new(answer, error))))
        }
    }
}

/// What is wrong with a body that is no JSON at all.
fn not_json(body: &[u8]) -> Option<DecodeError> {
    let message = if body.trim_ascii().is_empty() {
        "expected JSON, found an empty body".to_owned()
    } else {
        let error = serde_json::from_slice::<IgnoredAny>(body).err()?;
        format!("expected JSON: {error}")
    };
    Some(DecodeError { pointer: String::new(), message })
}

/// Lends [`Decode`] to serde, for types that serde itself would read more strictly.
struct Decoded<T>(T);

impl<'de, T: Decode> Deserialize<'de> for Decoded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode(deserializer).map(Self)
    }
}
