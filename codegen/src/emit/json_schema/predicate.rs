//! The schemas of predicates: each is written as what it was read from, keyword by keyword.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::keywords::{Keywords, text};
use super::plan::{Bindings, Reached, dynamic_target};
use super::{Writer, contains, nothing};
use crate::emit::Crate;
use crate::ir::PredicateId;
use crate::source::Node;

impl Crate<'_> {
    /// The schemas of a predicate that several schemas refer to.
    pub(in crate::emit) fn predicate_schemas(&self, id: PredicateId) -> TokenStream {
        let schemas = self.plan.shared(id).map(|(reached, name)| {
            let mut writer = Writer::new(self);
            let schema = writer.demanded(reached);
            let arguments = writer.arguments(name, schema);
            quote!(#[cfg(feature = "schemars")] runtime::predicate_schema!(#arguments);)
        });
        schemas.collect()
    }
}

impl Writer<'_, '_> {
    /// A predicate where it is used: a reference, where others use it too.
    pub(super) fn predicate(&mut self, reached: &Reached) -> Keywords {
        match self.krate.plan.name(reached) {
            Some(name) => {
                let predicate = self.krate.plan.predicate(reached);
                let module = predicate.map_or(0, |predicate| self.krate.ir.module_of(&predicate.location));
                self.refer(module, &format!("predicates/{name}"))
            }
            None => self.demanded(reached),
        }
    }

    /// What a predicate demands. A keyword that allows everything is written as well: it evaluates members or elements.
    fn demanded(&mut self, reached: &Reached) -> Keywords {
        let plan = self.krate.plan;
        let Some(predicate) = plan.predicate(reached) else { return Keywords::default() };
        let bound = &reached.bound;
        let mut schema = self.checks(&predicate.checks);
        for id in predicate.all_of.iter().copied().chain(dynamic_target(predicate, bound)) {
            let applied = self.applied(bound, id);
            schema.demand_apart(applied);
        }
        for (keyword, branches) in [("anyOf", &predicate.any_of), ("oneOf", &predicate.one_of)] {
            if !branches.is_empty() {
                schema.set(keyword, self.list(bound, branches));
            }
        }
        let conditional = predicate.conditional.map(|(condition, then, otherwise)| (Some(condition), then, otherwise));
        let (condition, then, otherwise) = conditional.unwrap_or_default();
        let contained = predicate.contains.map(|(id, min, max)| contains(self.applied(bound, id), min, max));
        schema.demand(contained.unwrap_or_default());
        for (keyword, id) in [
            ("not", predicate.not),
            ("if", condition),
            ("then", then),
            ("else", otherwise),
            ("additionalProperties", predicate.additional),
            ("propertyNames", predicate.names),
            ("items", predicate.items),
            ("unevaluatedProperties", predicate.unevaluated_properties),
            ("unevaluatedItems", predicate.unevaluated_items),
        ] {
            if let Some(id) = id {
                schema.set(keyword, node(self.applied(bound, id)));
            }
        }
        if !predicate.required.is_empty() {
            schema.set("required", Node::Array(predicate.required.iter().map(|name| text(name)).collect()));
        }
        if !predicate.prefix.is_empty() {
            schema.set("prefixItems", self.list(bound, &predicate.prefix));
        }
        let dependent = predicate.dependent_required.iter();
        let dependent =
            dependent.map(|(name, names)| (name.clone(), Node::Array(names.iter().map(|name| text(name)).collect())));
        let patterns = predicate.patterns.iter().map(|(pattern, id)| (&pattern.source, id));
        for (keyword, members) in [
            ("dependentRequired", dependent.collect()),
            ("dependentSchemas", self.members(bound, &predicate.dependent_schemas)),
            ("patternProperties", self.members(bound, patterns)),
            ("properties", self.members(bound, &predicate.properties)),
        ] {
            if !members.is_empty() {
                schema.set(keyword, Node::Object(members));
            }
        }
        schema.unwrapped()
    }

    fn applied(&mut self, bound: &Bindings, id: PredicateId) -> Keywords {
        let reached = self.krate.plan.reach(bound, id);
        self.predicate(&reached)
    }

    fn list(&mut self, bound: &Bindings, ids: &[PredicateId]) -> Node {
        Node::Array(ids.iter().map(|id| node(self.applied(bound, *id))).collect())
    }

    fn members<'m>(
        &mut self,
        bound: &Bindings,
        members: impl IntoIterator<Item = (&'m String, &'m PredicateId)>,
    ) -> BTreeMap<String, Node> {
        members.into_iter().map(|(name, id)| (name.clone(), node(self.applied(bound, *id)))).collect()
    }
}

/// A schema inside another one, where `false` says best what nothing satisfies.
fn node(schema: Keywords) -> Node {
    if schema == nothing() { Node::Bool(false) } else { schema.into_node() }
}
