//! The proof that whole documents work.
//!
//! `cargo xtask walk` generates the crate of a document and a driver program, which is a list of functions, one an operation, and a
//! call of [`main`]. Everything that is not generated stands here. It reads the document by code of its own, so that it takes nothing
//! for granted that the generator believes:
//!
//! * [`document`], `schema`: the operations of a document, and its schemas as JSON Schemas that stand alone.
//! * `example`: what is sent and answered, drawn along the schemas.
//! * `server`, `http`, `wire`, `media`, `form`, `multipart`: the server on loopback, which compares and validates what arrives.
//! * [`given`]: what the generated calls are given.
//! * `walk`, `requests`: what is asked of each operation.

pub mod document;
mod example;
mod form;
pub mod given;
mod http;
mod media;
mod multipart;
mod requests;
mod schema;
mod server;
mod walk;
mod wire;

use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use document::{Operation, operations};
use example::Exchange;
use given::{Given, Outcome};
use server::Server;

/// The stack of a driver: generated code recurses as deep as the instance does, without optimisation.
const STACK: usize = 256 * 1024 * 1024;

/// What a driver is asked to do.
#[derive(Debug, Deserialize)]
struct Task {
    /// The file of the document, as JSON.
    document: String,
    /// Decides what is drawn.
    seed: u64,
    /// How many instances of each request schema are asked about; none where every operation is walked.
    instances: Option<usize>,
}

/// What there is to say of an operation: a line of JSON.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Requests that were sent, or refused before.
    pub asked: usize,
    /// Instances that the validator accepts, and those that it refuses, where request schemas are asked about.
    pub verdicts: (usize, usize),
    /// What is wrong.
    pub wrong: Vec<String>,
    /// What is missing so that it is a proof.
    pub shortfalls: Vec<String>,
    /// What could not be asked, and is not the fault of the generated crate: nothing satisfies the schema of an answer, say.
    pub remarks: Vec<String>,
    /// Why the operation can't be called, where that is so.
    pub missing: Option<String>,
}

/// A function that calls one operation.
pub type Function<C> = fn(&C, &Given<'_>) -> Outcome;

/// One call of the generated client: the operation by method and path, and the function.
pub type Call<C> = (&'static str, &'static str, Function<C>);

/// What a driver program is: a list of calls, and a function that makes a client of a URL.
///
/// It is run as `driver TASK.json NAME CASE`, answers about every operation from that case on, and prints a line each; with the task
/// alone, it lists the operations.
pub fn main<C>(calls: &'static [Call<C>], client: fn(&str) -> Result<C, String>) -> ExitCode {
    let work = move || {
        run(&|url| {
            let client = client(url)?;
            Ok(Box::new(move |operation: &Operation, given: &Given<'_>| {
                let found =
                    calls.iter().find(|(method, path, _)| *method == operation.method && *path == operation.path);
                match found {
                    Some((_, _, function)) => function(&client, given),
                    None => Outcome::Missing("it is not generated".to_owned()),
                }
            }))
        })
    };
    let outcome = thread::Builder::new()
        .stack_size(STACK)
        .spawn(work)
        .map_err(|error| error.to_string())
        .and_then(|thread| thread.join().unwrap_or_else(|_| Err("the driver panicked".to_owned())));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Whoever does not listen does not miss it.
            let _ = writeln!(io::stderr(), "error: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Calls an operation.
type Caller = Box<dyn Fn(&Operation, &Given<'_>) -> Outcome>;

fn run(connect: &dyn Fn(&str) -> Result<Caller, String>) -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (file, case) = match arguments.as_slice() {
        [file] => (file, None),
        [file, _, case] => (file, Some(case.parse::<usize>().map_err(|_| format!("{case} is no case"))?)),
        _ => return Err("usage: driver TASK.json [NAME CASE]".to_owned()),
    };
    let task: Task = read(file)?;
    let document: Value = read(&task.document)?;
    let operations = Arc::new(operations(&document, task.instances.is_none()));
    let mut output = io::stdout().lock();
    let Some(first) = case else {
        let names: Vec<String> = operations.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
        return serde_json::to_writer(&mut output, &names).map_err(|error| error.to_string());
    };
    let server = Server::start(Arc::clone(&operations))?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let caller = connect(server.url())?;
    let driver = Driver { server, runtime, caller, seed: task.seed };
    for (index, operation) in operations.iter().enumerate().skip(first) {
        let report = match task.instances {
            None => walk::walk(&driver, index, operation),
            Some(count) => requests::ask(&driver, index, operation, count),
        };
        let line = serde_json::to_string(&report).map_err(|error| error.to_string())?;
        writeln!(output, "{line}").and_then(|()| output.flush()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn read<T: for<'de> Deserialize<'de>>(file: &str) -> Result<T, String> {
    let text = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    serde_json::from_slice(&text).map_err(|error| format!("{file}: {error}"))
}

/// The client and the server.
struct Driver {
    server: Server,
    runtime: tokio::runtime::Runtime,
    caller: Caller,
    seed: u64,
}

impl Driver {
    /// Makes a call: what came of it, whether a request arrived, and what was wrong with that.
    fn call(&self, index: usize, operation: &Operation, exchange: &Exchange, must_be_valid: bool) -> Called {
        self.server.expect(index, exchange, must_be_valid);
        let outcome = (self.caller)(operation, &Given { exchange, runtime: &self.runtime });
        let (arrived, wrong) = self.server.found();
        Called { outcome, arrived, wrong }
    }
}

/// What came of a call.
struct Called {
    outcome: Outcome,
    arrived: bool,
    wrong: Vec<String>,
}
