//! An OpenAPI document as its server reads it (OpenAPI 3.1 §4.8): from the JSON, without the generator.

use serde_json::Value;

use crate::schema::{self, Direction, Reading};

/// The methods of a path item (§4.8.9).
const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];
/// Headers that are described elsewhere and ignored among the parameters (§4.8.12.2.1).
const OTHER_HEADERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// In capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// The good answers.
    pub(crate) answers: Vec<Answer>,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl Place {
    /// Its name in a document.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Path, Self::Query, Self::Header, Self::Cookie].into_iter().find(|place| place.name() == name)
    }
}

/// One parameter (§4.8.12).
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) is_required: bool,
    /// `form`, `simple` and so on; `json` where a media type says how it is written.
    pub(crate) style: String,
    pub(crate) explode: bool,
    pub(crate) schema: Value,
}

/// A body.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) is_required: bool,
    pub(crate) offers: Vec<Offer>,
}

/// A media type, and what is written in it.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) media: String,
    pub(crate) schema: Value,
}

/// A good answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) offers: Vec<Offer>,
}

/// The operations of a document, sorted by path and method.
pub fn operations(document: &Value, assumes_kinds: bool) -> Vec<Operation> {
    let mut found = Vec::new();
    let mut paths: Vec<_> = document.get("paths").and_then(Value::as_object).into_iter().flatten().collect();
    paths.sort_by_key(|(path, _)| *path);
    for (path, item) in paths.into_iter().filter(|(path, _)| path.starts_with('/')) {
        let at = At::new(document, item, format!("/paths/{}", escape(path)));
        for method in METHODS {
            let Some(operation) = at.child(method) else { continue };
            let reader = Reader { assumes_kinds };
            found.push(reader.operation(method, path, &at, &operation));
        }
    }
    found
}

/// A node and where it stands, behind its references.
struct At<'d> {
    document: &'d Value,
    node: &'d Value,
    pointer: String,
}

impl<'d> At<'d> {
    fn new(document: &'d Value, mut node: &'d Value, mut pointer: String) -> Self {
        // A chain that is longer leads nowhere.
        for _ in 0..16 {
            let reference = node.get("$ref").and_then(Value::as_str);
            let Some(found) = reference.and_then(|reference| schema::target(document, reference)) else { break };
            (node, pointer) = found;
        }
        Self { document, node, pointer }
    }

    fn child(&self, key: &str) -> Option<At<'d>> {
        let pointer = format!("{}/{}", self.pointer, escape(key));
        Some(At::new(self.document, self.node.get(key)?, pointer))
    }

    fn text(&self, key: &str) -> Option<&'d str> {
        self.node.get(key)?.as_str()
    }

    fn flag(&self, key: &str) -> Option<bool> {
        self.node.get(key)?.as_bool()
    }

    fn children(&self, key: &str) -> Vec<(String, At<'d>)> {
        let at = |name: &str, node| {
            let pointer = format!("{}/{key}/{}", self.pointer, escape(name));
            (name.to_owned(), At::new(self.document, node, pointer))
        };
        match self.node.get(key) {
            Some(Value::Object(members)) => members.iter().map(|(name, node)| at(name, node)).collect(),
            Some(Value::Array(items)) => {
                items.iter().enumerate().map(|(index, node)| at(&index.to_string(), node)).collect()
            }
            _ => Vec::new(),
        }
    }
}

struct Reader {
    assumes_kinds: bool,
}

