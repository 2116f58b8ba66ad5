//! Follows every reference from the roots of a document: places in, schemas out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

mod dialects;
mod resource;
mod uri;

use crate::config;
use crate::diagnostic::{Diagnostic, Place};
use crate::document;
use crate::rules::Rules;
use crate::schema::rust_type::{Decision, RustPath, RustType};
use crate::schema::{self, Dialect, Found, Location, Schema, SchemaId, Schemas};
use crate::source::{Node, Source};
use crate::{Dangling, Input, Reference, Target};

use dialects::Dialects;
use resource::{Resource, Resources};
pub(crate) use uri::percent_decoded;

/// Reads every schema that the roots reach. `others` are documents beside the given ones that roots stand in.
pub fn resolve(
    roots: &[Location],
    others: BTreeMap<String, Arc<Source>>,
    input: &Input<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Schemas, Vec<Arc<Source>>) {
    let mut resolver = Resolver {
        input,
        given: input.sources.iter().map(|source| (source.name.as_str(), source)).collect(),
        resources: Resources::default(),
        rules: Rules::of(input.config),
        dialects: Dialects::new(input),
        documents: BTreeMap::new(),
        schemas: Schemas::default(),
        waiting: VecDeque::new(),
        current: String::new(),
        diagnostics,
        missing: BTreeSet::new(),
    };
    for Source { name, root, .. } in input.sources {
        resolver.take_in(name, root, document_uri(name), Dialect::default());
    }
    let referrer = input.sources.first().map(|source| Location { file: source.name.clone(), ..Location::default() });
    let referrer = referrer.map(|location| resolver.around(&location).1).unwrap_or_default();
    for (name, source) in others {
        resolver.take_in(&name, &source.root, document_uri(&name), referrer);
        resolver.documents.insert(name, source);
    }
    if let Some(source) = resolver.rules.document() {
        resolver.take_in(config::FILE, &source.root, document_uri(config::FILE), Dialect::default());
        resolver.documents.insert(config::FILE.to_owned(), source);
    }
    // A place that `codegen.toml` names may not be there; whoever looks for its schema says so.
    for root in roots {
        if resolver.root_of(&root.file).at(&root.pointer).is_some() {
            resolver.schema(root.clone());
        }
    }
    let rules: Vec<Location> = resolver.rules.iter().map(|(_, location)| location.clone()).collect();
    for rule in rules {
        resolver.schema(rule);
    }
    resolver.read_all();
    resolver.read_dynamic_anchors();
    resolver.read_unreached();
    resolver.documents.remove(config::FILE);
    let Dialects { opened, problems, .. } = resolver.dialects;
    resolver.diagnostics.extend(problems);
    let documents = opened.into_iter().chain(resolver.documents).collect::<BTreeMap<_, _>>();
    (resolver.schemas, documents.into_values().collect())
}

struct Resolver<'r> {
    input: &'r Input<'r>,
    /// The documents to generate from, by name.
    given: BTreeMap<&'r str, &'r Source>,
    /// The documents that references have led to, by name.
    documents: BTreeMap<String, Arc<Source>>,
    resources: Resources,
    rules: Rules<'r>,
    dialects: Dialects<'r>,
    schemas: Schemas,
    waiting: VecDeque<SchemaId>,
    /// The document of the schema that is being read.
    current: String,
    diagnostics: &'r mut Vec<Diagnostic>,
    missing: BTreeSet<Location>,
}

