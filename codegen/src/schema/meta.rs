//! The meta-schemas, made from the table of keywords: references to them lead somewhere without a file.

use serde_json::{Map, Value, json};

use super::Kind;
use super::dialect::{Module, Release, Vocabulary};
use super::keyword::{self, Form, Keyword};
use crate::source::{self, Source};

/// Keywords of earlier dialects that a meta-schema still describes, so that nobody gives them another meaning.
const RETAINED: &[(Release, &str, Form)] = &[
    (Release::Draft201909, "dependencies", Form::SchemasOrNames),
    (Release::Draft202012, "dependencies", Form::SchemasOrNames),
    (Release::Draft202012, "$recursiveAnchor", Form::Anchor),
    (Release::Draft202012, "$recursiveRef", Form::Reference),
];

/// The meta-schema of a dialect or of a vocabulary, by its URI without a fragment. The name of the source is that URI.
#[must_use]
pub fn document(uri: &str) -> Option<Source> {
    let (uri, schema) = match Release::from_uri(uri) {
        Some(Release::OpenApi31) | None => (uri, of_module(uri)?),
        Some(release) => (release.uri()?, of_release(release)?),
    };
    let text = serde_json::to_string_pretty(&schema).ok()?;
    source::read(uri, text.as_bytes()).ok()
}

fn of_release(release: Release) -> Option<Value> {
    let writer = Writer { release };
    let keywords = keyword::all().iter().filter(|keyword| keyword.is_of(release));
    let mut schema = writer.head(release.uri()?, format!("Schemas of {}", release.title()));
    if release.modules().is_empty() {
        // In draft 4, the meta-schema says nothing of references.
        let described = keywords.filter(|keyword| release != Release::Draft4 || keyword.name != "$ref");
        writer.describe(
            &mut schema,
            described.filter(|keyword| is_published(keyword)).map(|keyword| (keyword.name, keyword.form)),
        );
        if release == Release::Draft4 {
            let limits = json!({ "exclusiveMaximum": ["maximum"], "exclusiveMinimum": ["minimum"] });
            schema.insert("dependencies".to_owned(), limits);
        }
        return Some(Value::Object(schema));
    }
    // That formats assert is for other meta-schemas to say.
    let modules = || release.modules().iter().filter(|module| module.name != "format-assertion");
    let home = release.modules_home()?;
    let vocabularies =
        modules().map(|module| (format!("{home}/vocab/{}", module.name), json!(module.name != "format")));
    schema.insert("$vocabulary".to_owned(), Value::Object(vocabularies.collect()));
    let parts = modules().map(|module| json!({ "$ref": format!("meta/{}", module.name) }));
    schema.insert("allOf".to_owned(), parts.collect());
    let retained = RETAINED.iter().filter(|(of, ..)| *of == release).map(|(_, name, form)| (*name, *form));
    writer.describe(&mut schema, retained);
    Some(Value::Object(schema))
}

fn of_module(uri: &str) -> Option<Value> {
    let (home, name) = uri.rsplit_once("/meta/")?;
    let releases = [Release::Draft201909, Release::Draft202012];
    let release = releases.into_iter().find(|release| release.modules_home() == Some(home))?;
    let module: &Module = release.modules().iter().find(|module| module.name == name)?;
    let writer = Writer { release };
    let mut schema = writer.head(uri, format!("Schemas of {}: {name}", release.title()));
    schema.insert("$vocabulary".to_owned(), json!({ format!("{home}/vocab/{name}"): true }));
    let keywords = keyword::all().iter().filter(|keyword| keyword.is_of(release));
    let keywords = keywords.filter(|keyword| module.holds.contains(&keyword.vocabulary));
    writer.describe(&mut schema, keywords.map(|keyword| (keyword.name, keyword.form)));
    Some(Value::Object(schema))
}

/// Whether a keyword is one of JSON Schema.
fn is_published(keyword: &Keyword) -> bool {
    !matches!(keyword.vocabulary, Vocabulary::Extension | Vocabulary::OpenApi)
}

/// Writes a meta-schema in the dialect that it describes.
struct Writer {
    release: Release,
}

impl Writer {
    /// What every meta-schema begins with.
    fn head(&self, uri: &str, title: String) -> Map<String, Value> {
        let mut schema = Map::new();
        let dialect = self.release.uri().unwrap_or_default();
        // Before 2019-09, the URIs are written with an empty fragment.
        let end = if self.release.modules().is_empty() { "#" } else { "" };
        schema.insert("$schema".to_owned(), json!(format!("{dialect}{end}")));
        schema.insert(self.release.id().unwrap_or("$id").to_owned(), json!(format!("{uri}{end}")));
        schema.insert("title".to_owned(), json!(title));
        let kinds = if self.release.has_boolean_schemas() { json!(["object", "boolean"]) } else { json!("object") };
        schema.insert("type".to_owned(), kinds);
        match self.release {
            Release::Draft201909 => schema.insert("$recursiveAnchor".to_owned(), json!(true)),
            Release::Draft202012 => schema.insert("$dynamicAnchor".to_owned(), json!("meta")),
            _ => None,
        };
        schema
    }

