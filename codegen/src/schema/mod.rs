//! A schema as its keywords say it, with references already resolved to other schemas.

pub mod dialect;
pub mod keyword;
mod kinds;
pub mod meta;
mod read;
pub mod rust_type;
pub(crate) mod upgrade;

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Node;

pub use dialect::{Dialect, Release};
pub use kinds::{Kind, Kinds};
pub use read::{Found, read};
pub(crate) use read::{count, integer};
pub use rust_type::RustType;

/// One schema of the documents; an index into [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub(crate) usize);

/// Where something stands: the name of its document and its JSON Pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The name of the document.
    pub file: String,
    /// The JSON Pointer (RFC 6901) in it.
    pub pointer: String,
}

/// The dynamic anchor that `$recursiveAnchor` stands for (2019-09 Core §8.2.4.2): a name that no `$dynamicAnchor` may have.
pub(crate) const RECURSIVE_ANCHOR: &str = "$recursiveAnchor";

/// All schemas that are reached, each once, and the other components after them.
#[derive(Debug, Default)]
pub struct Schemas {
    pub(crate) schemas: Vec<Schema>,
    pub(crate) by_location: BTreeMap<Location, SchemaId>,
    /// The schemas with a dynamic anchor, by resource and anchor; none where no `$dynamicRef` is reached.
    pub(crate) dynamic_anchors: BTreeMap<Location, BTreeMap<String, SchemaId>>,
    /// How many of the last schemas are not reached: components that others may be equal to.
    pub(crate) unreached: usize,
}

impl Schemas {
    /// A schema. An id that is not from these schemas gives one that accepts everything.
    #[must_use]
    pub fn get(&self, id: SchemaId) -> &Schema {
        static ANYTHING: std::sync::LazyLock<Schema> = std::sync::LazyLock::new(Schema::default);
        self.schemas.get(id.0).unwrap_or_else(|| &ANYTHING)
    }

    /// The schema at a place.
    #[must_use]
    pub fn find(&self, location: &Location) -> Option<SchemaId> {
        self.by_location.get(location).copied()
    }

    /// Whether something is generated from a schema.
    #[must_use]
    pub fn is_reached(&self, id: SchemaId) -> bool {
        id.0 < self.schemas.len().saturating_sub(self.unreached)
    }

    /// Every schema that is reached, in the order of discovery.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        let all = self.schemas.iter().enumerate().map(|(index, schema)| (SchemaId(index), schema));
        all.take_while(|(id, _)| self.is_reached(*id))
    }
}

/// The keywords of one schema object, upgraded to the names and meanings of 2020-12.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Where it stands.
    pub location: Location,
    /// How it was read.
    pub dialect: Dialect,
    /// `Some(false)` for the schema `false`.
    pub boolean: Option<bool>,
    /// `$ref`
    pub reference: Option<SchemaId>,
    /// `$dynamicRef`: where it leads by itself, and the anchor that is looked for in the dynamic scope.
    pub dynamic_reference: Option<(SchemaId, String)>,
    /// `$dynamicAnchor`
    pub dynamic_anchor: Option<String>,
    /// The place of the resource that the schema belongs to.
    pub resource: Location,
    /// `type`
    pub kinds: Option<Kinds>,
    /// `enum`
    pub enumeration: Option<Vec<Node>>,
    /// `const`
    pub constant: Option<Node>,
    /// `allOf`
    pub all_of: Vec<SchemaId>,
    /// `anyOf`
    pub any_of: Vec<SchemaId>,
    /// `oneOf`
    pub one_of: Vec<SchemaId>,
    /// The rules of `codegen.toml` about its values, by index.
    pub rules: Vec<usize>,
    /// `discriminator` of OpenAPI
    pub discriminator: Option<Discriminator>,
    /// `properties`
    pub properties: BTreeMap<String, SchemaId>,
    /// `required`
    pub required: BTreeSet<String>,
    /// `additionalProperties`
    pub additional: Option<SchemaId>,
    /// `propertyNames`
    pub property_names: Option<SchemaId>,
    /// `items`
    pub items: Option<SchemaId>,
    /// `contains`
    pub contains: Option<SchemaId>,
    /// `minContains`
    pub min_contains: Option<u64>,
    /// `maxContains`
    pub max_contains: Option<u64>,
    /// `not`
    pub not: Option<SchemaId>,
    /// `if`
    pub condition: Option<SchemaId>,
    /// `then`
    pub then: Option<SchemaId>,
    /// `else`
    pub otherwise: Option<SchemaId>,
    /// `dependentSchemas`
    pub dependent_schemas: BTreeMap<String, SchemaId>,
    /// `dependentRequired`
    pub dependent_required: BTreeMap<String, BTreeSet<String>>,
    /// `patternProperties`
    pub pattern_properties: BTreeMap<String, SchemaId>,
    /// `prefixItems`
    pub prefix_items: Vec<SchemaId>,
    /// `unevaluatedProperties`
    pub unevaluated_properties: Option<SchemaId>,
    /// `unevaluatedItems`
    pub unevaluated_items: Option<SchemaId>,
    /// The keywords whose value is a literal: limits, `pattern`, `format`, `uniqueItems`, as they stand.
    pub limits: BTreeMap<&'static str, Node>,
    /// The type of the user's that it is.
    pub rust_type: Option<RustType>,
    /// The keywords that say something to people.
    pub notes: Notes,
}

