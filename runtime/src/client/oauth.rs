//! Tokens for a program of its own: the client credentials grant of OAuth 2.0 (RFC 6749 §4.4).

use std::time::{Duration, SystemTime};

use base64::prelude::{BASE64_STANDARD, Engine};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use reqwest::{Method, Request, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::credentials::sensitive;
use super::exchange::body_within;
use super::target::encode;
use super::token::{Token, TokenError};
use super::wait::{ComeBack, RateLimitHeaders};

/// How many bytes the answer of a token endpoint may have: 1 MiB.
const MAX_ANSWER: usize = 1 << 20;
/// How many characters the code of an error may have.
const MAX_CODE: usize = 64;

/// A token endpoint, and what a token is asked for with.
pub(super) struct Grant {
    pub(super) http: reqwest::Client,
    pub(super) url: Url,
    pub(super) id: String,
    pub(super) secret: SecretString,
    /// What else the form has: `scope`, `audience`.
    pub(super) fields: Vec<(String, SecretString)>,
    /// Whether the credentials go in `Authorization` and not in the form (RFC 6749 §2.3.1).
    pub(super) basic: bool,
    pub(super) user_agent: String,
    /// For the whole exchange.
    pub(super) timeout: Duration,
}

impl Grant {
    /// Asks for a token.
    pub(super) async fn fetch(&self) -> Result<Token, TokenError> {
        let response = self.http.execute(self.request()?).await.map_err(TokenError::transport)?;
        if *response.url() != self.url {
            // An HTTP client of the caller's may follow redirects.
            return Err(TokenError::Unusable { reason: "the token endpoint redirects" });
        }
        let status = response.status();
        let back = ComeBack::new(status, response.headers(), RateLimitHeaders::default(), SystemTime::now());
        let body = body_within(MAX_ANSWER, response).await.map_err(TokenError::transport)?;
        let reason = "the answer of the token endpoint is larger than 1 MiB";
        self.read(status, back.at, &body.ok_or(TokenError::Unusable { reason })?)
    }

    fn request(&self) -> Result<Request, TokenError> {
        let unusable = TokenError::Unusable { reason: "the token request can't be written" };
        let mut request = Request::new(Method::POST, self.url.clone());
        *request.timeout_mut() = Some(self.timeout);
        let secret = self.secret.expose_secret();
        let mut pairs = vec![("grant_type", "client_credentials")];
        let headers = request.headers_mut();
        if self.basic {
            // Both are encoded as in a form before they are joined.
            let pair = format!("{}:{}", encode(&self.id), encode(secret));
            let value = sensitive(format!("Basic {}", BASE64_STANDARD.encode(pair))).ok_or(unusable)?;
            headers.insert(AUTHORIZATION, value);
        } else {
            pairs.extend([("client_id", self.id.as_str()), ("client_secret", secret)]);
        }
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.extend(HeaderValue::try_from(self.user_agent.as_str()).ok().map(|agent| (USER_AGENT, agent)));
        // No field may stand twice (RFC 6749 §3.2): what the caller sets goes before.
        pairs.retain(|(name, _)| !self.fields.iter().any(|field| field.0 == *name));
        pairs.extend(self.fields.iter().map(|(name, value)| (name.as_str(), value.expose_secret())));
        let pairs = pairs.into_iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        *request.body_mut() = Some(pairs.collect::<Vec<_>>().join("&").into());
        Ok(request)
    }

    /// Reads the answer (RFC 6749 §5) as what it can be taken for: some endpoints write the lifetime as a text, leave the type of
    /// the token out, or refuse with 200.
    fn read(&self, status: StatusCode, retry_at: Option<SystemTime>, body: &[u8]) -> Result<Token, TokenError> {
        let answer = serde_json::from_slice::<Value>(body).unwrap_or_default();
        let text = |key: &str| answer.get(key).and_then(Value::as_str);
        let code = text("error").filter(|code| self.is_plain(code)).map(str::to_owned);
        let Some(secret) = text("access_token").filter(|_| status.is_success()) else {
            return Err(if status.is_success() && code.is_none() {
                TokenError::Unusable { reason: "the answer of the token endpoint has no `access_token`" }
            } else {
                TokenError::Refused { status, code, retry_at }
            });
        };
        if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            // RFC 6749 §7.1: such a token must not be used.
            return Err(TokenError::Unusable { reason: "its `token_type` is not `Bearer`" });
        }
        let seconds =
            answer.get("expires_in").and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
        let expires_in = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).ok());
        Ok(Token { secret: secret.into(), expires_in })
    }

    /// Whether a code can be shown: it looks like one, and does not repeat what nobody may see.
    fn is_plain(&self, code: &str) -> bool {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        let secret = self.secret.expose_secret();
        (1..=MAX_CODE).contains(&code.len()) && code.bytes().all(plain) && (secret.is_empty() || !code.contains(secret))
    }
}
