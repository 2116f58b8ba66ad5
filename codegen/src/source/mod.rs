//! A document's text and the value it holds: JSON and YAML in, [`Node`] out.
//!
//! [`read`] makes a [`Source`] of bytes. Positions are not kept in the value: [`Source::locate`] finds them in the text
//! when a diagnostic needs one.

use std::collections::BTreeMap;

mod duplicate;
mod json;
mod node;
mod outline;
pub mod pointer;
mod position;
mod read;
mod scalar;
mod yaml;

pub use outline::Outline;
pub use position::{Lines, Span};
pub use read::{decode, read};

pub(crate) use position::word_at;
pub(crate) use read::without_byte_order_mark;

/// Containers within containers, at most: a value deeper than this is refused, in JSON and YAML alike.
///
/// What walks a [`Node`] may recurse.
pub const MAX_DEPTH: usize = 127;

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
    /// The text as it was read, without a byte order mark.
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

#[cfg(test)]
mod tests;
