//! Enumerations: `enum`, `const`, and `oneOf` of constants, of one kind of scalar.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Constant, Enumeration, Literal};
use crate::schema::{Kind, Kinds, Location};
use crate::source::Node;

use super::facets::Facets;
use super::union::Branch;
use super::{Lowering, is_null};

impl Lowering<'_> {
    /// The values of a conjunction that lists them, where they are all of one kind. Both booleans are no enumeration.
    pub(super) fn enumeration(&mut self, facets: &Facets, rest: Kinds) -> Option<Enumeration> {
        let kind = rest.only()?;
        let values = facets.values.as_ref()?.iter().filter(|value| !is_null(value));
        let constants: Option<BTreeMap<Literal, Constant>> = values
            .map(|value| {
                let value = Literal::of(value)?;
                let location = self.listed_at(facets, &value);
                Some((value.clone(), Constant { value, title: None, description: None, location }))
            })
            .collect();
        let checks = self.checks(facets, Some(kind));
        Some(Enumeration { checks, ..listed(constants?)? })
    }

    /// Where a value of a conjunction is listed.
    fn listed_at(&self, facets: &Facets, value: &Literal) -> Location {
        let is_it = |node: &Node| Literal::of(node).as_ref() == Some(value);
        let place = facets.parts.iter().map(|id| self.schemas.get(*id)).find_map(|schema| {
            let index = schema.enumeration.iter().flatten().position(is_it);
            let token = match index {
                Some(index) => format!("enum/{index}"),
                None => schema.constant.as_ref().filter(|constant| is_it(constant)).map(|_| "const".to_owned())?,
            };
            let Location { file, pointer } = schema.location.clone();
            Some(Location { file, pointer: format!("{pointer}/{token}") })
        });
        place.unwrap_or_default()
    }

    /// The values of branches that are all constants to choose from; a branch of one value says what it is called.
    /// Of `oneOf`, a value of two branches is none.
    pub(super) fn constants(&mut self, branches: &[Branch], keyword: &str) -> Option<Enumeration> {
        let mut constants: BTreeMap<Literal, Constant> = BTreeMap::new();
        let mut twice = BTreeSet::new();
        for branch in branches {
            let values: Vec<_> = branch.facets.values.as_ref()?.iter().filter(|value| !is_null(value)).collect();
            let kind = branch.facets.kinds.without(Kinds::one(Kind::Null)).only();
            let is_plain = branch.facets.branches.is_empty();
            if !is_plain || kind.is_none_or(|kind| !self.checks(&branch.facets, Some(kind)).is_empty()) {
                return None;
            }
            let mut own = BTreeSet::new();
            let notes = Some(&self.schemas.get(branch.id).notes).filter(|_| values.len() == 1);
            for value in values {
                let constant = Constant {
                    value: Literal::of(value)?,
                    title: notes.and_then(|notes| notes.title.clone()),
                    description: notes.and_then(|notes| notes.description.clone()),
                    location: self.schemas.get(branch.id).location.clone(),
                };
                if own.insert(constant.value.clone()) && constants.contains_key(&constant.value) && keyword == "oneOf" {
                    twice.insert(constant.value.clone());
                }
                constants.entry(constant.value.clone()).or_insert(constant);
            }
        }
        constants.retain(|value, _| !twice.contains(value));
        listed(constants)
    }
}

/// An enumeration of values of one kind; of all booleans there is none.
fn listed(constants: BTreeMap<Literal, Constant>) -> Option<Enumeration> {
    let scalar = constants.keys().next()?.scalar();
    let of_one_kind = constants.keys().all(|value| value.scalar() == scalar);
    let both = [false, true].iter().all(|value| constants.contains_key(&Literal::Boolean(*value)));
    (of_one_kind && !both).then(|| Enumeration {
        scalar,
        constants: constants.into_values().collect(),
        checks: Vec::new(),
    })
}
