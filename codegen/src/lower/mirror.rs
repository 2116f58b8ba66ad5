//! Schemas that are one with others: how they come to be one type, and what is told of the places that are not lowered.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place, Spot};
use crate::ir::{Docs, Origin, Ty, TypeId, Use};
use crate::rules::Rules;
use crate::schema::{Location, SchemaId};

use super::Lowering;
use super::equal::{Equals, alone};
use super::facets::{Facets, Part};

impl Lowering<'_> {
    /// Compares all schemas. What `codegen.toml` says of a place tells it apart from others.
    pub(super) fn equals(&self) -> Equals {
        let lists = [&self.sensitive, &self.merge, &self.optional];
        let rules = Rules::of(self.config);
        let decided = |place: &Location| {
            let entries = lists.iter().flat_map(|list| list.entries_of(place));
            entries.chain(rules.at(&place.pointer)).collect()
        };
        Equals::of(self.schemas, decided, self.documents.len() > 1)
    }

    /// Leaves out what constrains nothing, and follows references that stand alone.
    fn followed(&self, parts: &[Part]) -> Vec<Part> {
        let mut essential: Vec<Part> = Vec::new();
        for part in parts {
            let mut part = *part;
            // A chain of references is as long as there are schemas, or a circle that constrains nothing.
            for _ in 0..=self.schemas.schemas.len() {
                match alone(self.schemas, self.schemas.get(part.id)) {
                    Some(next) if !part.own => part = Part::whole(next),
                    _ => break,
                }
            }
            if !self.schemas.get(part.id).is_unconstrained() {
                essential.push(part);
            }
        }
        essential
    }

    /// What a conjunction is made of, whatever it was made of: of equal ones, this is equal.
    pub(super) fn essential(&self, parts: &[Part]) -> Vec<Part> {
        let stand_for = |part: Part| Part { id: self.equals.one(part.id), ..part };
        let mut essential: Vec<Part> = self.followed(parts).into_iter().map(stand_for).collect();
        essential.sort_unstable();
        essential.dedup();
        essential
    }

    /// The same, for a conjunction that is lowered: remembers where schemas stand for others.
    pub(super) fn met(&mut self, parts: &[Part]) -> Vec<Part> {
        for Part { id, .. } in self.followed(parts) {
            self.displaced |= self.stands_for(id) != id;
        }
        self.essential(parts)
    }

    /// The schema that stands for one, which is remembered.
    pub(super) fn stands_for(&mut self, id: SchemaId) -> SchemaId {
        let one = self.equals.one(id);
        if one != id {
            self.mirrored.insert((one, id));
        }
        one
    }

    /// A type of several places is called after the way to the one that stands for the others, once that has been gone.
    pub(super) fn call_after(&mut self, value: &Use, origin: &Origin) {
        let Ty::Named(id) = value.ty else { return };
        if self.displaced || !self.borrowed_names.contains(&id) || self.is_within(origin, id) {
            return;
        }
        self.borrowed_names.remove(&id);
        if let Some(definition) = self.types.get_mut(id.0) {
            definition.origin = origin.clone();
        }
    }

    /// Whether an origin is inside a type, so that this can't be called after it.
    fn is_within(&self, origin: &Origin, id: TypeId) -> bool {
        let mut origin = Some(origin);
        for _ in 0..=self.types.len() {
            match origin {
                Some(Origin::Within(outer, _)) if *outer == id => return true,
                Some(Origin::Within(outer, _)) => origin = self.types.get(outer.0).map(|outer| &outer.origin),
                _ => return false,
            }
        }
        true
    }

    /// The schemas that one type is made of.
    fn alike(&self, key: &[Part]) -> &[SchemaId] {
        match key {
            [Part { id, own: false }] => self.equals.alike(*id),
            _ => &[],
        }
    }

    /// The places of a type but the first.
    pub(super) fn other_places(&self, key: &[Part]) -> Vec<Location> {
        self.alike(key).iter().skip(1).map(|id| self.schemas.get(*id).location.clone()).collect()
    }

    /// Remembers one more place of a type that several schemas make together: that of the first of them.
    pub(super) fn add_place(&mut self, key: &[Part], parts: &[Part]) {
        let (true, Some(first), Some(Ty::Named(id))) =
            (key.len() > 1, key.first(), self.known.get(key).map(|known| &known.ty))
        else {
            return;
        };
        let (id, mut met) = (*id, self.followed(parts));
        met.retain(|part| part.id != first.id && self.equals.one(part.id) == first.id);
        let places = met.into_iter().map(|part| self.schemas.get(part.id).location.clone());
        if let Some(definition) = self.types.get_mut(id.0) {
            definition.others.extend(places);
            definition.others.sort_unstable();
            definition.others.dedup();
        }
    }

    /// What people are told of a type: of one with several places, what all of them say that say something.
    pub(super) fn docs_of_all(&self, key: &[Part], facets: &Facets) -> Docs {
        let docs = self.docs(&facets.parts);
        let places = self.alike(key);
        if places.len() < 2 {
            return docs;
        }
        let notes = || places.iter().map(|id| &self.schemas.get(*id).notes);
        let agreed = |texts: Vec<&String>| texts.iter().all(|text| Some(text) == texts.first());
        let defaults: Vec<_> = notes().filter_map(|notes| notes.default.as_ref()).collect();
        Docs {
            description: docs
                .description
                .filter(|_| agreed(notes().filter_map(|one| one.description.as_ref()).collect())),
            default: docs.default.filter(|_| defaults.iter().all(|one| Some(one) == defaults.first())),
            ..docs
        }
    }

    /// Tells of the places that others stand for what was found out about these; `said` diagnostics were there before.
    pub(super) fn mirror(&mut self, said: usize) {
        let mut pairs: Vec<(SchemaId, SchemaId)> = std::mem::take(&mut self.mirrored).into_iter().collect();
        // What stands within another has been mirrored when that is.
        pairs.sort_by_key(|(one, other)| (self.equals.size(*one), *one, *other));
        let place = |id: SchemaId| &self.schemas.get(id).location;
        let pairs: Vec<(&Location, &Location)> =
            pairs.iter().map(|(one, other)| (place(*one), place(*other))).collect();
        let mut diagnostics = ByPlace::default();
        let mut elsewhere = Vec::new();
        for diagnostic in self.diagnostics.drain(said.min(self.diagnostics.len())..) {
            match diagnostic.places.first().and_then(Place::location) {
                Some(location) => diagnostics.add(location, diagnostic),
                None => elsewhere.push(diagnostic),
            }
        }
        for (one, other) in pairs {
            self.fields.mirror(one, other, Clone::clone);
            self.implied_kinds.mirror(one, other, Clone::clone);
            self.unchecked_formats.mirror(one, other, Clone::clone);
            diagnostics.mirror(one, other, |diagnostic| moved(diagnostic, one, other));
        }
        self.diagnostics.extend(diagnostics.found.into_values().flatten());
        self.diagnostics.extend(elsewhere);
    }
}

