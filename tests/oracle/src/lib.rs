//! The proof that generated types are exact.
//!
//! `cargo xtask conformance` and `cargo xtask fuzz` write a crate of many schemas and a driver program, which is a table of the
//! generated types and a call of [`main`]. Everything that is not generated stands here:
//!
//! * [`oracle`]: the independent validator, the crate `jsonschema`.
//! * [`judge`]: what a generated type says of a text.
//! * [`conformance`]: the cases of the JSON-Schema-Test-Suite.
//! * [`document`], [`coverage`]: the places of a schema, and which of its keywords have been violated.

mod aim;
pub mod conformance;
pub mod coverage;
pub mod document;
pub mod draw;
pub mod fuzz;
pub mod judge;
mod mutate;
pub mod oracle;
pub mod pick;
pub mod random;
pub mod schemas;
pub mod shrink;
pub mod tally;
pub mod task;

use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

use judge::Judge;

/// The stack of a driver: generated code recurses as deep as the instance does, without optimisation.
const STACK: usize = 256 * 1024 * 1024;

/// What asks the types of a table, by the arguments of the program.
pub type Run = fn(&[(&str, Judge)], &[String]) -> Result<(), String>;

/// What a driver program is: its table, and the function that asks it.
pub fn main(judges: &'static [(&'static str, Judge)], run: Run) -> ExitCode {
    let work = move || {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        run(judges, &arguments)
    };
    let outcome = thread::Builder::new()
        .stack_size(STACK)
        .spawn(work)
        .map_err(|error| error.to_string())
        .and_then(|thread| thread.join().unwrap_or_else(|_| Err("the driver panicked".to_owned())));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Whoever does not listen does not miss it.
            let _ = writeln!(io::stderr(), "error: {why}");
            ExitCode::FAILURE
        }
    }
}
