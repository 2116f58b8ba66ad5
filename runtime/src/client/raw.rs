//! Requests to operations that are not generated.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::call::Call;
use super::pending::Pending;
use super::unread::PendingAnswer;
use crate::decode::Decode;
use crate::encode::Encode;

/// A request to any operation, by its path. Values are encoded as those of generated operations are, and not checked.
///
/// `E` is what the API's error bodies are.
#[must_use]
pub struct RawRequest<'c, E = Value> {
    call: Call<'c>,
    error: PhantomData<fn() -> E>,
}

impl<'c> RawRequest<'c> {
    pub(super) fn new(call: Call<'c>) -> Self {
        Self { call, error: PhantomData }
    }
}

impl<'c, E: Decode> RawRequest<'c, E> {
    fn with(self, change: impl FnOnce(Call<'c>) -> Call<'c>) -> Self {
        Self { call: change(self.call), ..self }
    }

    /// Reads the bodies of bad answers as an `F`, so that the request fails as those of generated operations do.
    pub fn errors<F: Decode>(self) -> RawRequest<'c, F> {
        RawRequest { call: self.call, error: PhantomData }
    }

    /// Sets the value of `{name}` in the path.
    pub fn path<T: Encode + ?Sized>(self, name: &str, value: &T) -> Self {
        self.with(|call| call.path(name.to_owned(), value, |_| {}))
    }

    /// Sets a parameter of the query; a list is one pair an element.
    pub fn query<T: Encode + ?Sized>(self, name: &str, value: &T) -> Self {
        self.with(|call| call.query(name.to_owned(), value, |_| {}))
    }

    /// Sets a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.with(|call| call.header(name.to_owned(), value, |_| {}))
    }

    /// Sets the body.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.with(|call| call.any_json(body))
    }

    /// Sets the id by which the server's logs tell the request from others.
    pub fn correlation_id(self, id: &str) -> Self {
        self.with(|call| call.correlation_id(id))
    }

    /// How long this request may take in all, instead of what the client says.
    pub fn timeout(self, limit: Duration) -> Self {
        self.with(|call| call.timeout(limit))
    }

    /// How long one attempt of this request may take, instead of what the client says.
    pub fn attempt_timeout(self, limit: Duration) -> Self {
        self.with(|call| call.attempt_timeout(limit))
    }

    /// How often this request is sent again, instead of what the client says.
    pub fn retries(self, count: u32) -> Self {
        self.with(|call| call.retries(count))
    }

    /// Says whether it does no harm to do twice what the request asks for, whatever its method: only then it is sent again where
    /// the server may have acted on it.
    pub fn idempotent(self, idempotent: bool) -> Self {
        self.with(|call| call.idempotent(idempotent))
    }

    /// Sends the request. The answer is its JSON.
    pub fn send(self) -> Pending<Value, E> {
        self.call.send_json()
    }

    /// Sends the request. The answer is what came, whatever its status; nothing of it is read.
    pub fn send_raw(self) -> PendingAnswer<E> {
        self.call.send_raw()
    }

    /// Sends the request. What the body of the answer is does not matter; [`super::Response::body`] has it.
    pub fn send_unread(self) -> Pending<(), E> {
        self.call.send_empty()
    }
}

impl<E: Decode> IntoFuture for RawRequest<'_, E> {
    type Output = <Self::IntoFuture as Future>::Output;
    type IntoFuture = Pending<Value, E>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<E> fmt::Debug for RawRequest<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RawRequest").field(&self.call).finish()
    }
}
