//! What the schema of a generated type looks like to those who read it.

use auth0_users::schemars::generate::SchemaSettings;
use auth0_users::schemars::schema_for;
use auth0_users::types::{UpdateUserRequestContent, UserIdentitySchema};
use codegen_runtime::Valid;
use serde_json::json;

#[test]
fn the_schema_of_an_update() {
    let schema = schema_for!(UpdateUserRequestContent).to_value();
    insta::assert_snapshot!(serde_json::to_string_pretty(&schema).unwrap());
}

#[test]
fn a_validated_value_has_the_schema_of_the_value() {
    assert_eq!(schema_for!(Valid<UpdateUserRequestContent>), schema_for!(UpdateUserRequestContent));
}

#[test]
fn the_defaults_of_secrets_are_not_told() {
    let schema = schema_for!(UpdateUserRequestContent);
    assert_eq!(schema.pointer("/properties/password/default"), None);
    assert_eq!(schema.pointer("/properties/username/default"), Some(&json!("johndoe")));
}

#[test]
fn types_that_a_type_refers_to_stand_where_the_generator_puts_them() {
    let schema = schema_for!(UserIdentitySchema);
    let definitions: Vec<&String> = schema.get("$defs").unwrap().as_object().unwrap().keys().collect();
    assert_eq!(definitions, ["UserId", "UserIdentityProviderEnum", "UserProfileData"]);
    assert_eq!(schema.pointer("/properties/user_id"), Some(&json!({"$ref": "#/$defs/UserId"})));

    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    let inlined = settings.into_generator().into_root_schema_for::<UserIdentitySchema>();
    assert_eq!(inlined.get("$defs"), None);
    assert_eq!(
        inlined.pointer("/properties/user_id/oneOf"),
        Some(&json!([{"minLength": 1, "type": "string"}, {"type": "integer"}]))
    );
}
