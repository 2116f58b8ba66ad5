//! Runs typify in a process of its own. It recurses without end on some schemas that hold themselves, and a stack that
//! overflows ends the process: somebody has to be left to say so.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use clap::Parser;

use super::args::{Arguments, Command as Asked};
use super::documents::{Sources, render};
use super::findings::file_error;
use super::host::{Host, Stream};
use crate::Engine;

/// The option by which that process knows what it is.
const HERE: &str = "--apart";

/// Runs the command line in another process of this program, where it asks for typify. `None` where it is to run here, and where
/// no process can be started.
pub(super) fn run(host: &dyn Host, arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    let arguments: Vec<OsString> = arguments.collect();
    let document = document(&arguments)?;
    let mut command = Command::new(std::env::current_exe().ok()?);
    let status = command.args(arguments.iter().skip(1)).arg(HERE).status().ok()?;
    // These are the statuses that the program itself has.
    if let Some(code @ 0..=2) = status.code() {
        return u8::try_from(code).ok().map(ExitCode::from);
    }
    let message = format!("typify broke down on this document, with its process ({status}); nothing was written");
    let problem = file_error("typify", message, &document)
        .help("a schema that holds itself by `allOf` is one that it unfolds without end")
        .help("the default engine may do better: leave out `--engine typify`");
    let text = render(&problem, &Sources::new(), host.color(Stream::Error));
    host.print(Stream::Error, &format!("{text}\n"));
    Some(ExitCode::FAILURE)
}

/// The document that typify is asked to read, in a process that is to start another one.
fn document(arguments: &[OsString]) -> Option<String> {
    let Asked::Generate(arguments) = Arguments::try_parse_from(arguments).ok()?.command else { return None };
    let document = arguments.document;
    let starts = document.engine() == Ok(Engine::Typify) && !document.is_apart;
    document.specs.first().filter(|_| starts).map(|spec| spec.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document_of(line: &str) -> Option<String> {
        document(&line.split(' ').map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn typify_alone_runs_apart_and_once() {
        let line = "xtask generate --spec a.json --out b --engine typify";
        assert_eq!(document_of(line), Some("a.json".to_owned()));
        assert_eq!(document_of(&format!("{line} {HERE}")), None);
        assert_eq!(document_of("xtask generate --spec a.json --out b"), None);
        assert_eq!(document_of("xtask config-schema"), None);
        assert_eq!(document_of("xtask nonsense"), None);
    }
}
