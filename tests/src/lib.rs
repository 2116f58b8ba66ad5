//! What the tests of the generator share: the fixtures, and what is generated from them.

pub mod fixture;
mod roots;

use std::path::PathBuf;

/// The generated types, a module a fixture.
#[allow(deprecated, reason = "as the `lib.rs` of a generated crate does where something is deprecated")]
#[allow(clippy::module_inception, reason = "in a crate of its own the module of a fixture is called `types`")]
pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}

/// The folder of this package.
#[must_use]
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