impl<'r> Resolver<'r> {
    /// The root of a document to generate from.
    fn given(&self, file: &str) -> &'r Node {
        self.given.get(file).map_or(&Node::Null, |source| &source.root)
    }

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

    /// Reads the components that nothing leads to, so that an inline schema that is equal to one is known to be. What is wrong
    /// with them concerns nobody.
    fn read_unreached(&mut self) {
        let (reached, said, problems) =
            (self.schemas.schemas.len(), self.diagnostics.len(), self.dialects.problems.len());
        for location in self.input.sources.iter().flat_map(document::components) {
            self.schema(location);
        }
        self.read_all();
        self.bind_statically();
        self.diagnostics.truncate(said);
        self.dialects.problems.truncate(problems);
        self.schemas.unreached = self.schemas.schemas.len().saturating_sub(reached);
    }

    /// Any resource may be entered before a `$dynamicRef` is met, so that all their dynamic anchors count.
    fn read_dynamic_anchors(&mut self) {
        self.bind_statically();
        if self.schemas.iter().all(|(_, schema)| schema.dynamic_reference.is_none()) {
            return;
        }
        for (resource, anchors) in self.resources.dynamic().clone() {
            let anchors = anchors.into_iter().map(|(anchor, location)| (anchor, self.schema(location))).collect();
            self.schemas.dynamic_anchors.insert(resource, anchors);
        }
        self.read_all();
        self.bind_statically();
    }

    /// A `$dynamicRef` that does not lead to a dynamic anchor by itself is a `$ref` (2020-12 Core §8.2.3.2), and so is a
    /// `$recursiveRef` (2019-09 Core §8.2.4.2.1).
    fn bind_statically(&mut self) {
        let is_bound =
            |(target, anchor): &(SchemaId, String)| self.schemas.get(*target).dynamic_anchor.as_ref() == Some(anchor);
        let unbound: Vec<bool> = self
            .schemas
            .iter()
            .map(|(_, schema)| schema.dynamic_reference.as_ref().is_some_and(|reference| !is_bound(reference)))
            .collect();
        for (schema, _) in self.schemas.schemas.iter_mut().zip(unbound).filter(|(_, unbound)| *unbound) {
            let target = schema.dynamic_reference.take().map(|(target, _)| target);
            match schema.reference {
                None => schema.reference = target,
                Some(_) => schema.all_of.extend(target),
            }
        }
    }

    fn read_all(&mut self) {
        while let Some(id) = self.waiting.pop_front() {
            let location = self.schemas.get(id).location.clone();
            let source = self.documents.get(&location.file).cloned();
            let root = source.as_deref().map_or_else(|| self.given(&location.file), |source| &source.root);
            let Some(node) = root.at(&location.pointer) else { continue };
            self.current.clone_from(&location.file);
            let (base, dialect) = self.around(&location);
            let resource = self.resources.root(&base, &location.file).cloned().unwrap_or_default();
            let mut schema = Schema { resource, ..schema::read(node, location, dialect, self) };
            self.decide_rust_type(&mut schema);
            if self.given.contains_key(schema.location.file.as_str()) {
                schema.rules = self.rules.at(&schema.location.pointer).collect();
            }
            if let Some(slot) = self.schemas.schemas.get_mut(id.0) {
                *slot = schema;
            }
        }
    }

    /// What `codegen.toml` says of a schema goes before what the schema says, and a place before a format.
    fn decide_rust_type(&self, schema: &mut Schema) {
        let config = self.input.config;
        let Location { file, pointer } = &schema.location;
        let by_place = config
            .types
            .get_key_value(pointer)
            .filter(|_| self.input.sources.iter().any(|source| source.name == *file));
        let format = schema.limits.get("format").and_then(Node::as_str);
        let by_format = format.and_then(|format| config.formats.types.get_key_value(format));
        let (path, by) = match (by_place, by_format) {
            (Some((pointer, path)), _) => (path, Decision::Pointer(pointer.clone())),
            (None, Some((format, path))) if schema.rust_type.is_none() => (path, Decision::Format(format.clone())),
            _ => return,
        };
        // What is no path is reported once, and not for every schema that it is said of.
        if let Some(path) = RustPath::parse(path) {
            schema.rust_type = Some(RustType { path, package: None, parameters: Vec::new(), by });
        }
    }

    fn root_of(&self, file: &str) -> &Node {
        self.documents.get(file).map_or_else(|| self.given(file), |source| &source.root)
    }

    /// Learns the URIs, anchors and dialects of a document.
    fn take_in(&mut self, file: &str, root: &Node, uri: String, referrer: Dialect) {
        let dialect = self.dialects.of_document(file, root, referrer);
        self.resources.add(file, root, Resource { uri, dialect }, &mut self.dialects);
    }

    /// The base URI and the dialect of a place.
    fn around(&self, location: &Location) -> (String, Dialect) {
        self.resources.around(location).map(|resource| (resource.uri.clone(), resource.dialect)).unwrap_or_default()
    }

    /// A reference from a document to a resource that is known.
    fn known(&self, target: &uri::Target, from: &str) -> Option<Location> {
        let root = self.resources.root(&target.uri, from)?;
        let fragment = percent_decoded(&target.fragment);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.resources.anchor(root, &fragment).cloned();
        }
        let pointer = format!("{}{fragment}", root.pointer);
        self.root_of(&root.file).at(&pointer)?;
        Some(Location { file: root.file.clone(), pointer })
    }

    /// A reference that leads to another document: one that the user has mapped, or one that everybody knows.
    fn mapped(&mut self, written: &str, target: &uri::Target, place: &Place, referrer: Dialect) -> Option<Location> {
        let uri = match target.fragment.as_str() {
            "" => target.uri.clone(),
            fragment => format!("{}#{fragment}", target.uri),
        };
        let opened = match self.input.library.open(&Reference { written, uri: &uri, place }) {
            Ok(Some(opened)) => opened,
            Ok(None) => built_in(target)?,
            Err(problems) => {
                self.diagnostics.extend(problems);
                return None;
            }
        };
        let file = opened.source.name.clone();
        if !self.given.contains_key(file.as_str()) && !self.documents.contains_key(&file) {
            // A fragment that was mapped names no resource: the document has a URI of its own.
            let found_at = if opened.fragment == target.fragment { target.uri.clone() } else { document_uri(&file) };
            self.take_in(&file, &opened.source.root, found_at, referrer);
            self.documents.insert(file.clone(), Arc::clone(&opened.source));
        }
        let pointer = percent_decoded(&opened.fragment);
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return self.known(target, &file);
        }
        opened.source.root.at(&pointer)?;
        Some(Location { file, pointer })
    }

    fn dangling(&mut self, reference: &str, uri: &str, place: Place) {
        let message = format!("the reference `{reference}` leads nowhere");
        let map = match (reference.contains("#/"), reference.rsplit_once('/')) {
            (true, Some((prefix, _))) => format!("{prefix}/=FILE#/POINTER/"),
            _ if reference.starts_with('#') => format!("{reference}=FILE#ANCHOR"),
            _ => format!("{}=FILE", reference.split('#').next().unwrap_or(reference)),
        };
        let beside = Reference { written: reference, uri, place: &place }.path();
        let beside =
            beside.map(|path| format!("there is no `{path}` beside {}, or nothing at that place in it", place.file));
        let mut diagnostic = match self.input.options.dangling {
            Dangling::Error => Diagnostic::error("dangling-reference", message, place)
                .help("`--dangling any` makes it an open value")
                .help(format!("`--map '{map}'` says where references of this prefix lead")),
            Dangling::Any => {
                Diagnostic::warning("dangling-reference", format!("{message}; it is taken for an open value"), place)
            }
        };
        diagnostic.help.extend(beside);
        self.diagnostics.push(diagnostic);
    }
}

