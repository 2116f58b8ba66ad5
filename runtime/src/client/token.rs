//! A token that is fetched, and why there may be none.

use std::fmt;
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use secrecy::SecretString;

/// Any error, such as a token source of the caller's has.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What a token source gives: a bearer token (RFC 6750), and how long it is good for.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token, without the word `Bearer`.
    pub secret: SecretString,
    /// How long the token is good for, from the moment when it was asked for. Without it, until the server answers 401.
    pub expires_in: Option<Duration>,
}

impl Token {
    /// A token that is good until the server answers 401.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self { secret: secret.into(), expires_in: None }
    }

    /// Says how long the token is good for.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.expires_in = Some(lifetime);
        self
    }
}

/// Why there is no token to send a request with. The request has not been sent.
///
/// Neither `Debug` nor `Display` shows a token, a secret, or what else the token endpoint says.
#[non_exhaustive]
pub enum TokenError {
    /// The token endpoint refused.
    Refused {
        /// The status of its answer.
        status: StatusCode,
        /// The code of the error (RFC 6749 §5.2), such as `invalid_client`; none where the answer has no plain one.
        code: Option<String>,
        /// When to ask again, by this machine's clock, where the endpoint says so (`Retry-After`).
        retry_at: Option<SystemTime>,
    },
    /// What came is no token that a request can carry.
    Unusable {
        /// Why.
        reason: &'static str,
    },
    /// The token did not come before the request's time was up.
    Timeout,
    /// There is no connection to the token endpoint, or it failed during the exchange.
    Transport(reqwest::Error),
    /// The token source of the caller's failed; the error is the source of this one.
    Source(BoxError),
}

impl TokenError {
    /// The status of the token endpoint's answer, where it refused.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The code of the token endpoint's error (RFC 6749 §5.2), such as `invalid_client`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// When the token endpoint asks to come back, where it refused and says so.
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        match self {
            Self::Refused { retry_at, .. } => *retry_at,
            _ => None,
        }
    }

    /// An exchange with the token endpoint that was not completed; the URL is not told.
    pub(super) fn transport(error: reqwest::Error) -> Self {
        // An attempt to connect that takes too long is both.
        if error.is_timeout() && !error.is_connect() { Self::Timeout } else { Self::Transport(error.without_url()) }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status, code: Some(code), .. } => {
                write!(f, "the token endpoint answers {status}, with the code `{code}`")
            }
            Self::Refused { status, code: None, .. } => write!(f, "the token endpoint answers {status}"),
            Self::Unusable { reason } => write!(f, "what came is no token: {reason}"),
            Self::Timeout => f.write_str("no token came in time"),
            Self::Transport(_) => f.write_str("the exchange with the token endpoint failed"),
            Self::Source(_) => f.write_str("the token source failed"),
        }
    }
}

/// The name of the variant, and what [`fmt::Display`] shows.
impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Refused { .. } => "Refused",
            Self::Unusable { .. } => "Unusable",
            Self::Timeout => "Timeout",
            Self::Transport(_) => "Transport",
            Self::Source(_) => "Source",
        };
        f.debug_tuple(name).field(&format_args!("{self}")).finish()
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::Source(error) => Some(&**error),
            Self::Refused { .. } | Self::Unusable { .. } | Self::Timeout => None,
        }
    }
}
