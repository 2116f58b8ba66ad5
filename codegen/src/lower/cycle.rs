//! Types that hold themselves: boxed, and only they.

use crate::diagnostic::{Diagnostic, Place};
use crate::ir::{Check, Extra, Ir, Shape, Ty, TypeId, Use};
use crate::schema::Location;

use super::foreign::with_parameters;

/// Boxes every use through which a type would hold itself. Lists and maps hold their elements elsewhere.
pub(super) fn box_cycles(ir: &mut Ir) {
    let graph: Vec<Vec<TypeId>> = ir.types.iter().map(|definition| held(&definition.shape)).collect();
    for (index, definition) in ir.types.iter_mut().enumerate() {
        for value in uses_mut(&mut definition.shape) {
            if let Ty::Named(id) = value.ty {
                value.boxed = reaches(&graph, id, TypeId(index));
            }
        }
    }
}

/// Finds the objects that require themselves, again and again: nothing satisfies them. So that there is a Rust value all the
/// same, what they require of that kind is read as optional.
pub(super) fn bound(ir: &mut Ir, diagnostics: &mut Vec<Diagnostic>) {
    let finite = finite(ir);
    for definition in &mut ir.types {
        let Shape::Struct(shape) = &mut definition.shape else { continue };
        let mut endless = false;
        for (name, member) in shape.members.iter_mut().filter(|(_, member)| member.required) {
            if ends(&member.value, &finite) {
                continue;
            }
            member.required = false;
            endless = true;
            let message =
                format!("nothing satisfies this schema: the member `{name}` that it requires would have no end");
            let Location { file, pointer } = member.location.clone();
            diagnostics.push(Diagnostic::warning("endless-type", message, Place::value(file, pointer)));
        }
        if endless {
            shape.checks.push(Check::Never);
        }
    }
}

/// Which types have a value that ends.
fn finite(ir: &Ir) -> Vec<bool> {
    let mut finite = vec![false; ir.types.len()];
    // Each round finds a type at least, or is the last one.
    for _ in 0..=ir.types.len() {
        let round: Vec<bool> = ir.types.iter().map(|definition| shape_ends(&definition.shape, &finite)).collect();
        if round == finite {
            break;
        }
        finite = round;
    }
    finite
}

fn shape_ends(shape: &Shape, finite: &[bool]) -> bool {
    match shape {
        Shape::Struct(shape) => shape.members.values().all(|member| !member.required || ends(&member.value, finite)),
        Shape::Tuple(tuple) => tuple.elements.iter().take(tuple.required).all(|element| ends(&element.value, finite)),
        Shape::Union(union) => union.variants.iter().any(|variant| ends(&variant.value, finite)),
        Shape::Alias(value) | Shape::Newtype(value) => ends(value, finite),
        Shape::Enum(_) => true,
    }
}

fn ends(value: &Use, finite: &[bool]) -> bool {
    match value.ty {
        Ty::Named(id) => value.nullable || finite.get(id.0).copied().unwrap_or(true),
        _ => true,
    }
}

fn uses_mut(shape: &mut Shape) -> Vec<&mut Use> {
    match shape {
        Shape::Struct(shape) => shape.members.values_mut().map(|member| &mut member.value).collect(),
        Shape::Tuple(tuple) => tuple.elements.iter_mut().map(|element| &mut element.value).collect(),
        Shape::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.value).collect(),
        Shape::Alias(value) | Shape::Newtype(value) => vec![value],
        Shape::Enum(_) => Vec::new(),
    }
}

/// The types that a type holds in itself.
fn held(shape: &Shape) -> Vec<TypeId> {
    let named = |value: &Use| match value.ty {
        Ty::Named(id) => Some(id),
        _ => None,
    };
    match shape {
        Shape::Struct(shape) => shape.members.values().filter_map(|member| named(&member.value)).collect(),
        Shape::Tuple(tuple) => tuple.elements.iter().filter_map(|element| named(&element.value)).collect(),
        Shape::Union(union) => union.variants.iter().filter_map(|variant| named(&variant.value)).collect(),
        // Nobody knows how a type that is not generated holds its parameters.
        Shape::Alias(value) | Shape::Newtype(value) => with_parameters(value).into_iter().filter_map(named).collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

fn reaches(graph: &[Vec<TypeId>], from: TypeId, to: TypeId) -> bool {
    let mut seen = vec![false; graph.len()];
    let mut waiting = vec![from];
    while let Some(id) = waiting.pop() {
        if id == to {
            return true;
        }
        match seen.get_mut(id.0) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        waiting.extend(graph.get(id.0).into_iter().flatten().copied());
    }
    false
}

/// Every use of a type inside a shape, at any depth.
pub(crate) fn uses(shape: &Shape) -> Vec<&Use> {
    let uses: Vec<&Use> = match shape {
        Shape::Struct(shape) => shape.members.values().map(|member| &member.value).chain(typed(&shape.extra)).collect(),
        Shape::Tuple(tuple) => tuple.elements.iter().map(|element| &element.value).chain(typed(&tuple.tail)).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.value).collect(),
        Shape::Alias(value) | Shape::Newtype(value) => vec![value],
        Shape::Enum(_) => Vec::new(),
    };
    uses.into_iter().flat_map(with_parameters).collect()
}

fn typed(extra: &Extra) -> Option<&Use> {
    match extra {
        Extra::Typed(value) => Some(value),
        Extra::Open | Extra::Closed => None,
    }
}
