//! Types where they are used.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Crate, Here};
use crate::ir::{Extra, Foreign, Member, Scalar, Shape, Ty, TypeId, Use};

/// An identifier. Names are decided to be ones; a name that is none after all is left to the compiler to show.
pub(super) fn ident(name: &str) -> Ident {
    syn::parse_str::<Ident>(name).unwrap_or_else(|_| Ident::new("invalid_name", Span::call_site()))
}

/// A type by a path from its crate on. One that is none after all is left to the compiler to show.
fn type_path(path: &str) -> TokenStream {
    path.parse().unwrap_or_else(|_| quote!(invalid_name))
}

/// What a setter needs before it: clippy takes some names for methods of operators. None of them is one.
pub(super) fn setter_attribute(name: &str) -> Option<TokenStream> {
    let operators = ["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];
    operators.contains(&name).then(|| quote!(#[allow(clippy::should_implement_trait, reason = "the document's name")]))
}

impl Crate<'_> {
    /// The type of a value; `Option` where it may be `null`.
    pub(super) fn ty(&self, value: &Use) -> TokenStream {
        let bare = self.bare(value);
        if value.nullable { quote!(Option<#bare>) } else { bare }
    }

    /// The type of a value that is not `null`.
    pub(super) fn bare(&self, value: &Use) -> TokenStream {
        let bare = match &value.ty {
            Ty::Any => quote!(runtime::Value),
            Ty::Never => quote!(runtime::Never),
            Ty::Null => quote!(()),
            Ty::Bool => quote!(bool),
            Ty::Integer => quote!(i64),
            Ty::Unsigned => quote!(u64),
            Ty::Number => quote!(f64),
            Ty::String => quote!(String),
            Ty::List(item) => {
                let item = self.ty(item);
                quote!(Vec<#item>)
            }
            Ty::Map(item) => {
                let item = self.ty(item);
                quote!(std::collections::BTreeMap<String, #item>)
            }
            Ty::Named(id) => self.path(*id),
            Ty::Foreign(foreign) => {
                let ty = self.foreign(foreign);
                quote!(runtime::Foreign<#ty>)
            }
        };
        if value.boxed { quote!(Box<#bare>) } else { bare }
    }

    /// A type that is not generated, by itself.
    fn foreign(&self, foreign: &Foreign) -> TokenStream {
        let path = type_path(&foreign.path);
        let parameters = foreign.parameters.iter().map(|value| self.parameter(value));
        let parameters = (!foreign.parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
        quote!(#path #parameters)
    }

    /// A type as the parameter of one that is not generated, which knows nothing of [`Ty::Foreign`]'s wrapper.
    fn parameter(&self, value: &Use) -> TokenStream {
        let bare = match &self.resolved(value).ty {
            Ty::Foreign(foreign) => self.foreign(foreign),
            Ty::List(item) => {
                let item = self.parameter(item);
                quote!(Vec<#item>)
            }
            Ty::Map(item) => {
                let item = self.parameter(item);
                quote!(std::collections::BTreeMap<String, #item>)
            }
            _ => self.bare(value),
        };
        if value.nullable { quote!(Option<#bare>) } else { bare }
    }

    /// A type by its name, as the file that is being made reaches it.
    pub(super) fn path(&self, id: TypeId) -> TokenStream {
        let name = ident(self.names.get(id).map_or("", |names| names.name.as_str()));
        let module = self.ir.get(id).map_or(0, |definition| self.ir.module_of(&definition.location));
        match self.here {
            Here::Type(here) if here == id => quote!(#name),
            here if self.module_of(here) == Some(module) => quote!(super::#name),
            _ => {
                let module = self.module(module);
                quote!(crate::#module::#name)
            }
        }
    }

    /// The type of the field of a member.
    pub(super) fn field(&self, member: &Member) -> TokenStream {
        if member.merge {
            let value = self.merged(&member.value);
            return quote!(runtime::Merge<#value>);
        }
        let bare = self.bare(&member.value);
        match (member.required, member.value.nullable) {
            (true, false) => bare,
            (true, true) | (false, false) => quote!(Option<#bare>),
            (false, true) => quote!(runtime::Maybe<#bare>),
        }
    }

    /// The type of the values of a map that is merged.
    pub(super) fn merged(&self, value: &Use) -> TokenStream {
        match &self.resolved(value).ty {
            Ty::Map(item) => self.ty(item),
            _ => quote!(runtime::Value),
        }
    }

    /// What an alias stands for.
    pub(super) fn resolved<'u>(&'u self, value: &'u Use) -> &'u Use {
        match self.aliased(value) {
            Some(inner) => self.resolved(inner),
            None => value,
        }
    }

    /// The definition of an alias.
    pub(super) fn aliased(&self, value: &Use) -> Option<&Use> {
        let Ty::Named(id) = value.ty else { return None };
        match self.ir.get(id).map(|definition| &definition.shape) {
            Some(Shape::Alias(inner)) => Some(inner),
            _ => None,
        }
    }

    /// The kind of the values of an enumeration; `None` for any other type.
    pub(super) fn enumerated(&self, value: &Use) -> Option<Scalar> {
        let Ty::Named(id) = self.resolved(value).ty else { return None };
        match self.ir.get(id).map(|definition| &definition.shape) {
            Some(Shape::Enum(enumeration)) => Some(enumeration.scalar),
            _ => None,
        }
    }

    /// The type of the members without a name.
    pub(super) fn extra(&self, extra: &Extra) -> TokenStream {
        match extra {
            Extra::Open | Extra::Closed => quote!(runtime::Value),
            Extra::Typed(value) => self.ty(value),
        }
    }

    /// What a setter takes, and the expression that makes the value of the field's type of it.
    pub(super) fn argument(&self, value: &Use) -> (TokenStream, TokenStream) {
        if value.boxed {
            let inner = self.bare(&Use { boxed: false, ..value.clone() });
            return (inner, quote!(Box::new(value)));
        }
        let resolved = self.resolved(value);
        match &resolved.ty {
            Ty::Bool => (quote!(bool), quote!(value)),
            Ty::Null => (quote!(()), quote!(value)),
            Ty::List(item) => {
                let item = self.ty(item);
                (
                    quote!(impl IntoIterator<Item = impl Into<#item>>),
                    quote!(value.into_iter().map(Into::into).collect()),
                )
            }
            Ty::Map(item) => {
                let item = self.ty(item);
                (
                    quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#item>)>),
                    quote!(value.into_iter().map(|(key, value)| (key.into(), value.into())).collect()),
                )
            }
            Ty::Named(_) if self.enumerated(value).is_none() => (self.bare(value), quote!(value)),
            _ => {
                let bare = self.bare(value);
                (quote!(impl Into<#bare>), quote!(value.into()))
            }
        }
    }
}
