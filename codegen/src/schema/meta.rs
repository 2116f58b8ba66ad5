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
    let mut schema = writer.head(release.uri()?, format!("Schemas of {}", release.title()));
    match release.modules_home() {
        Some(home) => writer.combine(&mut schema, home),
        None => writer.describe_all(&mut schema),
    }
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

    /// Describes the keywords of a dialect that has no vocabularies.
    fn describe_all(&self, schema: &mut Map<String, Value>) {
        let is_old = self.release == Release::Draft4;
        // Draft 4 describes no references.
        let described = |keyword: &&Keyword| is_published(keyword) && !(is_old && keyword.name == "$ref");
        let keywords = keyword::all().iter().filter(|keyword| keyword.is_of(self.release)).filter(described);
        self.describe(schema, keywords.map(|keyword| (keyword.name, keyword.form)));
        if is_old {
            let limits = json!({ "exclusiveMaximum": ["maximum"], "exclusiveMinimum": ["minimum"] });
            schema.insert("dependencies".to_owned(), limits);
        }
    }

    /// Combines the vocabularies of a dialect.
    fn combine(&self, schema: &mut Map<String, Value>, home: &str) {
        // That formats assert is for other meta-schemas to say.
        let modules = || self.release.modules().iter().filter(|module| module.name != "format-assertion");
        let listed = modules().map(|module| (format!("{home}/vocab/{}", module.name), json!(module.name != "format")));
        schema.insert("$vocabulary".to_owned(), Value::Object(listed.collect()));
        let parts = modules().map(|module| json!({ "$ref": format!("meta/{}", module.name) }));
        schema.insert("allOf".to_owned(), parts.collect());
        let retained = RETAINED.iter().filter(|(release, ..)| *release == self.release);
        self.describe(schema, retained.map(|(_, name, form)| (*name, *form)));
    }

    /// Says of each keyword what its value has to be, and what that refers to.
    fn describe(&self, schema: &mut Map<String, Value>, keywords: impl Iterator<Item = (&'static str, Form)>) {
        let (mut properties, mut definitions) = (Map::new(), Map::new());
        for (name, form) in keywords {
            if let Some(shared) = self.shared_by(form) {
                definitions.insert(shared.to_owned(), self.shared(shared));
            }
            properties.insert(name.to_owned(), self.form(form));
        }
        schema.insert("properties".to_owned(), Value::Object(properties));
        if !definitions.is_empty() {
            schema.insert(self.home().to_owned(), Value::Object(definitions));
        }
    }

    fn home(&self) -> &'static str {
        if self.release.modules().is_empty() { "definitions" } else { "$defs" }
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

    /// The definition of which a form is made, by the name by which others refer to it as well.
    fn shared_by(&self, form: Form) -> Option<&'static str> {
        match form {
            Form::Count => Some(self.count()),
            Form::Schemas | Form::SchemaOrSchemas => Some("schemaArray"),
            Form::Types => Some("simpleTypes"),
            Form::Names | Form::NamesByName | Form::SchemasOrNames => Some("stringArray"),
            _ => None,
        }
    }

    fn shared(&self, name: &str) -> Value {
        match name {
            "schemaArray" => json!({ "type": "array", "minItems": 1, "items": self.itself() }),
            "simpleTypes" => json!({ "enum": Kind::ALL.map(Kind::name) }),
            "stringArray" => {
                let least = usize::from(self.release == Release::Draft4);
                json!({ "type": "array", "items": { "type": "string" }, "minItems": least, "uniqueItems": true })
            }
            _ => json!({ "type": "integer", "minimum": 0 }),
        }
    }

    fn form(&self, form: Form) -> Value {
        let shared = || {
            let name = self.shared_by(form).unwrap_or_default();
            json!({ "$ref": format!("#/{}/{name}", self.home()) })
        };
        let by_name = |value: Value| json!({ "type": "object", "additionalProperties": value });
        let either = |values: [Value; 2]| json!({ "anyOf": values });
        match form {
            Form::Any => json!({}),
            Form::Count => shared(),
            Form::Number => json!({ "type": "number" }),
            Form::Positive if self.release == Release::Draft4 => {
                json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true })
            }
            Form::Positive => json!({ "type": "number", "exclusiveMinimum": 0 }),
            Form::Text => json!({ "type": "string" }),
            Form::Flag => json!({ "type": "boolean" }),
            Form::List => json!({ "type": "array" }),
            Form::Types => {
                let list = json!({ "type": "array", "items": shared(), "minItems": 1, "uniqueItems": true });
                either([shared(), list])
            }
            Form::Names => shared(),
            Form::NamesByName => by_name(shared()),
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
            Form::Schemas => shared(),
            Form::SchemaOrSchemas => either([self.itself(), shared()]),
            Form::Members => by_name(self.itself()),
            Form::Patterns if self.release == Release::Draft4 => by_name(self.itself()),
            Form::Patterns => json!({
                "type": "object",
                "propertyNames": { "format": "regex" },
                "additionalProperties": self.itself()
            }),
            Form::SchemasOrNames => by_name(either([self.itself(), shared()])),
        }
    }
}
