//! An independent opinion: another validator finds the same instances valid as `instances/` says.

use codegen_tests::fixture::{self, Fixture};
use codegen_tests::folder;
use serde_json::{Value, json};

use crate::instances::Instances;

/// The schema of a fixture by which another validator can judge.
fn schema(fixture: &Fixture) -> Value {
    let mut schema = Value::from(&fixture.source.root);
    let root = match fixture.name.as_str() {
        "directions" => Some("NewOrder"),
        "union_discriminator" => Some("Home"),
        _ => None,
    };
    if let Some(root) = root {
        schema["$ref"] = json!(format!("#/components/schemas/{root}"));
    }
    // The `$id` is none, and the references lead nowhere: to an open value, or to what they are mapped to.
    let components = match fixture.name.as_str() {
        "catalogue" => json!({ "VetNotes": true, "OwnerNotes": true }),
        "catalogue_mapped" => {
            let text = std::fs::read_to_string(folder().join("fixtures/shared/pets.json")).unwrap();
            serde_json::from_str::<Value>(&text).unwrap()["schemas"].take()
        }
        _ => return schema,
    };
    schema.as_object_mut().unwrap().remove("$id");
    schema["components"] = json!({ "schemas": components });
    schema["schemas"] = components;
    schema
}

/// Whether formats are checked: by `formats.mode`, else as the dialect says.
fn checks_formats(fixture: &Fixture) -> bool {
    match fixture.config.formats.mode {
        codegen::config::FormatMode::Auto => fixture.source.root.get("openapi").is_some(),
        mode => mode == codegen::config::FormatMode::Assert,
    }
}

#[test]
fn another_validator_agrees_on_every_instance() {
    let mut wrong = Vec::new();
    for fixture in fixture::all(&folder().join("fixtures")).unwrap() {
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
        let options = options.should_validate_formats(checks_formats(&fixture));
        // No other validator knows this one.
        let options = options.with_format("strict-uri", codegen_runtime::format::is_strict_uri);
        let validator = options.build(&schema(&fixture)).unwrap_or_else(|error| panic!("{}: {error}", fixture.name));
        for (instance, expected) in Instances::of(&fixture.name).judged() {
            let value: Value = serde_json::from_str(instance.get()).unwrap();
            if validator.is_valid(&value) != expected {
                wrong.push(format!("{}: {instance} is valid: {}", fixture.name, !expected));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