/// `discriminator` (OpenAPI 3.1 §4.8.25).
#[derive(Clone, Debug, PartialEq)]
pub struct Discriminator {
    /// The member that tells the branches apart.
    pub property: String,
    /// The values that name a schema other than by its own name.
    pub mapping: BTreeMap<String, SchemaId>,
}

/// Annotations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `default`
    pub default: Option<Node>,
    /// `deprecated`
    pub deprecated: bool,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `x-sensitive`
    pub sensitive: bool,
}

impl Schema {
    /// Every schema that this one holds or refers to.
    #[must_use]
    pub fn leads_to(&self) -> Vec<SchemaId> {
        let single = [
            self.reference,
            self.dynamic_reference.as_ref().map(|(id, _)| *id),
            self.additional,
            self.property_names,
            self.items,
            self.contains,
            self.not,
            self.condition,
            self.then,
            self.otherwise,
            self.unevaluated_properties,
            self.unevaluated_items,
        ];
        let lists = [&self.all_of, &self.any_of, &self.one_of, &self.prefix_items];
        let maps = [&self.properties, &self.pattern_properties, &self.dependent_schemas];
        let single = single.into_iter().flatten();
        let parameters = self.rust_type.iter().flat_map(|rust_type| &rust_type.parameters);
        let listed = lists.into_iter().flatten().chain(parameters).copied();
        single.chain(listed).chain(maps.into_iter().flat_map(BTreeMap::values).copied()).collect()
    }

    /// The keywords that constrain, sorted.
    #[must_use]
    pub fn keywords(&self) -> Vec<&'static str> {
        let mut keywords = self.beyond_types();
        keywords.extend(self.limits.keys());
        keywords.extend(
            [
                ("$dynamicRef", self.dynamic_reference.is_some()),
                ("additionalProperties", self.additional.is_some()),
                ("anyOf", !self.any_of.is_empty()),
                ("const", self.constant.is_some()),
                ("contains", self.contains.is_some()),
                ("enum", self.enumeration.is_some()),
                ("items", self.items.is_some()),
                ("oneOf", !self.one_of.is_empty()),
                ("prefixItems", !self.prefix_items.is_empty()),
                ("properties", !self.properties.is_empty()),
                ("propertyNames", self.property_names.is_some()),
                ("required", !self.required.is_empty()),
                ("type", self.kinds.is_some()),
            ]
            .into_iter()
            .filter_map(|(keyword, present)| present.then_some(keyword)),
        );
        keywords.sort_unstable();
        keywords
    }

    /// Whether the schema accepts everything: it holds nothing but annotations, and is no type of the user's.
    #[must_use]
    pub fn is_unconstrained(&self) -> bool {
        self.reference.is_none()
            && self.all_of.is_empty()
            && self.any_of.is_empty()
            && self.one_of.is_empty()
            && !self.has_keywords_of_its_own()
    }

    /// Whether the schema constrains by more than `$ref`, `allOf`, `anyOf` and `oneOf`.
    #[must_use]
    pub fn has_keywords_of_its_own(&self) -> bool {
        self.boolean == Some(false)
            || self.dynamic_reference.is_some()
            || self.kinds.is_some()
            || self.enumeration.is_some()
            || self.constant.is_some()
            || !self.properties.is_empty()
            || !self.required.is_empty()
            || self.additional.is_some()
            || self.property_names.is_some()
            || self.items.is_some()
            || !self.prefix_items.is_empty()
            || self.contains.is_some()
            || !self.limits.is_empty()
            || self.rust_type.is_some()
            || !self.beyond_types().is_empty()
    }

    /// The keywords that no type expresses: they are asked of the value as a whole.
    #[must_use]
    pub fn beyond_types(&self) -> Vec<&'static str> {
        [
            ("not", self.not.is_some()),
            ("if", self.condition.is_some()),
            ("dependentSchemas", !self.dependent_schemas.is_empty()),
            ("dependentRequired", !self.dependent_required.is_empty()),
            ("patternProperties", !self.pattern_properties.is_empty()),
            ("unevaluatedProperties", self.unevaluated_properties.is_some()),
            ("unevaluatedItems", self.unevaluated_items.is_some()),
        ]
        .into_iter()
        .filter_map(|(keyword, present)| present.then_some(keyword))
        .collect()
    }
}
