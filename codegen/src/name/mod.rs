//! The one place where Rust names are made. Each is decided by what it names, not by what else there is: only names that
//! would collide are told apart, by more of their own path.

mod modules;
mod reserved;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::place_of;
use crate::diagnostic::Diagnostic;
use crate::ir::{Constant, Ir, Origin, Predicate, Shape, Success, Ty, TypeDef, TypeId, Union, Use};

pub(crate) use modules::ROOT;
use words::{is_identifier, pascal, snake};
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
    /// The setters of credentials, by security scheme.
    pub credentials: BTreeMap<String, String>,
    /// The types of what the API itself sends, by index.
    pub events: Vec<String>,
}

/// The names of a type and what is in it.
#[derive(Clone, Debug, Default)]
pub struct TypeNames {
    /// `UserIdentity`
    pub name: String,
    /// `user_identity`: its file.
    pub module: String,
    /// The fields, by wire name.
    pub fields: BTreeMap<String, String>,
    /// The variants, by wire value for an enumeration, by index for a union.
    pub variants: Vec<String>,
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
    /// The method: `update`.
    pub method: String,
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
        let settings = self.variables.values().chain(self.credentials.values()).chain(&self.events);
        types.chain(operations).chain(settings).chain(&self.modules).all(|name| name.is_ascii())
    }
}

/// Decides every name; what is wrong with the names given by hand goes to the diagnostics.
#[must_use]
pub fn decide(ir: &Ir, decided: &BTreeMap<String, String>, diagnostics: &mut Vec<Diagnostic>) -> Names {
    for (pointer, name) in decided {
        let known = ir.types.iter().any(|definition| definition.location.pointer == *pointer);
        let message = match (known, is_type_name(name)) {
            (false, _) => format!("`{pointer}` in `names` of codegen.toml is the place of no type"),
            (true, false) => format!("no type can be called `{name}`, as `names` of codegen.toml wants"),
            (true, true) => continue,
        };
        diagnostics.push(Diagnostic::error("unmatched-entry", message, place_of(pointer)));
    }
    let types = type_names(ir, decided);
    let types =
        ir.iter().zip(types).map(|((_, definition), name)| inner_names(ir, definition, name)).collect::<Vec<_>>();
    let types = in_modules(ir, types);
    let servers = ir.server.iter().chain(ir.operations.iter().filter_map(|operation| operation.server.as_ref()));
    let variables = distinct(servers.flat_map(|server| server.variables.keys()), reserved::variable);
    let mut credentials = distinct(ir.schemes.keys(), reserved::variable);
    for name in credentials.values_mut().filter(|name| variables.values().any(|variable| variable == *name)) {
        name.push_str("_credential");
    }
    Names {
        modules: modules::names(ir, diagnostics),
        types,
        operations: operation_names(ir),
        predicates: predicate_names(ir),
        variables,
        credentials,
        events: event_names(ir),
    }
}

/// The names of types, by id.
fn type_names(ir: &Ir, decided: &BTreeMap<String, String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut order: Vec<(usize, &TypeDef)> = ir.types.iter().enumerate().collect();
    // Names that stand in the document come first; then the outer before the inner; then by place.
    order.sort_by_key(|(_, definition)| (rank(&definition.origin), definition.location.clone()));
    names.resize(ir.types.len(), String::new());
    let mut taken: Vec<BTreeSet<String>> = ir.modules.iter().map(|module| modules::taken(ir, module)).collect();
    let mut waiting = order;
    while !waiting.is_empty() {
        let mut later = Vec::new();
        let before = waiting.len();
        for (index, definition) in waiting {
            let Some(wanted) = wanted(ir, definition, &names, decided) else {
                later.push((index, definition));
                continue;
            };
            let wanted = reserved::type_name(&wanted);
            let name = match taken.get_mut(ir.module_of(&definition.location)) {
                // Every module of several has a `Root`: this is the one.
                _ if wanted == ROOT && modules::is_root(ir, TypeId(index)) => wanted,
                Some(taken) => unique(&wanted, taken),
                None => wanted,
            };
            if let Some(slot) = names.get_mut(index) {
                *slot = name;
            }
        }
        if later.len() == before {
            break;
        }
        waiting = later;
    }
    names
}

