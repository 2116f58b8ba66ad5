//! A request that is being put together. What is wrong is collected on the way, and told when it is sent.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::answer::FromAnswer;
use super::body::{Body, Payload};
use super::credentials::Requirement;
use super::error::Fault;
use super::exchange::Exchange;
use super::findings::Skipped;
use super::multipart::Parts;
use super::parameter::{Parameter, Place};
use super::pending::Pending;
use super::retry::Patience;
use super::route::Route;
use super::server::{BaseUrl, Server, Variable};
use super::stream::{FromIncoming, Opening};
use super::style::Form;
use super::unread::PendingAnswer;
use super::{Client, target};
use crate::check::Checked;
use crate::decode::Decode;
use crate::encode::{self, Encode, Encoded};
use crate::object::Object;
use crate::path::Path;
use crate::valid::Validate;
use crate::violation::{Report, Violation, Violations};

const JSON: &str = "application/json";

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
    accept: &'static str,
    requirement: Option<Requirement>,
    server: Option<Server>,
    patience: Patience,
    skipped: Skipped,
}

impl<'c> Call<'c> {
    pub(super) fn new(client: &'c Client, route: Route, template: Cow<'static, str>) -> Self {
        let settings = &client.0;
        let patience = Patience {
            total: settings.timeout,
            attempt: settings.attempt_timeout,
            retries: settings.retry_policy.retries,
            idempotent: route.method().is_idempotent(),
        };
        Self {
            client,
            route,
            template,
            parameters: Vec::new(),
            body: None,
            accept: JSON,
            requirement: None,
            server: None,
            patience,
            skipped: Skipped::default(),
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
        self.styled(Place::Path, name, Place::Path.usual_form(), value, check)
    }

    /// Sets a parameter of the query, with the checks of its schema. A list is one pair an element.
    pub fn query<T: Encode + ?Sized>(
        self,
        name: impl Into<Cow<'static, str>>,
        value: &T,
        check: impl FnOnce(Checked<'_, T>),
    ) -> Self {
        self.styled(Place::Query, name, Place::Query.usual_form(), value, check)
    }

    /// Sets a header, with the checks of its schema. It takes the place of the client's own.
    pub fn header<T: Encode + ?Sized>(
        self,
        name: impl Into<Cow<'static, str>>,
        value: &T,
        check: impl FnOnce(Checked<'_, T>),
    ) -> Self {
        self.styled(Place::Header, name, Place::Header.usual_form(), value, check)
    }

    /// Sets a cookie, with the checks of its schema. A list is one cookie an element.
    pub fn cookie<T: Encode + ?Sized>(
        self,
        name: impl Into<Cow<'static, str>>,
        value: &T,
        check: impl FnOnce(Checked<'_, T>),
    ) -> Self {
        self.styled(Place::Cookie, name, Place::Cookie.usual_form(), value, check)
    }

    /// Sets a parameter that is not written as others at its place are.
    pub fn styled<T: Encode + ?Sized>(
        self,
        place: Place,
        name: impl Into<Cow<'static, str>>,
        form: Form,
        value: &T,
        check: impl FnOnce(Checked<'_, T>),
    ) -> Self {
        self.with(Parameter::new(place, name.into(), form, value, check))
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

    /// Judges the body that has been set by the rules of the API's prose, as it is sent: a broken one of the level
    /// [`Level::Error`](crate::Level::Error) keeps it from being sent.
    pub fn judge<T>(mut self, body: &T, judge: impl FnOnce(Checked<'_, T>)) -> Self {
        let mut report = Report::new();
        encode::as_request(|| judge(Checked::new(Some(body), Path::ROOT.key("body"), &mut report)));
        if let Some(own) = &mut self.body {
            own.findings.judge(&report.into_breaches());
        }
        self
    }

    /// Sets a body that no schema describes.
    pub(super) fn any_json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.with_body(encode::as_request(|| serde_json::to_vec(body)), Report::new())
    }

    fn with_body(mut self, json: serde_json::Result<Vec<u8>>, violations: Report) -> Self {
        self.body = Some(Body::json(json, violations));
        self
    }

    /// Sets a body of parts, and checks it. Its files are written as they are; `types` are the content types of the parts that
    /// have one.
    pub fn multipart<T: Object + Validate + Encode>(mut self, body: &T, types: &[(&str, &str)]) -> Self {
        let mut report = Report::new();
        body.check(&Path::ROOT.key("body"), &mut report);
        self.body = Some(Parts::of(body, types).replace(Body::json(Ok(Vec::new()), report)));
        self
    }

    /// Sets a body that is sent as it is.
    pub fn bytes(mut self, content_type: impl Into<Cow<'static, str>>, body: impl Into<Payload>) -> Self {
        self.body = Some(Body::payload(content_type.into(), body.into()));
        self
    }

    /// Sends the JSON object that is the body as a form: `forms` are the members that are not written as others are.
    pub fn as_form(mut self, forms: &[(&str, Form)]) -> Self {
        self.body = self.body.map(|body| body.into_form(forms));
        self
    }

    /// Sends the JSON object that is the body in parts: `types` are the content types of those that have one.
    pub fn as_multipart(mut self, types: &[(&str, &str)]) -> Self {
        self.body = self.body.map(|body| Parts::of_value(body.value(), types).replace(body));
        self
    }

    /// Sends the body by another name than `application/json`.
    pub fn content_type(mut self, content_type: &'static str) -> Self {
        self.body = self.body.map(|body| body.called(content_type.into()));
        self
    }

    /// What is asked for instead of JSON: media types, with commas between.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// What the request has to prove an identity with, where that is not what most others have to.
    pub fn security(mut self, requirement: Requirement) -> Self {
        self.requirement = Some(requirement);
        self
    }

    /// The server that the request goes to, unless the caller has set a base URL.
    pub fn server(mut self, template: &'static str, variables: &'static [Variable]) -> Self {
        self.server = Some(Server { template, variables });
        self
    }

    /// How long this request may take in all, instead of what the client says.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.patience.total = limit;
        self
    }

    /// How long one attempt of this request may take, instead of what the client says.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.patience.attempt = Some(limit);
        self
    }

    /// How often this request is sent again, instead of what the client says.
    pub fn retries(mut self, count: u32) -> Self {
        self.patience.retries = count;
        self
    }

    /// Says whether it does no harm to do twice what the request asks for, whatever its method: only then it is sent again where
    /// the server may have acted on it.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.patience.idempotent = idempotent;
        self
    }

    /// Sets the id by which the server's logs tell the request from others.
    pub fn correlation_id(self, id: &str) -> Self {
        let correlation = self.client.0.correlation;
        self.header(correlation.header, id, |at| correlation.check(at))
    }

    /// Sends what the schemas do not allow. What can't be sent, or would go elsewhere, is an error all the same.
    pub fn skip_validation(mut self) -> Self {
        self.skipped.validation = true;
        self
    }

    /// Sends what the schemas allow and the rules of the API's prose do not.
    pub fn skip_rules(mut self) -> Self {
        self.skipped.rules = true;
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

    /// Sends the request; a good answer is a text.
    pub fn send_text<E: Decode>(self) -> Pending<String, E> {
        Pending::text(self.exchange())
    }

    /// Sends the request; a good answer is bytes.
    pub fn send_bytes<E: Decode>(self) -> Pending<Bytes, E> {
        Pending::bytes(self.exchange())
    }

    /// Sends the request; what a good answer is depends on its status.
    pub fn send_choice<T: FromAnswer, E: Decode>(self) -> Pending<T, E> {
        Pending::choice(self.exchange())
    }

    /// Sends the request; the answer is what came, whatever its status.
    pub fn send_raw<E>(self) -> PendingAnswer<E> {
        PendingAnswer::new(self.exchange())
    }

    /// Sends the request; a good answer is a stream.
    pub fn open<S: FromIncoming, E: Decode>(self) -> Opening<S, E> {
        Opening::new(self.exchange())
    }

    /// The request as it goes on the wire, or everything that is wrong with it.
    pub(super) fn exchange(self) -> Result<Exchange, Fault> {
        self.check()?;
        let mut request = reqwest::Request::new(self.route.method().clone(), self.url().map_err(Fault::Invalid)?);
        *request.headers_mut() = self.headers();
        *request.body_mut() = self.body.map(Body::into_body);
        Ok(Exchange::new(self.client.clone(), self.route, request, self.patience, self.requirement))
    }

    /// Tells what is wrong with the request, if anything is.
    pub(super) fn check(&self) -> Result<(), Fault> {
        Violations::new(self.violations()).map_or(Ok(()), |violations| Err(Fault::Invalid(violations)))
    }

    /// Takes a parameter of the query out of the request.
    pub(super) fn take_query(&mut self, name: &str) -> Option<Parameter> {
        let index = self.parameters.iter().position(|one| one.place == Place::Query && one.name == name)?;
        Some(self.parameters.remove(index))
    }

    fn url(&self) -> Result<Url, Violations> {
        let (path, query) = (self.filled_path(), self.query_text());
        let own = self.own_url()?;
        Some(path)
            .filter(|path| path.starts_with('/') && !path.contains(['?', '#']))
            .and_then(|path| own.as_ref().unwrap_or(&self.client.0.base_url).join(&path, &query))
            .ok_or_else(|| {
                let message = "must begin with `/` and be percent-encoded, without a query, `.` or `..`";
                Violation::new("/path", "path", message).into()
            })
    }

    /// The URL of the operation's own server, where requests go there.
    fn own_url(&self) -> Result<Option<BaseUrl>, Violations> {
        let settings = &self.client.0;
        let Some(server) = self.server.filter(|_| !settings.has_own_url) else { return Ok(None) };
        let url = server.url(&settings.variables).and_then(|url| BaseUrl::parse(&url, settings.allow_insecure_http));
        url.map(Some).map_err(|error| Violation::new("/server", "server", error.to_string()).into())
    }

    /// Everything that keeps the request from being sent.
    fn violations(&self) -> Vec<Violation> {
        let place = Path::ROOT.key("path");
        let unset = target::names(&self.template)
            .filter(|name| self.parameter_in_path(name).is_none())
            .map(|name| Violation::new(place.key(name).to_string(), "required", "must be set"));
        let parameters = self.parameters.iter().map(|parameter| &parameter.findings);
        let body = self.body.iter().map(|body| &body.findings);
        let found = parameters.chain(body).flat_map(|findings| findings.told(self.skipped));
        unset.chain(found.cloned()).chain(self.excess()).collect()
    }

    /// What is wrong with a body of more bytes than the server takes; the size of a stream is not known.
    fn excess(&self) -> Option<Violation> {
        let limit = self.client.0.max_request_size?;
        let size = self.body.as_ref().and_then(Body::size)?;
        let message = format!("must be at most {limit} bytes, and has {size}");
        (size > limit).then(|| Violation::new("/body", "size", message))
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
        for (name, value) in self.parameters_in(Place::Query).flat_map(Parameter::pairs) {
            if !query.is_empty() {
                query.push('&');
            }
            query.extend([&*name, "=", &*value]);
        }
        query
    }

    /// The headers of the client, then those of the request, which take their place.
    fn headers(&self) -> HeaderMap {
        let settings = &self.client.0;
        let mut headers = settings.headers.clone();
        headers.insert(ACCEPT, HeaderValue::from_str(self.accept).unwrap_or(HeaderValue::from_static(JSON)));
        if let Some(value) = self.body.as_ref().and_then(Body::content_type) {
            headers.insert(CONTENT_TYPE, value);
        }
        let cookies = self.parameters_in(Place::Cookie).flat_map(Parameter::pairs);
        let cookies: Vec<String> = cookies.map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty()
            && let Ok(value) = HeaderValue::try_from(cookies.join("; "))
        {
            headers.insert(COOKIE, value);
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
            .field("body_bytes", &self.body.as_ref().map_or(0, |body| body.size().unwrap_or_default()))
            .finish_non_exhaustive()
    }
}
