//! Types of the user's: what the generated `Cargo.toml` depends on for them, and what is wrong with what is said of them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail as tests do")]

use codegen::config::{Config, Dependency};
use codegen::diagnostic::Diagnostic;
use codegen::{Input, Library, Options, Outcome, Reference, Target, source};

struct Nothing;

impl Library for Nothing {
    fn open(&self, _: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

/// Generates from a schema with these properties.
fn generate(properties: &str, config: &Config) -> Outcome {
    let document = format!(r#"{{"title": "Pet", "type": "object", "properties": {properties}}}"#);
    let source = source::read("pet.json", document.as_bytes()).unwrap();
    let options = Options { runtime: "path = \"../runtime\"".to_owned(), ..Options::default() };
    codegen::generate(&Input { sources: &[source], config, options, library: &Nothing })
}

/// The dependencies of the generated crate.
fn dependencies(properties: &str, config: &Config) -> String {
    let outcome = generate(properties, config);
    assert_eq!(outcome.diagnostics, []);
    let manifest = &outcome.generated.as_ref().unwrap().files["Cargo.toml"];
    let (_, rest) = manifest.split_once("[dependencies]\ncodegen-runtime = { path = \"../runtime\" }\n").unwrap();
    rest.split_once("\n[").unwrap().0.to_owned()
}

/// The codes and messages of the errors.
fn errors(properties: &str, config: &Config) -> Vec<(&'static str, String)> {
    let outcome = generate(properties, config);
    assert!(outcome.generated.is_none());
    outcome.diagnostics.into_iter().map(|diagnostic| (diagnostic.code, diagnostic.message)).collect()
}

fn types(entries: &[(&str, &str)]) -> Config {
    let types = entries.iter().map(|(place, path)| ((*place).to_owned(), (*path).to_owned())).collect();
    Config { types, ..Config::default() }
}

fn with_dependency(config: Config, package: &str, dependency: Dependency) -> Config {
    Config { dependencies: [(package.to_owned(), dependency)].into(), ..config }
}

const NAME: &str = r#"{"name": {"type": "string"}}"#;

#[test]
fn the_extension_names_its_crate_and_version() {
    let properties = r#"{
        "id": {"x-rust-type": {"crate": "my-ids", "version": "1.4", "path": "my_ids::Id"}},
        "other": {"x-rust-type": {"crate": "my-ids", "version": ">=1.2", "path": "my_ids::Id"}},
        "port": {"x-rust-type": {"crate": "std", "version": "*", "path": "std::num::NonZeroU16"}}
    }"#;
    assert_eq!(dependencies(properties, &Config::default()), "my-ids = { version = \"1.4, >=1.2\" }\n");
}

#[test]
fn a_crate_exports_what_its_types_stand_in_where_they_do() {
    let exports = |properties| {
        let outcome = generate(properties, &Config::default());
        outcome.generated.unwrap().files["src/lib.rs"].contains("pub use codegen_runtime::Foreign;")
    };
    assert!(exports(r#"{"a": {"x-rust-type": {"crate": "std", "version": "*", "path": "std::net::IpAddr"}}}"#));
    assert!(!exports(NAME));
}

#[test]
fn the_configuration_says_more_of_a_crate() {
    let properties = r#"{"id": {"x-rust-type": {"crate": "my-ids", "version": "1.2", "path": "my_ids::Id"}}}"#;
    let dependency = Dependency {
        path: Some("../my \"ids\"".to_owned()),
        features: vec!["serde".to_owned(), "json".to_owned()],
        ..Dependency::default()
    };
    let config = with_dependency(Config::default(), "my-ids", dependency);
    assert_eq!(
        dependencies(properties, &config),
        "my-ids = { path = \"../my \\\"ids\\\"\", default-features = false, features = [\"serde\", \"json\"] }\n"
    );
}

#[test]
fn a_place_goes_before_the_schema_and_the_schema_before_a_format() {
    let extension = r#""x-rust-type": {"crate": "std", "version": "*", "path": "std::net::IpAddr"}"#;
    let properties = format!(
        r#"{{
            "by_place": {{"type": "string", "format": "ip", {extension}}},
            "by_schema": {{"type": "string", "format": "ip", {extension}}},
            "by_format": {{"type": "string", "format": "ip"}}
        }}"#
    );
    let mut config = types(&[("/properties/by_place", "std::net::Ipv4Addr")]);
    config.formats.types.insert("ip".to_owned(), "std::net::Ipv6Addr".to_owned());
    let outcome = generate(&properties, &config);
    let text = &outcome.generated.as_ref().unwrap().files["src/types/pet.rs"];
    for (field, ty) in [("by_place", "Ipv4Addr"), ("by_schema", "IpAddr"), ("by_format", "Ipv6Addr")] {
        assert!(text.contains(&format!("pub {field}: Option<runtime::Foreign<::std::net::{ty}>>")), "{text}");
    }
}

#[test]
fn an_extension_that_means_nothing_is_an_error_at_its_place() {
    let wrong = "`x-rust-type` must be an object with the strings `crate`, `version` and `path`, not object";
    let rows = [
        (r#"{"crate": "a", "path": "a::B"}"#, wrong),
        (r#"{"crate": "a b", "version": "1", "path": "a_b::C"}"#, wrong),
        (
            r#"{"crate": "a", "version": "1", "path": "b::C"}"#,
            "`b::C` is no path of a type that begins with its crate `a`",
        ),
        (r#"{"crate": "a", "version": "1", "path": "a"}"#, "`a` is no path of a type that begins with its crate `a`"),
        (
            r#"{"crate": "a", "version": "1", "path": "a::B", "parameters": {}}"#,
            "`parameters` must be an array, not object",
        ),
    ];
    for (extension, message) in rows {
        let properties = format!(r#"{{"a": {{"x-rust-type": {extension}}}}}"#);
        assert_eq!(errors(&properties, &Config::default()), [("invalid-keyword", message.to_owned())]);
    }
}

#[test]
fn a_crate_of_which_nothing_is_said_is_an_error() {
    let config = types(&[("/properties/name", "my_names::Name<my_ids::Id>")]);
    let config = with_dependency(config, "my-names", Dependency::default());
    let message = "nothing says what the crate `my_ids` of this type is".to_owned();
    assert_eq!(errors(NAME, &config), [("unknown-crate", message)]);
}

#[test]
fn entries_that_match_nothing_are_errors() {
    let mut config = types(&[("/properties/nome", "std::string::String")]);
    config.formats.types.insert("uuid".to_owned(), "uuid::Uuid".to_owned());
    let config = with_dependency(config, "uuid", Dependency::default());
    let messages = [
        "`/properties/nome` in `types` of codegen.toml is no schema that a type is made of",
        "`uuid` in `dependencies` of codegen.toml is the crate of no type in the document",
        "`uuid` in `formats.types` of codegen.toml is no schema that a type is made of",
    ];
    let mut found = errors(NAME, &config);
    found.sort();
    assert_eq!(found, messages.map(|message| ("unmatched-entry", message.to_owned())));
}

#[test]
fn what_is_no_path_of_a_type_is_an_error() {
    let found = errors(NAME, &types(&[("/properties/name", "Name")]));
    assert_eq!(found, [("invalid-type", "`Name` is no path of a type from its crate on".to_owned())]);
}
