//! Arrays whose first elements have schemas of their own: tuples.

use crate::ir::{Check, Checks, Element, Extra, Origin, Shape, Tuple, Ty, Use};
use crate::schema::{Kind, count};

use super::Lowering;
use super::facets::{Facets, Part};

impl Lowering<'_> {
    /// The type of an array with `prefixItems`.
    pub(super) fn tuple(&mut self, key: &[Part], facets: &Facets, nullable: bool, origin: &Origin) -> Use {
        let id = self.open_type(key, facets, origin, Ty::Named, nullable);
        let least = facets.limits.iter().filter(|(keyword, _, _)| *keyword == "minItems");
        let least = least.filter_map(|(_, value, _)| count(value)).max().unwrap_or(0);
        let least = usize::try_from(least).unwrap_or(usize::MAX);
        let mut elements = Vec::new();
        let mut required = 0;
        let mut impossible = false;
        for (index, parts) in facets.prefix.iter().enumerate() {
            let value = self.lower_all(parts, &Origin::Within(id, ordinal(index)));
            let demanded = index < least;
            impossible |= demanded && value.ty == Ty::Never;
            if demanded && !impossible {
                required = index.saturating_add(1);
            }
            let ids: Vec<_> = parts.iter().map(|part| part.id).collect();
            elements.push(Element { value, docs: self.docs(&ids) });
        }
        let closed = facets.items.iter().any(|part| self.schemas.get(part.id).boolean == Some(false));
        let tail = if closed {
            Extra::Closed
        } else {
            match self.lower_all(&facets.items, &Origin::Within(id, "Rest".to_owned())) {
                Use { ty: Ty::Any, checks, .. } if checks.is_empty() => Extra::Open,
                value => Extra::Typed(Box::new(value)),
            }
        };
        let mut checks = self.checks(facets, Some(Kind::Array));
        checks.extend(self.contains_any(facets));
        checks.extend(facets.values.clone().map(Check::OneOf));
        if impossible {
            self.warn_impossible(facets);
            checks.push(Check::Never);
        }
        self.close(id, Shape::Tuple(Tuple { elements, required, tail, checks }), key)
    }

    /// `contains` of an array whose elements are looked at as JSON.
    fn contains_any(&mut self, facets: &Facets) -> Checks {
        let contains = facets.contains.clone();
        contains
            .into_iter()
            .map(|(schema, min, max)| {
                let checks = self.predicate(&[Part::whole(schema)], None);
                Check::Contains { min, max, checks, encoded: false }
            })
            .collect()
    }
}

/// What an element is called after by its place.
fn ordinal(index: usize) -> String {
    const WORDS: [&str; 10] =
        ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"];
    WORDS.get(index).map_or_else(|| format!("Element {}", index.saturating_add(1)), |word| (*word).to_owned())
}
