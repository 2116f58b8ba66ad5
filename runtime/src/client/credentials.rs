//! What a client proves its identity with (OpenAPI 3.1 §4.8.27), and which of it a request carries.

use std::collections::BTreeMap;
use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};

use super::target;

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

/// Where the identity of requests comes from.
pub(super) struct Credentials {
    /// Whether the caller wants requests without.
    pub(super) anonymous: bool,
    /// What any scheme of bearer tokens takes that has nothing of its own.
    pub(super) token: Option<HeaderValue>,
    /// What single schemes take.
    pub(super) own: BTreeMap<String, Secret>,
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
}

/// Whether a credential can stand in a header. More than header syntax is asked for: white space in a token is a line break read
/// from a file, or a `Bearer` too many.
pub(super) fn bearer(token: &Secret) -> Option<HeaderValue> {
    let token = token.reveal();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    sensitive(format!("Bearer {token}"))
}

fn sensitive(text: String) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

impl Credentials {
    /// Whether there is anything to prove an identity with.
    pub(super) fn is_empty(&self) -> bool {
        self.token.is_none() && self.own.is_empty()
    }

    /// A scheme by its name.
    fn scheme(&self, name: &str) -> Scheme {
        self.schemes.iter().find(|(scheme, _)| *scheme == name).map_or(Scheme::Bearer, |(_, scheme)| *scheme)
    }

    /// What a request has to carry: of the first list whose schemes all have what they need. `None` where there is none.
    pub(super) fn proof(&self, requirement: Option<Requirement>) -> Option<Proof> {
        let mut proof = Proof::default();
        if self.anonymous {
            return Some(proof);
        }
        let Some(requirement) = requirement.or(self.usual) else {
            // Whether a token is needed is checked when the client is built.
            proof.headers.extend(self.token.clone().map(|token| (AUTHORIZATION, token)));
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
                let value = own.map_or_else(|| self.token.clone(), bearer);
                header("authorization", value, proof)
            }
            Scheme::Basic => {
                header("authorization", sensitive(format!("Basic {}", BASE64_STANDARD.encode(own?.reveal()))), proof)
            }
            Scheme::Http(scheme) => header("authorization", sensitive(format!("{scheme} {}", own?.reveal())), proof),
            Scheme::Header(key) => header(key, sensitive(own?.reveal().to_owned()), proof),
            Scheme::Query(key) => {
                let value = target::encode(own?.reveal()).into_owned();
                proof.query.push((target::encode(key).into_owned(), value));
                Some(())
            }
            Scheme::Cookie(key) => {
                let pair = format!("{key}={}", target::encode(own?.reveal()));
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
