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

codegen_tests::for_every_root!(roots);

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
