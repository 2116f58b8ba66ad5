//! A document and the operations in it.

mod openapi;
mod operation;
mod select;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Input;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::keyword::{self, Class};
use crate::schema::{Dialect, Location};
use crate::source::{Node, Source, pointer};

pub(crate) use openapi::METHODS;
pub use operation::{
    Answer, Body, BodyFormat, Content, ContentFormat, Event, Flow, Form, Operation, Parameter, ParameterPlace, Scheme,
    Security, Server, Style, Variable,
};
use select::Selection;

/// A document that schemas are read from.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The name of its source.
    pub file: String,
    /// OpenAPI or a schema on its own.
    pub kind: DocumentKind,
    /// Its title.
    pub title: Option<String>,
    /// What it says of itself.
    pub description: Option<String>,
    /// The first server.
    pub server: Option<Server>,
    /// How identities are proved, by name: the schemes that operations demand.
    pub schemes: BTreeMap<String, Scheme>,
    /// How a program gets a token for some of them, by their names.
    pub flows: BTreeMap<String, Flow>,
    /// The operations, sorted by path and method.
    pub operations: Vec<Operation>,
    /// The requests that the API makes, sorted by name.
    pub events: Vec<Event>,
    /// The schema that every documented failure has, where that is one.
    pub failure: Option<Location>,
    /// The other documents that references to components led to.
    pub others: BTreeMap<String, Arc<Source>>,
    /// The schemas among the components, by name.
    pub components: Vec<Location>,
    /// The schema of a document that is one.
    pub root: Option<Location>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentKind {
    /// OpenAPI 3.0, 3.1 or 3.2
    OpenApi,
    /// A JSON Schema
    #[default]
    JsonSchema,
}

/// An operation that is not generated, and why.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// In capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// Reads the documents of one crate: one of any kind, or several JSON Schemas.
///
/// # Errors
/// A document that can't be read, or that can't stand beside others; `None` where there is one.
pub fn load(input: &Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<(Vec<Document>, Vec<LeftOut>)> {
    let sources = input.sources;
    let mut selection = Selection::new(&input.config.select);
    let (mut documents, mut left_out) = (Vec::new(), Vec::new());
    for source in sources {
        if let Some((document, missing)) = load_one(source, input, &mut selection, diagnostics) {
            documents.push(document);
            left_out.extend(missing);
        }
    }
    if sources.len() > 1 {
        for document in documents.iter().filter(|document| document.kind == DocumentKind::OpenApi) {
            let message = "an OpenAPI document is a crate of its own: it can't be a module beside other documents";
            let place = Place::value(&document.file, "/openapi");
            diagnostics.push(
                Diagnostic::error("several-documents", message, place)
                    .help("generate from it alone, with `--out` of its own"),
            );
        }
    }
    if documents.len() == sources.len() {
        selection.report(diagnostics);
    }
    (documents.len() == sources.len()).then_some((documents, left_out))
}

/// Reads a document.
fn load_one(
    source: &Source,
    input: &Input<'_>,
    selection: &mut Selection<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Document, Vec<LeftOut>)> {
    let root = &source.root;
    let place = Place::value(&source.name, "");
    match root.get("openapi").and_then(Node::as_str) {
        Some(version) if ["3.0", "3.1", "3.2"].iter().any(|read| is_edition_of(version, read)) => {
            return Some(openapi::load(source, input, selection, diagnostics));
        }
        Some(version) => {
            let message = format!("OpenAPI {version} is not read: this generator reads OpenAPI 3.0, 3.1 and 3.2");
            diagnostics.push(Diagnostic::error("unsupported-version", message, Place::value(&source.name, "/openapi")));
            return None;
        }
        None if root.get("openapi").is_some() => {
            let message = "the version of OpenAPI must be a string, such as \"3.1.0\"";
            diagnostics.push(Diagnostic::error("unsupported-version", message, Place::value(&source.name, "/openapi")));
            return None;
        }
        None => {}
    }
    if root.get("swagger").is_some() {
        let message = "Swagger 2.0 is not read: this generator reads OpenAPI 3.0, 3.1 and 3.2";
        diagnostics.push(Diagnostic::error("unsupported-version", message, Place::value(&source.name, "/swagger")));
        return None;
    }
    let is_schema = match root {
        Node::Bool(_) => true,
        Node::Object(members) => {
            let is_keyword = |key: &str| {
                let keyword = keyword::find(key, Dialect::default());
                keyword.is_some_and(|keyword| keyword.class != Class::Unsupported)
            };
            let named = |key: &String| key.starts_with('$') || is_keyword(key);
            members.is_empty() || members.keys().any(named)
        }
        _ => false,
    };
    if !is_schema {
        let message = "this is neither an OpenAPI document nor a JSON Schema";
        diagnostics.push(
            Diagnostic::error("unknown-document", message, place).help(
                "an OpenAPI document has `openapi: 3.1.x` or `3.0.x` at its root; a JSON Schema has keywords such as `type`",
            ),
        );
        return None;
    }
    let text = |key: &str| root.get(key).and_then(Node::as_str).map(str::to_owned);
    let document = Document {
        file: source.name.clone(),
        title: text("title"),
        description: text("description"),
        root: Some(Location { file: source.name.clone(), pointer: String::new() }),
        ..Document::default()
    };
    Some((document, Vec::new()))
}

/// Whether a version is a minor one, or a patch of it.
fn is_edition_of(version: &str, minor: &str) -> bool {
    version.strip_prefix(minor).is_some_and(|patch| patch.is_empty() || patch.starts_with('.'))
}

/// The schemas among the components of an OpenAPI document (3.1 §4.8.7), by name.
pub(crate) fn components(source: &Source) -> Vec<Location> {
    const HOME: &str = "/components/schemas";
    let home = source.root.get("openapi").and_then(|_| source.root.at(HOME)).and_then(Node::as_object);
    let names = home.into_iter().flat_map(BTreeMap::keys);
    names.map(|name| Location { file: source.name.clone(), pointer: pointer::child(HOME, name) }).collect()
}

impl Document {
    /// The components that are generated whether or not an operation reaches them: where there is none, nothing else would be.
    pub(crate) fn free(&self, config: &Config) -> &[Location] {
        if config.schemas.all || self.operations.is_empty() && self.events.is_empty() { &self.components } else { &[] }
    }

    /// Every place where a schema stands that something is generated from.
    #[must_use]
    pub fn roots(&self, config: &Config) -> Vec<Location> {
        let mut roots: Vec<Location> = self.root.iter().cloned().collect();
        let error = config.client.error.iter().filter(|_| self.kind == DocumentKind::OpenApi);
        let error = error.map(|pointer| Location { file: self.file.clone(), pointer: pointer.clone() });
        roots.extend(error.chain(self.failure.clone().filter(|_| config.client.error.is_none())));
        for operation in &self.operations {
            roots.extend(operation.parameters.iter().filter_map(|parameter| parameter.schema.clone()));
            roots.extend(operation.body.iter().filter_map(|body| body.schema.clone()));
            let contents =
                operation.successes.iter().flat_map(|answer| Some(&answer.content).into_iter().chain(&answer.stream));
            roots.extend(contents.filter_map(|content| content.schema.clone()));
        }
        roots.extend(self.events.iter().map(|event| event.schema.clone()));
        roots.extend(self.free(config).iter().cloned());
        roots
    }
}
