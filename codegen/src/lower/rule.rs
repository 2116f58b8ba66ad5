//! `[[rule]]` of `codegen.toml`: which types and members each is about, and its schema as a predicate.

use std::collections::BTreeSet;

use crate::config;
use crate::diagnostic::{Diagnostic, Place};
use crate::ir::{Ir, Rule, Rules, Shape, TypeId};
use crate::rules;
use crate::schema::keyword;
use crate::source::pointer;

use super::Lowering;
use super::cycle::uses;
use super::facets::Part;

impl Lowering<'_> {
    /// The rules of the types that are generated.
    pub(super) fn rules(&mut self, ir: &Ir) -> Rules {
        let mut rules = Rules::default();
        let config = self.config;
        for (index, (written, location)) in rules::Rules::of(config).iter().enumerate() {
            let Some(schema) = self.schemas.find(location) else { continue };
            let rule = Rule {
                level: written.level,
                when: written.when.clone(),
                message: written.message.clone(),
                predicate: self.judge(schema),
                against_null: !self.accepts_null(&[Part::whole(schema)]),
            };
            if !self.place_rule(ir, &written.at, &rule, &mut rules) {
                self.report(unplaced(index, &written.at, self.is_schema(&written.at)));
            }
        }
        if !config.rule.is_empty() {
            self.report_unknown_keywords();
            rules.judged = judged(ir, &rules);
        }
        rules
    }

    /// Gives a rule to the types that stand at its place, else to the members; whether there are any.
    fn place_rule(&self, ir: &Ir, at: &str, rule: &Rule, rules: &mut Rules) -> bool {
        let is_meant = |location: &crate::schema::Location| {
            self.documents.iter().any(|document| document.file == location.file)
                && pointer::matches(at, &location.pointer)
        };
        // A `null` that only another schema allows, beside the one at the place, is none of the rule's business.
        let at_place = |location: &crate::schema::Location| {
            let allowed = self.schemas.find(location).is_some_and(|id| self.accepts_null(&[Part::whole(id)]));
            Rule { against_null: rule.against_null && allowed, ..rule.clone() }
        };
        let mut found = false;
        for (id, definition) in ir.iter().filter(|(_, definition)| definition.is_generated()) {
            let places: Vec<Rule> = definition.places().filter(|place| is_meant(place)).map(at_place).collect();
            if !places.is_empty() {
                let against_null = places.iter().any(|rule| rule.against_null);
                rules.of_types.entry(id).or_default().push(Rule { against_null, ..rule.clone() });
                found = true;
                continue;
            }
            let Shape::Struct(shape) = &definition.shape else { continue };
            // A member whose type stands at the same place is judged by that.
            let has_own_type =
                |value| super::named(value).and_then(|id| ir.get(id)).is_some_and(|inner| inner.places().any(is_meant));
            let members = shape.members.iter().filter(|(_, member)| is_meant(&member.location));
            for (wire, member) in members.filter(|(_, member)| !has_own_type(&member.value)) {
                rules.of_members.entry((id, wire.clone())).or_default().push(at_place(&member.location));
                found = true;
            }
        }
        found
    }

    fn is_schema(&self, at: &str) -> bool {
        self.schemas
            .iter()
            .any(|(_, schema)| schema.location.file != config::FILE && pointer::matches(at, &schema.location.pointer))
    }

    /// A keyword that JSON Schema does not know says nothing: in a rule it is a slip.
    fn report_unknown_keywords(&mut self) {
        let config = self.config;
        let Some(source) = rules::Rules::of(config).document() else { return };
        let schemas = self.schemas;
        for (_, schema) in schemas.iter().filter(|(_, schema)| schema.location.file == config::FILE) {
            let members = source.root.at(&schema.location.pointer).and_then(|node| node.as_object());
            for key in members.into_iter().flat_map(|members| members.keys()) {
                if keyword::find(key, schema.dialect).is_none() {
                    let place = Place::key(config::FILE, pointer::child(&schema.location.pointer, key));
                    let message = format!("JSON Schema knows no keyword `{key}`");
                    self.report(Diagnostic::error("unknown-keyword", message, place));
                }
            }
        }
    }
}

/// Says of a rule that it is about nothing.
fn unplaced(index: usize, at: &str, is_schema: bool) -> Diagnostic {
    let message = if is_schema {
        format!("`{at}` in a `rule` of codegen.toml is neither a generated type nor a member of one")
    } else {
        format!("`{at}` in a `rule` of codegen.toml matches nothing in the document")
    };
    Diagnostic::error("unmatched-entry", message, config::place_of_value(&format!("rule.{index}"), "at"))
}

/// The types whose values hold something to judge, at any depth.
fn judged(ir: &Ir, rules: &Rules) -> BTreeSet<TypeId> {
    let mut found = Rules {
        judged: rules.of_types.keys().copied().chain(rules.of_members.keys().map(|(id, _)| *id)).collect(),
        ..Rules::default()
    };
    loop {
        let before = found.judged.len();
        for (id, definition) in ir.iter() {
            if uses(&definition.shape).into_iter().any(|value| found.concern(value)) {
                found.judged.insert(id);
            }
        }
        if found.judged.len() == before {
            return found.judged;
        }
    }
}
