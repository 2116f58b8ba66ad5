//! Operations: a request builder each, in a module a group.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::body::{self, other_body};
use super::check::Patterns;
use super::ty::{ident, setter_attribute};
use super::{Crate, client, docs, file};
use crate::document::{Form, ParameterPlace, Server, Style};
use crate::files::{Generated, Item, ItemKind};
use crate::ir::{Operation, Parameter, Ty, Use};
use crate::markdown;
use crate::name::OperationNames;

impl Crate<'_> {
    /// The files of the client, and the items in them.
    pub(super) fn operation_files(&self, generated: &mut Generated) {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, names) in self.names.operations.iter().enumerate() {
            groups.entry(&names.group).or_default().push(index);
        }
        if groups.is_empty() {
            return;
        }
        for (group, indices) in &mut groups {
            indices.sort_by_key(|index| self.names.operations.get(*index).map(|names| &names.method));
            let path = format!("src/client/{group}.rs");
            let text = self.group_file(group, indices, &path, &mut generated.items);
            generated.files.insert(path, text);
        }
        generated.files.insert("src/client/mod.rs".to_owned(), self.client_module(&groups));
    }

    fn group_file(&self, group: &str, indices: &[usize], path: &str, items: &mut Vec<Item>) -> String {
        let mut patterns = Patterns::default();
        let (mut methods, mut builders) = (Vec::new(), Vec::new());
        let mut group_type = ident("");
        for index in indices {
            let (Some(operation), Some(names)) = (self.ir.operations.get(*index), self.names.operations.get(*index))
            else {
                continue;
            };
            group_type = ident(&names.group_type);
            let method = self.method(operation, names, &mut patterns);
            let builder = file::texts(self.builder(operation, names, &mut patterns));
            let method = file::texts([quote!(impl Group { #method })]).concat();
            let text = method.clone() + &builder.concat();
            items.push(Item {
                kind: ItemKind::Operation,
                name: format!("{group}.{}", names.method),
                file: path.to_owned(),
                text,
            });
            methods.push(method);
            builders.extend(builder);
        }
        let head = docs::lines(&format!("The operations of `{group}`."));
        let declaration =
            quote!(#head #[derive(Clone, Copy, Debug)] pub struct #group_type<'c>(&'c runtime::client::Client););
        let own = file::texts([quote! {
            impl<'c> #group_type<'c> {
                pub(super) fn new(client: &'c runtime::client::Client) -> Self {
                    Self(client)
                }
            }
        }]);
        let import = quote! {
            use codegen_runtime as runtime;
            use runtime::client::{Call, Method};
        };
        let mut texts = file::texts(std::iter::once(import).chain(patterns.items()).chain([declaration]));
        texts.push(file::merged(&own.concat(), &methods));
        texts.extend(builders);
        file::join(&format!("The operations of `{group}`."), &texts)
    }

    /// The method of the group: required parameters and body as arguments.
    fn method(&self, operation: &Operation, names: &OperationNames, patterns: &mut Patterns) -> TokenStream {
        let (method, builder) = (ident(&names.method), ident(&names.builder));
        let head = docs::lines(&self.operation_docs(operation));
        let deprecated = docs::deprecated(&operation.docs);
        let mut arguments = Vec::new();
        let mut calls = TokenStream::new();
        for (parameter, name) in
            operation.parameters.iter().zip(&names.parameters).filter(|(parameter, _)| parameter.required)
        {
            let name = ident(name);
            let (ty, value) = self.parameter_argument(&parameter.value, &quote!(#name));
            arguments.push(quote!(#name: #ty));
            calls.extend(self.parameter_call(parameter, &value, patterns));
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            let (ty, call) = self.body(body, patterns);
            arguments.push(quote!(body: #ty));
            calls.extend(call);
        }
        calls.extend(self.exceptions(operation));
        // Seven is what clippy takes, `self` among them.
        let many = (arguments.len() > 6)
            .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the operation requires them")]));
        let (verb, path) = (ident(&operation.method), &operation.path);
        quote! {
            #head
            #deprecated
            #many
            #[inline]
            pub fn #method(&self, #(#arguments),*) -> #builder<'c> {
                #builder(self.0.call(Method::#verb, #path)#calls)
            }
        }
    }

    /// The request builder: optional parameters as setters.
    fn builder(&self, operation: &Operation, names: &OperationNames, patterns: &mut Patterns) -> Vec<TokenStream> {
        let builder = ident(&names.builder);
        let group = ident(&names.group_type);
        let method = ident(&names.method);
        let head = docs::lines(&format!("The request of [`{group}::{method}`]; `.await` sends it."));
        let mut setters = Vec::new();
        for (parameter, name) in
            operation.parameters.iter().zip(&names.parameters).filter(|(parameter, _)| !parameter.required)
        {
            let docs = docs::lines(&self.parameter_docs(parameter));
            let deprecated = docs::deprecated(&parameter.docs);
            let operator = setter_attribute(name);
            let name = ident(name);
            let (ty, value) = self.parameter_argument(&parameter.value, &quote!(value));
            let call = self.parameter_call(parameter, &value, patterns);
            setters.push(quote! {
                #docs
                #deprecated
                #operator
                #[inline]
                pub fn #name(self, value: #ty) -> Self {
                    Self(self.0 #call)
                }
            });
        }
        if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
            let (ty, call) = self.body(body, patterns);
            setters.push(quote! {
                #[doc = " Sends a body."]
                #[inline]
                pub fn body(self, body: #ty) -> Self {
                    Self(self.0 #call)
                }
            });
        }
        setters.extend(operation.body.as_ref().and_then(other_body));
        let error = match &self.ir.error {
            Some(error) => self.ty(error),
            None => quote!(runtime::Value),
        };
        let mut items = vec![quote!(#head #[must_use] pub struct #builder<'c>(Call<'c>);)];
        if !setters.is_empty() {
            items.push(quote!(impl #builder<'_> { #(#setters)* }));
        }
        items.extend(self.answer(operation, names, &error));
        items.extend(operation.paging.as_ref().map(|paging| self.paging(&names.builder, paging, &error)));
        items
    }

    fn parameter_call(&self, parameter: &Parameter, value: &TokenStream, patterns: &mut Patterns) -> TokenStream {
        let (method, place) = match parameter.place {
            ParameterPlace::Path => ("path", "Path"),
            ParameterPlace::Query => ("query", "Query"),
            ParameterPlace::Header => ("header", "Header"),
            ParameterPlace::Cookie => ("cookie", "Cookie"),
        };
        let (method, place) = (ident(method), ident(place));
        let name = &parameter.name;
        let check = match self.bare_checks(&parameter.value, name, patterns) {
            Some(chain) => quote!(|value| { value #chain; }),
            None => quote!(|_| {}),
        };
        match self.unusual_form(parameter) {
            Some(form) => quote!(.styled(runtime::client::Place::#place, #name, #form, #value, #check)),
            None => quote!(.#method(#name, #value, #check)),
        }
    }

    /// How a parameter is written where that is not what is usual at its place.
    fn unusual_form(&self, parameter: &Parameter) -> Option<TokenStream> {
        let Form { style, explode, allow_reserved } = parameter.form;
        let usual = match parameter.place {
            ParameterPlace::Path | ParameterPlace::Header => (Style::Simple, false),
            ParameterPlace::Query | ParameterPlace::Cookie => (Style::Form, true),
        };
        let is_scalar = matches!(
            self.resolved(&parameter.value).ty,
            Ty::Bool | Ty::Integer | Ty::Unsigned | Ty::Number | Ty::String
        ) || self.enumerated(&parameter.value).is_some();
        // To explode a scalar changes nothing.
        let explode = if is_scalar { usual.1 } else { explode };
        ((style, explode) != usual || allow_reserved).then(|| body::form(Form { style, explode, allow_reserved }))
    }

    /// What the operation does not have in common with most others: what it asks for, its server, its security.
    fn exceptions(&self, operation: &Operation) -> TokenStream {
        let mut calls = TokenStream::new();
        let asked: BTreeSet<&String> = operation.answers().flat_map(|answer| &answer.media_types).collect();
        let asked: Vec<&str> = asked.into_iter().map(String::as_str).collect();
        let is_json = |media_type: &&str| media_type.eq_ignore_ascii_case("application/json");
        if !asked.is_empty() && !asked.iter().all(is_json) {
            let asked = asked.join(", ");
            calls.extend(quote!(.accept(#asked)));
        }
        if operation.security != self.ir.security {
            let security = client::requirement(&operation.security);
            calls.extend(quote!(.security(#security)));
        }
        if let Some(Server { template, variables }) = &operation.server {
            let variables = client::variables(variables);
            calls.extend(quote!(.server(#template, #variables)));
        }
        calls.extend(operation.idempotent.then(|| quote!(.idempotent(true))));
        calls
    }

    /// What a parameter takes, and the expression that lends its value.
    fn parameter_argument(&self, value: &Use, name: &TokenStream) -> (TokenStream, TokenStream) {
        match &self.resolved(value).ty {
            Ty::String => (quote!(impl AsRef<str>), quote!(#name.as_ref())),
            Ty::Bool => (quote!(bool), quote!(&#name)),
            Ty::List(item) => {
                let item = self.ty(item);
                (
                    quote!(impl IntoIterator<Item = impl Into<#item>>),
                    quote!(&#name.into_iter().map(Into::into).collect::<Vec<#item>>()),
                )
            }
            _ => {
                let ty = self.ty(&Use { nullable: false, ..value.clone() });
                (quote!(impl Into<#ty>), quote!(&#name.into()))
            }
        }
    }

    fn operation_docs(&self, operation: &Operation) -> String {
        let mut paragraphs: Vec<String> = Vec::new();
        let said = [operation.summary.as_deref(), operation.docs.description.as_deref()];
        paragraphs.extend(said.into_iter().flatten().map(markdown::from_description).filter(|text| !text.is_empty()));
        paragraphs.dedup();
        let more = operation.external_docs.as_deref().filter(|url| !url.contains(['<', '>', ' ', '\n']));
        paragraphs.extend(more.map(|url| format!("See <{url}>.")));
        paragraphs.push(docs::code(&format!("{} {}", operation.method, operation.path)));
        let arguments: Vec<String> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required && parameter.docs.description.is_some())
            .map(|parameter| {
                let text = self.parameter_docs(parameter);
                let text: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
                format!("* {}: {}", docs::code(&parameter.name), text.join("\n  "))
            })
            .collect();
        if !arguments.is_empty() {
            paragraphs.push(arguments.join("\n"));
        }
        if !operation.failures.is_empty() {
            let failures = operation.failures.iter().map(|(status, text)| {
                let text = text.as_deref().map(markdown::from_description).unwrap_or_default();
                let text: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
                let status = named_status(status);
                if text.is_empty() { format!("* {status}") } else { format!("* {status}: {}", text.join("\n  ")) }
            });
            paragraphs.push(format!("# Errors\n{}", failures.collect::<Vec<_>>().join("\n")));
        }
        paragraphs.join("\n\n")
    }

    fn parameter_docs(&self, parameter: &Parameter) -> String {
        let mut text = parameter.docs.description.as_deref().map(markdown::from_description).unwrap_or_default();
        if text.is_empty() {
            text = docs::code(&parameter.name);
        }
        let limits = self.limits(&parameter.value);
        if !limits.is_empty() {
            text.push_str(&format!("\n\nLimits: {}.", limits.join(", ")));
        }
        text
    }
}

/// A status, and the variant of the client's `Error` that has it to itself.
fn named_status(status: &str) -> String {
    let variant = match status {
        "400" => "BadRequest",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "NotFound",
        "409" => "Conflict",
        "422" => "UnprocessableEntity",
        "429" => "RateLimited",
        "503" => "ServiceUnavailable",
        _ => return status.to_owned(),
    };
    format!("{status}, `Error::{variant}`")
}
