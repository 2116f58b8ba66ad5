//! STAND-IN for the loader. When that is merged, this is all there is to this file:
//!
//! ```text
//! pub(super) use crate::diagnostic::{Sources, render};
//! pub(super) use crate::source::read;
//! ```
//! Until then: JSON only, and no excerpts. Nothing else in `cli` reads or renders documents.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Place, Spot};
use crate::source::{Format, Node, Source};

/// The texts that diagnostics point into, by the name of the file.
#[derive(Debug, Default)]
pub(super) struct Sources<'t> {
    texts: BTreeMap<String, &'t [u8]>,
}

/// Where a place is.
pub(super) struct Span {
    /// From 1.
    pub(super) line: usize,
    /// From 1, in Unicode scalar values.
    pub(super) column: usize,
}

impl<'t> Sources<'t> {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds the content of a file, readable as a document or not.
    pub(super) fn add_bytes(&mut self, name: impl Into<String>, bytes: &'t [u8]) {
        self.texts.insert(name.into(), bytes);
    }

    /// Line and column of a place; nothing for a file as a whole.
    pub(super) fn locate(&self, file: &str, spot: &Spot) -> Option<Span> {
        let Spot::Offset(offset) = spot else {
            return None;
        };
        let text = std::str::from_utf8(self.texts.get(file)?).ok()?;
        let before = text.get(..text.floor_char_boundary(*offset))?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some(Span { line, column })
    }
}

/// Reads a document.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Source, Vec<Diagnostic>> {
    let error = |message: String| {
        vec![Diagnostic::error(
            "syntax",
            message,
            Place {
                file: name.to_owned(),
                spot: Spot::File,
                label: String::new(),
            },
        )]
    };
    let text = std::str::from_utf8(bytes).map_err(|_| error("not UTF-8".to_owned()))?;
    let value = serde_json::from_str(text).map_err(|problem| error(problem.to_string()))?;
    Ok(Source {
        name: name.to_owned(),
        text: text.to_owned(),
        format: Format::Json,
        root: node(value),
    })
}

fn node(value: serde_json::Value) -> Node {
    match value {
        serde_json::Value::Null => Node::Null,
        serde_json::Value::Bool(value) => Node::Bool(value),
        serde_json::Value::Number(number) => Node::Number(number),
        serde_json::Value::String(text) => Node::String(text),
        serde_json::Value::Array(items) => Node::Array(items.into_iter().map(node).collect()),
        serde_json::Value::Object(members) => Node::Object(
            members
                .into_iter()
                .map(|(key, value)| (key, node(value)))
                .collect(),
        ),
    }
}

/// A diagnostic as text, without a line break at its end.
pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources<'_>, _color: bool) -> String {
    let mut text = format!(
        "{}[{}]: {}\n",
        diagnostic.severity, diagnostic.code, diagnostic.message
    );
    for place in &diagnostic.places {
        let position = sources
            .locate(&place.file, &place.spot)
            .map_or(String::new(), |Span { line, column }| {
                format!(":{line}:{column}")
            });
        let label = if place.label.is_empty() {
            String::new()
        } else {
            format!(" {}", place.label)
        };
        let _ = writeln!(text, "  --> {}{position}{label}", place.file);
    }
    for help in &diagnostic.help {
        let _ = writeln!(text, "  = help: {help}");
    }
    text.trim_end().to_owned()
}
