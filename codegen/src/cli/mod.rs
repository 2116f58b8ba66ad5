//! The command line, and the only code that reads, writes and prints.
//!
//! [`main`] is a whole program: the `xtask` of this project and of any other workspace is a call of it. What it does is
//! in [`Program`], which reaches the world through [`host::Host`] and makes crates with a function that it is given, so
//! that tests run the real commands on files in memory.

#[cfg(feature = "typify")]
mod apart;
mod args;
mod changes;
mod check;
mod command;
mod crate_name;
mod diff;
mod documents;
mod explain;
mod findings;
mod generate;
pub mod host;
mod job;
mod journal;
mod library;
mod lock;
mod paths;
mod reconcile;
mod report;
mod runtime_entry;
mod settings;
mod stats;
mod summary;
#[cfg(test)]
mod tests;
mod toml_place;
mod workspace;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use self::args::{Arguments, Command};
use self::host::{Host, Stream, System};
use crate::config::Config;
use crate::{Input, Outcome};

/// How a command ended, as the exit status of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: done, or nothing to do.
    Success,
    /// 1: an error, or with `--check` something stale.
    Failure,
    /// 2: a command line that means nothing.
    Usage,
}

impl Exit {
    /// The exit status.
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
        }
    }
}

/// The commands, with what they stand on.
pub struct Program<'a> {
    /// The world outside.
    pub host: &'a dyn Host,
    /// Makes a crate: [`crate::generate`].
    pub generate: fn(&Input<'_>) -> Outcome,
    /// The folder in which the generator stands, with `runtime/` beside the package `codegen`.
    pub home: PathBuf,
}

/// The whole program: the arguments, files and streams of this process.
pub fn main() -> ExitCode {
    let host = System::new();
    #[cfg(feature = "typify")]
    if let Some(exit) = apart::run(&host, std::env::args_os()) {
        return exit;
    }
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let program = Program { host: &host, generate: crate::generate, home };
    ExitCode::from(program.run(std::env::args_os()).code())
}

/// The Cargo feature of this crate that a command line asks for and this build lacks. The first of the arguments is the name of
/// the program.
pub fn missing_feature(arguments: impl IntoIterator<Item = OsString>) -> Option<&'static str> {
    Arguments::try_parse_from(arguments).ok()?.missing_feature()
}

impl Program<'_> {
    /// Runs the command that the arguments ask for. The first of them is the name of the program.
    pub fn run(&self, arguments: impl IntoIterator<Item = OsString>) -> Exit {
        let exit = match Arguments::try_parse_from(arguments).and_then(Arguments::checked) {
            Ok(arguments) if let Some(feature) = arguments.missing_feature() => self.lacks(feature),
            Ok(Arguments { command: Command::Generate(arguments) }) => self.generate(&arguments),
            Ok(Arguments { command: Command::Stats(arguments) }) => self.stats(&arguments),
            Ok(Arguments { command: Command::Explain(arguments) }) => self.explain(&arguments),
            Ok(Arguments { command: Command::ConfigSchema }) => self.config_schema(),
            Err(answer) => self.answer(&answer),
        };
        self.host.show_progress("");
        exit
    }

    /// Prints what clap has to say: help, or what is wrong with the arguments.
    fn answer(&self, answer: &clap::Error) -> Exit {
        let (stream, exit) =
            if answer.use_stderr() { (Stream::Error, Exit::Usage) } else { (Stream::Output, Exit::Success) };
        let text = answer.render();
        let text = if self.host.color(stream) { text.ansi().to_string() } else { text.to_string() };
        self.host.print(stream, &text);
        exit
    }

    /// Says which feature this build would need.
    fn lacks(&self, feature: &str) -> Exit {
        let text = format!(
            "error: this program was built without the feature `{feature}` of the package `codegen`\n\n\
             Turn it on where the program depends on it: codegen = {{ …, features = [\"cli\", \"{feature}\"] }}\n"
        );
        self.host.print(Stream::Error, &text);
        Exit::Usage
    }

    /// Prints the JSON Schema of `codegen.toml`.
    fn config_schema(&self) -> Exit {
        let schema = schemars::schema_for!(Config);
        self.host.print(Stream::Output, &format!("{:#}\n", schema.as_value()));
        Exit::Success
    }
}
