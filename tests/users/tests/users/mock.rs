//! A server that knows the document alone: it finds the operation of each request, and answers it well only where the independent
//! validator accepts every parameter and the body. It shares nothing with the generator but the reader of YAML.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::{Draft, Validator};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::server::{self, Answer, Request};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs/auth0-users/openapi.yaml");

/// The parameters that HTTP itself has, whatever the document says.
const OWN_HEADERS: [&str; 7] =
    ["accept", "authorization", "content-length", "content-type", "host", "user-agent", "x-correlation-id"];

pub(crate) struct Mock {
    document: Value,
}

/// An operation, and the values that the path of a request has for its template.
struct Found<'m> {
    operation: &'m Value,
    name: String,
    path: BTreeMap<String, String>,
}

impl Mock {
    pub(crate) fn new() -> Self {
        let source = codegen::source::read("openapi.yaml", &std::fs::read(DOCUMENT).unwrap());
        Self { document: Value::from(&source.unwrap_or_else(|_| panic!("no document")).root) }
    }

    /// The operations that there are: `PATCH /users/{id}`.
    pub(crate) fn operations(&self) -> BTreeSet<String> {
        let paths = self.document["paths"].as_object().unwrap();
        let of_path = |(path, item): (&String, &Value)| {
            let methods = item.as_object().unwrap().keys().filter(|key| *key != "parameters");
            methods.map(|method| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
        };
        paths.iter().flat_map(of_path).collect()
    }

    /// The answer of a request: an example of the good one, or status 400 with everything that is wrong.
    pub(crate) fn answer(&self, request: &Request) -> Answer {
        let problems = match self.find(request) {
            Some(found) => match self.problems(&found, request) {
                problems if problems.is_empty() => return self.good(&found),
                problems => problems,
            },
            None => vec![format!("{}: no operation", request.line())],
        };
        let body = json!({"statusCode": 400, "error": "Bad Request", "message": problems.join("\n"), "errorCode": "invalid_body"});
        server::json("400 Bad Request", &body.to_string())
    }

    /// The operation that a request is for.
    pub(crate) fn operation_of(&self, request: &Request) -> Option<String> {
        self.find(request).map(|found| found.name)
    }

    fn find(&self, request: &Request) -> Option<Found<'_>> {
        let (method, target) = method_and_target(request);
        let path = target.split('?').next()?;
        let segments: Vec<&str> = path.split('/').collect();
        self.document["paths"].as_object()?.iter().find_map(|(template, item)| {
            let wanted: Vec<&str> = template.split('/').collect();
            let mut values = BTreeMap::new();
            for (wanted, found) in wanted.iter().zip(&segments) {
                match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                    Some(name) => drop(values.insert(name.to_owned(), decoded(found))),
                    None if wanted == found => {}
                    None => return None,
                }
            }
            let operation = item.get(method.to_lowercase()).filter(|_| wanted.len() == segments.len())?;
            Some(Found { operation, name: format!("{method} {template}"), path: values })
        })
    }

    fn problems(&self, found: &Found<'_>, request: &Request) -> Vec<String> {
        let mut problems = Vec::new();
        if !request.header("authorization").is_some_and(|value| value.starts_with("Bearer ") && value.len() > 7) {
            problems.push("no bearer token".to_owned());
        }
        self.check_parameters(found, request, &mut problems);
        self.check_body(found, request, &mut problems);
        problems
    }

    fn check_parameters(&self, found: &Found<'_>, request: &Request, problems: &mut Vec<String>) {
        let mut query = query_of(request);
        let mut headers = headers_of(request);
        for parameter in found.operation["parameters"].as_array().into_iter().flatten() {
            let parameter = self.followed(parameter);
            let name = parameter["name"].as_str().unwrap();
            let text = match parameter["in"].as_str().unwrap() {
                "path" => found.path.get(name).cloned(),
                "query" => query.remove(name),
                "header" => headers.remove(&name.to_lowercase()),
                other => panic!("no parameter of the document is in {other}"),
            };
            match text {
                Some(text) => {
                    let value = self.typed(&text, &parameter["schema"]);
                    problems.extend(
                        self.wrong(&parameter["schema"], &value).into_iter().map(|what| format!("{name}: {what}")),
                    );
                }
                None if parameter["required"] == true => problems.push(format!("{name}: is missing")),
                None => {}
            }
        }
        problems.extend(query.keys().map(|name| format!("{name}: no such parameter")));
        headers.retain(|name, _| !OWN_HEADERS.contains(&&**name) && name != "auth0-client");
        problems.extend(headers.keys().map(|name| format!("{name}: no such header")));
    }

    fn check_body(&self, found: &Found<'_>, request: &Request, problems: &mut Vec<String>) {
        let described = self.followed(&found.operation["requestBody"]);
        if request.body.is_empty() {
            problems.extend((described["required"] == true).then(|| "no body".to_owned()));
            return;
        }
        let schema = &described["content"]["application/json"]["schema"];
        if schema.is_null() || request.header("content-type") != Some("application/json") {
            problems.push(format!("a body of {:?}", request.header("content-type")));
            return;
        }
        match serde_json::from_str(&request.body) {
            Ok(body) => problems.extend(self.wrong(schema, &body)),
            Err(error) => problems.push(error.to_string()),
        }
    }

    /// An answer that the document promises, which the validator accepts as well.
    fn good(&self, found: &Found<'_>) -> Answer {
        let responses = found.operation["responses"].as_object().unwrap();
        let (status, response) = responses.iter().find(|(status, _)| status.starts_with('2')).unwrap();
        let schema = &self.followed(response)["content"]["application/json"]["schema"];
        if schema.is_null() {
            return server::with_headers(&format!("{status} OK"), "", "");
        }
        let examples = [json!([{"user_id": "auth0|1"}]), json!({"user_id": "auth0|1", "recovery_code": "R"})];
        let fits = |example: &&Value| self.wrong(schema, example).is_empty();
        let example = examples.iter().find(fits).unwrap_or_else(|| panic!("{}: no example fits", found.name));
        server::json(&format!("{status} OK"), &example.to_string())
    }

    /// What the validator says of a value.
    fn wrong(&self, schema: &Value, value: &Value) -> Vec<String> {
        let validator = self.validator(schema);
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    /// A schema as a document of its own, with the components that it refers to.
    fn validator(&self, schema: &Value) -> Validator {
        let whole = Map::from_iter([
            ("allOf".to_owned(), json!([schema])),
            ("components".to_owned(), self.document["components"].clone()),
        ]);
        let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
        options.build(&Value::Object(whole)).unwrap()
    }

    /// What a reference leads to.
    fn followed<'v>(&'v self, value: &'v Value) -> &'v Value {
        match value["$ref"].as_str() {
            Some(reference) => self.document.pointer(reference.trim_start_matches('#')).unwrap(),
            None => value,
        }
    }

    /// The text of a parameter as the kind of value that its schema is of.
    fn typed(&self, text: &str, schema: &Value) -> Value {
        match self.followed(schema)["type"].as_str() {
            Some("string") => text.into(),
            // What is no such value is a string, which the validator refuses.
            _ => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
        }
    }
}

fn method_and_target(request: &Request) -> (String, String) {
    let mut words = request.line().split(' ').map(str::to_owned);
    (words.next().unwrap(), words.next().unwrap())
}

fn query_of(request: &Request) -> BTreeMap<String, String> {
    let (_, target) = method_and_target(request);
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').map(|(name, value)| (decoded(name), decoded(value))).unwrap()).collect()
}

fn headers_of(request: &Request) -> BTreeMap<String, String> {
    let lines = request.head.lines().skip(1).filter_map(|line| line.split_once(": "));
    lines.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}
