//! Predicates: a function a schema, a call a keyword.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::check::{Patterns, optional_count};
use super::ty::ident;
use super::{Crate, docs, file};
use crate::ir::{Contains, Predicate, PredicateId};

impl Crate<'_> {
    /// `src/types/predicates.rs`
    pub(super) fn predicates_file(&self) -> String {
        let mut patterns = Patterns::default();
        let functions: Vec<TokenStream> = self
            .ir
            .predicates
            .iter()
            .enumerate()
            .map(|(index, predicate)| self.predicate(PredicateId(index), predicate, &mut patterns))
            .collect();
        let import = quote!(
            use codegen_runtime as runtime;
        );
        let resources = self.ir.resources.iter().enumerate().map(|(index, anchors)| {
            let name = resource_name(index);
            let anchors = anchors.iter().map(|(anchor, id)| {
                let schema = self.predicate_name(*id);
                quote!((#anchor, #schema))
            });
            quote!(static #name: &runtime::Resource = &[#(#anchors),*];)
        });
        let resources: Vec<TokenStream> = resources.collect();
        let items = std::iter::once(import).chain(resources).chain(patterns.items()).chain(functions);
        file::render("What no type expresses, as predicates.", items)
    }

    /// The function of a predicate, by its name alone.
    pub(super) fn predicate_name(&self, id: PredicateId) -> proc_macro2::Ident {
        ident(self.names.predicates.get(id.0).map_or("", String::as_str))
    }

    fn predicate(&self, id: PredicateId, predicate: &Predicate, patterns: &mut Patterns) -> TokenStream {
        let name = self.predicate_name(id);
        // Not by its file, whose name depends on where the generator was called.
        let place = match predicate.location.pointer.as_str() {
            "" => "the root of its document".to_owned(),
            pointer => docs::code(pointer),
        };
        let docs = docs::lines(&format!("The schema at {place}."));
        let calls = self.calls(predicate, patterns);
        let subject = ident(if calls.is_empty() { "_subject" } else { "subject" });
        let body = if calls.is_empty() { TokenStream::new() } else { quote!(subject #calls;) };
        quote! {
            #docs
            pub(super) fn #name(#subject: &mut runtime::Subject<'_>) {
                #body
            }
        }
    }

    fn calls(&self, predicate: &Predicate, patterns: &mut Patterns) -> TokenStream {
        let name = |id: &PredicateId| self.predicate_name(*id);
        let option = |id: &Option<PredicateId>| match id {
            Some(id) => {
                let name = self.predicate_name(*id);
                quote!(Some(#name))
            }
            None => quote!(None),
        };
        let mut calls = TokenStream::new();
        if let Some(resource) = predicate.resource.map(resource_name) {
            calls.extend(quote!(.enter(#resource)));
        }
        if let Some((anchor, initial)) = &predicate.dynamic {
            let initial = name(initial);
            calls.extend(quote!(.dynamic_ref(#anchor, #initial)));
        }
        if !predicate.checks.is_empty() {
            let chain: TokenStream =
                predicate.checks.iter().map(|check| self.check(check, &predicate.location.pointer, patterns)).collect();
            calls.extend(quote!(.check(|value| { value #chain; })));
        }
        for (method, branches) in
            [("all_of", &predicate.all_of), ("any_of", &predicate.any_of), ("one_of", &predicate.one_of)]
        {
            if !branches.is_empty() {
                let (method, branches) = (ident(method), branches.iter().map(name));
                calls.extend(quote!(.#method(&[#(#branches),*])));
            }
        }
        if let Some(not) = predicate.not.as_ref().map(name) {
            calls.extend(quote!(.not(#not)));
        }
        if let Some((condition, then, otherwise)) = &predicate.conditional {
            let (condition, then, otherwise) = (name(condition), option(then), option(otherwise));
            calls.extend(quote!(.conditional(#condition, #then, #otherwise)));
        }
        if !predicate.required.is_empty() {
            let names = &predicate.required;
            let names = names.iter();
            calls.extend(quote!(.required(&[#(#names),*])));
        }
        for (key, names) in &predicate.dependent_required {
            let names = names.iter();
            calls.extend(quote!(.dependent_required(#key, &[#(#names),*])));
        }
        for (key, id) in &predicate.dependent_schemas {
            let schema = name(id);
            calls.extend(quote!(.dependent_schema(#key, #schema)));
        }
        if !predicate.properties.is_empty() || !predicate.patterns.is_empty() || predicate.additional.is_some() {
            let properties = predicate.properties.iter().map(|(key, id)| {
                let schema = name(id);
                quote!((#key, #schema))
            });
            let properties: Vec<_> = properties.collect();
            let matching: Vec<_> = predicate
                .patterns
                .iter()
                .map(|(pattern, id)| {
                    let (pattern, schema) = (patterns.name(pattern, &predicate.location.pointer), name(id));
                    quote!((&#pattern, #schema))
                })
                .collect();
            let additional = option(&predicate.additional);
            calls.extend(quote!(.members(&[#(#properties),*], &[#(#matching),*], #additional)));
        }
        if let Some(names) = predicate.names.as_ref().map(name) {
            calls.extend(quote!(.names(#names)));
        }
        if !predicate.prefix.is_empty() || predicate.items.is_some() {
            let (prefix, items) = (predicate.prefix.iter().map(name), option(&predicate.items));
            calls.extend(quote!(.elements(&[#(#prefix),*], #items)));
        }
        if let Some(Contains { schema, min, max, evaluates }) = &predicate.contains {
            let method = ident(if *evaluates { "contains" } else { "counts" });
            let (schema, min, max) = (name(schema), Literal::u64_unsuffixed(*min), optional_count(*max));
            calls.extend(quote!(.#method(#schema, #min, #max)));
        }
        if let Some(schema) = predicate.unevaluated_properties.as_ref().map(name) {
            calls.extend(quote!(.unevaluated_members(#schema)));
        }
        if let Some(schema) = predicate.unevaluated_items.as_ref().map(name) {
            calls.extend(quote!(.unevaluated_elements(#schema)));
        }
        calls
    }
}

fn resource_name(index: usize) -> proc_macro2::Ident {
    ident(&format!("RESOURCE_{}", index.saturating_add(1)))
}
