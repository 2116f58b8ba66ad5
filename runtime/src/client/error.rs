//! What can come of a request instead of a good answer.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::answer::{Answer, RateLimit, tells_of_its_answer};
use super::retry::is_untouched;
use super::route::Route;
use super::token::TokenError;
use crate::decode::DecodeError;
use crate::violation::Violations;

/// Why a request has no good answer. `E` is what the API's error bodies are.
///
/// Neither `Debug` nor `Display`, nor the sources, show content: no body, token, parameter or URL. What the server says is in
/// [`Failure::error`] and [`Failure::body`].
#[non_exhaustive]
pub enum Error<E = Value> {
    /// Parameters or the body are wrong. Nothing has been sent.
    Invalid(Violations),
    /// 400: the server does not accept the request as it is.
    BadRequest(Box<Failure<E>>),
    /// 401: the server does not accept the credentials.
    Unauthorized(Box<Failure<E>>),
    /// 403: the credentials do not permit the operation.
    Forbidden(Box<Failure<E>>),
    /// 404: what the request is about does not exist.
    NotFound(Box<Failure<E>>),
    /// 409: the request contradicts what is there, such as a user of the same name.
    Conflict(Box<Failure<E>>),
    /// 422: the server understands the request and refuses its content.
    UnprocessableEntity(Box<Failure<E>>),
    /// 429: too many requests in too short a time.
    RateLimited {
        /// When the server will take requests again, by this machine's clock, where it says so: see [`Failure::retry_at`].
        retry_at: Option<SystemTime>,
        /// The answer.
        failure: Box<Failure<E>>,
    },
    /// Any other 4xx.
    ClientError(Box<Failure<E>>),
    /// 503: the server can't answer for now. [`Failure::retry_at`] is when it may.
    ServiceUnavailable(Box<Failure<E>>),
    /// Any other 5xx.
    ServerError(Box<Failure<E>>),
    /// A status that is neither a success nor an error, such as a redirect; none is followed.
    UnexpectedStatus(Box<Failure<E>>),
    /// The request succeeded, but its body is not what the document promises.
    Decode(Box<Undecoded>),
    /// The body of the answer is larger than the client allows.
    TooLarge {
        /// The operation that was called.
        route: Route,
        /// The status of the answer.
        status: StatusCode,
        /// How many bytes the client allows.
        limit: usize,
    },
    /// The time was up before the answer was complete. The server may have acted on the request.
    ///
    /// Where the time ends before a request can be sent once more, what came of it before is told instead: its status, and when to
    /// come back.
    Timeout(Box<TransportError>),
    /// There is no connection to the server; it has not seen the request, unless an HTTP client of the caller's was redirected.
    Connect(Box<TransportError>),
    /// The connection failed during the exchange. The server may have acted on the request.
    Transport(Box<TransportError>),
    /// The time was up before it was the request's turn, among all that wait for the pace of the client
    /// ([`Builder::pace`](super::Builder::pace)). Nothing has been sent.
    NoTurn {
        /// The operation that was called.
        route: Route,
    },
    /// The client has none of the credentials that the operation demands. Nothing has been sent.
    MissingCredentials {
        /// The operation that was called.
        route: Route,
    },
    /// There is no token to send the request with, because fetching one failed. The request has not been sent.
    Token {
        /// The operation that was called.
        route: Route,
        /// Why; every request that waited for the token has the same.
        error: Arc<TokenError>,
    },
    /// The API pages through no more items, and there may be others. The request that would ask for them has not been sent; a
    /// narrower one finds them.
    PageLimit {
        /// The operation that was called.
        route: Route,
        /// How many items it pages through.
        limit: u64,
        /// How many there are, where the server says so.
        total: Option<u64>,
    },
    /// The thread that blocking requests need could not be started. Nothing has been sent.
    Blocking(std::io::Error),
}

/// An answer that says that the request failed.
pub struct Failure<E> {
    answer: Answer,
    error: Option<E>,
}

impl<E> Failure<E> {
    pub(super) fn new(answer: Answer, error: Option<E>) -> Self {
        Self { answer, error }
    }

    /// The body of the answer; `None` where it is not what the API's errors are.
    #[must_use]
    pub fn error(&self) -> Option<&E> {
        self.error.as_ref()
    }

    /// When to ask again, by this machine's clock, where the server says so: its `Retry-After` or, with status 429, the end of the
    /// rate limit's window. Computed once, when the answer came.
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        self.answer.retry_at()
    }

    tells_of_its_answer!();
}

/// An answer that says that the request succeeded, with a body that does not fit.
pub struct Undecoded {
    answer: Answer,
    error: DecodeError,
}

impl Undecoded {
    pub(super) fn new(answer: Answer, error: DecodeError) -> Self {
        Self { answer, error }
    }

    /// Where the body does not fit: a JSON Pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.error.pointer
    }

    /// What is wrong there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.error.message
    }

    tells_of_its_answer!();
}

