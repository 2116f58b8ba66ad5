//! What a crate is made of before it is written: the texts of its files and the items in them.

use std::collections::BTreeMap;

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
