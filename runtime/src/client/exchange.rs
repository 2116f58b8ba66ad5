//! One request and its answer, whatever their types: the part that is compiled once for every operation.
//!
//! A request is tried until it has an answer that stands, or the client's patience ends ([`Patience`]). Whatever is sent is
//! authorized anew, and paced.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use reqwest::{Method, Request, StatusCode};
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Instrument;

use super::Client;
use super::answer::Answer;
use super::credentials::{Proof, Requirement};
use super::error::Fault;
use super::retry::Patience;
use super::route::Route;
use super::stream::{Head, SizeLimit, exceeds};
use super::token::TokenError;
use super::tokens::Tokens;
use super::trace::{Attempt, span_of};

/// A request that may leave.
pub(super) struct Exchange {
    client: Client,
    route: Route,
    request: Request,
    patience: Patience,
    /// What it has to prove an identity with, where it says so itself.
    requirement: Option<Requirement>,
}

/// What an attempt gets.
pub(super) trait Outcome: Sized {
    /// Reads an answer as far as it is wanted.
    fn read(response: reqwest::Response, exchange: &Exchange) -> impl Future<Output = Result<Self, Fault>> + Send;

    /// The status of the answer.
    fn status(&self) -> StatusCode;

    /// The answer, where it may be one that says that the request failed.
    fn answer(&self) -> Option<&Answer>;
}

/// The whole of it.
impl Outcome for Answer {
    async fn read(response: reqwest::Response, exchange: &Exchange) -> Result<Self, Fault> {
        exchange.read_whole(response).await
    }

    fn status(&self) -> StatusCode {
        Self::status(self)
    }

    fn answer(&self) -> Option<&Answer> {
        Some(self)
    }
}

/// What came of a request that was sent.
struct Sent<T> {
    outcome: Result<T, Fault>,
    /// The token that the server did not take, if it is one that was fetched.
    refused: Option<(Tokens, HeaderValue)>,
}

impl Exchange {
    pub(super) fn new(
        client: Client,
        route: Route,
        request: Request,
        patience: Patience,
        requirement: Option<Requirement>,
    ) -> Self {
        Self { client, route, request, patience, requirement }
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
        Some(Self { client, route, request, patience: self.patience, requirement: self.requirement })
    }

    /// Sends the request until an answer stands, and reads that, in a span of its own.
    pub(super) async fn run<T: Outcome>(self) -> Result<T, Fault> {
        let span = span_of(&self.route);
        self.attempts().instrument(span).await
    }

    async fn attempts<T: Outcome>(mut self) -> Result<T, Fault> {
        let deadline = deadline(self.patience.total);
        let mut last = 0;
        let mut before = None;
        for retry in 0..self.patience.retries {
            // A body that is a stream is there once.
            let Some(request) = self.request.try_clone() else { break };
            last = retry.saturating_add(1);
            let outcome = match self.attempt(request, retry, deadline).await {
                Err(fault) if fault.is_late() => return before.unwrap_or(Err(fault)),
                outcome => outcome,
            };
            // What could not begin before the time is up is not waited for.
            let in_time = |wait: &Duration| Instant::now().checked_add(*wait).is_some_and(|next| next < deadline);
            let Some(wait) = self.wait_after(&outcome, retry).filter(in_time) else { return outcome };
            before = Some(outcome);
            sleep(wait).await;
        }
        let blank = Request::new(Method::GET, self.request.url().clone());
        let request = std::mem::replace(&mut self.request, blank);
        match self.attempt(request, last, deadline).await {
            // What was not sent once more tells less than what came of it before.
            Err(fault) if fault.is_late() => before.unwrap_or(Err(fault)),
            outcome => outcome,
        }
    }

    /// Sends the request; once more, with a new token, where the server does not take the one that was kept. `retry` is the number
    /// of attempts before.
    async fn attempt<T: Outcome>(&self, request: Request, retry: u32, deadline: Instant) -> Result<T, Fault> {
        let is_fetched = self.client.0.credentials.are_fetched();
        let again = if is_fetched { request.try_clone() } else { None };
        let asked = Instant::now();
        let sent = self.send(request, retry, deadline).await?;
        let is_old = sent.refused.is_some_and(|(tokens, header)| tokens.reject(&header, asked));
        let Some(again) = again.filter(|_| is_old) else { return sent.outcome };
        match self.send(again, retry, deadline).await {
            Err(fault) if fault.is_late() => sent.outcome,
            again => again?.outcome,
        }
    }

    /// Sends the request once: authorized, and at its turn. It is an error where it was not sent.
    async fn send<T: Outcome>(&self, mut request: Request, retry: u32, deadline: Instant) -> Result<Sent<T>, Fault> {
        let told = Attempt::begin(retry);
        let token = match self.prepare(&mut request, deadline).await {
            Ok(token) => token,
            Err(fault) => {
                told.failed(&fault);
                return Err(fault);
            }
        };
        // How long it took does not count the wait.
        let told = Attempt::begin(retry);
        let end = self.end_of_attempt(deadline);
        let mut is_refused = false;
        let outcome = async {
            let response = self.execute(request, end).await?;
            is_refused = response.status() == StatusCode::UNAUTHORIZED;
            let slow = |_| Err(Fault::Slow { route: self.route.clone() });
            timeout_at(end, T::read(response, self)).await.unwrap_or_else(slow)
        };
        let outcome = outcome.await;
        told.ended(&outcome);
        Ok(Sent { outcome, refused: token.filter(|_| is_refused) })
    }

