//! What is decoded, encoded and validated: invented documents, as a server writes them (no white space, keys sorted).

use codegen_runtime::format::is_strict_uri;
use jsonschema::Validator;
use serde_json::Value;

const USER: &str = include_str!("../../data/user.json");
const UNKNOWN: &str = include_str!("../../data/unknown.json");
const UPDATE: &str = include_str!("../../data/update.json");
const USER_SCHEMA: &str = include_str!("../../data/user.schema.json");
const UPDATE_SCHEMA: &str = include_str!("../../data/update.schema.json");

/// A document, with the name that stands in the report.
pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

/// A user with every one of its 23 members: first with no other, then with eight that the schema does not name.
pub(crate) fn users() -> [Document; 2] {
    let user = parse(USER);
    let mut with_unknown = user.clone();
    if let (Value::Object(members), Value::Object(unknown)) = (&mut with_unknown, parse(UNKNOWN)) {
        members.extend(unknown);
    }
    [
        Document { name: "user", text: user.to_string() },
        Document { name: "user with 8 unknown members", text: with_unknown.to_string() },
    ]
}

/// A change of a user: twelve members, one of them `null`.
pub(crate) fn update() -> Document {
    Document { name: "update", text: parse(UPDATE).to_string() }
}

/// The schema of a user, compiled.
pub(crate) fn user_validator() -> Validator {
    validator(USER_SCHEMA)
}

/// The schema of an update, compiled.
pub(crate) fn update_validator() -> Validator {
    validator(UPDATE_SCHEMA)
}

/// Checks the formats that the generated types check. `jsonschema` has its own `date-time` and `email`; it does not know
/// `strict-uri`, for which it takes ours.
fn validator(schema: &str) -> Validator {
    jsonschema::options()
        .should_validate_formats(true)
        .with_format("strict-uri", is_strict_uri)
        .build(&parse(schema))
        .expect("the schema compiles")
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the document is JSON")
}
