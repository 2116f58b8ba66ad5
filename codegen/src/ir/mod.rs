//! The crate to be, as plain data: types, checks, operations; no tokens, no names in Rust, no JSON but literals.

mod check;
mod enumeration;
mod error_codes;
mod operation;
mod predicate;
mod rule;
pub mod runtime_feature;
mod statistics;
mod union;

use std::collections::BTreeMap;

use crate::config::Dependency;
use crate::document::{Flow, Scheme, Security, Server};
use crate::schema::Location;
use crate::source::Node;

pub use check::{Check, Checks, Regex};
pub use enumeration::{Constant, Enumeration, Literal, Scalar};
pub use error_codes::ErrorCodes;
pub use operation::{AnswerUse, BodyUse, Called, Event, Operation, Paging, Parameter, StatusAnswer, Success};
pub use predicate::{Contains, Predicate, PredicateId};
pub use rule::{Rule, Rules};
pub use statistics::{Answer, Narrowness, Statistics};
pub use union::{Choice, Proof, Reason, Union, Variant};

/// One generated type; an index into [`Ir::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

/// Everything that is generated.
#[derive(Clone, Debug, Default)]
pub struct Ir {
    /// The modules that types stand in: one for all, or one a document.
    pub modules: Vec<Module>,
    /// The module of each document, by its name; an index into [`Ir::modules`].
    pub module_of_file: BTreeMap<String, usize>,
    /// The types, in the order of their places.
    pub types: Vec<TypeDef>,
    /// The operations, in the order of paths and methods.
    pub operations: Vec<Operation>,
    /// Where the API is reached.
    pub server: Option<Server>,
    /// How identities are proved, by name.
    pub schemes: BTreeMap<String, Scheme>,
    /// How a program gets a token for some of them, by their names.
    pub flows: BTreeMap<String, Flow>,
    /// What operations demand that do not say it themselves.
    pub security: Security,
    /// Whether every operation demands credentials.
    pub secured: bool,
    /// The requests that the API makes.
    pub events: Vec<Event>,
    /// Whether a part of a body is a file.
    pub has_files: bool,
    /// The type of error bodies.
    pub error: Option<Use>,
    /// The codes in error bodies.
    pub error_codes: Option<ErrorCodes>,
    /// The types that are generated whatever reaches them.
    pub free: Vec<Use>,
    /// The title of the document.
    pub title: Option<String>,
    /// What the document says of itself.
    pub description: Option<String>,
    /// The schemas that are asked of values as a whole.
    pub predicates: Vec<Predicate>,
    /// What values have to satisfy besides their schemas.
    pub rules: Rules,
    /// The dynamic anchors of the resources that predicates belong to.
    pub resources: Vec<BTreeMap<String, PredicateId>>,
    /// Formats that are left unchecked: how many schemas, by format.
    pub unchecked_formats: BTreeMap<String, usize>,
    /// Whether a type is not generated.
    pub has_foreign: bool,
    /// What the types that are not generated depend on, by package.
    pub dependencies: BTreeMap<String, Dependency>,
    /// What became of every place.
    pub statistics: Statistics,
    /// What the schema at a place is where it is used, for those that say what a value is. Boxes are not known yet.
    pub places: BTreeMap<Location, Use>,
}

impl Ir {
    /// A type; an id that is not from this IR gives the first one there is.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// The module of what stands at a place; an index into [`Ir::modules`].
    #[must_use]
    pub fn module_of(&self, location: &Location) -> usize {
        self.module_of_file.get(&location.file).copied().unwrap_or(0)
    }

    /// Every type with its id.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types.iter().enumerate().map(|(index, definition)| (TypeId(index), definition))
    }
}

/// A module of types.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// The document whose types stand here.
    pub file: String,
    /// What it is to be called after: the name of the file without its extension.
    pub name: String,
    /// Whether the document is one of those to generate from, and not one that a reference led to.
    pub is_given: bool,
    /// The type of the root of the document.
    pub root: Option<TypeId>,
}

