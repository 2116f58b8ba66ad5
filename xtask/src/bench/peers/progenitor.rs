//! progenitor: a whole crate, from OpenAPI 3.0.

use std::path::PathBuf;
use std::process::Command;

use crate::bench::generator::{Generator, Job};

pub(super) struct Progenitor(pub(super) PathBuf);

impl Generator for Progenitor {
    fn label(&self) -> String {
        // It does not tell its version.
        "progenitor".to_owned()
    }

    fn folder(&self) -> &'static str {
        "progenitor"
    }

    fn command(&self, job: &Job<'_>) -> Command {
        let mut command = Command::new(&self.0);
        command.args(["progenitor", "--version", "0.1.0", "--license-name", "MIT", "--include-client", "true"]);
        command.arg("--name").arg(&job.package).arg("--input").arg(&job.document.path).arg("--output").arg(&job.out);
        command
    }

    fn finish(&self, job: &Job<'_>) -> Result<(), String> {
        job.stand_alone()
    }
}
