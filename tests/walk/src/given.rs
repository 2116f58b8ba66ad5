//! What the generated calls of a driver are given: the values of parameters and body, and somebody to send the request.

use std::future::IntoFuture;

use codegen_runtime::client::{Error, Response};
use codegen_runtime::{Decode, Encode, decode};
use serde_json::Value;

use crate::document::Place;
use crate::example::Exchange;

/// What came of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The answer, decoded and encoded again.
    Answered(Value),
    /// Nothing was sent: a value is none of its type, or the checks refuse it.
    Refused(String),
    /// A good answer was not understood, or there is none.
    Failed(String),
    /// The driver knows no call of the operation, or cannot make it.
    Missing(String),
}

/// What a call is made of.
pub struct Given<'g> {
    pub(crate) exchange: &'g Exchange,
    pub(crate) runtime: &'g tokio::runtime::Runtime,
}

impl Given<'_> {
    /// The value of something that the call needs: a parameter by place and name, or the body, whose name is empty.
    ///
    /// # Errors
    /// There is none, or it is not of the type.
    pub fn needed<T: Decode>(&self, place: &str, name: &str) -> Result<T, Outcome> {
        let missing =
            || Outcome::Missing(format!("the call needs {place} {name}, which the document does not require"));
        self.optional(place, name)?.ok_or_else(missing)
    }

    /// The value of something that the call can do without.
    ///
    /// # Errors
    /// It is not of the type.
    pub fn optional<T: Decode>(&self, place: &str, name: &str) -> Result<Option<T>, Outcome> {
        let value = match place {
            "body" => self.exchange.body.as_ref().map(|(_, value)| value),
            place => {
                let is_meant = |(key, _): &(&(Place, String), &Value)| key.0.name() == place && key.1 == name;
                self.exchange.parameters.iter().find(is_meant).map(|(_, value)| value)
            }
        };
        let Some(value) = value else { return Ok(None) };
        let text = value.to_string();
        let decoded = decode::<T, _>(&mut serde_json::Deserializer::from_str(&text));
        decoded.map(Some).map_err(|error| Outcome::Refused(format!("{place} {name} is not of its type: {error}")))
    }

    /// Sends the request.
    pub fn send<C, T, E>(&self, call: C) -> Outcome
    where
        C: IntoFuture<Output = Result<Response<T>, Error<E>>>,
        T: Encode,
    {
        self.send_as(call, |value| encoded(value))
    }

    /// Sends the request, and reads the answer in a way of its own.
    pub fn send_as<C, T, E>(&self, call: C, read: impl FnOnce(&T) -> Outcome) -> Outcome
    where
        C: IntoFuture<Output = Result<Response<T>, Error<E>>>,
    {
        match self.runtime.block_on(call.into_future()) {
            Ok(response) => read(&response),
            Err(error) => failed(error),
        }
    }

    /// Opens a stream and reads it to its end.
    pub fn collect<F, E>(&self, items: F) -> Outcome
    where
        F: Future<Output = Result<Vec<Outcome>, Error<E>>>,
    {
        let items = match self.runtime.block_on(items) {
            Ok(items) => items,
            Err(error) => return failed(error),
        };
        let mut values = Vec::new();
        for item in items {
            match item {
                Outcome::Answered(value) => values.push(value),
                other => return other,
            }
        }
        Outcome::Answered(Value::Array(values))
    }
}

/// An answer that is JSON or nothing.
pub fn encoded<T: Encode + ?Sized>(value: &T) -> Outcome {
    match value.encode(serde_json::value::Serializer) {
        Ok(value) => Outcome::Answered(value),
        Err(error) => Outcome::Failed(format!("the answer cannot be encoded: {error}")),
    }
}

/// An answer that is bytes.
pub fn bytes(bytes: &[u8]) -> Outcome {
    Outcome::Answered(Value::String(String::from_utf8_lossy(bytes).into_owned()))
}

fn failed<E>(error: Error<E>) -> Outcome {
    match error {
        Error::Invalid(violations) => Outcome::Refused(violations.to_string()),
        Error::Decode(undecoded) => {
            Outcome::Failed(format!("the answer does not decode: {}: {}", undecoded.pointer(), undecoded.message()))
        }
        error => Outcome::Failed(error.to_string()),
    }
}
