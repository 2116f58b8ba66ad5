//! Which predicates have a schema of their own, and what each is called.
//!
//! What a `$dynamicRef` means depends on the way to it: the outermost resource that has the anchor decides (Core 2020-12
//! §8.2.3.2). The ways are finite all the same, because an anchor that is bound stays bound. So that there is a schema for each
//! predicate and each set of bindings that it is reached with, and a `$dynamicRef` is written as the `$ref` that it comes to:
//! wherever `schema_for!` puts the schemas, no base URI and no dynamic scope has a say.

use std::collections::{BTreeMap, BTreeSet};

use super::rest::rest;
use crate::ir::{Check, Ir, Predicate, PredicateId, Shape, Ty, Use};
use crate::name::Names;

/// What dynamic anchors lead to.
pub(super) type Bindings = BTreeMap<String, PredicateId>;

/// A predicate, and what is bound in it of the anchors that it leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reached {
    id: PredicateId,
    /// What is bound inside it.
    pub(super) bound: Bindings,
}

/// The predicates of a crate as schemas.
#[derive(Debug, Default)]
pub(in crate::emit) struct Plan {
    /// The predicates, without what the one type that asks says already.
    predicates: Vec<Predicate>,
    /// The dynamic anchors of the resources that predicates belong to.
    resources: Vec<Bindings>,
    /// The anchors that each predicate leads to, by whatever way.
    anchors: Vec<BTreeSet<String>>,
    /// The names of those that more than one schema refers to. The others stand where they are used.
    shared: BTreeMap<Reached, String>,
    /// Those that types ask, where they are more than can be written.
    endless: BTreeSet<PredicateId>,
}

/// How often each predicate is referred to.
type Uses = BTreeMap<Reached, usize>;

/// How many schemas predicates may become. No document that people have written comes near, but each resource may double the
/// ways to the next one.
const MOST: usize = 10_000;

impl Plan {
    pub(in crate::emit) fn of(ir: &Ir, names: &Names) -> Self {
        let anything = PredicateId(ir.predicates.len());
        let mut plan = Self {
            predicates: ir.predicates.iter().cloned().chain([Predicate::default()]).collect(),
            resources: ir.resources.clone(),
            anchors: anchors(ir),
            ..Self::default()
        };
        let asked = asked(ir);
        let uses = plan.uses(&asked);
        for (id, definition) in ir.iter() {
            let Shape::Struct(shape) = &definition.shape else { continue };
            for check in &shape.checks {
                let Check::Satisfies { predicate, .. } = check else { continue };
                let reached = plan.reach(&Bindings::new(), *predicate);
                let slot = plan.predicates.get_mut(predicate.0).filter(|_| uses.get(&reached) == Some(&1));
                if let Some(slot) = slot {
                    *slot = rest(ir, slot, id, shape, anything);
                }
            }
        }
        let uses = plan.uses(&asked);
        let mut taken: BTreeSet<String> = names.predicates.iter().cloned().collect();
        let mut plain: BTreeSet<PredicateId> = BTreeSet::new();
        for (reached, uses) in uses {
            if uses < 2 || plan.predicate(&reached).is_some_and(is_brief) {
                continue;
            }
            let name = names.predicates.get(reached.id.0).cloned().unwrap_or_default();
            let name = if plain.insert(reached.id) { name } else { numbered(&name, &mut taken) };
            plan.shared.insert(reached, name);
        }
        plan
    }

    /// What is demanded of a value that a predicate is asked about.
    pub(super) fn predicate(&self, reached: &Reached) -> Option<&Predicate> {
        self.predicates.get(reached.id.0)
    }

    /// A predicate as a type asks it; none where its schema would have no end.
    pub(super) fn outermost(&self, id: PredicateId) -> Option<Reached> {
        (!self.endless.contains(&id)).then(|| self.reach(&Bindings::new(), id))
    }

    /// The name of a predicate that has one among the definitions.
    pub(super) fn name(&self, reached: &Reached) -> Option<&str> {
        self.shared.get(reached).map(String::as_str)
    }

    /// The schemas of a predicate that have names.
    pub(super) fn shared(&self, id: PredicateId) -> impl Iterator<Item = (&Reached, &str)> {
        self.shared.iter().filter(move |(reached, _)| reached.id == id).map(|(reached, name)| (reached, name.as_str()))
    }

    /// A predicate as it is reached from where `bound` is bound: its resource binds the anchors that none before it has.
    pub(super) fn reach(&self, bound: &Bindings, id: PredicateId) -> Reached {
        let resource = self.predicates.get(id.0).and_then(|predicate| self.resources.get(predicate.resource?));
        let anchors = self.anchors.get(id.0);
        let leads_to = |anchor: &str| anchors.is_some_and(|anchors| anchors.contains(anchor));
        let bindings = resource.into_iter().flatten().chain(bound).filter(|(anchor, _)| leads_to(anchor));
        Reached { id, bound: bindings.map(|(anchor, id)| (anchor.clone(), *id)).collect() }
    }

    /// How often types, and the predicates that they ask, refer to predicates. Notes which have no end.
    fn uses(&mut self, asked: &BTreeMap<PredicateId, usize>) -> Uses {
        let mut uses = Uses::new();
        for (id, count) in asked {
            let start = self.reach(&Bindings::new(), *id);
            let Some(more) = self.closure(&start, &uses) else {
                self.endless.insert(*id);
                continue;
            };
            uses.extend(more);
            let uses = uses.entry(start).or_insert(0);
            *uses = uses.saturating_add(*count);
        }
        uses
    }

