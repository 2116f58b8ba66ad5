//! Enumerations of strings, open for values that the schema does not list yet.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::ident;
use super::{Crate, docs};
use crate::ir::{Constant, TypeDef};
use crate::name::TypeNames;

impl Crate<'_> {
    pub(super) fn enumeration(
        &self,
        definition: &TypeDef,
        names: &TypeNames,
        constants: &[Constant],
    ) -> Vec<TokenStream> {
        let head = docs::of_type(definition, &names.name);
        let (name, unknown) = (ident(&names.name), ident(&names.unknown));
        let variants: Vec<_> = names.variants.iter().map(|variant| ident(variant)).collect();
        let values: Vec<&str> = constants.iter().map(|constant| constant.value.as_str()).collect();
        let documented = constants.iter().zip(&variants).map(|(constant, variant)| {
            let docs = docs::of_constant(constant);
            quote!(#docs #variant)
        });
        vec![
            quote! {
                #head
                #[derive(Clone)]
                #[non_exhaustive]
                pub enum #name {
                    #(#documented,)*
                    #[doc = " A value that the schema does not list; `validate` reports it."]
                    #unknown(String),
                }
            },
            quote! {
                impl #name {
                    #[doc = " The values that the schema lists."]
                    pub const VALUES: &'static [&'static str] = &[#(#values),*];

                    #[doc = " The value on the wire."]
                    pub fn as_str(&self) -> &str {
                        match self {
                            #(Self::#variants => #values,)*
                            Self::#unknown(value) => value,
                        }
                    }

                    fn known(value: &str) -> Option<Self> {
                        match value {
                            #(#values => Some(Self::#variants),)*
                            _ => None,
                        }
                    }
                }
            },
            quote!(runtime::string_enum!(#name);),
        ]
    }
}
