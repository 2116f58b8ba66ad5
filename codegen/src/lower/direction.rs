//! `readOnly` and `writeOnly`: types that are not the same in requests and in responses.
//!
//! `required` concerns a `readOnly` member in responses alone, and a `writeOnly` one in requests alone (OpenAPI 3.0 §4.7.24.2, 3.1
//! §4.8.24.4). A type that both reach and where that makes a difference becomes two: `X` and `XRequest`. Where it makes none, one
//! type does for both, and who sends it leaves out what is `readOnly`.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Choice, Extra, Ir, Member, Origin, Reason, Shape, Ty, TypeDef, TypeId, Union, Use};

use super::Lowering;
use super::cycle::uses_but;
use super::facets::Part;
use super::reach::{self, named};

impl Lowering<'_> {
    /// Remembers the schemas of a member that is for one side of the wire.
    pub(super) fn directed(&mut self, id: TypeId, name: &str, parts: &[Part], members: &BTreeMap<String, Member>) {
        if members.get(name).is_some_and(|member| member.read_only || member.write_only) {
            self.directed.insert((id, name.to_owned()), parts.to_vec());
        }
    }

    /// Splits the types that are not the same on both sides, and fits those of one side to it.
    pub(super) fn split(&mut self, ir: &mut Ir) {
        let twins = twins(ir);
        for own in twins.keys() {
            let Some(response) = ir.types.get_mut(own.0) else { continue };
            response.request = false;
            let mut request =
                TypeDef { request: true, response: false, free: false, twin: Some(*own), ..response.clone() };
            if let Origin::Within(outer, _) = &mut request.origin {
                *outer = twins.get(outer).copied().unwrap_or(*outer);
            }
            ir.types.push(request);
        }
        let sent = |definition: &TypeDef| definition.request && !definition.response;
        let to_twin = &mut |id: &mut TypeId| *id = twins.get(id).copied().unwrap_or(*id);
        for definition in ir.types.iter_mut().filter(|definition| sent(definition)) {
            all_uses_mut(&mut definition.shape).into_iter().for_each(|value| value.for_each_named(to_twin));
        }
        for operation in &mut ir.operations {
            operation.sent_mut().for_each(|value| value.for_each_named(to_twin));
        }
        for (index, definition) in ir.types.iter_mut().enumerate() {
            let own = definition.twin.unwrap_or(TypeId(index));
            let (is_sent, is_received) = (sent(definition), definition.response && !definition.request);
            let Shape::Struct(shape) = &mut definition.shape else { continue };
            let other_side = |member: &Member| (is_sent && member.read_only) || (is_received && member.write_only);
            let names: Vec<String> =
                shape.members.iter().filter(|(_, member)| other_side(member)).map(|(name, _)| name.clone()).collect();
            for name in names {
                // Among members of a type, there is no room for one of another; and nobody knows what a free type is for.
                if definition.free || matches!(shape.extra, Extra::Typed(_)) {
                    shape.members.get_mut(&name).into_iter().for_each(|member| member.required = false);
                    continue;
                }
                let parts = self.directed.get(&(own, name.clone())).cloned().unwrap_or_default();
                let checks = self.predicate(&parts, None);
                shape.members.remove(&name);
                shape.withheld.insert(name, Use { checks, ..Use::plain(Ty::Any) });
            }
        }
        tell_apart_otherwise(ir);
        reach::mark(ir);
    }
}

/// The types that are two, with the ids of those of requests, which follow the others.
fn twins(ir: &Ir) -> BTreeMap<TypeId, TypeId> {
    let is_shared = |definition: &TypeDef| definition.request && definition.response;
    let differs = |shape: &Shape| match shape {
        Shape::Struct(shape) => {
            shape.members.values().any(|member| member.required && (member.read_only || member.write_only))
        }
        _ => false,
    };
    let mut holders: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for (id, definition) in ir.iter().filter(|(_, definition)| is_shared(definition)) {
        for held in uses_but(&definition.shape, |member| member.read_only).into_iter().filter_map(named) {
            holders.entry(held).or_default().push(id);
        }
    }
    let shared = ir.iter().filter(|(_, definition)| is_shared(definition) && differs(&definition.shape));
    let mut waiting: Vec<TypeId> = shared.map(|(id, _)| id).collect();
    let mut split = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if split.insert(id) {
            waiting.extend(holders.get(&id).into_iter().flatten());
        }
    }
    split.into_iter().zip((ir.types.len()..).map(TypeId)).collect()
}

/// A branch can't be chosen by a member that it does not have on this side, nor told apart by it.
fn tell_apart_otherwise(ir: &mut Ir) {
    let withheld: Vec<BTreeSet<String>> = ir
        .types
        .iter()
        .map(|definition| match &definition.shape {
            Shape::Struct(shape) => shape.withheld.keys().cloned().collect(),
            _ => BTreeSet::new(),
        })
        .collect();
    for definition in &mut ir.types {
        let Shape::Union(union) = &mut definition.shape else { continue };
        let branches = union.variants.iter().filter_map(|variant| named(&variant.value));
        let missing: BTreeSet<&String> = branches.filter_map(|id| withheld.get(id.0)).flatten().collect();
        if missing.is_empty() {
            continue;
        }
        let by_missing = match &union.choice {
            Choice::Tag { property, .. } => missing.contains(property),
            Choice::Key { keys, .. } => keys.iter().flatten().any(|key| missing.contains(key)),
            Choice::Kind | Choice::Try => false,
        };
        if by_missing {
            union.choice = Choice::Try;
        }
        let stands = |reason: &Reason| match reason {
            Reason::Key(name) | Reason::Member(name, _) => !missing.contains(name),
            Reason::Kinds | Reason::Constants | Reason::Ranges(_) => true,
        };
        union.proof = union.proof.take().filter(|proof| proof.reasons.iter().all(stands));
    }
}

/// Every use of a type in a shape, with that of the members without a name.
fn all_uses_mut(shape: &mut Shape) -> Vec<&mut Use> {
    match shape {
        Shape::Struct(shape) => {
            let extra = match &mut shape.extra {
                Extra::Typed(value) => Some(&mut **value),
                Extra::Open | Extra::Closed => None,
            };
            shape.members.values_mut().map(|member| &mut member.value).chain(extra).collect()
        }
        Shape::Tuple(tuple) => {
            let tail = match &mut tuple.tail {
                Extra::Typed(value) => Some(&mut **value),
                Extra::Open | Extra::Closed => None,
            };
            tuple.elements.iter_mut().map(|element| &mut element.value).chain(tail).collect()
        }
        Shape::Union(Union { variants, .. }) => variants.iter_mut().map(|variant| &mut variant.value).collect(),
        Shape::Alias(value) | Shape::Newtype(value) => vec![value],
        Shape::Enum(_) => Vec::new(),
    }
}
