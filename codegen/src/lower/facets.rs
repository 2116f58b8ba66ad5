//! What a conjunction of schemas says, keyword by keyword: `$ref` and `allOf` are gone.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{Discriminator, Kind, Kinds, Location, Schema, SchemaId, Schemas};
use crate::source::Node;

use super::disjoint::{RANGES, leaves_nothing};
use super::number;

/// A schema in a conjunction; `own` leaves out where it leads by `$ref`, `allOf`, `anyOf` and `oneOf`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) id: SchemaId,
    pub(super) own: bool,
}

impl Part {
    pub(super) fn whole(id: SchemaId) -> Self {
        Self { id, own: false }
    }
}

/// `anyOf` or `oneOf` of one schema.
#[derive(Clone, Debug)]
pub(super) struct Branches {
    pub(super) keyword: &'static str,
    pub(super) branches: Vec<SchemaId>,
    pub(super) discriminator: Option<Discriminator>,
}

/// What a conjunction says.
#[derive(Clone, Debug)]
pub(super) struct Facets {
    /// The kinds that all of it allows.
    pub(super) kinds: Kinds,
    /// Whether a `type` was written.
    pub(super) typed: bool,
    /// The values that all of it allows, where some of it lists them.
    pub(super) values: Option<Vec<Node>>,
    /// What each named member has to be: from every schema that says something of it.
    pub(super) properties: BTreeMap<String, Vec<Part>>,
    pub(super) required: BTreeSet<String>,
    /// What every other member has to be.
    pub(super) additional: Vec<Part>,
    pub(super) closed: bool,
    pub(super) property_names: Vec<Part>,
    /// What each of the first elements has to be: from every schema that says something of it.
    pub(super) prefix: Vec<Vec<Part>>,
    /// What every other element has to be.
    pub(super) items: Vec<Part>,
    pub(super) contains: Vec<(SchemaId, u64, Option<u64>)>,
    pub(super) branches: Vec<Branches>,
    /// The literal keywords of every schema.
    pub(super) limits: Vec<(&'static str, Node, Location)>,
    /// The schemas with keywords that no type expresses, and these keywords.
    pub(super) beyond: Vec<(SchemaId, Vec<&'static str>)>,
    /// The schemas themselves, flattened.
    pub(super) parts: Vec<SchemaId>,
}

impl Facets {
    pub(super) fn of(schemas: &Schemas, conjunction: &[Part]) -> Self {
        Self::at(schemas, conjunction, 0)
    }

    /// The same inside so many unions.
    fn at(schemas: &Schemas, conjunction: &[Part], depth: u32) -> Self {
        let mut flat = Flat { schemas, seen: BTreeSet::new(), parts: Vec::new() };
        for part in conjunction {
            flat.add(*part);
        }
        let mut facets = Self {
            kinds: Kinds::ALL,
            typed: false,
            values: None,
            properties: BTreeMap::new(),
            required: BTreeSet::new(),
            additional: Vec::new(),
            closed: false,
            property_names: Vec::new(),
            prefix: Vec::new(),
            items: Vec::new(),
            contains: Vec::new(),
            branches: Vec::new(),
            limits: Vec::new(),
            beyond: Vec::new(),
            parts: flat.parts.iter().map(|part| part.id).collect(),
        };
        for part in &flat.parts {
            let schema = schemas.get(part.id);
            facets.add(schema, part.own);
            let keywords = schema.beyond_types();
            if !keywords.is_empty() {
                facets.beyond.push((part.id, keywords));
            }
        }
        facets.add_properties(schemas);
        facets.add_elements(schemas);
        facets.narrow_by_branches(schemas, depth);
        facets.drop_kinds_without_values();
        if let Some(values) = &facets.values {
            let kinds = values.iter().fold(Kinds::NONE, |kinds, value| kinds.union(kind_of(value)));
            facets.kinds = facets.kinds.intersection(kinds);
            let allowed = facets.kinds;
            facets.values = facets
                .values
                .map(|values| values.into_iter().filter(|value| allowed.overlaps(kind_of(value))).collect());
        }
        facets
    }

    /// A value is of a kind that some branch of each union allows.
    fn narrow_by_branches(&mut self, schemas: &Schemas, depth: u32) {
        const DEEPEST: u32 = 4;
        if depth >= DEEPEST {
            return;
        }
        for branches in &self.branches {
            let kinds = |id: &SchemaId| Self::at(schemas, &[Part::whole(*id)], depth.saturating_add(1)).kinds;
            let any = branches.branches.iter().map(kinds).fold(Kinds::NONE, Kinds::union);
            self.kinds = self.kinds.intersection(any);
        }
    }

    /// A kind whose limits leave nothing has no values.
    fn drop_kinds_without_values(&mut self) {
        for (kind, lower, upper) in RANGES {
            let of = |wanted: &'static [&'static str]| {
                self.limits.iter().filter(move |(keyword, _, _)| wanted.contains(keyword))
            };
            let empty = |(most, limit, _): &(&str, Node, Location)| {
                of(lower).any(|(least, other, _)| leaves_nothing(limit, most, other, least))
            };
            if of(upper).any(empty) {
                self.kinds = self.kinds.without(Kinds::one(*kind));
            }
        }
    }

    fn add(&mut self, schema: &Schema, own: bool) {
        if schema.boolean == Some(false) {
            self.kinds = Kinds::NONE;
        }
        if let Some(kinds) = schema.kinds {
            self.kinds = self.kinds.intersection(kinds);
            self.typed = true;
        }
        for listed in
            [schema.enumeration.clone(), schema.constant.clone().map(|constant| vec![constant])].into_iter().flatten()
        {
            self.values = Some(match self.values.take() {
                Some(values) => {
                    let both = |value: &Node| listed.iter().any(|other| number::equal(value, other));
                    values.into_iter().filter(both).collect()
                }
                None => listed,
            });
        }
        self.required.extend(schema.required.iter().cloned());
        self.property_names.extend(schema.property_names.map(Part::whole));
        self.items.extend(schema.items.map(Part::whole));
        if let Some(contains) = schema.contains {
            self.contains.push((contains, schema.min_contains.unwrap_or(1), schema.max_contains));
        }
        // The lower limit before the upper one, as people say them.
        for upper in [false, true] {
            for (name, value) in schema.limits.iter().filter(|(name, _)| is_upper(name) == upper) {
                self.limits.push((name, value.clone(), schema.location.clone()));
            }
        }
        if own {
            return;
        }
        for (keyword, branches) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
            if !branches.is_empty() {
                self.branches.push(Branches {
                    keyword,
                    branches: branches.clone(),
                    discriminator: schema.discriminator.clone(),
                });
            }
        }
    }

