//! openapi-to-rust: modules, and the entries of the manifest that they need.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::bench::generator::{Generator, Job, version};
use crate::workshop::write;

pub(super) struct OpenapiToRust(pub(super) PathBuf);

impl Generator for OpenapiToRust {
    fn label(&self) -> String {
        format!("openapi-to-rust {}", version(&self.0, &["--version"]))
    }

    fn folder(&self) -> &'static str {
        "openapi-to-rust"
    }

    fn command(&self, job: &Job<'_>) -> Command {
        let mut command = Command::new(&self.0);
        command.arg("generate").arg(&job.document.path).arg("--output-dir").arg(job.out.join("src/generated"));
        command
    }

    fn finish(&self, job: &Job<'_>) -> Result<(), String> {
        let entries = job.out.join("src/generated/REQUIRED_DEPS.toml");
        let text = fs::read_to_string(&entries).map_err(|error| format!("{}: {error}", entries.display()))?;
        job.write_manifest(&text)?;
        write(&job.out.join("src/lib.rs"), "pub mod generated;\n")
    }
}
