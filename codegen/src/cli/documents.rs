//! STAND-IN for the loader, to be replaced by calls of `crate::source::read` and `crate::diagnostic::render` when these
//! are merged: reads JSON only and renders without excerpts. Nothing else in `cli` reads or renders documents.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Place, Spot};
use crate::source::{Format, Node, Source};

/// The texts that diagnostics point into, by the name of the file.
#[derive(Debug, Default)]
pub(super) struct Sources {
    texts: BTreeMap<String, String>,
}

impl Sources {
    /// Makes the text of a file known, whether or not it can be read as a document.
    pub(super) fn add(&mut self, name: &str, text: &str) {
        self.texts.insert(name.to_owned(), text.to_owned());
    }

    /// Line and column of a place, from 1, in Unicode scalar values; `None` for a file as a whole.
    pub(super) fn locate(&self, place: &Place) -> Option<(usize, usize)> {
        let Spot::Offset(offset) = place.spot else { return None };
        let text = self.texts.get(&place.file)?;
        let before = text.get(..text.floor_char_boundary(offset))?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some((line, column))
    }
}

/// Reads a document.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Source, Vec<Diagnostic>> {
    let error = |message: String| {
        vec![Diagnostic::error(
            "syntax",
            message,
            Place { file: name.to_owned(), spot: Spot::File, label: String::new() },
        )]
    };
    let text = std::str::from_utf8(bytes).map_err(|_| error("not UTF-8".to_owned()))?;
    let value = serde_json::from_str(text).map_err(|problem| error(problem.to_string()))?;
    Ok(Source { name: name.to_owned(), text: text.to_owned(), format: Format::Json, root: node(value) })
}

fn node(value: serde_json::Value) -> Node {
    match value {
        serde_json::Value::Null => Node::Null,
        serde_json::Value::Bool(value) => Node::Bool(value),
        serde_json::Value::Number(number) => Node::Number(number),
        serde_json::Value::String(text) => Node::String(text),
        serde_json::Value::Array(items) => Node::Array(items.into_iter().map(node).collect()),
        serde_json::Value::Object(members) => {
            Node::Object(members.into_iter().map(|(key, value)| (key, node(value))).collect())
        }
    }
}

/// A diagnostic as text, with a line break at its end.
pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources, _color: bool) -> String {
    let mut text = format!("{}[{}]: {}\n", diagnostic.severity, diagnostic.code, diagnostic.message);
    for place in &diagnostic.places {
        let position = sources.locate(place).map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        let label = if place.label.is_empty() { String::new() } else { format!(" {}", place.label) };
        let _ = writeln!(text, "  --> {}{position}{label}", place.file);
    }
    for help in &diagnostic.help {
        let _ = writeln!(text, "  = help: {help}");
    }
    text
}
