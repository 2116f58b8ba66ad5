//! The generator: what it writes, that it always writes the same, and what it is made of.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "what goes wrong in a helper of a test ends the test"
)]

mod clients;
mod determinism;
mod documents;
mod freshness;
mod invariants;
mod keywords;
mod meta_schemas;
mod modules;
mod names;
mod rules;
mod runtime_features;
mod snapshots;

use codegen_tests::fixture::{self, Fixture};
use codegen_tests::folder;

/// The fixtures, and the description from which `generated/auth0-users` is made.
fn fixtures_and_users() -> Vec<Fixture> {
    let mut fixtures = fixture::all(&folder().join("fixtures")).unwrap();
    fixtures.push(users());
    fixtures
}

/// The description from which `generated/auth0-users` is made.
fn users() -> Fixture {
    let folder = folder().join("../specs/auth0-users");
    Fixture::read(&folder.join("openapi.yaml"), &folder.join("codegen.toml")).unwrap()
}
