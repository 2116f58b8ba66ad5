//! Running a driver to the end, even where generated code kills it on the way.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::de::DeserializeOwned;

/// How long a driver may be silent. A case takes microseconds; that of a whole request schema, with its instances drawn, half a minute.
const PATIENCE: Duration = Duration::from_secs(300);

/// A case that a driver is asked about: a module, and the number of an instance of its schema.
pub(crate) type Case<'a> = (&'a str, usize);

/// Asks a driver about every case of a task, and hands on what it answers, in their order: why there is no answer, where the driver
/// died or fell silent at a case. It is started again behind such a case.
pub(crate) fn ask<T: DeserializeOwned>(
    driver: &Path,
    task: &Path,
    cases: &[Case<'_>],
    take: &mut dyn FnMut(Case<'_>, Result<T, String>),
) {
    let mut answered = 0;
    while let Some((module, case)) = cases.get(answered) {
        let arguments = [task.to_string_lossy().into_owned(), (*module).to_owned(), case.to_string()];
        let outcome = drive(driver, &arguments, &mut |answer| {
            if let Some(case) = cases.get(answered) {
                take(*case, Ok(answer));
            }
            answered += 1;
        });
        if let Some(case) = cases.get(answered) {
            take(*case, Err(outcome.unwrap_or_else(|why| why)));
            answered += 1;
        }
    }
}

/// Runs a driver with arguments and hands on what it prints, a line of JSON each. Says how it ended.
fn drive<T: DeserializeOwned>(driver: &Path, arguments: &[String], take: &mut dyn FnMut(T)) -> Result<String, String> {
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
    outcome.map(|()| format!("the driver ended with {status}"))
}
