//! What is the same for every generated request builder and client builder.

/// Implements a request builder, `struct Update<'c>(Call<'c>)`: the settings that every request has, `send`, `IntoFuture`
/// and `Debug`.
///
/// `json Body, Error` reads the body of a good answer as a `Body`, `text, Error` as a text, `bytes, Error` as bytes, which may be
/// read piece by piece as well; `empty, Error` does not read it. `choice Body, Error` is a `Body` that is a
/// [`FromAnswer`](crate::client::FromAnswer). `events Item, Error` and `lines Item, Error` open a stream. `Error` is what the API's
/// error bodies are.
///
/// ```
/// use codegen_runtime::client::{Call, Client, Method};
/// use codegen_runtime::reexport::serde_json::Value;
///
/// /// Gets a user.
/// #[must_use]
/// pub struct Get<'c>(Call<'c>);
/// codegen_runtime::request_builder!(Get, json Value, Value);
///
/// pub fn get<'c>(client: &'c Client, id: impl AsRef<str>) -> Get<'c> {
///     Get(client.call(Method::GET, "/users/{id}").path("id", id.as_ref(), |at| {
///         at.max_length(24);
///     }))
/// }
/// ```
#[macro_export]
macro_rules! request_builder {
    ($type:ident, json $body:ty, $error:ty) => {
        $crate::request_builder!(@ $type, $body, $error, send_json);
    };
    ($type:ident, empty, $error:ty) => {
        $crate::request_builder!(@ $type, (), $error, send_empty);
    };
    ($type:ident, text, $error:ty) => {
        $crate::request_builder!(@ $type, ::std::string::String, $error, send_text);
    };
    ($type:ident, bytes, $error:ty) => {
        $crate::request_builder!(@ $type, $crate::client::Bytes, $error, send_bytes);
        $crate::stream_builder!($type, stream, $crate::client::Download<$error>, $error);
    };
    ($type:ident, choice $body:ty, $error:ty) => {
        $crate::request_builder!(@ $type, $body, $error, send_choice);
    };
    ($type:ident, events $item:ty, $error:ty) => {
        $crate::request_builder!(@ stream $type, $crate::client::Events<$item, $error>, $error);
    };
    ($type:ident, lines $item:ty, $error:ty) => {
        $crate::request_builder!(@ stream $type, $crate::client::Lines<$item, $error>, $error);
    };
    (@ stream $type:ident, $stream:ty, $error:ty) => {
        $crate::request_builder!(@@ $type,
            ::core::result::Result<$stream, $crate::client::Error<$error>>,
            $crate::client::Opening<$stream, $error>, open, $error);
    };
    (@ $type:ident, $body:ty, $error:ty, $send:ident) => {
        $crate::request_builder!(@@ $type,
            ::core::result::Result<$crate::client::Response<$body>, $crate::client::Error<$error>>,
            $crate::client::Pending<$body, $error>, $send, $error);
    };
    (@@ $type:ident, $output:ty, $pending:ty, $send:ident, $error:ty) => {
        impl<'c> $type<'c> {
            /// Adds a header, or replaces the client's own.
            #[inline]
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(::std::string::String::from(name), value, |_| {}))
            }

            /// Adds a parameter to the query that the document does not name, or replaces one that it does: a string, a number, a
            /// boolean, or a list of these, which is one pair an element.
            pub fn query_param(self, name: &str, value: impl ::core::convert::Into<$crate::Value>) -> Self {
                Self(self.0.query(::std::string::String::from(name), &value.into(), |_| {}))
            }

            /// Sets the id by which the server's logs tell this request from others.
            #[inline]
            pub fn correlation_id(self, id: &str) -> Self {
                Self(self.0.correlation_id(id))
            }

            /// How long this request may take in all, instead of what the client says.
            #[inline]
            pub fn timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }

            /// How long one attempt of this request may take, instead of what the client says.
            #[inline]
            pub fn attempt_timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.attempt_timeout(limit))
            }

            /// How often this request is sent again, instead of what the client says.
            #[inline]
            pub fn retries(self, count: u32) -> Self {
                Self(self.0.retries(count))
            }

            /// Says that it does no harm to do twice what the request asks for, whatever its method: it is then sent again even
            /// where the server may have acted on it.
            #[inline]
            pub fn idempotent(self, idempotent: bool) -> Self {
                Self(self.0.idempotent(idempotent))
            }

            /// Sends what the schemas do not allow. What can't be sent, or would go to another operation, is an error all the
            /// same.
            #[inline]
            pub fn skip_validation(self) -> Self {
                Self(self.0.skip_validation())
            }

            /// Sends what the schemas allow and the rules of the API's prose do not.
            #[inline]
            pub fn skip_rules(self) -> Self {
                Self(self.0.skip_rules())
            }

            /// Sends the request, as awaiting the builder does.
            #[inline]
            pub fn send(self) -> $pending {
                self.0.$send()
            }

            /// Sends the request; the answer is what came, status, headers and body, whatever the status. Nothing of it is read,
            /// so that only what kept it from coming is an error.
            #[inline]
            pub fn send_raw(self) -> $crate::client::PendingAnswer<$error> {
                self.0.send_raw()
            }
        }

        impl<'c> ::core::future::IntoFuture for $type<'c> {
            type Output = $output;
            type IntoFuture = $pending;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }

        impl ::core::fmt::Debug for $type<'_> {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_tuple(::core::stringify!($type)).field(&self.0).finish()
            }
        }
    };
}