/// An exchange that was not completed.
pub struct TransportError {
    route: Route,
    /// Without its URL; none where the client itself ended the request.
    cause: Option<reqwest::Error>,
}

impl TransportError {
    /// The operation that was called.
    #[must_use]
    pub fn route(&self) -> &Route {
        &self.route
    }

    /// Whether the server has seen nothing of the request.
    pub(super) fn is_unsent(&self) -> bool {
        self.is(reqwest::Error::is_connect)
    }

    fn is(&self, kind: fn(&reqwest::Error) -> bool) -> bool {
        self.cause.as_ref().is_some_and(kind)
    }
}

/// An [`Error`] that does not depend on the operation.
pub(super) enum Fault {
    Invalid(Violations),
    TooLarge {
        route: Route,
        status: StatusCode,
        limit: usize,
    },
    Transport(Box<TransportError>),
    /// The answer was not complete in time.
    Slow {
        route: Route,
    },
    NoTurn {
        route: Route,
    },
    Unauthorized {
        route: Route,
    },
    Token {
        route: Route,
        error: Arc<TokenError>,
    },
}

impl Fault {
    pub(super) fn transport(route: Route, cause: reqwest::Error) -> Self {
        Self::Transport(Box::new(TransportError { route, cause: Some(cause.without_url()) }))
    }

    /// Whether the time was up before the request was sent.
    pub(super) fn is_late(&self) -> bool {
        match self {
            Self::NoTurn { .. } => true,
            Self::Token { error, .. } => matches!(**error, TokenError::Timeout),
            _ => false,
        }
    }

    /// What it is called where nothing else of it is told.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::TooLarge { .. } => "too large",
            Self::Transport(error) if error.is(reqwest::Error::is_connect) => "connect",
            Self::Transport(error) if error.is(reqwest::Error::is_timeout) => "timeout",
            Self::Transport(_) => "transport",
            Self::Slow { .. } => "timeout",
            Self::NoTurn { .. } => "no turn",
            Self::Unauthorized { .. } => "missing credentials",
            Self::Token { .. } => "token",
        }
    }
}

impl<E> From<Fault> for Error<E> {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Invalid(violations) => Self::Invalid(violations),
            Fault::TooLarge { route, status, limit } => Self::TooLarge { route, status, limit },
            // An attempt to connect that takes too long is both.
            Fault::Transport(error) if error.is_unsent() => Self::Connect(error),
            Fault::Transport(error) if error.is(reqwest::Error::is_timeout) => Self::Timeout(error),
            Fault::Transport(error) => Self::Transport(error),
            Fault::Slow { route } => Self::Timeout(Box::new(TransportError { route, cause: None })),
            Fault::NoTurn { route } => Self::NoTurn { route },
            Fault::Unauthorized { route } => Self::MissingCredentials { route },
            Fault::Token { route, error } => Self::Token { route, error },
        }
    }
}

