//! A request that is being put together. What is wrong is collected on the way, and told when it is sent.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::exchange::Exchange;
use super::findings::Findings;
use super::parameter::{Parameter, Place};
use super::pending::Pending;
use super::route::Route;
use super::{Client, target};
use crate::check::Checked;
use crate::decode::Decode;
use crate::encode::{self, Encode, Encoded};
use crate::path::Path;
use crate::valid::Validate;
use crate::violation::{Report, Violation, Violations};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A request to an operation, not sent yet: what generated request builders hold.
///
/// A parameter that is set twice has the last value, and its violations alone.
#[must_use]
pub struct Call<'c> {
    client: &'c Client,
    route: Route,
    template: Cow<'static, str>,
    parameters: Vec<Parameter>,
    body: Option<Body>,
    timeout: Duration,
    skip_validation: bool,
}

/// A JSON body, already written.
struct Body {
    json: Vec<u8>,
    findings: Findings,
}

impl<'c> Call<'c> {
    pub(super) fn new(client: &'c Client, route: Route, template: Cow<'static, str>) -> Self {
        Self {
            client,
            route,
            template,
            parameters: Vec::new(),
            body: None,
            timeout: client.0.timeout,
            skip_validation: false,
        }
    }

    /// Sets a parameter of the path, with the checks of its schema. It is percent-encoded once, whole; what would make the
    /// request go to another operation is refused.
    pub fn path<T: Encode + ?Sized>(
        self,
        name: impl Into<Cow<'static, str>>,
        value: &T,
        check: impl FnOnce(Checked<'_, T>),
    ) -> Self {
        self.with(Parameter::new(Place::Path, name.into(), value, check))
    }

    /// Sets a parameter of the query, with the checks of its schema. A list is one pair an element.
    pub fn query<T: Encode + ?Sized>(
        self,
        name: impl Into<Cow<'static, str>>,
        value: &T,
        check: impl FnOnce(Checked<'_, T>),
    ) -> Self {
        self.with(Parameter::new(Place::Query, name.into(), value, check))
    }

    /// Sets a header, with the checks of its schema. It takes the place of the client's own.
    pub fn header<T: Encode + ?Sized>(
        self,
        name: impl Into<Cow<'static, str>>,
        value: &T,
        check: impl FnOnce(Checked<'_, T>),
    ) -> Self {
        self.with(Parameter::new(Place::Header, name.into(), value, check))
    }

    fn with(mut self, parameter: Parameter) -> Self {
        match self.parameters.iter_mut().find(|other| parameter.replaces(other)) {
            Some(other) => *other = parameter,
            None => self.parameters.push(parameter),
        }
        self
    }

    /// Sets the body, and checks it.
    pub fn json<T: Validate + Encode>(self, body: &T) -> Self {
        let mut report = Report::new();
        body.check(&Path::ROOT.key("body"), &mut report);
        self.with_body(encode::as_request(|| serde_json::to_vec(&Encoded(body))), report)
    }

    /// Sets a body whose type does not check all that is said of it, with the checks of its schema.
    pub fn checked_json<T: Encode>(self, body: &T, check: impl FnOnce(Checked<'_, T>)) -> Self {
        let mut report = Report::new();
        check(Checked::new(Some(body), Path::ROOT.key("body"), &mut report));
        self.with_body(encode::as_request(|| serde_json::to_vec(&Encoded(body))), report)
    }

    /// Sets a body that no schema describes.
    pub(super) fn any_json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.with_body(encode::as_request(|| serde_json::to_vec(body)), Report::new())
    }

    fn with_body(mut self, json: serde_json::Result<Vec<u8>>, violations: Report) -> Self {
        let mut refusals = Report::new();
        if json.is_err() {
            // What serde says may quote the value.
            let message = format_args!("must be a value that JSON can hold");
            refusals.add(&Path::ROOT.key("body"), "type", message);
        }
        self.body = Some(Body { json: json.unwrap_or_default(), findings: Findings::new(violations, refusals) });
        self
    }

    /// How long this request may take in all, instead of what the client says.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// Sends what the schemas do not allow. What can't be sent, or would go elsewhere, is an error all the same.
    pub fn skip_validation(mut self) -> Self {
        self.skip_validation = true;
        self
    }

    /// Sends the request; the body of a good answer is a `T`, of a bad one an `E`.
    pub fn send_json<T: Decode, E: Decode>(self) -> Pending<T, E> {
        Pending::json(self.exchange())
    }

    /// Sends the request; the body of a good answer does not matter, of a bad one it is an `E`.
    pub fn send_empty<E: Decode>(self) -> Pending<(), E> {
        Pending::empty(self.exchange())
    }

    /// The request as it goes on the wire, or everything that is wrong with it.
    pub(super) fn exchange(self) -> Result<Exchange, Violations> {
        if let Some(violations) = Violations::new(self.violations()) {
            return Err(violations);
        }
        let mut request = reqwest::Request::new(self.route.method().clone(), self.url()?);
        *request.headers_mut() = self.headers();
        *request.timeout_mut() = Some(self.timeout);
        *request.body_mut() = self.body.map(|body| body.json.into());
        Ok(Exchange::new(self.client.clone(), self.route, request))
    }

    fn url(&self) -> Result<Url, Violations> {
        let (path, query) = (self.filled_path(), self.query_text());
        Some(path)
            .filter(|path| path.starts_with('/') && !path.contains(['?', '#']))
            .and_then(|path| self.client.0.base_url.join(&path, &query))
            .ok_or_else(|| {
                let message = "must begin with `/` and be percent-encoded, without a query, `.` or `..`";
                Violation::new("/path", "path", message).into()
            })
    }

    /// Everything that keeps the request from being sent.
    fn violations(&self) -> Vec<Violation> {
        let place = Path::ROOT.key("path");
        let unset = target::names(&self.template)
            .filter(|name| self.parameter_in_path(name).is_none())
            .map(|name| Violation::new(place.key(name).to_string(), "required", "must be set"));
        let parameters = self.parameters.iter().map(|parameter| &parameter.findings);
        let body = self.body.iter().map(|body| &body.findings);
        let found = parameters.chain(body).flat_map(|findings| findings.told(self.skip_validation));
        unset.chain(found.cloned()).collect()
    }

    fn parameters_in(&self, place: Place) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(move |parameter| parameter.place == place)
    }

    fn parameter_in_path(&self, name: &str) -> Option<&Parameter> {
        self.parameters_in(Place::Path).find(|parameter| parameter.name == name)
    }

    fn filled_path(&self) -> String {
        target::fill(&self.template, |name| Some(self.parameter_in_path(name)?.in_path()))
    }

    fn query_text(&self) -> String {
        let mut query = String::new();
        for parameter in self.parameters_in(Place::Query) {
            parameter.write_query(&mut query);
        }
        query
    }

    /// The headers of the client, then those of the request, which take their place.
    fn headers(&self) -> HeaderMap {
        let settings = &self.client.0;
        let mut headers = settings.headers.clone();
        headers.insert(ACCEPT, JSON);
        if self.body.is_some() {
            headers.insert(CONTENT_TYPE, JSON);
        }
        for parameter in self.parameters_in(Place::Header) {
            let name = parameter.name.parse::<HeaderName>();
            let value = parameter.in_header().map(HeaderValue::try_from);
            // A parameter that is no header has been refused before.
            if let (Ok(name), Some(Ok(value))) = (name, value) {
                headers.insert(name, value);
            }
        }
        headers
    }
}

/// The route, the names of the parameters and the size of the body.
impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parameters.iter().map(|parameter| &parameter.name).collect();
        f.debug_struct("Call")
            .field("route", &format_args!("{}", self.route))
            .field("parameters", &names)
            .field("body_bytes", &self.body.as_ref().map_or(0, |body| body.json.len()))
            .finish_non_exhaustive()
    }
}
