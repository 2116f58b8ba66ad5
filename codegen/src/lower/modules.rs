//! The modules of a crate: one for all types, or, where it is made of several documents, one a document.

use std::collections::{BTreeMap, BTreeSet};

use crate::config;
use crate::document::Document;
use crate::ir::{Ir, Module, TypeId};

/// The module of all types of a crate that is made of one document.
const ONLY: &str = "types";

/// Lists the modules: those of the documents in their order, then those of the documents that references led to.
pub(super) fn assign(ir: &mut Ir, documents: &[Document], roots: &BTreeMap<String, TypeId>) {
    if let [document] = documents {
        let root = roots.get(&document.file).copied();
        ir.modules = vec![module(&document.file, ONLY.to_owned(), root, true)];
        return;
    }
    let given: BTreeSet<&str> = documents.iter().map(|document| document.file.as_str()).collect();
    let types = ir.types.iter().map(|definition| &definition.location);
    let places = types.chain(ir.predicates.iter().map(|predicate| &predicate.location));
    let files = places.map(|place| place.file.as_str());
    // The schemas of rules are no module: they stand in the first one.
    let others: BTreeSet<&str> = files.filter(|file| !given.contains(file) && *file != config::FILE).collect();
    let given = documents.iter().map(|document| {
        let root = roots.get(&document.file).copied();
        module(&document.file, stem(&document.file), root, true)
    });
    let others = others.into_iter().map(|file| module(file, stem(file), None, false));
    ir.modules = given.chain(others).collect();
    let files = ir.modules.iter().map(|module| module.file.clone());
    ir.module_of_file = files.zip(0..).collect();
}

fn module(file: &str, name: String, root: Option<TypeId>, is_given: bool) -> Module {
    Module { file: file.to_owned(), name, is_given, root }
}

/// The name of a file without its folder and its extension.
pub(super) fn stem(file: &str) -> String {
    let name = file.trim_end_matches(['/', '#']).rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
