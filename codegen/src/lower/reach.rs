//! Which types requests reach, and which responses do.

use crate::ir::{Ir, Operation, Ty, TypeId, Use};

use super::cycle::uses;

/// Marks every type that a request or a response reaches. Without operations, every type may be either.
pub(super) fn mark(ir: &mut Ir) {
    if ir.operations.is_empty() && ir.events.is_empty() {
        for definition in &mut ir.types {
            definition.request = true;
            definition.response = true;
        }
        return;
    }
    let requests = reached(ir, ir.operations.iter().flat_map(Operation::sent));
    let received = ir.events.iter().map(|event| &event.value).chain(&ir.error);
    let responses = ir.operations.iter().flat_map(Operation::received).chain(received);
    let responses = reached(ir, responses);
    for (index, definition) in ir.types.iter_mut().enumerate() {
        definition.request = requests.get(index) == Some(&true);
        definition.response = responses.get(index) == Some(&true);
    }
}

fn reached<'i>(ir: &'i Ir, roots: impl Iterator<Item = &'i Use>) -> Vec<bool> {
    let mut seen = vec![false; ir.types.len()];
    let mut waiting: Vec<TypeId> = roots.filter_map(named).collect();
    while let Some(id) = waiting.pop() {
        match seen.get_mut(id.0) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        waiting.extend(ir.get(id).into_iter().flat_map(|definition| uses(&definition.shape)).filter_map(named));
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
