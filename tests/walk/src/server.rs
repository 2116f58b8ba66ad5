//! The server: it finds the operation of a request by itself, compares what arrived with what was meant, and validates it.

use std::cmp::Reverse;
use std::io::BufReader;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use codegen_oracle::fuzz::is_equal;
use codegen_oracle::oracle::Oracle;
use serde_json::Value;

use crate::document::{Operation, Parameter, Place};
use crate::example::{Exchange, settings};
use crate::media::Form;
use crate::wire::Request;
use crate::{http, media};

/// What stands before every path, so that a client that forgets it is found out.
const BASE: &str = "/base/v1";

/// What the next request is compared with, and what came of it.
#[derive(Debug, Default)]
struct Expected {
    operation: usize,
    exchange: Exchange,
    arrived: bool,
    wrong: Vec<String>,
    /// Whether what arrives has to be valid.
    must_be_valid: bool,
}

/// A server on loopback.
pub(crate) struct Server {
    url: String,
    expected: Arc<Mutex<Expected>>,
}

impl Server {
    /// Serves the operations until the program ends.
    pub(crate) fn start(operations: Arc<Vec<Operation>>) -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| format!("no server: {error}"))?;
        let address = listener.local_addr().map_err(|error| format!("no server: {error}"))?;
        let expected = Arc::<Mutex<Expected>>::default();
        let shared = Arc::clone(&expected);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (operations, expected) = (Arc::clone(&operations), Arc::clone(&shared));
                thread::spawn(move || serve(connection, &operations, &expected));
            }
        });
        Ok(Self { url: format!("http://{address}{BASE}"), expected })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Says what comes next.
    pub(crate) fn expect(&self, operation: usize, exchange: &Exchange, must_be_valid: bool) {
        let mut expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        let exchange = exchange.clone();
        *expected = Expected { operation, exchange, must_be_valid, ..Expected::default() };
    }

    /// Whether a request came since, and what was wrong with it.
    pub(crate) fn found(&self) -> (bool, Vec<String>) {
        let expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        (expected.arrived, expected.wrong.clone())
    }
}

fn serve(connection: TcpStream, operations: &[Operation], expected: &Mutex<Expected>) {
    let Ok(reading) = connection.try_clone() else { return };
    let (mut reader, mut writer) = (BufReader::new(reading), connection);
    while let Ok(Some(request)) = http::read(&mut reader) {
        let mut expected = expected.lock().unwrap_or_else(PoisonError::into_inner);
        expected.arrived = true;
        let wrong = complaints(&request, operations, &expected);
        expected.wrong.extend(wrong);
        let Exchange { status, answer, .. } = &expected.exchange;
        let body = answer.as_ref().map(|(media, value)| (media.as_str(), media::write(media, value)));
        let content = body.as_ref().map(|(media, body)| (*media, body.as_slice()));
        if http::write(&mut writer, *status, content).is_err() {
            return;
        }
    }
}

/// Everything that is wrong with a request.
fn complaints(request: &Request, operations: &[Operation], expected: &Expected) -> Vec<String> {
    let Some((found, segments)) = route(request, operations) else {
        return vec![format!("no operation has {} {}", request.method, request.path)];
    };
    let Some(operation) = operations.get(found).filter(|_| found == expected.operation) else {
        return vec![format!("{} {} went to another operation", request.method, request.path)];
    };
    let mut wrong = Vec::new();
    for parameter in &operation.parameters {
        let Parameter { place, name, schema, .. } = parameter;
        let what = format!("the {} parameter `{name}`", place.name());
        let segment = segments.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match expected.exchange.parameters.get(&(*place, name.clone())) {
            Some(meant) => match request.parameter(parameter, segment, meant) {
                Some(value) if is_equal(&value, meant) => {
                    if expected.must_be_valid && !is_valid(schema, &value) {
                        wrong.push(format!("{what} is invalid: {value}"));
                    }
                }
                Some(value) => wrong.push(format!("{what} arrived as {value}, and not as {meant}")),
                None => wrong.push(format!("{what} did not arrive: {meant}")),
            },
            None if *place == Place::Query && request.query.iter().any(|(key, _)| key == name) => {
                wrong.push(format!("{what} was not set, and arrived"));
            }
            None => {}
        }
    }
    wrong.extend(body_complaint(request, operation, expected));
    wrong
}

fn body_complaint(request: &Request, operation: &Operation, expected: &Expected) -> Option<String> {
    let Some((media, meant)) = &expected.exchange.body else {
        return (!request.body.is_empty()).then(|| "a body arrived that was not set".to_owned());
    };
    let sent = request.header("content-type").unwrap_or_default();
    // A range names no type that could be sent.
    if !media.contains('*') && media::essence(sent) != media::essence(media) {
        return Some(format!("the body arrived as `{sent}`, and not as `{media}`"));
    }
    let Some(value) = media::read(sent, &request.body, meant) else { return Some(format!("the body is no `{sent}`")) };
    if !is_equal(&value, meant) {
        return Some(format!("the body arrived as {value}, and not as {meant}"));
    }
    if !Form::of(media).has_schema() {
        return None;
    }
    let offers = operation.body.iter().flat_map(|body| &body.offers);
    let schema = offers.filter(|offer| offer.media == *media).map(|offer| &offer.schema).next()?;
    (expected.must_be_valid && !is_valid(schema, &value)).then(|| format!("the body is invalid: {value}"))
}

