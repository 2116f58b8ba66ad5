//! Which types requests reach, and which responses do.

use crate::ir::{Ir, Operation, Shape, Ty, TypeId, Use};

use super::cycle::{uses, uses_but};

/// Marks every type that a request or a response reaches, or that stands by itself. Without operations, all do.
pub(super) fn mark(ir: &mut Ir) {
    if ir.operations.is_empty() && ir.events.is_empty() {
        ir.types.iter_mut().for_each(|definition| definition.free = true);
        return;
    }
    // What a request never sends, no request reaches.
    let sent = |shape| uses_but(shape, |member| member.read_only);
    let requests = reached_by(ir, ir.operations.iter().flat_map(Operation::sent), sent);
    let received = ir.events.iter().map(|event| &event.value).chain(&ir.error);
    let responses = reached(ir, ir.operations.iter().flat_map(Operation::received).chain(received));
    let free = reached(ir, &ir.free);
    for (index, definition) in ir.types.iter_mut().enumerate() {
        definition.request = requests.get(index) == Some(&true);
        definition.response = responses.get(index) == Some(&true);
        definition.free = free.get(index) == Some(&true);
    }
}

/// Which types some uses lead to, by id.
pub(crate) fn reached<'i>(ir: &'i Ir, roots: impl IntoIterator<Item = &'i Use>) -> Vec<bool> {
    reached_by(ir, roots, uses)
}

/// The same, over what `held` says that types hold.
fn reached_by<'i>(
    ir: &'i Ir,
    roots: impl IntoIterator<Item = &'i Use>,
    held: impl Fn(&'i Shape) -> Vec<&'i Use>,
) -> Vec<bool> {
    let mut seen = vec![false; ir.types.len()];
    let mut waiting: Vec<TypeId> = roots.into_iter().filter_map(named).collect();
    while let Some(id) = waiting.pop() {
        match seen.get_mut(id.0) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        waiting.extend(ir.get(id).into_iter().flat_map(|definition| held(&definition.shape)).filter_map(named));
    }
    seen
}

/// The type with a name that a use leads to, through lists and maps.
pub(crate) fn named(value: &Use) -> Option<TypeId> {
    match &value.ty {
        Ty::Named(id) => Some(*id),
        Ty::List(inner) | Ty::Map(inner) => named(inner),
        _ => None,
    }
}
