//! What few need is not built for everybody: where a command needs a feature that this build lacks, the program builds itself
//! again with it.

use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, ExitCode};

/// Runs the same command in a build of this package that has the feature, and gives its exit status.
pub(crate) fn run_with(feature: &str) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--manifest-path", manifest, "--package", env!("CARGO_PKG_NAME")])
        .args(["--features", feature, "--"])
        .args(std::env::args_os().skip(1))
        .status();
    match status {
        // A status beyond a byte is a signal, or Windows': failure all the same.
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: cannot run cargo again with the feature `{feature}`: {error}");
            ExitCode::FAILURE
        }
    }
}
