//! `JsonSchema` of generated types: the schema stands in the generated source as JSON, and what it refers to is asked of the
//! generator, so that the settings of whoever asks are heard.
//!
//! `Maybe`, `Merge` and `Extra` have no schema of their own: they say how a member can be absent, deleted or unnamed, which only
//! the schema of the object around them can tell.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use crate::valid::Valid;

/// What a schema refers to as `#/$defs/PATH`: the path with a slash before it, and what asks the generator for the schema.
pub type Reference = (&'static str, fn(&mut SchemaGenerator) -> Schema);

/// The schema of a generated type: `text`, with the generator's schemas in place of its references.
///
/// A text that is no schema, which the code generator writes none of, gives the schema that allows everything.
#[must_use]
pub fn described(generator: &mut SchemaGenerator, text: &str, references: &[Reference]) -> Schema {
    let parsed: Option<Schema> = serde_json::from_str(text).ok();
    let mut schema = parsed.unwrap_or_default();
    let mut resolve = Resolve { generator, references: references.iter().copied().collect() };
    resolve.transform(&mut schema);
    schema
}

/// Implements `JsonSchema` for a generated type by the text of its schema, and the paths of the types beside it that the text
/// refers to.
#[macro_export]
macro_rules! json_schema {
    ($type:ident, $schema:literal $(, $($reference:ident)::+)*) => {
        impl $crate::schemars::JsonSchema for $type {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(::core::stringify!($type))
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(::core::concat!(::core::module_path!(), "::", ::core::stringify!($type)))
            }

            fn json_schema(generator: &mut $crate::schemars::SchemaGenerator) -> $crate::schemars::Schema {
                $crate::described(generator, $schema, &[$((
                    ::core::concat!($("/", ::core::stringify!($reference)),+),
                    |generator| generator.subschema_for::<super::$($reference)::+>(),
                )),*])
            }
        }
    };
}

/// Declares a type with the name of a predicate's function, which has nothing but the predicate's schema.
#[macro_export]
macro_rules! predicate_schema {
    ($name:ident, $($schema:tt)*) => {
        #[allow(non_camel_case_types, reason = "it is called as the function beside it")]
        pub(crate) enum $name {}

        $crate::json_schema!($name, $($schema)*);
    };
}

impl<T: JsonSchema> JsonSchema for Valid<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// Puts the generator's schemas in place of references, innermost first: what the generator gives is left as it is.
struct Resolve<'r> {
    generator: &'r mut SchemaGenerator,
    references: BTreeMap<&'static str, fn(&mut SchemaGenerator) -> Schema>,
}

impl Transform for Resolve<'_> {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        transform_others(self, schema);
        let reference = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs"));
        let Some(make) = reference.and_then(|name| self.references.get(name)).copied() else { return };
        schema.remove("$ref");
        let target = make(self.generator);
        join(schema, target);
    }
}

/// The subschemas that `transform_subschemas` does not look at.
fn transform_others(transform: &mut impl Transform, schema: &mut Schema) {
    let keywords = schema.as_object_mut();
    for (keyword, value) in keywords.into_iter().flatten() {
        let subschemas: Vec<&mut Value> = match (keyword.as_str(), value) {
            ("unevaluatedItems" | "unevaluatedProperties", value) => vec![value],
            ("dependentSchemas", Value::Object(schemas)) => schemas.values_mut().collect(),
            _ => continue,
        };
        for subschema in subschemas {
            if let Ok(subschema) = <&mut Schema>::try_from(subschema) {
                transform.transform(subschema);
            }
        }
    }
}