/// So that `body.validate()?` and a request fail alike.
impl<E> From<Violations> for Error<E> {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

/// By its status.
impl<E> From<Failure<E>> for Error<E> {
    fn from(failure: Failure<E>) -> Self {
        let status = failure.status();
        let failure = Box::new(failure);
        match status {
            StatusCode::BAD_REQUEST => Self::BadRequest(failure),
            StatusCode::UNAUTHORIZED => Self::Unauthorized(failure),
            StatusCode::FORBIDDEN => Self::Forbidden(failure),
            StatusCode::NOT_FOUND => Self::NotFound(failure),
            StatusCode::CONFLICT => Self::Conflict(failure),
            StatusCode::UNPROCESSABLE_ENTITY => Self::UnprocessableEntity(failure),
            StatusCode::TOO_MANY_REQUESTS => Self::RateLimited { retry_at: failure.retry_at(), failure },
            _ if status.is_client_error() => Self::ClientError(failure),
            StatusCode::SERVICE_UNAVAILABLE => Self::ServiceUnavailable(failure),
            _ if status.is_server_error() => Self::ServerError(failure),
            _ => Self::UnexpectedStatus(failure),
        }
    }
}

impl<E> Error<E> {
    /// The status of the answer, where there is one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Decode(undecoded) => Some(undecoded.status()),
            Self::TooLarge { status, .. } => Some(*status),
            _ => self.failure().map(Failure::status),
        }
    }

    /// The answer that says that the request failed, where there is one.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure<E>> {
        match self {
            Self::BadRequest(failure)
            | Self::Unauthorized(failure)
            | Self::Forbidden(failure)
            | Self::NotFound(failure)
            | Self::Conflict(failure)
            | Self::UnprocessableEntity(failure)
            | Self::RateLimited { failure, .. }
            | Self::ClientError(failure)
            | Self::ServiceUnavailable(failure)
            | Self::ServerError(failure)
            | Self::UnexpectedStatus(failure) => Some(failure),
            Self::Invalid(_)
            | Self::Decode(_)
            | Self::TooLarge { .. }
            | Self::Timeout(_)
            | Self::Connect(_)
            | Self::Transport(_)
            | Self::NoTurn { .. }
            | Self::MissingCredentials { .. }
            | Self::Token { .. }
            | Self::PageLimit { .. }
            | Self::Blocking(_) => None,
        }
    }

    /// The headers of the answer, where there is one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Decode(undecoded) => Some(undecoded.headers()),
            _ => self.failure().map(Failure::headers),
        }
    }

    /// What the server says about its rate limit, where it says anything.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        match self {
            Self::Decode(undecoded) => undecoded.rate_limit(),
            _ => self.failure()?.rate_limit(),
        }
    }

    /// When the server asks to come back, or the token endpoint, where it does: see [`Failure::retry_at`].
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        match self {
            Self::Token { error, .. } => error.retry_at(),
            _ => self.failure()?.retry_at(),
        }
    }

    /// Whether the same request may succeed at another time: after 408, 429 and 5xx, and where the exchange was not completed, or
    /// not begun in time.
    ///
    /// It does not say that repeating the request is safe: after a 5xx, a timeout or a broken connection the server may have
    /// acted on it.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Timeout(_) | Self::Connect(_) | Self::Transport(_) | Self::NoTurn { .. } => true,
            Self::Token { error, .. } => match &**error {
                TokenError::Timeout | TokenError::Transport(_) => true,
                other => other.status().is_some_and(is_passing),
            },
            _ => self.failure().map(Failure::status).is_some_and(is_passing),
        }
    }

    /// The name of the variant.
    fn name(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "Invalid",
            Self::BadRequest(_) => "BadRequest",
            Self::Unauthorized(_) => "Unauthorized",
            Self::Forbidden(_) => "Forbidden",
            Self::NotFound(_) => "NotFound",
            Self::Conflict(_) => "Conflict",
            Self::UnprocessableEntity(_) => "UnprocessableEntity",
            Self::RateLimited { .. } => "RateLimited",
            Self::ClientError(_) => "ClientError",
            Self::ServiceUnavailable(_) => "ServiceUnavailable",
            Self::ServerError(_) => "ServerError",
            Self::UnexpectedStatus(_) => "UnexpectedStatus",
            Self::Decode(_) => "Decode",
            Self::TooLarge { .. } => "TooLarge",
            Self::Timeout(_) => "Timeout",
            Self::Connect(_) => "Connect",
            Self::Transport(_) => "Transport",
            Self::NoTurn { .. } => "NoTurn",
            Self::MissingCredentials { .. } => "MissingCredentials",
            Self::Token { .. } => "Token",
            Self::PageLimit { .. } => "PageLimit",
            Self::Blocking(_) => "Blocking",
        }
    }
}

/// Whether a status tells of a state of the server that passes.
fn is_passing(status: StatusCode) -> bool {
    is_untouched(status) || status.is_server_error()
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => write!(f, "the request is invalid\n{violations}"),
            Self::Decode(undecoded) => undecoded.fmt(f),
            Self::TooLarge { route, status, limit } => {
                write!(f, "{route}: {status}, with a body of more than {limit} bytes")
            }
            Self::Timeout(error) => write!(f, "{}: timed out", error.route),
            Self::Connect(error) => write!(f, "{}: no connection to the server", error.route),
            Self::Transport(error) => write!(f, "{}: the exchange failed", error.route),
            Self::NoTurn { route } => write!(f, "{route}: its turn did not come in time, and it has not been sent"),
            Self::MissingCredentials { route } => {
                write!(f, "{route}: the client has none of the credentials that this operation demands")
            }
            Self::Token { route, error } => write!(f, "{route}: no token: {error}"),
            Self::PageLimit { route, limit, total } => {
                write!(f, "{route}: pages reach no further than {limit} items, and there ")?;
                match total {
                    Some(total) => write!(f, "are {total}")?,
                    None => f.write_str("may be more")?,
                }
                f.write_str("; ask for fewer, by a filter")
            }
            Self::Blocking(_) => f.write_str("no thread to wait for the answer on"),
            _ => self.failure().map_or(Ok(()), |failure| failure.fmt(f)),
        }
    }
}

/// The variant with what [`fmt::Display`] shows.
impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple(self.name()).field(&format_args!("{self}")).finish()
    }
}

impl<E> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Timeout(error) | Self::Connect(error) | Self::Transport(error) => {
                error.cause.as_ref().map(|cause| cause as &(dyn std::error::Error + 'static))
            }
            Self::Blocking(cause) => Some(cause),
            Self::Token { error, .. } => Some(&**error),
            _ => None,
        }
    }
}

impl<E> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.route(), self.status())
    }
}

impl<E> fmt::Debug for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Failure").field(&self.answer).finish()
    }
}

impl fmt::Display for Undecoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (route, status) = (self.route(), self.status());
        write!(f, "{route}: {status}, but the body does not fit: {}", self.error)
    }
}

impl fmt::Debug for Undecoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Undecoded").field("answer", &self.answer).field("error", &self.error).finish()
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("route", &format_args!("{}", self.route))
            .field("cause", &self.cause)
            .finish()
    }
}
