//! What the parts of the generator must not know of each other, read off their source.

use std::path::{Path, PathBuf};

use codegen_tests::folder;

/// The Rust files below a folder of the generator, without its tests.
fn files(below: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder().join("../codegen/src").join(below)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|name| name == "tests" || name == "tests.rs") {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    files
}

/// The lines of code, without comments and tests, in which one of the words stands, or what begins with it.
fn lines_with(path: &Path, words: &[&str]) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let code = text.lines().take_while(|line| *line != "#[cfg(test)]");
    let code = code.filter(|line| !line.trim_start().starts_with("//"));
    let found = code.filter(|line| words.iter().any(|word| begins_in(line, word)));
    found.map(|line| format!("{}: {}", path.display(), line.trim())).collect()
}

/// `Schemas` does not stand in `dependentSchemas`.
fn begins_in(line: &str, word: &str) -> bool {
    let mut before = line.split(word).collect::<Vec<_>>();
    before.pop();
    let inside = |text: &str| word.starts_with(char::is_alphanumeric) && text.ends_with(char::is_alphanumeric);
    before.into_iter().any(|text| !inside(text))
}

fn assert_never_named(below: &str, words: &[&str]) {
    let files = files(below);
    assert!(!files.is_empty(), "{below} is empty");
    let found: Vec<String> = files.iter().flat_map(|path| lines_with(path, words)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Literals are the exception: `Node` in what is told to people, `Number` in limits.
#[test]
fn the_emitter_sees_no_json() {
    assert_never_named("emit", &["serde_json::Value", "serde_json::from", "serde_json::to", "json!("]);
    assert_never_named("emit", &["Schemas", "crate::schema", "crate::resolve", ".get(\"$", "source::read"]);
}

#[test]
fn the_intermediate_representation_has_no_tokens() {
    assert_never_named("ir", &["proc_macro2", "quote", "syn::", "TokenStream", "Ident"]);
}

#[test]
fn names_are_made_in_one_place() {
    assert_never_named("emit", &["to_snake", "to_pascal", "name::words", "fn snake", "fn pascal"]);
    assert_never_named("ir", &["name::words", "fn snake", "fn pascal"]);
}

#[test]
fn only_the_command_line_reads_and_writes_files() {
    let words = ["std::fs", "fs::read", "fs::write", "File::open", "std::env::", "SystemTime", "Instant::now"];
    for below in ["document", "emit", "ir", "lower", "name", "pattern", "schema", "source", "diagnostic"] {
        assert_never_named(below, &words);
    }
}

#[test]
fn nothing_depends_on_the_order_of_a_hash_map() {
    assert_never_named("", &["HashMap", "HashSet"]);
}