fn is_valid(schema: &Value, value: &Value) -> bool {
    Oracle::new(schema, &settings()).is_ok_and(|oracle| oracle.accepts(value))
}

/// The operation of a request, and what stands in the places of its path: concrete paths come before templated ones (§4.8.8).
fn route(request: &Request, operations: &[Operation]) -> Option<(usize, Vec<(String, String)>)> {
    let path = request.path.strip_prefix(BASE)?;
    let with_method = operations.iter().enumerate().filter(|(_, operation)| operation.method == request.method);
    let matching = with_method.filter_map(|(index, operation)| Some((index, operation, fill(&operation.path, path)?)));
    let (index, _, segments) = matching.min_by_key(|(_, operation, segments)| {
        (segments.len(), Reverse(operation.path.split('/').position(|segment| segment.contains('{'))))
    })?;
    Some((index, segments))
}

/// What stands in the places of a template, still percent-encoded; `None` where the path is not one of it.
fn fill(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (templates, segments): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    if templates.len() != segments.len() {
        return None;
    }
    let mut found = Vec::new();
    for (template, segment) in templates.into_iter().zip(segments) {
        fill_segment(template, segment, &mut found)?;
    }
    Some(found)
}

/// A segment may hold text and several places: `{name}.{ext}`.
fn fill_segment(template: &str, segment: &str, found: &mut Vec<(String, String)>) -> Option<()> {
    let Some((before, rest)) = template.split_once('{') else {
        return (template == segment).then_some(());
    };
    let (name, rest) = rest.split_once('}')?;
    let segment = segment.strip_prefix(before)?;
    let literal = rest.split('{').next().unwrap_or_default();
    let end = if literal.is_empty() { segment.len() } else { segment.find(literal)? };
    let (value, after) = segment.split_at_checked(end)?;
    if value.is_empty() {
        return None;
    }
    found.push((name.to_owned(), value.to_owned()));
    fill_segment(rest, after, found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::document::{Body, Offer};

    #[test]
    fn a_concrete_path_comes_before_a_templated_one() {
        let operation = |path: &str| Operation {
            method: "GET".to_owned(),
            path: path.to_owned(),
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
        };
        let operations = ["/a/{b}", "/a/me", "/a/{b}/c.{d}", "/{x}/me"].map(operation);
        let routed = |path: &str| {
            route(
                &Request { method: "GET".to_owned(), path: format!("{BASE}{path}"), ..Request::default() },
                &operations,
            )
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(routed("/a/x%2Fy"), Some((0, vec![pair("b", "x%2Fy")])));
        assert_eq!(routed("/a/me"), Some((1, Vec::new())));
        assert_eq!(routed("/a/b/c.json"), Some((2, vec![pair("b", "b"), pair("d", "json")])));
        assert_eq!(routed("/b/me"), Some((3, vec![pair("x", "b")])));
        assert_eq!((routed("/a/b/d"), routed("/a/")), (None, None));
    }

    #[test]
    fn what_arrives_otherwise_than_it_was_meant_is_told() {
        let parameter = |place, name: &str, style: &str| Parameter {
            place,
            name: name.to_owned(),
            is_required: true,
            style: style.to_owned(),
            explode: false,
            schema: json!({"type": "string", "maxLength": 3}),
        };
        let offers = vec![Offer { media: "application/json".to_owned(), schema: json!({"required": ["a"]}) }];
        let operations = [Operation {
            method: "PUT".to_owned(),
            path: "/x/{id}".to_owned(),
            parameters: vec![parameter(Place::Path, "id", "simple"), parameter(Place::Query, "q", "form")],
            body: Some(Body { is_required: true, offers }),
            answers: Vec::new(),
        }];
        let meant = |id: &str, body: Value| Expected {
            exchange: Exchange {
                parameters: [((Place::Path, "id".to_owned()), json!(id))].into(),
                body: Some(("application/json".to_owned(), body)),
                ..Exchange::default()
            },
            must_be_valid: true,
            ..Expected::default()
        };
        let request = Request {
            method: "PUT".to_owned(),
            path: format!("{BASE}/x/a%2Fb"),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: br#"{"a": 1}"#.to_vec(),
            ..Request::default()
        };
        let told = |request: &Request, expected: &Expected| complaints(request, &operations, expected);
        assert_eq!(told(&request, &meant("a/b", json!({"a": 1}))), [""; 0]);
        assert_eq!(
            told(&request, &meant("c", json!({"a": 2}))),
            [
                r#"the path parameter `id` arrived as "a/b", and not as "c""#,
                r#"the body arrived as {"a":1}, and not as {"a":2}"#
            ]
        );
        let invalid = Request { path: format!("{BASE}/x/abcd"), body: b"{}".to_vec(), ..request.clone() };
        assert_eq!(
            told(&invalid, &meant("abcd", json!({}))),
            [r#"the path parameter `id` is invalid: "abcd""#, "the body is invalid: {}"]
        );
        let more = Request { query: vec![("q".to_owned(), "1".to_owned())], headers: Vec::new(), ..request.clone() };
        assert_eq!(
            told(&more, &meant("a/b", json!({"a": 1}))),
            [
                "the query parameter `q` was not set, and arrived",
                "the body arrived as ``, and not as `application/json`"
            ]
        );
        let elsewhere = Request { path: "/x/a".to_owned(), ..request };
        assert_eq!(told(&elsewhere, &meant("a", json!(1))), ["no operation has PUT /x/a"]);
    }
}
