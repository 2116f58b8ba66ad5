//! `cargo xtask lint`: the crates of whole documents, without a warning of the compiler, clippy and rustdoc.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::apis::{Api, documents};
use crate::data::print;

const EXAMPLES: &str = "\
Examples:
  What CI runs:
    CODEGEN_DATA=../data cargo xtask lint
  One document:
    cargo xtask lint ../data/openapi/discord.json

Exit status: 0 no warning; 1 otherwise.";

/// The largest number of operations with which a crate is given to rustdoc as well, unless all are: that takes as long as clippy.
const FEW: usize = 300;

/// Generate whole documents and see that their crates are without a warning
///
/// Each is checked by clippy, with the lints that the generated Cargo.toml names, which includes what `cargo check` says; and by rustdoc,
/// where it is not one of the largest.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The documents [default: those of openapi in CODEGEN_DATA]
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,

    /// Give the largest to rustdoc as well
    #[arg(long)]
    full: bool,
}

/// Runs the command.
///
/// # Errors
/// A document can't be read or generated.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let mut code = ExitCode::SUCCESS;
    for document in documents(&arguments.documents)? {
        let api = Api::new(&document, "lint");
        let report = api.generate(&["types"], &[])?;
        let package = api.package("types");
        let is_large = report.operations().count() > FEW;
        let clippy =
            || api.cargo(&["clippy", "--quiet", "--no-deps", "--package", &package, "--", "--deny", "warnings"], &[]);
        let rustdoc = || {
            api.cargo(&["doc", "--quiet", "--no-deps", "--package", &package], &[("RUSTDOCFLAGS", "--deny warnings")])
        };
        let outcome = if is_large && !arguments.full { clippy() } else { clippy().and_then(|_| rustdoc()) };
        match outcome {
            Ok(_) => print(&format!("{}: no warnings\n", api.name)),
            Err(why) => {
                print(&format!("{why}\n"));
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}
