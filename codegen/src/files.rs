//! What a crate is made of before it is written: the texts of its files and the items in them.

use std::collections::BTreeMap;

use crate::document::LeftOut;
use crate::ir::{Ir, Statistics};
use crate::name::Names;

/// A generated crate in memory.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// Texts by path relative to the crate's folder, `/` between folders; `codegen.lock` is not among them.
    pub files: BTreeMap<String, String>,
    /// Types and operations, sorted.
    pub items: Vec<Item>,
    /// Counts and lists for the summary line and the report.
    pub summary: Summary,
}

/// A type or an operation: one line of `codegen.lock`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Type or operation.
    pub kind: ItemKind,
    /// `UpdateUserRequestContent`, `users.update`.
    pub name: String,
    /// The file in which it stands. A type is alone in its file, so that its digest is the file's.
    pub file: String,
    /// What its digest is taken from.
    pub text: String,
}

/// What an [`Item`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A method of the client.
    Operation,
    /// A type.
    Type,
}

/// Counts and lists for the summary line and the report.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Every operation of the document.
    pub operations: Vec<OperationSummary>,
    /// The generated types: name and the JSON Pointer of its schema.
    pub types: Vec<(String, String)>,
    /// `format`s that the dialect leaves unchecked: how many schemas, by format.
    pub unchecked_formats: BTreeMap<String, usize>,
    /// How many warnings were not told, because `skip` of `codegen.toml` names them.
    pub skipped: usize,
    /// What became of every place, for `stats`.
    pub statistics: Statistics,
}

/// One operation of the document.
#[derive(Clone, Debug)]
pub struct OperationSummary {
    /// `PATCH`.
    pub method: String,
    /// `/users/{id}`.
    pub path: String,
    /// `users.update`; `None` where it was left out.
    pub name: Option<String>,
    /// Why it was left out.
    pub left_out: Option<String>,
}

impl Summary {
    /// Counts and lists of a crate.
    #[must_use]
    pub fn of(ir: &Ir, names: &Names, left_out: &[LeftOut]) -> Self {
        let generated = ir.operations.iter().zip(&names.operations).map(|(operation, names)| OperationSummary {
            method: operation.method.clone(),
            path: operation.path.clone(),
            name: Some(format!("{}.{}", names.group, names.method)),
            left_out: None,
        });
        let left_out = left_out.iter().map(|operation| OperationSummary {
            method: operation.method.clone(),
            path: operation.path.clone(),
            name: None,
            left_out: Some(operation.reason.clone()),
        });
        let mut operations: Vec<_> = generated.chain(left_out).collect();
        operations.sort_by(|one, other| (&one.path, &one.method).cmp(&(&other.path, &other.method)));
        let mut types: Vec<_> = ir
            .iter()
            .filter_map(|(id, definition)| Some((names.path(ir, id)?, definition.location.pointer.clone())))
            .collect();
        types.sort();
        let (unchecked_formats, statistics) = (ir.unchecked_formats.clone(), ir.statistics.clone());
        Self { operations, types, unchecked_formats, skipped: 0, statistics }
    }
}
