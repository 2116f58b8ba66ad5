//! The commands of this project: everything that `codegen::cli` offers, and the proof that it keeps its promise.

mod conformance;
mod data;
mod feature;
mod fuzz;
mod workshop;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What only this project has: the proof that generated types are exact.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Conformance(conformance::Arguments),
    Fuzz(fuzz::Arguments),
}

/// Their names: all others are the generator's.
const OWN: [&str; 2] = ["conformance", "fuzz"];

fn main() -> ExitCode {
    if !std::env::args().nth(1).is_some_and(|command| OWN.contains(&command.as_str())) {
        return match codegen::cli::missing_feature(std::env::args_os()) {
            Some(feature) => feature::run_with(feature),
            None => codegen::cli::main(),
        };
    }
    let outcome = match Arguments::parse().command {
        Command::Conformance(arguments) if arguments.needs_typify() && !cfg!(feature = "typify") => {
            return feature::run_with("typify");
        }
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(why) => {
            // Whoever does not listen does not miss it.
            let _ = writeln!(io::stderr(), "error: {why}");
            ExitCode::FAILURE
        }
    }
}
