//! IR and names → the files of a crate. A module a concept; each gives tokens, and `file` makes text of them.

mod check;
mod client;
pub(crate) mod docs;
mod enumeration;
mod feature;
pub(crate) mod file;
mod json_schema;
mod literal;
pub(crate) mod manifest;
mod operation;
mod predicate;
mod structure;
mod ty;
mod union;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::config::Config;
use crate::files::{Generated, Item, ItemKind};
use crate::ir::{Ir, Shape, TypeDef, TypeId, Use};
use crate::name::{Names, TypeNames};
use crate::{Input, Options};

/// What every part of the emitter looks at.
#[derive(Clone, Copy)]
struct Crate<'c> {
    ir: &'c Ir,
    names: &'c Names,
    config: &'c Config,
    options: &'c Options,
    groups: &'c feature::Groups,
    /// The type whose file is being made, which stands there without a path; none in the files of the client.
    here: Option<TypeId>,
}

/// Emits a crate.
#[must_use]
pub fn emit(ir: &Ir, names: &Names, input: &Input<'_>) -> Generated {
    let groups = feature::Groups::of(ir, names);
    let krate = Crate { ir, names, config: input.config, options: &input.options, groups: &groups, here: None };
    let mut generated = Generated::default();
    for (id, definition) in ir.iter() {
        let Some(names) = names.get(id) else { continue };
        let path = format!("src/types/{}.rs", names.module);
        let text = Crate { here: Some(id), ..krate }.type_file(definition, names);
        generated.items.push(Item {
            kind: ItemKind::Type,
            name: names.name.clone(),
            file: path.clone(),
            text: text.clone(),
        });
        generated.files.insert(path, text);
    }
    if !ir.predicates.is_empty() {
        generated.files.insert("src/types/predicates.rs".to_owned(), krate.predicates_file());
    }
    krate.operation_files(&mut generated);
    generated.files.insert("src/types/mod.rs".to_owned(), krate.types_module());
    generated.files.insert("src/lib.rs".to_owned(), krate.library());
    generated.files.insert("Cargo.toml".to_owned(), krate.manifest());
    generated.items.sort();
    generated
}

impl Crate<'_> {
    fn type_file(&self, definition: &TypeDef, names: &TypeNames) -> String {
        let mut patterns = check::Patterns::default();
        let mut items = match &definition.shape {
            Shape::Struct(shape) => self.structure(definition, names, shape, &mut patterns),
            Shape::Enum(values) => self.enumeration(definition, names, values),
            Shape::Union(union) => self.union(definition, names, union, &mut patterns),
            Shape::Alias(value) => self.alias(definition, names, value),
            Shape::Newtype(value) => self.newtype(definition, names, value, &mut patterns),
        };
        items.extend(self.json_schema(definition, names));
        let title = match &definition.shape {
            Shape::Alias(_) => "alias",
            Shape::Enum(_) => "enumeration",
            _ => "type",
        };
        let place = match definition.location.pointer.as_str() {
            "" => "the root of its document".to_owned(),
            pointer => docs::code(pointer),
        };
        let head = format!("The {title} `{}`, from {place}.", names.name);
        let uses_runtime = items.iter().any(|item| item.to_string().contains("runtime ::"));
        let import = uses_runtime.then(|| {
            quote!(
                use codegen_runtime as runtime;
            )
        });
        file::render(&head, import.into_iter().chain(patterns.items()).chain(items))
    }

    /// Another name of a type. Its checks are made where it is used.
    fn alias(&self, definition: &TypeDef, names: &TypeNames, value: &Use) -> Vec<TokenStream> {
        let docs = docs::of_type(definition, &names.name);
        let name = ty::ident(&names.name);
        let value = self.ty(value);
        vec![quote!(#docs pub type #name = #value;)]
    }

    /// A type around another one: a schema of its own that is no object.
    fn newtype(
        &self,
        definition: &TypeDef,
        names: &TypeNames,
        value: &Use,
        patterns: &mut check::Patterns,
    ) -> Vec<TokenStream> {
        let docs = docs::of_type(definition, &names.name);
        let name = ty::ident(&names.name);
        let inner = self.ty(value);
        let chain = self.checks(value, &names.name, patterns);
        let check = match chain {
            Some(chain) => quote! {
                fn check(&self, at: &runtime::Path<'_>, report: &mut runtime::Report) {
                    runtime::Checked::new(Some(&self.0), *at, report)#chain;
                }
            },
            None => quote!(
                fn check(&self, _at: &runtime::Path<'_>, _report: &mut runtime::Report) {}
            ),
        };
        vec![
            quote!(#docs #[derive(Clone, PartialEq)] pub struct #name(pub #inner);),
            quote!(impl runtime::Validate for #name { #check }),
            quote!(runtime::newtype!(#name, #inner);),
        ]
    }

    fn types_module(&self) -> String {
        let mut modules: BTreeMap<&str, (TokenStream, TokenStream)> = BTreeMap::new();
        for (id, definition) in self.ir.iter() {
            let Some(names) = self.names.get(id) else { continue };
            let module = ty::ident(&names.module);
            let name = ty::ident(&names.name);
            let gate = self.groups.gate_of_type(id);
            let bundle = self.bundle(definition, names).map(|bundle| quote!(#gate pub use #module::#bundle;));
            let attributes = file::module_attributes(&names.module, "types");
            modules.insert(
                &names.module,
                (quote!(#gate #attributes mod #module;), quote!(#gate pub use #module::#name; #bundle)),
            );
        }
        let (mods, uses): (Vec<_>, Vec<_>) = modules.into_values().unzip();
        // Which predicates are used depends on the features.
        let predicates = (!self.ir.predicates.is_empty()).then(|| {
            quote!(
                #[allow(dead_code, reason = "some belong to client groups that may be off")]
                mod predicates;
            )
        });
        file::render_dense("The types of the API.", predicates.into_iter().chain(mods).chain(uses))
    }

    /// What is deprecated is still read and written by generated code, which is no reason to warn whoever compiles it.
    fn permit_deprecated(&self) -> Option<TokenStream> {
        let deprecated = self.ir.types.iter().any(|definition| {
            let members = match &definition.shape {
                Shape::Struct(shape) => shape.members.values().any(|member| member.docs.deprecated),
                _ => false,
            };
            definition.docs.deprecated || members
        });
        deprecated.then(|| quote!(#[allow(deprecated, reason = "what is deprecated is still read and written")]))
    }

    fn library(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let permit = self.permit_deprecated();
        let mut items = vec![quote!(codegen_runtime::generated_by!(#version);), quote!(#permit pub mod types;)];
        items.extend(self.client_exports());
        items.push(quote!(
            pub use codegen_runtime::{Decode, Extra, Maybe, Merge, Valid, Validate, Value, Violation, Violations};
        ));
        items.extend(self.ir.has_foreign.then(|| {
            quote!(
                pub use codegen_runtime::Foreign;
            )
        }));
        items.push(quote!(
            #[cfg(feature = "schemars")]
            pub use codegen_runtime::schemars;
        ));
        let title = self.ir.title.clone().filter(|title| !title.trim().is_empty());
        let title = title.unwrap_or_else(|| self.config.package.name.clone());
        let scripts = (!self.names.are_ascii()).then(|| {
            quote! {
                #![allow(
                    confusable_idents,
                    mixed_script_confusables,
                    uncommon_codepoints,
                    reason = "the names are the document's"
                )]
            }
        });
        file::render(&docs::crate_head(&title, self.ir.description.as_deref()), scripts.into_iter().chain(items))
    }
}
