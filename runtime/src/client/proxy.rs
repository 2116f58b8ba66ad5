//! The proxies of a client, and when they are left alone.

use std::fmt;

/// What a client reaches its server by.
#[derive(Default)]
pub(super) struct Proxies {
    /// Those of the caller, in the order in which they are asked; those of the environment where there are none.
    pub(super) own: Vec<reqwest::Proxy>,
    /// Whether requests to this machine go to a proxy too.
    pub(super) for_loopback: bool,
}

impl Proxies {
    pub(super) fn apply(&self, builder: reqwest::ClientBuilder, is_loopback: bool) -> reqwest::ClientBuilder {
        if is_loopback && !self.for_loopback {
            // What may be unencrypted because it stays on this machine must not go to a proxy.
            return builder.no_proxy();
        }
        self.own.iter().cloned().fold(builder, reqwest::ClientBuilder::proxy)
    }
}

/// How many there are: their URLs may hold passwords.
impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxies").field("own", &self.own.len()).field("for_loopback", &self.for_loopback).finish()
    }
}
