//! Whether a conjunction accepts `null`: nothing about `null` depends on an instance, so that it is known here.

use std::collections::BTreeSet;

use crate::schema::{Kind, Schema, SchemaId};

use super::facets::Part;
use super::{Lowering, is_null};

impl Lowering<'_> {
    /// Whether `null` satisfies all the schemas.
    pub(super) fn accepts_null(&self, parts: &[Part]) -> bool {
        parts.iter().all(|part| self.part_accepts_null(*part, &mut BTreeSet::new()))
    }

    fn part_accepts_null(&self, part: Part, entered: &mut BTreeSet<SchemaId>) -> bool {
        // A schema that leads back to itself at the same value says nothing by that.
        if !entered.insert(part.id) {
            return true;
        }
        let schema = self.schemas.get(part.id);
        let mut ask = |id: SchemaId| self.part_accepts_null(Part::whole(id), entered);
        let accepts = by_itself(schema)
            && schema.not.is_none_or(|id| !ask(id))
            && match schema.condition.map(&mut ask) {
                Some(true) => schema.then.is_none_or(&mut ask),
                Some(false) => schema.otherwise.is_none_or(&mut ask),
                None => true,
            }
            && (part.own
                || (schema.reference.is_none_or(&mut ask)
                    && schema.all_of.iter().all(|id| ask(*id))
                    && (schema.any_of.is_empty() || schema.any_of.iter().any(|id| ask(*id)))
                    && (schema.one_of.is_empty() || schema.one_of.iter().filter(|id| ask(**id)).count() == 1)));
        entered.remove(&part.id);
        accepts
    }
}

/// The keywords that hold no schema. Limits say nothing of `null`.
fn by_itself(schema: &Schema) -> bool {
    schema.boolean != Some(false)
        && schema.kinds.is_none_or(|kinds| kinds.has(Kind::Null))
        && schema.enumeration.as_ref().is_none_or(|values| values.iter().any(is_null))
        && schema.constant.as_ref().is_none_or(is_null)
}
