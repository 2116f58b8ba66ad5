//! The names of the modules of types.

use std::collections::{BTreeMap, BTreeSet};

use super::reserved;
use super::settle::{Candidate, Wish, settle_one};
use crate::diagnostic::{Diagnostic, Place, Spot};
use crate::ir::{Ir, Module, TypeId};

/// What every module of several shows the type of its document's root as.
pub(crate) const ROOT: &str = "Root";

/// The names of the modules, by index. Two documents to generate from that would be one module are an error.
pub(super) fn names(ir: &Ir, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut given: BTreeMap<String, &str> = BTreeMap::new();
    let mut names = Vec::new();
    for module in &ir.modules {
        let name = reserved::types_module(&module.name);
        if !module.is_given {
            let wish = Wish::new(&module.file, vec![Candidate::new(name, "")]);
            names.push(settle_one(wish, &mut taken));
            continue;
        }
        if let Some(first) = given.insert(name.clone(), &module.file) {
            let message = format!("{} and {first} would both be the module `{name}`", module.file);
            let [place, other] = [module.file.as_str(), first].map(|file| Place {
                file: file.to_owned(),
                spot: Spot::File,
                label: String::new(),
            });
            let diagnostic = Diagnostic::error("same-module", message, place).also(other);
            diagnostics.push(diagnostic.help("a document is the module of its file's name: rename one of the files"));
        }
        taken.insert(name.to_lowercase());
        names.push(name);
    }
    names
}

/// The names that no type of a module can have, in lower case: `Root`, where every module has one.
pub(super) fn taken(ir: &Ir, module: &Module) -> BTreeSet<String> {
    let reserves = ir.modules.len() > 1 && module.is_given;
    reserves.then(|| ROOT.to_lowercase()).into_iter().collect()
}

/// Whether a type is the root of a document that is a module.
pub(super) fn is_root(ir: &Ir, id: TypeId) -> bool {
    ir.modules.len() > 1 && ir.modules.iter().any(|module| module.root == Some(id))
}
