//! A document's text and the value it holds: JSON and YAML in, [`Node`] out.

use std::collections::BTreeMap;

/// A JSON value of a document. Members are sorted, so that their order in the text changes nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number that `i64`, `u64` or `f64` holds.
    Number(serde_json::Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object.
    Object(BTreeMap<String, Node>),
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path as the user wrote it, or its URI.
    pub name: String,
    /// The text as it was read.
    pub text: String,
    /// JSON or YAML.
    pub format: Format,
    /// The value.
    pub root: Node,
}

/// The syntax of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 8259
    Json,
    /// YAML 1.2, core schema
    Yaml,
}
