//! Where the server is: the document's template with its variables, or a URL of the caller's.

use std::collections::BTreeMap;
use std::net::IpAddr;

use reqwest::Url;

use super::build_error::BuildError;
use super::target;

/// A variable of a server URL (OpenAPI 3.1 §4.8.6): its name, and its default where that is of use.
pub type Variable = (&'static str, Option<&'static str>);

/// The server that the document names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Server {
    pub(super) template: &'static str,
    pub(super) variables: &'static [Variable],
}

impl Server {
    /// The URL with the caller's values, and defaults for the others.
    pub(super) fn url(&self, values: &BTreeMap<String, String>) -> Result<String, BuildError> {
        for &(name, default) in self.variables {
            let given = values.get(name).map(String::as_str);
            match given.or(default) {
                Some(value) if is_plain(value) => {}
                // A default such as `{tenant}.example.com` only shows what to write.
                _ if given.is_none() => return Err(BuildError::MissingVariable { name }),
                _ => return Err(BuildError::InvalidVariable { name }),
            }
        }
        Ok(target::fill(self.template, |name| {
            let default = || self.variables.iter().find(|variable| variable.0 == name)?.1;
            values.get(name).map(String::as_str).or_else(default)
        }))
    }

    /// Whether a variable is one of the URL's.
    pub(super) fn has(&self, name: &str) -> bool {
        self.variables.iter().any(|variable| variable.0 == name)
    }
}

/// Whether a value can only ever be (a part of) a host, a port or a path segment: nothing in it ends one of these.
pub(super) fn is_plain(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte);
    value.bytes().all(plain) && value.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

/// The URL that every path is appended to; it does not end in a slash.
#[derive(Debug)]
pub(super) struct BaseUrl {
    text: String,
    /// As it was given, perhaps with a slash at its end.
    url: Url,
    loopback: bool,
}

impl BaseUrl {
    /// Checks a URL: https, or http to this very machine, or http because the caller says so.
    pub(super) fn parse(text: &str, allow_insecure_http: bool) -> Result<Self, BuildError> {
        let invalid = |reason| BuildError::InvalidUrl { reason };
        let url = Url::parse(text).map_err(|_| invalid("it is no absolute URL"))?;
        check(&url, invalid)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(invalid("it holds a query or a fragment"));
        }
        let loopback = is_loopback(&url);
        if url.scheme() == "http" && !loopback && !allow_insecure_http {
            return Err(BuildError::InsecureUrl);
        }
        Ok(Self { text: url.as_str().trim_end_matches('/').to_owned(), url, loopback })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether requests stay on this machine.
    pub(super) fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// What a reference in the document leads to (RFC 3986 §5).
    pub(super) fn resolve(&self, reference: &str) -> Option<Url> {
        self.url.join(reference).ok()
    }

    /// The URL of a path that begins with a slash, with an encoded query. `None` where it would not go on the wire exactly as
    /// it is written.
    pub(super) fn join(&self, path: &str, query: &str) -> Option<Url> {
        let mut text = format!("{}{path}", self.text);
        if !query.is_empty() {
            text.extend(["?", query]);
        }
        let url = Url::parse(&text).ok()?;
        (url.as_str() == text).then_some(url)
    }
}

/// Checks what a request can go to.
pub(super) fn check(url: &Url, invalid: impl Fn(&'static str) -> BuildError) -> Result<(), BuildError> {
    if !matches!(url.scheme(), "https" | "http") {
        return Err(invalid("its scheme is neither https nor http"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("it holds a user name or a password"));
    }
    Ok(())
}

/// Whether a URL is of this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    let is_own = |host: &str| {
        let address = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    };
    url.host_str().is_some_and(is_own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(url: &str) -> Result<BaseUrl, BuildError> {
        BaseUrl::parse(url, false)
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        for url in ["http://127.0.0.1:80", "http://127.9.9.9", "http://[::1]:9/a", "http://localhost:1/"] {
            assert!(base(url).is_ok_and(|base| base.is_loopback()), "{url}");
        }
        for url in
            ["http://example.com", "http://localhost.example.com", "http://127.0.0.1.example.com", "http://[::2]"]
        {
            assert!(matches!(base(url), Err(BuildError::InsecureUrl)), "{url}");
            assert!(BaseUrl::parse(url, true).is_ok(), "{url}");
        }
    }

    #[test]
    fn a_base_url_holds_nothing_but_scheme_host_and_path() {
        for (url, reason) in [
            ("example.com/api", "it is no absolute URL"),
            ("ftp://example.com", "its scheme is neither https nor http"),
            ("https://u:p@example.com", "it holds a user name or a password"),
            ("https://example.com/?a", "it holds a query or a fragment"),
            ("https://example.com/#a", "it holds a query or a fragment"),
        ] {
            match base(url) {
                Err(BuildError::InvalidUrl { reason: given }) => assert_eq!(given, reason),
                other => panic!("{url}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_joined_url_goes_on_the_wire_as_it_is_written() {
        let base = base("https://example.com/api/").unwrap();
        let joined = |path| base.join(path, "").map(String::from);
        assert_eq!(joined("/a%7Cb").as_deref(), Some("https://example.com/api/a%7Cb"));
        for path in ["/a/../b", "/a/%2e%2E", "/a/.", "/a b", "/a\\b", "/é", "/a\nb"] {
            assert_eq!(joined(path), None, "{path}");
        }
    }

    #[test]
    fn variables_are_filled_in_and_checked() {
        let server = Server {
            template: "https://{domain}/{version}",
            variables: &[("domain", Some("{tenant}.example.com")), ("version", Some("v2"))],
        };
        let url = |pairs: &[(&str, &str)]| {
            let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            server.url(&pairs.iter().map(own).collect())
        };
        assert_eq!(url(&[("domain", "a.example")]).unwrap(), "https://a.example/v2");
        assert_eq!(url(&[("domain", "a.example"), ("version", "v3")]).unwrap(), "https://a.example/v3");
        assert!(matches!(url(&[]), Err(BuildError::MissingVariable { name: "domain" })));
        for value in ["", ".", "a/b", "a?b", "a#b", "u@a", "a b", "{a}", "é", "a\n", "a\\b", "%2f"] {
            assert!(
                matches!(url(&[("domain", value)]), Err(BuildError::InvalidVariable { name: "domain" })),
                "{value}"
            );
        }
    }
}