    /// Authorizes the request, and waits for its turn. In this order, because requests that wait for one token go out at once when it
    /// comes. Gives the token, if it is one that was fetched.
    async fn prepare(&self, request: &mut Request, deadline: Instant) -> Result<Option<(Tokens, HeaderValue)>, Fault> {
        let token = self.authorize(request, deadline).await?;
        let Some(pace) = &self.client.0.pace else { return Ok(token) };
        let late = |_| Fault::NoTurn { route: self.route.clone() };
        timeout_at(deadline, pace.turn()).await.map_err(late)?;
        let Some((tokens, _)) = token else { return Ok(None) };
        // In the queue, it may have come to its end.
        let header = self.in_time(deadline, tokens.header()).await?;
        request.headers_mut().insert(AUTHORIZATION, header.clone());
        Ok(Some((tokens, header)))
    }

    /// What comes of fetching a token before the deadline.
    async fn in_time<T>(
        &self,
        deadline: Instant,
        token: impl Future<Output = Result<T, Arc<TokenError>>>,
    ) -> Result<T, Fault> {
        let token = timeout_at(deadline, token).await.unwrap_or_else(|_| Err(Arc::new(TokenError::Timeout)));
        token.map_err(|error| Fault::Token { route: self.route.clone(), error })
    }

    /// When an attempt is over that begins now.
    fn end_of_attempt(&self, deadline: Instant) -> Instant {
        self.patience.attempt.map_or(deadline, |limit| self::deadline(limit).min(deadline))
    }

    async fn execute(&self, request: Request, end: Instant) -> Result<reqwest::Response, Fault> {
        match timeout_at(end, self.client.0.http.execute(request)).await {
            Ok(sent) => sent.map_err(|error| Fault::transport(self.route.clone(), error)),
            Err(_) => Err(Fault::Slow { route: self.route.clone() }),
        }
    }

    /// How long to wait before the retry with this number, from 0 on; none where the outcome stands.
    fn wait_after<T: Outcome>(&self, outcome: &Result<T, Fault>, retry: u32) -> Option<Duration> {
        let (repeats, asked) = match outcome {
            Ok(read) => {
                let answer = read.answer()?;
                (self.patience.repeats_after(answer.status()), answer.asked_wait())
            }
            Err(fault) => (self.patience.repeats_after_fault(fault, self.client.0.follows_redirects), None),
        };
        self.client.0.retry_policy.wait(retry, asked).filter(|_| repeats)
    }

    /// Adds what the request proves its identity with, unless the caller has done so. Gives the token, if it is one that was
    /// fetched.
    async fn authorize(
        &self,
        request: &mut Request,
        deadline: Instant,
    ) -> Result<Option<(Tokens, HeaderValue)>, Fault> {
        if request.headers().contains_key(AUTHORIZATION) {
            return Ok(None);
        }
        let proof = self.in_time(deadline, self.client.0.credentials.proof(self.requirement)).await?;
        let Some(Proof { headers, query, tokens }) = proof else {
            return Err(Fault::Unauthorized { route: self.route.clone() });
        };
        let token = tokens.zip(headers.get(AUTHORIZATION).cloned());
        for (name, value) in headers {
            // What the caller has set stays, but that cookies of parameters stand beside that of the scheme.
            let is_free = |name: &HeaderName| *name == COOKIE || !request.headers().contains_key(name);
            let Some(name) = name.filter(is_free) else { continue };
            let before = request.headers().get(COOKIE).filter(|_| name == COOKIE);
            let both = before.and_then(|before| joined(before, &value)).unwrap_or(value);
            request.headers_mut().insert(name, both);
        }
        add_query(request, &query);
        Ok(token)
    }

    /// The head of an answer, and how many bytes of it are read.
    pub(super) fn head(&self, response: &mut reqwest::Response) -> (Head, SizeLimit) {
        let settings = &self.client.0;
        let head = Head {
            route: self.route.clone(),
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            rate_limit_headers: settings.rate_limit_headers,
        };
        (head, SizeLimit::new(settings.max_response_size))
    }

    /// Reads an answer up to the limit of bytes, which counts them as they are once chunks are joined and what is compressed is
    /// unpacked.
    pub(super) async fn read_whole(&self, mut response: reqwest::Response) -> Result<Answer, Fault> {
        let announced = response.content_length().unwrap_or(0);
        let (head, limit) = self.head(&mut response);
        let limit = limit.of_kept();
        let too_large = || Fault::TooLarge { route: head.route.clone(), status: head.status, limit };
        if exceeds(announced, limit) {
            return Err(too_large());
        }
        match body_within(limit, response).await {
            Ok(Some(body)) => Ok(head.into_answer(body)),
            Ok(None) => Err(too_large()),
            Err(error) => Err(Fault::transport(head.route, error)),
        }
    }
}

/// The body of an answer; none where it has more bytes than the limit.
pub(super) async fn body_within(limit: usize, mut response: reqwest::Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len().saturating_add(chunk.len()) > limit {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

/// When something is over that begins now; a limit without end is one of thirty years.
fn deadline(limit: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    let now = Instant::now();
    now.checked_add(limit.min(FAR)).unwrap_or(now)
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