/// A type with a name of its own.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where it came from; of several places, the one that gives it its name.
    pub location: Location,
    /// The other places that have this type, being equal: inline schemas.
    pub others: Vec<Location>,
    /// What it is to be called after.
    pub origin: Origin,
    /// What people are told.
    pub docs: Docs,
    /// What it is.
    pub shape: Shape,
    /// Whether a request reaches it.
    pub request: bool,
    /// Whether a response reaches it.
    pub response: bool,
    /// Whether it is generated whatever reaches it.
    pub free: bool,
    /// The type of responses, where this is the one of requests and they differ.
    pub twin: Option<TypeId>,
}

impl TypeDef {
    /// A type about which no more is known.
    #[must_use]
    pub fn new(location: Location, origin: Origin, docs: Docs) -> Self {
        let shape = Shape::Alias(Use::plain(Ty::Any));
        Self {
            location,
            others: Vec::new(),
            origin,
            docs,
            shape,
            request: false,
            response: false,
            free: false,
            twin: None,
        }
    }

    /// Whether programs make values of it: requests reach it, or nobody knows what it is for.
    #[must_use]
    pub fn is_made(&self) -> bool {
        self.request || self.free
    }

    /// Whether it is generated: something reaches it.
    #[must_use]
    pub fn is_generated(&self) -> bool {
        self.request || self.response || self.free
    }

    /// Every place that has this type.
    pub fn places(&self) -> impl Iterator<Item = &Location> {
        std::iter::once(&self.location).chain(&self.others)
    }
}

/// What a type is called after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A schema with a name in the document.
    Named(String),
    /// The root of a schema document: its title, else the name of the file.
    Root(String),
    /// A member of another type; without a name, that type itself, whose elements or values are yet to be called.
    Within(TypeId, String),
    /// A branch of a union, by its index.
    Branch(TypeId, usize),
    /// The elements of an array that is called after something.
    Element(Box<Origin>),
    /// The values of an object that is called after something, of members without a name.
    Entry(Box<Origin>),
    /// Something in an operation: its index and the role.
    Operation(usize, String),
}

impl Origin {
    /// What the elements of an array are called after.
    #[must_use]
    pub fn element(&self) -> Self {
        Self::Element(Box::new(self.clone()))
    }

    /// What the values of an object without named members are called after.
    #[must_use]
    pub fn entry(&self) -> Self {
        Self::Entry(Box::new(self.clone()))
    }
}

/// What people are told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `default`, which is never sent and never filled in.
    pub default: Option<Node>,
    /// `deprecated`
    pub deprecated: bool,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with named members.
    Struct(Struct),
    /// An array whose first elements have types of their own.
    Tuple(Tuple),
    /// One of a list of strings, integers or booleans.
    Enum(Enumeration),
    /// One of several types.
    Union(Union),
    /// Another name of a type.
    Alias(Use),
    /// A type around another: the root of a schema that is no object.
    Newtype(Use),
}

/// An object with named members.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// The members, in the order of their wire names.
    pub members: BTreeMap<String, Member>,
    /// The members that have no name.
    pub extra: Extra,
    /// The members that are not for this side of the wire, by their wire names: `readOnly` ones of what is sent, `writeOnly` ones
    /// of what is received. They have no field; where they are there all the same, as open values, they are checked.
    pub withheld: BTreeMap<String, Use>,
    /// Checks of the object as a whole.
    pub checks: Checks,
}

/// The members that have no name.
#[derive(Clone, Debug, Default)]
pub enum Extra {
    /// Any value.
    #[default]
    Open,
    /// Kept, and reported.
    Closed,
    /// Of a type.
    Typed(Box<Use>),
}

