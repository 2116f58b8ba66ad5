//! The codes by which an API tells its errors apart, beyond their status.

use serde_json::Value;

use super::error::{Error, Failure};

/// An error body that tells which error it is by a code. Generated for the error type of an API whose codes are known.
pub trait Coded {
    /// What codes there are: open for those that nobody knows yet.
    type Code: for<'a> From<&'a str>;

    /// Where the code stands in the body: a JSON Pointer (RFC 6901).
    const POINTER: &'static str;
}

impl<E: Coded> Failure<E> {
    /// The code of the error, where the body has one, a string or a number; the body need not fit otherwise.
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        match self.json()?.pointer(E::POINTER)? {
            Value::String(code) => Some(code.as_str().into()),
            Value::Number(code) => Some(code.to_string().as_str().into()),
            _ => None,
        }
    }
}

impl<E: Coded> Error<E> {
    /// The code of the error, where there is an answer that has one.
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        self.failure()?.code()
    }
}
