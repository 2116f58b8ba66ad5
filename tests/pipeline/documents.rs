//! Whole documents of real APIs: every place becomes a type, the same one every time, and none is renamed because something else is
//! removed.
//!
//! They stand in `$CODEGEN_DATA/openapi`; without that variable these tests pass and say so.

use std::collections::BTreeMap;
use std::path::PathBuf;

use codegen::config::Config;
use codegen::diagnostic::{Diagnostic, Severity};
use codegen::ir::Ir;
use codegen::name::Names;
use codegen::schema::Location;
use codegen::source::{self, Node, Source};
use codegen::{Input, Options, document, lower, name, resolve};

use crate::clients::NoLibrary;

/// The documents.
fn documents() -> Vec<Source> {
    let Some(data) = std::env::var_os("CODEGEN_DATA") else {
        println!("skipped: CODEGEN_DATA names no folder of documents");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(PathBuf::from(data).join("openapi")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |file: &PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        source::read(&name, &std::fs::read(file).unwrap()).unwrap()
    };
    files.iter().map(read).collect()
}

/// All but the tokens, which would take longest.
fn named(source: &Source) -> (Ir, Names, Vec<Diagnostic>) {
    let (config, mut diagnostics) = (Config::default(), Vec::new());
    let sources = std::slice::from_ref(source);
    let input = Input { sources, config: &config, options: Options::default(), library: &NoLibrary };
    let (documents, _) = document::load(&input, &mut diagnostics).unwrap();
    let roots: Vec<Location> = documents.iter().flat_map(|document| document.roots(&config)).collect();
    let (schemas, _) = resolve::resolve(&roots, BTreeMap::new(), &input, &mut diagnostics);
    let ir = lower::lower(&documents, &schemas, &config, &mut diagnostics);
    let names = name::decide(&ir, &config.names, &mut diagnostics);
    (ir, names, diagnostics)
}

/// The document without one operation.
fn without(source: &Source, path: &str, method: &str) -> Source {
    let mut root = source.root.clone();
    if let Node::Object(members) = &mut root
        && let Some(Node::Object(paths)) = members.get_mut("paths")
        && let Some(Node::Object(item)) = paths.get_mut(path)
    {
        item.remove(&method.to_lowercase()).unwrap();
    }
    source::read(&source.name.replace(".yaml", ".json"), root.to_json().as_bytes()).unwrap()
}

#[test]
fn every_place_of_a_whole_document_has_a_type() {
    for source in documents() {
        let (ir, _, diagnostics) = named(&source);
        let errors: Vec<_> = diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", source.name);
        let untyped = codegen::ir::Narrowness::Untyped;
        let untyped: Vec<&Location> = ir
            .statistics
            .fields
            .iter()
            .filter(|(_, narrowness)| **narrowness == untyped)
            .map(|(place, _)| place)
            .collect();
        assert!(untyped.is_empty(), "{}: {untyped:#?}", source.name);
    }
}

#[test]
fn an_operation_that_is_removed_renames_no_type_of_the_others() {
    const REMOVED: usize = 6;
    for source in documents() {
        let (before, names, _) = named(&source);
        let by_place: BTreeMap<&String, (&String, &String)> = before
            .iter()
            .flat_map(|(id, definition)| {
                let name = &names.get(id).unwrap().name;
                let side = definition.twin.is_none();
                definition
                    .places()
                    .filter(move |_| side)
                    .map(move |place| (&place.pointer, (name, &definition.location.pointer)))
            })
            .collect();
        let step = (before.operations.len() / REMOVED).max(1);
        for operation in before.operations.iter().step_by(step).take(REMOVED) {
            let (after, names, _) = named(&without(&source, &operation.path, &operation.method));
            let what = format!("{} without {} {}", source.name, operation.method, operation.path);
            let places: BTreeMap<&String, &String> = after
                .iter()
                .filter(|(_, definition)| definition.twin.is_none())
                .flat_map(|(id, definition)| {
                    let name = &names.get(id).unwrap().name;
                    definition.places().map(move |place| (&place.pointer, name))
                })
                .collect();
            assert!(after.operations.len() == before.operations.len() - 1, "{what}");
            let mut renamed = Vec::new();
            for (place, name) in &places {
                let (old, given_by) = by_place.get(*place).unwrap_or_else(|| panic!("{what}: {place} is new"));
                // Only what was called after a place that has gone has to be called otherwise.
                if old != name && places.contains_key(given_by) {
                    renamed.push(format!("{place}: {old} → {name}"));
                }
            }
            assert!(renamed.is_empty(), "{what}: {renamed:#?}");
        }
    }
}
