//! A small API in the shape that generated crates have.

use std::collections::BTreeMap;

use codegen_runtime::client::{self, Call, Method};
use codegen_runtime::reexport::serde::Serializer;
use codegen_runtime::reexport::serde_json::Value;
use codegen_runtime::{Checked, Encode, Path, Report, Validate};

use crate::server::Server;

pub(crate) const TOKEN: &str = "marker-token";

pub(crate) type User = BTreeMap<String, String>;
pub(crate) type ErrorBody = BTreeMap<String, Value>;
pub(crate) type Error = client::Error<ErrorBody>;

/// A body whose `name` has at most 5 characters.
pub(crate) struct Rename {
    pub(crate) name: String,
}

impl Encode for Rename {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("name", &self.name)])
    }
}

impl Validate for Rename {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        Checked::new(Some(&self.name), at.key("name"), report).max_length(5);
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Client(pub(crate) client::Client);

#[derive(Debug)]
#[must_use]
pub(crate) struct ClientBuilder(client::Builder);
codegen_runtime::client_builder!(ClientBuilder, Client);
codegen_runtime::token_endpoint_builder!(ClientBuilder);

impl ClientBuilder {
    pub(crate) fn domain(self, value: impl Into<String>) -> Self {
        Self(self.0.variable("domain", value))
    }
}

impl ClientBuilder {
    pub(crate) fn client_credentials(self, id: impl Into<String>, secret: impl Into<client::SecretString>) -> Self {
        Self(self.0.client_credentials("program", id, secret))
    }
}

impl Client {
    pub(crate) fn builder() -> ClientBuilder {
        let server = "https://{domain}/api/v2";
        ClientBuilder(
            client::Client::builder()
                .server(server, &[("domain", Some("{tenant}.example.com"))])
                .user_agent("users/1.0.0")
                .telemetry_header("x-client", "users", "1.0.0")
                .correlation_header("x-request")
                .correlation_max_length(64)
                .require_token()
                .flow("program", "/oauth/token", &[("audience", "https://{domain}/api/v2/")]),
        )
    }

    /// A client of a server on loopback.
    pub(crate) fn of(server: &Server) -> Self {
        let builder = Self::builder().base_url(server.url()).token(TOKEN);
        builder.build().unwrap()
    }

    pub(crate) fn update<'c>(&'c self, id: impl AsRef<str>, body: &'c Rename) -> Update<'c> {
        let call = self.0.call(Method::PATCH, "/users/{id}");
        Update(
            call.path("id", id.as_ref(), |at| {
                at.max_length(40);
            })
            .json(body),
        )
    }

    pub(crate) fn get(&self, id: impl AsRef<str>) -> Get<'_> {
        Get(self.0.call(Method::GET, "/users/{id}").path("id", id.as_ref(), |_| {}))
    }

    pub(crate) fn list(&self) -> List<'_> {
        List(self.0.call(Method::GET, "/users"))
    }

    /// The users, a JSON text a line.
    pub(crate) fn export(&self) -> Export<'_> {
        Export(self.0.call(Method::GET, "/users/export"))
    }

    pub(crate) fn delete(&self, id: impl AsRef<str>) -> Delete<'_> {
        Delete(self.0.call(Method::DELETE, "/users/{id}").path("id", id.as_ref(), |_| {}))
    }
}

#[must_use]
pub(crate) struct Update<'c>(Call<'c>);
codegen_runtime::request_builder!(Update, json User, ErrorBody);

impl Update<'_> {
    pub(crate) fn custom_domain(self, value: impl Into<String>) -> Self {
        Self(self.0.header("auth0-custom-domain", &value.into(), |at| {
            at.min_length(3).max_length(255);
        }))
    }
}

#[must_use]
pub(crate) struct Get<'c>(Call<'c>);
codegen_runtime::request_builder!(Get, json User, ErrorBody);

#[must_use]
pub(crate) struct List<'c>(Call<'c>);
codegen_runtime::request_builder!(List, json Vec<User>, ErrorBody);

impl List<'_> {
    pub(crate) fn per_page(self, value: i64) -> Self {
        Self(self.0.query("per_page", &value, |at| {
            at.minimum(0_i64).maximum(100_i64);
        }))
    }

    pub(crate) fn fields(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        Self(self.0.query("fields", &values, |at| {
            at.max_items(2);
        }))
    }
}

#[must_use]
pub(crate) struct Delete<'c>(Call<'c>);
codegen_runtime::request_builder!(Delete, empty, ErrorBody);

#[must_use]
pub(crate) struct Export<'c>(Call<'c>);
codegen_runtime::request_builder!(Export, lines User, ErrorBody);
