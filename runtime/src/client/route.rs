//! Which operation a request is for, as it may be shown: without the values of its parameters.

use std::fmt;

use reqwest::Method;

/// The method and path template of a request: `PATCH /users/{id}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    method: Method,
    template: Option<&'static str>,
}

impl Route {
    pub(super) fn new(method: Method, template: &'static str) -> Self {
        Self { method, template: Some(template) }
    }

    /// A route whose path comes from the caller and may hold anything.
    pub(super) fn unnamed(method: Method) -> Self {
        Self { method, template: None }
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path as the document writes it, `/users/{id}`; `None` for a request to a path of the caller's.
    #[must_use]
    pub fn template(&self) -> Option<&'static str> {
        self.template
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template.unwrap_or("[path]"))
    }
}
