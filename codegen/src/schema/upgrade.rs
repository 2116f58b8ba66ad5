//! From older dialects to 2020-12, where what a keyword says depends on what stands beside it.

use super::dialect::{Dialect, Release};
use super::keyword::Keyword;
use super::{Kind, Kinds, Location, Schema};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{Node, pointer};

/// Whether a keyword stands beside a `$ref` that hides it.
pub(super) fn is_hidden(key: &str, node: &Node, dialect: Dialect) -> bool {
    key != "$ref" && hides(node, dialect)
}

/// Whether everything in a schema but its `$ref` is ignored.
pub(crate) fn hides(node: &Node, dialect: Dialect) -> bool {
    dialect.release.hides_beside_references() && node.get("$ref").is_some()
}

/// Applies the keywords that change what another one says, now that all have been read.
pub(super) fn settle(schema: &mut Schema, node: &Node, location: &Location, dialect: Dialect) -> Vec<Diagnostic> {
    settle_exclusive(schema, "minimum", "exclusiveMinimum");
    settle_exclusive(schema, "maximum", "exclusiveMaximum");
    let is_nullable = node.get("nullable").and_then(Node::as_bool) == Some(true);
    let has_nullable = matches!(dialect.release, Release::OpenApi30 | Release::OpenApi31);
    if is_nullable && has_nullable && !hides(node, dialect) {
        settle_nullable(schema, node, location, dialect).into_iter().collect()
    } else {
        Vec::new()
    }
}

/// `exclusiveMinimum: true` says that the limit itself is beyond it (draft 4 Validation §5.1.3).
fn settle_exclusive(schema: &mut Schema, inclusive: &'static str, exclusive: &'static str) {
    let Some(Node::Bool(is_exclusive)) = schema.limits.get(exclusive) else { return };
    let is_exclusive = *is_exclusive;
    schema.limits.remove(exclusive);
    if is_exclusive && let Some(limit) = schema.limits.remove(inclusive) {
        schema.limits.insert(exclusive, limit);
    }
}

/// A flag that OpenAPI 3.1 has no more; documents that were written for 3.0 keep it, and what they mean is plain.
pub(super) fn old_exclusive(dialect: Dialect, keyword: &Keyword, value: &Node, place: Place) -> Option<Diagnostic> {
    let limit = match keyword.name {
        "exclusiveMinimum" => "minimum",
        "exclusiveMaximum" => "maximum",
        _ => return None,
    };
    if dialect.release != Release::OpenApi31 || value.as_bool().is_none() {
        return None;
    }
    let name = keyword.name;
    let message = format!("`{name}` is no boolean in OpenAPI 3.1; it is read as in 3.0");
    let help = format!("write the limit itself as `{name}`, instead of `{limit}`");
    Some(Diagnostic::warning("exclusive", message, place).help(help))
}

/// `nullable: true` adds `null` to the `type` beside it, and to nothing else (OpenAPI 3.0.3 §4.7.24.1).
fn settle_nullable(schema: &mut Schema, node: &Node, location: &Location, dialect: Dialect) -> Option<Diagnostic> {
    let place = Place::key(&location.file, pointer::child(&location.pointer, "nullable"));
    let Some(kinds) = schema.kinds else {
        let message = "`nullable` says nothing where no `type` stands beside it";
        let help = "write the `type` that it is to add `null` to";
        return Some(Diagnostic::warning("nullable", message, place).help(help));
    };
    schema.kinds = Some(kinds.union(Kinds::one(Kind::Null)));
    let values = schema.enumeration.as_deref().or(schema.constant.as_ref().map(std::slice::from_ref));
    if values.is_some_and(|values| !values.contains(&Node::Null)) {
        let message = "`nullable` says nothing where the `enum` beside it does not list `null`";
        return Some(Diagnostic::warning("nullable", message, place).help("add `null` to the `enum`"));
    }
    if dialect.release != Release::OpenApi31 {
        return None;
    }
    let message = "`nullable` is no keyword of OpenAPI 3.1; it is read as in 3.0";
    let help = match node.get("type").and_then(Node::as_str) {
        Some(kind) => format!("write `type: [{kind}, \"null\"]`"),
        None => "write `\"null\"` as one of the list of `type`".to_owned(),
    };
    Some(Diagnostic::warning("nullable", message, place).help(help))
}

