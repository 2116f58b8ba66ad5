//! Enumerations, open for values that the schema does not list yet.

use proc_macro2::TokenStream;
use quote::quote;

use super::check::Patterns;
use super::ty::ident;
use super::{Crate, docs};
use crate::ir::{Enumeration, ErrorCodes, Literal, Scalar, TypeDef};
use crate::name::TypeNames;

impl Crate<'_> {
    pub(super) fn enumeration(
        &self,
        definition: &TypeDef,
        names: &TypeNames,
        enumeration: &Enumeration,
        patterns: &mut Patterns,
    ) -> Vec<TokenStream> {
        let (docs, rules) = (docs::of_type(definition, &names.name), self.rules_of_type());
        let head = quote!(#docs #rules);
        let name = ident(&names.name);
        let mut items = vec![declaration(&head, names, enumeration, VALUES)];
        let checks = self.enumeration_checks(names, enumeration, patterns);
        items.push(match enumeration.scalar {
            Scalar::String => quote!(runtime::string_enum!(#name #checks);),
            Scalar::Integer => quote!(runtime::integer_enum!(#name #checks);),
            Scalar::Boolean => quote!(runtime::scalar_enum!(#name, bool #checks);),
        });
        items
    }

    /// What is checked besides the list: a closure for the macro.
    fn enumeration_checks(
        &self,
        names: &TypeNames,
        enumeration: &Enumeration,
        patterns: &mut Patterns,
    ) -> Option<TokenStream> {
        let checks = enumeration.checks.iter().map(|check| self.check(check, &names.name, patterns));
        let chain: TokenStream = checks.collect();
        (!chain.is_empty()).then(|| quote!(, |value| { value #chain; }))
    }

    /// `ErrorCode`, the codes by which the API tells its errors apart, and where error bodies have one.
    pub(super) fn error_codes(&self) -> Option<TokenStream> {
        let (ErrorCodes { pointer, codes }, error) = self.ir.error_codes.as_ref().zip(self.ir.error.as_ref())?;
        let error = self.ty(error);
        let names = TypeNames {
            name: "ErrorCode".to_owned(),
            unknown: "Unknown".to_owned(),
            variants: self.names.error_codes.clone(),
            ..TypeNames::default()
        };
        let said =
            docs::lines(&format!("Which error it is: {} of the body, as `Error::code` gives it.", docs::code(pointer)));
        let declaration = declaration(&said, &names, codes, CODES);
        Some(quote! {
            #declaration
            runtime::string_enum!(ErrorCode);
            impl runtime::client::Coded for #error {
                type Code = ErrorCode;
                const POINTER: &'static str = #pointer;
            }
        })
    }
}

/// What is said of the values of an enumeration.
struct Said {
    listed: &'static str,
    unknown: &'static str,
}

const VALUES: Said = Said {
    listed: " The values that the schema lists.",
    unknown: " A value that the schema does not list; `validate` reports it.",
};

const CODES: Said = Said { listed: " The codes that are known.", unknown: " A code that is not known." };

/// The type, and the way between variants and values.
fn declaration(head: &TokenStream, names: &TypeNames, enumeration: &Enumeration, said: Said) -> TokenStream {
    let (name, unknown) = (ident(&names.name), ident(&names.unknown));
    let variants: Vec<_> = names.variants.iter().map(|variant| ident(variant)).collect();
    let documented = enumeration.constants.iter().zip(&variants).map(|(constant, variant)| {
        let docs = docs::of_constant(constant);
        quote!(#docs #variant)
    });
    let copy = (enumeration.scalar != Scalar::String).then(|| quote!(, Copy));
    let owned = owned(enumeration.scalar);
    let told = said.unknown;
    let lookup = lookup(names, enumeration, &variants, said.listed);
    quote! {
        #head
        #[derive(Clone #copy)]
        #[non_exhaustive]
        pub enum #name {
            #(#documented,)*
            #[doc = #told]
            #unknown(#owned),
        }
        #lookup
    }
}

/// `VALUES`, the way to the value on the wire, and the way back.
fn lookup(names: &TypeNames, enumeration: &Enumeration, variants: &[proc_macro2::Ident], listed: &str) -> TokenStream {
    let (name, unknown) = (ident(&names.name), ident(&names.unknown));
    let values: Vec<TokenStream> = enumeration.constants.iter().map(|constant| literal(&constant.value)).collect();
    let (borrowed, owned) = (borrowed(enumeration.scalar), owned(enumeration.scalar));
    let (item, argument, getter, result) = match enumeration.scalar {
        Scalar::String => (quote!(&'static str), quote!(&str), quote!(as_str), quote!(&str)),
        Scalar::Integer | Scalar::Boolean => (owned.clone(), owned.clone(), quote!(value), owned),
    };
    quote! {
        impl #name {
            #[doc = #listed]
            pub const VALUES: &'static [#item] = &[#(#values),*];

            #[doc = " The value on the wire."]
            #[inline]
            pub fn #getter(&self) -> #result {
                match self {
                    #(Self::#variants => #values,)*
                    Self::#unknown(value) => #borrowed value,
                }
            }

            #[inline]
            fn known(value: #argument) -> Option<Self> {
                match value {
                    #(#values => Some(Self::#variants),)*
                    _ => None,
                }
            }
        }
    }
}

/// The type that holds a value.
fn owned(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => quote!(String),
        Scalar::Integer => quote!(i64),
        Scalar::Boolean => quote!(bool),
    }
}

/// What gives the value of a reference to it.
fn borrowed(scalar: Scalar) -> Option<TokenStream> {
    (scalar != Scalar::String).then(|| quote!(*))
}

fn literal(value: &Literal) -> TokenStream {
    match value {
        Literal::String(text) => quote!(#text),
        Literal::Integer(number) => {
            let literal = proc_macro2::Literal::i64_unsuffixed(*number);
            quote!(#literal)
        }
        Literal::Boolean(value) => quote!(#value),
    }
}
