//! Arrays whose first elements have schemas of their own: tuples with a tail.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::check::Patterns;
use super::ty::ident;
use super::{Crate, docs};
use crate::ir::{Element, Extra, Tuple, TypeDef};
use crate::name::TypeNames;

impl Crate<'_> {
    pub(super) fn tuple(
        &self,
        definition: &TypeDef,
        names: &TypeNames,
        tuple: &Tuple,
        patterns: &mut Patterns,
    ) -> Vec<TokenStream> {
        let name = ident(&names.name);
        vec![
            self.tuple_declaration(definition, names, tuple),
            self.row(names, tuple),
            self.tuple_validation(names, tuple, patterns),
            quote!(runtime::row!(#name);),
        ]
    }

    fn tuple_declaration(&self, definition: &TypeDef, names: &TypeNames, tuple: &Tuple) -> TokenStream {
        let (docs, rules) = (docs::of_type(definition, &names.name), self.rules_of_type());
        let name = ident(&names.name);
        let fields = tuple.elements.iter().enumerate().map(|(index, element)| {
            let docs = docs::of_element(index, element, &self.limits(&element.value));
            let ty = self.element(tuple, index, element);
            quote!(#docs pub #ty)
        });
        let tail_docs = docs::lines(match tuple.tail {
            Extra::Closed => "What else was received; `validate` reports every element of it.",
            Extra::Open | Extra::Typed(_) => "The elements after these.",
        });
        let tail = self.extra(&tuple.tail);
        quote! {
            #docs
            #rules
            #[derive(Clone, PartialEq)]
            pub struct #name(#(#fields,)* #tail_docs pub Vec<#tail>);
        }
    }

    /// The type of the field of an element: as that of a member, with the demanded ones required.
    fn element(&self, tuple: &Tuple, index: usize, element: &Element) -> TokenStream {
        let bare = self.bare(&element.value);
        match (index < tuple.required, element.value.nullable) {
            (true, false) => bare,
            (true, true) | (false, false) => quote!(Option<#bare>),
            (false, true) => quote!(runtime::Maybe<#bare>),
        }
    }

    fn row(&self, names: &TypeNames, tuple: &Tuple) -> TokenStream {
        let name = ident(&names.name);
        let tail = self.extra(&tuple.tail);
        let required = Literal::usize_unsuffixed(tuple.required);
        let last = Literal::usize_unsuffixed(tuple.elements.len());
        let cells =
            || (0..tuple.elements.len()).map(|index| (Literal::usize_unsuffixed(index), index < tuple.required));
        let blanks = cells().map(|(_, required)| match required {
            true => quote!(runtime::Decode::blank()),
            false => quote!(Default::default()),
        });
        let takes = cells().map(|(index, required)| {
            let method = method(required);
            quote!(#index => elements.#method(&mut self.#index))
        });
        let gives = cells().map(|(index, required)| {
            let (method, wire) = (method(required), index.to_string());
            quote!(visit.#method(#wire, &self.#index);)
        });
        quote! {
            impl runtime::Row for #name {
                type Tail = #tail;
                const REQUIRED: usize = #required;
                #[inline]
                fn blank() -> Self {
                    Self(#(#blanks,)* Vec::new())
                }
                #[inline]
                fn tail(&self) -> &Vec<Self::Tail> {
                    &self.#last
                }
                #[inline]
                fn tail_mut(&mut self) -> &mut Vec<Self::Tail> {
                    &mut self.#last
                }
                fn take<'de, A: runtime::SeqAccess<'de>>(
                    &mut self,
                    index: usize,
                    elements: &mut runtime::Elements<A>,
                ) -> Result<runtime::Step, A::Error> {
                    match index {
                        #(#takes,)*
                        _ => Ok(runtime::Step::Tail),
                    }
                }
                fn give<V: runtime::Visit>(&self, visit: &mut runtime::Giving<'_, V>) {
                    #(#gives)*
                }
            }
        }
    }

    fn tuple_validation(&self, names: &TypeNames, tuple: &Tuple, patterns: &mut Patterns) -> TokenStream {
        let name = ident(&names.name);
        let mut statements: Vec<TokenStream> = Vec::new();
        for (index, element) in tuple.elements.iter().enumerate() {
            let place = format!("{}_{index}", names.name);
            let required = index < tuple.required;
            let chain = match required {
                true => self.checks(&element.value, &place, patterns),
                false => self.bare_checks(&element.value, &place, patterns),
            };
            let Some(chain) = chain else { continue };
            let (index, method) = (Literal::usize_unsuffixed(index), method(required));
            statements.push(quote!(elements.#method(#index, &self.#index)#chain;));
        }
        match &tuple.tail {
            Extra::Closed => statements.push(quote!(elements.closed();)),
            Extra::Open => {}
            Extra::Typed(value) => {
                let chain = self.checks(value, "item", patterns);
                statements.extend(chain.map(|chain| quote!(elements.tail(|item| { item #chain; });)));
            }
        }
        let whole: TokenStream = tuple.checks.iter().map(|check| self.check(check, &names.name, patterns)).collect();
        if !whole.is_empty() {
            statements.push(quote!(elements.whole(|value| { value #whole; });));
        }
        let scope = if statements.is_empty() {
            quote!(runtime::Cells::new(self, at, report);)
        } else {
            quote!(let mut elements = runtime::Cells::new(self, at, report);)
        };
        let judge = self.judge_tuple(tuple);
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
}

fn method(required: bool) -> proc_macro2::Ident {
    ident(if required { "required" } else { "optional" })
}