/// An array whose first elements have types of their own.
#[derive(Clone, Debug, Default)]
pub struct Tuple {
    /// The first elements.
    pub elements: Vec<Element>,
    /// How many of them the schema demands.
    pub required: usize,
    /// The elements after these.
    pub tail: Extra,
    /// Checks of the array as a whole, which is looked at as JSON.
    pub checks: Checks,
}

/// An element with a type of its own.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its type and checks.
    pub value: Use,
    /// What people are told.
    pub docs: Docs,
}

/// A named member.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its type and checks.
    pub value: Use,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it never shows.
    pub sensitive: bool,
    /// Whether the server merges it key by key.
    pub merge: bool,
    /// `readOnly`, where that says which way the member goes (OpenAPI 3.1 §4.8.24.4): a request never sends it.
    pub read_only: bool,
    /// `writeOnly`, likewise: no response is expected to have it.
    pub write_only: bool,
    /// What people are told.
    pub docs: Docs,
    /// Where its schema stands.
    pub location: Location,
}

/// A type where it is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The type.
    pub ty: Ty,
    /// Whether `null` is allowed beside it.
    pub nullable: bool,
    /// Whether it stands behind a pointer, because the type would hold itself.
    pub boxed: bool,
    /// What is checked here.
    pub checks: Checks,
}

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    /// Any value.
    Any,
    /// No value.
    Never,
    /// `null` alone.
    Null,
    /// `true` or `false`.
    Bool,
    /// `i64`
    Integer,
    /// `u64`
    Unsigned,
    /// `f64`
    Number,
    /// A string.
    String,
    /// A list.
    List(Box<Use>),
    /// An object of equal members.
    Map(Box<Use>),
    /// A type with a name.
    Named(TypeId),
    /// A type that is not generated.
    Foreign(Foreign),
}

/// A type that is not generated: one of the user's.
#[derive(Clone, Debug, PartialEq)]
pub struct Foreign {
    /// Its path, from its crate on: `::my_ids::Id`.
    pub path: String,
    /// Type parameters.
    pub parameters: Vec<Use>,
    /// What is checked of its values as JSON.
    pub checks: Checks,
    /// The kind of its values, where that is one.
    pub kind: Option<&'static str>,
}

impl Use {
    /// The types with a name in it, at any depth, to change.
    pub(crate) fn for_each_named(&mut self, change: &mut impl FnMut(&mut TypeId)) {
        match &mut self.ty {
            Ty::Named(id) => change(id),
            Ty::List(inner) | Ty::Map(inner) => inner.for_each_named(change),
            Ty::Foreign(foreign) => foreign.parameters.iter_mut().for_each(|one| one.for_each_named(change)),
            _ => {}
        }
    }

    /// A type with nothing to check.
    #[must_use]
    pub fn plain(ty: Ty) -> Self {
        Self { ty, nullable: false, boxed: false, checks: Checks::default() }
    }
}

impl Ir {
    /// The checks of every value, at any depth.
    pub fn all_checks(&self) -> impl Iterator<Item = &[Check]> {
        fn of_use<'u>(value: &'u Use, found: &mut Vec<&'u [Check]>) {
            found.push(&value.checks);
            match &value.ty {
                Ty::List(inner) | Ty::Map(inner) => of_use(inner, found),
                Ty::Foreign(foreign) => found.push(&foreign.checks),
                _ => {}
            }
        }
        let mut found = Vec::new();
        for definition in &self.types {
            match &definition.shape {
                Shape::Struct(shape) => found.push(shape.checks.as_slice()),
                Shape::Tuple(tuple) => found.push(tuple.checks.as_slice()),
                Shape::Enum(enumeration) => found.push(enumeration.checks.as_slice()),
                Shape::Union(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
            }
            for value in crate::lower::uses(&definition.shape) {
                of_use(value, &mut found);
            }
        }
        for operation in &self.operations {
            operation.sent().for_each(|value| of_use(value, &mut found));
        }
        found.extend(self.predicates.iter().map(|predicate| predicate.checks.as_slice()));
        found.into_iter()
    }
}
