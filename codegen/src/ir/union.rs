//! One of several types.

use std::collections::BTreeSet;

use super::Use;
use crate::schema::Location;

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The branches.
    pub variants: Vec<Variant>,
    /// How the branch is chosen.
    pub choice: Choice,
    /// `oneOf`, `anyOf` or `type`: what is violated when no branch fits.
    pub keyword: &'static str,
    /// Why no value fits two branches, where that is proved: *exactly one* then needs no check.
    pub proof: Option<Proof>,
    /// The first two branches, by index, that could not be told apart.
    pub overlap: Option<(usize, usize)>,
}

/// One branch of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its type and checks.
    pub value: Use,
    /// What it is called after: a title, a tag; else its type.
    pub hint: Option<String>,
    /// Where its schema stands.
    pub location: Location,
}

/// How the branch of a union is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// By the value of a member, in JSON text; a branch may have several values.
    Tag {
        /// The member.
        property: String,
        /// The values of each branch, in the order of the variants.
        values: Vec<Vec<String>>,
        /// Whether the branches demand these values. Those of a `discriminator` are a hint: they change nothing of what is
        /// valid (OpenAPI 3.1 §4.8.25).
        demanded: bool,
    },
    /// By the kind of the JSON value.
    Kind,
    /// By a member that only one branch requires, in the order of the variants; the one without is the rest.
    Key {
        /// The member of each branch.
        keys: Vec<Option<String>>,
        /// Whether the other branches refuse the member.
        refused: bool,
    },
    /// By trying: the first branch whose checks hold, else the first that decodes.
    Try,
}

/// The proof that no value fits two branches: the reasons that tell all pairs apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Each reason once.
    pub reasons: BTreeSet<Reason>,
}

/// What tells two branches apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Their values are of different kinds.
    Kinds,
    /// They list different values.
    Constants,
    /// Their limits leave no value to both: the keyword of the upper one.
    Ranges(&'static str),
    /// One requires a member that the other, being closed, does not allow.
    Key(String),
    /// Both require a member, and what they demand of it is told apart.
    Member(String, Box<Reason>),
}