fn rank(origin: &Origin) -> u8 {
    match origin {
        Origin::Named(_) => 0,
        Origin::Root(_) => 1,
        Origin::Operation(..) => 2,
        Origin::Within(..) => 3,
    }
}

/// The name that a type would have if it were alone; `None` while the name of the type around it is not known.
fn wanted(ir: &Ir, definition: &TypeDef, names: &[String], decided: &BTreeMap<String, String>) -> Option<String> {
    if let Some(name) = decided.get(&definition.location.pointer) {
        return Some(name.clone());
    }
    Some(match &definition.origin {
        Origin::Named(name) | Origin::Root(name) => pascal(name),
        Origin::Within(outer, path) => {
            let outer = names.get(outer.0).filter(|name| !name.is_empty())?;
            format!("{outer}{}", pascal(path))
        }
        Origin::Operation(index, role) => {
            let operation = ir.operations.get(*index)?;
            format!("{}{}{}", pascal(&operation.group), pascal(&operation.name), pascal(role))
        }
    })
}

/// A name that is not taken: a number tells apart what has the same path.
fn unique(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2_usize;
    // Files differ by more than the case of their letters.
    while !taken.insert(name.to_lowercase()) {
        name = format!("{wanted}{number}");
        number = number.saturating_add(1);
    }
    name
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
        names.required = unique(&format!("{}Required", names.name), &mut taken);
    }
}

fn add_files(types: &mut [&mut TypeNames]) {
    let mut taken = BTreeSet::from(["predicates".to_owned()]);
    // Scripts without capitals: a module and a type stand side by side.
    let of_types: BTreeSet<String> =
        types.iter().flat_map(|names| [names.name.clone(), names.required.clone()]).collect();
    for names in types {
        let mut module = reserved::module(&names.name);
        if of_types.contains(&module) {
            module.push('_');
        }
        names.module = unique(&module, &mut taken);
    }
}

