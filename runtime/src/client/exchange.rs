//! One request and its answer, whatever their types: the part that is compiled once for every operation.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Request;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

use super::Client;
use super::answer::Answer;
use super::credentials::{Proof, Requirement};
use super::error::Fault;
use super::route::Route;

/// A request that may leave.
pub(super) struct Exchange {
    client: Client,
    route: Route,
    request: Request,
    timeout: Duration,
    /// What it has to prove an identity with, where it says so itself.
    requirement: Option<Requirement>,
}

impl Exchange {
    pub(super) fn new(
        client: Client,
        route: Route,
        request: Request,
        timeout: Duration,
        requirement: Option<Requirement>,
    ) -> Self {
        Self { client, route, request, timeout, requirement }
    }

    /// The operation that is called.
    pub(super) fn route(&self) -> &Route {
        &self.route
    }

    /// The same request with more in its query; none where its body can't be sent twice.
    pub(super) fn with_query(&self, pairs: &[(String, String)]) -> Option<Self> {
        let mut request = self.request.try_clone()?;
        add_query(&mut request, pairs);
        let (client, route) = (self.client.clone(), self.route.clone());
        Some(Self { client, route, request, timeout: self.timeout, requirement: self.requirement })
    }

    /// Authorizes the request, sends it, and reads the whole answer.
    pub(super) async fn run(mut self) -> Result<Answer, Fault> {
        // From here to the last byte of the answer.
        *self.request.timeout_mut() = Some(self.timeout);
        self.authorize()?;
        let settings = &self.client.0;
        match settings.http.execute(self.request).await {
            Ok(response) => read(response, self.route, settings.max_response_size).await,
            Err(error) => Err(Fault::transport(self.route, error)),
        }
    }

    /// Authorizes the request, sends it, and waits for the head of the answer.
    pub(super) async fn begin(mut self) -> Result<(Route, usize, reqwest::Response), Fault> {
        self.authorize()?;
        let settings = &self.client.0;
        match tokio::time::timeout(self.timeout, settings.http.execute(self.request)).await {
            Ok(Ok(response)) => Ok((self.route, settings.max_response_size, response)),
            Ok(Err(error)) => Err(Fault::transport(self.route, error)),
            Err(_) => Err(Fault::Slow { route: self.route }),
        }
    }

    /// Adds what the request proves its identity with, unless the caller has done so.
    fn authorize(&mut self) -> Result<(), Fault> {
        if self.request.headers().contains_key(AUTHORIZATION) {
            return Ok(());
        }
        let Some(Proof { headers, query }) = self.client.0.credentials.proof(self.requirement) else {
            return Err(Fault::Unauthorized { route: self.route.clone() });
        };
        for (name, value) in headers {
            // What the caller has set stays, but that cookies of parameters stand beside that of the scheme.
            let is_free = |name: &HeaderName| *name == COOKIE || !self.request.headers().contains_key(name);
            let Some(name) = name.filter(is_free) else { continue };
            let before = self.request.headers().get(COOKIE).filter(|_| name == COOKIE);
            let both = before.and_then(|before| joined(before, &value)).unwrap_or(value);
            self.request.headers_mut().insert(name, both);
        }
        add_query(&mut self.request, &query);
        Ok(())
    }
}

/// Adds pairs, percent-encoded already, to the query of a request.
fn add_query(request: &mut Request, pairs: &[(String, String)]) {
    if pairs.is_empty() {
        return;
    }
    let text = pairs.iter().map(|(name, value)| format!("{name}={value}"));
    let before = request.url().query().filter(|query| !query.is_empty()).map(str::to_owned);
    let text: Vec<String> = before.into_iter().chain(text).collect();
    request.url_mut().set_query(Some(&text.join("&")));
}

fn joined(before: &HeaderValue, value: &HeaderValue) -> Option<HeaderValue> {
    let bytes = [before.as_bytes(), b"; ", value.as_bytes()].concat();
    let mut both = HeaderValue::from_bytes(&bytes).ok()?;
    both.set_sensitive(true);
    Some(both)
}

/// Reads an answer up to `limit` bytes of body.
pub(super) async fn read(mut response: reqwest::Response, route: Route, limit: usize) -> Result<Answer, Fault> {
    let status = response.status();
    let mut body = Vec::new();
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).unwrap_or(usize::MAX) > limit {
        return Err(Fault::TooLarge { route, status, limit });
    }
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len().saturating_add(chunk.len()) > limit => {
                return Err(Fault::TooLarge { route, status, limit });
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => return Err(Fault::transport(route, error)),
        }
    }
    Ok(Answer::new(route, status, std::mem::take(response.headers_mut()), Bytes::from(body)))
}