    /// What a predicate adds to the uses that are known; none where there is no end.
    fn closure(&self, start: &Reached, known: &Uses) -> Option<Uses> {
        let mut uses = Uses::new();
        let mut seen = BTreeSet::from([start.clone()]);
        let mut waiting = vec![start.clone()];
        while let Some(reached) = waiting.pop() {
            // What a known one leads to was counted with it.
            if known.contains_key(&reached) {
                continue;
            }
            if seen.len().saturating_add(known.len()) > MOST.max(self.predicates.len()) {
                return None;
            }
            uses.entry(reached.clone()).or_insert(0);
            let Some(predicate) = self.predicate(&reached) else { continue };
            for next in applied(predicate, &reached.bound) {
                let next = self.reach(&reached.bound, next);
                let before = known.get(&next).copied().unwrap_or(0);
                let count = uses.entry(next.clone()).or_insert(before);
                *count = count.saturating_add(1);
                if seen.insert(next.clone()) {
                    waiting.push(next);
                }
            }
        }
        Some(uses)
    }
}

/// Whether a reference would say no less than the schema itself.
fn is_brief(predicate: &Predicate) -> bool {
    let Predicate { checks, required, dependent_required, .. } = predicate;
    checks.len() < 2
        && required.is_empty()
        && dependent_required.is_empty()
        && applied(predicate, &Bindings::new()).is_empty()
}

/// Where a `$dynamicRef` leads.
pub(super) fn dynamic_target(predicate: &Predicate, bound: &Bindings) -> Option<PredicateId> {
    let (anchor, initial) = predicate.dynamic.as_ref()?;
    Some(bound.get(anchor).copied().unwrap_or(*initial))
}

/// The predicates that a predicate applies.
fn applied(predicate: &Predicate, bound: &Bindings) -> Vec<PredicateId> {
    let conditional = predicate
        .conditional
        .into_iter()
        .flat_map(|(condition, then, otherwise)| std::iter::once(condition).chain(then).chain(otherwise));
    let optional = [
        predicate.not,
        predicate.additional,
        predicate.names,
        predicate.items,
        predicate.contains.as_ref().map(|contains| contains.schema),
        predicate.unevaluated_properties,
        predicate.unevaluated_items,
        dynamic_target(predicate, bound),
    ];
    let lists = [&predicate.all_of, &predicate.any_of, &predicate.one_of, &predicate.prefix];
    lists
        .into_iter()
        .flatten()
        .chain(predicate.dependent_schemas.values())
        .chain(predicate.properties.values())
        .chain(predicate.patterns.iter().map(|(_, id)| id))
        .copied()
        .chain(conditional)
        .chain(optional.into_iter().flatten())
        .collect()
}

/// The anchors that each predicate leads to, whatever they are bound to.
fn anchors(ir: &Ir) -> Vec<BTreeSet<String>> {
    let mut anchors: Vec<BTreeSet<String>> = vec![BTreeSet::new(); ir.predicates.len()];
    if ir.predicates.iter().all(|predicate| predicate.dynamic.is_none()) {
        return anchors;
    }
    loop {
        let mut grown = false;
        for (index, predicate) in ir.predicates.iter().enumerate() {
            let anchor = predicate.dynamic.as_ref().map(|(anchor, _)| anchor.clone());
            let bindings = anchor.iter().flat_map(|anchor| ir.resources.iter().filter_map(|bound| bound.get(anchor)));
            let next = applied(predicate, &Bindings::new()).into_iter().chain(bindings.copied());
            let mut more: BTreeSet<String> = next.filter_map(|id| anchors.get(id.0)).flatten().cloned().collect();
            more.extend(anchor);
            if let Some(known) = anchors.get_mut(index) {
                grown |= more.len() > known.len();
                *known = more;
            }
        }
        if !grown {
            return anchors;
        }
    }
}

/// The predicates that types ask, and in how many schemas. An alias stands in the schema of each of its users.
fn asked(ir: &Ir) -> BTreeMap<PredicateId, usize> {
    fn of_checks(checks: &[Check], weight: usize, asked: &mut BTreeMap<PredicateId, usize>) {
        for check in checks {
            match check {
                Check::Satisfies { predicate, .. } => {
                    let count = asked.entry(*predicate).or_insert(0);
                    *count = count.saturating_add(weight);
                }
                Check::Contains { checks, .. } | Check::PropertyNames(checks) => of_checks(checks, weight, asked),
                Check::Branches { branches, .. } => branches.iter().for_each(|checks| of_checks(checks, weight, asked)),
                _ => {}
            }
        }
    }
    fn of_use(value: &Use, weight: usize, asked: &mut BTreeMap<PredicateId, usize>) {
        of_checks(&value.checks, weight, asked);
        match &value.ty {
            Ty::List(inner) | Ty::Map(inner) => of_use(inner, weight, asked),
            Ty::Foreign(foreign) => of_checks(&foreign.checks, weight, asked),
            _ => {}
        }
    }
    let mut asked = BTreeMap::new();
    for definition in &ir.types {
        let weight = if matches!(definition.shape, Shape::Alias(_)) { 2 } else { 1 };
        match &definition.shape {
            Shape::Struct(shape) => of_checks(&shape.checks, weight, &mut asked),
            Shape::Tuple(tuple) => of_checks(&tuple.checks, weight, &mut asked),
            Shape::Enum(enumeration) => of_checks(&enumeration.checks, weight, &mut asked),
            Shape::Union(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
        }
        for value in crate::lower::uses(&definition.shape) {
            of_use(value, weight, &mut asked);
        }
    }
    asked
}

/// `node_2`: the name of what is reached with other bindings.
fn numbered(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut number = 2_usize;
    loop {
        let numbered = format!("{name}_{number}");
        if taken.insert(numbered.clone()) {
            return numbered;
        }
        number = number.saturating_add(1);
    }
}
