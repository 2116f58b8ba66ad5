//! IR and names → the files of a crate. A module a concept; each gives tokens, and `file` makes text of them.

mod answer;
mod body;
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
mod paging;
mod predicate;
mod rule;
mod structure;
mod token;
mod tuple;
mod ty;
mod union;
mod webhooks;

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
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
    plan: &'c json_schema::Plan,
    /// What is being made, which decides how names are reached.
    here: Here,
}

/// The file that is being made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    /// That of a type, which stands there without a path.
    Type(TypeId),
    /// That of the predicates of a module.
    Predicates(usize),
    /// One outside the modules of types.
    Elsewhere,
}

/// Emits a crate.
#[must_use]
pub fn emit(ir: &Ir, names: &Names, input: &Input<'_>) -> Generated {
    let groups = feature::Groups::of(ir, names);
    let plan = json_schema::Plan::of(ir, names);
    let (config, options, here) = (input.config, &input.options, Here::Elsewhere);
    let krate = Crate { ir, names, config, options, groups: &groups, plan: &plan, here };
    let mut generated = Generated::default();
    let mut of_modules: Vec<Vec<TypeId>> = vec![Vec::new(); ir.modules.len()];
    for (id, definition) in ir.iter().filter(|(_, definition)| definition.is_generated()) {
        let Some(names) = names.get(id) else { continue };
        let module = krate.ir.module_of(&definition.location);
        of_modules.get_mut(module).into_iter().for_each(|types| types.push(id));
        let path = format!("src/{}/{}.rs", krate.module(module), names.module);
        let text = Crate { here: Here::Type(id), ..krate }.type_file(definition, names);
        generated.items.push(Item {
            kind: ItemKind::Type,
            name: krate.names.path(ir, id).unwrap_or_default(),
            file: path.clone(),
            text: text.clone(),
        });
        generated.files.insert(path, text);
    }
    for (index, types) in of_modules.iter().enumerate() {
        let folder = format!("src/{}", krate.module(index));
        let predicates = krate.predicates_file(index);
        generated.files.insert(format!("{folder}/mod.rs"), krate.types_module(index, types, predicates.is_some()));
        generated.files.extend(predicates.map(|text| (format!("{folder}/predicates.rs"), text)));
    }
    krate.operation_files(&mut generated);
    generated.files.extend(krate.webhooks_file().map(|text| ("src/webhooks.rs".to_owned(), text)));
    generated.files.insert("src/lib.rs".to_owned(), krate.library());
    generated.files.insert("Cargo.toml".to_owned(), krate.manifest());
    generated.items.sort();
    generated
}

