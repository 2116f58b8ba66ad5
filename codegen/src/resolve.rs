//! Follows every reference from the roots of a document: places in, schemas out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{self, Found, Location, Schema, SchemaId, Schemas};
use crate::source::{Node, Source};
use crate::{Dangling, Input, Reference};

/// Reads every schema that the roots reach.
pub fn resolve(
    roots: &[Location],
    input: &Input<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Schemas, Vec<Arc<Source>>) {
    let mut resolver = Resolver {
        input,
        documents: BTreeMap::new(),
        schemas: Schemas::default(),
        waiting: VecDeque::new(),
        current: String::new(),
        diagnostics,
        missing: BTreeSet::new(),
    };
    // A place that `codegen.toml` names may not be there; whoever looks for its schema says so.
    for root in roots.iter().filter(|root| input.source.root.at(&root.pointer).is_some()) {
        resolver.schema(root.clone());
    }
    resolver.read_all();
    (resolver.schemas, resolver.documents.into_values().collect())
}

struct Resolver<'r> {
    input: &'r Input<'r>,
    /// The documents beside the main one, by name.
    documents: BTreeMap<String, Arc<Source>>,
    schemas: Schemas,
    waiting: VecDeque<SchemaId>,
    /// The document of the schema that is being read.
    current: String,
    diagnostics: &'r mut Vec<Diagnostic>,
    missing: BTreeSet<Location>,
}

impl Resolver<'_> {
    /// The id of the schema at a place; it is read later.
    fn schema(&mut self, location: Location) -> SchemaId {
        if let Some(id) = self.schemas.find(&location) {
            return id;
        }
        let id = SchemaId(self.schemas.schemas.len());
        self.schemas.schemas.push(Schema { location: location.clone(), ..Schema::default() });
        self.schemas.by_location.insert(location, id);
        self.waiting.push_back(id);
        id
    }

    fn read_all(&mut self) {
        while let Some(id) = self.waiting.pop_front() {
            let location = self.schemas.get(id).location.clone();
            let source = self.documents.get(&location.file).cloned();
            let root = source.as_deref().map_or(&self.input.source.root, |source| &source.root);
            let Some(node) = root.at(&location.pointer) else { continue };
            self.current.clone_from(&location.file);
            let schema = schema::read(node, location, self);
            if let Some(slot) = self.schemas.schemas.get_mut(id.0) {
                *slot = schema;
            }
        }
    }

    fn root_of(&self, file: &str) -> &Node {
        self.documents.get(file).map_or(&self.input.source.root, |source| &source.root)
    }

    /// A reference within the document: a JSON Pointer in the fragment.
    fn local(&self, reference: &str) -> Option<Location> {
        let fragment = reference.strip_prefix('#')?;
        let pointer = percent_decoded(fragment);
        self.root_of(&self.current).at(&pointer)?;
        Some(Location { file: self.current.clone(), pointer })
    }

    /// A reference that the user has mapped.
    fn mapped(&mut self, reference: &str, place: &Place) -> Option<Location> {
        let target = match self.input.library.open(&Reference { written: reference, uri: reference, place }) {
            Ok(target) => target?,
            Err(problems) => {
                self.diagnostics.extend(problems);
                return None;
            }
        };
        let pointer = percent_decoded(&target.fragment);
        target.source.root.at(&pointer)?;
        let file = target.source.name.clone();
        if file != self.input.source.name {
            self.documents.entry(file.clone()).or_insert(target.source);
        }
        Some(Location { file, pointer })
    }

    fn dangling(&mut self, reference: &str, place: Place) {
        let message = format!("the reference `{reference}` leads nowhere");
        let prefix = reference.rsplit_once('/').map_or(reference, |(prefix, _)| prefix);
        let diagnostic = match self.input.options.dangling {
            Dangling::Error => Diagnostic::error("dangling-reference", message, place)
                .help("`--dangling any` makes it an open value")
                .help(format!("`--map '{prefix}/=FILE#/POINTER/'` says where references of this prefix lead")),
            Dangling::Any => {
                Diagnostic::warning("dangling-reference", format!("{message}; it is taken for an open value"), place)
            }
        };
        self.diagnostics.push(diagnostic);
    }
}

impl Found for Resolver<'_> {
    fn subschema(&mut self, pointer: String) -> SchemaId {
        self.schema(Location { file: self.current.clone(), pointer })
    }

    fn reference(&mut self, reference: &str, at: &Location) -> SchemaId {
        let place = Place::value(&at.file, &at.pointer);
        if let Some(location) = self.local(reference).or_else(|| self.mapped(reference, &place)) {
            return self.schema(location);
        }
        if self.missing.insert(at.clone()) {
            self.dangling(reference, place);
        }
        // An open value stands in, at a place of its own.
        self.schema(Location { file: at.file.clone(), pointer: format!("{}#dangling", at.pointer) })
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// Undoes the percent-encoding of a fragment (RFC 6901 §6); what is not UTF-8 afterwards stays as it is.
fn percent_decoded(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.filter(|_| first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(byte.unwrap_or(first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| fragment.to_owned())
}
