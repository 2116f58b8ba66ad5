//! Schemas → IR: which type each schema is, what is checked of it, and where it is used.

mod check;
mod components;
mod cycle;
mod direction;
mod disjoint;
mod enumeration;
mod equal;
mod error_codes;
mod facets;
mod foreign;
mod format;
mod impossible;
mod mirror;
mod modules;
mod null;
mod number;
mod object;
mod operation;
mod predicate;
mod reach;
mod root;
mod rule;
mod select;
mod size;
mod statistics;
mod tuple;
mod union;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, Config, FormatMode, ImpliedTypes};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Document, DocumentKind};
use crate::ir::{Check, Checks, Docs, Ir, Origin, Predicate, PredicateId, Shape, Statistics, Ty, TypeDef, TypeId, Use};
use crate::schema::{Kind, Kinds, Location, SchemaId, Schemas};
use crate::source::Node;

pub(crate) use cycle::uses;
pub(crate) use reach::{named, reached};

use equal::Equals;
use facets::{Facets, Part};
use mirror::ByPlace;
use select::Selection;

/// Lowers the documents of one crate.
pub fn lower(documents: &[Document], schemas: &Schemas, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Ir {
    let is_openapi = documents.iter().any(|document| document.kind == DocumentKind::OpenApi);
    let mut lowering = Lowering {
        schemas,
        config,
        documents,
        is_openapi,
        assumes_kinds: is_openapi && config.schemas.implied_types == ImpliedTypes::Assume,
        asserts_formats: match config.formats.mode {
            FormatMode::Auto => None,
            FormatMode::Assert => Some(true),
            FormatMode::Annotate => Some(false),
        },
        sensitive: Selection::new(&config.sensitive),
        merge: Selection::new(&config.merge),
        optional: Selection::new(&config.optional),
        equals: Equals::default(),
        displaced: false,
        borrowed_names: BTreeSet::new(),
        directed: BTreeMap::new(),
        mirrored: BTreeSet::new(),
        types: Vec::new(),
        known: BTreeMap::new(),
        predicates: Vec::new(),
        judged: BTreeMap::new(),
        places: BTreeMap::new(),
        entered: BTreeSet::new(),
        roots: BTreeMap::new(),
        open: BTreeSet::new(),
        unchecked_formats: ByPlace::default(),
        used_formats: BTreeSet::new(),
        foreign: foreign::Met::default(),
        files: BTreeSet::new(),
        fields: ByPlace::default(),
        implied_kinds: ByPlace::default(),
        diagnostics,
    };
    let said = lowering.diagnostics.len();
    lowering.equals = lowering.equals();
    let mut ir = lowering.everything();
    lowering.report_unmatched();
    ir.has_foreign = lowering.has_foreign();
    ir.dependencies = lowering.dependencies();
    lowering.mirror(said);
    ir.types = std::mem::take(&mut lowering.types);
    reach::mark(&mut ir);
    lowering.split(&mut ir);
    ir.rules = lowering.rules(&ir);
    ir.resources = lowering.resources();
    ir.unchecked_formats = counted(lowering.unchecked_formats);
    ir.predicates = lowering.predicates;
    modules::assign(&mut ir, documents, &lowering.roots);
    let implied = lowering.implied_kinds.into_iter().map(|(place, _)| place).collect();
    let fields: Vec<_> = lowering.fields.into_iter().collect();
    ir.statistics = Statistics { implied, ..statistics::sum(&ir, schemas, &fields, diagnostics) };
    ir.places = statistics::places(fields);
    error_codes::take(&mut ir, &config.client, diagnostics);
    cycle::bound(&mut ir, diagnostics);
    cycle::box_cycles(&mut ir);
    ir
}

/// How many schemas name each format.
fn counted(formats: ByPlace<String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for name in formats.into_iter().filter_map(|(_, names)| names.into_iter().next()) {
        let count: &mut usize = counts.entry(name).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

struct Lowering<'l> {
    schemas: &'l Schemas,
    config: &'l Config,
    documents: &'l [Document],
    is_openapi: bool,
    /// Whether a schema without `type` is taken for the one kind that its keywords speak of.
    assumes_kinds: bool,
    /// Whether formats are checked, where it is not for each dialect to say.
    asserts_formats: Option<bool>,
    sensitive: Selection<'l>,
    merge: Selection<'l>,
    optional: Selection<'l>,
    /// Which schemas are one.
    equals: Equals,
    /// Whether what is lowered stands for an equal schema elsewhere, so that a type is not called after the way to it.
    displaced: bool,
    /// The types that are so far.
    borrowed_names: BTreeSet<TypeId>,
    /// The schemas of the members that are for one side of the wire, by type and wire name.
    directed: BTreeMap<(TypeId, String), Vec<Part>>,
    /// The schemas that others stand for, after these.
    mirrored: BTreeSet<(SchemaId, SchemaId)>,
    types: Vec<TypeDef>,
    /// What each conjunction has become.
    known: BTreeMap<Vec<Part>, Use>,
    predicates: Vec<Predicate>,
    /// The predicate of each schema that has one.
    judged: BTreeMap<SchemaId, PredicateId>,
    /// Where each conjunction of several schemas was met.
    places: BTreeMap<Vec<Part>, Location>,
    /// The conjunctions whose type is being decided.
    entered: BTreeSet<Vec<Part>>,
    /// The types of the roots, by document.
    roots: BTreeMap<String, TypeId>,
    /// The types whose definition is being made.
    open: BTreeSet<TypeId>,
    /// The formats that are not checked, by the schemas that name them.
    unchecked_formats: ByPlace<String>,
    used_formats: BTreeSet<String>,
    foreign: foreign::Met,
    /// The schemas of files.
    files: BTreeSet<SchemaId>,
    /// What each place became.
    fields: ByPlace<statistics::Field>,
    /// The schemas without `type` whose kind was taken from their keywords.
    implied_kinds: ByPlace<()>,
    diagnostics: &'l mut Vec<Diagnostic>,
}

impl Lowering<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn warn_unchecked(&mut self, facets: &Facets, message: &str) {
        let location = facets.parts.first().map(|id| self.schemas.get(*id).location.clone()).unwrap_or_default();
        let place = Place::value(location.file, location.pointer);
        self.report(Diagnostic::warning("unchecked-schema", message, place));
    }

    /// The type of one schema.
    fn lower(&mut self, id: SchemaId, origin: &Origin) -> Use {
        self.lower_all(&[Part::whole(id)], origin)
    }

    /// The type of what satisfies all the schemas.
    fn lower_all(&mut self, parts: &[Part], origin: &Origin) -> Use {
        let value = self.lower_conjunction(parts, origin);
        self.note(parts, &value);
        value
    }

    fn lower_conjunction(&mut self, parts: &[Part], origin: &Origin) -> Use {
        let around = self.displaced;
        let key = self.met(parts);
        self.remember_place(&key, parts);
        let value = if key.is_empty() { Use::plain(Ty::Any) } else { self.lower_key(&key, origin) };
        self.add_place(&key, parts);
        self.displaced = around;
        value
    }

    /// The type of a conjunction, by the schemas that stand for those in it.
    fn lower_key(&mut self, key: &[Part], origin: &Origin) -> Use {
        if let Some(known) = self.known.get(key) {
            let known = known.clone();
            self.keep_recursive(&known);
            self.call_after(&known, origin);
            return known;
        }
        let origin = self.own_origin(key).unwrap_or_else(|| origin.clone());
        let facets = Facets::of(self.schemas, key);
        if !self.entered.insert(key.to_vec()) {
            self.warn_unchecked(
                &facets,
                "this schema holds itself with no type of its own between: it is left unchecked",
            );
            return Use::plain(Ty::Any);
        }
        let value = self.shape(key, &facets, &origin);
        self.entered.remove(key);
        value
    }

    /// A schema that has a name in its document brings it along.
    fn own_origin(&self, key: &[Part]) -> Option<Origin> {
        let [Part { id, own: false }] = key else { return None };
        let location = &self.schemas.get(*id).location;
        if location.pointer.is_empty() {
            return Some(match self.documents.iter().find(|document| document.root.as_ref() == Some(location)) {
                Some(document) => Origin::Root(root_name(document)),
                None => Origin::Named(modules::stem(&location.file)),
            });
        }
        equal::name_in_document(location).map(|name| Origin::Named(name.into_owned()))
    }

    /// Decides what the type is.
    fn shape(&mut self, key: &[Part], facets: &Facets, origin: &Origin) -> Use {
        if facets.kinds.is_empty() || facets.values.as_ref().is_some_and(Vec::is_empty) {
            self.warn_impossible(facets);
            return Use::plain(Ty::Never);
        }
        if let Some(rust_type) = self.rust_type(key) {
            return self.foreign(key, facets, &rust_type, origin);
        }
        if let Some(branches) = facets.branches.first() {
            return match self.union(key, facets, branches, origin) {
                Some(value) => value,
                None => self.shape(key, &facets.without_branches(self.schemas), origin),
            };
        }
        let null = Kinds::one(Kind::Null);
        let kinds = self.implied(facets);
        let nullable = kinds.overlaps(null) && self.accepts_null(key);
        let rest = kinds.without(null);
        if let Some(enumeration) = self.enumeration(facets, rest) {
            let id = self.open_type(key, facets, origin, Ty::Named, nullable);
            return self.close(id, Shape::Enum(enumeration), key);
        }
        match (rest.only(), rest.is_empty()) {
            (_, true) => Use { checks: self.beyond(facets), ..Use::plain(Ty::Null) },
            (Some(kind), _) => self.single(key, facets, kind, nullable, origin),
            (None, _) if rest == Kinds::ALL.without(null) => self.any(key, facets, nullable, origin),
            (None, _) => self.kinds(key, facets, rest, nullable, origin),
        }
    }

    /// The kinds of a conjunction. In OpenAPI documents, where no `type` is written, the one kind that its keywords speak of.
    fn implied(&mut self, facets: &Facets) -> Kinds {
        if facets.typed || facets.values.is_some() || facets.kinds != Kinds::ALL {
            return facets.kinds;
        }
        match facets.described().as_slice() {
            [kind] if self.assumes_kinds => {
                let described = facets.parts.first().map(|id| self.schemas.get(*id).location.clone());
                described.into_iter().for_each(|place| self.implied_kinds.add(place, ()));
                Kinds::one(*kind)
            }
            _ => facets.kinds,
        }
    }

    /// A value of one kind, which may be `null` besides.
    fn single(&mut self, key: &[Part], facets: &Facets, kind: Kind, nullable: bool, origin: &Origin) -> Use {
        if kind == Kind::Object && self.is_struct(facets) {
            return self.structure(key, facets, nullable, origin);
        }
        if kind == Kind::Array && !facets.prefix.is_empty() {
            return self.tuple(key, facets, nullable, origin);
        }
        let is_root = matches!(origin, Origin::Root(_));
        if is_root || self.own_origin(key).is_some() {
            let id = self.open_type(key, facets, origin, Ty::Named, nullable);
            let mut value = self.scalar(facets, kind, &Origin::Within(id, String::new()));
            value.nullable = nullable && is_root;
            let recursive = matches!(self.types.get(id.0), Some(TypeDef { shape: Shape::Newtype(_), .. }));
            let shape = if is_root || recursive { Shape::Newtype(value) } else { Shape::Alias(value) };
            let mut value = self.close(id, shape, key);
            value.nullable = nullable && !is_root;
            return value;
        }
        let mut value = self.scalar(facets, kind, origin);
        value.nullable = nullable;
        value
    }

    /// A value of one kind that needs no type of its own.
    fn scalar(&mut self, facets: &Facets, kind: Kind, origin: &Origin) -> Use {
        let mut checks = self.checks(facets, Some(kind));
        let ty = match kind {
            Kind::Null => Ty::Null,
            Kind::Boolean => Ty::Bool,
            Kind::Integer => integer(&checks),
            Kind::Number => Ty::Number,
            Kind::String => Ty::String,
            Kind::Array => {
                let item = self.lower_all(&facets.items, &origin.element());
                checks.extend(self.contains(facets, &item));
                Ty::List(Box::new(item))
            }
            Kind::Object => {
                let value = self.lower_all(&facets.additional, &origin.entry());
                Ty::Map(Box::new(value))
            }
        };
        if let Some(values) = &facets.values {
            checks.push(Check::OneOf(values.clone()));
        }
        Use { checks, ..Use::plain(ty) }
    }

    /// A value of any kind, with what its keywords say of each.
    fn any(&mut self, key: &[Part], facets: &Facets, nullable: bool, origin: &Origin) -> Use {
        if facets.speaks_of_objects() || facets.speaks_of_arrays() {
            return self.described_kinds(key, facets, nullable, origin);
        }
        let mut checks = Checks::new();
        if facets.kinds != Kinds::ALL {
            checks.push(Check::Kinds(facets.kinds.iter().map(Kind::name).collect()));
        }
        if let Some(values) = &facets.values {
            checks.push(Check::OneOf(values.clone()));
        }
        checks.extend(self.checks(facets, None));
        let value = Use { checks, ..Use::plain(Ty::Any) };
        if matches!(origin, Origin::Root(_)) {
            let id = self.open_type(key, facets, origin, Ty::Named, false);
            return self.close(id, Shape::Newtype(value), key);
        }
        value
    }

    /// Makes room for a type, so that what is inside it can refer to it.
    fn open_type(
        &mut self,
        key: &[Part],
        facets: &Facets,
        origin: &Origin,
        ty: fn(TypeId) -> Ty,
        nullable: bool,
    ) -> TypeId {
        let id = TypeId(self.types.len());
        if std::mem::take(&mut self.displaced) && self.own_origin(key).is_none() {
            self.borrowed_names.insert(id);
        }
        let docs = self.docs_of_all(key, facets);
        self.types
            .push(TypeDef { others: self.other_places(key), ..TypeDef::new(self.location(key), origin.clone(), docs) });
        self.known.insert(key.to_vec(), Use { nullable, ..Use::plain(ty(id)) });
        self.open.insert(id);
        id
    }

    /// Fills a type.
    fn close(&mut self, id: TypeId, shape: Shape, key: &[Part]) -> Use {
        if let Some(definition) = self.types.get_mut(id.0) {
            definition.shape = shape;
        }
        self.open.remove(&id);
        self.known.get(key).cloned().unwrap_or_else(|| Use::plain(Ty::Named(id)))
    }

    /// An alias can't name itself: where it is used while it is made, it becomes a type of its own.
    fn keep_recursive(&mut self, value: &Use) {
        let Ty::Named(id) = value.ty else { return };
        if !self.open.contains(&id) {
            return;
        }
        if let Some(TypeDef { shape: shape @ Shape::Alias(_), .. }) = self.types.get_mut(id.0) {
            *shape = Shape::Newtype(Use::plain(Ty::Any));
        }
    }

    /// A conjunction stands where it was first met: at the schema that adds others to itself, not at one of those.
    fn remember_place(&mut self, key: &[Part], parts: &[Part]) {
        if let ([_, _, ..], Some(first)) = (key, parts.first()) {
            let location = self.schemas.get(first.id).location.clone();
            self.places.entry(key.to_vec()).or_insert(location);
        }
    }

    fn location(&self, key: &[Part]) -> Location {
        if let Some(place) = self.places.get(key) {
            return place.clone();
        }
        key.first().map(|part| self.schemas.get(part.id).location.clone()).unwrap_or_default()
    }

    /// What people are told of a conjunction: the first that says something.
    fn docs(&self, parts: &[SchemaId]) -> Docs {
        let notes = || parts.iter().map(|id| &self.schemas.get(*id).notes);
        Docs {
            title: notes().find_map(|notes| notes.title.clone()),
            description: notes().find_map(|notes| notes.description.clone()),
            default: notes().find_map(|notes| notes.default.clone()),
            deprecated: notes().any(|notes| notes.deprecated),
        }
    }

    fn report_unmatched(&mut self) {
        let lists = [(&self.sensitive, "sensitive"), (&self.merge, "merge"), (&self.optional, "optional")];
        let unmatched: Vec<(String, &str)> = lists
            .iter()
            .flat_map(|(selection, list)| selection.unmatched().map(|entry| (entry.to_owned(), *list)))
            .chain(
                self.config
                    .formats
                    .read_as
                    .keys()
                    .filter(|name| !self.used_formats.contains(*name))
                    .map(|name| (name.clone(), "formats.read-as")),
            )
            .collect();
        for (entry, list) in unmatched {
            let message = format!("`{entry}` in `{list}` of codegen.toml matches nothing in the document");
            self.report(Diagnostic::error("unmatched-entry", message, config::place_of(list, &entry)));
        }
    }
}

/// What the root of a document is called: its title.
fn root_name(document: &Document) -> String {
    document.title.clone().unwrap_or_else(|| "Root".to_owned())
}

/// `u64` only where the limits need it.
fn integer(checks: &Checks) -> Ty {
    let at_least_zero = checks
        .iter()
        .any(|check| matches!(check, Check::Minimum(limit) if limit.as_f64().is_some_and(|limit| limit >= 0.0)));
    let beyond =
        |limit: &serde_json::Number| limit.as_i64().is_none() && limit.as_f64().is_some_and(|limit| limit > 9.2e18);
    let needs = checks
        .iter()
        .any(|check| matches!(check, Check::Maximum(limit) | Check::ExclusiveMaximum(limit) if beyond(limit)));
    if at_least_zero && needs { Ty::Unsigned } else { Ty::Integer }
}

/// The only member of a list of values that is `null`.
fn is_null(value: &Node) -> bool {
    matches!(value, Node::Null)
}
