//! What is told to whoever listens by `tracing`: a span a request, an event an attempt.
//!
//! The span has the method and the path as the document writes it; an event has the number of the attempt, how long it took, and
//! the status or the kind of fault. No id, token, header, query, URL or body is told, at any level.

use std::future::Future;
use std::time::Instant;

use reqwest::StatusCode;
use tracing::{Instrument, Level, Span, event, span};

use super::error::Fault;
use super::route::Route;

/// Runs a request in a span of its own.
pub(super) fn traced<F: Future>(route: &Route, request: F) -> impl Future<Output = F::Output> + use<F> {
    request.instrument(span_of(route))
}

fn span_of(route: &Route) -> Span {
    span!(Level::INFO, "request", method = route.method().as_str(), route = route.template().unwrap_or("[path]"))
}

/// An attempt at a request, of which there is one more for every retry.
pub(super) struct Attempt {
    /// From 1 on.
    number: u32,
    start: Instant,
}

impl Attempt {
    pub(super) fn begin(number: u32) -> Self {
        Self { number, start: Instant::now() }
    }

    /// Tells of an answer.
    pub(super) fn answered(&self, status: StatusCode) {
        let (attempt, duration_ms, status) = (self.number, self.duration_ms(), status.as_u16());
        event!(Level::DEBUG, attempt, duration_ms, status, "answered");
    }

    /// Tells what kept an answer from coming, without its text.
    pub(super) fn failed(&self, fault: &Fault) {
        let (attempt, duration_ms, fault) = (self.number, self.duration_ms(), fault.kind());
        event!(Level::DEBUG, attempt, duration_ms, fault, "failed");
    }

    /// Tells how an attempt ended.
    pub(super) fn ended<T>(&self, outcome: &Result<T, Fault>, status: impl FnOnce(&T) -> StatusCode) {
        match outcome {
            Ok(answer) => self.answered(status(answer)),
            Err(fault) => self.failed(fault),
        }
    }

    fn duration_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
