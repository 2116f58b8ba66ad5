//! The variants of enumerations and unions.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{
    Check, Choice, Constant, Enumeration, Ir, Literal, Member, Origin, Scalar, Shape, Ty, TypeId, Union, Use, Variant,
};

use super::distinct;
use super::given::Given;
use super::reserved;
use super::settle::{Candidate, Wish, settle};
use super::words::{is_part, pascal, words};

/// A title with more words is a sentence.
const MOST_WORDS: usize = 6;

/// More values than these are no name.
const MOST_VALUES: usize = 3;

/// The variants of an enumeration, called after the titles where these tell them apart, else after the values.
pub(super) fn of_enumeration(enumeration: &Enumeration, given: &mut Given<'_>) -> Vec<String> {
    let constants = &enumeration.constants;
    let titles: Vec<&String> = constants.iter().filter_map(|constant| constant.title.as_ref()).collect();
    let made: BTreeSet<String> = titles.iter().map(|title| pascal(title)).collect();
    let titled = titles.len() == constants.len() && made.len() == titles.len();
    let label = |constant: &Constant| match &constant.title {
        Some(title) if titled => title.clone(),
        _ => constant.value.to_string(),
    };
    let labels: Vec<String> = constants.iter().map(label).collect();
    let variants = distinct(labels.iter(), variant);
    let made = labels.iter().filter_map(|label| variants.get(label).cloned());
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let named = constants.iter().zip(made).map(|(constant, made)| {
        let pointer = &constant.location.pointer;
        given.variant(pointer).filter(|_| !pointer.is_empty()).map_or(made, str::to_owned)
    });
    // A name given by hand may be that of another value.
    let mut named: Vec<String> = named.collect();
    for name in &mut named {
        while !taken.insert(name.clone()) {
            name.push('_');
        }
    }
    named
}

/// A variant of an enumeration: `+1` is `Plus1`, the empty string `Empty`.
fn variant(value: &str) -> String {
    let has_letters = value.chars().any(is_part);
    let signed = value.starts_with(['+', '-']) && value.chars().nth(1).is_some_and(char::is_numeric);
    let spelled = if has_letters && !signed { value.to_owned() } else { reserved::spelled(value) };
    reserved::variant(&pascal(&spelled))
}

/// The variants of a union, each called after what tells it apart.
pub(super) fn of_union(
    ir: &Ir,
    id: TypeId,
    union: &Union,
    types: &[Candidate],
    given: &mut Given<'_>,
) -> Vec<Candidate> {
    let branches = Branches { ir, id, union, types };
    let wishes: Vec<Wish> = (0..union.variants.len()).map(|index| branches.wish(index, given)).collect();
    settle(&wishes, &mut BTreeSet::from(["unknown".to_owned()]))
}

struct Branches<'b> {
    ir: &'b Ir,
    id: TypeId,
    union: &'b Union,
    types: &'b [Candidate],
}

