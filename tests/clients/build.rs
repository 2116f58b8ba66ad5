//! Generates the crate that this package is, but for its manifest.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::config::{Client, Config, RateLimitHeaders};
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
    let document = variable("CARGO_MANIFEST_DIR")?.join("everything.yaml");
    let out = variable("OUT_DIR")?.join("crate");
    println!("cargo::rerun-if-changed={}", document.display());
    let text = fs::read(&document).map_err(|error| error.to_string())?;
    let source = source::read("everything.yaml", &text).map_err(|problems| format!("{problems:#?}"))?;
    let names = RateLimitHeaders {
        limit: "ratelimit-limit".to_owned(),
        remaining: "ratelimit-remaining".to_owned(),
        reset: "ratelimit-reset".to_owned(),
    };
    let idempotent = vec!["samples.send_patch".to_owned()];
    let client = Client { idempotent, rate_limit_headers: Some(names), ..Client::default() };
    let config = Config { client, ..Config::default() };
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
