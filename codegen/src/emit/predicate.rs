//! Predicates: a function a schema, a call a keyword; and beside it the schema again, where several refer to it.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::check::{Patterns, optional_count};
use super::ty::ident;
use super::{Crate, Here, docs, file};
use crate::config;
use crate::ir::{Contains, Predicate, PredicateId};

impl Crate<'_> {
    /// `predicates.rs` of a module; `None` where it has none.
    pub(super) fn predicates_file(&self, module: usize) -> Option<String> {
        let krate = Self { here: Here::Predicates(module), ..*self };
        let mut patterns = Patterns::default();
        let predicates = self.ir.predicates.iter().enumerate();
        let own = predicates.filter(|(_, predicate)| self.ir.module_of(&predicate.location) == module);
        let functions: Vec<TokenStream> =
            own.map(|(index, predicate)| krate.predicate(PredicateId(index), predicate, &mut patterns)).collect();
        if functions.is_empty() {
            return None;
        }
        let import = quote!(
            use codegen_runtime as runtime;
        );
        let resources: Vec<TokenStream> = krate.resources(module).collect();
        let items = std::iter::once(import).chain(resources).chain(patterns.items()).chain(functions);
        Some(file::render("What no type expresses, as predicates.", items))
    }

    /// The dynamic anchors of the resources of a module.
    fn resources(&self, module: usize) -> impl Iterator<Item = TokenStream> {
        let own = self.ir.resources.iter().enumerate();
        let own = own.filter(move |(_, anchors)| self.module_of_resource(anchors) == Some(module));
        own.map(|(index, anchors)| {
            let name = self.resource_name(index);
            let anchors = anchors.iter().map(|(anchor, id)| {
                let schema = self.predicate_path(*id);
                quote!((#anchor, #schema))
            });
            quote!(static #name: &runtime::Resource = &[#(#anchors),*];)
        })
    }

    fn module_of_resource(&self, anchors: &BTreeMap<String, PredicateId>) -> Option<usize> {
        let first = anchors.values().next()?;
        self.ir.predicates.get(first.0).map(|predicate| self.ir.module_of(&predicate.location))
    }

    /// Resources are counted in the module that they stand in.
    fn resource_name(&self, index: usize) -> proc_macro2::Ident {
        let module = self.ir.resources.get(index).and_then(|anchors| self.module_of_resource(anchors));
        let before = self.ir.resources.iter().take(index);
        let before = before.filter(|anchors| self.module_of_resource(anchors) == module).count();
        ident(&format!("RESOURCE_{}", before.saturating_add(1)))
    }

    /// The function of a predicate, as the file that is being made reaches it.
    pub(super) fn predicate_path(&self, id: PredicateId) -> TokenStream {
        let name = ident(self.names.predicates.get(id.0).map_or("", String::as_str));
        let module = self.ir.predicates.get(id.0).map_or(0, |predicate| self.ir.module_of(&predicate.location));
        match self.here {
            Here::Predicates(here) if here == module => quote!(#name),
            here if self.module_of(here) == Some(module) => quote!(super::predicates::#name),
            _ => {
                let module = self.module(module);
                quote!(crate::#module::predicates::#name)
            }
        }
    }

    /// Who sees the predicates of a module: it alone, unless there are others, or a client that asks them about bodies.
    pub(super) fn visibility_of_predicates(&self) -> TokenStream {
        let alone = self.ir.modules.len() == 1 && self.ir.operations.is_empty();
        if alone { quote!(pub(super)) } else { quote!(pub(crate)) }
    }

    fn predicate(&self, id: PredicateId, predicate: &Predicate, patterns: &mut Patterns) -> TokenStream {
        let name = self.predicate_path(id);
        let visibility = self.visibility_of_predicates();
        // Not by its file, whose name depends on where the generator was called.
        let place = match predicate.location.pointer.as_str() {
            "" => "the root of its document".to_owned(),
            pointer => docs::code(pointer),
        };
        let docs = docs::lines(&match predicate.location.file.as_str() {
            config::FILE => format!("The schema at {place} of the rules."),
            _ => format!("The schema at {place}."),
        });
        let schemas = self.predicate_schemas(id);
        let calls = self.calls(predicate, patterns);
        let subject = ident(if calls.is_empty() { "_subject" } else { "subject" });
        let body = if calls.is_empty() { TokenStream::new() } else { quote!(subject #calls;) };
        quote! {
            #docs
            #visibility fn #name(#subject: &mut runtime::Subject<'_>) {
                #body
            }
            #schemas
        }
    }

    fn calls(&self, predicate: &Predicate, patterns: &mut Patterns) -> TokenStream {
        let name = |id: &PredicateId| self.predicate_path(*id);
        let option = |id: &Option<PredicateId>| match id {
            Some(id) => {
                let name = self.predicate_path(*id);
                quote!(Some(#name))
            }
            None => quote!(None),
        };
        let mut calls = TokenStream::new();
        if let Some(resource) = predicate.resource.map(|index| self.resource_name(index)) {
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
