//! A document as typify reads it: the schemas with a name, each as schemars 0.8 has them.

use std::collections::BTreeMap;

use schemars_08::schema::{RootSchema, Schema};
use serde::Deserialize;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Document, DocumentKind};
use crate::schema::keyword;
use crate::source::{Node, pointer};

use super::problem;

/// Where OpenAPI has its schemas, and where typify looks for them.
const COMPONENTS: &str = "/components/schemas";
const DEFINITIONS: &str = "/definitions";

/// What typify is given.
pub(super) struct Definitions {
    /// The schemas.
    pub(super) given: Given,
    /// The JSON Pointer of what holds them.
    pub(super) home: &'static str,
    /// The JSON Pointer of each that has a name, by its letters and digits alone.
    pointers: BTreeMap<String, String>,
}

/// The schemas of a document.
#[derive(Clone)]
pub(super) enum Given {
    /// A schema on its own, with its definitions.
    Root(Box<RootSchema>),
    /// Those of OpenAPI, by name.
    Components(BTreeMap<String, Schema>),
}

impl Definitions {
    /// The JSON Pointer of the schema that a type is called after.
    pub(super) fn pointer(&self, name: &str) -> Option<String> {
        self.pointers.get(&letters(name)).cloned()
    }
}

/// What typify keeps of a name, whatever the case.
fn letters(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads the schemas of a document. What is none to schemars 0.8 is reported.
pub(super) fn read(document: &Document, root: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Definitions> {
    match document.kind {
        DocumentKind::JsonSchema => standalone(document, root, diagnostics),
        DocumentKind::OpenApi => components(document, root, diagnostics),
    }
}

fn standalone(document: &Document, root: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Definitions> {
    // typify makes no type of a root without a title.
    let title = document.title.clone().unwrap_or_else(|| "Root".to_owned());
    let mut titled = root.clone();
    if let Node::Object(members) = &mut titled {
        members.insert("title".to_owned(), Node::String(title.clone()));
    }
    let mut pointers = BTreeMap::from([(letters(&title), String::new())]);
    for home in ["$defs", "definitions"] {
        pointers.extend(named(root.get(home), &pointer::child("", home)));
    }
    match RootSchema::deserialize(Value::from(&titled)) {
        Ok(schema) => Some(Definitions { given: Given::Root(Box::new(schema)), home: "", pointers }),
        Err(error) => {
            let (pointer, why) = unreadable(root, "").unwrap_or_else(|| (String::new(), error.to_string()));
            diagnostics.push(not_read(document, pointer, &why));
            None
        }
    }
}

fn components(document: &Document, root: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Definitions> {
    let home = root.at(COMPONENTS);
    let mut schemas = BTreeMap::new();
    let mut failed = false;
    for (name, node) in home.and_then(Node::as_object).into_iter().flatten() {
        match Schema::deserialize(Value::from(&rewritten(node))) {
            Ok(schema) => {
                schemas.insert(name.clone(), schema);
            }
            Err(error) => {
                let at = pointer::child(COMPONENTS, name);
                let (pointer, why) = unreadable(node, &at).unwrap_or((at, error.to_string()));
                diagnostics.push(not_read(document, pointer, &why));
                failed = true;
            }
        }
    }
    let home_pointer = if home.is_some() { COMPONENTS } else { "" };
    let pointers = named(home, COMPONENTS);
    (!failed).then_some(Definitions { given: Given::Components(schemas), home: home_pointer, pointers })
}

fn not_read(document: &Document, pointer: String, why: &str) -> Diagnostic {
    let message = format!("typify reads schemas by schemars 0.8, which cannot read this one: {why}");
    problem(&message, Place::value(&document.file, pointer))
}

/// The JSON Pointers of schemas by their names.
fn named(home: Option<&Node>, at: &str) -> BTreeMap<String, String> {
    let names = home.and_then(Node::as_object).into_iter().flat_map(BTreeMap::keys);
    names.map(|name| (letters(name), pointer::child(at, name))).collect()
}

/// The schemas in the value of a keyword, whichever dialect has it, each with the reference token that leads to it.
fn held<'n>(name: &str, value: &'n Node) -> Vec<(Option<String>, &'n Node)> {
    let keywords = keyword::all().iter().filter(|keyword| keyword.name == name);
    keywords.map(|keyword| keyword.subschemas(value)).find(|schemas| !schemas.is_empty()).unwrap_or_default()
}

/// The innermost schema that schemars cannot read, and why: its own errors name no place.
fn unreadable(node: &Node, at: &str) -> Option<(String, String)> {
    let inner = node.as_object().into_iter().flatten().find_map(|(keyword, value)| {
        let at = pointer::child(at, keyword);
        held(keyword, value).into_iter().find_map(|(token, schema)| match token {
            Some(token) => unreadable(schema, &pointer::child(&at, &token)),
            None => unreadable(schema, &at),
        })
    });
    inner.or_else(|| Schema::deserialize(Value::from(node)).err().map(|error| (at.to_owned(), error.to_string())))
}

/// A schema whose references lead where typify looks for definitions.
fn rewritten(node: &Node) -> Node {
    let Node::Object(members) = node else { return node.clone() };
    let member = |(keyword, value): (&String, &Node)| {
        let schemas: BTreeMap<Option<String>, Node> =
            held(keyword, value).into_iter().map(|(token, schema)| (token, rewritten(schema))).collect();
        let within = |token: &str, schema: &Node| {
            schemas.get(&Some(token.to_owned())).cloned().unwrap_or_else(|| schema.clone())
        };
        let value = match (schemas.get(&None), value) {
            (_, Node::String(reference)) if keyword == "$ref" => {
                Node::String(match reference.strip_prefix(&format!("#{COMPONENTS}/")) {
                    Some(name) => format!("#{DEFINITIONS}/{name}"),
                    None => reference.clone(),
                })
            }
            (Some(schema), _) => schema.clone(),
            (None, Node::Array(items)) => {
                let items = items.iter().enumerate();
                Node::Array(items.map(|(index, item)| within(&index.to_string(), item)).collect())
            }
            (None, Node::Object(members)) => {
                Node::Object(members.iter().map(|(name, member)| (name.clone(), within(name, member))).collect())
            }
            (None, _) => value.clone(),
        };
        (keyword.clone(), value)
    };
    Node::Object(members.iter().map(member).collect())
}
