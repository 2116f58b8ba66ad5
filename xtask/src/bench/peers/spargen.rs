//! spargen: a library for build scripts, so that a program has to be made of it first. Its command tells which version that is, and what
//! the generated module depends on.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::generator::{Generator, Job, version};
use crate::workshop::write;

pub(super) struct Spargen {
    command: PathBuf,
    version: String,
    /// The folder of the program.
    folder: PathBuf,
}

impl Spargen {
    pub(super) fn new(command: PathBuf, scratch: &Path) -> Self {
        let version = version(&command, &["--version"]);
        Self { command, version, folder: scratch.join("spargen-program") }
    }

    fn program(&self) -> PathBuf {
        self.folder.join("target/release").join(format!("spargen-program{}", std::env::consts::EXE_SUFFIX))
    }
}

/// What it can't generate is left out, and told, as this project does.
const MAIN: &str = r#"fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [document, out] = arguments.as_slice() else { return std::process::ExitCode::FAILURE };
    let build = spargen::Spec::new(document.as_str()).carve(true).build(out.as_str());
    let report = spargen::generate(&build.cargo(spargen::CargoIntegration::Off));
    for diagnostic in report.diagnostics() {
        eprintln!("{diagnostic:?}");
    }
    if report.succeeded() { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
"#;

impl Generator for Spargen {
    fn label(&self) -> String {
        format!("spargen {}", self.version)
    }

    fn folder(&self) -> &'static str {
        "spargen"
    }

    fn prepare(&self, job: &Job<'_>) -> Result<(), String> {
        let manifest = format!(
            "[package]\nname = \"spargen-program\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\nspargen = \"={}\"\n\n[workspace]\n",
            self.version
        );
        write(&self.folder.join("Cargo.toml"), &manifest)?;
        write(&self.folder.join("src/main.rs"), MAIN)?;
        std::fs::create_dir_all(job.out.join("src")).map_err(|error| format!("{}: {error}", job.out.display()))?;
        if self.program().exists() {
            return Ok(());
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["build", "--release", "--quiet", "--target-dir", "target"])
            .current_dir(&self.folder)
            .output()
            .map_err(|error| format!("cargo does not start: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("its library does not build: {}", said.lines().next().unwrap_or_default()))
    }

    fn command(&self, job: &Job<'_>) -> Command {
        let mut command = Command::new(self.program());
        command.arg(&job.document.path).arg(job.out.join("src/lib.rs"));
        command
    }

    fn finish(&self, job: &Job<'_>) -> Result<(), String> {
        let output = Command::new(&self.command)
            .args(["deps", "--carve"])
            .arg(&job.document.path)
            .output()
            .map_err(|error| format!("{}: {error}", self.command.display()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("its dependencies are not told: {}", said.lines().next().unwrap_or_default()));
        }
        job.write_manifest(&String::from_utf8_lossy(&output.stdout))
    }
}
