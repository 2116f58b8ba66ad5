//! Conjunctions that nothing satisfies: what in them contradicts what.

use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{Kinds, Location};
use crate::source::{Node, pointer};

use super::disjoint::{RANGES, leaves_nothing};
use super::facets::{Facets, Part};
use super::{Lowering, number};

/// Two places that no value satisfies both of, and what each demands.
struct Conflict {
    one: (Location, &'static str, String),
    other: (Location, &'static str, String),
}

impl Lowering<'_> {
    /// Says that nothing satisfies a conjunction, with the places that contradict each other. The schema `false` is meant so.
    pub(super) fn warn_impossible(&mut self, facets: &Facets) {
        if facets.parts.iter().any(|id| self.schemas.get(*id).boolean == Some(false)) {
            return;
        }
        const MESSAGE: &str = "nothing satisfies this schema";
        match self.conflict(facets) {
            Some(Conflict { one, other }) => {
                let place = |(Location { file, pointer }, keyword, demand): (Location, &str, String)| {
                    Place::value(file, pointer::child(&pointer, keyword)).label(demand)
                };
                self.report(Diagnostic::warning("impossible-schema", MESSAGE, place(one)).also(place(other)));
            }
            None => {
                let Location { file, pointer } =
                    facets.parts.first().map(|id| self.schemas.get(*id).location.clone()).unwrap_or_default();
                self.report(Diagnostic::warning("impossible-schema", MESSAGE, Place::value(file, pointer)));
            }
        }
    }

    /// Says that an object has to have a member that no value can be.
    pub(super) fn warn_impossible_member(&mut self, name: &str, facets: &Facets) {
        let schemas = || facets.parts.iter().map(|id| self.schemas.get(*id));
        let demanding = schemas().find(|schema| schema.required.contains(name));
        let refusing = schemas().find(|schema| {
            let additional = schema.additional.filter(|_| !schema.properties.contains_key(name));
            additional.is_some_and(|id| self.schemas.get(id).boolean == Some(false))
        });
        let place = |location: &Location, keyword: &str| {
            Place::value(&location.file, pointer::child(&location.pointer, keyword))
        };
        let Some(demanding) = demanding else { return };
        let message = format!("nothing satisfies this schema: the member `{name}` that it requires is not allowed");
        let mut diagnostic = Diagnostic::warning(
            "impossible-schema",
            message,
            place(&demanding.location, "required").label("required here"),
        );
        if let Some(refusing) = refusing {
            let place = place(&refusing.location, "additionalProperties");
            diagnostic = diagnostic.also(place.label("no member but the named ones is allowed here"));
        }
        self.report(diagnostic);
    }

    /// The first two places of which no value satisfies both.
    fn conflict(&self, facets: &Facets) -> Option<Conflict> {
        let alone = |id| Facets::of(self.schemas, &[Part { id, own: true }]);
        let parts: Vec<_> =
            facets.parts.iter().map(|id| (self.schemas.get(*id).location.clone(), alone(*id))).collect();
        for (index, (location, one)) in parts.iter().enumerate() {
            for (other_location, other) in parts.iter().skip(index) {
                let found = kinds_conflict(one, other)
                    .or_else(|| values_conflict(one, other))
                    .or_else(|| ranges_conflict(one, other))
                    .or_else(|| ranges_conflict(other, one).map(|(one, other)| (other, one)));
                if let Some(((keyword, demand), (other_keyword, other_demand))) = found {
                    return Some(Conflict {
                        one: (location.clone(), keyword, demand),
                        other: (other_location.clone(), other_keyword, other_demand),
                    });
                }
            }
        }
        None
    }
}

/// A keyword, and what it demands.
type Demand = (&'static str, String);

fn listing(facets: &Facets) -> Option<(Demand, &[Node])> {
    let values = facets.values.as_deref()?;
    let keyword = if values.len() == 1 { "const" } else { "enum" };
    Some(((keyword, "allows other values".to_owned()), values))
}

fn kinds_demand(kinds: Kinds) -> Demand {
    let names: Vec<&str> = kinds.iter().map(crate::schema::Kind::name).collect();
    ("type", format!("allows {}", names.join(", ")))
}

fn kinds_conflict(one: &Facets, other: &Facets) -> Option<(Demand, Demand)> {
    let apart = one.typed && other.typed && !one.kinds.overlaps(other.kinds);
    apart.then(|| (kinds_demand(one.kinds), kinds_demand(other.kinds)))
}

fn values_conflict(one: &Facets, other: &Facets) -> Option<(Demand, Demand)> {
    match (listing(one), listing(other)) {
        (Some((mine, values)), Some((others, listed))) => {
            let shared = values.iter().any(|value| listed.iter().any(|listed| number::equal(value, listed)));
            (!shared).then_some((mine, others))
        }
        (Some((mine, _)), None) => (!one.kinds.overlaps(other.kinds)).then(|| (mine, kinds_demand(other.kinds))),
        (None, Some((others, _))) => (!one.kinds.overlaps(other.kinds)).then(|| (kinds_demand(one.kinds), others)),
        (None, None) => None,
    }
}

fn ranges_conflict(upper: &Facets, lower: &Facets) -> Option<(Demand, Demand)> {
    for (_, lowest, highest) in RANGES {
        for (most, limit, _) in upper.limits.iter().filter(|(keyword, _, _)| highest.contains(keyword)) {
            for (least, other, _) in lower.limits.iter().filter(|(keyword, _, _)| lowest.contains(keyword)) {
                if leaves_nothing(limit, most, other, least) {
                    let words = |usual, keyword: &str| match keyword {
                        "exclusiveMaximum" => "less than",
                        "exclusiveMinimum" => "more than",
                        _ => usual,
                    };
                    let most = (*most, format!("{} {}", words("at most", most), limit.to_json()));
                    let least = (*least, format!("{} {}", words("at least", least), other.to_json()));
                    return Some((most, least));
                }
            }
        }
    }
    None
}
