//! HTTP for generated operations: requests that are checked before they leave, answers that are typed by their status.
//!
//! The way of a request: generated code fills a [`Call`]; sending it gives a [`Pending`]. Whatever is wrong with the
//! parameters and the body is [`Error::Invalid`], all of it at once, and nothing has left; otherwise it is tried as often as
//! the [`RetryPolicy`] has it, and the last [`Answer`] becomes a [`Response`] or an [`Error`].
//!
//! Spans and events (`tracing`) tell the route of a request, and the status and duration of each attempt, and nothing else. No
//! `Debug` or `Display` shows a token, a parameter, a body or the URL of a request; the `Debug` of a [`Client`] shows its base
//! URL, which can hold no user name, password or query. The futures need a tokio runtime with its I/O and time drivers.

mod answer;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod build_error;
mod builder;
mod call;
mod coded;
mod correlation;
mod credentials;
mod error;
mod events;
mod exchange;
mod findings;
mod http;
mod macros;
mod multipart;
mod oauth;
mod pace;
mod pages;
mod paging;
mod parameter;
mod pending;
mod proxy;
mod raw;
mod response;
mod retry;
mod route;
mod server;
mod stream;
mod style;
mod target;
mod telemetry;
mod tls;
mod token;
mod token_settings;
mod tokens;
mod trace;
mod unread;
mod wait;
mod walk;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
pub use reqwest::{Method, StatusCode};

pub use answer::{Answer, FromAnswer, RateLimit};
#[cfg(feature = "blocking")]
pub use blocking::{Wait, WaitEach, Waiting};
pub use body::Payload;
pub use build_error::BuildError;
pub use builder::Builder;
pub use bytes::Bytes;
pub use call::Call;
pub use coded::Coded;
pub use credentials::{Requirement, Scheme};
pub use error::{Error, Failure, TransportError, Undecoded};
pub use events::{Event, Events, Lines};
pub use futures_core::Stream;
pub use pages::{Items, Page, Pages};
pub use paging::Paging;
pub use parameter::Place;
pub use pending::Pending;
pub use raw::RawRequest;
pub use response::Response;
pub use retry::RetryPolicy;
pub use route::Route;
pub use server::Variable;
pub use stream::{Download, FromIncoming, Incoming, Opening};
pub use style::{Form, Style};
pub use token::{BoxError, Token, TokenError};
pub use unread::PendingAnswer;
pub use wait::RateLimitHeaders;

use correlation::Correlation;
use credentials::Credentials;
use pace::Pace;
use server::BaseUrl;

/// What tokens and secrets are handed over in: never shown, and wiped when they are dropped.
pub use secrecy::{self, SecretString};

/// What the HTTP client itself is made of, for callers who bring their own.
pub use reqwest;

/// A client of one server. Clones share their connections.
#[derive(Clone)]
pub struct Client(Arc<Settings>);

/// What every request of a client has in common.
struct Settings {
    http: reqwest::Client,
    /// Whether the HTTP client may follow redirects, because it is the caller's.
    follows_redirects: bool,
    base_url: BaseUrl,
    /// Whether the caller set the base URL, which then goes before the servers of operations.
    has_own_url: bool,
    /// The variables of servers.
    variables: BTreeMap<String, String>,
    allow_insecure_http: bool,
    credentials: Credentials,
    headers: HeaderMap,
    correlation: Correlation,
    /// From the start of a request to the last byte of its answer.
    timeout: Duration,
    /// The same of one attempt.
    attempt_timeout: Option<Duration>,
    retry_policy: RetryPolicy,
    pace: Option<Pace>,
    rate_limit_headers: RateLimitHeaders,
    /// In bytes, where the caller has set it.
    max_response_size: Option<usize>,
    /// In bytes.
    max_request_size: Option<usize>,
}

impl Client {
    /// A client to set up.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// A request to an operation: `template` is its path as the document writes it, `/users/{id}`.
    pub fn call(&self, method: Method, template: &'static str) -> Call<'_> {
        Call::new(self, Route::new(method, template), template.into())
    }

    /// A request to any path below the server's, for operations that are not generated. The path is taken for what goes on the
    /// wire; values in it are better written `{name}` and set with [`RawRequest::path`], which encodes them.
    pub fn request(&self, method: Method, path: &str) -> RawRequest<'_> {
        RawRequest::new(Call::new(self, Route::unnamed(method), path.to_owned().into()))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base_url.as_str())
            .field("credentials", &self.0.credentials)
            .field("timeout", &self.0.timeout)
            .finish_non_exhaustive()
    }
}
