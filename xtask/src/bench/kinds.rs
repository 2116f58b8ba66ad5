//! What each kind of emitted code costs: the generated crate without it.
//!
//! Where nothing would compile without it, a body becomes `loop {}`, which has every type, and a derived impl one with such bodies. What a
//! kind costs is then a little more than what is shown, because its declarations stay.

use proc_macro2::Span;
use syn::{
    Attribute, Block, Fields, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Meta, ReceiverKind, parse_quote,
};

use super::baseline::is_for;
use super::sources::Trees;
use super::wire::implements;

/// A kind of emitted code, and how a crate is left without it.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) remove: fn(&mut Trees),
}

/// The kinds.
pub(crate) const KINDS: [Kind; 12] = [
    Kind { name: "docs", remove: docs },
    Kind { name: "`json_schema!` (feature `schemars` is off)", remove: json_schemas },
    Kind { name: "`new` and setters", remove: setters },
    Kind { name: "derives of `Clone` and `PartialEq`", remove: derives },
    Kind { name: "`Object::take`, `Row::take`", remove: |trees| bodies(trees, &["Object", "Row"], Some("take")) },
    Kind { name: "`Object::give`, `Row::give`", remove: |trees| bodies(trees, &["Object", "Row"], Some("give")) },
    Kind { name: "`Object::blank`, `Row::blank`", remove: |trees| bodies(trees, &["Object", "Row"], Some("blank")) },
    Kind { name: "`Validate`", remove: |trees| bodies(trees, &["Validate"], None) },
    Kind { name: "`Decode` of unions", remove: |trees| bodies(trees, &["Decode"], None) },
    Kind {
        name: "`Encode`, `Debug` and `From` of unions",
        remove: |trees| bodies(trees, &["Encode", "Debug", "From"], None),
    },
    Kind { name: "names of enumerations", remove: lookups },
    Kind { name: "client", remove: client },
];

/// Removes all kinds at once: what is left are declarations, and the impls that the runtime's macros make.
pub(crate) fn all(trees: &mut Trees) {
    for kind in KINDS {
        (kind.remove)(trees);
    }
}

