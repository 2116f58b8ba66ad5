//! Setting up where tokens come from: fixed, from a source of the caller's, or from the token endpoint that the document names.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use super::build_error::BuildError;
use super::builder::Builder;
use super::oauth::Grant;
use super::server::{self, BaseUrl};
use super::target;
use super::token::{BoxError, Token, TokenError};
use super::tokens::{Fetch, Tokens};

/// What the caller proves an identity with.
pub(super) enum Origin {
    /// A token, a key, or a user name and a password.
    Fixed(SecretString),
    /// A function of the caller's.
    Source(Fetch),
    /// The token endpoint of a scheme.
    Endpoint { scheme: &'static str, id: String, secret: SecretString },
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// How tokens are asked for.
#[derive(Debug, Default)]
pub(super) struct TokenSettings {
    /// The token endpoints of the document.
    flows: Vec<Flow>,
    /// Instead of the document's.
    url: Option<SecretString>,
    fields: Vec<(String, SecretString)>,
    basic: bool,
    pub(super) margin: Option<Duration>,
}

/// The flow `clientCredentials` of a scheme (OpenAPI 3.1 §4.8.29).
#[derive(Debug)]
struct Flow {
    scheme: &'static str,
    token_url: &'static str,
    fields: &'static [(&'static str, &'static str)],
}

/// Tokens that are fetched.
impl Builder {
    /// A function that fetches the bearer token of requests. It is called when there is no token or the last one is about to expire,
    /// once however many requests wait for it.
    pub fn token_source<F>(mut self, source: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Token, BoxError>> + Send + 'static,
    {
        let fetch: Fetch = Arc::new(move || source().map(|fetched| fetched.map_err(TokenError::Source)).boxed());
        self.token = Some(Origin::Source(fetch));
        self
    }

    /// How long before its end a fetched token is renewed, at most half of its lifetime: unless set, 60 seconds or a tenth of the
    /// lifetime, whichever is less.
    pub fn token_margin(mut self, margin: Duration) -> Self {
        self.tokens.margin = Some(margin);
        self
    }

    /// The token endpoint of a scheme of the document, relative to the server (RFC 3986 §5), and fields of the form that it is sent.
    /// Both may hold variables of the server.
    pub fn flow(
        mut self,
        scheme: &'static str,
        token_url: &'static str,
        fields: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.tokens.flows.push(Flow { scheme, token_url, fields });
        self
    }

    /// Fetches tokens from the token endpoint of a scheme, with the credentials of a program (RFC 6749 §4.4).
    pub fn client_credentials(
        mut self,
        scheme: &'static str,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Self {
        let origin = Origin::Endpoint { scheme, id: client_id.into(), secret: client_secret.into() };
        if self.schemes.is_empty() {
            // The token is all that requests carry.
            self.token = Some(origin);
        } else {
            self.credentials.insert(scheme.to_owned(), origin);
        }
        self
    }

    /// The URL of the token endpoint instead of the document's, relative to the server.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.tokens.url = Some(url.into().into());
        self
    }

    /// A field of the form that the token endpoint is sent, such as `audience`; one of the same name is replaced.
    pub fn token_field(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        let name = name.into();
        self.tokens.fields.retain(|field| field.0 != name);
        self.tokens.fields.push((name, value.into()));
        self
    }

    /// The scopes that are asked for (RFC 6749 §3.3). Without them the field `scope` is not sent, and the token has those that the
    /// program has been granted.
    pub fn token_scopes<S: AsRef<str>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        let mut text = String::new();
        for scope in scopes {
            let space = if text.is_empty() { "" } else { " " };
            text.extend([space, scope.as_ref()]);
        }
        self.token_field("scope", text)
    }

    /// Sends the credentials of the program in `Authorization` instead of the form (RFC 6749 §2.3.1).
    pub fn token_basic(mut self, basic: bool) -> Self {
        self.tokens.basic = basic;
        self
    }

    /// Where tokens come from that are fetched.
    pub(super) fn tokens(&self, fetch: Fetch) -> Tokens {
        Tokens::new(fetch, self.tokens.margin, self.timeout)
    }

    /// Tokens from the endpoint of a scheme.
    pub(super) fn endpoint(
        &self,
        (scheme, id, secret): (&'static str, String, SecretString),
        base_url: &BaseUrl,
        http: &reqwest::Client,
    ) -> Result<Tokens, BuildError> {
        let flow = self.tokens.flows.iter().find(|flow| flow.scheme == scheme);
        let flow = flow.ok_or(BuildError::MissingFlow { scheme })?;
        let url = self.endpoint_url(flow, base_url)?;
        let is_loopback = server::is_loopback(&url);
        // What may be unencrypted because it stays on this machine must not go to a proxy.
        let http = if is_loopback == base_url.is_loopback() { http.clone() } else { self.http(is_loopback)? };
        let mut fields = Vec::new();
        let is_own = |name: &str| self.tokens.fields.iter().any(|field| field.0 == name);
        for (name, template) in flow.fields.iter().filter(|field| !is_own(field.0)) {
            fields.push(((*name).to_owned(), self.filled(template)?.into()));
        }
        fields.extend(self.tokens.fields.iter().cloned());
        let grant = Grant {
            http,
            url,
            id,
            secret,
            fields,
            basic: self.tokens.basic,
            user_agent: self.user_agent.clone(),
            timeout: self.timeout,
        };
        let grant = Arc::new(grant);
        Ok(self.tokens(Arc::new(move || {
            let grant = Arc::clone(&grant);
            async move { grant.fetch().await }.boxed()
        })))
    }

    fn endpoint_url(&self, flow: &Flow, base_url: &BaseUrl) -> Result<Url, BuildError> {
        let written = match &self.tokens.url {
            Some(url) => url.expose_secret().to_owned(),
            None => self.filled(flow.token_url)?,
        };
        let invalid = |reason| BuildError::InvalidTokenUrl { reason };
        let url = base_url.resolve(&written).ok_or(invalid("it is no URL"))?;
        server::check(&url, invalid)?;
        if url.fragment().is_some() {
            return Err(invalid("it holds a fragment"));
        }
        if url.scheme() == "http" && !server::is_loopback(&url) && !self.allow_insecure_http {
            return Err(BuildError::InsecureTokenUrl);
        }
        Ok(url)
    }

    /// A text of the document with the values of the server's variables in it.
    fn filled(&self, template: &'static str) -> Result<String, BuildError> {
        let value = |name: &str| {
            let default = || self.server?.default_of(name);
            let value = self.variables.get(name).map(String::as_str).or_else(default);
            value.filter(|value| server::is_plain(value))
        };
        if let Some(name) = target::names(template).find(|name| value(name).is_none()) {
            return Err(BuildError::MissingTokenVariable { name });
        }
        Ok(target::fill(template, value))
    }
}
