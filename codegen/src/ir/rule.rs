//! Rules that only the prose of an API states.

use std::collections::{BTreeMap, BTreeSet};

use super::{PredicateId, Ty, TypeId, Use};
use crate::config::Level;

/// What a value has to satisfy besides its schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// How much it counts.
    pub level: Level,
    /// The condition that a caller has to name for it to be judged.
    pub when: Option<String>,
    /// What to do about it.
    pub message: String,
    /// Its schema.
    pub predicate: PredicateId,
    /// Whether `null` breaks it, which the schema that it is about allows.
    pub against_null: bool,
}

/// The rules of a crate, by what they are about.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Those of every value of a type.
    pub of_types: BTreeMap<TypeId, Vec<Rule>>,
    /// Those of one member, by the type that has it and its wire name.
    pub of_members: BTreeMap<(TypeId, String), Vec<Rule>>,
    /// The types in whose values there is something to judge.
    pub judged: BTreeSet<TypeId>,
}

impl Rules {
    /// The rules of a type.
    #[must_use]
    pub fn of_type(&self, id: TypeId) -> &[Rule] {
        self.of_types.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The rules of a member.
    #[must_use]
    pub fn of_member(&self, id: TypeId, wire: &str) -> &[Rule] {
        self.of_members.get(&(id, wire.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Whether there is something to judge in a value.
    #[must_use]
    pub fn concern(&self, value: &Use) -> bool {
        match &value.ty {
            Ty::Named(id) => self.judged.contains(id),
            Ty::List(inner) | Ty::Map(inner) => self.concern(inner),
            _ => false,
        }
    }
}