/// Adds `stream`, or a method by another name, to a request builder: what opens the answer as a stream, besides `send`, and asks
/// for a media type of its own if need be.
#[macro_export]
macro_rules! stream_builder {
    ($type:ident, $method:ident, $stream:ty, $error:ty $(, $accept:literal)?) => {
        impl $type<'_> {
            /// Sends the request, and gives a good answer as a stream.
            #[inline]
            pub fn $method(self) -> $crate::client::Opening<$stream, $error> {
                self.0$(.accept($accept))?.open()
            }
        }
    };
}

/// Adds `pages` and `items` to a request builder: what walks an operation page by page, as a
/// [`Paging`](crate::client::Paging) says.
#[macro_export]
macro_rules! paged_builder {
    ($type:ident, $item:ty, $error:ty, $paging:expr) => {
        impl $type<'_> {
            /// Sends the request once a page, as the stream is read. Where pages begin, and how large they are, is what the
            /// builder says, else for the walk to decide.
            #[inline]
            pub fn pages(self) -> $crate::client::Pages<$item, $error> {
                const PAGING: $crate::client::Paging = $paging;
                self.0.pages(&PAGING)
            }

            /// The items of all pages, one by one; sends requests as `pages` does.
            #[inline]
            pub fn items(self) -> $crate::client::Items<$item, $error> {
                self.pages().items()
            }
        }
    };
}

