//! Generates the crate that this package is, but for its manifest.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::config::Config;
use codegen::diagnostic::Diagnostic;
use codegen::{Input, Library, Options, Reference, Target, source};

/// The document refers to nothing beside it.
struct Alone;

impl Library for Alone {
    fn open(&self, _reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

fn main() -> Result<(), String> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).ok_or(format!("{name} is not set"));
    let folder = variable("CARGO_MANIFEST_DIR")?;
    let out = variable("OUT_DIR")?.join("crate");
    let text = read(&folder.join("everything.yaml"))?;
    let source = source::read("everything.yaml", text.as_bytes()).map_err(|problems| format!("{problems:#?}"))?;
    let decisions = read(&folder.join("codegen.toml"))?;
    let config: Config = toml::from_str(&decisions).map_err(|error| error.to_string())?;
    let outcome = codegen::generate(&Input {
        sources: std::slice::from_ref(&source),
        config: &config,
        options: Options::default(),
        library: &Alone,
    });
    let generated = outcome.generated.ok_or_else(|| format!("{:#?}", outcome.diagnostics))?;
    if out.exists() {
        fs::remove_dir_all(&out).map_err(|error| error.to_string())?;
    }
    for (path, text) in &generated.files {
        write(&out.join(path), text)?;
    }
    let library = generated.files.get("src/lib.rs").ok_or("no `src/lib.rs`")?;
    write(&out.join("included.rs"), &included(library, &out.join("src")))
}

fn read(path: &Path) -> Result<String, String> {
    println!("cargo::rerun-if-changed={}", path.display());
    fs::read_to_string(path).map_err(|error| error.to_string())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().ok_or("a file in no folder")?;
    fs::create_dir_all(folder).and_then(|()| fs::write(path, text)).map_err(|error| error.to_string())
}

/// The root of the crate as it can be included: without what can only stand at the head of a file, and with the paths of its
/// modules.
fn included(library: &str, folder: &Path) -> String {
    let mut text = String::new();
    for line in library.lines().filter(|line| !line.starts_with("//!") && !line.starts_with("#![")) {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            let (file, module) = (folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs"));
            let path = if file.exists() { file } else { module };
            text.push_str(&format!("#[path = {path:?}]\n"));
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}