/// Lets nothing be a warning: what was left without its use would be one, and reporting costs as well.
pub(crate) fn permit(trees: &mut Trees) {
    if let Some(library) = trees.get_mut(std::path::Path::new("lib.rs")) {
        library.attrs.insert(0, parse_quote!(#![allow(warnings)]));
    }
}

fn items(trees: &mut Trees) -> impl Iterator<Item = &mut Item> {
    trees.values_mut().flat_map(|tree| &mut tree.items)
}

fn impls(trees: &mut Trees) -> impl Iterator<Item = &mut ItemImpl> {
    items(trees).filter_map(|item| match item {
        Item::Impl(item) => Some(item),
        _ => None,
    })
}

fn functions(item: &mut ItemImpl) -> impl Iterator<Item = &mut ImplItemFn> {
    item.items.iter_mut().filter_map(|inner| match inner {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    })
}

fn without_docs(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
}

fn docs(trees: &mut Trees) {
    for tree in trees.values_mut() {
        without_docs(&mut tree.attrs);
    }
    for item in items(trees) {
        match item {
            Item::Struct(item) => {
                without_docs(&mut item.attrs);
                item.fields.iter_mut().for_each(|field| without_docs(&mut field.attrs));
            }
            Item::Enum(item) => {
                without_docs(&mut item.attrs);
                for variant in &mut item.variants {
                    without_docs(&mut variant.attrs);
                    variant.fields.iter_mut().for_each(|field| without_docs(&mut field.attrs));
                }
            }
            Item::Type(item) => without_docs(&mut item.attrs),
            Item::Fn(item) => without_docs(&mut item.attrs),
            Item::Mod(item) => without_docs(&mut item.attrs),
            Item::Impl(item) => {
                for inner in &mut item.items {
                    match inner {
                        ImplItem::Fn(function) => without_docs(&mut function.attrs),
                        ImplItem::Const(constant) => without_docs(&mut constant.attrs),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn json_schemas(trees: &mut Trees) {
    for tree in trees.values_mut() {
        tree.items.retain(|item| !matches!(item, Item::Macro(item) if is_for(&item.attrs, &["schemars"])));
    }
}

/// Functions of types that make one, or change one and give it back. Those of the client are its operations.
fn setters(trees: &mut Trees) {
    for (path, tree) in trees.iter_mut() {
        if path.starts_with("client") {
            continue;
        }
        for item in &mut tree.items {
            let Item::Impl(item) = item else { continue };
            if item.trait_.is_none() {
                item.items.retain(|inner| !matches!(inner, ImplItem::Fn(function) if is_setter(function)));
            }
        }
    }
}

fn is_setter(function: &ImplItemFn) -> bool {
    let changes = match function.sig.inputs.first() {
        Some(FnArg::Receiver(receiver)) => {
            matches!(receiver.kind, ReceiverKind::Value) && receiver.mutability.is_some()
        }
        _ => false,
    };
    changes || function.sig.ident == "new"
}

/// Replaces the bodies of a function of these traits, or of all of them.
fn bodies(trees: &mut Trees, traits: &[&str], function: Option<&str>) {
    for item in impls(trees).filter(|item| traits.iter().any(|name| implements(item, name))) {
        for found in functions(item) {
            if function.is_none_or(|name| found.sig.ident == name) {
                found.block = nothing();
            }
        }
    }
}

fn nothing() -> Block {
    parse_quote!({ loop {} })
}

/// The ways between the variants of an enumeration and their values.
fn lookups(trees: &mut Trees) {
    for item in impls(trees).filter(|item| item.trait_.is_none()) {
        let is_enumeration =
            item.items.iter().any(|inner| matches!(inner, ImplItem::Const(constant) if constant.ident == "VALUES"));
        if is_enumeration {
            functions(item).for_each(|function| function.block = nothing());
        }
    }
}

fn derives(trees: &mut Trees) {
    for tree in trees.values_mut() {
        let mut stubs: Vec<Item> = Vec::new();
        for item in &mut tree.items {
            let (attributes, name, is_plain) = match item {
                Item::Struct(item) => (
                    &mut item.attrs,
                    item.ident.clone(),
                    !matches!(item.fields, Fields::Unit) && item.generics.params.is_empty(),
                ),
                Item::Enum(item) => (&mut item.attrs, item.ident.clone(), item.generics.params.is_empty()),
                _ => continue,
            };
            if is_plain {
                stub_derives(attributes, &name, &mut stubs);
            }
        }
        tree.items.append(&mut stubs);
    }
}

/// Takes `Clone` and `PartialEq` out of a `derive` and makes impls of them, unless more is derived, which they may be needed for.
fn stub_derives(attributes: &mut Vec<Attribute>, name: &Ident, stubs: &mut Vec<Item>) {
    let derived = |attribute: &Attribute| -> Vec<String> {
        let Meta::List(list) = &attribute.meta else { return Vec::new() };
        list.tokens.clone().into_iter().map(|token| token.to_string()).filter(|token| token != ",").collect()
    };
    attributes.retain(|attribute| {
        if !attribute.path().is_ident("derive") {
            return true;
        }
        let traits = derived(attribute);
        if !traits.iter().all(|name| ["Clone", "PartialEq"].contains(&name.as_str())) {
            return true;
        }
        for derived in traits {
            let function = Ident::new(if derived == "Clone" { "clone" } else { "eq" }, Span::call_site());
            stubs.push(match derived.as_str() {
                "Clone" => parse_quote!(impl Clone for #name { fn #function(&self) -> Self { loop {} } }),
                _ => parse_quote!(impl PartialEq for #name { fn #function(&self, _other: &Self) -> bool { loop {} } }),
            });
        }
        false
    });
}

fn client(trees: &mut Trees) {
    trees.retain(|path, _| !path.starts_with("client"));
    if let Some(library) = trees.get_mut(std::path::Path::new("lib.rs")) {
        library.items.retain(|item| match item {
            Item::Mod(item) => !is_for(&item.attrs, &["client"]),
            Item::Use(item) => !is_for(&item.attrs, &["client"]),
            _ => true,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PET: &str = r#"
        /// A pet.
        #[derive(Clone, PartialEq)]
        pub struct Pet {
            /// Its name.
            pub name: Option<String>,
        }
        impl Pet {
            /// Nothing set.
            pub fn new() -> Self { Self::default() }
            pub fn name(mut self, value: String) -> Self { self.name = Some(value); self }
            pub fn read(&self) -> usize { 1 }
        }
        impl runtime::Object for Pet {
            fn blank() -> Self { Self { name: None } }
            fn take(&mut self) -> bool { true }
            fn give(&self) -> bool { false }
        }
        impl runtime::Validate for Pet { fn check(&self) { self.read(); } }
        #[cfg(feature = "schemars")]
        runtime::json_schema!(Pet, "{}");
        #[derive(Clone, Copy)]
        pub enum Color { Red, Unknown(i64) }
        impl Color {
            pub const VALUES: &'static [i64] = &[1];
            pub fn value(&self) -> i64 { 1 }
        }
    "#;

    fn without(name: &str) -> String {
        let library = "pub mod types; #[cfg(feature = \"client\")] pub mod client; #[cfg(feature = \"client\")] pub use client::Client;";
        let files = [
            ("lib.rs", library),
            ("types.rs", PET),
            ("client/mod.rs", "pub struct Client; impl Client { fn new() {} }"),
        ];
        let mut trees: Trees = files.map(|(path, text)| (path.into(), syn::parse_file(text).unwrap())).into();
        let kind = KINDS.iter().find(|kind| kind.name.contains(name)).unwrap();
        (kind.remove)(&mut trees);
        trees.values().map(prettyplease::unparse).collect()
    }

    #[test]
    fn each_kind_takes_away_its_own_and_nothing_else() {
        let whole = without("unions");
        for (name, gone, left) in [
            ("docs", vec!["/// A pet.", "/// Its name.", "/// Nothing set."], "pub fn new"),
            ("json_schema", vec!["json_schema!"], "/// A pet."),
            ("setters", vec!["pub fn new", "fn name"], "pub fn read"),
            ("take", vec!["true"], "fn take"),
            ("give", vec!["false"], "fn give"),
            ("blank", vec!["Self { name: None }"], "fn blank"),
            ("Validate", vec!["self.read()"], "impl runtime::Validate for Pet"),
            ("enumerations", vec!["fn value(&self) -> i64 {\n        1"], "VALUES"),
            ("client", vec!["mod client", "client::Client", "struct Client"], "pub mod types"),
            ("derives", vec!["#[derive(Clone, PartialEq)]"], "#[derive(Clone, Copy)]"),
        ] {
            let text = without(name);
            for gone in gone {
                assert!(whole.contains(gone), "{gone}");
                assert!(!text.contains(gone), "{name}: {text}");
            }
            assert!(text.contains(left), "{name}: {text}");
        }
        assert!(without("setters").contains("impl Client {\n    fn new() {}"), "the client's functions are no setters");
        assert!(without("derives").contains("impl PartialEq for Pet"));
    }

    #[test]
    fn nothing_is_left_but_declarations() {
        let mut trees: Trees = [("lib.rs".into(), syn::parse_file(PET).unwrap())].into();
        all(&mut trees);
        permit(&mut trees);
        let text: String = trees.values().map(prettyplease::unparse).collect();
        assert!(text.starts_with("#![allow(warnings)]\n"), "{text}");
        assert!(!text.contains("self.read()") && !text.contains("///"), "{text}");
        syn::parse_file(&text).unwrap();
    }
}