impl Reader {
    fn operation(&self, method: &str, path: &str, item: &At<'_>, operation: &At<'_>) -> Operation {
        let mut parameters: Vec<Parameter> = Vec::new();
        // Those of the operation take the place of those of the path.
        for (_, at) in item.children("parameters").into_iter().chain(operation.children("parameters")) {
            let Some(parameter) = self.parameter(&at) else { continue };
            parameters.retain(|other| (other.place, &other.name) != (parameter.place, &parameter.name));
            parameters.push(parameter);
        }
        let body = operation.child("requestBody").map(|body| Body {
            is_required: body.flag("required") == Some(true),
            offers: self.offers(&body, Direction::Request),
        });
        Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
            parameters,
            body,
            answers: self.answers(operation),
        }
    }

    fn parameter(&self, at: &At<'_>) -> Option<Parameter> {
        let place = Place::from_name(at.text("in")?)?;
        let name = at.text("name")?.to_owned();
        if place == Place::Header && OTHER_HEADERS.contains(&name.to_lowercase().as_str()) {
            return None;
        }
        let usual = if matches!(place, Place::Query | Place::Cookie) { "form" } else { "simple" };
        let content = at.children("content").into_iter().next();
        let style = match &content {
            Some(_) => "json",
            None => at.text("style").unwrap_or(usual),
        };
        let schema = match &content {
            Some((_, media)) => self.schema(media, Direction::Request),
            None => self.schema(at, Direction::Request),
        };
        Some(Parameter {
            place,
            name,
            is_required: place == Place::Path || at.flag("required") == Some(true),
            explode: at.flag("explode").unwrap_or(style == "form"),
            style: style.to_owned(),
            schema,
        })
    }

    /// The schema of a parameter or a media type; any value where it has none.
    fn schema(&self, at: &At<'_>, direction: Direction) -> Value {
        let reading = Reading { direction, assumes_kinds: self.assumes_kinds };
        match at.node.get("schema") {
            Some(_) => schema::alone(at.document, &format!("{}/schema", at.pointer), reading),
            None => Value::Bool(true),
        }
    }

    fn offers(&self, at: &At<'_>, direction: Direction) -> Vec<Offer> {
        let content = at.children("content").into_iter();
        content.map(|(media, at)| Offer { media, schema: self.schema(&at, direction) }).collect()
    }

    /// The answers of success; where none is described, `default` is.
    fn answers(&self, operation: &At<'_>) -> Vec<Answer> {
        let responses = operation.children("responses");
        let answer = |status, at: &At<'_>| Answer { status, offers: self.offers(at, Direction::Answer) };
        let good = responses.iter().filter_map(|(code, at)| {
            let code = code.strip_suffix("XX").map_or_else(|| code.clone(), |range| format!("{range}00"));
            let status: u16 = code.parse().ok()?;
            (200..300).contains(&status).then(|| answer(status, at))
        });
        let good: Vec<Answer> = good.collect();
        if !good.is_empty() {
            return good;
        }
        let other = responses.iter().find(|(code, _)| code == "default");
        vec![other.map_or(Answer { status: 200, offers: Vec::new() }, |(_, at)| answer(200, at))]
    }
}

/// A key as a token of a JSON Pointer (RFC 6901 §3).
fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_operation_has_what_stands_behind_references() {
        let document = json!({"openapi": "3.1.0", "paths": {"/a/{b}": {
            "parameters": [{"in": "path", "name": "b", "required": true, "schema": {"type": "string"}}, {"$ref": "#/components/parameters/c"}],
            "put": {
                "parameters": [{"in": "query", "name": "c", "schema": {"type": "integer"}}, {"in": "header", "name": "Accept"}],
                "requestBody": {"$ref": "#/components/requestBodies/d"},
                "responses": {"201": {"description": ""}, "4XX": {"description": ""}}
            }
        }}, "components": {
            "parameters": {"c": {"in": "query", "name": "c", "schema": {"type": "boolean"}}},
            "requestBodies": {"d": {"required": true, "content": {"application/json": {"schema": {"type": "null"}}}}}
        }});
        let found = operations(&document, true);
        assert_eq!(found.len(), 1);
        let Operation { method, path, parameters, body, answers } = &found[0];
        assert_eq!((method.as_str(), path.as_str()), ("PUT", "/a/{b}"));
        let described: Vec<_> =
            parameters.iter().map(|one| (one.place, one.name.as_str(), one.style.as_str(), one.explode)).collect();
        assert_eq!(described, [(Place::Path, "b", "simple", false), (Place::Query, "c", "form", true)]);
        assert_eq!(parameters[1].schema, json!({"type": "integer"}));
        let body = body.as_ref().unwrap();
        assert!(body.is_required && body.offers[0].schema == json!({"type": "null"}));
        assert_eq!((answers.len(), answers[0].status), (1, 201));
    }
}
