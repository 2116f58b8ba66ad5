//! What is checked of a value: a keyword and its literal each.

use serde_json::Number;

use super::PredicateId;
use crate::source::Node;

/// The checks of a value, in the order in which they run.
pub type Checks = Vec<Check>;

/// One keyword with its literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// `minLength`
    MinLength(u64),
    /// `maxLength`
    MaxLength(u64),
    /// `pattern`
    Pattern(Regex),
    /// `format`, by the name of a format that the runtime knows.
    Format {
        /// As the schema has it.
        name: String,
        /// The function of the runtime that checks it.
        function: &'static str,
        /// The Cargo feature of the runtime that has the function, if not every build does.
        feature: Option<&'static str>,
    },
    /// `minimum`
    Minimum(Number),
    /// `maximum`
    Maximum(Number),
    /// `exclusiveMinimum`
    ExclusiveMinimum(Number),
    /// `exclusiveMaximum`
    ExclusiveMaximum(Number),
    /// `multipleOf`
    MultipleOf(Number),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems`
    UniqueItems,
    /// `contains`, with `minContains` and `maxContains`
    Contains {
        /// How many at least.
        min: u64,
        /// How many at most.
        max: Option<u64>,
        /// What counts, by checks of the element.
        checks: Checks,
        /// Whether the checks are those of any value, and the elements are of a type: they are looked at as JSON.
        encoded: bool,
    },
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// `propertyNames`
    PropertyNames(Checks),
    /// `enum` and `const` of values that are no strings.
    OneOf(Vec<Node>),
    /// `type`, where the type in Rust is wider.
    Kinds(Vec<&'static str>),
    /// Nothing satisfies it.
    Never,
    /// `anyOf` or `oneOf` of branches that have one type in Rust.
    Branches {
        /// `anyOf`, or `oneOf`: exactly one.
        keyword: &'static str,
        /// The checks of each branch.
        branches: Vec<Checks>,
    },
    /// A schema that is asked of the value as a whole.
    Satisfies {
        /// The keywords for whose sake.
        keywords: Vec<&'static str>,
        /// The schema.
        predicate: PredicateId,
    },
}

/// A pattern that was found to be one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Regex {
    /// As the schema has it.
    pub source: String,
    /// Its translation for the linear engine; `None` where it needs the backtracking one.
    pub linear: Option<String>,
    /// Whether it is read with the `u` flag.
    pub unicode: bool,
}
