//! The least that generating a crate can cost: reading the document, and formatting what is written.
//!
//! It runs in a process of its own, the same program built for release, so that it is measured as a generator is.

use std::fs;
use std::path::Path;
use std::process::Command;

use saphyr_parser::Parser;

use super::sources;

/// The process that does no more than the least for this document and the crate that was made of it.
pub(crate) fn command(program: &Path, document: &Path, out: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["bench", "--floor-of"]).arg(out).arg(document);
    command
}

/// Does it.
///
/// # Errors
/// The document is neither JSON nor YAML, or the crate no Rust.
pub(crate) fn run(document: &Path, out: &Path) -> Result<(), String> {
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", document.display());
    let text = fs::read_to_string(document).map_err(|error| wrong(&error))?;
    if text.trim_start().starts_with('{') {
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| wrong(&error))?;
        std::hint::black_box(value);
    } else {
        for event in Parser::new_from_str(&text) {
            std::hint::black_box(event.map_err(|error| wrong(&error))?);
        }
    }
    let trees = sources::parse(&sources::texts(&out.join("src"))?)?;
    for tree in trees.values() {
        std::hint::black_box(prettyplease::unparse(tree));
    }
    Ok(())
}