fn inner_names(ir: &Ir, definition: &TypeDef, name: String) -> TypeNames {
    let mut names = TypeNames { name, extra: "extra".to_owned(), ..TypeNames::default() };
    match &definition.shape {
        Shape::Struct(shape) => names.fields = distinct(shape.members.keys(), reserved::field),
        Shape::Enum(enumeration) => names.variants = enum_variants(&enumeration.constants),
        Shape::Union(union) => names.variants = union_variants(ir, union),
        Shape::Tuple(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
    }
    names.unknown = "Unknown".to_owned();
    names
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

/// The variants of an enumeration, called after the titles where these tell them apart, else after the values.
fn enum_variants(constants: &[Constant]) -> Vec<String> {
    let titles: Vec<&String> = constants.iter().filter_map(|constant| constant.title.as_ref()).collect();
    let titled = titles.len() == constants.len() && titles.iter().collect::<BTreeSet<_>>().len() == titles.len();
    let label = |constant: &Constant| match &constant.title {
        Some(title) if titled => title.clone(),
        _ => constant.value.to_string(),
    };
    let labels: Vec<String> = constants.iter().map(label).collect();
    let variants = distinct(labels.iter(), variant);
    labels.iter().filter_map(|label| variants.get(label).cloned()).collect()
}

/// A variant of an enumeration: `+1` is `Plus1`, the empty string `Empty`.
fn variant(value: &str) -> String {
    let has_letters = value.chars().any(is_part);
    let signed = value.starts_with(['+', '-']) && value.chars().nth(1).is_some_and(char::is_numeric);
    let spelled = if has_letters && !signed { value.to_owned() } else { reserved::spelled(value) };
    reserved::variant(&pascal(&spelled))
}

fn union_variants(ir: &Ir, union: &Union) -> Vec<String> {
    let mut taken = BTreeSet::from(["unknown".to_owned()]);
    union
        .variants
        .iter()
        .map(|variant| {
            let wanted = variant.hint.clone().unwrap_or_else(|| described(ir, &variant.value));
            unique(&reserved::variant(&pascal(&wanted)), &mut taken)
        })
        .collect()
}

/// What a branch without a title is called: its type.
fn described(ir: &Ir, value: &Use) -> String {
    match &value.ty {
        Ty::Any => "any".to_owned(),
        Ty::Never => "never".to_owned(),
        Ty::Null => "null".to_owned(),
        Ty::Bool => "boolean".to_owned(),
        Ty::Integer | Ty::Unsigned => "integer".to_owned(),
        Ty::Number => "number".to_owned(),
        Ty::String => "string".to_owned(),
        Ty::List(inner) => format!("{} list", described(ir, inner)),
        Ty::Map(inner) => format!("{} map", described(ir, inner)),
        Ty::Foreign(foreign) => {
            let path = foreign.path.split_once('<').map_or(foreign.path.as_str(), |(path, _)| path);
            path.rsplit("::").next().unwrap_or_default().to_owned()
        }
        Ty::Named(id) => match ir.get(*id).map(|definition| &definition.origin) {
            Some(Origin::Named(name) | Origin::Root(name)) => name.clone(),
            Some(Origin::Within(_, path)) => path.clone(),
            Some(Origin::Operation(_, role)) => role.clone(),
            None => "value".to_owned(),
        },
    }
}

/// The functions of predicates are called after the places of their schemas.
fn predicate_names(ir: &Ir) -> Vec<String> {
    let mut taken: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let name = |predicate: &Predicate| {
        let taken = taken.entry(ir.module_of(&predicate.location)).or_default();
        let place = snake(&reserved::spelled_pointer(&predicate.location.pointer));
        let name = if place.is_empty() { "root".to_owned() } else { place };
        unique(&reserved::module(&name), taken)
    };
    ir.predicates.iter().map(name).collect()
}

fn operation_names(ir: &Ir) -> Vec<OperationNames> {
    let (mut methods, mut builders) = (BTreeMap::<_, BTreeSet<_>>::new(), BTreeMap::<_, BTreeSet<_>>::new());
    let mut order: Vec<usize> = (0..ir.operations.len()).collect();
    order.sort_by_key(|index| ir.operations.get(*index).map(|operation| operation.location.clone()));
    let mut names = vec![OperationNames::default(); ir.operations.len()];
    for index in order {
        let (Some(operation), Some(slot)) = (ir.operations.get(index), names.get_mut(index)) else { continue };
        let group = reserved::method(&operation.group);
        let method = unique(&reserved::method(&operation.name), methods.entry(group.clone()).or_default());
        // Methods that differ, `a1` and `a_1`, may make one name of a type.
        let builder = reserved::builder(&pascal(&method), &pascal(&group));
        let builder = unique(&builder, builders.entry(group.clone()).or_default());
        let answer = match &operation.success {
            Success::One(_) => String::new(),
            Success::Several(_) => {
                let wanted = format!("{}Response", builder.strip_suffix("Request").unwrap_or(&builder));
                unique(&wanted, builders.entry(group.clone()).or_default())
            }
        };
        let parameters = operation.parameters.iter().map(|parameter| reserved::argument(&parameter.name)).collect();
        *slot = OperationNames {
            group_type: reserved::type_name(&pascal(&group)),
            answer,
            answers: answer_variants(&operation.success),
            builder,
            parameters: distinct_list(parameters),
            group,
            method,
        };
    }
    names
}

/// The variants of an answer that depends on the status: what the status is called (RFC 9110 §15.3).
fn answer_variants(success: &Success) -> Vec<String> {
    let Success::Several(answers) = success else { return Vec::new() };
    let name = |status: &str| match status {
        "200" => "Ok".to_owned(),
        "201" => "Created".to_owned(),
        "202" => "Accepted".to_owned(),
        "203" => "NonAuthoritativeInformation".to_owned(),
        "204" => "NoContent".to_owned(),
        "205" => "ResetContent".to_owned(),
        "206" => "PartialContent".to_owned(),
        "207" => "MultiStatus".to_owned(),
        "208" => "AlreadyReported".to_owned(),
        "226" => "ImUsed".to_owned(),
        status if status.eq_ignore_ascii_case("2XX") => "Success".to_owned(),
        other => format!("Status{}", pascal(other)),
    };
    distinct_list(answers.iter().map(|answer| name(&answer.status)).collect())
}

fn event_names(ir: &Ir) -> Vec<String> {
    distinct_list(ir.events.iter().map(|event| reserved::type_name(&pascal(&event.name))).collect())
}

fn distinct_list(names: Vec<String>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    names.into_iter().map(|name| unique(&name, &mut taken)).collect()
}

/// Whether a name given by hand can stand as the name of a type.
fn is_type_name(name: &str) -> bool {
    is_identifier(name) && reserved::type_name(name) == name
}