impl Found for Resolver<'_> {
    fn subschema(&mut self, pointer: String) -> SchemaId {
        self.schema(Location { file: self.current.clone(), pointer })
    }

    fn reference(&mut self, reference: &str, at: &Location) -> SchemaId {
        let place = Place::value(&at.file, &at.pointer);
        let (base, dialect) = self.around(at);
        let target = uri::resolve(&base, reference);
        if let Some(location) =
            self.known(&target, &at.file).or_else(|| self.mapped(reference, &target, &place, dialect))
        {
            return self.schema(location);
        }
        if self.missing.insert(at.clone()) {
            self.dangling(reference, &target.uri, place);
        }
        // An open value stands in, at a place of its own.
        self.schema(Location { file: at.file.clone(), pointer: format!("{}#dangling", at.pointer) })
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// The meta-schemas are where nobody has mapped them to something else.
fn built_in(target: &uri::Target) -> Option<Target> {
    let source = Arc::new(schema::meta::document(&target.uri)?);
    Some(Target { source, fragment: target.fragment.clone() })
}

/// See [`Reference::path`].
pub(crate) fn path_beside(reference: &Reference<'_>) -> Option<String> {
    let (path, _) = reference.written.split_once('#').unwrap_or((reference.written, ""));
    let uri = reference.uri.split_once('#').map_or(reference.uri, |(uri, _)| uri);
    let is_relative = !path.is_empty() && !path.starts_with('/');
    let target = uri::resolve(&document_uri(&reference.place.file), path);
    // A reference with a scheme of its own is resolved to itself.
    (is_relative && target.uri != path && target.uri == uri).then(|| percent_decoded(path))
}

/// A reference from a document that has no `$id`, resolved against its place.
pub(crate) fn uri_beside(file: &str, written: &str) -> String {
    let uri::Target { uri, fragment } = uri::resolve(&document_uri(file), written);
    if fragment.is_empty() { uri } else { format!("{uri}#{fragment}") }
}

/// The URI of a document that has none: one that nothing else can have.
fn document_uri(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"./-_".contains(&byte);
    let letter = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    format!("document:///{}", name.trim_start_matches('/').bytes().map(letter).collect::<String>())
}

#[cfg(test)]
mod tests;
