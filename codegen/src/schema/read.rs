//! Reads the keywords of one schema; subschemas and references are left to whoever follows them.

use std::collections::{BTreeMap, BTreeSet};

use super::keyword::{self, Class, Literal};
use super::rust_type::{self, Decision, RustPath, RustType};
use super::{Discriminator, Kind, Kinds, Location, Notes, Schema, SchemaId};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{Node, pointer};

/// Where a schema leads: the caller turns places and references into ids.
pub trait Found {
    /// The schema at a place of the same document.
    fn subschema(&mut self, pointer: String) -> SchemaId;

    /// The schema that a `$ref` leads to; `at` is the place of the `$ref`.
    fn reference(&mut self, reference: &str, at: &Location) -> SchemaId;

    /// Something to tell the user.
    fn report(&mut self, diagnostic: Diagnostic);
}

/// Reads the schema at `location`.
pub fn read(node: &Node, location: Location, found: &mut impl Found) -> Schema {
    let mut reader = Reader { location: &location, found };
    let mut schema = match node {
        Node::Bool(value) => Schema { boolean: Some(*value), ..Schema::default() },
        Node::Object(members) => {
            let mut schema = Schema::default();
            for (key, value) in members {
                reader.keyword(&mut schema, key, value);
            }
            schema
        }
        other => {
            reader.wrong("a schema", "an object or a boolean", other, &location.pointer);
            Schema::default()
        }
    };
    schema.location = location;
    schema
}

struct Reader<'r, F> {
    location: &'r Location,
    found: &'r mut F,
}

