//! openapi-to-rust: modules, and the entries of the manifest that they need.
//!
//! It refuses a document with a closed object that demands a member which it does not allow. Such a demand is taken out of what it is
//! given.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

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

    fn prepare(&self, job: &Job<'_>) -> Result<(), String> {
        let mut document = job.document.value.clone();
        permit_what_is_demanded(&mut document);
        let text = serde_json::to_string(&document).map_err(|error| error.to_string())?;
        write(&input(job), &text)
    }

    fn command(&self, job: &Job<'_>) -> Command {
        let mut command = Command::new(&self.0);
        command.arg("generate").arg(input(job)).arg("--output-dir").arg(job.out.join("src/generated"));
        command
    }

    fn finish(&self, job: &Job<'_>) -> Result<(), String> {
        let entries = job.out.join("src/generated/REQUIRED_DEPS.toml");
        let text = fs::read_to_string(&entries).map_err(|error| format!("{}: {error}", entries.display()))?;
        job.write_manifest(&text)?;
        write(&job.out.join("src/lib.rs"), "pub mod generated;\n")
    }
}

fn input(job: &Job<'_>) -> PathBuf {
    job.scratch.join("input.json")
}

/// Takes the members that a closed object does not allow out of those that it requires.
fn permit_what_is_demanded(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(permit_what_is_demanded),
        Value::Object(members) => {
            members.values_mut().for_each(permit_what_is_demanded);
            if members.get("additionalProperties") != Some(&Value::Bool(false)) {
                return;
            }
            let properties = members.get("properties").cloned();
            let Some(Value::Array(required)) = members.get_mut("required") else { return };
            required.retain(|name| {
                let property = properties.as_ref().zip(name.as_str());
                property.is_none_or(|(properties, name)| properties.get(name).is_some())
            });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_a_closed_object_is_changed() {
        let mut value = json!({"a": [
            {"properties": {"x": {}}, "required": ["x", "y"], "additionalProperties": false},
            {"properties": {"x": {}}, "required": ["x", "y"]}
        ]});
        permit_what_is_demanded(&mut value);
        assert_eq!(value["a"][0]["required"], json!(["x"]));
        assert_eq!(value["a"][1]["required"], json!(["x", "y"]));
    }
}