/// Demands `target` besides what `schema` demands.
fn join(schema: &mut Schema, target: Schema) {
    let keywords = schema.ensure_object();
    if keywords.is_empty() {
        *schema = target;
        return;
    }
    match target.to_value() {
        Value::Object(reference) if reference.keys().eq(["$ref"]) => keywords.extend(reference),
        target => {
            if let Value::Array(all) = keywords.entry("allOf").or_insert_with(|| Value::Array(Vec::new())) {
                all.push(target);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use schemars::generate::SchemaSettings;
    use schemars::{JsonSchema, SchemaGenerator};
    use serde_json::{Value, json};

    use super::{Reference, described};
    use crate::Valid;

    mod types {
        pub(super) struct Pet;
        pub(super) struct Name;

        mod pet {
            use super::Pet;
            crate::json_schema!(Pet, r##"{"properties":{"name":{"$ref":"#/$defs/Name"}}}"##, Name);
        }

        mod name {
            use super::Name;
            crate::json_schema!(Name, r#"{"type":"string","description":"A name."}"#);
        }
    }

    const NAME: Reference = ("/Name", |generator| generator.subschema_for::<types::Name>());

    fn inlined(text: &str) -> Value {
        let mut settings = SchemaSettings::draft2020_12();
        settings.inline_subschemas = true;
        described(&mut settings.into_generator(), text, &[NAME]).to_value()
    }

    fn referring(text: &str) -> Value {
        described(&mut SchemaGenerator::default(), text, &[NAME]).to_value()
    }

    #[test]
    fn types_that_a_schema_refers_to_stand_among_the_definitions() {
        let expected = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Pet",
            "properties": {"name": {"$ref": "#/$defs/Name"}},
            "$defs": {"Name": {"type": "string", "description": "A name."}},
        });
        assert_eq!(schemars::schema_for!(types::Pet).to_value(), expected);
        assert_eq!(schemars::schema_for!(Valid<types::Pet>).to_value(), expected);
    }

    #[test]
    fn the_settings_of_the_generator_are_heard() {
        let settings = SchemaSettings::draft07();
        let schema = settings.into_generator().into_root_schema_for::<types::Pet>();
        assert_eq!(schema.pointer("/properties/name/$ref"), Some(&json!("#/definitions/Name")));
    }

    #[test]
    fn what_stands_beside_a_reference_stays() {
        let text = r##"{"$ref":"#/$defs/Name","description":"Its name."}"##;
        assert_eq!(referring(text), json!({"$ref": "#/$defs/Name", "description": "Its name."}));
        assert_eq!(
            inlined(text),
            json!({"description": "Its name.", "allOf": [{"type": "string", "description": "A name."}]})
        );
        assert_eq!(inlined(r##"{"$ref":"#/$defs/Name"}"##), json!({"type": "string", "description": "A name."}));
    }

    #[test]
    fn a_reference_that_is_data_stays_as_it_is() {
        let text = r##"{"enum":[{"$ref":"#/$defs/Name"}],"default":{"$ref":"#/$defs/Name"}}"##;
        assert_eq!(inlined(text), serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn references_are_found_wherever_schemas_stand() {
        let text = r##"{"unevaluatedItems":{"$ref":"#/$defs/Name"},"unevaluatedProperties":false,
            "dependentSchemas":{"a":{"$ref":"#/$defs/Name"}}}"##;
        let name = json!({"type": "string", "description": "A name."});
        assert_eq!(
            inlined(text),
            json!({"unevaluatedItems": name, "unevaluatedProperties": false, "dependentSchemas": {"a": name}})
        );
    }

    mod predicates {
        crate::predicate_schema!(
            tree,
            r##"{"not":{"required":["a"],"items":{"$ref":"#/$defs/predicates/tree"}}}"##,
            predicates::tree
        );
    }

    #[test]
    fn a_predicate_stands_among_the_definitions_once() {
        const TREE: Reference = ("/predicates/tree", |generator| generator.subschema_for::<predicates::tree>());
        let mut generator = SchemaGenerator::default();
        let schema = described(&mut generator, r##"{"$ref":"#/$defs/predicates/tree"}"##, &[TREE]);
        assert_eq!(schema.to_value(), json!({"$ref": "#/$defs/tree"}));
        let expected = json!({"not": {"required": ["a"], "items": {"$ref": "#/$defs/tree"}}});
        assert_eq!(generator.definitions().get("tree"), Some(&expected));
    }

    #[test]
    fn types_of_two_crates_with_one_name_are_two() {
        assert!(types::Pet::schema_id().ends_with("::types::pet::Pet"));
    }
}
