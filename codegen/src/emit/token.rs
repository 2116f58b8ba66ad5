//! Token endpoints: what the client is told of them, and the setters of the credentials of a program.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::ident;
use super::{Crate, docs};
use crate::config::Token;
use crate::document::Flow;

impl Crate<'_> {
    /// The calls that tell the builder of the token endpoints.
    pub(super) fn flows(&self) -> TokenStream {
        if self.ir.flows.is_empty() {
            return TokenStream::new();
        }
        let Token { fields, scopes, basic } = &self.config.client.token;
        let fields: Vec<TokenStream> = fields.iter().map(|(name, value)| quote!((#name, #value))).collect();
        let flows = self.ir.flows.iter().map(|(scheme, flow)| {
            let url = &flow.token_url;
            quote!(.flow(#scheme, #url, &[#(#fields),*]))
        });
        let scopes = (!scopes.is_empty()).then(|| quote!(.token_scopes([#(#scopes),*])));
        let basic = basic.then(|| quote!(.token_basic(true)));
        quote!(#(#flows)* #scopes #basic)
    }

    /// The setters of the credentials of a program.
    pub(super) fn grants(&self) -> TokenStream {
        let setters: Vec<TokenStream> =
            self.ir.flows.iter().filter_map(|(scheme, flow)| self.grant(scheme, flow)).collect();
        if setters.is_empty() { TokenStream::new() } else { quote!(impl ClientBuilder { #(#setters)* }) }
    }

    fn grant(&self, scheme: &str, flow: &Flow) -> Option<TokenStream> {
        let method = ident(self.names.grants.get(scheme)?);
        let [url, wire] = [flow.token_url.as_str(), scheme].map(docs::code);
        let mut text = format!(
            "Fetches tokens for {wire} with the credentials of a program (RFC 6749 §4.4) from {url}, relative to the server: when \
             one is needed, and once however many requests wait for it."
        );
        if !flow.scopes.is_empty() {
            let scopes: Vec<String> = flow.scopes.iter().map(|scope| docs::code(scope)).collect();
            text.push_str(&format!("\n\nScopes for [`ClientBuilder::token_scopes`]: {}.", scopes.join(", ")));
        }
        let head = docs::lines(&text);
        Some(quote! {
            #head
            pub fn #method(
                self,
                client_id: impl Into<String>,
                client_secret: impl Into<runtime::client::SecretString>,
            ) -> Self {
                Self(self.0.client_credentials(#scheme, client_id, client_secret))
            }
        })
    }
}
