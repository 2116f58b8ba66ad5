//! OpenAPI 3.1 (§4.8): paths and operations. What is read of them has the same shape in 3.0 (§4.7); of what 3.2 adds, the method
//! `query` and `itemSchema` are read, and the rest is told.

mod content;
mod event;
mod parameter;
mod reference;
mod response;
mod security;
mod server;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::select::{Selection, Subject};
use super::{Document, DocumentKind, LeftOut, Operation, Security};
use crate::Input;
use crate::diagnostic::{Diagnostic, Place};
use crate::ir::Called;
use crate::schema::Location;
use crate::source::{Node, Source};

use reference::At;

/// The members of a path that are operations; `query` since 3.2.
pub(crate) const METHODS: [&str; 9] = ["delete", "get", "head", "options", "patch", "post", "put", "query", "trace"];

pub(super) fn load(
    source: &Source,
    input: &Input<'_>,
    selection: &mut Selection<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Document, Vec<LeftOut>) {
    let root = At::root(source);
    let info = root.child("info");
    let text = |key: &str| info.as_ref().and_then(|info| info.text(key));
    let mut reader = Reader {
        input,
        diagnostics,
        root: root.clone(),
        security: Security::new(),
        others: BTreeMap::new(),
        left_out: Vec::new(),
        failures: Vec::new(),
        events: Vec::new(),
    };
    reader.security = reader.requirements(&root).unwrap_or_default();
    let operations = reader.operations(selection);
    reader.webhooks();
    let schemes = reader.schemes(&operations);
    let flows = reader.flows(&schemes);
    let server = reader.root_server();
    let failure = reader.shared_failure();
    let mut events = reader.events;
    events.sort_by(|one, other| (&one.name, &one.location).cmp(&(&other.name, &other.location)));
    let document = Document {
        file: source.name.clone(),
        kind: DocumentKind::OpenApi,
        title: text("title"),
        description: text("description"),
        server,
        schemes,
        flows,
        operations,
        events,
        failure,
        others: reader.others,
        components: super::components(source),
        root: None,
    };
    (document, reader.left_out)
}

struct Reader<'r> {
    input: &'r Input<'r>,
    diagnostics: &'r mut Vec<Diagnostic>,
    root: At<'r>,
    /// What operations demand that do not say it themselves.
    security: Security,
    /// The documents that references led to.
    others: BTreeMap<String, Arc<Source>>,
    left_out: Vec<LeftOut>,
    /// The schemas of failures.
    failures: Vec<At<'r>>,
    events: Vec<super::Event>,
}

impl<'r> Reader<'r> {
    fn warn(&mut self, code: &'static str, message: impl Into<String>, at: &At<'r>) {
        self.diagnostics.push(Diagnostic::warning(code, message, Place::key(at.file(), &at.pointer)));
    }

    fn operations(&mut self, selection: &mut Selection<'_>) -> Vec<Operation> {
        let mut operations = Vec::new();
        let paths = self.root.child("paths").map(|paths| paths.members()).unwrap_or_default();
        // Extensions may stand among the paths.
        for (path, written) in paths.into_iter().filter(|(path, _)| !path.starts_with("x-")) {
            let Some(item) = self.item(written) else { continue };
            self.additional(&path, &item);
            for method in METHODS {
                let operation = item.child(method);
                if let Some(operation) = operation.filter(|at| is_selected(selection, &path, method, at)) {
                    operations.extend(self.operation(&path, method, &item, &operation));
                }
            }
        }
        operations
    }

    /// Operations of other methods (3.2), which leave no name for what they do.
    fn additional(&mut self, path: &str, item: &At<'r>) {
        let additional = item.child("additionalOperations").map(|operations| operations.members());
        for (method, operation) in additional.unwrap_or_default() {
            self.leave_out(&method, path, "its method is one of `additionalOperations`", &operation);
        }
    }

    fn leave_out(&mut self, method: &str, path: &str, reason: &str, at: &At<'r>) {
        let method = method.to_uppercase();
        self.warn("operation-left-out", format!("{method} {path} is not generated: {reason}"), at);
        self.left_out.push(LeftOut { method, path: path.to_owned(), reason: reason.to_owned() });
    }

    /// What a path, a webhook or an expression of a callback has: an object of operations, which may stand elsewhere.
    fn item(&mut self, written: At<'r>) -> Option<At<'r>> {
        if written.text("$ref").is_some() {
            // OpenAPI leaves undefined what stands beside the `$ref` where both have it (§4.8.9.1).
            for part in METHODS.iter().chain(&["parameters", "servers"]).filter_map(|key| written.child(key)) {
                self.warn("not-generated", "what stands beside the `$ref` of a path is not read", &part);
            }
        }
        self.follow(written)
    }

    fn operation(&mut self, path: &str, method: &str, item: &At<'r>, at: &At<'r>) -> Option<Operation> {
        let reason = match at.node() {
            Node::Object(_) if path.contains(['?', '#']) => Some("its path holds a query or a fragment"),
            Node::Object(_) if !path.starts_with('/') => Some("its path does not begin with `/`"),
            Node::Object(_) => None,
            _ => Some("it is no object"),
        };
        if let Some(reason) = reason {
            self.leave_out(method, path, reason, at);
            return None;
        }
        self.callbacks(at);
        let (successes, responses) = self.responses(at);
        Some(Operation {
            location: at.location(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            id: at.text("operationId"),
            group: at.node().get("x-operation-group").and_then(group),
            name: at.text("x-operation-name"),
            tags: at.node().get("tags").map(texts).unwrap_or_default(),
            summary: at.text("summary").or_else(|| item.text("summary")),
            description: at.text("description").or_else(|| item.text("description")),
            external_docs: at.child("externalDocs").and_then(|docs| docs.text("url")),
            deprecated: at.flag("deprecated") == Some(true),
            parameters: self.parameters(path, item, at),
            body: self.body(at),
            successes,
            responses,
            security: self.requirements(at).unwrap_or_else(|| self.security.clone()),
            server: self.own_server(item, at),
        })
    }

    /// The schema of failures, where all that are documented have the same.
    fn shared_failure(&mut self) -> Option<Location> {
        let failures = std::mem::take(&mut self.failures);
        let mut failures = failures.into_iter().filter_map(|schema| self.glance(schema)).collect::<Vec<_>>();
        let first = failures.pop()?;
        let same = |other: &At<'_>| {
            other.location() == first.location() || other.file() == first.file() && other.node() == first.node()
        };
        failures.iter().all(same).then(|| first.location())
    }
}

/// Whether an operation is one to generate.
fn is_selected(selection: &mut Selection<'_>, path: &str, method: &str, at: &At<'_>) -> bool {
    let tags = at.node().get("tags").map(texts).unwrap_or_default();
    let called = Called {
        group: at.node().get("x-operation-group").and_then(group),
        name: at.text("x-operation-name"),
        tag: tags.first().cloned(),
        id: at.text("operationId"),
    };
    selection.takes(&Subject { method: &method.to_uppercase(), path, tags: &tags, called: &called })
}

/// The strings in a list.
fn texts(list: &Node) -> Vec<String> {
    list.as_array().unwrap_or_default().iter().filter_map(Node::as_str).map(str::to_owned).collect()
}

/// `x-operation-group`: a name, or a list of names that nest.
fn group(node: &Node) -> Option<String> {
    match node {
        Node::String(name) => Some(name.clone()),
        Node::Array(names) => Some(names.iter().filter_map(Node::as_str).collect::<Vec<_>>().join(".")),
        _ => None,
    }
}
