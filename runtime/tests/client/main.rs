//! The client over real HTTP on loopback: what goes on the wire, and what becomes of what comes back.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "helpers of tests fail as tests do"
)]

mod api;
mod bodies;
mod clock;
mod errors;
mod faults;
mod futures;
mod options;
mod pacing;
mod repeated;
mod requests;
mod retries;
mod secrets;
mod server;
mod settings;
mod spans;
mod statuses;
mod token_endpoint;
mod tokens;
mod transport;

use std::future::IntoFuture;

/// Runs a future to its end on a runtime of its own.
fn wait<F: IntoFuture>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future.into_future())
}
