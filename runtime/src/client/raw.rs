//! Requests to operations that are not generated.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::call::Call;
use super::pending::Pending;
use crate::encode::Encode;

/// A request to any operation, by its path. Values are encoded as those of generated operations are, and not checked.
#[must_use]
pub struct RawRequest<'c>(Call<'c>);

impl<'c> RawRequest<'c> {
    pub(super) fn new(call: Call<'c>) -> Self {
        Self(call)
    }

    /// Sets the value of `{name}` in the path.
    pub fn path<T: Encode + ?Sized>(self, name: &str, value: &T) -> Self {
        Self(self.0.path(name.to_owned(), value, |_| {}))
    }

    /// Sets a parameter of the query; a list is one pair an element.
    pub fn query<T: Encode + ?Sized>(self, name: &str, value: &T) -> Self {
        Self(self.0.query(name.to_owned(), value, |_| {}))
    }

    /// Sets a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name.to_owned(), value, |_| {}))
    }

    /// Sets the body.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        Self(self.0.any_json(body))
    }

    /// How long this request may take in all, instead of what the client says.
    pub fn timeout(self, limit: Duration) -> Self {
        Self(self.0.timeout(limit))
    }

    /// Sends the request. The answer is its JSON.
    pub fn send(self) -> Pending<Value, Value> {
        self.0.send_json()
    }

    /// Sends the request. What the body of the answer is does not matter; [`super::Response::body`] has it.
    pub fn send_unread(self) -> Pending<(), Value> {
        self.0.send_empty()
    }
}

impl<'c> IntoFuture for RawRequest<'c> {
    type Output = <Self::IntoFuture as Future>::Output;
    type IntoFuture = Pending<Value, Value>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl fmt::Debug for RawRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RawRequest").field(&self.0).finish()
    }
}
