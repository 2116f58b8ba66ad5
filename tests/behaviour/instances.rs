//! Every fixture has instances in `instances/`, valid ones and invalid ones. `Valid` accepts the first and refuses the others;
//! and whatever decodes comes out again as it went in, by whichever way it came.

use std::collections::BTreeSet;

use codegen_runtime::{Decode, Valid, Validate, equal};
use codegen_tests::{folder, generated};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// What stands in a file of `instances/`. The texts are kept as they are, for the sake of numbers.
#[derive(Deserialize)]
pub(crate) struct Instances {
    /// What the schema accepts.
    valid: Vec<Box<RawValue>>,
    /// What it refuses.
    invalid: Vec<Box<RawValue>>,
}

impl Instances {
    /// The instances of a fixture.
    pub(crate) fn of(fixture: &str) -> Self {
        let file = folder().join(format!("instances/{fixture}.json"));
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// Every instance, and whether the schema accepts it.
    pub(crate) fn judged(self) -> impl Iterator<Item = (Box<RawValue>, bool)> {
        let invalid = self.invalid.into_iter().map(|instance| (instance, false));
        self.valid.into_iter().map(|instance| (instance, true)).chain(invalid)
    }
}

/// Tests one instance of one type, and tells whether `Valid` accepts it, or what is wrong with decoding and encoding.
type Judge = fn(&str) -> Result<bool, String>;

macro_rules! roots {
    ($($fixture:ident :: $root:ident)*) => {
        /// The root type of each fixture, by which its instances are judged.
        const ROOTS: &[(&str, Judge)] = &[$((stringify!($fixture), judge::<generated::$fixture::$root>)),*];
    };
}

roots! {
    all_of::AllOf
    all_of_union::AllOfUnion
    array_limits::ArrayLimits
    big_integers::BigIntegers
    catalogue::PetUpdate
    catalogue_mapped::PetUpdateMapped
    closed::Closed
    conditional::Conditional
    constant_objects::ConstantObjects
    constants::Constants
    contains::Contains
    contains_typed::ContainsTyped
    dependent::Dependent
    deprecated::Deprecated
    directions::NewOrder
    documentation::Documentation
    dynamic::Dynamic
    enums::Enums
    foreign::Foreign
    formats_annotate::Formats
    formats_assert::Formats
    impossible::Impossible
    integer_limits::IntegerLimits
    maps::Maps
    merge::MergeMembers
    misfits::Misfits
    naming_members::NamingMembers
    naming_types::NamingTypes
    naming_values::NamingValues
    not::Not
    nullable_spellings::NullableSpellings
    number_limits::NumberLimits
    object_limits::ObjectLimits
    optional::MadeOptional
    pattern_properties::PatternProperties
    prefix_items::PrefixItems
    presence::Presence
    property_names::PropertyNames
    recursion::Recursion
    required::Required
    required_cycle::RequiredCycle
    root_any::RootAny
    root_anything::RootAnything
    root_branches::RootBranches
    root_enum::RootEnum
    root_foreign::RootForeign
    root_list::RootList
    root_map::RootMap
    root_null::RootNull
    root_nullable_object::RootNullableObject
    root_nullable_union::RootNullableUnion
    root_reference::RootReference
    root_text::RootText
    sensitive::Sensitive
    several_unions::SeveralUnions
    string_limits::StringLimits
    typed_extra::TypedExtra
    unevaluated::Unevaluated
    union_discriminator::Home
    union_key::UnionByKey
    union_kind::UnionByKind
    union_overlap::UnionOverlap
    union_tag::UnionByTag
    union_try::UnionByTrying
    unique_items::UniqueItems
}

fn judge<T: Decode + Validate + Serialize + DeserializeOwned + PartialEq>(text: &str) -> Result<bool, String> {
    let value: Value = serde_json::from_str(text).unwrap();
    let decoded = serde_json::from_str::<T>(text).ok();
    let others = [
        ("slice", serde_json::from_slice(text.as_bytes()).ok()),
        ("reader", serde_json::from_reader(text.as_bytes()).ok()),
        ("value", serde_json::from_value(value.clone()).ok()),
        ("escaped keys", serde_json::from_str(&escaped(&value)).ok()),
    ];
    for (way, other) in others {
        if other != decoded {
            return Err(format!("by way of a {way} it is something else"));
        }
    }
    let encoded = decoded.as_ref().map(|decoded| serde_json::to_value(decoded).unwrap());
    if let Some(encoded) = encoded.filter(|encoded| !equal(encoded, &value)) {
        return Err(format!("it comes out as {encoded}"));
    }
    let valid = serde_json::from_str::<Valid<T>>(text).is_ok();
    if valid != decoded.is_some_and(|decoded| decoded.validate().is_ok()) {
        return Err("`Valid` and `validate` do not agree".to_owned());
    }
    Ok(valid)
}

/// The same JSON with every letter of its keys written as an escape, so that no key can be borrowed from the text.
fn escaped(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let key = |key: &str| key.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("\"{}\":{}", key(name), escaped(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(elements) => format!("[{}]", elements.iter().map(escaped).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

#[test]
fn every_fixture_has_a_root_and_instances_of_both_verdicts() {
    let fixtures = codegen_tests::fixture::all(&folder().join("fixtures")).unwrap();
    let fixtures: BTreeSet<&str> = fixtures.iter().map(|fixture| fixture.name.as_str()).collect();
    assert_eq!(fixtures, ROOTS.iter().map(|(fixture, _)| *fixture).collect());
    for fixture in fixtures {
        let instances = Instances::of(fixture);
        let refuses = !instances.invalid.is_empty() || fixture == "root_anything";
        assert!(!instances.valid.is_empty() && refuses, "{fixture}");
    }
}

#[test]
fn valid_instances_are_accepted_and_invalid_ones_refused() {
    let mut wrong = Vec::new();
    for (fixture, judge) in ROOTS {
        for (instance, expected) in Instances::of(fixture).judged() {
            match judge(instance.get()) {
                Ok(valid) if valid == expected => {}
                Ok(valid) => wrong.push(format!("{fixture}: {instance} is valid: {valid}")),
                Err(problem) => wrong.push(format!("{fixture}: {instance}: {problem}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
