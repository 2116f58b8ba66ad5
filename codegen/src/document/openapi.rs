//! OpenAPI 3.1 (§4.8): paths, operations, parameters, bodies, responses. What is read of them has the same shape in 3.0 (§4.7).

use std::collections::BTreeMap;

use super::select::{Selection, Subject};
use super::{Body, Document, DocumentKind, LeftOut, Operation, Parameter, ParameterPlace, Server};
use crate::diagnostic::{Diagnostic, Place};
use crate::ir::Called;
use crate::schema::Location;
use crate::source::{Node, Source, pointer};

const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

/// Headers that OpenAPI describes elsewhere, and wants ignored among the parameters (§4.8.12.2.1).
const OTHER_HEADERS: [&str; 3] = ["accept", "authorization", "content-type"];

pub(super) fn load(
    source: &Source,
    selection: &mut Selection<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Document, Vec<LeftOut>) {
    let root = &source.root;
    let info = root.get("info");
    let text = |key: &str| info.and_then(|info| info.get(key)).and_then(Node::as_str).map(str::to_owned);
    let mut reader = Reader { source, diagnostics, left_out: Vec::new() };
    let operations = reader.operations(selection);
    let document = Document {
        file: source.name.clone(),
        kind: DocumentKind::OpenApi,
        title: text("title"),
        description: text("description"),
        server: root.at("/servers/0").and_then(server),
        secured: is_secured(root.get("security")),
        operations,
        root: None,
    };
    (document, reader.left_out)
}

fn server(node: &Node) -> Option<Server> {
    let mut variables = BTreeMap::new();
    for (name, variable) in node.get("variables").and_then(Node::as_object).into_iter().flatten() {
        let default = variable.get("default").and_then(Node::as_str).unwrap_or_default();
        variables.insert(name.clone(), default.to_owned());
    }
    Some(Server { template: node.get("url")?.as_str()?.to_owned(), variables })
}

/// Whether requirements demand credentials: an empty list, or an empty requirement, does not.
fn is_secured(security: Option<&Node>) -> bool {
    let requirements = security.and_then(Node::as_array).unwrap_or_default();
    !requirements.is_empty() && requirements.iter().all(|one| one.as_object().is_some_and(|one| !one.is_empty()))
}

struct Reader<'r> {
    source: &'r Source,
    diagnostics: &'r mut Vec<Diagnostic>,
    left_out: Vec<LeftOut>,
}

/// A node and where it stands, after its `$ref`s.
struct At<'n> {
    node: &'n Node,
    pointer: String,
}

impl<'n> At<'n> {
    fn child(&self, key: &str) -> Option<At<'n>> {
        Some(At { node: self.node.get(key)?, pointer: pointer::child(&self.pointer, key) })
    }

    fn text(&self, key: &str) -> Option<String> {
        self.node.get(key)?.as_str().map(str::to_owned)
    }

    fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }
}

impl<'r> Reader<'r> {
    fn location(&self, pointer: &str) -> Location {
        Location { file: self.source.name.clone(), pointer: pointer.to_owned() }
    }

    fn warn(&mut self, code: &'static str, message: String, pointer: &str) {
        self.diagnostics.push(Diagnostic::warning(code, message, Place::key(&self.source.name, pointer)));
    }

