//! The modules of a crate: one for all types, or, where it is made of several documents, one a document.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::ir::{Ir, Module, Origin, TypeId};
use crate::schema::Location;

/// The module of all types of a crate that is made of one document.
const ONLY: &str = "types";

/// Lists the modules: those of the documents in their order, then those of the documents that references led to.
pub(super) fn assign(ir: &mut Ir, documents: &[Document]) {
    if let [document] = documents {
        let root = document.root.as_ref().and_then(|location| root_of(ir, location));
        ir.modules = vec![module(&document.file, ONLY.to_owned(), root, true)];
        return;
    }
    let given: BTreeSet<&str> = documents.iter().map(|document| document.file.as_str()).collect();
    let types = ir.types.iter().map(|definition| &definition.location);
    let places = types.chain(ir.predicates.iter().map(|predicate| &predicate.location));
    let others: BTreeSet<&str> = places.map(|place| place.file.as_str()).filter(|file| !given.contains(file)).collect();
    let given = documents.iter().map(|document| {
        let root = document.root.as_ref().and_then(|location| root_of(ir, location));
        module(&document.file, stem(&document.file), root, true)
    });
    let others = others.into_iter().map(|file| module(file, stem(file), None, false));
    ir.modules = given.chain(others).collect();
}

fn module(file: &str, name: String, root: Option<TypeId>, is_given: bool) -> Module {
    Module { file: file.to_owned(), name, is_given, root }
}

/// The type of the root of a document.
fn root_of(ir: &Ir, location: &Location) -> Option<TypeId> {
    let is_root = |origin: &Origin| matches!(origin, Origin::Root(_));
    ir.iter().find(|(_, definition)| is_root(&definition.origin) && definition.location == *location).map(|(id, _)| id)
}

/// The name of a file without its folder and its extension.
pub(super) fn stem(file: &str) -> String {
    let name = file.trim_end_matches(['/', '#']).rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
