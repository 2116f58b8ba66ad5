//! Schemas as predicates, for the keywords that no type expresses.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place};
use crate::ir::{Check, Checks, Contains, Predicate, PredicateId};
use crate::schema::{Kind, Schema, SchemaId};
use crate::source::pointer;

use super::Lowering;
use super::facets::Facets;

impl Lowering<'_> {
    /// The checks of the keywords that no type expresses.
    pub(super) fn beyond(&mut self, facets: &Facets) -> Checks {
        let beyond = facets.beyond.iter();
        beyond
            .map(|(id, keywords)| Check::Satisfies { keywords: keywords.clone(), predicate: self.judge(*id) })
            .collect()
    }

    /// The predicate of a schema.
    pub(super) fn judge(&mut self, id: SchemaId) -> PredicateId {
        let id = self.stands_for(id);
        if let Some(known) = self.judged.get(&id) {
            return *known;
        }
        let predicate = PredicateId(self.predicates.len());
        self.predicates.push(Predicate::default());
        self.judged.insert(id, predicate);
        let schema = self.schemas.get(id).clone();
        let made = self.predicate_of(&schema);
        if let Some(slot) = self.predicates.get_mut(predicate.0) {
            *slot = made;
        }
        predicate
    }

    fn predicate_of(&mut self, schema: &Schema) -> Predicate {
        let list = |lowering: &mut Self, ids: &[SchemaId]| ids.iter().map(|id| lowering.judge(*id)).collect();
        let all: Vec<SchemaId> = schema.reference.into_iter().chain(schema.all_of.iter().copied()).collect();
        Predicate {
            location: schema.location.clone(),
            resource: self.schemas.dynamic_anchors.keys().position(|resource| *resource == schema.resource),
            dynamic: schema.dynamic_reference.as_ref().map(|(id, anchor)| (anchor.clone(), self.judge(*id))),
            checks: self.of_the_value_alone(schema),
            all_of: list(self, &all),
            any_of: list(self, &schema.any_of),
            one_of: list(self, &schema.one_of),
            not: schema.not.map(|id| self.judge(id)),
            conditional: schema.condition.map(|condition| {
                (self.judge(condition), schema.then.map(|id| self.judge(id)), schema.otherwise.map(|id| self.judge(id)))
            }),
            required: schema.required.clone(),
            dependent_required: schema.dependent_required.clone(),
            dependent_schemas: schema
                .dependent_schemas
                .iter()
                .map(|(name, id)| (name.clone(), self.judge(*id)))
                .collect(),
            properties: schema.properties.iter().map(|(name, id)| (name.clone(), self.judge(*id))).collect(),
            patterns: self.patterns(schema),
            additional: schema.additional.map(|id| self.judge(id)),
            names: schema.property_names.map(|id| self.judge(id)),
            prefix: list(self, &schema.prefix_items),
            items: schema.items.map(|id| self.judge(id)),
            contains: schema.contains.map(|id| Contains {
                schema: self.judge(id),
                min: schema.min_contains.unwrap_or(1),
                max: schema.max_contains,
                evaluates: schema.dialect.release.evaluates_contained(),
            }),
            unevaluated_properties: schema.unevaluated_properties.map(|id| self.judge(id)),
            unevaluated_items: schema.unevaluated_items.map(|id| self.judge(id)),
        }
    }

    /// The dynamic anchors of every resource, as predicates.
    pub(super) fn resources(&mut self) -> Vec<BTreeMap<String, PredicateId>> {
        if self.predicates.is_empty() {
            return Vec::new();
        }
        let resources = self.schemas.dynamic_anchors.values();
        resources
            .map(|anchors| anchors.iter().map(|(anchor, id)| (anchor.clone(), self.judge(*id))).collect())
            .collect()
    }

    /// In a document of many types, none is the root that `$dynamicRef` is read from.
    pub(super) fn report_dynamic(&mut self) {
        let dynamic = self.schemas.iter().filter(|(_, schema)| schema.dynamic_reference.is_some());
        let places: Vec<Place> = dynamic
            .map(|(_, schema)| {
                Place::key(&schema.location.file, pointer::child(&schema.location.pointer, "$dynamicRef"))
            })
            .collect();
        for place in places {
            let message = "the keyword `$dynamicRef` is not generated here: it is left unchecked";
            self.report(Diagnostic::warning("unsupported-keyword", message, place));
        }
    }

    /// Whether a `$dynamicRef` is reached from a root: what it means depends on the way.
    pub(super) fn is_dynamic(&self, root: SchemaId) -> bool {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![root];
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            let schema = self.schemas.get(id);
            if schema.dynamic_reference.is_some() {
                return true;
            }
            waiting.extend(schema.leads_to());
        }
        false
    }

    /// What is asked of the value alone.
    fn of_the_value_alone(&mut self, schema: &Schema) -> Checks {
        let mut checks = Checks::new();
        if schema.boolean == Some(false) {
            checks.push(Check::Never);
        }
        checks.extend(schema.kinds.map(|kinds| Check::Kinds(kinds.iter().map(Kind::name).collect())));
        checks.extend(schema.enumeration.clone().map(Check::OneOf));
        checks.extend(schema.constant.clone().map(|constant| Check::OneOf(vec![constant])));
        for (keyword, value) in &schema.limits {
            checks.extend(self.check(keyword, value, &schema.location));
        }
        checks
    }

    fn patterns(&mut self, schema: &Schema) -> Vec<(crate::ir::Regex, PredicateId)> {
        let mut patterns = Vec::new();
        for (pattern, id) in &schema.pattern_properties {
            let at = pointer::child(&schema.location.pointer, "patternProperties");
            let place = pointer::child(&at, pattern);
            if let Some(regex) = self.regex(pattern, &schema.location.file, &place) {
                patterns.push((regex, self.judge(*id)));
            }
        }
        patterns
    }
}