impl Crate<'_> {
    /// The name of a module of types.
    fn module(&self, index: usize) -> Ident {
        ty::ident(self.names.modules.get(index).map_or("", String::as_str))
    }

    /// The module of types that a file stands in.
    fn module_of(&self, here: Here) -> Option<usize> {
        match here {
            Here::Type(id) => self.ir.get(id).map(|definition| self.ir.module_of(&definition.location)),
            Here::Predicates(module) => Some(module),
            Here::Elsewhere => None,
        }
    }

    fn type_file(&self, definition: &TypeDef, names: &TypeNames) -> String {
        let mut patterns = check::Patterns::default();
        let mut items = match &definition.shape {
            Shape::Struct(shape) => self.structure(definition, names, shape, &mut patterns),
            Shape::Tuple(tuple) => self.tuple(definition, names, tuple, &mut patterns),
            Shape::Enum(enumeration) => self.enumeration(definition, names, enumeration, &mut patterns),
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
        let is_alias = matches!(definition.shape, Shape::Alias(_));
        let uses_runtime = !is_alias || items.iter().any(file::names_runtime);
        let import = uses_runtime.then(|| {
            quote!(
                use codegen_runtime as runtime;
            )
        });
        file::render(&head, import.into_iter().chain(patterns.items()).chain(items))
    }

    /// Another name of a type. Its checks are made where it is used.
    fn alias(&self, definition: &TypeDef, names: &TypeNames, value: &Use) -> Vec<TokenStream> {
        let (docs, rules) = (docs::of_type(definition, &names.name), self.rules_of_type());
        let name = ty::ident(&names.name);
        let value = self.ty(value);
        vec![quote!(#docs #rules pub type #name = #value;)]
    }

    /// A type around another one: a schema of its own that is no object.
    fn newtype(
        &self,
        definition: &TypeDef,
        names: &TypeNames,
        value: &Use,
        patterns: &mut check::Patterns,
    ) -> Vec<TokenStream> {
        let (docs, rules) = (docs::of_type(definition, &names.name), self.rules_of_type());
        let name = ty::ident(&names.name);
        let inner = self.ty(value);
        let chain = self.checks(value, &names.name, patterns);
        let judge = self.judge_newtype(value);
        let check = match chain {
            Some(chain) => quote! {
                #[inline]
                fn check(&self, at: &runtime::Path<'_>, report: &mut runtime::Report) {
                    runtime::Checked::new(Some(&self.0), *at, report)#chain;
                }
            },
            None => quote!(
                fn check(&self, _at: &runtime::Path<'_>, _report: &mut runtime::Report) {}
            ),
        };
        vec![
            quote!(#docs #rules #[derive(Clone, PartialEq)] pub struct #name(pub #inner);),
            quote!(impl runtime::Validate for #name { #check #judge }),
            quote!(runtime::newtype!(#name, #inner);),
        ]
    }

    fn types_module(&self, index: usize, own: &[TypeId], has_predicates: bool) -> String {
        let mut modules: BTreeMap<&str, (TokenStream, TokenStream)> = BTreeMap::new();
        let around = self.module(index).to_string();
        for (id, definition) in own.iter().filter_map(|id| Some((*id, self.ir.get(*id)?))) {
            let Some(names) = self.names.get(id) else { continue };
            let module = ty::ident(&names.module);
            let name = ty::ident(&names.name);
            let gate = self.groups.gate_of_type(id);
            let bundle = self.bundle(definition, names).map(|bundle| quote!(#gate pub use #module::#bundle;));
            let attributes = file::module_attributes(&names.module, &around);
            modules.insert(
                &names.module,
                (quote!(#gate #attributes mod #module;), quote!(#gate pub use #module::#name; #bundle)),
            );
        }
        let (mods, uses): (Vec<_>, Vec<_>) = modules.into_values().unzip();
        let predicates = has_predicates.then(|| {
            let alone = self.visibility_of_predicates().to_string() == quote!(pub(super)).to_string();
            let visibility = (!alone).then(|| quote!(pub(crate)));
            // Which predicates are used depends on the features.
            quote!(
                #[allow(dead_code, reason = "some belong to client groups that may be off")]
                #visibility mod predicates;
            )
        });
        let head = match self.ir.modules.get(index) {
            Some(module) if self.ir.modules.len() > 1 => format!("The types of {}.", docs::code(&module.name)),
            _ => "The types of the API.".to_owned(),
        };
        file::render_dense(&head, predicates.into_iter().chain(mods).chain(uses).chain(self.root_alias(index)))
    }

    /// `Root`, where the type of the root of the module's document is called something else.
    fn root_alias(&self, index: usize) -> Option<TokenStream> {
        let module = self.ir.modules.get(index).filter(|_| self.ir.modules.len() > 1)?;
        let names = self.names.get(module.root?).filter(|names| names.name != crate::name::ROOT)?;
        let (root, name) = (ty::ident(crate::name::ROOT), ty::ident(&names.name));
        Some(quote!(
            #[doc = " The root of the document."]
            pub type #root = #name;
        ))
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
        let mut items = vec![quote!(codegen_runtime::generated_by!(#version);)];
        items.extend(self.names.modules.iter().map(|module| {
            let (name, attributes) = (ty::ident(module), file::folder_attributes(module));
            quote!(#permit #attributes pub mod #name;)
        }));
        items.extend((!self.ir.events.is_empty()).then(|| quote!(#permit pub mod webhooks;)));
        items.extend(self.client_exports());
        items.push(quote!(
            pub use codegen_runtime::{Decode, Extra, Maybe, Merge, Valid, Validate, Value, Violation, Violations};
        ));
        let sends_bodies = self.ir.operations.iter().any(|operation| operation.body.is_some());
        items.extend(sends_bodies.then(|| {
            quote!(
                pub use codegen_runtime::{Blanks, Filled, Form};
            )
        }));
        items.extend((!self.ir.rules.judged.is_empty()).then(|| {
            quote!(
                pub use codegen_runtime::{Breach, Breaches, Level};
            )
        }));
        items.extend(self.ir.has_files.then(|| {
            quote!(
                pub use codegen_runtime::File;
            )
        }));
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
