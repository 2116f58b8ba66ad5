//! What a client proves its identity with (OpenAPI 3.1 §4.8.27), and which of it a request carries.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine};
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::target;
use super::token::TokenError;
use super::tokens::Tokens;

/// How an identity is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// A token (RFC 6750 §2.1).
    Bearer,
    /// A user name and a password (RFC 7617).
    Basic,
    /// Another scheme of `Authorization`, by its name.
    Http(&'static str),
    /// A key in a header.
    Header(&'static str),
    /// A key in the query.
    Query(&'static str),
    /// A key in a cookie.
    Cookie(&'static str),
    /// The connection itself: a request has nothing to add.
    Connection,
}

/// Which schemes a request has to meet: all of one of these lists.
pub type Requirement = &'static [&'static [&'static str]];

/// A bearer token that is known, as its header, or one that is fetched.
pub(super) enum Bearer {
    Fixed(HeaderValue),
    Fetched(Tokens),
}

/// What a scheme takes: a text that is known, or a token that is fetched.
pub(super) enum Key {
    Fixed(SecretString),
    Fetched(Tokens),
}

impl Key {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Fixed(secret) => Some(secret.expose_secret()),
            Self::Fetched(_) => None,
        }
    }

    fn bearer(&self) -> Option<Bearer> {
        match self {
            Self::Fixed(secret) => bearer(secret).map(Bearer::Fixed),
            Self::Fetched(tokens) => Some(Bearer::Fetched(tokens.clone())),
        }
    }
}

/// Where the identity of requests comes from.
pub(super) struct Credentials {
    /// Whether the caller wants requests without.
    pub(super) anonymous: bool,
    /// What any scheme of bearer tokens takes that has nothing of its own.
    pub(super) token: Option<Bearer>,
    /// What single schemes take.
    pub(super) own: BTreeMap<String, Key>,
    /// The schemes of the document.
    pub(super) schemes: &'static [(&'static str, Scheme)],
    /// What requests have to meet that do not say it themselves; nothing where the token is all there is.
    pub(super) usual: Option<Requirement>,
}

/// What a request has to carry, and in which pair of its query.
#[derive(Default)]
pub(super) struct Proof {
    pub(super) headers: HeaderMap,
    pub(super) query: Vec<(String, String)>,
    /// Where the token comes from, if it is one that is fetched.
    pub(super) tokens: Option<Tokens>,
}

/// Whether a credential can stand in a header. More than header syntax is asked for: white space in a token is a line break read
/// from a file, or a `Bearer` too many.
pub(super) fn bearer(token: &SecretString) -> Option<HeaderValue> {
    let token = token.expose_secret();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    sensitive(format!("Bearer {token}"))
}

pub(super) fn sensitive(text: String) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

impl Proof {
    fn carry(&mut self, token: &Bearer) {
        match token {
            Bearer::Fixed(header) => drop(self.headers.insert(AUTHORIZATION, header.clone())),
            Bearer::Fetched(tokens) => self.tokens = Some(tokens.clone()),
        }
    }
}

impl Credentials {
    /// Whether there is anything to prove an identity with.
    pub(super) fn is_empty(&self) -> bool {
        self.token.is_none() && self.own.is_empty()
    }

    /// Whether some tokens are fetched.
    pub(super) fn are_fetched(&self) -> bool {
        let own = self.own.values().any(|key| matches!(key, Key::Fetched(_)));
        own || matches!(self.token, Some(Bearer::Fetched(_)))
    }

    /// A scheme by its name.
    fn scheme(&self, name: &str) -> Scheme {
        self.schemes.iter().find(|(scheme, _)| *scheme == name).map_or(Scheme::Bearer, |(_, scheme)| *scheme)
    }

    /// What a request has to carry, its token fetched if need be; `None` where the client has nothing that would do.
    pub(super) async fn proof(&self, requirement: Option<Requirement>) -> Result<Option<Proof>, Arc<TokenError>> {
        let Some(mut proof) = self.chosen(requirement) else { return Ok(None) };
        if let Some(tokens) = &proof.tokens {
            proof.headers.insert(AUTHORIZATION, tokens.header().await?);
        }
        Ok(Some(proof))
    }

    /// Of the first list whose schemes all have what they need.
    fn chosen(&self, requirement: Option<Requirement>) -> Option<Proof> {
        let mut proof = Proof::default();
        if self.anonymous {
            return Some(proof);
        }
        let Some(requirement) = requirement.or(self.usual) else {
            // Whether a token is needed is checked when the client is built.
            if let Some(token) = &self.token {
                proof.carry(token);
            }
            return Some(proof);
        };
        let met = requirement.iter().filter(|schemes| !schemes.is_empty()).find_map(|schemes| self.all(schemes));
        // An empty list is the way of those who have nothing to show.
        met.or_else(|| {
            let optional = requirement.is_empty() || requirement.iter().any(|schemes| schemes.is_empty());
            optional.then(Proof::default)
        })
    }

    fn all(&self, schemes: &[&str]) -> Option<Proof> {
        let mut proof = Proof::default();
        for name in schemes {
            self.add(name, &mut proof)?;
        }
        Some(proof)
    }

    fn add(&self, name: &str, proof: &mut Proof) -> Option<()> {
        let scheme = self.scheme(name);
        let own = self.own.get(name);
        let header = |name: &str, value: Option<HeaderValue>, proof: &mut Proof| {
            proof.headers.insert(name.parse::<HeaderName>().ok()?, value?);
            Some(())
        };
        match scheme {
            Scheme::Connection => Some(()),
            Scheme::Bearer => {
                match own {
                    Some(own) => proof.carry(&own.bearer()?),
                    None => proof.carry(self.token.as_ref()?),
                }
                Some(())
            }
            Scheme::Basic => {
                header("authorization", sensitive(format!("Basic {}", BASE64_STANDARD.encode(own?.text()?))), proof)
            }
            Scheme::Http(scheme) => header("authorization", sensitive(format!("{scheme} {}", own?.text()?)), proof),
            Scheme::Header(key) => header(key, sensitive(own?.text()?.to_owned()), proof),
            Scheme::Query(key) => {
                let value = target::encode(own?.text()?).into_owned();
                proof.query.push((target::encode(key).into_owned(), value));
                Some(())
            }
            Scheme::Cookie(key) => {
                let pair = format!("{key}={}", target::encode(own?.text()?));
                let before = proof.headers.get(COOKIE).and_then(|value| value.to_str().ok());
                let cookies = before.map_or_else(|| pair.clone(), |before| format!("{before}; {pair}"));
                header("cookie", sensitive(cookies), proof)
            }
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() || self.anonymous {
            return f.write_str("Anonymous");
        }
        let bearer = self.token.iter().map(|_| "Bearer");
        let names: Vec<&str> = bearer.chain(self.own.keys().map(String::as_str)).collect();
        write!(f, "{}([redacted])", names.join(", "))
    }
}
