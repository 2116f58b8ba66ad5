//! The client: the groups of operations, and the builder with the variables of the server.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::ident;
use super::{Crate, docs, file};
use crate::document::Server;

impl Crate<'_> {
    /// What the root of the crate shows of the client.
    pub(super) fn client_exports(&self) -> Vec<TokenStream> {
        if self.ir.operations.is_empty() {
            return Vec::new();
        }
        let permit = self.permit_deprecated();
        vec![
            quote!(#[cfg(feature = "client")] #permit pub mod client;),
            quote!(
                #[cfg(feature = "client")]
                pub use client::{Client, ClientBuilder, Error};
            ),
            quote!(
                #[cfg(feature = "client")]
                pub use codegen_runtime::client::{
                    BuildError, Failure, HeaderMap, Method, RateLimit, Response, StatusCode, reqwest,
                };
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
        let token = self.ir.secured.then(|| quote!(.require_token()));
        let user_agent = self.config.client.user_agent.as_ref().map(|agent| quote!(.user_agent(#agent)));
        let items = vec![
            quote! {
                use codegen_runtime as runtime;
                use runtime::client::{Builder, Method, RawRequest};
            },
            quote!(#(#modules)*),
            quote!(#[doc = " What can go wrong with a request."] pub type Error = runtime::client::Error<#error>;),
            quote! {
                #[doc = " A client of the API; cheap to clone."]
                #[derive(Clone, Debug)]
                pub struct Client(runtime::client::Client);
            },
            quote! {
                impl Client {
                    #[doc = " A client to set up."]
                    pub fn builder() -> ClientBuilder {
                        ClientBuilder(runtime::client::Client::builder()#server #token #user_agent)
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
            quote!(runtime::client_builder!(ClientBuilder, Client);),
        ];
        file::render("The client.", items.into_iter().filter(|item| !item.is_empty()))
    }

    /// The call that sets the server, and the setters of its variables.
    fn server(&self) -> (TokenStream, TokenStream) {
        let Some(Server { template, variables }) = &self.ir.server else { return Default::default() };
        let pairs = variables.iter().map(|(name, default)| {
            if default.is_empty() { quote!((#name, None)) } else { quote!((#name, Some(#default))) }
        });
        let setters: Vec<TokenStream> = variables
            .iter()
            .filter_map(|(name, default)| {
                let method = ident(self.names.variables.get(name)?);
                // A default such as `{tenant}.example.com` only shows what to write; the runtime asks for a value.
                let unless_set = if default.is_empty() || default.contains('{') {
                    "It has to be set.".to_owned()
                } else {
                    format!("Unless set: {}.", docs::code(default))
                };
                let [wire, url] = [name, template].map(|text| docs::code(text));
                let head = docs::lines(&format!("Sets {wire} of the server's URL, {url}. {unless_set}"));
                Some(quote! {
                    #head
                    pub fn #method(self, value: impl Into<String>) -> Self {
                        Self(self.0.variable(#name, value))
                    }
                })
            })
            .collect();
        let setters = if setters.is_empty() { TokenStream::new() } else { quote!(impl ClientBuilder { #(#setters)* }) };
        (quote!(.server(#template, &[#(#pairs),*])), setters)
    }
}
