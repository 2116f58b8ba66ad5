//! Types that hold themselves: boxed, and only they.

use crate::diagnostic::{Diagnostic, Place};
use crate::ir::{Extra, Ir, Shape, Ty, TypeId, Use};

/// Boxes every use through which a type would hold itself. Lists and maps hold their elements elsewhere.
pub(super) fn box_cycles(ir: &mut Ir, diagnostics: &mut Vec<Diagnostic>) {
    let graph: Vec<Vec<TypeId>> = ir.types.iter().map(|definition| held(&definition.shape)).collect();
    let reach = |from: TypeId, to: TypeId| reaches(&graph, from, to);
    for index in 0..ir.types.len() {
        let holder = TypeId(index);
        let Some(definition) = ir.types.get_mut(index) else { continue };
        let mut endless = Vec::new();
        match &mut definition.shape {
            Shape::Struct(shape) => {
                for (name, member) in &mut shape.members {
                    let Ty::Named(id) = member.value.ty else { continue };
                    member.value.boxed = reach(id, holder);
                    if member.value.boxed && member.required && !member.value.nullable {
                        endless.push((name.clone(), member.location.clone()));
                    }
                }
                // Such a value would have no end, so that no instance has the member: it can't be demanded of the Rust value.
                for (name, _) in &endless {
                    if let Some(member) = shape.members.get_mut(name) {
                        member.required = false;
                    }
                }
            }
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    if let Ty::Named(id) = variant.value.ty {
                        variant.value.boxed = reach(id, holder);
                    }
                }
            }
            Shape::Alias(value) | Shape::Newtype(value) => {
                if let Ty::Named(id) = value.ty {
                    value.boxed = reach(id, holder);
                }
            }
            Shape::Enum(_) => {}
        }
        for (name, location) in endless {
            let message = format!("the required member `{name}` holds the type that holds it: it is read as optional");
            let place = Place::value(location.file, location.pointer);
            diagnostics.push(Diagnostic::warning("endless-type", message, place));
        }
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
        Shape::Union(union) => union.variants.iter().filter_map(|variant| named(&variant.value)).collect(),
        Shape::Alias(value) | Shape::Newtype(value) => named(value).into_iter().collect(),
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
    match shape {
        Shape::Struct(shape) => {
            let extra = match &shape.extra {
                Extra::Typed(value) => Some(&**value),
                Extra::Open | Extra::Closed => None,
            };
            shape.members.values().map(|member| &member.value).chain(extra).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.value).collect(),
        Shape::Alias(value) | Shape::Newtype(value) => vec![value],
        Shape::Enum(_) => Vec::new(),
    }
}
