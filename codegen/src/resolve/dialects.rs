//! Which dialect `$schema` names: a published one, or that of a meta-schema that can be opened (2020-12 Core §8.1).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::uri;
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{Dialect, Location, Release};
use crate::source::{Node, Source, pointer};
use crate::{Input, Reference};

/// The dialects that were met, and what there is to say of them.
pub(super) struct Dialects<'r> {
    input: &'r Input<'r>,
    known: BTreeMap<String, Dialect>,
    /// The meta-schemas that were opened, by name.
    pub(super) opened: BTreeMap<String, Arc<Source>>,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'r> Dialects<'r> {
    pub(super) fn new(input: &'r Input<'r>) -> Self {
        Self { input, known: BTreeMap::new(), opened: BTreeMap::new(), problems: Vec::new() }
    }

    /// The dialect of a document: its own where it is OpenAPI, else what `$schema` says, else that of whoever refers to it.
    pub(super) fn of_document(&mut self, file: &str, root: &Node, referrer: Dialect) -> Dialect {
        let (key, own) = match root.get("openapi").and_then(Node::as_str) {
            // OpenAPI 3.0 has no way to say another.
            Some(version) if version == "3.0" || version.starts_with("3.0.") => return Dialect::of(Release::OpenApi30),
            Some(_) => ("jsonSchemaDialect", Dialect::of(Release::OpenApi31)),
            None => ("$schema", referrer),
        };
        match root.get(key).and_then(Node::as_str) {
            Some(uri) => self.named(uri, &Location { file: file.to_owned(), pointer: pointer::child("", key) }),
            None => own,
        }
    }

    /// The dialect that a URI at a place names.
    pub(super) fn named(&mut self, written: &str, at: &Location) -> Dialect {
        if let Some(release) = Release::from_uri(written) {
            return Dialect::of(release);
        }
        let name = written.strip_suffix('#').unwrap_or(written);
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        // A meta-schema may be its own.
        self.known.insert(name.to_owned(), Dialect::default());
        let dialect = self.opened(written, at);
        self.known.insert(name.to_owned(), dialect);
        dialect
    }

    fn opened(&mut self, written: &str, at: &Location) -> Dialect {
        let place = Place::value(&at.file, &at.pointer);
        let uri = uri::resolve(&super::document_uri(&at.file), written).uri;
        match self.input.library.open(&Reference { written, uri: &uri, place: &place }) {
            Ok(Some(target)) => {
                self.opened.insert(target.source.name.clone(), Arc::clone(&target.source));
                self.of_meta_schema(&target.source, &place)
            }
            Ok(None) => {
                let message = format!("the dialect `{written}` is not known: it is read as 2020-12");
                let help = format!("`--map '{written}=FILE'` says where its meta-schema is");
                self.problems.push(Diagnostic::warning("unknown-dialect", message, place).help(help));
                Dialect::default()
            }
            Err(problems) => {
                self.problems.extend(problems);
                Dialect::default()
            }
        }
    }

    fn of_meta_schema(&mut self, source: &Source, place: &Place) -> Dialect {
        let base = self.of_document(&source.name, &source.root, Dialect::default());
        let Some(vocabularies) = source.root.get("$vocabulary").and_then(Node::as_object) else { return base };
        let listed = vocabularies.iter().filter_map(|(uri, required)| Some((uri.clone(), required.as_bool()?)));
        match base.of_vocabularies(&listed.collect()) {
            Ok(dialect) => dialect,
            Err(unknown) => {
                self.problems.extend(unknown.iter().map(|uri| {
                    let message =
                        format!("the dialect of this schema requires the vocabulary `{uri}`, which is not known");
                    let at = pointer::child("/$vocabulary", uri);
                    Diagnostic::error("unknown-vocabulary", message, place.clone())
                        .also(Place::key(&source.name, at).label("required here"))
                        .help("where it may be ignored, the meta-schema lists it as `false`")
                }));
                base
            }
        }
    }
}
