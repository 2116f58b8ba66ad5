//! Running a driver to the end, even where generated code kills it on the way.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::de::DeserializeOwned;

/// How long a driver may be silent. A case takes microseconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs a driver with arguments and hands on what it prints, a line of JSON each.
///
/// # Errors
/// It does not start, prints something else, is silent for too long, or fails; with what it has said about it.
pub(crate) fn drive<T: DeserializeOwned>(
    driver: &Path,
    arguments: &[String],
    take: &mut dyn FnMut(T),
) -> Result<(), String> {
    let start = Command::new(driver).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = start.map_err(|error| format!("{}: {error}", driver.display()))?;
    let output = child.stdout.take().ok_or("the driver has no output")?;
    let (sender, receiver) = mpsc::channel();
    let reader = thread::spawn(move || {
        for line in BufReader::new(output).lines() {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    let outcome = loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(Ok(line)) => match serde_json::from_str(&line) {
                Ok(value) => take(value),
                Err(error) => break Err(format!("the driver printed `{line}`: {error}")),
            },
            Ok(Err(error)) => break Err(format!("the driver cannot be read: {error}")),
            Err(RecvTimeoutError::Disconnected) => break Ok(()),
            Err(RecvTimeoutError::Timeout) => break Err(format!("the driver was silent for {PATIENCE:?}")),
        }
    };
    if outcome.is_err() {
        // It may have ended by itself.
        let _ = child.kill();
    }
    drop(receiver);
    let status = child.wait().map_err(|error| format!("the driver is lost: {error}"))?;
    let _ = reader.join();
    outcome.and_then(|()| if status.success() { Ok(()) } else { Err(format!("the driver ended with {status}")) })
}
