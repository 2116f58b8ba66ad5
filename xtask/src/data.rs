//! The data that is not part of the repository, and the text that goes to whoever started a command.

use std::io::{self, Write};
use std::path::PathBuf;

/// A folder or file of the data: `None` where there is no data.
pub(crate) fn find(path: &str) -> Option<PathBuf> {
    let found = PathBuf::from(std::env::var_os("CODEGEN_DATA")?).join(path);
    found.exists().then_some(found)
}

/// Prints what was asked for.
pub(crate) fn print(text: &str) {
    // A reader that has gone away (`| head`) is no reason to fail.
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Prints how far things are.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
