//! The crate to be, as plain data: types, checks, operations; no tokens, no names in Rust, no JSON but literals.

mod check;
mod predicate;

use std::collections::BTreeMap;

use crate::config::Dependency;
use crate::document::{ParameterPlace, Server};
use crate::schema::Location;
use crate::source::Node;

pub use check::{Check, Checks, Regex};
pub use predicate::{Predicate, PredicateId};

/// One generated type; an index into [`Ir::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

/// Everything that is generated.
#[derive(Clone, Debug, Default)]
pub struct Ir {
    /// The types, in the order of their places.
    pub types: Vec<TypeDef>,
    /// The operations, in the order of paths and methods.
    pub operations: Vec<Operation>,
    /// Where the API is reached.
    pub server: Option<Server>,
    /// Whether operations demand credentials.
    pub secured: bool,
    /// The type of error bodies.
    pub error: Option<Use>,
    /// The title of the document.
    pub title: Option<String>,
    /// What the document says of itself.
    pub description: Option<String>,
    /// The schemas that are asked of values as a whole.
    pub predicates: Vec<Predicate>,
    /// The dynamic anchors of the resources that predicates belong to.
    pub resources: Vec<BTreeMap<String, PredicateId>>,
    /// Formats that are left unchecked: how many schemas, by format.
    pub unchecked_formats: BTreeMap<String, usize>,
    /// Whether a type is not generated.
    pub has_foreign: bool,
    /// What the types that are not generated depend on, by package.
    pub dependencies: BTreeMap<String, Dependency>,
}

impl Ir {
    /// A type; an id that is not from this IR gives the first one there is.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// Every type with its id.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types.iter().enumerate().map(|(index, definition)| (TypeId(index), definition))
    }
}

/// A type with a name of its own.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where it came from.
    pub location: Location,
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
}

/// What a type is called after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A schema with a name in the document.
    Named(String),
    /// The root of a schema document: its title, else the name of the file.
    Root(String),
    /// Something in another type: the property, `Item`, the branch.
    Within(TypeId, String),
    /// Something in an operation: its index and the role.
    Operation(usize, String),
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
    /// One of a list of strings.
    Enum(Vec<Constant>),
    /// One of several types.
    Union(Union),
    /// Another name of a type.
    Alias(Use),
    /// A type around another: the root of a schema that is no object.
    Newtype(Use),
}

/// A string that an enumeration lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Constant {
    /// The string.
    pub value: String,
    /// What it is called, where the schema says so.
    pub title: Option<String>,
    /// What people are told.
    pub description: Option<String>,
}

/// An object with named members.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// The members, in the order of their wire names.
    pub members: BTreeMap<String, Member>,
    /// The members that have no name.
    pub extra: Extra,
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

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The branches.
    pub variants: Vec<Variant>,
    /// How the branch is chosen.
    pub choice: Choice,
    /// `oneOf`, `anyOf` or `type`: what is violated when no branch fits.
    pub keyword: &'static str,
    /// Whether no value fits two branches: proved, so that *exactly one* needs no check.
    pub disjoint: bool,
}

/// One branch of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its type and checks.
    pub value: Use,
    /// What it is called after: a title, a tag; else its type.
    pub hint: Option<String>,
    /// Where its schema stands.
    pub location: Location,
}

/// How the branch of a union is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// By the value of a member, in JSON text; a branch may have several values.
    Tag {
        /// The member.
        property: String,
        /// The values of each branch, in the order of the variants.
        values: Vec<Vec<String>>,
    },
    /// By the kind of the JSON value. Disjoint.
    Kind,
    /// By a member that only one branch requires, in the order of the variants; the one without is the rest.
    Key(Vec<Option<String>>),
    /// By trying: the first branch whose checks hold, else the first that decodes. Not proved disjoint.
    Try,
}

/// One operation of the client.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub location: Location,
    /// `GET`
    pub method: String,
    /// The path template.
    pub path: String,
    /// The client group it belongs to, as the document has it.
    pub group: String,
    /// Its name, as the document has it.
    pub name: String,
    /// What people are told.
    pub docs: Docs,
    /// The first line of what people are told.
    pub summary: Option<String>,
    /// The parameters, required ones first.
    pub parameters: Vec<Parameter>,
    /// The type of the JSON body.
    pub body: Option<BodyUse>,
    /// The type of the answer; `None` where there is nothing to decode.
    pub success: Option<Use>,
    /// Statuses of failures and what they mean.
    pub failures: BTreeMap<String, Option<String>>,
}

/// The JSON body of an operation.
#[derive(Clone, Debug)]
pub struct BodyUse {
    /// Its type.
    pub value: Use,
    /// Whether it must be sent.
    pub required: bool,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub place: ParameterPlace,
    /// Whether it must be given.
    pub required: bool,
    /// Its type and checks.
    pub value: Use,
    /// What people are told.
    pub docs: Docs,
}

impl Use {
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
            if let Shape::Struct(shape) = &definition.shape {
                found.push(shape.checks.as_slice());
            }
            for value in crate::lower::uses(&definition.shape) {
                of_use(value, &mut found);
            }
        }
        for parameter in self.operations.iter().flat_map(|operation| &operation.parameters) {
            of_use(&parameter.value, &mut found);
        }
        found.extend(self.predicates.iter().map(|predicate| predicate.checks.as_slice()));
        found.into_iter()
    }
}