#[cfg(test)]
mod tests {
    use super::super::{Found, RECURSIVE_ANCHOR, Schema, SchemaId, read};
    use super::*;
    use crate::source;

    /// Gives every place an id, and keeps what is said.
    #[derive(Default)]
    struct Places {
        pointers: Vec<String>,
        said: Vec<String>,
    }

    impl Found for Places {
        fn subschema(&mut self, pointer: String) -> SchemaId {
            self.pointers.push(pointer);
            SchemaId(self.pointers.len() - 1)
        }

        fn reference(&mut self, reference: &str, _at: &Location) -> SchemaId {
            self.subschema(reference.to_owned())
        }

        fn report(&mut self, diagnostic: Diagnostic) {
            self.said.push(diagnostic.message);
        }
    }

    fn read_as(release: Release, text: &str) -> (Schema, Places) {
        let root = source::read("schema.json", text.as_bytes()).unwrap().root;
        let mut places = Places::default();
        let schema = read(&root, Location::default(), Dialect::of(release), &mut places);
        (schema, places)
    }

    fn limits(release: Release, text: &str) -> String {
        let (schema, places) = read_as(release, text);
        assert_eq!(places.said, [""; 0]);
        schema.limits.iter().map(|(name, value)| format!("{name} {} ", value.to_json())).collect()
    }