    /// Each schema sees only its own `properties` (2020-12 Core §10.3.2.3): a member that one of them names is an additional
    /// one for the others.
    fn add_properties(&mut self, schemas: &Schemas) {
        let names: BTreeSet<&String> = self.parts.iter().flat_map(|id| schemas.get(*id).properties.keys()).collect();
        for name in names {
            let parts = self.parts.iter().filter_map(|id| {
                let schema = schemas.get(*id);
                schema.properties.get(name).copied().or(additional(schema))
            });
            self.properties.insert(name.clone(), parts.map(Part::whole).collect());
        }
        self.additional = self.parts.iter().filter_map(|id| additional(schemas.get(*id))).map(Part::whole).collect();
        self.closed = self.additional.iter().any(|part| schemas.get(part.id).boolean == Some(false));
    }

    /// Each schema sees only its own `prefixItems` (2020-12 Core §10.3.1.2): after them its `items` go on.
    fn add_elements(&mut self, schemas: &Schemas) {
        let longest = self.parts.iter().map(|id| schemas.get(*id).prefix_items.len()).max().unwrap_or(0);
        for index in 0..longest {
            let parts = self.parts.iter().filter_map(|id| {
                let schema = schemas.get(*id);
                schema.prefix_items.get(index).copied().or(schema.items)
            });
            self.prefix.push(parts.map(Part::whole).collect());
        }
    }

