//! Every fixture: the schema of its root type accepts the instances that are valid, and no other.

use std::collections::BTreeMap;

use codegen_runtime::schemars::generate::SchemaSettings;
use codegen_runtime::schemars::{Schema, SchemaGenerator};
use codegen_tests::{folder, generated};
use serde_json::Value;

use crate::oracle::compile;

macro_rules! schemas {
    ($($fixture:ident :: $root:ident)*) => {
        /// The schema of each fixture's root type.
        const SCHEMAS: &[(&str, fn(SchemaGenerator) -> Schema)] = &[$((
            stringify!($fixture),
            |generator| generator.into_root_schema_for::<generated::$fixture::$root>(),
        )),*];
    };
}

codegen_tests::for_every_root!(schemas);

/// The instances of a fixture, by whether they are `valid` or `invalid`.
fn instances(fixture: &str) -> BTreeMap<String, Vec<Value>> {
    let text = std::fs::read_to_string(folder().join(format!("instances/{fixture}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Asks the schemas that a generator with such settings makes.
fn judge(settings: &SchemaSettings) {
    let (mut asked, mut wrong) = (0, Vec::new());
    for (fixture, schema) in SCHEMAS {
        let schema = schema(settings.clone().into_generator()).to_value();
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

#[test]
fn the_schema_of_every_root_gives_the_verdicts_of_its_instances() {
    judge(&SchemaSettings::draft2020_12());
}

#[test]
fn so_it_does_with_everything_in_place() {
    judge(&SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true));
}
