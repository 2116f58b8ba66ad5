//! Every fixture: the schema of its root type accepts the instances that are valid, and no other.

use std::collections::BTreeMap;

use codegen_runtime::schemars::{Schema, schema_for};
use codegen_tests::{folder, generated};
use serde_json::Value;

use crate::oracle::compile;

macro_rules! schemas {
    ($($fixture:ident :: $root:ident)*) => {
        /// The schema of each fixture's root type.
        const SCHEMAS: &[(&str, fn() -> Schema)] = &[$((
            stringify!($fixture),
            || schema_for!(generated::$fixture::$root),
        )),*];
    };
}

codegen_tests::for_every_root!(schemas);

/// The instances of a fixture, by whether they are `valid` or `invalid`.
fn instances(fixture: &str) -> BTreeMap<String, Vec<Value>> {
    let text = std::fs::read_to_string(folder().join(format!("instances/{fixture}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_schema_of_every_root_gives_the_verdicts_of_its_instances() {
    let (mut asked, mut wrong) = (0, Vec::new());
    for (fixture, schema) in SCHEMAS {
        let schema = schema().to_value();
        let validator = compile(&schema);
        for (verdict, instances) in instances(fixture) {
            asked += instances.len();
            let wrongly = instances.iter().filter(|instance| validator.is_valid(instance) != (verdict == "valid"));
            wrong.extend(wrongly.map(|instance| format!("{fixture}: {instance} is {verdict}: {schema}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(asked > 500, "{asked} instances");
}
