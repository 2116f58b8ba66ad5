//! Whether a conjunction accepts `null`: nothing about `null` depends on an instance, so that it is known here.

use std::collections::BTreeSet;

use crate::schema::{Kind, Schema, SchemaId};

use super::facets::Part;
use super::{Lowering, is_null};

impl Lowering<'_> {
    /// Whether `null` satisfies all the schemas.
    pub(super) fn accepts_null(&self, parts: &[Part]) -> bool {
        parts.iter().all(|part| self.part_accepts_null(*part, &mut BTreeSet::new()) != Some(false))
    }

    /// `None` for a schema that leads back to itself at the same value, by which it says nothing.
    fn part_accepts_null(&self, part: Part, entered: &mut BTreeSet<SchemaId>) -> Option<bool> {
        if !entered.insert(part.id) {
            return None;
        }
        let schema = self.schemas.get(part.id);
        let mut ask = |id: SchemaId| self.part_accepts_null(Part::whole(id), entered);
        let condition = schema.condition.map(&mut ask);
        let chosen = match condition.flatten() {
            Some(true) => schema.then,
            Some(false) => schema.otherwise,
            None => None,
        };
        let demanded = schema.reference.into_iter().chain(schema.all_of.iter().copied()).filter(|_| !part.own);
        let demanded: Vec<_> = chosen.into_iter().chain(demanded).map(&mut ask).collect();
        let leads_back = !demanded.is_empty() && demanded.iter().all(Option::is_none);
        let accepts = by_itself(schema)
            && schema.not.is_none_or(|id| ask(id) != Some(true))
            && !demanded.contains(&Some(false))
            && (part.own || {
                let any: Vec<_> = schema.any_of.iter().map(|id| ask(*id)).collect();
                let one: Vec<_> = schema.one_of.iter().map(|id| ask(*id)).collect();
                let accepted =
                    |answers: &[Option<bool>]| answers.iter().filter(|answer| **answer == Some(true)).count();
                let says = |answers: &[Option<bool>]| answers.iter().any(Option::is_some);
                (!says(&any) || accepted(&any) > 0) && (!says(&one) || accepted(&one) == 1)
            });
        entered.remove(&part.id);
        (!leads_back || schema.has_keywords_of_its_own()).then_some(accepts)
    }
}

/// The keywords that hold no schema. Limits say nothing of `null`.
fn by_itself(schema: &Schema) -> bool {
    schema.boolean != Some(false)
        && schema.kinds.is_none_or(|kinds| kinds.has(Kind::Null))
        && schema.enumeration.as_ref().is_none_or(|values| values.iter().any(is_null))
        && schema.constant.as_ref().is_none_or(is_null)
}
