//! Objects with named members: the struct, its setters, and the two lists of members that all its traits are made of.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::check::Patterns;
use super::ty::{ident, setter_attribute};
use super::{Crate, docs};
use crate::ir::{Extra, Member, Shape, Struct, Ty, TypeDef};
use crate::name::TypeNames;

/// A member with its names.
struct Field<'f> {
    wire: &'f str,
    ident: proc_macro2::Ident,
    member: &'f Member,
    ty: TokenStream,
}

impl Crate<'_> {
    pub(super) fn structure(
        &self,
        definition: &TypeDef,
        names: &TypeNames,
        shape: &Struct,
        patterns: &mut Patterns,
    ) -> Vec<TokenStream> {
        let fields: Vec<Field<'_>> = shape
            .members
            .iter()
            .map(|(wire, member)| Field {
                wire,
                ident: ident(names.fields.get(wire).map_or("", String::as_str)),
                member,
                ty: self.field(member),
            })
            .collect();
        let mut items = vec![self.declaration(definition, names, shape, &fields)];
        items.extend(self.constructors(definition, names, &fields));
        items.push(self.object(definition, names, shape, &fields));
        items.push(self.validation(names, shape, &fields, patterns));
        let name = ident(&names.name);
        items.push(quote!(runtime::object!(#name);));
        items
    }

    fn declaration(
        &self,
        definition: &TypeDef,
        names: &TypeNames,
        shape: &Struct,
        fields: &[Field<'_>],
    ) -> TokenStream {
        let (docs, rules) = (docs::of_type(definition, &names.name), self.rules_of_type());
        let (name, extra) = (ident(&names.name), ident(&names.extra));
        let members = fields.iter().map(|field| {
            let docs = docs::of_member(field.wire, field.member, &self.limits(&field.member.value));
            let (name, ty, rules) = (&field.ident, &field.ty, self.rules_of_member(field.wire));
            quote!(#docs #rules pub #name: #ty)
        });
        let extra_docs = docs::lines(match shape.extra {
            Extra::Closed => "What else was received; `validate` reports every member in it.",
            Extra::Open | Extra::Typed(_) => "Members that the schema does not name.",
        });
        let extra_type = self.extra_type(shape);
        quote! {
            #docs
            #rules
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#members,)*
                #extra_docs
                pub #extra: #extra_type,
            }
        }
    }

    fn extra_type(&self, shape: &Struct) -> TokenStream {
        match &shape.extra {
            Extra::Open | Extra::Closed => quote!(runtime::Extra),
            Extra::Typed(_) => {
                let value = self.extra(&shape.extra);
                quote!(runtime::Extra<#value>)
            }
        }
    }

    /// `new`, the setters and `Default`.
    fn constructors(&self, definition: &TypeDef, names: &TypeNames, fields: &[Field<'_>]) -> Vec<TokenStream> {
        let name = ident(&names.name);
        let required: Vec<&Field<'_>> = fields.iter().filter(|field| field.member.required).collect();
        let mut items = Vec::new();
        if required.is_empty() {
            items.push(quote! {
                impl Default for #name {
                    #[inline]
                    fn default() -> Self {
                        <Self as runtime::Object>::blank()
                    }
                }
            });
        }
        if !definition.is_made() {
            return items;
        }
        // What no value can be is never set, and what is not sent neither.
        let is_for_responses = |member: &Member| definition.request && member.read_only;
        let settable = |field: &&Field<'_>| {
            !field.member.required && field.member.value.ty != Ty::Never && !is_for_responses(field.member)
        };
        let setters = fields.iter().filter(settable).map(|field| self.setter(field));
        let (new, bundle) = self.new_function(definition, names, &required);
        items.push(quote!(impl #name { #new #(#setters)* }));
        items.extend(bundle);
        items
    }

    /// `new`, with the required members as arguments, or as a struct of their own where arguments could be swapped.
    fn new_function(
        &self,
        definition: &TypeDef,
        names: &TypeNames,
        required: &[&Field<'_>],
    ) -> (TokenStream, Option<TokenStream>) {
        if required.is_empty() {
            return (
                quote!(
                    #[doc = " Nothing set: what is not set is not sent."]
                    #[inline]
                    pub fn new() -> Self {
                        Self::default()
                    }
                ),
                None,
            );
        }
        let idents = required.iter().map(|field| &field.ident).collect::<Vec<_>>();
        let Some(bundle) = self.bundle(definition, names) else {
            let arguments = required.iter().map(|field| {
                let name = &field.ident;
                let (ty, _) = self.required_argument(field);
                quote!(#name: #ty)
            });
            let values = required.iter().map(|field| {
                let name = &field.ident;
                let (_, value) = self.required_argument(field);
                quote!(#name: { let value = #name; #value })
            });
            let simple = required.iter().map(|field| self.required_argument(field).1.to_string()).collect::<Vec<_>>();
            let values: Vec<TokenStream> = values
                .zip(&idents)
                .zip(simple)
                .map(|((block, name), simple)| match simple.as_str() {
                    "value" => quote!(#name),
                    "value . into ()" => quote!(#name: #name.into()),
                    _ => block,
                })
                .collect();
            let new = quote! {
                #[doc = " The required members set, and nothing else."]
                #[inline]
                pub fn new(#(#arguments),*) -> Self {
                    Self { #(#values,)* ..<Self as runtime::Object>::blank() }
                }
            };
            return (new, None);
        };
        let members = required.iter().map(|field| {
            let docs = docs::of_member(field.wire, field.member, &self.limits(&field.member.value));
            let (name, ty) = (&field.ident, &field.ty);
            quote!(#docs pub #name: #ty)
        });
        let new = quote! {
            #[doc = " The required members set, and nothing else."]
            #[inline]
            pub fn new(required: #bundle) -> Self {
                Self { #(#idents: required.#idents,)* ..<Self as runtime::Object>::blank() }
            }
        };
        let head = docs::lines(&format!("The required members of [`{}`].", names.name));
        let bundle = quote!(#head #[derive(Clone, PartialEq)] pub struct #bundle { #(#members,)* });
        (new, Some(bundle))
    }

    /// The struct of the required members that `new` takes, where arguments would be too many or could be swapped.
    pub(super) fn bundle(&self, definition: &TypeDef, names: &TypeNames) -> Option<proc_macro2::Ident> {
        let Shape::Struct(shape) = &definition.shape else { return None };
        let required = shape.members.values().filter(|member| member.required);
        let types: Vec<String> = required.map(|member| self.field(member).to_string()).collect();
        let different: BTreeSet<&String> = types.iter().collect();
        let is_needed = types.len() > 3 || different.len() < types.len();
        (definition.is_made() && is_needed).then(|| ident(&names.required))
    }

    fn required_argument(&self, field: &Field<'_>) -> (TokenStream, TokenStream) {
        if field.member.value.nullable {
            let ty = &field.ty;
            return (quote!(impl Into<#ty>), quote!(value.into()));
        }
        self.argument(&field.member.value)
    }

    fn setter(&self, field: &Field<'_>) -> TokenStream {
        let (name, member) = (&field.ident, field.member);
        let docs = docs::lines(&format!("Sets {}.", docs::code(field.wire)));
        let deprecated = docs::deprecated(&member.docs);
        let (argument, value) = if member.merge {
            let ty = &field.ty;
            (quote!(#ty), quote!(value))
        } else if member.value.nullable {
            let bare = self.bare(&member.value);
            (quote!(impl Into<runtime::Maybe<#bare>>), quote!(value.into()))
        } else {
            let (argument, value) = self.argument(&member.value);
            (argument, quote!(Some(#value)))
        };
        let operator = setter_attribute(&name.to_string());
        quote! {
            #docs
            #deprecated
            #operator
            #[must_use]
            #[inline]
            pub fn #name(mut self, value: #argument) -> Self {
                self.#name = #value;
                self
            }
        }
    }

    /// The two lists of members.
    fn object(&self, definition: &TypeDef, names: &TypeNames, shape: &Struct, fields: &[Field<'_>]) -> TokenStream {
        let (name, extra) = (ident(&names.name), ident(&names.extra));
        let extra_value = self.extra(&shape.extra);
        let required: Vec<&str> = fields.iter().filter(|field| field.member.required).map(|field| field.wire).collect();
        let blanks = fields.iter().map(|field| {
            let name = &field.ident;
            if field.member.required {
                quote!(#name: runtime::Decode::blank())
            } else {
                quote!(#name: Default::default())
            }
        });
        let mut position = 0_usize;
        let takes: Vec<TokenStream> = fields
            .iter()
            .map(|field| {
                let (wire, name) = (field.wire, &field.ident);
                if !field.member.required {
                    return quote!(#wire => members.optional(&mut self.#name));
                }
                let index = proc_macro2::Literal::usize_unsuffixed(position);
                position = position.saturating_add(1);
                quote!(#wire => members.required(&mut self.#name, #index))
            })
            .collect();
        let gives = fields.iter().map(|field| {
            let (wire, name) = (field.wire, &field.ident);
            let is_unsent = definition.request && field.member.read_only && !field.member.required;
            let method = ident(match (field.member.required, field.member.sensitive) {
                (true, false) => "required",
                (true, true) => "required_secret",
                (false, false) if is_unsent => "read_only",
                (false, true) if is_unsent => "read_only_secret",
                (false, false) => "optional",
                (false, true) => "optional_secret",
            });
            quote!(visit.#method(#wire, &self.#name);)
        });
        let (take_body, members_arg) = if fields.is_empty() {
            (quote!(Ok(runtime::Taken::Unnamed)), quote!(_key: &str, _members))
        } else {
            (quote!(match key { #(#takes,)* _ => Ok(runtime::Taken::Unnamed) }), quote!(key: &str, members))
        };
        let visit = ident(if fields.is_empty() { "_visit" } else { "visit" });
        quote! {
            impl runtime::Object for #name {
                type Extra = #extra_value;
                const REQUIRED: &'static [&'static str] = &[#(#required),*];
                #[inline]
                fn blank() -> Self {
                    Self { #(#blanks,)* #extra: runtime::Extra::new() }
                }
                #[inline]
                fn extra(&self) -> &runtime::Extra<Self::Extra> {
                    &self.#extra
                }
                #[inline]
                fn extra_mut(&mut self) -> &mut runtime::Extra<Self::Extra> {
                    &mut self.#extra
                }
                fn take<'de, A: runtime::MapAccess<'de>>(
                    &mut self,
                    #members_arg: &mut runtime::Members<A>,
                ) -> Result<runtime::Taken, A::Error> {
                    #take_body
                }
                fn give<V: runtime::Visit>(&self, #visit: &mut runtime::Giving<'_, V>) {
                    #(#gives)*
                }
            }
        }
    }

    fn validation(
        &self,
        names: &TypeNames,
        shape: &Struct,
        fields: &[Field<'_>],
        patterns: &mut Patterns,
    ) -> TokenStream {
        let name = ident(&names.name);
        let mut statements: Vec<TokenStream> = Vec::new();
        for field in fields {
            let (wire, ident) = (field.wire, &field.ident);
            let Some(chain) = self.member_checks(field.member, wire, patterns) else { continue };
            statements.push(if field.member.required {
                quote!(members.required(#wire, &self.#ident)#chain;)
            } else {
                quote!(members.optional(#wire, &self.#ident)#chain;)
            });
        }
        for (wire, value) in &shape.withheld {
            let chain = self.checks(value, wire, patterns);
            statements.extend(chain.map(|chain| quote!(members.withheld(#wire)#chain;)));
        }
        let withheld = shape.withheld.keys();
        match &shape.extra {
            Extra::Closed if shape.withheld.is_empty() => statements.push(quote!(members.closed();)),
            Extra::Closed => statements.push(quote!(members.closed_but(&[#(#withheld),*]);)),
            Extra::Open => {}
            Extra::Typed(value) => {
                let chain = self.checks(value, "additional", patterns);
                statements.extend(chain.map(|chain| quote!(members.additional(|value| { value #chain; });)));
            }
        }
        for check in &shape.checks {
            let call = self.check(check, &names.name, patterns);
            statements.push(quote!(members #call;));
        }
        let scope = if statements.is_empty() {
            quote!(runtime::Scope::new(self, at, report);)
        } else {
            quote!(let mut members = runtime::Scope::new(self, at, report);)
        };
        let judge = self.judge_object(names, shape);
        quote! {
            impl runtime::Validate for #name {
                #[inline]
                fn check(&self, at: &runtime::Path<'_>, report: &mut runtime::Report) {
                    #scope
                    #(#statements)*
                }
                #judge
            }
        }
    }

    fn member_checks(&self, member: &Member, wire: &str, patterns: &mut Patterns) -> Option<TokenStream> {
        if !member.required {
            return self.bare_checks(&member.value, wire, patterns);
        }
        self.checks(&member.value, wire, patterns)
    }
}
