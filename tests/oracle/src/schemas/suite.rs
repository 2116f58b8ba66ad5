//! The schemas of the JSON-Schema-Test-Suite, draft 2020-12.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Found;

/// The dialect that is drawn from.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Every schema of a folder that is of the dialect, and not of one with a meta-schema of its own.
pub(super) fn read(folder: &Path) -> Result<Vec<Found>, String> {
    let wrong = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| wrong(folder, &error))? {
        files.push(entry.map_err(|error| wrong(folder, &error))?.path());
    }
    files.sort();
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let text = fs::read(file).map_err(|error| wrong(file, &error))?;
        let groups: Vec<Value> = serde_json::from_slice(&text).map_err(|error| wrong(file, &error))?;
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        for (number, group) in groups.iter().enumerate() {
            let Some(schema) = group.get("schema") else { continue };
            if schema.get("$schema").is_none_or(|dialect| dialect == DIALECT) {
                found.push(Found { origin: format!("{stem}[{number}]"), schema: schema.clone() });
            }
        }
    }
    Ok(found)
}
