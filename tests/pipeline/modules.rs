//! Several documents, one crate: a module each.

use codegen::config::Config;
use codegen::source::{self, Source};
use codegen::{Input, Options, Outcome};

use super::clients::NoLibrary;

fn generate(documents: &[(&str, &str)]) -> Outcome {
    let read = |(name, text): &(&str, &str)| source::read(name, text.as_bytes()).unwrap();
    let sources: Vec<Source> = documents.iter().map(read).collect();
    let config = Config::default();
    codegen::generate(&Input { sources: &sources, config: &config, options: Options::default(), library: &NoLibrary })
}

fn messages(outcome: &Outcome) -> Vec<&str> {
    outcome.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect()
}

const ORDER: &str = r##"{
    "title": "Order",
    "properties": {"customer": {"$ref": "customer.json"}, "line": {"$ref": "#/$defs/Root"}},
    "$defs": {"Root": {"type": "object", "properties": {"sku": {"type": "string"}}}},
    "type": "object",
    "not": {"$ref": "customer.json#/$defs/Blocked"}
}"##;

const CUSTOMER: &str = r##"{
    "type": "object",
    "properties": {"orders": {"type": "array", "items": {"$ref": "order.json"}}},
    "$defs": {"Blocked": {"required": ["blocked"]}}
}"##;

#[test]
fn each_document_is_a_module_with_its_root() {
    let outcome = generate(&[("api/order.json", ORDER), ("api/customer.json", CUSTOMER), ("api/type.json", "true")]);
    assert_eq!(messages(&outcome), [""; 0]);
    let generated = outcome.generated.unwrap();
    let names: Vec<&str> = generated.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["customer::Root", "order::Order", "order::RootSchema", "type_::Root"]);
    let files: Vec<&str> = generated.files.keys().map(String::as_str).collect();
    assert_eq!(
        files,
        [
            "Cargo.toml",
            "src/customer/mod.rs",
            "src/customer/predicates.rs",
            "src/customer/root.rs",
            "src/lib.rs",
            "src/order/mod.rs",
            "src/order/order.rs",
            "src/order/predicates.rs",
            "src/order/root_schema.rs",
            "src/type_/mod.rs",
            "src/type_/root.rs",
        ]
    );
    assert!(generated.files["src/order/mod.rs"].contains("pub type Root = Order;"));
    assert!(!generated.files["src/customer/mod.rs"].contains("pub type"));
}

#[test]
fn types_of_another_document_are_reached_by_its_module() {
    let outcome = generate(&[("api/order.json", ORDER), ("api/customer.json", CUSTOMER)]);
    let files = outcome.generated.unwrap().files;
    assert!(files["src/order/order.rs"].contains("pub customer: Option<crate::customer::Root>,"));
    assert!(files["src/customer/root.rs"].contains("pub orders: Option<Vec<crate::order::Order>>,"));
    assert!(files["src/order/predicates.rs"].contains("crate::customer::predicates::defs_blocked"));
}

#[test]
fn the_names_of_a_module_do_not_depend_on_what_stands_beside_it() {
    let alone = generate(&[("api/order.json", ORDER), ("api/customer.json", CUSTOMER)]).generated.unwrap().files;
    let unrelated = r##"{"title": "Order", "not": {"$ref": "#/$defs/Root"}, "$defs": {"Root": {"type": "null"}}, "type": "object"}"##;
    let other = ("api/another.json", unrelated);
    let more = generate(&[other, ("api/order.json", ORDER), ("api/customer.json", CUSTOMER)]).generated.unwrap().files;
    let shared = alone.iter().filter(|(path, _)| !matches!(path.as_str(), "src/lib.rs"));
    for (path, text) in shared {
        assert_eq!(Some(text), more.get(path), "{path}");
    }
}

#[test]
fn two_documents_of_one_name_are_an_error() {
    let outcome = generate(&[("a/order-line.json", "{}"), ("b/order_line.yaml", "{}")]);
    assert_eq!(messages(&outcome), ["b/order_line.yaml and a/order-line.json would both be the module `order_line`"]);
    assert!(outcome.generated.is_none());
}

#[test]
fn an_openapi_document_stands_alone() {
    let outcome = generate(&[("a.json", "{}"), ("b.yaml", "openapi: 3.1.0\npaths: {}\n")]);
    assert_eq!(
        messages(&outcome),
        ["an OpenAPI document is a crate of its own: it can't be a module beside other documents"]
    );
    assert!(outcome.generated.is_none());
}

#[test]
fn documents_may_use_a_uri_for_resources_of_their_own() {
    let document = |name: &str| {
        format!(
            r##"{{"allOf": [{{"$id": "https://example.com/part", "$ref": "#/$defs/{name}", "$defs": {{"{name}": {{"type": "null"}}}}}}]}}"##
        )
    };
    let outcome = generate(&[("one.json", &document("one")), ("other.json", &document("other"))]);
    assert_eq!(messages(&outcome), [""; 0]);
}