    /// Says of each keyword what its value has to be, and what that refers to.
    fn describe(&self, schema: &mut Map<String, Value>, keywords: impl Iterator<Item = (&'static str, Form)>) {
        let (mut properties, mut definitions) = (Map::new(), Map::new());
        for (name, form) in keywords {
            let value = self.form(form);
            for shared in self.shared() {
                let is_used = value.to_string().contains(&format!("\"{}\"", self.pointer(shared.0)));
                if is_used {
                    definitions.insert(shared.0.to_owned(), shared.1);
                }
            }
            properties.insert(name.to_owned(), value);
        }
        schema.insert("properties".to_owned(), Value::Object(properties));
        if !definitions.is_empty() {
            schema.insert(self.home().to_owned(), Value::Object(definitions));
        }
    }

    fn home(&self) -> &'static str {
        if self.release.modules().is_empty() { "definitions" } else { "$defs" }
    }

    fn pointer(&self, name: &str) -> String {
        format!("#/{}/{name}", self.home())
    }

    /// The meta-schema itself, or the one that extends it.
    fn itself(&self) -> Value {
        match self.release {
            Release::Draft201909 => json!({ "$recursiveRef": "#" }),
            Release::Draft202012 => json!({ "$dynamicRef": "#meta" }),
            _ => json!({ "$ref": "#" }),
        }
    }

    /// The name by which the meta-schemas call a count.
    fn count(&self) -> &'static str {
        if self.release == Release::Draft4 { "positiveInteger" } else { "nonNegativeInteger" }
    }

    /// The definitions that others refer to, under the names by which they are known.
    fn shared(&self) -> [(&'static str, Value); 4] {
        let mut names = json!({ "type": "array", "items": { "type": "string" }, "uniqueItems": true });
        if self.release == Release::Draft4 {
            names["minItems"] = json!(1);
        }
        let mut kinds: Vec<&str> = Kind::ALL.map(Kind::name).to_vec();
        kinds.sort_unstable();
        [
            (self.count(), json!({ "type": "integer", "minimum": 0 })),
            ("schemaArray", json!({ "type": "array", "minItems": 1, "items": self.itself() })),
            ("simpleTypes", json!({ "enum": kinds })),
            ("stringArray", names),
        ]
    }

    fn form(&self, form: Form) -> Value {
        let shared = |name: &str| json!({ "$ref": self.pointer(name) });
        let by_name = |value: Value| json!({ "type": "object", "additionalProperties": value });
        let either = |values: [Value; 2]| json!({ "anyOf": values });
        match form {
            Form::Any => json!({}),
            Form::Count => shared(self.count()),
            Form::Number => json!({ "type": "number" }),
            Form::Positive if self.release == Release::Draft4 => {
                json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true })
            }
            Form::Positive => json!({ "type": "number", "exclusiveMinimum": 0 }),
            Form::Text => json!({ "type": "string" }),
            Form::Flag => json!({ "type": "boolean" }),
            Form::List => json!({ "type": "array" }),
            Form::Types => {
                let list =
                    json!({ "type": "array", "items": shared("simpleTypes"), "minItems": 1, "uniqueItems": true });
                either([shared("simpleTypes"), list])
            }
            Form::Names => shared("stringArray"),
            Form::NamesByName => by_name(shared("stringArray")),
            Form::Pattern => json!({ "type": "string", "format": "regex" }),
            // In draft 4, it may be anything that a URI is resolved from.
            Form::Uri if self.release == Release::Draft4 => json!({ "type": "string" }),
            Form::Uri => json!({ "type": "string", "format": "uri" }),
            Form::Reference => json!({ "type": "string", "format": "uri-reference" }),
            Form::Id => json!({ "type": "string", "format": "uri-reference", "pattern": "^[^#]*#?$" }),
            Form::Anchor if self.release == Release::Draft201909 => {
                json!({ "type": "string", "pattern": "^[A-Za-z][-A-Za-z0-9.:_]*$" })
            }
            Form::Anchor => json!({ "type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$" }),
            Form::Vocabularies => json!({
                "type": "object",
                "propertyNames": { "type": "string", "format": "uri" },
                "additionalProperties": { "type": "boolean" }
            }),
            Form::Schema => self.itself(),
            Form::SchemaOrFlag => either([json!({ "type": "boolean" }), self.itself()]),
            Form::Schemas => shared("schemaArray"),
            Form::SchemaOrSchemas => either([self.itself(), shared("schemaArray")]),
            Form::Members => by_name(self.itself()),
            Form::Patterns => {
                let mut value = by_name(self.itself());
                if self.release != Release::Draft4 {
                    value["propertyNames"] = json!({ "format": "regex" });
                }
                value
            }
            Form::SchemasOrNames => by_name(either([self.itself(), shared("stringArray")])),
        }
    }
}
