//! ploidy: a whole crate, from the document as it is.

use std::path::PathBuf;
use std::process::Command;

use crate::bench::generator::{Generator, Job, version};

pub(super) struct Ploidy(pub(super) PathBuf);

impl Generator for Ploidy {
    fn label(&self) -> String {
        format!("ploidy {}", version(&self.0, &["--version"]))
    }

    fn folder(&self) -> &'static str {
        "ploidy"
    }

    fn command(&self, job: &Job<'_>) -> Command {
        let mut command = Command::new(&self.0);
        command.args(["generate", "rust"]).arg(&job.document.path).arg("--output").arg(&job.out);
        command.arg("--name").arg(&job.package);
        command
    }

    fn finish(&self, job: &Job<'_>) -> Result<(), String> {
        job.stand_alone()
    }
}
