//! The one place where Rust names are made. Each is decided by what it names, not by what else there is: only names that
//! would collide are told apart, by more of their own path.

mod given;
mod modules;
mod operations;
mod reserved;
mod settle;
mod singular;
mod types;
mod variants;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::ir::{Ir, Predicate, Shape, Struct, TypeDef, TypeId};

use given::Given;
pub(crate) use modules::ROOT;
pub(crate) use operations::{Request, groups_of_request, of_request};
use settle::{Candidate, Wish, settle, settle_one};
use words::snake;
pub(crate) use words::{is_part, is_start};

/// Every Rust name of a crate.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The modules of types, by index.
    pub modules: Vec<String>,
    /// The types, by id.
    pub types: Vec<TypeNames>,
    /// The operations, by index.
    pub operations: Vec<OperationNames>,
    /// The functions of predicates, by index.
    pub predicates: Vec<String>,
    /// The setters of the variables of the servers' URLs, by variable.
    pub variables: BTreeMap<String, String>,
    /// The setters of the credentials of a program, by security scheme.
    pub grants: BTreeMap<String, String>,
    /// The setters of credentials, by security scheme.
    pub credentials: BTreeMap<String, String>,
    /// The types of what the API itself sends, by index.
    pub events: Vec<String>,
    /// The variants of the codes of errors, by index.
    pub error_codes: Vec<String>,
}

/// The names of a type and what is in it.
#[derive(Clone, Debug, Default)]
pub struct TypeNames {
    /// `UserIdentity`
    pub name: String,
    /// What it is called after.
    pub why: String,
    /// `user_identity`: its file.
    pub module: String,
    /// The fields, by wire name.
    pub fields: BTreeMap<String, String>,
    /// The variants, by wire value for an enumeration, by index for a union.
    pub variants: Vec<String>,
    /// What each variant of a union is called after.
    pub why_variants: Vec<String>,
    /// The variant of what is in no list.
    pub unknown: String,
    /// The field of members without a name.
    pub extra: String,
    /// The struct of its required members, for types whose `new` takes one.
    pub required: String,
}

/// The names of an operation.
#[derive(Clone, Debug, Default)]
pub struct OperationNames {
    /// The method that gives the client group: `users`.
    pub group: String,
    /// The type of the group: `Users`.
    pub group_type: String,
    /// What the group is called after.
    pub why_group: String,
    /// The Cargo feature that the operation belongs to, in kebab case: that of the outermost group.
    pub feature: String,
    /// The method: `update`.
    pub method: String,
    /// What the method is called after.
    pub why_method: String,
    /// The type of the request builder: `Update`.
    pub builder: String,
    /// The type of an answer that depends on the status: `CreateResponse`.
    pub answer: String,
    /// The variants of that type, in their order.
    pub answers: Vec<String>,
    /// The parameters, in their order.
    pub parameters: Vec<String>,
}

impl Names {
    /// The names of a type.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<&TypeNames> {
        self.types.get(id.0)
    }

    /// What a type is called in the whole crate: `User`, and `account::User` where there are several modules.
    #[must_use]
    pub fn path(&self, ir: &Ir, id: TypeId) -> Option<String> {
        let name = &self.get(id)?.name;
        let module = ir.get(id).and_then(|definition| self.modules.get(ir.module_of(&definition.location)));
        Some(match module {
            Some(module) if ir.modules.len() > 1 => format!("{module}::{name}"),
            _ => name.clone(),
        })
    }

    /// Whether every name is ASCII.
    #[must_use]
    pub fn are_ascii(&self) -> bool {
        let types = self
            .types
            .iter()
            .flat_map(|names| [&names.name].into_iter().chain(names.fields.values()).chain(&names.variants));
        let operations =
            self.operations.iter().flat_map(|names| [&names.group, &names.method].into_iter().chain(&names.parameters));
        let settings =
            self.variables.values().chain(self.credentials.values()).chain(&self.events).chain(&self.error_codes);
        types.chain(operations).chain(settings).chain(&self.modules).all(|name| name.is_ascii())
    }
}

/// Decides every name; what is wrong with the names given by hand goes to the diagnostics.
#[must_use]
pub fn decide(ir: &Ir, decided: &BTreeMap<String, String>, diagnostics: &mut Vec<Diagnostic>) -> Names {
    let mut given = Given::new(decided);
    let operations = operations::names(ir, &mut given);
    let mut decided = types::names(ir, &operations, &mut given);
    let types = ir
        .iter()
        .zip(std::mem::take(&mut decided.types))
        .map(|((id, definition), name)| {
            let variants = decided.variants.remove(&id.0).unwrap_or_default();
            inner_names(definition, name, variants, &mut given)
        })
        .collect::<Vec<_>>();
    let types = in_modules(ir, types);
    let codes = ir.error_codes.as_ref().map(|error| variants::of_enumeration(&error.codes, &mut given));
    given.report(diagnostics);
    let servers = ir.server.iter().chain(ir.operations.iter().filter_map(|operation| operation.server.as_ref()));
    let variables = distinct(servers.flat_map(|server| server.variables.keys()), reserved::variable);
    let mut credentials = distinct(ir.schemes.keys(), reserved::variable);
    for name in credentials.values_mut().filter(|name| variables.values().any(|variable| variable == *name)) {
        name.push_str("_credential");
    }
    let mut grants = BTreeMap::new();
    for scheme in ir.flows.keys() {
        let mut name = "client_credentials".to_owned();
        if let Some(own) = credentials.get(scheme).filter(|_| ir.flows.len() > 1) {
            name = format!("{}_{name}", own.trim_end_matches('_'));
        }
        while variables.values().chain(credentials.values()).any(|other| *other == name) {
            name.push_str("_flow");
        }
        grants.insert(scheme.clone(), name);
    }
    Names {
        grants,
        modules: modules::names(ir, diagnostics),
        types,
        operations,
        predicates: predicate_names(ir),
        variables,
        credentials,
        events: operations::event_names(ir),
        error_codes: codes.unwrap_or_default(),
    }
}

