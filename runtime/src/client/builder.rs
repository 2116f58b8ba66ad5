//! Setting up a client.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use secrecy::{ExposeSecret, SecretString};

use super::build_error::BuildError;
use super::correlation::Correlation;
use super::credentials::{Bearer, Credentials, Key, Requirement, Scheme, bearer};
use super::http::Http;
use super::pace::Pace;
use super::parameter::is_reserved;
use super::retry::RetryPolicy;
use super::server::{BaseUrl, Server, Variable};
use super::telemetry::Telemetry;
use super::token_settings::{Origin, TokenSettings};
use super::wait::RateLimitHeaders;
use super::{Client, Settings};

/// Long enough for a slow answer, short enough for a caller who waits.
const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const DEFAULT_USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// A [`Client`] to set up. What is wrong with a setting is told by [`Builder::build`].
#[derive(Debug)]
#[must_use]
pub struct Builder {
    pub(super) server: Option<Server>,
    pub(super) variables: BTreeMap<String, String>,
    base_url: Option<SecretString>,
    pub(super) allow_insecure_http: bool,
    /// The variables of other servers.
    other_variables: &'static [&'static str],
    /// The values that some variables may have.
    allowed: &'static [(&'static str, &'static [&'static str])],
    pub(super) token: Option<Origin>,
    token_required: bool,
    anonymous: bool,
    pub(super) credentials: BTreeMap<String, Origin>,
    pub(super) tokens: TokenSettings,
    pub(super) schemes: &'static [(&'static str, Scheme)],
    security: Option<Requirement>,
    pub(super) timeout: Duration,
    attempt_timeout: Option<Duration>,
    connect_timeout: Duration,
    retry_policy: RetryPolicy,
    /// Requests a second, and at once.
    pace: Option<(f64, u32)>,
    rate_limit_headers: RateLimitHeaders,
    max_response_size: Option<usize>,
    max_request_size: Option<usize>,
    pub(super) user_agent: String,
    headers: Vec<(String, SecretString)>,
    telemetry: Option<Telemetry>,
    correlation: Correlation,
    http: Http,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            server: None,
            variables: BTreeMap::new(),
            base_url: None,
            allow_insecure_http: false,
            other_variables: &[],
            allowed: &[],
            token: None,
            token_required: false,
            anonymous: false,
            credentials: BTreeMap::new(),
            tokens: TokenSettings::default(),
            schemes: &[],
            security: None,
            timeout: TIMEOUT,
            attempt_timeout: None,
            connect_timeout: CONNECT_TIMEOUT,
            retry_policy: RetryPolicy::new(),
            pace: None,
            rate_limit_headers: RateLimitHeaders::default(),
            max_response_size: None,
            max_request_size: None,
            user_agent: DEFAULT_USER_AGENT.to_owned(),
            headers: Vec::new(),
            telemetry: None,
            correlation: Correlation::default(),
            http: Http::default(),
        }
    }

    /// The server as the document describes it: `https://{domain}/api/v2` and its variables.
    pub fn server(mut self, template: &'static str, variables: &'static [Variable]) -> Self {
        self.server = Some(Server { template, variables });
        self
    }

    /// The value of a variable of the server's URL: letters, digits and `-._~:`, so that it can't reach beyond its place.
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// The URL that paths are appended to, instead of the document's server.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into().into());
        self
    }

    /// Lets the token travel unencrypted. Without this, `http` reaches this machine alone.
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.allow_insecure_http = allow;
        self
    }

    /// The bearer token of every request, without the word `Bearer`. Of this, a source of tokens and client credentials, the last that
    /// is set holds.
    pub fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.token = Some(Origin::Fixed(token.into()));
        self
    }

    /// How the document's schemes prove an identity, by their names.
    pub fn schemes(mut self, schemes: &'static [(&'static str, Scheme)]) -> Self {
        self.schemes = schemes;
        self
    }

    /// What requests have to meet that do not say it themselves.
    pub fn security(mut self, requirement: Requirement) -> Self {
        self.security = Some(requirement);
        self
    }

    /// What one scheme of the document takes: a token, a key, or a user name and a password with a colon between.
    pub fn credential(mut self, scheme: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        self.credentials.insert(scheme.into(), Origin::Fixed(secret.into()));
        self
    }

    /// The variables of the URLs of other servers, which single operations have.
    pub fn other_variables(mut self, names: &'static [&'static str]) -> Self {
        self.other_variables = names;
        self
    }

    /// The values that some variables of servers may have.
    pub fn allowed(mut self, values: &'static [(&'static str, &'static [&'static str])]) -> Self {
        self.allowed = values;
        self
    }

    /// Makes it an error to build without a token, for documents that ask for one.
    pub fn require_token(mut self) -> Self {
        self.token_required = true;
        self
    }

    /// Sends requests without a token, whatever the document asks for.
    pub fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// How long a request may take in all, from its start to the last byte of its answer, with every retry and the waits between:
    /// 30 seconds unless set.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// How long one attempt of a request may take, from connecting to the last byte of the answer; no less than in all, unless
    /// set.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// How often requests are sent again, and how long the client waits in between: a number of retries, or more. Two retries
    /// unless set.
    pub fn retries(mut self, policy: impl Into<RetryPolicy>) -> Self {
        self.retry_policy = policy.into();
        self
    }

    /// Sends no more than `per_second` requests a second in the long run, and `burst` at once, of this client and its clones.
    ///
    /// Retries count, and what is sent anew because a token was not taken; requests to the token endpoint do not, which is another
    /// one. Requests wait for their turn, within their timeout; one whose turn does not come is the error `NoTurn`. Not paced
    /// unless set.
    pub fn pace(mut self, per_second: f64, burst: u32) -> Self {
        self.pace = Some((per_second, burst));
        self
    }

    /// The names of the headers that tell of the rate limit.
    pub fn rate_limit_headers(mut self, names: RateLimitHeaders) -> Self {
        self.rate_limit_headers = names;
        self
    }

    /// How long connecting may take: 10 seconds unless set. Without effect on an HTTP client of the caller's.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How many bytes the body of an answer may have, once it is unpacked: 64 MiB unless set.
    ///
    /// What is read piece by piece is not kept: a [`Download`](super::Download) may have any number of bytes unless the limit is
    /// set, and no more than that where it is. [`Events`](super::Events) and [`Lines`](super::Lines) may go on without end; the
    /// limit holds for each event and each line.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }

    /// How many bytes the body of a request may have; any number unless set. What is sent as a stream is not counted.
    pub fn max_request_size(mut self, bytes: usize) -> Self {
        self.max_request_size = Some(bytes);
        self
    }

    /// The `User-Agent` of every request.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// A header of every request; headers of a request itself take its place. `Authorization` goes in place of the client's
    /// credentials; what a request accepts, and what its body is, each operation says for itself.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into().into()));
        self
    }

    /// The header that tells the name and version of the client.
    pub fn telemetry_header(mut self, header: &'static str, name: &'static str, version: &'static str) -> Self {
        self.telemetry = Some(Telemetry { header, name, version });
        self
    }

    /// Whether requests have the header of [`Builder::telemetry_header`]: yes unless set.
    pub fn telemetry(mut self, tell: bool) -> Self {
        self.telemetry = self.telemetry.filter(|_| tell);
        self
    }

    /// The header of [`Call::correlation_id`](super::Call::correlation_id): `X-Correlation-ID` unless set.
    pub fn correlation_header(mut self, header: &'static str) -> Self {
        self.correlation.header = header;
        self
    }

    /// How many characters a correlation id may have: any number unless set.
    pub fn correlation_max_length(mut self, limit: u64) -> Self {
        self.correlation.max_length = Some(limit);
        self
    }

    /// A proxy, instead of those of the environment; of several, the first that takes a request has it. Without effect on an HTTP
    /// client of the caller's, and on requests to this machine.
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.http.proxies.own.push(proxy);
        self
    }

    /// Lets requests to this machine go to a proxy too.
    pub fn proxy_loopback(mut self, allow: bool) -> Self {
        self.http.proxies.for_loopback = allow;
        self
    }

    /// An HTTP client of the caller's, with its own TLS, proxies and pool.
    ///
    /// It should follow no redirects ([`reqwest::redirect::Policy::none`]): an answer of the API is never one, and what is sent on to
    /// another host has its body and all headers but `Authorization` and `Cookie`. Since it might, requests that are not idempotent
    /// are not repeated where there is no connection.
    ///
    /// Without reqwest's default features, building one panics unless its TLS is set: with
    /// [`reqwest::ClientBuilder::tls_backend_preconfigured`], or with a provider that is installed for the process. Where it is a
    /// setting or two that is wanted, [`Builder::http_settings`] asks for less.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http.own = Some(http);
        self
    }

    /// Sets up the HTTP client further: its pool, its keep-alive, certificates of the caller's. It is asked once for every HTTP
    /// client that is made; redirects stay off, and proxies are those of [`Builder::proxy`]. Without effect on an HTTP client of the
    /// caller's.
    pub fn http_settings(
        mut self,
        adjust: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http.adjust = Some(Box::new(adjust));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// The first setting that is missing or wrong.
    pub fn build(mut self) -> Result<Client, BuildError> {
        let base_url = self.checked_base_url()?;
        let pace = self.pace.map(|(rate, burst)| Pace::new(rate, burst).ok_or(BuildError::InvalidPace)).transpose()?;
        let http = self.http(base_url.is_loopback())?;
        let credentials = self.credentials(&base_url, &http)?;
        let headers = self.default_headers()?;
        Ok(Client(Arc::new(Settings {
            http,
            follows_redirects: self.http.own.is_some(),
            base_url,
            has_own_url: self.base_url.is_some(),
            variables: self.variables,
            allow_insecure_http: self.allow_insecure_http,
            credentials,
            headers,
            correlation: self.correlation,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            retry_policy: self.retry_policy,
            pace,
            rate_limit_headers: self.rate_limit_headers,
            max_response_size: self.max_response_size,
            max_request_size: self.max_request_size,
        })))
    }

    fn checked_base_url(&self) -> Result<BaseUrl, BuildError> {
        if self.base_url.is_none() {
            self.check_variables()?;
        }
        let url = match (&self.base_url, &self.server) {
            (Some(url), _) => url.expose_secret().to_owned(),
            (None, Some(server)) => server.url(&self.variables)?,
            (None, None) => return Err(BuildError::MissingServer),
        };
        BaseUrl::parse(&url, self.allow_insecure_http)
    }

    fn check_variables(&self) -> Result<(), BuildError> {
        for (name, value) in &self.variables {
            let known = self.server.is_none_or(|server| server.has(name)) || self.other_variables.contains(&&**name);
            if !known {
                return Err(BuildError::UnknownVariable { name: name.clone() });
            }
            let allowed = self.allowed.iter().find(|(variable, _)| variable == name);
            if let Some((name, allowed)) = allowed.filter(|(_, allowed)| !allowed.contains(&&**value)) {
                return Err(BuildError::ForbiddenVariable { name, allowed });
            }
        }
        Ok(())
    }

    fn credentials(&mut self, base_url: &BaseUrl, http: &reqwest::Client) -> Result<Credentials, BuildError> {
        let token = match self.token.take().filter(|_| !self.anonymous) {
            None => None,
            Some(origin) => Some(match self.key(origin, base_url, http)? {
                Key::Fixed(token) => Bearer::Fixed(bearer(&token).ok_or(BuildError::InvalidToken)?),
                Key::Fetched(tokens) => Bearer::Fetched(tokens),
            }),
        };
        let mut own = BTreeMap::new();
        for (scheme, origin) in std::mem::take(&mut self.credentials) {
            own.insert(scheme, self.key(origin, base_url, http)?);
        }
        let credentials =
            Credentials { anonymous: self.anonymous, token, own, schemes: self.schemes, usual: self.security };
        if self.token_required && !self.anonymous && credentials.is_empty() {
            return Err(BuildError::MissingToken);
        }
        Ok(credentials)
    }

    fn key(&self, origin: Origin, base_url: &BaseUrl, http: &reqwest::Client) -> Result<Key, BuildError> {
        let is_plain = |text: &str| !text.is_empty() && !text.contains(['\r', '\n', '\0']);
        Ok(match origin {
            Origin::Fixed(secret) if is_plain(secret.expose_secret()) => Key::Fixed(secret),
            Origin::Fixed(_) => return Err(BuildError::InvalidToken),
            Origin::Source(fetch) => Key::Fetched(self.tokens(fetch)),
            Origin::Endpoint { scheme, id, secret } => {
                Key::Fetched(self.endpoint((scheme, id, secret), base_url, http)?)
            }
        })
    }

    fn default_headers(&self) -> Result<HeaderMap, BuildError> {
        let mut headers = HeaderMap::new();
        let user_agent = (USER_AGENT.as_str(), self.user_agent.as_str());
        let telemetry = self.telemetry.map(|telemetry| (telemetry.header, telemetry.value()));
        let telemetry = telemetry.iter().map(|(header, value)| (*header, value.as_str()));
        let others = self.headers.iter().map(|(name, value)| (name.as_str(), value.expose_secret()));
        for (name, value) in std::iter::once(user_agent).chain(telemetry).chain(others) {
            let Ok(name) = name.parse::<HeaderName>() else {
                return Err(BuildError::InvalidHeaderName);
            };
            let Ok(value) = HeaderValue::from_str(value) else {
                return Err(BuildError::InvalidHeaderValue { name });
            };
            if is_reserved(name.as_str()) {
                return Err(BuildError::ReservedHeader { name });
            }
            if name == AUTHORIZATION && value.is_empty() {
                return Err(BuildError::InvalidToken);
            }
            headers.insert(name, value);
        }
        Ok(headers)
    }

    /// The HTTP client of servers on this machine, or of others.
    pub(super) fn http(&self, is_loopback: bool) -> Result<reqwest::Client, BuildError> {
        self.http.client(self.connect_timeout, is_loopback)
    }
}
