//! The answer of an operation: how its request builder reads it, and the type of one that depends on the status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::ident;
use super::{Crate, docs};
use crate::document::ContentFormat;
use crate::ir::{AnswerUse, Operation, StatusAnswer, Success};
use crate::markdown;
use crate::name::OperationNames;

impl Crate<'_> {
    /// The implementation of the request builder, and what it needs.
    pub(super) fn answer(
        &self,
        operation: &Operation,
        names: &OperationNames,
        error: &TokenStream,
    ) -> Vec<TokenStream> {
        let builder = ident(&names.builder);
        let mut items = Vec::new();
        let answer = match &operation.success {
            Success::One(answer) => {
                let ty = answer.value.as_ref().map(|value| self.ty(value));
                match answer.format {
                    ContentFormat::Empty => quote!(empty),
                    ContentFormat::Json => quote!(json #ty),
                    ContentFormat::Text => quote!(text),
                    ContentFormat::Bytes => quote!(bytes),
                    ContentFormat::Events => quote!(events #ty),
                    ContentFormat::Lines => quote!(lines #ty),
                }
            }
            Success::Several(answers) => {
                items.extend(self.choice(names, answers));
                let ty = ident(&names.answer);
                quote!(choice #ty)
            }
        };
        items.push(quote!(runtime::request_builder!(#builder, #answer, #error);));
        items.extend(operation.stream.as_ref().map(|stream| {
            let ty = stream.value.as_ref().map(|value| self.ty(value));
            let lines = stream.format == ContentFormat::Lines;
            let kind = ident(if lines { "Lines" } else { "Events" });
            // Bytes have a stream of their own.
            let is_taken = matches!(&operation.success, Success::One(answer) if answer.format == ContentFormat::Bytes);
            let method = ident(match (is_taken, lines) {
                (false, _) => "stream",
                (true, false) => "events",
                (true, true) => "lines",
            });
            let asked = stream.media_types.join(", ");
            quote!(runtime::stream_builder!(#builder, #method, runtime::client::#kind<#ty, #error>, #error, #asked);)
        }));
        items
    }

    /// The type of an answer that depends on the status.
    fn choice(&self, names: &OperationNames, answers: &[StatusAnswer]) -> Vec<TokenStream> {
        let name = ident(&names.answer);
        let (group, method) = (ident(&names.group_type), ident(&names.method));
        let head = docs::lines(&format!("What [`{group}::{method}`] is answered with, by the status."));
        let (mut variants, mut arms) = (Vec::new(), Vec::new());
        for (StatusAnswer { status, description, answer }, variant) in answers.iter().zip(&names.answers) {
            let variant = ident(variant);
            let said = description.as_deref().map(markdown::from_description).filter(|text| !text.is_empty());
            let said = docs::lines(&said.map_or_else(|| status.clone(), |said| format!("{status}: {said}")));
            let (ty, value) = self.read(answer);
            variants.push(quote!(#said #variant #ty,));
            // A range comes after every status of its own, since these are sorted.
            let pattern = match status.parse::<u16>() {
                Ok(status) => {
                    let status = Literal::u16_unsuffixed(status);
                    quote!(#status)
                }
                Err(_) => quote!(200..=299),
            };
            arms.push(quote!(#pattern => Self::#variant #value,));
        }
        vec![
            quote!(#head #[derive(Clone, Debug, PartialEq)] #[non_exhaustive]
                #[allow(clippy::large_enum_variant, reason = "an answer is made once, and moved little")]
                pub enum #name {
                #(#variants)*
                #[doc = " A status that the document does not describe."]
                Other(runtime::client::StatusCode),
            }),
            quote! {
                impl runtime::client::FromAnswer for #name {
                    #[inline]
                    fn from_answer(answer: &runtime::client::Answer) -> Result<Self, runtime::DecodeError> {
                        Ok(match answer.status().as_u16() {
                            #(#arms)*
                            _ => Self::Other(answer.status()),
                        })
                    }
                }
            },
        ]
    }

    /// The fields of a variant, and the expression that reads them.
    fn read(&self, answer: &AnswerUse) -> (TokenStream, TokenStream) {
        match (answer.format, &answer.value) {
            (ContentFormat::Text, _) => (quote!((String)), quote!((answer.text()))),
            (ContentFormat::Bytes, _) => (quote!((runtime::client::Bytes)), quote!((answer.bytes()))),
            (ContentFormat::Json, Some(value)) => {
                let ty = self.ty(value);
                (quote!((#ty)), quote!((answer.decode()?)))
            }
            _ => (TokenStream::new(), TokenStream::new()),
        }
    }
}