/// Implements a client builder, `struct ClientBuilder(Builder)`, of a client, `struct Client(runtime::client::Client)`: every
/// setting that does not come from the document, and `build`.
///
/// ```
/// use codegen_runtime::client;
///
/// /// A client of the API.
/// #[derive(Clone, Debug)]
/// pub struct Client(client::Client);
///
/// /// A client to set up.
/// #[derive(Debug)]
/// #[must_use]
/// pub struct ClientBuilder(client::Builder);
/// codegen_runtime::client_builder!(ClientBuilder, Client);
///
/// impl Client {
///     pub fn builder() -> ClientBuilder {
///         ClientBuilder(
///             client::Client::builder()
///                 .server("https://{domain}/api/v2", &[("domain", None)])
///                 .require_token(),
///         )
///     }
/// }
///
/// impl ClientBuilder {
///     pub fn domain(self, value: impl Into<String>) -> Self {
///         Self(self.0.variable("domain", value))
///     }
/// }
///
/// # fn main() -> Result<(), client::BuildError> {
/// let client = Client::builder().domain("tenant.example.com").token("abc").build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! client_builder {
    ($builder:ident, $client:ident) => {
        impl $builder {
            /// The URL that paths are appended to, instead of the document's server.
            pub fn base_url(self, url: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(self.0.base_url(url))
            }

            /// Lets the token travel unencrypted. Without this, `http` reaches this machine alone.
            pub fn allow_insecure_http(self, allow: bool) -> Self {
                Self(self.0.allow_insecure_http(allow))
            }

            /// The bearer token of every request, without the word `Bearer`. Of this and other sources of tokens, the last that is
            /// set holds.
            pub fn token(self, token: impl ::core::convert::Into<$crate::client::SecretString>) -> Self {
                Self(self.0.token(token))
            }

            /// A function that fetches the bearer token of requests. It is called when there is no token or the last one is about to
            /// expire, once however many requests wait for it.
            pub fn token_source<F>(
                self,
                source: impl ::core::ops::Fn() -> F + ::core::marker::Send + ::core::marker::Sync + 'static,
            ) -> Self
            where
                F: ::core::future::Future<
                        Output = ::core::result::Result<$crate::client::Token, $crate::client::BoxError>,
                    > + ::core::marker::Send
                    + 'static,
            {
                Self(self.0.token_source(source))
            }

            /// How long before its end a fetched token is renewed, at most half of its lifetime: unless set, 60 seconds or a tenth
            /// of the lifetime, whichever is less.
            pub fn token_margin(self, margin: ::core::time::Duration) -> Self {
                Self(self.0.token_margin(margin))
            }

            /// Sends requests without a token.
            pub fn anonymous(self) -> Self {
                Self(self.0.anonymous())
            }

            /// How long a request may take in all, from its start to the last byte of its answer, with every retry and the waits
            /// between: 30 seconds unless set.
            pub fn timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }

            /// How long one attempt of a request may take, from connecting to the last byte of the answer; no less than in all,
            /// unless set.
            pub fn attempt_timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.attempt_timeout(limit))
            }

            /// How often requests are sent again, and how long the client waits in between: a number of retries, or more. Two
            /// retries unless set.
            pub fn retries(self, policy: impl ::core::convert::Into<$crate::client::RetryPolicy>) -> Self {
                Self(self.0.retries(policy))
            }

            /// Sends no more than `per_second` requests a second in the long run, and `burst` at once, of this client and its clones.
            ///
            /// Retries count, and what is sent anew because a token was not taken; requests to the token endpoint do not, which is another
            /// one. Requests wait for their turn, within their timeout; one whose turn does not come is the error `NoTurn`. Not paced
            /// unless set.
            pub fn pace(self, per_second: f64, burst: u32) -> Self {
                Self(self.0.pace(per_second, burst))
            }

            /// How long connecting may take: 10 seconds unless set. Without effect on an HTTP client of the caller's.
            pub fn connect_timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.connect_timeout(limit))
            }

            /// How many bytes the body of an answer may have, once it is unpacked: 64 MiB unless set.
            ///
            /// What is read piece by piece is not kept: a download as a stream may have any number of bytes unless the limit is
            /// set, and no more than that where it is. Streams of events and of lines may go on without end; the limit holds for
            /// each event and each line.
            pub fn max_response_size(self, bytes: usize) -> Self {
                Self(self.0.max_response_size(bytes))
            }

            /// How many bytes the body of a request may have, instead of what the API is known to take. What is sent as a stream
            /// is not counted.
            pub fn max_request_size(self, bytes: usize) -> Self {
                Self(self.0.max_request_size(bytes))
            }

            /// The `User-Agent` of every request.
            pub fn user_agent(self, user_agent: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(self.0.user_agent(user_agent))
            }

            /// A header of every request; headers of a request itself take its place. `Authorization` goes in place of the
            /// client's credentials; what a request accepts, and what its body is, each operation says for itself.
            pub fn default_header(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.default_header(name, value))
            }

            /// Whether requests tell the name and version of this client, where the API has a header for that: yes unless set.
            pub fn telemetry(self, tell: bool) -> Self {
                Self(self.0.telemetry(tell))
            }

            /// A proxy, instead of those of the environment; of several, the first that takes a request has it. Requests to this
            /// machine go to none, and an HTTP client of the caller's has its own.
            pub fn proxy(self, proxy: $crate::client::reqwest::Proxy) -> Self {
                Self(self.0.proxy(proxy))
            }

            /// Lets requests to this machine go to a proxy too.
            pub fn proxy_loopback(self, allow: bool) -> Self {
                Self(self.0.proxy_loopback(allow))
            }

            /// An HTTP client of the caller's, with its own TLS, proxies and pool; it should follow no redirects. Without reqwest's
            /// default features, building one panics unless its TLS is set: see `codegen_runtime::client::Builder::http_client`.
            pub fn http_client(self, http: $crate::client::reqwest::Client) -> Self {
                Self(self.0.http_client(http))
            }

            /// Sets up the HTTP client further: its pool, its keep-alive, certificates of the caller's. Redirects stay off, and
            /// proxies are those of `proxy`. Without effect on an HTTP client of the caller's.
            pub fn http_settings(
                self,
                adjust: impl ::core::ops::Fn(
                    $crate::client::reqwest::ClientBuilder,
                ) -> $crate::client::reqwest::ClientBuilder
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.http_settings(adjust))
            }

            /// The client.
            ///
            /// # Errors
            /// The first setting that is missing or wrong.
            pub fn build(self) -> ::core::result::Result<$client, $crate::client::BuildError> {
                self.0.build().map($client)
            }
        }
    };
}

/// Implements on a client builder what is to be said of a token endpoint, for documents that name one.
#[macro_export]
macro_rules! token_endpoint_builder {
    ($builder:ident) => {
        impl $builder {
            /// The URL of the token endpoint instead of the document's, relative to the server.
            pub fn token_url(self, url: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(self.0.token_url(url))
            }

            /// A field of the form that the token endpoint is sent, such as `audience`; one of the same name is replaced.
            pub fn token_field(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<$crate::client::SecretString>,
            ) -> Self {
                Self(self.0.token_field(name, value))
            }

            /// The scopes that are asked for. Without them the field `scope` is not sent, and the token has those that the program
            /// has been granted.
            pub fn token_scopes<S: ::core::convert::AsRef<str>>(
                self,
                scopes: impl ::core::iter::IntoIterator<Item = S>,
            ) -> Self {
                Self(self.0.token_scopes(scopes))
            }

            /// Sends the credentials of the program in `Authorization` instead of the form (RFC 6749 §2.3.1).
            #[inline]
            pub fn token_basic(self, basic: bool) -> Self {
                Self(self.0.token_basic(basic))
            }
        }
    };
}
