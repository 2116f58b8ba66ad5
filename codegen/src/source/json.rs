//! JSON text to [`Node`], in one pass.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::duplicate::Duplicates;
use super::read::error_at;
use super::{Format, Lines, MAX_DEPTH, Node};
use crate::diagnostic::Diagnostic;

/// The code of what is no JSON.
const SYNTAX: &str = "json-syntax";

/// Reads a JSON text, which holds one value.
pub(super) fn parse(file: &str, text: &str) -> Result<Node, Vec<Diagnostic>> {
    let mut progress = Progress::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let root = Build(&mut progress).deserialize(&mut deserializer);
    let result = root.and_then(|root| deserializer.end().map(|()| root));
    // Where the text breaks off, the outline finds no keys: then the syntax error is all there is to say.
    let mut errors = progress.duplicates.report(file, text, Format::Json);
    match result {
        Ok(root) if errors.is_empty() => Ok(root),
        Ok(_) => Err(errors),
        Err(error) => {
            errors.push(syntax_error(file, text, &error));
            Err(errors)
        }
    }
}

/// Whether what [`parse`] reports says that the text is no JSON.
pub(super) fn is_syntax_error(errors: &[Diagnostic]) -> bool {
    errors.iter().any(|error| error.code == SYNTAX)
}

fn syntax_error(file: &str, text: &str, error: &serde_json::Error) -> Diagnostic {
    let offset = offset_of(text, error);
    let full = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let message = full.strip_suffix(&position).unwrap_or(&full);
    if message == "recursion limit exceeded" {
        let message = format!("nested deeper than {MAX_DEPTH} levels");
        return error_at(file, "nested-too-deep", message, offset);
    }
    if message == "number out of range" {
        return error_at(file, "number-out-of-range", "a number beyond what 64 bits hold", offset);
    }
    error_at(file, SYNTAX, format!("not JSON: {}", in_words(message)), offset)
}

/// Some of serde_json's messages speak of its insides.
fn in_words(message: &str) -> &str {
    match message {
        "expected ident" => "expected `true`, `false` or `null`",
        "EOF while parsing an object" => "the text ends within an object",
        "EOF while parsing a list" => "the text ends within an array",
        "EOF while parsing a string" => "the text ends within a string",
        "EOF while parsing a value" => "the text ends where a value should be",
        "trailing characters" => "there is more after the value",
        other => other,
    }
}

/// The byte that an error is about: serde_json counts lines from 1, and the bytes that it has seen of the line; after a
/// line break that is none, and the error is about the break.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.trim_end().len();
    }
    let line = Lines::of(text).line(text, error.line());
    (line.start + error.column()).saturating_sub(1)
}

/// What is known besides the value itself.
#[derive(Default)]
struct Progress {
    /// Which member or item of each open container is being read.
    path: Vec<usize>,
    duplicates: Duplicates,
}

/// Builds one value.
struct Build<'p>(&'p mut Progress);

impl Build<'_> {
    /// Builds the members or items of a container; `next` gets the seed for one.
    fn inside<T>(&mut self, ordinal: usize, next: impl FnOnce(Build<'_>) -> T) -> T {
        self.0.path.push(ordinal);
        let result = next(Build(self.0));
        self.0.path.pop();
        result
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        serde_json::Number::from_f64(value).map(Node::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut sequence: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = self.inside(items.len(), |build| sequence.next_element_seed(build))? {
            items.push(item);
        }
        Ok(Node::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Node, A::Error> {
        let mut members = BTreeMap::new();
        let mut ordinal = 0;
        while let Some(key) = map.next_key::<String>()? {
            let value = self.inside(ordinal, |build| map.next_value_seed(build))?;
            match members.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(_) => self.0.duplicates.add(self.0.path.iter().copied(), ordinal),
            }
            ordinal += 1;
        }
        Ok(Node::Object(members))
    }
}