impl<F: Found> Reader<'_, F> {
    fn keyword(&mut self, schema: &mut Schema, key: &str, value: &Node) {
        let at = pointer::child(&self.location.pointer, key);
        let (name, class) = keyword::find(key);
        match class {
            Class::Structural => self.structural(schema, name, value, &at),
            Class::Limit(literal) => {
                if self.limit(name, literal, value, &at) {
                    schema.limits.insert(name, value.clone());
                }
            }
            Class::Annotation => annotation(&mut schema.notes, name, value),
            Class::Unsupported => self.unsupported(key, &at),
            Class::Unknown if key == "nullable" => self.unsupported(key, &at),
            Class::Unknown => {}
        }
    }

    fn structural(&mut self, schema: &mut Schema, name: &str, value: &Node, at: &str) {
        match name {
            "$ref" => {
                if let Some(reference) = self.text(name, value, at) {
                    let at = Location { file: self.location.file.clone(), pointer: at.to_owned() };
                    schema.reference = Some(self.found.reference(&reference, &at));
                }
            }
            "$dynamicRef" => {
                if let Some(reference) = self.text(name, value, at) {
                    let at = Location { file: self.location.file.clone(), pointer: at.to_owned() };
                    let anchor = reference.split_once('#').map_or("", |(_, anchor)| anchor).to_owned();
                    schema.dynamic_reference = Some((self.found.reference(&reference, &at), anchor));
                }
            }
            "$dynamicAnchor" => schema.dynamic_anchor = self.text(name, value, at),
            "$id" => self.id(value, at),
            "type" => schema.kinds = self.kinds(value, at),
            "enum" => {
                schema.enumeration = self.list(name, value, at).map(|values| values.iter().map(Node::plain).collect());
            }
            "const" => schema.constant = Some(value.plain()),
            "allOf" => schema.all_of = self.branches(name, value, at),
            "anyOf" => schema.any_of = self.branches(name, value, at),
            "oneOf" => schema.one_of = self.branches(name, value, at),
            "discriminator" => schema.discriminator = self.discriminator(value, at),
            "properties" => schema.properties = self.members(name, value, at),
            "required" => schema.required = self.required(value, at),
            "additionalProperties" => schema.additional = Some(self.found.subschema(at.to_owned())),
            "propertyNames" => schema.property_names = Some(self.found.subschema(at.to_owned())),
            "items" => schema.items = Some(self.found.subschema(at.to_owned())),
            "contains" => schema.contains = Some(self.found.subschema(at.to_owned())),
            "not" => schema.not = Some(self.found.subschema(at.to_owned())),
            "if" => schema.condition = Some(self.found.subschema(at.to_owned())),
            "then" => schema.then = Some(self.found.subschema(at.to_owned())),
            "else" => schema.otherwise = Some(self.found.subschema(at.to_owned())),
            "dependentSchemas" => schema.dependent_schemas = self.members(name, value, at),
            "dependentRequired" => schema.dependent_required = self.dependencies(name, value, at),
            "patternProperties" => schema.pattern_properties = self.members(name, value, at),
            "prefixItems" => schema.prefix_items = self.branches(name, value, at),
            "unevaluatedProperties" => schema.unevaluated_properties = Some(self.found.subschema(at.to_owned())),
            "unevaluatedItems" => schema.unevaluated_items = Some(self.found.subschema(at.to_owned())),
            "x-rust-type" => schema.rust_type = self.rust_type(value, at),
            "minContains" => schema.min_contains = self.count(name, value, at),
            "maxContains" => schema.max_contains = self.count(name, value, at),
            _ => {}
        }
    }

    /// `$id` (2020-12 Core §8.2.1): no legal one has a fragment that says something.
    fn id(&mut self, value: &Node, at: &str) {
        if value.as_str().is_some_and(|id| id.starts_with('#')) {
            let message = "this `$id` is a fragment, which is no legal id; it is ignored";
            let place = Place::key(&self.location.file, at);
            self.found.report(Diagnostic::warning("invalid-id", message, place));
        }
    }

    fn kinds(&mut self, value: &Node, at: &str) -> Option<Kinds> {
        let names: Vec<&Node> = match value {
            Node::Array(names) => names.iter().collect(),
            name => vec![name],
        };
        let mut kinds = Kinds::NONE;
        for name in names {
            match name.as_str().and_then(Kind::from_name) {
                Some(kind) => kinds = kinds.union(Kinds::one(kind)),
                None => {
                    let message = match name.as_str() {
                        Some(name) => format!("`{name}` is no type"),
                        None => format!("`type` must be a string or a list of strings, not {}", name.kind()),
                    };
                    let known = Kind::ALL.map(Kind::name).join(", ");
                    let diagnostic = Diagnostic::error("unknown-type", message, self.place(at));
                    self.found.report(diagnostic.help(format!("the types are: {known}")));
                    return None;
                }
            }
        }
        Some(kinds)
    }

    fn discriminator(&mut self, value: &Node, at: &str) -> Option<Discriminator> {
        let Some(property) = value.get("propertyName").and_then(Node::as_str) else {
            self.wrong("`discriminator`", "an object with `propertyName`", value, at);
            return None;
        };
        let mut discriminator = Discriminator { property: property.to_owned(), mapping: Default::default() };
        let at = pointer::child(at, "mapping");
        for (name, reference) in value.get("mapping").and_then(Node::as_object).into_iter().flatten() {
            let at = pointer::child(&at, name);
            if let Some(reference) = self.text("mapping", reference, &at) {
                // A bare name stands for a component schema (OpenAPI 3.1 §4.8.25.3).
                let bare = !reference.contains(['/', '#', '.']);
                let reference = if bare { format!("#/components/schemas/{reference}") } else { reference };
                let at = Location { file: self.location.file.clone(), pointer: at };
                let id = self.found.reference(&reference, &at);
                discriminator.mapping.insert(name.clone(), id);
            }
        }
        Some(discriminator)
    }

    /// The extension of typify.
    fn rust_type(&mut self, value: &Node, at: &str) -> Option<RustType> {
        let text = |key: &str| value.get(key).and_then(Node::as_str);
        let package = text("crate").filter(|name| rust_type::is_package(name));
        let (Some(package), Some(version), Some(written)) = (package, text("version"), text("path")) else {
            self.wrong("`x-rust-type`", "an object with the strings `crate`, `version` and `path`", value, at);
            return None;
        };
        let path = RustPath::parse(written).filter(|path| path.first == rust_type::crate_of(package));
        let Some(path) = path else {
            let message = format!("`{written}` is no path of a type that begins with its crate `{package}`");
            self.found.report(Diagnostic::error("invalid-keyword", message, self.place(&pointer::child(at, "path"))));
            return None;
        };
        let at = pointer::child(at, "parameters");
        let parameters = value.get("parameters").map(|parameters| self.branches("parameters", parameters, &at));
        Some(RustType {
            path,
            package: Some((package.to_owned(), version.to_owned())),
            parameters: parameters.unwrap_or_default(),
            by: Decision::Schema,
        })
    }

    /// Subschemas by name.
    fn members(&mut self, name: &str, value: &Node, at: &str) -> BTreeMap<String, SchemaId> {
        let Some(members) = value.as_object() else {
            self.wrong(&format!("`{name}`"), "an object", value, at);
            return BTreeMap::new();
        };
        members.keys().map(|key| (key.clone(), self.found.subschema(pointer::child(at, key)))).collect()
    }

    /// Lists of names by name.
    fn dependencies(&mut self, name: &str, value: &Node, at: &str) -> BTreeMap<String, BTreeSet<String>> {
        if value.as_object().is_none() {
            self.wrong(&format!("`{name}`"), "an object", value, at);
        }
        let members = value.as_object().into_iter().flatten();
        members.map(|(key, names)| (key.clone(), self.required(names, &pointer::child(at, key)))).collect()
    }

    fn required(&mut self, value: &Node, at: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (index, name) in self.list("required", value, at).unwrap_or_default().iter().enumerate() {
            let at = pointer::child(at, &index.to_string());
            names.extend(self.text("required", name, &at));
        }
        names
    }

    fn branches(&mut self, name: &str, value: &Node, at: &str) -> Vec<SchemaId> {
        let count = self.list(name, value, at).map_or(0, <[Node]>::len);
        (0..count).map(|index| self.found.subschema(pointer::child(at, &index.to_string()))).collect()
    }

    fn list<'n>(&mut self, name: &str, value: &'n Node, at: &str) -> Option<&'n [Node]> {
        if value.as_array().is_none() {
            self.wrong(&format!("`{name}`"), "an array", value, at);
        }
        value.as_array()
    }

    fn text(&mut self, name: &str, value: &Node, at: &str) -> Option<String> {
        if value.as_str().is_none() {
            self.wrong(&format!("`{name}`"), "a string", value, at);
        }
        value.as_str().map(str::to_owned)
    }

    fn count(&mut self, name: &str, value: &Node, at: &str) -> Option<u64> {
        self.limit(name, Literal::Count, value, at).then(|| count(value)).flatten()
    }

    fn limit(&mut self, name: &str, literal: Literal, value: &Node, at: &str) -> bool {
        let expected = match (literal, value) {
            (Literal::Count, value) if count(value).is_some() => return true,
            (Literal::Number, Node::Number(_)) | (Literal::Text, Node::String(_)) | (Literal::Flag, Node::Bool(_)) => {
                return true;
            }
            (Literal::Positive, Node::Number(number)) if number.as_f64().is_some_and(|number| number > 0.0) => {
                return true;
            }
            (Literal::Count, _) => "a whole number that is not negative",
            (Literal::Number, _) => "a number",
            (Literal::Positive, _) => "a number above 0",
            (Literal::Text, _) => "a string",
            (Literal::Flag, _) => "a boolean",
        };
        self.wrong(&format!("`{name}`"), expected, value, at);
        false
    }

    fn wrong(&mut self, what: &str, expected: &str, value: &Node, at: &str) {
        let found = match value {
            Node::Number(number) => number.to_string(),
            other => other.kind().to_owned(),
        };
        let message = format!("{what} must be {expected}, not {found}");
        let diagnostic = Diagnostic::error("invalid-keyword", message, self.place(at));
        self.found.report(diagnostic);
    }

    fn unsupported(&mut self, key: &str, at: &str) {
        let message = format!("the keyword `{key}` is not generated: it is left unchecked");
        let place = Place::key(&self.location.file, at);
        self.found.report(Diagnostic::warning("unsupported-keyword", message, place));
    }

    fn place(&self, at: &str) -> Place {
        Place::value(&self.location.file, at)
    }
}

/// A count: `2.0` is one too.
pub(crate) fn count(value: &Node) -> Option<u64> {
    let Node::Number(number) = value else { return None };
    number.as_u64().or_else(|| whole(number).and_then(|whole| whole.try_into().ok()))
}

/// A number that is an integer and that `i64` holds: `2.0` is one too.
pub(crate) fn integer(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| whole(number).and_then(|whole| whole.try_into().ok()))
}

/// A number written with a fraction or an exponent that is whole all the same, within 53 bits.
fn whole(number: &serde_json::Number) -> Option<i128> {
    let value = number.as_f64()?;
    #[expect(clippy::cast_possible_truncation, reason = "whole and within 53 bits")]
    (value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0).then_some(value as i128)
}

fn annotation(notes: &mut Notes, name: &str, value: &Node) {
    let flag = value.as_bool() == Some(true);
    match name {
        "title" => notes.title = value.as_str().map(str::to_owned),
        "description" => notes.description = value.as_str().map(str::to_owned),
        "default" => notes.default = Some(value.clone()),
        "deprecated" => notes.deprecated = flag,
        "readOnly" => notes.read_only = flag,
        "writeOnly" => notes.write_only = flag,
        "x-sensitive" => notes.sensitive = flag,
        _ => {}
    }
}
