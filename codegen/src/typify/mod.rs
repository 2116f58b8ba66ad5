//! typify as a second engine: for comparison, and for people who come from it. `Source → Document → Files`.
//!
//! typify makes types alone, with serde's derives and no dependency on `codegen-runtime`. What it refuses, and what it panics
//! about, is an error like any other.

mod contained;
mod output;
mod schemas;

use std::collections::BTreeMap;

use crate::Input;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::document::{self, Document};
use crate::emit::docs;
use crate::emit::manifest::Manifest;
use crate::files::{Generated, Item, ItemKind, OperationSummary, Summary};

use output::Made;
use schemas::Definitions;

/// The file in which all types stand.
const LIBRARY: &str = "src/lib.rs";

/// Makes the crate of a document.
pub(crate) fn generate(input: &Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Generated> {
    let [source] = input.sources else {
        let place = input.sources.get(1).map_or_else(String::new, |source| source.name.clone());
        diagnostics.push(problem("typify reads one document at a time", Place::value(place, "")));
        return None;
    };
    let mut found = Vec::new();
    let document = document::load(input, &mut found).and_then(|(documents, _)| documents.into_iter().next());
    // Warnings are about operations, of which typify makes none.
    diagnostics.extend(found.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error));
    let document = document?;
    let definitions = schemas::read(&document, &source.root, diagnostics)?;
    let title = document.title.as_deref().unwrap_or(&input.config.package.name);
    match output::make(&definitions, &docs::crate_head(title, document.description.as_deref())) {
        Ok(made) => Some(assembled(made, input, &document, &definitions)),
        Err(refusal) => {
            let pointer = refusal.definition.and_then(|name| definitions.pointer(&name));
            let pointer = pointer.unwrap_or_else(|| definitions.home.to_owned());
            diagnostics.push(problem(&refusal.message, Place::value(&source.name, pointer)));
            None
        }
    }
}

/// An error of this engine.
fn problem(message: &str, place: Place) -> Diagnostic {
    Diagnostic::error("typify", message, place).help("the default engine may do better: leave out `--engine typify`")
}

fn assembled(made: Made, input: &Input<'_>, document: &Document, definitions: &Definitions) -> Generated {
    let manifest = Manifest {
        package: &input.config.package,
        description: document.title.clone(),
        features: String::new(),
        dependencies: made.dependencies,
        own_workspace: input.options.own_workspace,
    };
    let items = made.types.iter().map(|(name, text)| Item {
        kind: ItemKind::Type,
        name: name.clone(),
        file: LIBRARY.to_owned(),
        text: text.clone(),
    });
    let operations = document.operations.iter().map(|operation| OperationSummary {
        method: operation.method.clone(),
        path: operation.path.clone(),
        name: None,
        left_out: Some("typify makes types alone".to_owned()),
    });
    let pointer = |name: &String| definitions.pointer(name).unwrap_or_default();
    Generated {
        items: items.collect(),
        summary: Summary {
            operations: operations.collect(),
            types: made.types.keys().map(|name| (name.clone(), pointer(name))).collect(),
            ..Summary::default()
        },
        files: BTreeMap::from([("Cargo.toml".to_owned(), manifest.text()), (LIBRARY.to_owned(), made.library)]),
    }
}
