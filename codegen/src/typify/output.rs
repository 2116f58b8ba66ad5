//! What typify makes of the schemas, as the text of a crate.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{File, Item};
use typify_impl::{Error, TypeSpace, TypeSpaceSettings};

use crate::emit::file;

use super::contained::contained;
use super::schemas::{Definitions, Given};

/// The crates that typify's output may name, and their entries in `[dependencies]`.
const CRATES: &[(&str, &str)] = &[
    ("chrono", r#"{ version = "0.4", features = ["serde"] }"#),
    ("regress", r#""0.12""#),
    ("serde", r#"{ version = "1", features = ["derive"] }"#),
    ("serde_json", r#""1""#),
    ("uuid", r#"{ version = "1", features = ["serde"] }"#),
];

/// How much of what typify says is repeated: it may quote whole schemas.
const SAID: usize = 240;

/// What was made.
pub(super) struct Made {
    /// The text of `src/lib.rs`.
    pub(super) library: String,
    /// The types: each with its impls, as text.
    pub(super) types: BTreeMap<String, String>,
    /// The lines of `[dependencies]`.
    pub(super) dependencies: String,
}

/// Why nothing was made.
pub(super) struct Refusal {
    /// What typify says, on one line.
    pub(super) message: String,
    /// The definition that it says it of.
    pub(super) definition: Option<String>,
}

/// Has typify make types of the schemas.
pub(super) fn make(definitions: &Definitions, head: &str) -> Result<Made, Refusal> {
    let made = contained(|| types(&definitions.given).map(|tokens| written(&tokens, head)));
    made.unwrap_or_else(|panic| {
        Err(Refusal { message: format!("typify panicked: {}", shortened(&panic)), definition: None })
    })
}

fn types(given: &Given) -> Result<TokenStream, Refusal> {
    let mut space = TypeSpace::new(&TypeSpaceSettings::default());
    let added = match given.clone() {
        Given::Root(schema) => space.add_root_schema(*schema).map(|_| ()),
        Given::Components(schemas) => space.add_ref_types(schemas),
    };
    added.map(|()| space.to_stream()).map_err(|error| Refusal {
        message: format!("typify refuses: {}", shortened(&error.to_string())),
        definition: match error {
            Error::InvalidSchema { type_name, .. } => type_name,
            _ => None,
        },
    })
}

/// The first of what was said, on one line.
fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SAID) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn written(tokens: &TokenStream, head: &str) -> Made {
    let mut named = BTreeSet::new();
    behind_colons(tokens, &mut named);
    let entries = CRATES.iter().filter(|(name, _)| named.contains(*name));
    let pieces: Vec<(File, String)> = file::pieces(tokens.clone())
        .into_iter()
        .map(|piece| {
            let text = prettyplease::unparse(&piece);
            (piece, text)
        })
        .collect();
    let texts: Vec<String> =
        file::texts([style()]).into_iter().chain(pieces.iter().map(|(_, text)| text.clone())).collect();
    Made {
        library: file::join(head, &texts),
        types: by_type(pieces),
        dependencies: entries.map(|(name, entry)| format!("{name} = {entry}\n")).collect(),
    }
}

/// typify writes for no lints: which ones its output trips depends on the document.
fn style() -> TokenStream {
    quote! {
        #![allow(missing_docs, reason = "typify documents types alone")]
        #![allow(rustdoc::all, reason = "descriptions stand as the document has them")]
        #![allow(unused_qualifications, reason = "typify writes whole paths")]
        #![allow(dead_code, unused_comparisons, reason = "typify writes helpers and checks that may be idle")]
        #![allow(clippy::all, clippy::unwrap_used, reason = "the style is typify's")]
    }
}

/// The names that stand behind `::` in tokens: among them those of crates.
fn behind_colons(tokens: &TokenStream, found: &mut BTreeSet<String>) {
    let mut colons = 0;
    for tree in tokens.clone() {
        match &tree {
            TokenTree::Group(group) => behind_colons(&group.stream(), found),
            TokenTree::Ident(name) if colons >= 2 => {
                found.insert(name.to_string());
            }
            _ => {}
        }
        colons = match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons + 1,
            _ => 0,
        };
    }
}

/// The text of every type, with the impls that follow it.
fn by_type(pieces: Vec<(File, String)>) -> BTreeMap<String, String> {
    let mut types: BTreeMap<String, String> = BTreeMap::new();
    let mut current = None;
    for (piece, text) in pieces {
        match piece.items.first() {
            Some(Item::Struct(item)) => current = Some(item.ident.to_string()),
            Some(Item::Enum(item)) => current = Some(item.ident.to_string()),
            Some(Item::Impl(_)) => {}
            _ => current = None,
        }
        if let Some(name) = &current {
            types.entry(name.clone()).or_default().push_str(&text);
        }
    }
    types
}
