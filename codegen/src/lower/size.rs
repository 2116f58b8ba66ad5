//! How large types are in memory, near enough to see which variants of a union are much larger than the others.

use crate::ir::{Ir, Member, Scalar, Shape, Ty, TypeId, Use};

use super::components::Components;
use super::cycle::uses_mut;

/// The size in bytes from which a variant is boxed. Clippy's `large_enum_variant` is about variants that are larger by 200 than
/// the next one, and the variant of what fits none has 32 at least; that others are as large is no reason not to box one, since
/// it would then change with these.
const LARGE: usize = 200;
const POINTER: usize = 8;
const VALUE: usize = 32;

/// Boxes the large variants. What a variant that holds itself stands in is boxed already.
pub(super) fn box_variants(ir: &mut Ir, components: &Components) {
    let mut sizes = vec![POINTER; ir.types.len()];
    // The types that a type holds have been measured before.
    for id in &components.order {
        let Some(definition) = ir.types.get_mut(id.0) else { continue };
        if let Shape::Union(_) = definition.shape {
            for value in uses_mut(&mut definition.shape) {
                value.boxed |= matches!(value.ty, Ty::Named(_)) && of_use(value, &sizes) >= LARGE;
            }
        }
        let size = of_shape(&definition.shape, &sizes);
        sizes.get_mut(id.0).into_iter().for_each(|slot| *slot = size);
    }
}

/// The size of a value; where it may be absent or `null`, no more: there is a bit pattern left for that in most types.
fn of_use(value: &Use, sizes: &[usize]) -> usize {
    if value.boxed {
        return POINTER;
    }
    match &value.ty {
        Ty::Never | Ty::Null => 0,
        Ty::Bool => 1,
        Ty::Integer | Ty::Unsigned | Ty::Number => 2 * POINTER,
        Ty::String | Ty::List(_) | Ty::Map(_) => 3 * POINTER,
        Ty::Any => VALUE,
        // Nobody knows; as large as most are.
        Ty::Foreign(_) => VALUE,
        Ty::Named(TypeId(index)) => sizes.get(*index).copied().unwrap_or(POINTER),
    }
}

fn of_shape(shape: &Shape, sizes: &[usize]) -> usize {
    let sum = |values: &mut dyn Iterator<Item = &Use>| {
        values.map(|value| of_use(value, sizes)).fold(0, usize::saturating_add)
    };
    match shape {
        Shape::Struct(shape) => {
            sum(&mut shape.members.values().map(|Member { value, .. }| value)).saturating_add(POINTER)
        }
        Shape::Tuple(tuple) => {
            sum(&mut tuple.elements.iter().map(|element| &element.value)).saturating_add(3 * POINTER)
        }
        Shape::Enum(enumeration) => match enumeration.scalar {
            Scalar::String => 3 * POINTER,
            Scalar::Integer => 2 * POINTER,
            Scalar::Boolean => 2,
        },
        Shape::Union(union) => {
            let largest = union.variants.iter().map(|variant| of_use(&variant.value, sizes)).max().unwrap_or(0);
            largest.max(VALUE).saturating_add(POINTER)
        }
        Shape::Alias(value) | Shape::Newtype(value) => of_use(value, sizes),
    }
}
