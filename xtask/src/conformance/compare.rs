//! typify's figures, for comparison: this command again, built with the feature `typify`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::figures::Figures;
use crate::workshop::home;

/// Runs this command for typify and reads what it found.
pub(super) fn typify(suite: &Path, remotes: Option<&Path>) -> Result<Figures, String> {
    let file = home().join("target/conformance/typify.json");
    // What an earlier run has found is nothing to show for this one.
    let _ = fs::remove_file(&file);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", "xtask", "--features", "typify", "--manifest-path"]);
    command.arg(home().join("Cargo.toml")).args(["--", "conformance", "--engine", "typify", "--suite"]).arg(suite);
    command.arg("--json").arg(&file);
    if let Some(remotes) = remotes {
        command.arg("--remotes").arg(remotes);
    }
    // It fails, since typify is wrong about some cases; its table is not what is asked for.
    let output = command.output().map_err(|error| format!("cargo does not start: {error}"))?;
    let text = fs::read_to_string(&file).map_err(|error| {
        let printed = String::from_utf8_lossy(&output.stderr);
        format!("typify gave no figures: {}: {error}\n{printed}", file.display())
    })?;
    let all: Vec<Figures> = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    all.into_iter().next().ok_or_else(|| format!("{} holds no figures", file.display()))
}
