//! What can be wrong with the settings of a client.

use std::fmt;

use reqwest::header::HeaderName;

/// Why a client can't be built. Nothing in it shows a value.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// Neither a server nor a base URL is known.
    MissingServer,
    /// A variable of the server's URL has no value, and no default that is one.
    MissingVariable {
        /// Its name.
        name: &'static str,
    },
    /// A variable of the server's URL holds a character that it can't.
    InvalidVariable {
        /// Its name.
        name: &'static str,
    },
    /// The server's URL has no such variable.
    UnknownVariable {
        /// The name that was given.
        name: String,
    },
    /// A variable of the server's URL has a value that the document does not list.
    ForbiddenVariable {
        /// Its name.
        name: &'static str,
        /// The values that it may have.
        allowed: &'static [&'static str],
    },
    /// The base URL is none.
    InvalidUrl {
        /// Why.
        reason: &'static str,
    },
    /// The base URL is `http`, and not of this machine.
    InsecureUrl,
    /// The URL of the token endpoint is none.
    InvalidTokenUrl {
        /// Why.
        reason: &'static str,
    },
    /// The URL of the token endpoint is `http`, and not of this machine.
    InsecureTokenUrl,
    /// What the token endpoint is asked with holds a variable of the server that has no value.
    MissingTokenVariable {
        /// Its name.
        name: &'static str,
    },
    /// The document names no token endpoint of the scheme.
    MissingFlow {
        /// The name of the scheme.
        scheme: &'static str,
    },
    /// The API asks for a token, and there is none.
    MissingToken,
    /// The token is empty or holds characters that no `Authorization` header can.
    InvalidToken,
    /// The name of a default header is none.
    InvalidHeaderName,
    /// The value of a default header holds characters that none can.
    InvalidHeaderValue {
        /// The name.
        name: HeaderName,
    },
    /// A default header is one that every exchange sets for itself, such as `content-length`.
    ReservedHeader {
        /// The name.
        name: HeaderName,
    },
    /// The rate of requests is no positive number of a usual size, or not even one may be sent.
    InvalidPace,
    /// The HTTP client can't be set up.
    Http(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingServer => f.write_str("no server: set a base URL"),
            Self::MissingVariable { name } => {
                write!(f, "the server's variable `{name}` has no value: set it, or a base URL")
            }
            Self::InvalidVariable { name } => {
                write!(f, "the server's variable `{name}` may only hold ASCII letters, digits and the characters -._~:")
            }
            Self::UnknownVariable { name } => {
                write!(f, "the server's URL has no variable `{}`", name.escape_debug())
            }
            Self::ForbiddenVariable { name, allowed } => {
                write!(f, "the server's variable `{name}` must be one of {}", allowed.join(", "))
            }
            Self::InvalidUrl { reason } => write!(f, "the base URL can't be used: {reason}"),
            Self::InsecureUrl => f.write_str(
                "the base URL is http, which would send the token unencrypted: use https, or allow insecure http",
            ),
            Self::InvalidTokenUrl { reason } => {
                write!(f, "the URL of the token endpoint can't be used: {reason}")
            }
            Self::InsecureTokenUrl => f.write_str(
                "the URL of the token endpoint is http, which would send the secret unencrypted: use https, or allow \
                 insecure http",
            ),
            Self::MissingTokenVariable { name } => write!(
                f,
                "the token request holds the server's variable `{name}`, which has no value: set it, or the URL or field of \
                 the request"
            ),
            Self::MissingFlow { scheme } => {
                write!(f, "the security scheme `{scheme}` has no token endpoint for client credentials")
            }
            Self::MissingToken => f.write_str("no token: set one, or say that requests are anonymous"),
            Self::InvalidToken => f.write_str(
                "the token is empty or holds white space, control characters or characters beyond ASCII, which no \
                 Authorization header can hold",
            ),
            Self::InvalidHeaderName => f.write_str("the name of a default header is none"),
            Self::InvalidHeaderValue { name } => {
                write!(f, "the value of the default header `{name}` may only hold visible ASCII")
            }
            Self::ReservedHeader { name } => write!(f, "the header `{name}` is set by the client itself"),
            Self::InvalidPace => {
                f.write_str("the pace needs a positive number of requests a second, and a burst of at least 1")
            }
            Self::Http(_) => f.write_str("the HTTP client can't be set up"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(&**error),
            _ => None,
        }
    }
}
