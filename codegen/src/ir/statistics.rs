//! What became of every place where a schema says what a value is.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::Location;

/// Counts by place, for `stats`.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    /// The fields: members, elements, values of maps, branches of unions, roots, parameters, bodies and answers, by the
    /// place of their schema.
    pub fields: BTreeMap<Location, Narrowness>,
    /// The keywords that constrain, by the place of the keyword.
    pub keywords: BTreeMap<Location, Answer>,
    /// The schemas without `type` that are taken for the one kind that their keywords speak of, as OpenAPI documents mean them.
    pub implied: BTreeSet<Location>,
}

/// How narrow the type of a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Narrowness {
    /// Narrower than any value.
    Typed,
    /// Any value, or an object of any values, and the schema says no more than that.
    Open,
    /// Any value, though the schema says more.
    Untyped,
}

/// How a keyword is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// By the shape of the type.
    Type,
    /// By an emitted check: a call that names the keyword and has its literals.
    Check,
    /// Not at all, which was reported.
    Unanswered,
}