/// The names that types have beside their own, told apart in each module.
fn in_modules(ir: &Ir, mut types: Vec<TypeNames>) -> Vec<TypeNames> {
    let mut modules: Vec<Vec<&mut TypeNames>> = ir.modules.iter().map(|_| Vec::new()).collect();
    for (names, definition) in types.iter_mut().zip(&ir.types) {
        if let Some(module) = modules.get_mut(ir.module_of(&definition.location)) {
            module.push(names);
        }
    }
    for (mut types, module) in modules.into_iter().zip(&ir.modules) {
        add_bundles(&mut types, modules::taken(ir, module));
        add_files(&mut types);
    }
    types
}

/// A name for the required members of each type that has fields, told apart from the names of types.
fn add_bundles(types: &mut [&mut TypeNames], mut taken: BTreeSet<String>) {
    taken.extend(types.iter().map(|names| names.name.to_lowercase()));
    for names in types.iter_mut().filter(|names| !names.fields.is_empty()) {
        let candidates = ["Required", "RequiredMembers"].map(|end| Candidate::new(format!("{}{end}", names.name), ""));
        names.required = settle_one(Wish::new(&names.name, candidates.to_vec()), &mut taken);
    }
}

fn add_files(types: &mut [&mut TypeNames]) {
    // Scripts without capitals: a module and a type stand side by side.
    let of_types: BTreeSet<String> =
        types.iter().flat_map(|names| [names.name.clone(), names.required.clone()]).collect();
    let wish = |names: &&mut TypeNames| {
        let mut module = reserved::module(&names.name);
        if of_types.contains(&module) {
            module.push('_');
        }
        Wish::new(&names.name, vec![Candidate::new(module, "")])
    };
    let wishes: Vec<Wish> = types.iter().map(wish).collect();
    let modules = settle(&wishes, &mut BTreeSet::from(["predicates".to_owned()]));
    for (names, module) in types.iter_mut().zip(modules) {
        names.module = module.name;
    }
}

fn inner_names(definition: &TypeDef, name: Candidate, variants: Vec<Candidate>, given: &mut Given<'_>) -> TypeNames {
    let mut names = TypeNames { name: name.name, why: name.why, extra: "extra".to_owned(), ..TypeNames::default() };
    match &definition.shape {
        Shape::Struct(shape) => names.fields = fields(shape, given),
        Shape::Enum(enumeration) => names.variants = variants::of_enumeration(enumeration, given),
        Shape::Union(_) => {
            (names.variants, names.why_variants) =
                variants.into_iter().map(|variant| (variant.name, variant.why)).unzip();
        }
        Shape::Tuple(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
    }
    names.unknown = "Unknown".to_owned();
    names
}

/// The fields, by wire name: those that are named by hand first.
fn fields(shape: &Struct, given: &mut Given<'_>) -> BTreeMap<String, String> {
    let by_hand: BTreeMap<&String, &str> = shape
        .members
        .iter()
        .filter_map(|(wire, member)| Some((wire, given.field(&member.location.pointer)?)))
        .collect();
    let rest = shape.members.keys().filter(|wire| !by_hand.contains_key(wire));
    let mut fields = distinct(rest, reserved::field);
    for name in fields.values_mut() {
        while by_hand.values().any(|taken| taken == name) {
            name.push('_');
        }
    }
    fields.extend(by_hand.into_iter().map(|(wire, name)| (wire.clone(), name.to_owned())));
    fields
}

/// The names of things side by side: those that would be equal are told apart by what they were made of.
fn distinct<'n>(wire: impl Iterator<Item = &'n String>, make: fn(&str) -> String) -> BTreeMap<String, String> {
    let mut groups: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for name in wire {
        groups.entry(make(name)).or_default().push(name);
    }
    let mut names = BTreeMap::new();
    let single: BTreeSet<String> =
        groups.iter().filter(|(_, group)| group.len() == 1).map(|(made, _)| made.clone()).collect();
    for (made, group) in groups {
        if let [only] = group.as_slice() {
            names.insert((*only).clone(), made);
            continue;
        }
        for wire in group {
            let mut told = make(&reserved::spelled(wire));
            while single.contains(&told) || names.values().any(|name| *name == told) {
                told.push('_');
            }
            names.insert(wire.clone(), told);
        }
    }
    names
}

/// The functions of predicates are called after the places of their schemas.
fn predicate_names(ir: &Ir) -> Vec<String> {
    let mut modules: BTreeMap<usize, Vec<(usize, Wish)>> = BTreeMap::new();
    for (index, Predicate { location, .. }) in ir.predicates.iter().enumerate() {
        let place = snake(&reserved::spelled_pointer(&location.pointer));
        let name = reserved::module(if place.is_empty() { "root" } else { &place });
        let wish = Wish::new(&location.pointer, vec![Candidate::new(name, "")]);
        modules.entry(ir.module_of(location)).or_default().push((index, wish));
    }
    let mut names = vec![String::new(); ir.predicates.len()];
    for (indices, wishes) in modules.into_values().map(|wishes| wishes.into_iter().unzip::<_, _, Vec<_>, Vec<_>>()) {
        for (index, name) in indices.into_iter().zip(settle(&wishes, &mut BTreeSet::new())) {
            if let Some(slot) = names.get_mut(index) {
                *slot = name.name;
            }
        }
    }
    names
}