impl Branches<'_> {
    fn wish(&self, index: usize, given: &mut Given<'_>) -> Wish {
        let Some(variant) = self.union.variants.get(index) else { return Wish::new("", Vec::new()) };
        // The branches of `type` stand all at one place.
        let is_alone = self.union.variants.iter().filter(|other| other.location == variant.location).count() == 1;
        let identity = format!("{} {}", variant.location.pointer, variant.hint.as_deref().unwrap_or_default());
        if let Some(name) = given.variant(&variant.location.pointer).filter(|_| is_alone) {
            return Wish::new(identity, vec![Candidate::new(name, "`names` of codegen.toml")]).exact(true);
        }
        let mut candidates = Vec::new();
        let mut add = |name: String, why: String| {
            let made = pascal(&name);
            if !made.is_empty() {
                candidates.push(Candidate::new(reserved::variant(&made), why));
            }
        };
        if let Some(hint) = variant.hint.as_ref().filter(|hint| words(hint).len() <= MOST_WORDS) {
            add(hint.clone(), format!("`{hint}`"));
        }
        match self.foreign_name(&variant.value) {
            Some(name) => {
                let own = self.types.get(self.id.0).map_or("", |own| own.name.as_str());
                if let Some(rest) = without(&name, own) {
                    add(rest, format!("its type `{name}`"));
                }
                add(name.clone(), format!("its type `{name}`"));
            }
            None => {
                for (name, why) in self.signs(index, variant) {
                    add(name, why);
                }
            }
        }
        let kind = self.described(&variant.value);
        add(kind.clone(), "the kind of its values".to_owned());
        Wish::new(identity, candidates)
    }

    /// The name of the type of a branch, where that is not called after the branch.
    fn foreign_name(&self, value: &Use) -> Option<String> {
        let Ty::Named(id) = value.ty else { return None };
        let is_own = matches!(self.ir.get(id)?.origin, Origin::Branch(outer, _) if outer == self.id);
        let name = &self.types.get(id.0)?.name;
        (!is_own && !name.is_empty()).then(|| name.clone())
    }

    /// What tells a branch apart that has no name of its own.
    fn signs(&self, index: usize, variant: &Variant) -> Vec<(String, String)> {
        let mut signs = Vec::new();
        match &self.union.choice {
            Choice::Tag { property, values, .. } => {
                let own = values.get(index).filter(|own| own.len() <= MOST_VALUES);
                signs.extend(own.map(|own| {
                    let own: Vec<&str> = own.iter().map(|value| value.trim_matches('"')).collect();
                    (own.join(" or "), format!("its value of `{property}`"))
                }));
            }
            Choice::Key { keys, .. } => {
                if let Some(Some(key)) = keys.get(index) {
                    signs.push((key.clone(), format!("it alone requires `{key}`")));
                }
            }
            Choice::Kind | Choice::Try => {}
        }
        if let Some(constant) = self.constant(&variant.value) {
            signs.push((constant.clone(), format!("its only value, `{constant}`")));
        }
        for required in [true, false] {
            let why = if required { "it alone requires" } else { "it alone has" };
            let own = self.members(variant, required).into_iter();
            let only = own.filter(|member| {
                let others = self.union.variants.iter().enumerate().filter(|(other, _)| *other != index);
                !others.map(|(_, other)| self.members(other, required)).any(|others| others.contains(member))
            });
            signs.extend(only.map(|member| (member.to_owned(), format!("{why} `{member}`"))));
        }
        // Members of the same names: it is their types that differ.
        let typed = |variant: &Variant| -> BTreeSet<String> {
            let members = self.fields(variant).into_iter().flatten();
            members.map(|(name, member)| format!("{name} {}", self.described(&member.value))).collect()
        };
        let others = self.union.variants.iter().enumerate().filter(|(other, _)| *other != index);
        let others: BTreeSet<String> = others.flat_map(|(_, other)| typed(other)).collect();
        signs.extend(typed(variant).difference(&others).map(|text| (text.clone(), format!("`{text}`"))));
        signs
    }

    fn fields(&self, variant: &Variant) -> Option<&BTreeMap<String, Member>> {
        let Ty::Named(id) = variant.value.ty else { return None };
        match &self.ir.get(id)?.shape {
            Shape::Struct(shape) => Some(&shape.members),
            _ => None,
        }
    }

    fn members(&self, variant: &Variant, required: bool) -> BTreeSet<&str> {
        let members = self.fields(variant).into_iter().flatten();
        members.filter(|(_, member)| member.required || !required).map(|(name, _)| name.as_str()).collect()
    }

    /// The value of a branch that has one.
    fn constant(&self, value: &Use) -> Option<String> {
        let listed = value.checks.iter().find_map(|check| match check {
            Check::OneOf(values) => Some(values.as_slice()),
            _ => None,
        });
        if let Some([only]) = listed {
            return Literal::of(only).map(|literal| literal.to_string());
        }
        let Ty::Named(id) = value.ty else { return None };
        match &self.ir.get(id)?.shape {
            Shape::Enum(enumeration) => match enumeration.constants.as_slice() {
                [only] => Some(only.title.clone().unwrap_or_else(|| only.value.to_string())),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a branch is, in words.
    fn described(&self, value: &Use) -> String {
        match &value.ty {
            Ty::Any => "any".to_owned(),
            Ty::Never => "never".to_owned(),
            Ty::Null => "null".to_owned(),
            Ty::Bool => "boolean".to_owned(),
            Ty::Integer | Ty::Unsigned => "integer".to_owned(),
            Ty::Number => "number".to_owned(),
            Ty::String => "string".to_owned(),
            Ty::List(inner) => format!("{} list", self.described(inner)),
            Ty::Map(inner) => format!("{} map", self.described(inner)),
            Ty::Foreign(foreign) => {
                let path = foreign.path.split_once('<').map_or(foreign.path.as_str(), |(path, _)| path);
                path.rsplit("::").next().unwrap_or_default().to_owned()
            }
            Ty::Named(id) => self.foreign_name(value).unwrap_or_else(|| {
                let shape = self.ir.get(*id).map(|definition| &definition.shape);
                shape.map_or("value", kind).to_owned()
            }),
        }
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "object",
        Shape::Enum(enumeration) => match enumeration.scalar {
            Scalar::String => "string",
            Scalar::Integer => "integer",
            Scalar::Boolean => "boolean",
        },
        Shape::Union(_) => "choice",
        Shape::Tuple(_) => "tuple",
        Shape::Alias(_) | Shape::Newtype(_) => "value",
    }
}

/// The name of a type without that of the union, where a name is left: `Auth0` of `FlowActionAuth0` in `FlowAction`.
fn without(name: &str, union: &str) -> Option<String> {
    let (own, outer) = (words(name), words(union));
    let rest = own.strip_prefix(outer.as_slice())?;
    let starts = rest.first()?.starts_with(char::is_alphabetic);
    starts.then(|| rest.join(" "))
}
