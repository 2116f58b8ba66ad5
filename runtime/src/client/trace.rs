//! What is told to whoever listens by `tracing`: a span a request, an event an attempt.
//!
//! The span has the method and the path as the document writes it; an event has the number of the attempt, how long it took, and
//! the status or the kind of fault. What is sent anew with another token is the same attempt, and an event of its own. No id,
//! token, header, query, URL or body is told, at any level.

use std::time::Instant;

use tracing::{Level, Span, event, span};

use super::error::Fault;
use super::exchange::Outcome;
use super::route::Route;

/// The span of a request.
pub(super) fn span_of(route: &Route) -> Span {
    span!(Level::INFO, "request", method = route.method().as_str(), route = route.template().unwrap_or("[path]"))
}

/// An attempt at a request, of which there is one more for every retry.
pub(super) struct Attempt {
    /// From 1 on.
    number: u32,
    start: Instant,
}

impl Attempt {
    /// An attempt that begins now, after some others.
    pub(super) fn begin(others: u32) -> Self {
        Self { number: others.saturating_add(1), start: Instant::now() }
    }

    /// Tells how the attempt ended: with an answer of some status, or with a fault, of which only the kind is told.
    pub(super) fn ended<T: Outcome>(&self, outcome: &Result<T, Fault>) {
        match outcome {
            Ok(answer) => {
                let (attempt, duration_ms) = (self.number, self.duration());
                let status = answer.status().as_u16();
                event!(Level::DEBUG, attempt, duration_ms, status, "answered");
            }
            Err(fault) => self.failed(fault),
        }
    }

    /// Tells that there is no answer.
    pub(super) fn failed(&self, fault: &Fault) {
        let (attempt, duration_ms) = (self.number, self.duration());
        event!(Level::DEBUG, attempt, duration_ms, fault = fault.kind(), "failed");
    }

    /// In milliseconds.
    fn duration(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
