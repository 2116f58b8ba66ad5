//! Counts what became of every place where a schema says what a value is.

use std::collections::{BTreeMap, BTreeSet};

use crate::config;
use crate::diagnostic::{Diagnostic, Spot};
use crate::ir::{Answer, Ir, Narrowness, Shape, Statistics, Ty, TypeId, Use};
use crate::schema::{Kind, Kinds, Location, Schemas};
use crate::source::pointer;

use super::Lowering;
use super::facets::{Facets, Part};

/// A field: whether its schema says more than "any value", and what it became.
#[derive(Clone)]
pub(super) struct Field {
    says: bool,
    value: Use,
}

/// The keywords that decide the shape of a type; the others become checks.
const SHAPES: &[&str] = &[
    "additionalProperties",
    "anyOf",
    "const",
    "enum",
    "items",
    "oneOf",
    "prefixItems",
    "properties",
    "required",
    "type",
];

/// The codes of diagnostics that name a keyword, or a whole schema, which is not checked.
const UNANSWERED: &[&str] = &["invalid-pattern", "unsupported-keyword"];
const UNCHECKED: &str = "unchecked-schema";

impl Lowering<'_> {
    /// Remembers what a place became.
    pub(super) fn note(&mut self, parts: &[Part], value: &Use) {
        let Some(first) = parts.first() else { return };
        let location = self.schemas.get(first.id).location.clone();
        let says = self.says_what_it_is(&Facets::of(self.schemas, parts), 0);
        self.fields.add(location, Field { says, value: value.clone() });
    }

    /// Whether a conjunction describes its values by more than "any value" or "an object of any values".
    fn says_what_it_is(&self, facets: &Facets, depth: u32) -> bool {
        let null = Kinds::one(Kind::Null);
        let by_branches = || {
            facets.branches.iter().any(|branches| {
                let kinds = |id| Facets::of(self.schemas, &[Part::whole(id)]).kinds;
                let mut others = branches.branches.iter().filter(|id| kinds(**id) != null);
                others.all(|id| self.part_says(Part::whole(*id), depth))
            })
        };
        if facets.values.is_some() {
            return true;
        }
        if facets.kinds.without(null).only() == Some(Kind::Object) {
            let members = || facets.additional.iter().any(|part| self.part_says(*part, depth));
            return self.is_struct(facets) || members() || by_branches();
        }
        facets.kinds != Kinds::ALL || facets.speaks_of_objects() || facets.speaks_of_arrays() || by_branches()
    }

    /// A schema that holds itself says nothing by that.
    fn part_says(&self, part: Part, depth: u32) -> bool {
        const DEEPEST: u32 = 16;
        depth < DEEPEST && self.says_what_it_is(&Facets::of(self.schemas, &[part]), depth.saturating_add(1))
    }
}

/// What each place is, where it became several things the first of them.
pub(super) fn places(fields: Vec<(Location, Vec<Field>)>) -> BTreeMap<Location, Use> {
    let first = |(location, fields): (Location, Vec<Field>)| Some((location, fields.into_iter().next()?.value));
    fields.into_iter().filter_map(first).collect()
}

/// Sums up.
pub(super) fn sum(
    ir: &Ir,
    schemas: &Schemas,
    fields: &[(Location, Vec<Field>)],
    reported: &[Diagnostic],
) -> Statistics {
    let mut statistics = Statistics::default();
    // A component that nothing leads to may stand for what is reached; it is none of the places.
    let is_reached = |location: &Location| schemas.find(location).is_some_and(|id| schemas.is_reached(id));
    for (location, fields) in fields.iter().filter(|(location, _)| is_reached(location)) {
        let narrowness =
            fields.iter().map(|Field { says, value }| match (is_narrow(ir, value, &mut BTreeSet::new()), says) {
                (true, _) => Narrowness::Typed,
                (false, true) => Narrowness::Untyped,
                (false, false) => Narrowness::Open,
            });
        // A place that became several things is as narrow as the widest of them.
        statistics.fields.extend(narrowness.max().map(|narrowness| (location.clone(), narrowness)));
    }
    let (keywords, whole) = unanswered(reported);
    for (_, schema) in schemas.iter().filter(|(_, schema)| schema.location.file != config::FILE) {
        for name in schema.keywords() {
            let answer = if SHAPES.contains(&name) { Answer::Type } else { Answer::Check };
            let at = |pointer| Location { file: schema.location.file.clone(), pointer };
            let place = at(pointer::child(&schema.location.pointer, name));
            let lost = keywords.contains(&place) || whole.contains(&schema.location);
            statistics.keywords.insert(place, if lost { Answer::Unanswered } else { answer });
        }
    }
    statistics
}

/// The places of keywords, and of schemas, that are not checked, which has been said.
fn unanswered(reported: &[Diagnostic]) -> (BTreeSet<Location>, BTreeSet<Location>) {
    let places = |wanted: fn(&str) -> bool| {
        let chosen = reported.iter().filter(move |diagnostic| wanted(diagnostic.code));
        chosen
            .flat_map(|diagnostic| &diagnostic.places)
            .filter_map(|place| match &place.spot {
                Spot::Pointer(pointer) | Spot::Key(pointer) => {
                    Some(Location { file: place.file.clone(), pointer: pointer.clone() })
                }
                Spot::Offset(_) | Spot::File => None,
            })
            .collect()
    };
    (places(|code| UNANSWERED.contains(&code)), places(|code| code == UNCHECKED))
}

/// Whether a type is narrower than any value: a name, a map or a union of nothing but values is not.
fn is_narrow(ir: &Ir, value: &Use, seen: &mut BTreeSet<TypeId>) -> bool {
    match &value.ty {
        Ty::Any => false,
        Ty::Map(inner) => is_narrow(ir, inner, seen),
        Ty::Never
        | Ty::Null
        | Ty::Bool
        | Ty::Integer
        | Ty::Unsigned
        | Ty::Number
        | Ty::String
        | Ty::List(_)
        | Ty::Foreign(_) => true,
        Ty::Named(id) => match ir.get(*id).map(|definition| &definition.shape) {
            // A type that holds itself with nothing else around is no more than what else it holds.
            _ if !seen.insert(*id) => false,
            Some(Shape::Alias(inner) | Shape::Newtype(inner)) => is_narrow(ir, inner, seen),
            Some(Shape::Union(union)) => union.variants.iter().any(|variant| is_narrow(ir, &variant.value, seen)),
            Some(Shape::Struct(_) | Shape::Tuple(_) | Shape::Enum(_)) => true,
            None => false,
        },
    }
}
