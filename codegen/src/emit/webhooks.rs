//! `src/webhooks.rs`: the types of what the API itself sends.

use quote::quote;

use super::ty::ident;
use super::{Crate, docs, file};
use crate::markdown;

impl Crate<'_> {
    /// The file, where the API sends anything.
    pub(super) fn webhooks_file(&self) -> Option<String> {
        if self.ir.events.is_empty() {
            return None;
        }
        let items = self.ir.events.iter().zip(&self.names.events).map(|(event, name)| {
            let said = [event.docs.title.as_deref(), event.docs.description.as_deref()];
            let said = said.into_iter().flatten().map(markdown::from_description).filter(|text| !text.is_empty());
            let mut paragraphs: Vec<String> = said.collect();
            paragraphs.dedup();
            let kind = if event.is_callback { "callback" } else { "webhook" };
            paragraphs.push(format!("The {kind} {}.", docs::code(&event.name)));
            let head = docs::lines(&paragraphs.join("\n\n"));
            let deprecated = docs::deprecated(&event.docs);
            let (name, ty) = (ident(name), self.ty(&event.value));
            quote!(#head #deprecated pub type #name = #ty;)
        });
        let items: Vec<_> = items.collect();
        let uses_runtime = items.iter().any(|item| item.to_string().contains("runtime ::"));
        let import = uses_runtime.then(|| {
            quote!(
                use codegen_runtime as runtime;
            )
        });
        Some(file::render("What the API sends by itself: webhooks and callbacks.", import.into_iter().chain(items)))
    }
}