    /// The kinds that something is said of.
    pub(super) fn described(&self) -> Vec<Kind> {
        [
            (self.speaks_of_objects(), Kind::Object),
            (self.speaks_of_arrays(), Kind::Array),
            (self.speaks_of_strings(), Kind::String),
            (self.speaks_of_numbers(), Kind::Number),
        ]
        .into_iter()
        .filter_map(|(speaks, kind)| speaks.then_some(kind))
        .collect()
    }

    /// Whether something is said of objects.
    pub(super) fn speaks_of_objects(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.additional.is_empty()
            || !self.property_names.is_empty()
            || self.has_limit(&["minProperties", "maxProperties"])
    }

    /// Whether something is said of arrays.
    pub(super) fn speaks_of_arrays(&self) -> bool {
        !self.items.is_empty()
            || !self.prefix.is_empty()
            || !self.contains.is_empty()
            || self.has_limit(&["minItems", "maxItems", "uniqueItems"])
    }

    /// Whether something is said of strings.
    pub(super) fn speaks_of_strings(&self) -> bool {
        self.has_limit(&["minLength", "maxLength", "pattern", "format"])
    }

    /// Whether something is said of numbers.
    pub(super) fn speaks_of_numbers(&self) -> bool {
        self.has_limit(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"])
    }

    fn has_limit(&self, names: &[&str]) -> bool {
        self.limits.iter().any(|(name, _, _)| names.contains(name))
    }

    /// `anyOf` and `oneOf` as keywords that no type expresses.
    pub(super) fn without_branches(&self, schemas: &Schemas) -> Self {
        let mut facets = Self { branches: Vec::new(), ..self.clone() };
        for id in &self.parts {
            let schema = schemas.get(*id);
            let keywords = [("anyOf", !schema.any_of.is_empty()), ("oneOf", !schema.one_of.is_empty())];
            let keywords: Vec<_> = keywords.into_iter().filter_map(|(name, present)| present.then_some(name)).collect();
            match facets.beyond.iter_mut().find(|(beyond, _)| beyond == id) {
                _ if keywords.is_empty() => {}
                Some((_, known)) => known.extend(keywords),
                None => facets.beyond.push((*id, keywords)),
            }
        }
        facets
    }

    /// Whether nothing is said but, perhaps, the kind.
    pub(super) fn is_bare(&self) -> bool {
        self.values.is_none()
            && self.beyond.is_empty()
            && self.branches.is_empty()
            && !self.speaks_of_objects()
            && !self.speaks_of_arrays()
            && !self.speaks_of_strings()
            && !self.speaks_of_numbers()
    }
}

/// What a schema says of every member that it does not name; with patterns, that depends on the key.
fn additional(schema: &Schema) -> Option<SchemaId> {
    schema.additional.filter(|_| schema.pattern_properties.is_empty())
}

fn is_upper(keyword: &str) -> bool {
    matches!(keyword, "maxLength" | "maxItems" | "maxProperties" | "maximum" | "exclusiveMaximum")
}

/// The kind of a value of `enum`.
pub(super) fn kind_of(value: &Node) -> Kinds {
    Kinds::one(match value {
        Node::Null => Kind::Null,
        Node::Bool(_) => Kind::Boolean,
        Node::Number(number) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => Kind::Integer,
        Node::Number(_) => Kind::Number,
        Node::String(_) => Kind::String,
        Node::Array(_) => Kind::Array,
        Node::Object(_) => Kind::Object,
    })
}

/// Follows `$ref` and `allOf`, each schema once.
struct Flat<'f> {
    schemas: &'f Schemas,
    seen: BTreeSet<Part>,
    parts: Vec<Part>,
}

impl Flat<'_> {
    fn add(&mut self, part: Part) {
        if !self.seen.insert(part) {
            return;
        }
        self.parts.push(part);
        if part.own {
            return;
        }
        let schema = self.schemas.get(part.id);
        for id in schema.reference.into_iter().chain(schema.all_of.iter().copied()) {
            self.add(Part::whole(id));
        }
    }
}
