//! The independent opinion: the crate `jsonschema`, with the two formats that this project reads in its own way.

use codegen_runtime::format;
use jsonschema::Validator;
use serde_json::Value;

/// A schema that asserts formats.
pub(crate) fn compile(schema: &Value) -> Validator {
    jsonschema::options()
        .should_validate_formats(true)
        .with_format("email", format::is_email)
        .with_format("strict-uri", format::is_strict_uri)
        .build(schema)
        .unwrap()
}
