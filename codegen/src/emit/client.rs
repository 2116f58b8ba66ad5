//! The client: the groups of operations, and the builder with the variables of the server.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::ident;
use super::{Crate, docs, file};
use crate::config::RateLimitHeaders;
use crate::document::{ParameterPlace, Scheme, Security, Server, Variable};

impl Crate<'_> {
    /// What the root of the crate shows of the client.
    pub(super) fn client_exports(&self) -> Vec<TokenStream> {
        if self.ir.operations.is_empty() {
            return Vec::new();
        }
        let permit = self.permit_deprecated();
        let codes = self.ir.error_codes.as_ref().map(|_| quote!(, ErrorCode));
        vec![
            quote!(#[cfg(feature = "client")] #permit pub mod client;),
            quote!(
                #[cfg(feature = "client")]
                pub use client::{Client, ClientBuilder, Error #codes};
            ),
            quote!(
                #[cfg(feature = "client")]
                pub use codegen_runtime::client::{
                    Answer, BuildError, Failure, HeaderMap, Method, RateLimit, Response, RetryPolicy, StatusCode,
                    Token, TokenError, reqwest,
                };
            ),
            quote!(
                #[cfg(feature = "blocking")]
                pub use codegen_runtime::client::{Wait, WaitEach};
            ),
        ]
    }

    /// `src/client/mod.rs`
    pub(super) fn client_module(&self, groups: &BTreeMap<&str, Vec<usize>>) -> String {
        let modules = groups.keys().map(|group| {
            let (module, feature) = (ident(group), self.groups.feature(group));
            let attributes = file::module_attributes(group, "client");
            quote!(#[cfg(feature = #feature)] #attributes pub mod #module;)
        });
        let methods = groups.iter().map(|(group, indices)| {
            let (module, feature) = (ident(group), self.groups.feature(group));
            let ty = indices.first().and_then(|index| self.names.operations.get(*index));
            let ty = ident(ty.map_or("", |names| names.group_type.as_str()));
            let head = docs::lines(&format!("The operations of `{group}`."));
            quote! {
                #head
                #[cfg(feature = #feature)]
                #[inline]
                pub fn #module(&self) -> #module::#ty<'_> {
                    #module::#ty::new(&self.0)
                }
            }
        });
        let error = match &self.ir.error {
            Some(error) => {
                let error = self.ty(error);
                quote!(#error)
            }
            None => quote!(codegen_runtime::Value),
        };
        let (server, variables) = self.server();
        let (security, credentials) = self.security();
        let flows = self.flows();
        let said = self.said_of_requests();
        let user_agent = self.config.client.user_agent.as_ref().map(|agent| quote!(.user_agent(#agent)));
        let limits = self.limits_of_requests();
        let items = vec![
            quote! {
                use codegen_runtime as runtime;
                use runtime::client::{Builder, Method, RawRequest};
            },
            quote!(#(#modules)*),
            quote!(#[doc = " What can go wrong with a request."] pub type Error = runtime::client::Error<#error>;),
            self.error_codes().unwrap_or_default(),
            quote! {
                #[doc = " A client of the API; cheap to clone."]
                #[derive(Clone, Debug)]
                pub struct Client(runtime::client::Client);
            },
            quote! {
                impl Client {
                    #[doc = " A client to set up."]
                    pub fn builder() -> ClientBuilder {
                        ClientBuilder(runtime::client::Client::builder()#server #security #flows #user_agent #said #limits)
                    }

                    #[doc = " A request to what is not generated: a path below the base URL, with the same token, limits and errors."]
                    pub fn request(&self, method: Method, path: &str) -> RawRequest<'_, #error> {
                        self.0.request(method, path).errors()
                    }

                    #(#methods)*
                }
            },
            quote! {
                #[doc = " A client to set up."]
                #[derive(Debug)]
                #[must_use]
                pub struct ClientBuilder(Builder);
            },
            variables,
            credentials,
            self.grants(),
            quote!(runtime::client_builder!(ClientBuilder, Client);),
            if self.ir.flows.is_empty() {
                TokenStream::new()
            } else {
                quote!(runtime::token_endpoint_builder!(ClientBuilder);)
            },
        ];
        file::render("The client.", items.into_iter().filter(|item| !item.is_empty()))
    }

    /// The calls that set the headers by which a server tells clients and requests apart.
    fn said_of_requests(&self) -> TokenStream {
        let client = &self.config.client;
        let telemetry = client
            .telemetry_header
            .as_ref()
            .map(|header| quote!(.telemetry_header(#header, env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))));
        // Without it, the runtime knows what most APIs call it.
        let header = client.correlation_header.as_ref().map(|header| quote!(.correlation_header(#header)));
        let limit = client.correlation_max_length.map(Literal::u64_unsuffixed);
        let limit = limit.map(|limit| quote!(.correlation_max_length(#limit)));
        quote!(#telemetry #header #limit)
    }

    /// The calls that set what the API is known to allow.
    fn limits_of_requests(&self) -> TokenStream {
        let client = &self.config.client;
        let size = client.max_request_size.map(Literal::u64_unsuffixed).map(|size| quote!(.max_request_size(#size)));
        let headers = client.rate_limit_headers.as_ref().map(|RateLimitHeaders { limit, remaining, reset }| {
            quote!(.rate_limit_headers(runtime::client::RateLimitHeaders::new(#limit, #remaining, #reset)))
        });
        quote!(#size #headers)
    }

    /// The calls that set the servers, and the setters of their variables.
    fn server(&self) -> (TokenStream, TokenStream) {
        let own = self.ir.operations.iter().filter_map(|operation| operation.server.as_ref());
        let (mut setters, mut seen, mut allowed) = (Vec::new(), BTreeSet::new(), Vec::new());
        let servers: Vec<&Server> = self.ir.server.iter().chain(own).collect();
        for Server { template, variables } in &servers {
            for (name, variable) in variables {
                if seen.insert(name) {
                    setters.extend(self.variable(name, variable, template));
                    let values = &variable.allowed;
                    allowed.extend((!values.is_empty()).then(|| quote!((#name, &[#(#values),*]))));
                }
            }
        }
        let mut calls = TokenStream::new();
        if let Some(Server { template, variables }) = &self.ir.server {
            let variables = self::variables(variables);
            calls.extend(quote!(.server(#template, #variables)));
        }
        let of_root =
            |name: &&&String| self.ir.server.as_ref().is_some_and(|server| server.variables.contains_key(**name));
        let others: Vec<&&String> = seen.iter().filter(|name| !of_root(name)).collect();
        calls.extend((!others.is_empty()).then(|| quote!(.other_variables(&[#(#others),*]))));
        calls.extend((!allowed.is_empty()).then(|| quote!(.allowed(&[#(#allowed),*]))));
        let setters = if setters.is_empty() { TokenStream::new() } else { quote!(impl ClientBuilder { #(#setters)* }) };
        (calls, setters)
    }

    /// The setter of a variable of a server's URL.
    fn variable(&self, name: &String, variable: &Variable, template: &str) -> Option<TokenStream> {
        let method = ident(self.names.variables.get(name)?);
        let default = &variable.default;
        // A default such as `{tenant}.example.com` only shows what to write; the runtime asks for a value.
        let unless_set = if default.is_empty() || default.contains('{') {
            "It has to be set.".to_owned()
        } else {
            format!("Unless set: {}.", docs::code(default))
        };
        let [wire, url] = [name, template].map(docs::code);
        let mut text = format!("Sets {wire} of the server's URL, {url}. {unless_set}");
        if !variable.allowed.is_empty() {
            let allowed: Vec<String> = variable.allowed.iter().map(|value| docs::code(value)).collect();
            text.push_str(&format!(" One of {}.", allowed.join(", ")));
        }
        let head = docs::lines(&text);
        Some(quote! {
            #head
            pub fn #method(self, value: impl Into<String>) -> Self {
                Self(self.0.variable(#name, value))
            }
        })
    }

    /// The calls that set what identities are proved with, and the setters of credentials.
    fn security(&self) -> (TokenStream, TokenStream) {
        let require = self.ir.secured.then(|| quote!(.require_token()));
        if self.ir.schemes.is_empty() || self.is_token_enough() {
            return (quote!(#require), TokenStream::new());
        }
        let schemes = self.ir.schemes.iter().map(|(name, scheme)| {
            let scheme = self::scheme(scheme);
            quote!((#name, runtime::client::Scheme::#scheme))
        });
        let security = requirement(&self.ir.security);
        let setters: Vec<TokenStream> =
            self.ir.schemes.iter().filter_map(|(name, scheme)| self.credential(name, scheme)).collect();
        let setters = if setters.is_empty() { TokenStream::new() } else { quote!(impl ClientBuilder { #(#setters)* }) };
        (quote!(.schemes(&[#(#schemes),*]).security(#security)#require), setters)
    }

    /// Whether every operation demands any one of some bearer tokens: then the setter of the token that every client has says it
    /// all.
    fn is_token_enough(&self) -> bool {
        let alike = self.ir.operations.iter().all(|operation| operation.security == self.ir.security);
        let single = self.ir.security.iter().all(|schemes| schemes.len() == 1);
        self.ir.secured && alike && single && self.ir.schemes.values().all(|scheme| *scheme == Scheme::Bearer)
    }

    /// The setter of the credential of a scheme.
    fn credential(&self, name: &str, scheme: &Scheme) -> Option<TokenStream> {
        let method = ident(self.names.credentials.get(name)?);
        let wire = docs::code(name);
        let said = match scheme {
            Scheme::Connection => return None,
            Scheme::Bearer => format!("The bearer token of {wire}, instead of that of [`ClientBuilder::token`]."),
            Scheme::Basic => format!("The user name and the password of {wire}."),
            Scheme::Http(scheme) => {
                format!("What {wire} sends in `Authorization`, without {} before it.", docs::code(scheme))
            }
            Scheme::ApiKey(_, key) => format!("The key of {wire}, which is sent as {}.", docs::code(key)),
        };
        let head = docs::lines(&said);
        Some(if *scheme == Scheme::Basic {
            quote! {
                #head
                pub fn #method(self, user: impl std::fmt::Display, password: impl std::fmt::Display) -> Self {
                    Self(self.0.credential(#name, format!("{user}:{password}")))
                }
            }
        } else {
            let argument = ident(if *scheme == Scheme::Bearer { "token" } else { "key" });
            quote! {
                #head
                pub fn #method(self, #argument: impl Into<runtime::client::SecretString>) -> Self {
                    Self(self.0.credential(#name, #argument))
                }
            }
        })
    }
}

fn scheme(scheme: &Scheme) -> TokenStream {
    match scheme {
        Scheme::Bearer => quote!(Bearer),
        Scheme::Basic => quote!(Basic),
        Scheme::Http(scheme) => quote!(Http(#scheme)),
        Scheme::ApiKey(ParameterPlace::Query, key) => quote!(Query(#key)),
        Scheme::ApiKey(ParameterPlace::Cookie, key) => quote!(Cookie(#key)),
        Scheme::ApiKey(ParameterPlace::Header | ParameterPlace::Path, key) => quote!(Header(#key)),
        Scheme::Connection => quote!(Connection),
    }
}

/// What requests have to prove an identity with: all of one of these lists.
pub(super) fn requirement(security: &Security) -> TokenStream {
    let lists = security.iter().map(|schemes| {
        let schemes = schemes.iter();
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#lists),*])
}

/// The variables of a server, with the defaults that they have.
pub(super) fn variables(variables: &BTreeMap<String, Variable>) -> TokenStream {
    let pairs =
        variables.iter().map(
            |(name, Variable { default, .. })| {
                if default.is_empty() { quote!((#name, None)) } else { quote!((#name, Some(#default))) }
            },
        );
    quote!(&[#(#pairs),*])
}