/// What was found out, by the place of the schema or of a keyword in it.
pub(super) struct ByPlace<T> {
    found: BTreeMap<Location, Vec<T>>,
}

impl<T> ByPlace<T> {
    pub(super) fn add(&mut self, location: Location, found: T) {
        self.found.entry(location).or_default().push(found);
    }

    /// Says the same of `other` and what is in it as of `one`.
    fn mirror(&mut self, one: &Location, other: &Location, copy: impl Fn(&T) -> T) {
        // Those within stand in one stretch, with others whose pointers begin so.
        let stretch = self
            .found
            .range(one.clone()..)
            .take_while(|(location, _)| location.file == one.file && location.pointer.starts_with(&one.pointer));
        let within = stretch.filter_map(|(location, found)| {
            let location = relocated(location, one, other)?;
            Some((location, found.iter().map(&copy).collect::<Vec<T>>()))
        });
        let within: Vec<_> = within.collect();
        for (location, copies) in within {
            self.found.entry(location).or_default().extend(copies);
        }
    }
}

impl<T> Default for ByPlace<T> {
    fn default() -> Self {
        Self { found: BTreeMap::new() }
    }
}

impl<T> IntoIterator for ByPlace<T> {
    type Item = (Location, Vec<T>);
    type IntoIter = std::collections::btree_map::IntoIter<Location, Vec<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

/// Where a place in one schema, or that of the schema, is in another.
fn relocated(location: &Location, one: &Location, other: &Location) -> Option<Location> {
    let rest = location.pointer.strip_prefix(one.pointer.as_str()).filter(|_| location.file == one.file)?;
    let inside = rest.is_empty() || rest.starts_with('/');
    inside.then(|| Location { file: other.file.clone(), pointer: format!("{}{rest}", other.pointer) })
}

/// A diagnostic of one schema as that of another.
fn moved(diagnostic: &Diagnostic, one: &Location, other: &Location) -> Diagnostic {
    let mut moved = diagnostic.clone();
    for place in &mut moved.places {
        if let Some(location) = place.location().and_then(|location| relocated(&location, one, other)) {
            place.file = location.file;
            match &mut place.spot {
                Spot::Pointer(pointer) | Spot::Key(pointer) => *pointer = location.pointer,
                Spot::Offset(_) | Spot::File => {}
            }
        }
    }
    moved
}
