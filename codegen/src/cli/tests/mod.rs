//! The commands on files in memory, with a pipeline that makes of a document what the document says.

mod client;
mod explained;
mod generate;
pub(super) mod memory;
mod project;
mod stats;
mod usage;
mod whole;

use self::memory::Memory;
use super::{Exit, Program, lock};
use crate::diagnostic::{Diagnostic, Place};
use crate::files::{Generated, Item, ItemKind, OperationSummary, Summary};
use crate::source::Node;
use crate::{Dangling, Input, Outcome, Reference};

/// The digest that a lock holds.
pub(super) fn sha(text: &str) -> String {
    lock::digest(text.as_bytes())
}

/// A crate out of files (path, text) and items (kind, name, file).
pub(super) fn generated(files: &[(&str, &str)], items: &[(&str, &str, &str)]) -> Generated {
    Generated {
        files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
        items: items.iter().map(|(kind, name, file)| item(kind, name, file)).collect(),
        summary: Summary::default(),
    }
}

fn item(kind: &str, name: &str, file: &str) -> Item {
    let kind = if kind == "type" { ItemKind::Type } else { ItemKind::Operation };
    Item { kind, name: name.to_owned(), file: file.to_owned(), text: format!("text of {name}") }
}

/// Runs a command line, split at spaces, with the pipeline [`pretend`].
fn run(host: &Memory, command: &str) -> Exit {
    let program = Program { host, generate: pretend, home: "/project/codegen/..".into() };
    program.run(std::iter::once("xtask").chain(command.split(' ')).map(Into::into))
}

/// Makes the crate that a document describes: `files`, `items`, `operations`, `left_out`, `unchecked`, `errors`,
/// `warnings`, `references`. The `Cargo.toml` shows the options.
fn pretend(input: &Input<'_>) -> Outcome {
    let source = &input.sources[0];
    let root = &source.root;
    let mut made = Generated::default();
    let package = &input.config.package.name;
    let workspace = if input.options.own_workspace { "\n[workspace]" } else { "" };
    made.files.insert("Cargo.toml".to_owned(), format!("{package} {}{workspace}\n", input.options.runtime));
    for [path, text] in lists(root, "files") {
        made.files.insert(path, text);
    }
    for [kind, name, file] in lists(root, "items") {
        made.items.push(item(&kind, &name, &file));
        match kind.as_str() {
            "type" => made.summary.types.push((name.clone(), format!("/components/schemas/{name}"))),
            _ => made.summary.operations.push(operation(&name, Some(&name), None)),
        }
    }
    for [path, why] in lists(root, "left_out") {
        made.summary.operations.push(operation(&path, None, Some(&why)));
    }
    for [format] in lists(root, "unchecked") {
        made.summary.unchecked_formats.insert(format, 1);
    }
    let place = || Place::value(&source.name, "/x");
    let mut diagnostics: Vec<Diagnostic> =
        lists(root, "errors").into_iter().map(|[message]| Diagnostic::error("pretended", message, place())).collect();
    diagnostics.extend(
        lists(root, "warnings").into_iter().map(|[message]| Diagnostic::warning("pretended", message, place())),
    );
    for [written] in lists(root, "references") {
        let found = input.library.open(&Reference { written: &written, uri: &written, place: &place() });
        match found {
            Ok(Some(target)) => {
                made.files.insert("target".to_owned(), format!("{}#{}\n", target.source.name, target.fragment));
            }
            Ok(None) if input.options.dangling == Dangling::Any => {}
            Ok(None) => diagnostics.push(Diagnostic::error("dangling-reference", written, place())),
            Err(problems) => diagnostics.extend(problems),
        }
    }
    Outcome { generated: Some(made), diagnostics, opened: Vec::new() }
}

fn operation(path: &str, name: Option<&str>, left_out: Option<&str>) -> OperationSummary {
    let (name, left_out) = (name.map(str::to_owned), left_out.map(str::to_owned));
    OperationSummary { method: "GET".to_owned(), path: format!("/{path}"), name, left_out }
}

/// The lists of strings in a member of an object; a string counts as a list of one.
fn lists<const N: usize>(root: &Node, member: &str) -> Vec<[String; N]> {
    let Node::Object(members) = root else {
        return Vec::new();
    };
    let Some(Node::Array(lists)) = members.get(member) else {
        return Vec::new();
    };
    let text = |node: &Node| {
        if let Node::String(text) = node { text.clone() } else { panic!("{node:?}") }
    };
    let list = |node: &Node| match node {
        Node::Array(items) => items.iter().map(text).collect::<Vec<_>>(),
        other => vec![text(other)],
    };
    lists.iter().map(|node| list(node).try_into().unwrap()).collect()
}
