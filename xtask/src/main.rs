//! The commands of this project: everything that `codegen::cli` offers, the proof that it keeps its promise, and what that costs.

mod apis;
mod bench;
mod conformance;
mod data;
mod feature;
mod fuzz;
mod lint;
mod mutate;
mod walk;
mod workshop;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// What only this project has.
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
    Bench(bench::Arguments),
    Lint(lint::Arguments),
    Mutate(mutate::Arguments),
    Walk(walk::Arguments),
}

/// Their names: all others are the generator's.
const OWN: [&str; 6] = ["conformance", "fuzz", "bench", "lint", "mutate", "walk"];

fn main() -> ExitCode {
    let first = std::env::args().nth(1).unwrap_or_default();
    if !OWN.contains(&first.as_str()) {
        let code = match codegen::cli::missing_feature(std::env::args_os()) {
            Some(feature) => feature::run_with(feature),
            None => codegen::cli::main(),
        };
        if ["-h", "--help"].contains(&first.as_str()) {
            data::print(&own_commands());
        }
        return code;
    }
    let outcome = match Arguments::parse().command {
        Command::Conformance(arguments) if arguments.needs_typify() && !cfg!(feature = "typify") => {
            return feature::run_with("typify");
        }
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Mutate(arguments) => mutate::run(&arguments),
        Command::Walk(arguments) => walk::run(&arguments),
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

/// What stands below the help of the generator.
fn own_commands() -> String {
    let mut text = String::from("\nWhat is proved and measured, in this workspace alone:\n");
    for command in Arguments::command().get_subcommands() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        text.push_str(&format!("  {:<14} {about}\n", command.get_name()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_commands_are_those_of_the_parser() {
        let command = Arguments::command();
        let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(names, OWN);
        assert!(own_commands().contains("  fuzz           Ask generated types and an independent validator"));
    }
}
