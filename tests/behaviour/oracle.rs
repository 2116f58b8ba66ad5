//! An independent opinion: another validator finds the same instances valid as `instances/` says.

use codegen_tests::fixture::{self, Fixture};
use codegen_tests::folder;
use serde_json::{Value, json};

use crate::instances::Instances;

/// The schema of a fixture by which another validator can judge.
fn schema(fixture: &Fixture) -> Value {
    let mut schema = Value::from(&fixture.source.root);
    let root = match fixture.name.as_str() {
        "all_schemas" => Some("Unreached"),
        "deduplicated" => Some("House"),
        "dialect_openapi30" => Some("Product"),
        "directions" => Some("NewOrder"),
        "nullable_31" => Some("Note"),
        "read_only_required" => Some("Order"),
        "read_only_shared" => Some("Profile"),
        "union_discriminator" => Some("Home"),
        _ => None,
    };
    if let Some(root) = root {
        // In an `allOf`, because it hides what stands beside it before 2019-09.
        schema["allOf"] = json!([{ "$ref": format!("#/components/schemas/{root}") }]);
    }
    if fixture.source.root.get("openapi").is_some() {
        rewrite_openapi(&mut schema["components"]["schemas"], is_openapi30(fixture));
    }
    if fixture.name == "read_only_required" {
        require_of_requests(&mut schema["components"]["schemas"]);
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

/// Requires nothing of a request that is `readOnly`, which a schema may be by reference.
fn require_of_requests(schemas: &mut Value) {
    fn relax(value: &mut Value, by_name: &Value) {
        if let Value::Array(items) = value {
            items.iter_mut().for_each(|item| relax(item, by_name));
        }
        let Value::Object(members) = value else { return };
        let is_read_only = |schema: &Value| {
            let target = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next());
            schema["readOnly"] == json!(true) || target.is_some_and(|name| by_name[name]["readOnly"] == json!(true))
        };
        let properties = members.get("properties").cloned().unwrap_or_default();
        if let Some(Value::Array(required)) = members.get_mut("required") {
            required.retain(|name| !is_read_only(&properties[name.as_str().unwrap()]));
        }
        members.values_mut().for_each(|member| relax(member, by_name));
    }
    let by_name = schemas.clone();
    relax(schemas, &by_name);
}

fn is_openapi30(fixture: &Fixture) -> bool {
    let version = fixture.source.root.get("openapi").and_then(codegen::source::Node::as_str);
    version.is_some_and(|version| version.starts_with("3.0"))
}

/// Writes what only OpenAPI says as JSON Schema does: of 3.0 the draft 4 that it is made of, without what it leaves out.
fn rewrite_openapi(value: &mut Value, is_openapi30: bool) {
    if let Value::Array(items) = value {
        items.iter_mut().for_each(|item| rewrite_openapi(item, is_openapi30));
    }
    let Value::Object(members) = value else { return };
    if is_openapi30 {
        members.retain(|name, _| name != "patternProperties");
    }
    if members.get("nullable") == Some(&json!(true))
        && let Some(kinds) = members.get_mut("type")
    {
        let mut list = kinds.as_array().cloned().unwrap_or_else(|| vec![kinds.clone()]);
        list.push(json!("null"));
        *kinds = Value::Array(list);
    }
    members.values_mut().for_each(|member| rewrite_openapi(member, is_openapi30));
}

/// The dialect that a fixture does not name itself.
fn draft(fixture: &Fixture) -> jsonschema::Draft {
    if is_openapi30(fixture) { jsonschema::Draft::Draft4 } else { jsonschema::Draft::Draft202012 }
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
        let options = jsonschema::options().should_validate_formats(checks_formats(&fixture));
        let names_its_own = fixture.source.root.get("$schema").is_some();
        let options = if names_its_own { options } else { options.with_draft(draft(&fixture)) };
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
