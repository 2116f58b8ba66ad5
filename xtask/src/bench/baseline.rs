//! The baseline: the structs and enums of a generated crate as plain serde types.
//!
//! What a person would write who wants these types, nothing else, and no checks: declarations with `Clone`, `PartialEq` and serde's
//! derives. No functions, no impls, no docs. The types of `codegen-runtime` become those of std and serde_json that are closest, so that the
//! crate stands on serde and serde_json alone.

use std::collections::{BTreeMap, BTreeSet};

use syn::punctuated::Punctuated;
use syn::{Attribute, Field, Fields, Ident, Item, ItemEnum, ItemStruct, UseTree, parse_quote};

use super::sources::Trees;
use super::types::{self, is_of_runtime};
use super::wire::{self, Wire};

/// The dependencies of the crate.
pub(crate) const DEPENDENCIES: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";

/// The files of the baseline of a crate.
pub(crate) fn baseline(mut trees: Trees) -> Trees {
    trees.retain(|path, _| !path.starts_with("client"));
    let wire = Wire::of(&trees);
    let dropped = helpers(&trees);
    for tree in trees.values_mut() {
        tree.shebang = None;
        tree.attrs.clear();
        tree.items =
            std::mem::take(&mut tree.items).into_iter().filter_map(|item| plain(item, &wire, &dropped)).collect();
    }
    trees
}

/// The structs that are no schema's type: what `new` takes. Every type of a schema has checks, or a macro that implements them.
fn helpers(trees: &Trees) -> BTreeSet<String> {
    let mut declared = BTreeSet::new();
    let mut checked = BTreeSet::new();
    for item in trees.values().flat_map(|tree| &tree.items) {
        match item {
            Item::Struct(item) => {
                declared.insert(item.ident.to_string());
            }
            Item::Impl(item) if wire::implements(item, "Validate") => {
                checked.extend(wire::self_name(item));
            }
            _ => {}
        }
    }
    declared.difference(&checked).cloned().collect()
}

/// The item, if it is one of the baseline.
fn plain(item: Item, wire: &Wire, dropped: &BTreeSet<String>) -> Option<Item> {
    match item {
        Item::Struct(item) if !dropped.contains(&item.ident.to_string()) => Some(Item::Struct(structure(item, wire))),
        Item::Enum(item) => Some(Item::Enum(enumeration(item, wire))),
        Item::Type(mut item) => {
            item.attrs.clear();
            types::plain(&mut item.ty);
            Some(Item::Type(item))
        }
        Item::Mod(mut item) if !is_for(&item.attrs, &["client", "schemars"]) => {
            item.attrs.retain(|attribute| attribute.path().is_ident("path"));
            Some(Item::Mod(item))
        }
        Item::Use(mut item) if !is_for(&item.attrs, &["client", "schemars"]) => {
            item.attrs.clear();
            item.tree = used(item.tree, dropped)?;
            Some(Item::Use(item))
        }
        _ => None,
    }
}

/// Whether an item is there only with one of these features.
pub(crate) fn is_for(attributes: &[Attribute], features: &[&str]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        attribute.parse_args::<syn::MetaNameValue>().is_ok_and(|meta| match &meta.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. }) => features.contains(&name.value().as_str()),
            _ => false,
        })
    })
}

/// What an import has left without the runtime and what is dropped.
fn used(tree: UseTree, dropped: &BTreeSet<String>) -> Option<UseTree> {
    match tree {
        UseTree::Path(path) if is_of_runtime(&path.ident) => None,
        UseTree::Rename(rename) if is_of_runtime(&rename.ident) => None,
        UseTree::Path(mut path) => {
            path.tree = Box::new(used(*path.tree, dropped)?);
            Some(UseTree::Path(path))
        }
        UseTree::Name(name) => (!dropped.contains(&name.ident.to_string())).then_some(UseTree::Name(name)),
        UseTree::Group(mut group) => {
            let items: Punctuated<UseTree, _> =
                group.items.into_iter().filter_map(|tree| used(tree, dropped)).collect();
            group.items = items;
            (!group.items.is_empty()).then_some(UseTree::Group(group))
        }
        other => Some(other),
    }
}

