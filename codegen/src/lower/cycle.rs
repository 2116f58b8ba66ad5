//! Types that hold themselves, and variants that are much larger than the others: boxed, and only they.

use crate::diagnostic::{Diagnostic, Place};
use crate::ir::{Check, Extra, Ir, Member, Shape, Ty, TypeId, Use};
use crate::schema::Location;

use super::foreign::with_parameters;
use super::{components, size};

/// Boxes every use through which a type would hold itself, and every large variant. Lists and maps hold their elements elsewhere.
pub(super) fn box_cycles(ir: &mut Ir) {
    let graph: Vec<Vec<TypeId>> = ir.types.iter().map(|definition| held(&definition.shape)).collect();
    let components = components::of(&graph);
    for (index, definition) in ir.types.iter_mut().enumerate() {
        for value in uses_mut(&mut definition.shape) {
            if let Ty::Named(id) = value.ty {
                value.boxed = components.are_one(id, TypeId(index));
            }
        }
    }
    size::box_variants(ir, &components);
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
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); ir.types.len()];
    for (id, definition) in ir.iter() {
        for held in held(&definition.shape) {
            holders.get_mut(held.0).into_iter().for_each(|holders| holders.push(id));
        }
    }
    // Whether a type ends is asked again when something that it holds is found to.
    let mut waiting: Vec<TypeId> = ir.iter().map(|(id, _)| id).collect();
    while let Some(id) = waiting.pop() {
        let ends = ir.get(id).is_some_and(|definition| shape_ends(&definition.shape, &finite));
        if let (true, Some(slot @ false)) = (ends, finite.get_mut(id.0)) {
            *slot = true;
            waiting.extend(holders.get_mut(id.0).map(std::mem::take).unwrap_or_default());
        }
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

pub(super) fn uses_mut(shape: &mut Shape) -> Vec<&mut Use> {
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

/// Every use of a type inside a shape, at any depth.
pub(crate) fn uses(shape: &Shape) -> Vec<&Use> {
    uses_but(shape, |_| false)
}

/// The same without those of some members.
pub(super) fn uses_but(shape: &Shape, but: impl Fn(&Member) -> bool) -> Vec<&Use> {
    let uses: Vec<&Use> = match shape {
        Shape::Struct(shape) => {
            let members = shape.members.values().filter(|member| !but(member)).map(|member| &member.value);
            members.chain(shape.withheld.values()).chain(typed(&shape.extra)).collect()
        }
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
