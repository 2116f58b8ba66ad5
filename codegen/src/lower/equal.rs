//! Which schemas are one: inline schemas that say the same are lowered once, and one that says what a schema with a name says is
//! that. Schemas with names stay apart.
//!
//! Two schemas say the same where all keywords and annotations in them are equal, down to where a `$ref` leads. Only what they
//! are described as may differ, and their `default`: that is told where they are used. Of a type of several places, what all
//! of them tell that tell something is kept.
//!
//! The schema that stands for all is the one with a name, else the first by [`rank`], which asks nothing of the places but what
//! each of them says: a place that comes or goes renames nothing unless it is that one.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::config;
use crate::schema::{Kind, Kinds, Location, Notes, Schema, SchemaId, Schemas};
use crate::source::pointer;

/// The keywords whose members are schemas with names.
const HOMES: [&str; 3] = ["/components/schemas", "/$defs", "/definitions"];

/// Which schema stands for which.
#[derive(Debug, Default)]
pub(super) struct Equals {
    /// The one that stands for each schema, by id.
    of: Vec<SchemaId>,
    /// The inline schemas of a type that has several places, by the one that stands for them, which is the first.
    alike: BTreeMap<SchemaId, Vec<SchemaId>>,
    /// How many schemas stand in each, itself among them.
    sizes: Vec<usize>,
}

/// What an inner schema is to the one around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    /// Itself: it has a name, or stands elsewhere.
    Itself(SchemaId),
    /// Any schema that says so.
    Said(usize),
}

impl Equals {
    /// Compares all schemas; `told_apart` is what else tells inner schemas apart by their places.
    pub(super) fn of(schemas: &Schemas, told_apart: impl Fn(&Location) -> Vec<usize>, by_file: bool) -> Self {
        let heights = Heights::of(schemas);
        let mut comparing = Comparing {
            schemas,
            told_apart: &told_apart,
            by_file,
            tokens: vec![None; schemas.schemas.len()],
            said: BTreeMap::new(),
            classes: Vec::new(),
        };
        // What a schema holds is lower than it: it has been compared before.
        for level in &heights.levels {
            comparing.compare(level);
        }
        let classes = comparing.classes;
        let mut equals = Self {
            of: (0..schemas.schemas.len()).map(SchemaId).collect(),
            alike: BTreeMap::new(),
            sizes: heights.sizes,
        };
        let mut reached: Vec<bool> = equals.of.iter().map(|id| schemas.is_reached(*id)).collect();
        // What holds others comes first: it may be what reaches them.
        for class in classes.iter().rev() {
            equals.choose(schemas, class, &mut reached);
        }
        equals
    }

    /// Chooses who stands for the schemas of a class.
    fn choose(&mut self, schemas: &Schemas, class: &Class, reached: &mut [bool]) {
        let location = |id: &SchemaId| &schemas.get(*id).location;
        // One that is not reached has no place that a name could come from.
        let is_reached = |id: &&SchemaId| reached.get(id.0) == Some(&true) && is_composite(schemas, **id);
        let mut inline: Vec<SchemaId> = class.inline.iter().filter(is_reached).copied().collect();
        inline.sort_by_key(|id| rank(location(id)));
        let Some(inner) = inline.first() else { return };
        let first = class.named.unwrap_or(*inner);
        let mut waiting = vec![first];
        while let Some(id) = waiting.pop() {
            if let Some(reached @ false) = reached.get_mut(id.0) {
                *reached = true;
                let inner = schemas.get(id).leads_to();
                waiting.extend(inner.into_iter().filter(|inner| is_within(location(inner), location(&id))));
            }
        }
        for id in &inline {
            if let Some(slot) = self.of.get_mut(id.0) {
                *slot = first;
            }
        }
        if class.named.is_none() && inline.len() > 1 {
            self.alike.insert(first, inline);
        }
    }

    /// The schema that stands for one.
    pub(super) fn one(&self, id: SchemaId) -> SchemaId {
        self.of.get(id.0).copied().unwrap_or(id)
    }

    /// The inline schemas that one stands for, where they are several; itself is the first.
    pub(super) fn alike(&self, id: SchemaId) -> &[SchemaId] {
        self.alike.get(&id).map_or(&[], Vec::as_slice)
    }

    /// How many schemas stand in one, itself among them.
    pub(super) fn size(&self, id: SchemaId) -> usize {
        self.sizes.get(id.0).copied().unwrap_or(1)
    }
}

/// Whether a schema has a name in its document, or is the root of it.
fn is_named(location: &Location) -> bool {
    location.pointer.is_empty() || name_in_document(location).is_some()
}

/// The name that a schema has in its document.
pub(super) fn name_in_document(location: &Location) -> Option<Cow<'_, str>> {
    let (parent, name) = location.pointer.rsplit_once('/')?;
    HOMES.iter().any(|home| parent.ends_with(home)).then(|| pointer::unescape(name))
}

/// The order in which places are preferred: components outlive operations, and what is less deep is nearer to a name.
fn rank(location: &Location) -> (bool, usize, &Location) {
    let is_component = location.pointer.starts_with("/components/schemas/");
    (!is_component, location.pointer.matches('/').count(), location)
}

