//! What a client proves its identity with.

use std::fmt;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};

/// A text that never shows.
pub(super) struct Secret(String);

impl Secret {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Where the `Authorization` of a request comes from.
pub(super) enum Credentials {
    /// Nowhere: the caller wants it so, or the document asks for none.
    Anonymous,
    /// A bearer token that does not change (RFC 6750 §2.1).
    Bearer(HeaderValue),
}

impl Credentials {
    /// `None` where the token can't stand in the header. More than header syntax is asked for: white space in a token is a
    /// line break read from a file, or a `Bearer` too many.
    pub(super) fn bearer(token: &Secret) -> Option<Self> {
        let token = token.reveal();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let mut value = HeaderValue::try_from(format!("Bearer {token}")).ok()?;
        value.set_sensitive(true);
        Some(Self::Bearer(value))
    }

    /// Adds the credentials to the headers of a request.
    pub(super) fn authorize(&self, headers: &mut HeaderMap) {
        match self {
            Self::Anonymous => {}
            Self::Bearer(value) => {
                headers.insert(AUTHORIZATION, value.clone());
            }
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Anonymous => "Anonymous",
            Self::Bearer(_) => "Bearer([redacted])",
        })
    }
}
