//! The HTTP client that requests go through: one of the runtime's, as the caller has set it up, or one of the caller's.

use std::fmt;
use std::time::Duration;

use super::build_error::BuildError;
use super::proxy::Proxies;
use super::tls;

/// Sets up an HTTP client further.
type Adjust = Box<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// What the caller has decided. `Debug` shows nothing of it: headers and proxies may hold secrets.
#[derive(Default)]
pub(super) struct Http {
    /// A client that is used as it is.
    pub(super) own: Option<reqwest::Client>,
    pub(super) adjust: Option<Adjust>,
    pub(super) proxies: Proxies,
}

impl Http {
    /// The client for servers on this machine, or for others.
    ///
    /// # Errors
    /// What reqwest or TLS report.
    pub(super) fn client(&self, connect_timeout: Duration, is_loopback: bool) -> Result<reqwest::Client, BuildError> {
        if let Some(own) = &self.own {
            return Ok(own.clone());
        }
        let tls = tls::config().map_err(|error| BuildError::Http(error.into()))?;
        let builder = reqwest::Client::builder().tls_backend_preconfigured(tls).connect_timeout(connect_timeout);
        let builder = match &self.adjust {
            Some(adjust) => adjust(builder),
            None => builder,
        };
        // A token must not follow the server's word to another host, and no answer of an API is a redirect.
        let builder = builder.redirect(reqwest::redirect::Policy::none());
        self.proxies.apply(builder, is_loopback).build().map_err(|error| BuildError::Http(error.into()))
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("proxies", &self.proxies).finish_non_exhaustive()
    }
}
