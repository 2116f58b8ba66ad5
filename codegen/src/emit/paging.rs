//! Paging: what walks an operation page by page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Crate;
use super::ty::ident;
use crate::config::PagingStyle;
use crate::ir::Paging;

impl Crate<'_> {
    /// The methods of a request builder that give pages and items.
    pub(super) fn paging(&self, builder: &str, paging: &Paging, error: &TokenStream) -> TokenStream {
        let (builder, said) = (ident(builder), &paging.said);
        let position = &said.position;
        let begun = match said.style {
            PagingStyle::Page => {
                let first = Literal::u64_unsuffixed(said.first);
                quote!(by_number(#position, #first))
            }
            PagingStyle::Offset => quote!(by_offset(#position)),
            PagingStyle::Checkpoint => {
                let next = said.next.as_deref().unwrap_or_default();
                quote!(by_checkpoint(#position, #next))
            }
        };
        let size = said.size.as_ref().map(|size| {
            let usual = match said.usual_size.map(Literal::u64_unsuffixed) {
                Some(usual) => quote!(Some(#usual)),
                None => quote!(None),
            };
            quote!(.size(#size, #usual))
        });
        let totals = said.totals.as_ref().map(|name| quote!(.totals(#name)));
        let items = Some(&said.items).filter(|pointer| !pointer.is_empty()).map(|pointer| quote!(.items(#pointer)));
        let total = said.total.as_ref().map(|pointer| quote!(.total(#pointer)));
        let start = said.start.as_ref().map(|pointer| quote!(.start(#pointer)));
        let length = said.length.as_ref().map(|pointer| quote!(.length(#pointer)));
        let most = said.most.map(Literal::u64_unsuffixed).map(|most| quote!(.most(#most)));
        let item = self.ty(&paging.item);
        quote! {
            runtime::paged_builder!(
                #builder, #item, #error,
                runtime::client::Paging::#begun #size #totals #items #total #start #length #most
            );
        }
    }
}
