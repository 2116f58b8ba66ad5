//! The commands of this project: everything that `codegen::cli` offers.

mod feature;

use std::process::ExitCode;

fn main() -> ExitCode {
    match codegen::cli::missing_feature(std::env::args_os()) {
        Some(feature) => feature::run_with(feature),
        None => codegen::cli::main(),
    }
}