    #[test]
    fn a_flag_makes_a_limit_exclusive() {
        let table = [
            (r#"{"minimum": 1, "exclusiveMinimum": true}"#, "exclusiveMinimum 1 "),
            (r#"{"maximum": 1, "exclusiveMaximum": false}"#, "maximum 1 "),
            (r#"{"exclusiveMinimum": true}"#, ""),
        ];
        for (text, expected) in table {
            assert_eq!(limits(Release::Draft4, text), expected);
            assert_eq!(limits(Release::OpenApi30, text), expected);
        }
        assert_eq!(
            limits(Release::Draft6, r#"{"minimum": 1, "exclusiveMinimum": 2}"#),
            "exclusiveMinimum 2 minimum 1 "
        );
    }

    #[test]
    fn openapi_3_1_reads_the_flags_of_3_0() {
        let (schema, places) = read_as(Release::OpenApi31, r#"{"minimum": 1, "exclusiveMinimum": true}"#);
        assert_eq!(places.said, ["`exclusiveMinimum` is no boolean in OpenAPI 3.1; it is read as in 3.0"]);
        assert_eq!(schema.limits.keys().collect::<Vec<_>>(), [&"exclusiveMinimum"]);
        let (_, places) = read_as(Release::Draft202012, r#"{"exclusiveMinimum": true}"#);
        assert_eq!(places.said, ["`exclusiveMinimum` must be a number, not boolean"]);
    }

    #[test]
    fn a_list_of_items_is_a_prefix_and_additional_items_are_the_rest() {
        let text = r#"{"items": [{}, {}], "additionalItems": {}}"#;
        let (schema, places) = read_as(Release::Draft7, text);
        let pointer = |id: SchemaId| places.pointers[id.0].as_str();
        assert_eq!(schema.prefix_items.iter().map(|id| pointer(*id)).collect::<Vec<_>>(), ["/items/0", "/items/1"]);
        assert_eq!(schema.items.map(pointer), Some("/additionalItems"));
        let (schema, _) = read_as(Release::Draft7, r#"{"items": {}, "additionalItems": false}"#);
        assert!(schema.prefix_items.is_empty() && schema.items.is_some());
        let (schema, _) = read_as(Release::Draft7, r#"{"additionalItems": false}"#);
        assert_eq!(schema.items, None);
    }

    #[test]
    fn dependencies_are_names_or_schemas() {
        let (schema, places) = read_as(Release::Draft6, r#"{"dependencies": {"a": ["b"], "c": {}, "d": true}}"#);
        assert_eq!(schema.dependent_required.keys().collect::<Vec<_>>(), ["a"]);
        assert_eq!(schema.dependent_schemas.keys().collect::<Vec<_>>(), ["c", "d"]);
        assert_eq!(places.pointers, ["/dependencies/c", "/dependencies/d"]);
        let (schema, _) = read_as(Release::Draft202012, r#"{"dependencies": {"a": ["b"]}}"#);
        assert!(schema.is_unconstrained());
    }

    #[test]
    fn a_reference_hides_what_stands_beside_it_until_2019_09() {
        let text = r##"{"$ref": "#/x", "minimum": 1, "description": "x"}"##;
        for release in Release::ALL {
            let (schema, places) = read_as(release, text);
            assert_eq!(schema.limits.is_empty(), release.hides_beside_references(), "{release:?}");
            assert_eq!(places.said.len(), usize::from(release.hides_beside_references()), "{release:?}");
        }
    }

    #[test]
    fn booleans_are_schemas_from_draft_6_on() {
        for release in Release::ALL {
            let (schema, places) = read_as(release, "false");
            assert_eq!(schema.boolean.is_some(), release.has_boolean_schemas(), "{release:?}");
            assert_eq!(places.said.is_empty(), release.has_boolean_schemas(), "{release:?}");
        }
        let at = Location { pointer: "/additionalProperties".to_owned(), ..Location::default() };
        let schema = read(&Node::Bool(false), at, Dialect::of(Release::Draft4), &mut Places::default());
        assert_eq!(schema.boolean, Some(false));
    }

    fn nullable(release: Release, text: &str) -> (bool, Vec<String>) {
        let (schema, places) = read_as(release, text);
        (schema.kinds.is_some_and(|kinds| kinds.has(Kind::Null)), places.said)
    }

    #[test]
    fn nullable_adds_null_to_the_type_beside_it() {
        let text = r#"{"type": "string", "nullable": true}"#;
        assert_eq!(nullable(Release::OpenApi30, text), (true, vec![]));
        let said = "`nullable` is no keyword of OpenAPI 3.1; it is read as in 3.0".to_owned();
        assert_eq!(nullable(Release::OpenApi31, text), (true, vec![said]));
        assert!(!nullable(Release::Draft7, text).0);
        let (_, said) = nullable(Release::OpenApi30, r#"{"nullable": true, "oneOf": [{}]}"#);
        assert_eq!(said, ["`nullable` says nothing where no `type` stands beside it"]);
        let text = r#"{"type": "string", "nullable": true, "enum": ["a"]}"#;
        let said = "`nullable` says nothing where the `enum` beside it does not list `null`".to_owned();
        assert_eq!(nullable(Release::OpenApi30, text), (true, vec![said]));
        assert!(!nullable(Release::OpenApi30, r#"{"type": "string", "nullable": false}"#).0);
    }

    #[test]
    fn a_recursive_reference_is_a_dynamic_one_of_a_reserved_name() {
        let (schema, _) = read_as(Release::Draft201909, r##"{"$recursiveAnchor": true, "$recursiveRef": "#"}"##);
        assert_eq!(schema.dynamic_anchor.as_deref(), Some(RECURSIVE_ANCHOR));
        assert_eq!(schema.dynamic_reference.map(|(_, anchor)| anchor).as_deref(), Some(RECURSIVE_ANCHOR));
        let (schema, _) = read_as(Release::Draft202012, r##"{"$recursiveRef": "#"}"##);
        assert_eq!(schema.dynamic_reference, None);
    }
}
