//! Schemas: their types, names, checks, and how their unions choose.

use std::collections::BTreeSet;

use super::{Explainer, Facts, check, ty};
use crate::ir::{Choice, Enumeration, Extra, Member, Reason, Rule, Shape, Struct, TypeDef, TypeId, Union, Use};
use crate::lower::{named, uses};
use crate::name::TypeNames;
use crate::schema::{Location, SchemaId};

impl Explainer<'_> {
    /// A schema that is reached.
    pub(super) fn schema(&self) -> Option<Facts> {
        let id = self.plan.schemas.find(self.at)?;
        let mut facts = Facts::of("schema", &self.at.pointer);
        let own: Vec<(TypeId, &TypeDef)> =
            self.plan.ir.iter().filter(|(_, definition)| definition.location == *self.at).collect();
        if let Some(value) = self.plan.ir.places.get(self.at) {
            let member = self.member();
            let shown = member.map_or_else(|| ty::of_use(self.plan, value), |member| ty::of_member(self.plan, member));
            facts.add("is used as", shown);
            facts.extend("presence", member.map(ty::presence));
            let checks = check::of_use(&self.plan.ir, value);
            facts.list("checks where it is used", checks);
            if let Some(id) = named(value).filter(|id| !own.iter().any(|(own, _)| own == id)) {
                self.add_reference(&mut facts, id);
            }
        } else if own.is_empty() {
            facts.add("becomes", "no type of its own: what it says is a part of the schemas that refer to it");
        }
        facts.things("types", own.iter().map(|(id, definition)| self.definition(*id, definition)).collect());
        facts.things("keywords", self.keywords(id));
        Some(facts)
    }

    /// The member of an object that the schema describes.
    fn member(&self) -> Option<&Member> {
        let shapes = self.plan.ir.iter().map(|(_, definition)| &definition.shape);
        let structs = shapes.filter_map(|shape| match shape {
            Shape::Struct(shape) => Some(shape),
            _ => None,
        });
        structs.flat_map(|shape| shape.members.values()).find(|member| member.location == *self.at)
    }

    /// A type that stands elsewhere.
    fn add_reference(&self, facts: &mut Facts, id: TypeId) {
        let Some(definition) = self.plan.ir.get(id) else { return };
        let why = self.plan.names.get(id).map_or("", |names| names.why.as_str());
        let name = self.plan.names.path(&self.plan.ir, id).unwrap_or_default();
        facts.add("type", format!("`{name}`, which stands at {} (named after {why})", shown(&definition.location)));
    }

    fn definition(&self, id: TypeId, definition: &TypeDef) -> Facts {
        let plan = self.plan;
        let name = plan.names.path(&plan.ir, id).unwrap_or_default();
        let mut facts = Facts::of("name", &name);
        let Some(names) = plan.names.get(id) else { return facts };
        facts.add("named after", names.why.clone());
        facts.add("kind", ty::kind(&definition.shape));
        let module = plan.names.modules.get(plan.ir.module_of(&definition.location)).map_or("", String::as_str);
        facts.add("generated in", format!("src/{module}/{}.rs", names.module));
        match &definition.shape {
            Shape::Struct(shape) => self.add_struct(&mut facts, id, names, shape),
            Shape::Enum(enumeration) => self.add_enumeration(&mut facts, names, enumeration),
            Shape::Union(union) => self.add_union(&mut facts, names, union),
            Shape::Tuple(tuple) => {
                let elements =
                    tuple.elements.iter().map(|element| self.used(&ty::of_use(plan, &element.value), &element.value));
                facts.things("elements", elements.collect());
                facts.add("required elements", tuple.required.to_string());
                facts.add("other elements", self.rest(&tuple.tail));
                facts.list("checks", check::of(&plan.ir, &tuple.checks));
            }
            Shape::Alias(value) | Shape::Newtype(value) => {
                facts.add("of", ty::of_use(plan, value));
                facts.list("checks", check::of_use(&plan.ir, value));
            }
        }
        facts.list("rules", rules(plan.ir.rules.of_type(id)));
        self.add_reach(&mut facts, id, definition);
        facts
    }

    /// A type where it is used, with its checks.
    fn used(&self, name: &str, value: &Use) -> Facts {
        let mut facts = Facts::of("name", name);
        facts.list("checks", check::of_use(&self.plan.ir, value));
        facts
    }

    fn rest(&self, extra: &Extra) -> String {
        match extra {
            Extra::Open => "kept, of any kind".to_owned(),
            Extra::Closed => "kept, and reported by `validate()`".to_owned(),
            Extra::Typed(value) => format!("kept, each of the type `{}`", ty::of_use(self.plan, value)),
        }
    }

    fn add_struct(&self, facts: &mut Facts, id: TypeId, names: &TypeNames, shape: &Struct) {
        let members = shape.members.iter().map(|(wire, member)| {
            let mut facts = Facts::of("name", wire);
            facts.add("field", names.fields.get(wire).cloned().unwrap_or_default());
            facts.add("type", ty::of_member(self.plan, member));
            facts.add("presence", ty::presence(member));
            facts.list("checks", check::of_use(&self.plan.ir, &member.value));
            facts.list("rules", rules(self.plan.ir.rules.of_member(id, wire)));
            facts.extend("sensitive", member.sensitive.then_some("it never shows"));
            facts.add("place", shown(&member.location));
            facts
        });
        facts.things("members", members.collect());
        facts.add("other members", self.rest(&shape.extra));
        facts.list("checks", check::of(&self.plan.ir, &shape.checks));
    }

    fn add_enumeration(&self, facts: &mut Facts, names: &TypeNames, enumeration: &Enumeration) {
        let values = enumeration.constants.iter().zip(&names.variants);
        let values = values.map(|(constant, variant)| format!("{}: {variant}", constant.value.to_node().to_json()));
        facts.list("values", values.collect());
        facts.add("any other value", names.unknown.clone());
        facts.list("checks", check::of(&self.plan.ir, &enumeration.checks));
    }

    fn add_union(&self, facts: &mut Facts, names: &TypeNames, union: &Union) {
        let branches = union.variants.iter().zip(&names.variants).enumerate().map(|(index, (variant, name))| {
            let mut facts = self.used(name, &variant.value);
            facts.extend("named after", names.why_variants.get(index).cloned());
            facts.add("type", ty::of_use(self.plan, &variant.value));
            facts.extend("chosen by", chosen(&union.choice, index));
            facts.add("place", shown(&variant.location));
            facts
        });
        facts.things("branches", branches.collect());
        facts.add("keyword", union.keyword);
        facts.add("choice", choice(&union.choice));
        let name = |index: usize| names.variants.get(index).map_or("", String::as_str);
        match (&union.proof, union.overlap) {
            (Some(proof), _) => {
                let reasons: Vec<String> = proof.reasons.iter().map(reason).collect();
                facts.list("disjoint because", reasons);
            }
            (None, Some((one, other))) => {
                let text = format!("`{}` and `{}` are not told apart: a value may fit both", name(one), name(other));
                facts.add("not proved disjoint", text);
            }
            (None, None) => {}
        }
    }

    /// Which operations reach a type, on which side, and which Cargo features they belong to.
    fn add_reach(&self, facts: &mut Facts, id: TypeId, definition: &TypeDef) {
        let plan = self.plan;
        if plan.ir.operations.is_empty() {
            return;
        }
        let (mut requests, mut responses, mut features) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (operation, names) in plan.ir.operations.iter().zip(&plan.names.operations) {
            let name = format!("{}.{}", names.group, names.method);
            let (sent, received): (Vec<_>, Vec<_>) = (operation.sent().collect(), operation.received().collect());
            let is_sent = self.reaches(sent.into_iter(), id);
            let is_received = self.reaches(received.into_iter(), id);
            if is_sent || is_received {
                features.insert(names.feature.clone());
            }
            requests.extend(is_sent.then(|| name.clone()));
            responses.extend(is_received.then_some(name));
        }
        facts.extend("in errors", self.reaches(plan.ir.error.iter(), id).then_some("it is in the body of every error"));
        facts.list("requests that reach it", requests);
        facts.list("responses that reach it", responses);
        facts.list("Cargo features", features.into_iter().collect());
        facts.add(
            "setters",
            if definition.request { "yes: a request reaches it" } else { "none: no request reaches it" },
        );
    }

    fn reaches<'u>(&self, roots: impl Iterator<Item = &'u Use>, wanted: TypeId) -> bool {
        let mut waiting: Vec<TypeId> = roots.filter_map(named).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if id == wanted {
                return true;
            }
            if seen.insert(id) {
                let inner = self.plan.ir.get(id).into_iter().flat_map(|definition| uses(&definition.shape));
                waiting.extend(inner.filter_map(named));
            }
        }
        false
    }

    /// What is done with each keyword of the schema as it is written.
    fn keywords(&self, id: SchemaId) -> Vec<Facts> {
        let schema = self.plan.schemas.get(id);
        let written = self.node.as_object().into_iter().flatten();
        let keyword = |name: &String| {
            let mut facts = Facts::of("name", name);
            facts.add("becomes", self.answer(schema, name));
            facts
        };
        written.map(|(name, _)| keyword(name)).collect()
    }
}

