//! One of a list of values of one kind.

use super::Checks;
use crate::schema::Location;
use crate::source::Node;

/// One of a list of values of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The kind of the values.
    pub scalar: Scalar,
    /// The values, sorted.
    pub constants: Vec<Constant>,
    /// What is checked besides.
    pub checks: Checks,
}

/// A kind of values that can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Strings.
    String,
    /// Integers that `i64` holds.
    Integer,
    /// Booleans.
    Boolean,
}

/// A value that can be listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Literal {
    /// A string.
    String(String),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
}

/// A value that an enumeration lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Constant {
    /// The value.
    pub value: Literal,
    /// What it is called, where the schema says so.
    pub title: Option<String>,
    /// What people are told.
    pub description: Option<String>,
    /// Where it stands.
    pub location: Location,
}

impl Literal {
    /// The kind of the value.
    #[must_use]
    pub fn scalar(&self) -> Scalar {
        match self {
            Self::String(_) => Scalar::String,
            Self::Integer(_) => Scalar::Integer,
            Self::Boolean(_) => Scalar::Boolean,
        }
    }

    /// A value of a document; `None` for what is not listed: `null`, numbers that `i64` does not hold, arrays, objects.
    #[must_use]
    pub fn of(value: &Node) -> Option<Self> {
        match value {
            Node::String(text) => Some(Self::String(text.clone())),
            Node::Bool(value) => Some(Self::Boolean(*value)),
            Node::Number(number) => crate::schema::integer(number).map(Self::Integer),
            Node::Null | Node::Array(_) | Node::Object(_) => None,
        }
    }

    /// The value as it stands in a document.
    #[must_use]
    pub fn to_node(&self) -> Node {
        match self {
            Self::String(text) => Node::String(text.clone()),
            Self::Integer(number) => Node::Number((*number).into()),
            Self::Boolean(value) => Node::Bool(*value),
        }
    }
}

/// The value itself: a string without quotation marks.
impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::String(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Boolean(value) => value.fmt(f),
        }
    }
}
