//! What went wrong and where: code, message, places and help, rendered like rustc does.

use std::fmt;

mod excerpt;
mod render;
mod skip;
mod sources;

use crate::schema::Location;

pub use render::render;
pub(crate) use skip::skip;
pub use sources::Sources;

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The rest is generated; `--strict` makes it an error.
    Warning,
}

/// A place in a document: a value by JSON Pointer, or a position in the text where there is no value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The name of the [`crate::source::Source`], as the user wrote its path.
    pub file: String,
    /// Where in the file.
    pub spot: Spot,
    /// What there is to say of this place; may be empty.
    pub label: String,
}

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A value, by JSON Pointer (RFC 6901 §3).
    Pointer(String),
    /// The key of a member, by the JSON Pointer of the member.
    Key(String),
    /// A byte offset in the text: syntax errors.
    Offset(usize),
    /// The file as a whole.
    File,
}

/// One thing to tell the user.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable kebab-case name, such as `dangling-reference`.
    pub code: &'static str,
    /// What is wrong, in one line.
    pub message: String,
    /// Where: the first is the primary one.
    pub places: Vec<Place>,
    /// Ways out, a sentence each.
    pub help: Vec<String>,
}

impl Place {
    /// The value at a JSON Pointer.
    pub fn value(file: impl Into<String>, pointer: impl Into<String>) -> Self {
        Self { file: file.into(), spot: Spot::Pointer(pointer.into()), label: String::new() }
    }

    /// The key of the member at a JSON Pointer.
    pub fn key(file: impl Into<String>, pointer: impl Into<String>) -> Self {
        Self { file: file.into(), spot: Spot::Key(pointer.into()), label: String::new() }
    }

    /// The value or key at the place, where it is one.
    #[must_use]
    pub fn location(&self) -> Option<Location> {
        match &self.spot {
            Spot::Pointer(pointer) | Spot::Key(pointer) => {
                Some(Location { file: self.file.clone(), pointer: pointer.clone() })
            }
            Spot::Offset(_) | Spot::File => None,
        }
    }

    /// Says something of the place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }
}

impl Diagnostic {
    /// An error with its primary place.
    pub fn error(code: &'static str, message: impl Into<String>, place: Place) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), places: vec![place], help: Vec::new() }
    }

    /// A warning with its primary place.
    pub fn warning(code: &'static str, message: impl Into<String>, place: Place) -> Self {
        Self { severity: Severity::Warning, code, message: message.into(), places: vec![place], help: Vec::new() }
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}