fn shown(location: &Location) -> String {
    match location.pointer.as_str() {
        "" => format!("the root of {}", location.file),
        pointer => pointer.to_owned(),
    }
}

fn choice(choice: &Choice) -> String {
    match choice {
        Choice::Tag { property, demanded: true, .. } => {
            format!("by the value of `{property}`, which each branch demands")
        }
        Choice::Tag { property, .. } => format!("by the value of `{property}`, as `discriminator` says"),
        Choice::Kind => "by the kind of the JSON value".to_owned(),
        Choice::Key { .. } => "by a member that one branch alone requires".to_owned(),
        Choice::Try => "by trying: the first branch whose checks hold, else the first that decodes".to_owned(),
    }
}

/// The rules of codegen.toml, each with its level and its condition.
fn rules(rules: &[Rule]) -> Vec<String> {
    let told = rules.iter().map(|Rule { level, when, message, .. }| {
        let when = when.as_ref().map(|when| format!(", when `{when}`")).unwrap_or_default();
        format!("{level}{when}: {message}")
    });
    told.collect()
}

/// What chooses one branch.
fn chosen(choice: &Choice, index: usize) -> Option<String> {
    match choice {
        Choice::Tag { property, values, .. } => {
            let values = values.get(index)?;
            Some(format!("`{property}` = {}", values.join(" or ")))
        }
        Choice::Key { keys, .. } => Some(match keys.get(index)? {
            Some(key) => format!("`{key}` is there"),
            None => "no key of the others is there".to_owned(),
        }),
        Choice::Kind | Choice::Try => None,
    }
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Kinds => "their values are of different kinds".to_owned(),
        Reason::Constants => "they list different values".to_owned(),
        Reason::Ranges(keyword) => format!("`{keyword}` of one is below what the other demands"),
        Reason::Key(key) => format!("one requires `{key}`, which the other, being closed, does not allow"),
        Reason::Member(name, inner) => {
            format!("both require `{name}`, and of what they demand of it: {}", self::reason(inner))
        }
    }
}
