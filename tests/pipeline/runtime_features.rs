//! The features of `codegen-runtime` that a generated `Cargo.toml` turns on: those that a check needs, wherever it stands.

use crate::clients::files;

/// What follows the path of `codegen-runtime` in the `Cargo.toml` of a crate whose only operation sends a schema.
fn features(schema: &str) -> String {
    let files = files(&format!(
        "paths:
  /a:
    put:
      tags: [things]
      operationId: a
      requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}
      responses: {{'204': {{description: x}}}}
"
    ));
    let line = files["Cargo.toml"].lines().find(|line| line.starts_with("codegen-runtime = ")).unwrap();
    line.trim_start_matches("codegen-runtime = {").trim_end_matches('}').trim().to_owned()
}

#[test]
fn formats_turn_on_what_they_need() {
    for (format, expected) in [
        ("date", ""),
        ("email", ""),
        ("uri-template", ""),
        ("int32", ""),
        ("unheard-of", ""),
        ("hostname", r#", features = ["idn"]"#),
        ("idn-hostname", r#", features = ["idn"]"#),
        ("idn-email", r#", features = ["idn"]"#),
        ("regex", r#", features = ["backtracking"]"#),
    ] {
        let schema = format!("{{type: object, properties: {{a: {{type: string, format: {format}}}}}}}");
        assert_eq!(features(&schema), expected, "{format}");
    }
}

#[test]
fn features_are_listed_once_and_sorted() {
    let schema = "{type: object, properties: {a: {type: string, format: idn-email, pattern: '^(?!b)'},
        b: {type: string, format: hostname}, c: {type: string, format: regex}}}";
    assert_eq!(features(schema), r#", features = ["backtracking", "idn"]"#);
}

#[test]
fn no_place_of_a_check_is_forgotten() {
    for schema in [
        "{type: string, pattern: '^(?!b)'}",
        "{type: array, items: {type: string, pattern: '^(?!b)'}}",
        "{type: array, items: {type: array, items: {type: string, pattern: '^(?!b)'}}}",
        "{type: object, additionalProperties: {type: string, pattern: '^(?!b)'}}",
        "{type: object, propertyNames: {pattern: '^(?!b)'}}",
        "{type: object, patternProperties: {'^(?!b)': {type: string}}}",
        "{type: object, patternProperties: {'^b': {not: {pattern: '^(?!b)'}}}}",
        "{type: object, properties: {a: {type: array, items: {type: string}, contains: {pattern: '^(?!b)'}}}}",
        "{type: object, properties: {a: {anyOf: [{type: string, pattern: '^(?!b)'}, {type: string, maxLength: 1}]}}}",
        "{type: object, properties: {a: {anyOf: [{type: string, pattern: '^(?!b)'}, {type: integer}]}}}",
        "{type: object, properties: {a: {not: {pattern: '^(?!b)'}}}}",
    ] {
        assert_eq!(features(schema), r#", features = ["backtracking"]"#, "{schema}");
    }
}
