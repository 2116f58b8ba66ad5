//! Reads the keywords of one schema; subschemas and references are left to whoever follows them.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::Dialect;
use super::keyword::{self, Class, Form, Keyword};
use super::rust_type::{self, Decision, RustPath, RustType};
use super::{Discriminator, Kind, Kinds, Location, Notes, RECURSIVE_ANCHOR, Schema, SchemaId, upgrade};
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

/// Reads the schema at `location`, which is one of a dialect.
pub fn read(node: &Node, location: Location, dialect: Dialect, found: &mut impl Found) -> Schema {
    let mut reader = Reader { node, location: &location, dialect, found };
    let mut schema = match node {
        Node::Bool(value) if dialect.release.has_boolean_schemas() || reader.may_be_boolean() => {
            Schema { boolean: Some(*value), ..Schema::default() }
        }
        Node::Object(members) => {
            let mut schema = Schema::default();
            for (key, value) in members {
                reader.keyword(&mut schema, key, value);
            }
            let problems = upgrade::settle(&mut schema, node, &location, dialect);
            problems.into_iter().for_each(|problem| reader.found.report(problem));
            schema
        }
        other => {
            let expected = if dialect.release.has_boolean_schemas() { "an object or a boolean" } else { "an object" };
            reader.wrong("a schema", expected, other, &location.pointer);
            Schema::default()
        }
    };
    schema.location = location;
    schema.dialect = dialect;
    schema
}

struct Reader<'r, F> {
    node: &'r Node,
    location: &'r Location,
    dialect: Dialect,
    found: &'r mut F,
}

