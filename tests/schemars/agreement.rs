//! The generated type, the schema it gives of itself, and the schema it comes from: one verdict.

use auth0_users::schemars::{JsonSchema, schema_for};
use auth0_users::types::{
    CreateUserRequestContent, ListUsersResponseContent, UpdateUserRequestContent, UserIdentitySchema,
};
use codegen_runtime::{Decode, Valid, Validate};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::cases::{CREATE, Case, IDENTITY, LIST, UPDATE};
use crate::oracle::compile;

const DOCUMENT: &[u8] = include_bytes!("../../specs/auth0-users/openapi.yaml");

/// One type, and what is asked of it.
struct Judge {
    name: &'static str,
    accepts: fn(&str) -> bool,
    own: Validator,
    source: Validator,
}

impl Judge {
    fn of<T: JsonSchema + Decode + Validate>(name: &'static str) -> Self {
        Self {
            name,
            accepts: |json| serde_json::from_str::<Valid<T>>(json).is_ok(),
            own: compile(&schema_for!(T).to_value()),
            source: compile(&source(name)),
        }
    }

    /// The verdict of all three.
    fn verdict(&self, json: &str) -> bool {
        let instance: Value = serde_json::from_str(json).unwrap();
        let accepted = (self.accepts)(json);
        assert_eq!(self.own.is_valid(&instance), accepted, "the schema of {} about {json}", self.name);
        assert_eq!(self.source.is_valid(&instance), accepted, "the source of {} about {json}", self.name);
        accepted
    }
}

/// A schema of the document, with the whole document around it for its references.
fn source(name: &str) -> Value {
    let read = codegen::source::read("openapi.yaml", DOCUMENT).unwrap();
    let mut document = Value::from(&read.root);
    document["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    document["$ref"] = json!(format!("#/components/schemas/{name}"));
    document
}

fn judges() -> [(Judge, &'static [Case]); 4] {
    [
        (Judge::of::<UpdateUserRequestContent>("UpdateUserRequestContent"), UPDATE),
        (Judge::of::<CreateUserRequestContent>("CreateUserRequestContent"), CREATE),
        (Judge::of::<UserIdentitySchema>("UserIdentitySchema"), IDENTITY),
        (Judge::of::<ListUsersResponseContent>("ListUsersResponseContent"), LIST),
    ]
}

#[test]
fn the_type_its_schema_and_its_source_give_the_verdict_of_the_table() {
    let (mut accepted, mut refused) = (0, 0);
    for (judge, cases) in judges() {
        for (json, expected) in cases {
            assert_eq!(judge.verdict(json), *expected, "{} about {json}", judge.name);
            *if *expected { &mut accepted } else { &mut refused } += 1;
        }
    }
    assert!(accepted >= 35 && refused >= 35, "{accepted} accepted, {refused} refused");
}

#[test]
fn they_agree_about_the_instances_of_every_other_type() {
    let all: Vec<&str> = [UPDATE, CREATE, IDENTITY, LIST].concat().iter().map(|(json, _)| *json).collect();
    let verdicts: Vec<bool> =
        judges().iter().flat_map(|(judge, _)| all.iter().map(|json| judge.verdict(json))).collect();
    let accepted = verdicts.iter().filter(|accepted| **accepted).count();
    let refused = verdicts.len() - accepted;
    assert!(accepted >= 80 && refused >= 80, "{accepted} accepted, {refused} refused");
}

#[test]
fn lengths_are_counted_in_code_points() {
    let update = Judge::of::<UpdateUserRequestContent>("UpdateUserRequestContent");
    let create = Judge::of::<CreateUserRequestContent>("CreateUserRequestContent");
    for (length, expected) in [(150, true), (151, false)] {
        let instance = json!({"connection": "c", "given_name": "\u{1f600}".repeat(length)}).to_string();
        assert_eq!(update.verdict(&instance), expected, "an update with {length} code points");
        assert_eq!(create.verdict(&instance), expected, "a new user with {length} code points");
    }
}
