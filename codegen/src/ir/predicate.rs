//! Schemas as predicates: what is asked of a JSON value as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checks, Regex};
use crate::schema::Location;

/// One predicate; an index into [`super::Ir::predicates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PredicateId(pub(crate) usize);

/// What one schema demands, keyword by keyword.
#[derive(Clone, Debug, Default)]
pub struct Predicate {
    /// Where the schema stands.
    pub location: Location,
    /// The resource that the schema belongs to, by its place in [`super::Ir::resources`]; none where nothing is dynamic.
    pub resource: Option<usize>,
    /// `$dynamicRef`: the anchor, and where it leads by itself.
    pub dynamic: Option<(String, PredicateId)>,
    /// What is asked of the value alone.
    pub checks: Checks,
    /// `$ref` and `allOf`
    pub all_of: Vec<PredicateId>,
    /// `anyOf`
    pub any_of: Vec<PredicateId>,
    /// `oneOf`
    pub one_of: Vec<PredicateId>,
    /// `not`
    pub not: Option<PredicateId>,
    /// `if`, `then`, `else`
    pub conditional: Option<(PredicateId, Option<PredicateId>, Option<PredicateId>)>,
    /// `required`
    pub required: BTreeSet<String>,
    /// `dependentRequired`
    pub dependent_required: BTreeMap<String, BTreeSet<String>>,
    /// `dependentSchemas`
    pub dependent_schemas: BTreeMap<String, PredicateId>,
    /// `properties`
    pub properties: BTreeMap<String, PredicateId>,
    /// `patternProperties`
    pub patterns: Vec<(Regex, PredicateId)>,
    /// `additionalProperties`
    pub additional: Option<PredicateId>,
    /// `propertyNames`
    pub names: Option<PredicateId>,
    /// `prefixItems`
    pub prefix: Vec<PredicateId>,
    /// `items`
    pub items: Option<PredicateId>,
    /// `contains`, `minContains`, `maxContains`
    pub contains: Option<Contains>,
    /// `unevaluatedProperties`
    pub unevaluated_properties: Option<PredicateId>,
    /// `unevaluatedItems`
    pub unevaluated_items: Option<PredicateId>,
}

/// `contains` of a [`Predicate`].
#[derive(Clone, Debug)]
pub struct Contains {
    /// What is counted.
    pub schema: PredicateId,
    /// `minContains`
    pub min: u64,
    /// `maxContains`
    pub max: Option<u64>,
    /// Whether what is counted has been evaluated, for `unevaluatedItems`.
    pub evaluates: bool,
}
