//! The generated client of Auth0's users API over real HTTP on loopback, and its types on what the server really sends.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests fail as tests do")]

mod accepted;
mod blocking;
mod crowds;
mod faults;
mod formats;
mod forms;
mod ids;
mod lies;
mod lists;
mod mock;
mod options;
mod pages;
mod parameters;
mod recorded;
mod requests;
mod retries;
mod rules;
mod secrets;
/// The runtime's own: a server that keeps every request word for word.
#[path = "../../../../runtime/tests/client/server.rs"]
mod server;
mod settings;
mod statuses;
mod tokens;

use std::future::IntoFuture;

use auth0_users::{Client, Error, Validate};
use server::Server;

const TOKEN: &str = "marker-token";

/// Runs a future to its end on a runtime of its own.
fn wait<F: IntoFuture>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future.into_future())
}

/// A client of a server on loopback, which sends every request once.
fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).token(TOKEN).retries(0).build().unwrap()
}

/// What is told about a request that is not sent.
fn told<T>(result: Result<T, Error>) -> Vec<String> {
    match result {
        Err(Error::Invalid(violations)) => violations.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("was sent"),
    }
}

/// What is wrong with a value.
fn violations(value: &impl Validate) -> Vec<String> {
    value.validate().err().into_iter().flatten().map(|violation| violation.to_string()).collect()
}