impl<F: Found> Reader<'_, F> {
    fn keyword(&mut self, schema: &mut Schema, key: &str, value: &Node) {
        let Some(keyword) = keyword::find(key, self.dialect) else { return };
        let at = pointer::child(&self.location.pointer, key);
        if upgrade::is_hidden(key, self.node, self.dialect) {
            self.hidden(keyword, &at);
            return;
        }
        match keyword.class {
            Class::Structural => self.structural(schema, keyword, value, &at),
            Class::Limit => {
                if self.limit(keyword, value, &at) {
                    schema.limits.insert(keyword.name, value.clone());
                }
            }
            Class::Annotation => annotation(&mut schema.notes, keyword.name, value),
            Class::Unsupported => self.unsupported(key, &at),
        }
    }

    /// Says of a keyword beside a `$ref` that constrains elsewhere, that it does not here.
    fn hidden(&mut self, keyword: &Keyword, at: &str) {
        if keyword.class == Class::Annotation || matches!(keyword.name, "$id" | "$schema" | "id") {
            return;
        }
        let dialect = self.dialect.release.title();
        let message = format!("`{}` stands beside a `$ref`, where {dialect} ignores it", keyword.name);
        let place = Place::key(&self.location.file, at);
        let help = "write the `$ref` as the first of an `allOf`, with the rest beside that";
        self.found.report(Diagnostic::warning("beside-reference", message, place).help(help));
    }

    /// Whether the schema is the value of a keyword that takes a boolean where booleans are no schemas.
    fn may_be_boolean(&self) -> bool {
        let name = self.location.pointer.rsplit('/').next().unwrap_or_default();
        keyword::find(name, self.dialect).is_some_and(|keyword| keyword.form == Form::SchemaOrFlag)
    }

    fn structural(&mut self, schema: &mut Schema, keyword: &Keyword, value: &Node, at: &str) {
        let name = keyword.name;
        match name {
            "$ref" => schema.reference = self.target(name, value, at),
            "$dynamicRef" => {
                let anchor =
                    value.as_str().and_then(|reference| reference.split_once('#')).map_or("", |(_, anchor)| anchor);
                schema.dynamic_reference = self.target(name, value, at).map(|target| (target, anchor.to_owned()));
            }
            "$recursiveRef" => {
                let target = self.target(name, value, at);
                schema.dynamic_reference = target.map(|target| (target, RECURSIVE_ANCHOR.to_owned()));
            }
            "$dynamicAnchor" => schema.dynamic_anchor = self.text(name, value, at),
            "$recursiveAnchor" => {
                let is_one = self.limit(keyword, value, at) && value.as_bool() == Some(true);
                schema.dynamic_anchor = is_one.then(|| RECURSIVE_ANCHOR.to_owned());
            }
            "$id" => self.id(keyword, value, at),
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
            "items" if keyword.form == Form::SchemaOrSchemas && value.as_array().is_some() => {
                schema.prefix_items = self.branches(name, value, at);
            }
            "items" => schema.items = Some(self.found.subschema(at.to_owned())),
            "additionalItems" => schema.items = self.additional_items(at).or(schema.items),
            "dependencies" => self.dependencies(schema, keyword, value, at),
            "contains" => schema.contains = Some(self.found.subschema(at.to_owned())),
            "not" => schema.not = Some(self.found.subschema(at.to_owned())),
            "if" => schema.condition = Some(self.found.subschema(at.to_owned())),
            "then" => schema.then = Some(self.found.subschema(at.to_owned())),
            "else" => schema.otherwise = Some(self.found.subschema(at.to_owned())),
            "dependentSchemas" => schema.dependent_schemas = self.members(name, value, at),
            "dependentRequired" => schema.dependent_required = self.names_by_name(name, value, at),
            "patternProperties" => schema.pattern_properties = self.members(name, value, at),
            "prefixItems" => schema.prefix_items = self.branches(name, value, at),
            "unevaluatedProperties" => schema.unevaluated_properties = Some(self.found.subschema(at.to_owned())),
            "unevaluatedItems" => schema.unevaluated_items = Some(self.found.subschema(at.to_owned())),
            "x-rust-type" => schema.rust_type = self.rust_type(value, at),
            "minContains" => schema.min_contains = self.count(keyword, value, at),
            "maxContains" => schema.max_contains = self.count(keyword, value, at),
            // What it does to `type` is known when everything has been read.
            "nullable" => {
                self.limit(keyword, value, at);
            }
            _ => {}
        }
    }

    /// Where a reference leads.
    fn target(&mut self, name: &str, value: &Node, at: &str) -> Option<SchemaId> {
        let reference = self.text(name, value, at)?;
        let at = Location { file: self.location.file.clone(), pointer: at.to_owned() };
        Some(self.found.reference(&reference, &at))
    }

    /// `additionalItems`: without a list of items before it, it says nothing (2019-09 Core §9.3.1.2).
    fn additional_items(&mut self, at: &str) -> Option<SchemaId> {
        let follows_list = self.node.get("items").and_then(Node::as_array).is_some();
        follows_list.then(|| self.found.subschema(at.to_owned()))
    }

    /// `$id` (2020-12 Core §8.2.1): no legal one has a fragment that says something.
    fn id(&mut self, keyword: &Keyword, value: &Node, at: &str) {
        if keyword.form == Form::Id && value.as_str().is_some_and(|id| id.starts_with('#')) {
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

    /// `dependencies` (draft 7 Validation §6.5.7): each is what became `dependentRequired`, or what became `dependentSchemas`.
    fn dependencies(&mut self, schema: &mut Schema, keyword: &Keyword, value: &Node, at: &str) {
        if value.as_object().is_none() {
            self.wrong("`dependencies`", "an object", value, at);
        }
        for (name, _) in keyword.subschemas(value) {
            let name = name.unwrap_or_default();
            let id = self.found.subschema(pointer::child(at, &name));
            schema.dependent_schemas.insert(name, id);
        }
        for (name, names) in value.as_object().into_iter().flatten().filter(|(_, value)| value.as_array().is_some()) {
            let names = self.required(names, &pointer::child(at, name));
            schema.dependent_required.insert(name.clone(), names);
        }
    }

    /// Lists of names by name.
    fn names_by_name(&mut self, name: &str, value: &Node, at: &str) -> BTreeMap<String, BTreeSet<String>> {
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

    fn count(&mut self, keyword: &Keyword, value: &Node, at: &str) -> Option<u64> {
        self.limit(keyword, value, at).then(|| count(value)).flatten()
    }

    /// Whether a literal is what its keyword takes.
    fn limit(&mut self, keyword: &Keyword, value: &Node, at: &str) -> bool {
        if let Some(warning) = upgrade::old_exclusive(self.dialect, keyword, value, self.place(at)) {
            self.found.report(warning);
            return true;
        }
        let (fits, expected) = match keyword.form {
            Form::Count => (count(value).is_some(), "a whole number that is not negative"),
            Form::Number => (matches!(value, Node::Number(_)), "a number"),
            Form::Positive => (is_positive(value), "a number above 0"),
            Form::Flag => (value.as_bool().is_some(), "a boolean"),
            _ => (value.as_str().is_some(), "a string"),
        };
        if !fits {
            self.wrong(&format!("`{}`", keyword.name), expected, value, at);
        }
        fits
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
        let message = format!("`{key}` is no keyword of {}: it is left unchecked", self.dialect.release.title());
        let place = Place::key(&self.location.file, at);
        self.found.report(Diagnostic::warning("unsupported-keyword", message, place));
    }

    fn place(&self, at: &str) -> Place {
        Place::value(&self.location.file, at)
    }
}

fn is_positive(value: &Node) -> bool {
    matches!(value, Node::Number(number) if number.as_f64().is_some_and(|number| number > 0.0))
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