/// Whether a schema stands within another one.
fn is_within(inner: &Location, outer: &Location) -> bool {
    inner.file == outer.file
        && inner.pointer.strip_prefix(outer.pointer.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a schema becomes a type of its own, name or not; of scalars, lists and maps, the named ones are aliases.
fn is_composite(schemas: &Schemas, id: SchemaId) -> bool {
    let schema = schemas.get(id);
    let null = Kinds::one(Kind::Null);
    let is_null = |id: &&SchemaId| schemas.get(**id).kinds == Some(null);
    let branches = || schema.any_of.iter().chain(&schema.one_of).filter(|id| !is_null(id)).count();
    let closed = schema.additional.is_some_and(|id| schemas.get(id).boolean == Some(false));
    if alone(schemas, schema).is_some() {
        return false;
    }
    schema.enumeration.is_some()
        || schema.constant.is_some()
        || branches() > 1
        || !schema.properties.is_empty()
        || !schema.required.is_empty()
        || closed
        || !schema.prefix_items.is_empty()
        || !schema.all_of.is_empty()
        || schema.reference.is_some()
        || schema.kinds.is_some_and(|kinds| kinds.without(null).iter().count() > 1)
}

/// How high schemas are: one that holds none is lowest.
struct Heights {
    levels: Vec<Vec<SchemaId>>,
    sizes: Vec<usize>,
}

impl Heights {
    fn of(schemas: &Schemas) -> Self {
        let count = schemas.schemas.len();
        let (mut heights, mut sizes) = (vec![0_usize; count], vec![1_usize; count]);
        let mut order: Vec<SchemaId> = (0..count).map(SchemaId).collect();
        // What stands within another has the longer pointer.
        order.sort_by_key(|id| std::cmp::Reverse(schemas.get(*id).location.pointer.len()));
        for id in order {
            let schema = schemas.get(id);
            let (mut height, mut size) = (0_usize, 1_usize);
            for inner in schema.leads_to() {
                if is_within(&schemas.get(inner).location, &schema.location) {
                    height = height.max(heights.get(inner.0).copied().unwrap_or(0).saturating_add(1));
                    size = size.saturating_add(sizes.get(inner.0).copied().unwrap_or(1));
                }
            }
            if let (Some(slot), Some(total)) = (heights.get_mut(id.0), sizes.get_mut(id.0)) {
                (*slot, *total) = (height, size);
            }
        }
        let mut levels: Vec<Vec<SchemaId>> = Vec::new();
        for (index, height) in heights.into_iter().enumerate() {
            if levels.len() <= height {
                levels.resize(height.saturating_add(1), Vec::new());
            }
            if let Some(level) = levels.get_mut(height) {
                level.push(SchemaId(index));
            }
        }
        Self { levels, sizes }
    }
}

struct Comparing<'c, F> {
    schemas: &'c Schemas,
    told_apart: &'c F,
    /// Whether schemas of different documents are different: each has a module of its own.
    by_file: bool,
    /// What each schema is to those around it, once it has been compared.
    tokens: Vec<Option<Token>>,
    /// The classes, by what is said.
    said: BTreeMap<String, usize>,
    classes: Vec<Class>,
}

/// The schemas that say the same.
#[derive(Default)]
struct Class {
    /// The first of those with names.
    named: Option<SchemaId>,
    inline: Vec<SchemaId>,
}

impl Class {
    fn add(&mut self, schemas: &Schemas, id: SchemaId) {
        let location = |id: SchemaId| &schemas.get(id).location;
        if !is_named(location(id)) {
            self.inline.push(id);
        } else if self.named.is_none_or(|named| rank(location(id)) < rank(location(named))) {
            self.named = Some(id);
        }
    }
}

impl<F: Fn(&Location) -> Vec<usize>> Comparing<'_, F> {
    fn compare(&mut self, level: &[SchemaId]) {
        let mut compared = Vec::new();
        for id in level {
            let next = self.classes.len();
            let index = *self.said.entry(self.said_by(*id)).or_insert(next);
            if index == next {
                self.classes.push(Class::default());
            }
            if let Some(class) = self.classes.get_mut(index) {
                class.add(self.schemas, *id);
                compared.push((*id, index));
            }
        }
        for (id, index) in compared {
            let named = self.classes.get(index).and_then(|class| class.named);
            let named = named.filter(|_| is_composite(self.schemas, id));
            let token = match (alone(self.schemas, self.schemas.get(id)), named) {
                (Some(target), _) => self.token(id, target),
                (None, Some(named)) => Token::Itself(named),
                (None, None) => Token::Said(index),
            };
            if let Some(slot) = self.tokens.get_mut(id.0) {
                *slot = Some(token);
            }
        }
    }

    /// What a schema is to the one that holds it or refers to it.
    fn token(&self, outer: SchemaId, inner: SchemaId) -> Token {
        let (inside, around) = (&self.schemas.get(inner).location, &self.schemas.get(outer).location);
        let compared = self.tokens.get(inner.0).copied().flatten();
        match compared {
            Some(token) if is_within(inside, around) && !is_named(inside) => token,
            _ => Token::Itself(inner),
        }
    }

    /// All that a schema says, as a text.
    fn said_by(&self, id: SchemaId) -> String {
        let mut text = String::new();
        // Writing to a string can't fail.
        let _ = self.write(id, &mut text);
        text
    }

    fn write(&self, id: SchemaId, text: &mut String) -> std::fmt::Result {
        let Schema {
            location,
            dialect,
            boolean,
            reference,
            dynamic_reference,
            dynamic_anchor,
            resource,
            kinds,
            enumeration,
            constant,
            all_of,
            any_of,
            one_of,
            discriminator,
            properties,
            required,
            additional,
            property_names,
            items,
            contains,
            min_contains,
            max_contains,
            not,
            condition,
            then,
            otherwise,
            dependent_schemas,
            dependent_required,
            pattern_properties,
            prefix_items,
            unevaluated_properties,
            unevaluated_items,
            limits,
            rust_type,
            rules,
            notes: Notes { title, description: _, default: _, deprecated, read_only: _, write_only: _, sensitive: _ },
        } = self.schemas.get(id);
        write!(text, "{dialect:?}{title:?}{deprecated}{boolean:?}{kinds:?}")?;
        // What a rule says is no type.
        if self.by_file || location.file == config::FILE {
            write!(text, "file{:?}", location.file)?;
        }
        if !rules.is_empty() {
            write!(text, "rules{rules:?}")?;
        }
        if !self.schemas.dynamic_anchors.is_empty() {
            write!(text, "dynamic{resource:?}{dynamic_anchor:?}")?;
        }
        if let Some(values) = enumeration {
            // In whatever order.
            let values: BTreeSet<String> = values.iter().map(|value| format!("{value:?}")).collect();
            write!(text, "enum{values:?}")?;
        }
        if let Some(constant) = constant {
            write!(text, "const{constant:?}")?;
        }
        if !required.is_empty() {
            write!(text, "required{required:?}")?;
        }
        if !dependent_required.is_empty() {
            write!(text, "dependentRequired{dependent_required:?}")?;
        }
        if !limits.is_empty() {
            write!(text, "limits{limits:?}")?;
        }
        if contains.is_some() {
            write!(text, "contains{min_contains:?}{max_contains:?}")?;
        }
        if let Some(rust_type) = rust_type {
            write!(text, "rust{rust_type:?}")?;
        }
        if let Some((target, anchor)) = dynamic_reference {
            write!(text, "$dynamicRef{target:?}{anchor:?}")?;
        }
        if let Some(discriminator) = discriminator {
            write!(text, "discriminator{discriminator:?}")?;
        }
        let single = [
            ("$ref", reference),
            ("additionalProperties", additional),
            ("propertyNames", property_names),
            ("items", items),
            ("contains", contains),
            ("not", not),
            ("if", condition),
            ("then", then),
            ("else", otherwise),
            ("unevaluatedProperties", unevaluated_properties),
            ("unevaluatedItems", unevaluated_items),
        ];
        for (keyword, inner) in single.into_iter().filter_map(|(keyword, inner)| Some((keyword, (*inner)?))) {
            write!(text, "{keyword}")?;
            self.write_inner(id, inner, text)?;
        }
        let lists = [("allOf", all_of), ("anyOf", any_of), ("oneOf", one_of), ("prefixItems", prefix_items)];
        for (keyword, inner) in lists.into_iter().filter(|(_, inner)| !inner.is_empty()) {
            write!(text, "{keyword}{}", inner.len())?;
            inner.iter().try_for_each(|inner| self.write_inner(id, *inner, text))?;
        }
        let maps = [
            ("properties", properties),
            ("patternProperties", pattern_properties),
            ("dependentSchemas", dependent_schemas),
        ];
        for (keyword, inner) in maps.into_iter().filter(|(_, inner)| !inner.is_empty()) {
            write!(text, "{keyword}{}", inner.len())?;
            for (name, inner) in inner {
                write!(text, "{name:?}")?;
                self.write_inner(id, *inner, text)?;
            }
        }
        Ok(())
    }

    /// What an inner schema is, and what is told of it here.
    fn write_inner(&self, outer: SchemaId, inner: SchemaId, text: &mut String) -> std::fmt::Result {
        let schema = self.schemas.get(inner);
        write!(text, "{:?}", self.token(outer, inner))?;
        if schema.notes != Notes::default() {
            write!(text, "{:?}", schema.notes)?;
        }
        let decisions = (self.told_apart)(&schema.location);
        if decisions.is_empty() { Ok(()) } else { write!(text, "decided{decisions:?}") }
    }
}

/// The one schema that a `$ref`, or an `allOf` of one, stands for, where nothing else constrains.
pub(super) fn alone(schemas: &Schemas, schema: &Schema) -> Option<SchemaId> {
    if schema.has_keywords_of_its_own() || !schema.any_of.is_empty() || !schema.one_of.is_empty() {
        return None;
    }
    let mut targets = schema.reference.into_iter().chain(schema.all_of.iter().copied());
    let target = targets.next()?;
    targets.all(|id| schemas.get(id).is_unconstrained()).then_some(target)
}
