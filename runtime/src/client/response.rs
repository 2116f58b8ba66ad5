//! A good answer.

use std::fmt;
use std::ops::Deref;

use super::answer::{Answer, tells_of_its_answer};

/// The typed body of a good answer, with the answer itself beside it: `response.email`, `response.status()`.
///
/// `Debug` shows no content; `{:?}` of `*response` shows what the type lets be seen.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    answer: Answer,
}

impl<T> Response<T> {
    pub(super) fn new(value: T, answer: Answer) -> Self {
        Self { value, answer }
    }

    /// The typed body alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    tells_of_its_answer!();
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Response").field(&self.answer).finish()
    }
}