fn derives() -> Attribute {
    parse_quote!(#[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)])
}

fn structure(mut item: ItemStruct, wire: &Wire) -> ItemStruct {
    let names = wire.members.get(&item.ident.to_string());
    item.attrs = vec![derives()];
    match &mut item.fields {
        Fields::Named(fields) => {
            let kept = std::mem::take(&mut fields.named).into_iter().filter(|field| !types::is_extra(&field.ty));
            fields.named = kept.collect();
            for field in &mut fields.named {
                field.attrs = field.ident.as_ref().and_then(|ident| rename(ident, names)).into_iter().collect();
                types::plain(&mut field.ty);
            }
        }
        Fields::Unnamed(fields) => fields.unnamed.iter_mut().for_each(plain_field),
        Fields::Unit => {}
    }
    item
}

fn plain_field(field: &mut Field) {
    field.attrs.clear();
    types::plain(&mut field.ty);
}

/// The attribute that gives a field its name on the wire, where that is another one.
fn rename(ident: &Ident, names: Option<&BTreeMap<String, String>>) -> Option<Attribute> {
    let name = names?.get(&ident.to_string())?;
    let own = ident.to_string();
    let own = own.strip_prefix("r#").unwrap_or(&own);
    (own != name).then(|| parse_quote!(#[serde(rename = #name)]))
}

fn enumeration(mut item: ItemEnum, wire: &Wire) -> ItemEnum {
    let is_union =
        item.variants.iter().filter(|variant| variant.ident != "Unknown").all(|variant| !variant.fields.is_empty());
    let values = wire.values.get(&item.ident.to_string());
    // An enumeration of the baseline knows what the schema lists; one that lists nothing keeps what it has.
    if item.variants.len() > 1 {
        let last = item.variants.len() - 1;
        let kept = std::mem::take(&mut item.variants).into_iter().enumerate().filter(|(index, variant)| {
            *index != last || variant.fields.is_empty() || !variant.ident.to_string().starts_with("Unknown")
        });
        item.variants = kept.map(|(_, variant)| variant).collect();
    }
    item.attrs = vec![derives()];
    if is_union {
        item.attrs.push(parse_quote!(#[serde(untagged)]));
    }
    for (index, variant) in item.variants.iter_mut().enumerate() {
        variant.attrs.clear();
        if let Some(name) = values.and_then(|values| values.get(index)).filter(|name| variant.ident != *name) {
            variant.attrs.push(parse_quote!(#[serde(rename = #name)]));
        }
        variant.fields.iter_mut().for_each(plain_field);
    }
    item
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn made(files: &[(&str, &str)]) -> BTreeMap<PathBuf, String> {
        let parsed = files.iter().map(|(path, text)| (PathBuf::from(path), syn::parse_file(text).unwrap()));
        baseline(parsed.collect()).iter().map(|(path, tree)| (path.clone(), prettyplease::unparse(tree))).collect()
    }

    #[test]
    fn a_struct_keeps_its_fields_and_their_names_on_the_wire() {
        let text = r#"
            //! A type.
            use codegen_runtime as runtime;
            static PATTERN: runtime::Pattern = runtime::Pattern::linear("a", "a");
            /// A pet.
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub struct Pet {
                /// Its kind.
                pub r#type: Option<String>,
                pub owner: runtime::Maybe<Box<super::Owner>>,
                pub is_good: runtime::Never,
                pub extra: runtime::Extra,
            }
            /// What is needed.
            #[derive(Clone, PartialEq)]
            pub struct PetRequired { pub owner: String }
            impl Pet { pub fn new(required: PetRequired) -> Self { loop {} } }
            impl runtime::Object for Pet {
                fn give<V: runtime::Visit>(&self, visit: &mut runtime::Giving<'_, V>) {
                    visit.optional("type", &self.r#type);
                    visit.optional_secret("owner", &self.owner);
                    visit.required("is-good", &self.is_good);
                }
            }
            impl runtime::Validate for Pet { fn check(&self) {} }
            runtime::object!(Pet);
        "#;
        let types = r#"
            //! Types.
            #[cfg(feature = "pets")]
            mod pet;
            #[cfg(feature = "pets")]
            pub use pet::{Pet, PetRequired};
            pub use pet::PetRequired;
        "#;
        let lib = r#"
            codegen_runtime::generated_by!("0.1.0");
            pub mod types;
            #[cfg(feature = "client")]
            pub mod client;
            #[cfg(feature = "client")]
            pub use client::Client;
            pub use codegen_runtime::{Decode, Extra};
        "#;
        let files = made(&[
            ("client/mod.rs", "pub struct Client;"),
            ("lib.rs", lib),
            ("types/mod.rs", types),
            ("types/pet.rs", text),
        ]);
        let texts: Vec<&str> = files.values().map(String::as_str).collect();
        assert_eq!(
            texts[..2],
            [
                "pub mod types;
",
                "mod pet;
pub use pet::Pet;
"
            ]
        );
        let expected = r#"#[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Pet {
    pub r#type: Option<String>,
    pub owner: Option<Box<super::Owner>>,
    #[serde(rename = "is-good")]
    pub is_good: serde_json::Value,
}
"#;
        assert_eq!(texts[2..], [expected]);
    }

    #[test]
    fn enumerations_list_what_the_schema_lists_and_unions_are_untagged() {
        let text = r#"
            #[derive(Clone)]
            #[non_exhaustive]
            pub enum Color { /// Red.
                Red, /// Green.
                Green, Unknown(String) }
            impl Color { pub const VALUES: &'static [&'static str] = &["red", "Green"]; }
            runtime::string_enum!(Color);
            #[derive(Clone, PartialEq)]
            pub enum Id { String(String), Pet(Box<super::Pet>), Unknown(runtime::Value) }
            #[derive(Clone, PartialEq)]
            pub enum Other { Unknown(runtime::Value) }
            /// An alias.
            pub type Ids = Vec<runtime::Maybe<Id>>;
        "#;
        let expected = r#"#[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Color {
    #[serde(rename = "red")]
    Red,
    Green,
}
#[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Id {
    String(String),
    Pet(Box<super::Pet>),
}
#[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Other {
    Unknown(serde_json::Value),
}
pub type Ids = Vec<Option<Id>>;
"#;
        assert_eq!(made(&[("a.rs", text)])[&PathBuf::from("a.rs")], expected);
    }
}