    /// Follows the `$ref`s of a component; a chain that is too long to be one leads nowhere.
    fn follow(&mut self, mut at: At<'r>) -> Option<At<'r>> {
        for _ in 0..32 {
            let Some(reference) = at.node.get("$ref").and_then(Node::as_str) else { return Some(at) };
            let target = reference.strip_prefix('#').and_then(|target| Some((self.source.root.at(target)?, target)));
            match target {
                Some((node, target)) => at = At { node, pointer: target.to_owned() },
                None => break,
            }
        }
        let place = Place::value(&self.source.name, pointer::child(&at.pointer, "$ref"));
        self.diagnostics.push(Diagnostic::error("dangling-reference", "this reference leads nowhere", place));
        None
    }

    fn operations(&mut self, selection: &mut Selection<'_>) -> Vec<Operation> {
        let source = self.source;
        let mut operations = Vec::new();
        for (path, item) in source.root.get("paths").and_then(Node::as_object).into_iter().flatten() {
            // Extensions may stand among the paths.
            if path.starts_with("x-") {
                continue;
            }
            let written = At { node: item, pointer: pointer::child("/paths", path) };
            self.warn_beside_reference(&written);
            let Some(item) = self.follow(written) else { continue };
            self.warn_unread(&item, &["servers"]);
            for method in METHODS {
                if let Some(operation) =
                    item.child(method).filter(|operation| is_selected(selection, path, method, operation))
                {
                    self.warn_unread(&operation, &["servers", "callbacks"]);
                    operations.extend(self.operation(path, method, &item, &operation));
                }
            }
        }
        self.warn_unread(&At { node: &source.root, pointer: String::new() }, &["webhooks"]);
        operations
    }

    /// Says which parts of the document nothing is generated from.
    fn warn_unread(&mut self, at: &At<'r>, keys: &[&str]) {
        for part in keys.iter().filter_map(|key| Some((key, at.child(key)?))) {
            let message = match *part.0 {
                "servers" => "`servers` is not read here: requests go to the base URL of the client".to_owned(),
                key => format!("nothing is generated from `{key}`"),
            };
            self.warn("not-generated", message, &part.1.pointer);
        }
    }

    /// Operations beside the `$ref` of a path, which OpenAPI leaves undefined where both have them (§4.8.9.1).
    fn warn_beside_reference(&mut self, item: &At<'r>) {
        if item.node.get("$ref").is_none() {
            return;
        }
        for part in METHODS.iter().chain(&["parameters"]).filter_map(|key| item.child(key)) {
            self.warn("not-generated", "what stands beside the `$ref` of a path is not read".to_owned(), &part.pointer);
        }
    }

    fn operation(&mut self, path: &str, method: &str, item: &At<'r>, at: &At<'r>) -> Option<Operation> {
        let is_object = at.node.as_object().map(|_| ()).ok_or("it is no object".to_owned());
        let shape = is_object.and_then(|()| self.parameters(path, item, at)).and_then(|parameters| {
            let body = self.body(at)?;
            let (success, responses) = self.responses(at)?;
            Ok((parameters, body, success, responses))
        });
        let (parameters, body, success, responses) = match shape {
            Ok(shape) => shape,
            Err(reason) => {
                let message = format!("{} {path} is not generated: {reason}", method.to_uppercase());
                self.warn("operation-left-out", message, &at.pointer);
                self.left_out.push(LeftOut { method: method.to_uppercase(), path: path.to_owned(), reason });
                return None;
            }
        };
        Some(Operation {
            location: self.location(&at.pointer),
            method: method.to_uppercase(),
            path: path.to_owned(),
            id: at.text("operationId"),
            group: at.node.get("x-operation-group").and_then(group),
            name: at.text("x-operation-name"),
            tags: at.node.get("tags").map(texts).unwrap_or_default(),
            summary: at.text("summary"),
            description: at.text("description"),
            deprecated: at.flag("deprecated"),
            parameters,
            body,
            success,
            responses,
        })
    }

    fn parameters(&mut self, path: &str, item: &At<'r>, operation: &At<'r>) -> Result<Vec<Parameter>, String> {
        let mut parameters: BTreeMap<(ParameterPlace, String), Parameter> = BTreeMap::new();
        // Those of the operation override those of the path (OpenAPI 3.1 §4.8.9.1).
        for list in [item.child("parameters"), operation.child("parameters")].into_iter().flatten() {
            for (index, node) in list.node.as_array().unwrap_or_default().iter().enumerate() {
                let pointer = pointer::child(&list.pointer, &index.to_string());
                let parameter = self.parameter(At { node, pointer })?;
                let name = parameter.name.to_ascii_lowercase();
                if parameter.place == ParameterPlace::Header && OTHER_HEADERS.contains(&name.as_str()) {
                    continue;
                }
                parameters.insert((parameter.place, parameter.name.clone()), parameter);
            }
        }
        let mut parameters: Vec<Parameter> = parameters.into_values().collect();
        let position = |parameter: &Parameter| path.find(&format!("{{{}}}", parameter.name)).unwrap_or(usize::MAX);
        if let Some(stray) =
            parameters.iter().find(|one| one.place == ParameterPlace::Path && position(one) == usize::MAX)
        {
            return Err(format!("its path has no place for the parameter `{}`", stray.name));
        }
        let described = |name: &str| parameters.iter().any(|one| one.place == ParameterPlace::Path && one.name == name);
        let mut named = path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
        if let Some(unknown) = named.find(|name| !described(name)) {
            return Err(format!("its path names the parameter `{unknown}`, which is not described"));
        }
        parameters.sort_by_key(|parameter| {
            (parameter.place, if parameter.place == ParameterPlace::Path { position(parameter) } else { 0 })
        });
        Ok(parameters)
    }

    fn parameter(&mut self, at: At<'r>) -> Result<Parameter, String> {
        let at = self.follow(at).ok_or("a parameter refers to nothing")?;
        let name = at.text("name").ok_or("a parameter has no name")?;
        let place = match at.text("in").as_deref() {
            Some("path") => ParameterPlace::Path,
            Some("query") => ParameterPlace::Query,
            Some("header") => ParameterPlace::Header,
            other => return Err(format!("the parameter `{name}` stands in `{}`", other.unwrap_or_default())),
        };
        let schema = at.child("schema").ok_or_else(|| format!("the parameter `{name}` has no schema"))?;
        if let Some(form) = self.other_form(&at, place, &schema) {
            return Err(format!("the parameter `{name}` is written with {form}"));
        }
        Ok(Parameter {
            required: at.flag("required") || place == ParameterPlace::Path,
            description: at.text("description"),
            deprecated: at.flag("deprecated"),
            schema: self.location(&schema.pointer),
            location: self.location(&at.pointer),
            name,
            place,
        })
    }

    /// What a parameter says of its form on the wire where that is not what is sent: lists as `id=a&id=b` in a query, as `a,b`
    /// elsewhere (§4.8.12.3).
    fn other_form(&self, at: &At<'r>, place: ParameterPlace, schema: &At<'r>) -> Option<String> {
        let usual = if place == ParameterPlace::Query { "form" } else { "simple" };
        if let Some(style) = at.text("style").filter(|style| style != usual) {
            return Some(format!("`style: {style}`"));
        }
        let exploded = at.node.get("explode").and_then(Node::as_bool).unwrap_or(true);
        if place != ParameterPlace::Query || exploded {
            return None;
        }
        let target = schema.text("$ref").and_then(|target| self.source.root.at(target.strip_prefix('#')?));
        let scalar = target.unwrap_or(schema.node).get("type").and_then(Node::as_str);
        let is_scalar = scalar.is_some_and(|kind| matches!(kind, "boolean" | "integer" | "number" | "string"));
        (!is_scalar).then(|| "`explode: false`".to_owned())
    }

    fn body(&mut self, operation: &At<'r>) -> Result<Option<Body>, String> {
        let Some(body) = operation.child("requestBody") else { return Ok(None) };
        let body = self.follow(body).ok_or("its body refers to nothing")?;
        let content = body.child("content").ok_or("its body has no content")?;
        let offered: Vec<&String> = content.node.as_object().into_iter().flat_map(BTreeMap::keys).collect();
        if offered.is_empty() {
            return Err("its body has no content".to_owned());
        }
        // A suffix names another format that happens to be JSON, which would have to be sent by its own name.
        let media = offered.iter().find(|media| essence(media) == "application/json").ok_or_else(|| {
            let offered = offered.iter().map(|media| format!("`{media}`")).collect::<Vec<_>>().join(", ");
            format!("its body is offered as {offered}, not as `application/json`")
        })?;
        let schema = content.child(media).and_then(|media| media.child("schema"));
        let schema = schema.ok_or("its body has no schema")?;
        Ok(Some(Body {
            schema: self.location(&schema.pointer),
            required: body.flag("required"),
            description: body.text("description"),
        }))
    }

    #[expect(clippy::type_complexity, reason = "the two halves of one object")]
    fn responses(
        &mut self,
        operation: &At<'r>,
    ) -> Result<(Option<Location>, BTreeMap<String, Option<String>>), String> {
        let mut success: Option<(String, Option<Location>)> = None;
        let mut described = BTreeMap::new();
        let Some(responses) = operation.child("responses") else { return Ok((None, described)) };
        for (status, node) in responses.node.as_object().into_iter().flatten() {
            let pointer = pointer::child(&responses.pointer, status);
            let response = self.follow(At { node, pointer }).ok_or("a response refers to nothing")?;
            described.insert(status.clone(), response.text("description"));
            if !status.starts_with('2') {
                continue;
            }
            let schema = self.response_schema(&response)?;
            success = match success {
                None => Some((status.clone(), schema)),
                Some((first, None)) if schema.is_none() => Some((first, None)),
                Some((first, _)) => return Err(format!("it answers success in two ways, {first} and {status}")),
            };
        }
        // Where no success is described, `default` is what is said of it.
        if success.is_none()
            && let Some(response) = responses.child("default").and_then(|response| self.follow(response))
        {
            return Ok((self.response_schema(&response)?, described));
        }
        Ok((success.and_then(|(_, schema)| schema), described))
    }

    fn response_schema(&mut self, response: &At<'r>) -> Result<Option<Location>, String> {
        let Some(content) = response.child("content") else { return Ok(None) };
        let offered: Vec<&String> = content.node.as_object().into_iter().flat_map(BTreeMap::keys).collect();
        match offered.iter().find(|media| is_json(media)) {
            Some(media) => {
                let schema = content.child(media).and_then(|media| media.child("schema"));
                Ok(schema.map(|schema| self.location(&schema.pointer)))
            }
            None if offered.is_empty() => Ok(None),
            None => Err(format!("it answers with `{}`, not with JSON", offered.first().map_or("", |media| media))),
        }
    }
}

/// Whether an operation is one to generate.
fn is_selected(selection: &mut Selection<'_>, path: &str, method: &str, at: &At<'_>) -> bool {
    let tags = at.node.get("tags").map(texts).unwrap_or_default();
    let called = Called {
        group: at.node.get("x-operation-group").and_then(group),
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

/// Whether a media type is JSON (RFC 6839 §3.1 for the suffix).
fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// A media type without its parameters (RFC 9110 §8.3.1).
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
