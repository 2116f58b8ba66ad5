//! The names of types.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Ir, Origin, Shape, TypeDef, TypeId};
use crate::source::pointer;

use super::given::Given;
use super::settle::{Candidate, Wish, settle};
use super::singular::singular_name;
use super::words::{pascal, pascal_of, words};
use super::{OperationNames, ROOT, modules, operations, reserved, variants};

/// The names of types and of the variants of unions, on which they depend in turn.
pub(super) struct Decided {
    /// Each type's name and why, by id.
    pub(super) types: Vec<Candidate>,
    /// The variants of each union, by the type's id.
    pub(super) variants: BTreeMap<usize, Vec<Candidate>>,
}

/// Decides the names of types: those that stand in the document first, then the outer before the inner.
pub(super) fn names(ir: &Ir, operations: &[OperationNames], given: &mut Given<'_>) -> Decided {
    let mut decided = Decided { types: vec![Candidate::new("", ""); ir.types.len()], variants: BTreeMap::new() };
    let mut taken: Vec<BTreeSet<String>> = ir.modules.iter().map(|module| modules::taken(ir, module)).collect();
    let by_hand = by_hand(ir, given);
    let mut waiting: Vec<usize> = (0..ir.types.len()).collect();
    for round in [Round::ByHand, Round::Own, Round::OfOperations] {
        let (now, later): (Vec<usize>, Vec<usize>) = waiting.into_iter().partition(|index| {
            ir.types
                .get(*index)
                .is_some_and(|definition| Round::of(&definition.origin, by_hand.contains_key(index)) == round)
        });
        waiting = later;
        settle_types(ir, &now, &mut decided, &mut taken, |_, index, definition| {
            Some(match by_hand.get(&index) {
                Some(name) => of_twin(ir, definition, vec![Candidate::new(*name, "`names` of codegen.toml")]),
                None => candidates(ir, operations, definition, &[], &BTreeMap::new())?,
            })
        });
    }
    // What stands in other types follows them, however deep.
    while !waiting.is_empty() {
        add_variants(ir, &mut decided, given);
        let (now, later): (Vec<usize>, Vec<usize>) = waiting
            .iter()
            .partition(|index| ir.types.get(**index).is_some_and(|definition| is_ready(&definition.origin, &decided)));
        if now.is_empty() {
            break;
        }
        settle_types(ir, &now, &mut decided, &mut taken, |decided, _, definition| {
            candidates(ir, operations, definition, &decided.types, &decided.variants)
        });
        waiting = later;
    }
    add_variants(ir, &mut decided, given);
    decided
}

/// When the name of a type is decided.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    ByHand,
    Own,
    OfOperations,
    Inner,
}

impl Round {
    fn of(origin: &Origin, by_hand: bool) -> Self {
        match origin {
            _ if by_hand => Self::ByHand,
            Origin::Named(_) | Origin::Root(_) => Self::Own,
            Origin::Operation(..) => Self::OfOperations,
            Origin::Element(inner) | Origin::Entry(inner) => Self::of(inner, false),
            Origin::Within(..) | Origin::Branch(..) => Self::Inner,
        }
    }
}

/// The types that are named by hand. Of several at one place it is the outer one.
fn by_hand<'g>(ir: &Ir, given: &mut Given<'g>) -> BTreeMap<usize, &'g str> {
    let mut named = BTreeMap::new();
    let mut first: BTreeMap<(usize, String), &str> = BTreeMap::new();
    for (id, definition) in ir.iter() {
        let location = &definition.location;
        let is_inner =
            outer(&definition.origin).and_then(|outer| ir.get(outer)).is_some_and(|outer| outer.location == *location);
        if is_inner || is_branch(&definition.origin) {
            continue;
        }
        if let Some(name) = definition.places().find_map(|place| given.type_name(&place.pointer)) {
            named.insert(id.0, name);
            let key = (ir.module_of(location), name.to_lowercase());
            match first.get(&key) {
                Some(other) => given.same(&location.pointer, other),
                None => {
                    first.insert(key, &location.pointer);
                }
            }
        }
    }
    named
}

/// A branch has the name of its variant, which is decided by hand at the same place.
fn is_branch(origin: &Origin) -> bool {
    matches!(origin, Origin::Branch(..))
}

fn outer(origin: &Origin) -> Option<TypeId> {
    match origin {
        Origin::Within(outer, _) | Origin::Branch(outer, _) => Some(*outer),
        Origin::Element(inner) | Origin::Entry(inner) => outer(inner),
        Origin::Named(_) | Origin::Root(_) | Origin::Operation(..) => None,
    }
}

/// Whether what a type is called after has its own name.
fn is_ready(origin: &Origin, decided: &Decided) -> bool {
    let has_name = |id: TypeId| decided.types.get(id.0).is_none_or(|name| !name.name.is_empty());
    match origin {
        Origin::Within(outer, _) => has_name(*outer),
        Origin::Branch(outer, _) => has_name(*outer) && decided.variants.contains_key(&outer.0),
        Origin::Element(inner) | Origin::Entry(inner) => is_ready(inner, decided),
        Origin::Named(_) | Origin::Root(_) | Origin::Operation(..) => true,
    }
}

/// The variants of the unions that have got their names.
fn add_variants(ir: &Ir, decided: &mut Decided, given: &mut Given<'_>) {
    for (id, definition) in ir.iter() {
        let has_name = decided.types.get(id.0).is_some_and(|name| !name.name.is_empty());
        if let Shape::Union(union) = &definition.shape
            && has_name
            && !decided.variants.contains_key(&id.0)
        {
            let variants = variants::of_union(ir, id, union, &decided.types, given);
            decided.variants.insert(id.0, variants);
        }
    }
}

/// Settles the names of some types, module by module.
fn settle_types(
    ir: &Ir,
    indices: &[usize],
    decided: &mut Decided,
    taken: &mut [BTreeSet<String>],
    mut candidates: impl FnMut(&Decided, usize, &TypeDef) -> Option<Vec<Candidate>>,
) {
    let mut modules: BTreeMap<usize, Vec<(usize, Wish)>> = BTreeMap::new();
    for index in indices.iter().copied() {
        let Some(definition) = ir.types.get(index) else { continue };
        let mut wanted = candidates(decided, index, definition).unwrap_or_default();
        for candidate in &mut wanted {
            candidate.name = reserved::type_name(&candidate.name);
        }
        // Every module of several has a `Root`: this is the one.
        if modules::is_root(ir, TypeId(index)) && wanted.first().is_some_and(|first| first.name == ROOT) {
            if let (Some(slot), Some(first)) = (decided.types.get_mut(index), wanted.into_iter().next()) {
                *slot = first;
            }
            continue;
        }
        let side = if definition.twin.is_some() { "request" } else { "" };
        let identity = format!("{} {:?}{side}", definition.location.pointer, definition.origin);
        let is_exact = match &definition.origin {
            Origin::Named(name) | Origin::Root(name) => wanted.first().is_some_and(|first| first.name == *name),
            _ => false,
        };
        let wish = Wish::new(identity, wanted).exact(is_exact);
        modules.entry(ir.module_of(&definition.location)).or_default().push((index, wish));
    }
    for (module, wishes) in modules {
        let Some(taken) = taken.get_mut(module) else { continue };
        let (indices, wishes): (Vec<usize>, Vec<Wish>) = wishes.into_iter().unzip();
        for (index, name) in indices.into_iter().zip(settle(&wishes, taken)) {
            if let Some(slot) = decided.types.get_mut(index) {
                *slot = name;
            }
        }
    }
}

/// What a type could be called, the best name first.
fn candidates(
    ir: &Ir,
    operations: &[OperationNames],
    definition: &TypeDef,
    types: &[Candidate],
    variants: &BTreeMap<usize, Vec<Candidate>>,
) -> Option<Vec<Candidate>> {
    let naming = Naming { ir, operations, definition, types, variants };
    Some(of_twin(
        ir,
        definition,
        match &definition.origin {
            Origin::Named(name) => own(name, "its own name in the document"),
            Origin::Root(name) => own(name, "the title of its document"),
            origin => {
                let Phrase { outer, tails, why } = naming.phrase(origin)?;
                let mut candidates = Vec::new();
                for tail in &tails {
                    let (short, is_shorter) = joined(&outer, tail);
                    let said = if is_shorter { ", without the words that it repeats" } else { "" };
                    candidates.push(Candidate::new(short, format!("{why}{said}")));
                }
                let all: Vec<String> = tails.iter().map(|tail| format!("{outer}{}", pascal_of(tail))).collect();
                candidates.extend(all.into_iter().map(|name| Candidate::new(name, format!("{why}, in full"))));
                if tails.iter().all(|tail| joined(&outer, tail).0 == outer) {
                    candidates.insert(0, Candidate::new(format!("{outer}{}", kind_of(&definition.shape)), why));
                }
                candidates
            }
        },
    ))
}

/// What tells the type of requests from that of responses, where there are two. What stands in one that is told apart is, too.
fn of_twin(ir: &Ir, definition: &TypeDef, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let is_within_twin =
        outer(&definition.origin).and_then(|outer| ir.get(outer)).is_some_and(|outer| outer.twin.is_some());
    if definition.twin.is_some() && !is_within_twin {
        for candidate in &mut candidates {
            candidate.name.push_str("Request");
            candidate.why.push_str(", as requests have it");
        }
    }
    candidates
}

/// The name that a schema has in its document, then with its case and signs told.
fn own(name: &str, why: &str) -> Vec<Candidate> {
    let made = pascal(name);
    let spelled = reserved::spelled(name);

    let last = Candidate::new(format!("{made}Schema"), format!("{why}, which something else has as well"));
    let second = Candidate::new(made, why);
    let third = Candidate::new(spelled, format!("{why}, with its signs in words"));
    vec![second, third, last]
}

/// What a type is called after: something around it, and what it is there, the best first.
struct Phrase {
    outer: String,
    tails: Vec<Vec<String>>,
    why: String,
}

struct Naming<'n> {
    ir: &'n Ir,
    operations: &'n [OperationNames],
    definition: &'n TypeDef,
    types: &'n [Candidate],
    variants: &'n BTreeMap<usize, Vec<Candidate>>,
}

impl Naming<'_> {
    fn phrase(&self, origin: &Origin) -> Option<Phrase> {
        Some(match origin {
            Origin::Named(name) | Origin::Root(name) => Phrase::whole(pascal(name)),
            Origin::Within(outer, member) => {
                if let Some(phrase) = self.of_component(*outer) {
                    return Some(phrase);
                }
                let outer = self.types.get(outer.0)?.name.clone();
                let why = match member.as_str() {
                    "" => format!("what stands in `{outer}`"),
                    member => format!("`{member}` of `{outer}`"),
                };
                Phrase { outer, tails: vec![words(member)], why }
            }
            Origin::Branch(outer, index) => {
                let variant = self.variants.get(&outer.0)?.get(*index)?;
                let outer = self.types.get(outer.0)?.name.clone();
                let why = format!("the variant `{}` of `{outer}`", variant.name);
                Phrase { outer, tails: vec![words(&variant.name)], why }
            }
            Origin::Operation(index, role) => self.of_operation(*index, role)?,
            Origin::Element(inner) => self.phrase(inner)?.one("Item", "an element of"),
            Origin::Entry(inner) => {
                let is_struct =
                    |id: &TypeId| matches!(self.ir.get(*id).map(|outer| &outer.shape), Some(Shape::Struct(_)));
                match &**inner {
                    Origin::Within(outer, member) if member.is_empty() && is_struct(outer) => {
                        let phrase = self.phrase(inner)?;
                        let why = format!("a member without a name of `{}`", phrase.outer);
                        Phrase { tails: vec![words("Extra")], why, ..phrase }
                    }
                    _ => self.phrase(inner)?.one("Value", "a value of"),
                }
            }
        })
    }

    /// What stands in a component of the document and in a type from elsewhere: the component stays when that type goes.
    fn of_component(&self, outer: TypeId) -> Option<Phrase> {
        let place = |pointer: &str| -> Option<(String, Vec<String>)> {
            let mut tokens = pointer::tokens(pointer).map(Cow::into_owned);
            let is_component =
                tokens.next().as_deref() == Some("components") && tokens.next().as_deref() == Some("schemas");
            let name = tokens.next().filter(|_| is_component)?;
            Some((name, tokens.collect()))
        };
        let (component, inside) = place(&self.definition.location.pointer)?;
        let around = self.ir.get(outer).and_then(|outer| place(&outer.location.pointer));
        if around.is_some_and(|(name, _)| name == component) {
            return None;
        }
        let mut members: Vec<&String> = Vec::new();
        let mut inside = inside.iter();
        while let Some(keyword) = inside.next() {
            if keyword == "properties" {
                members.extend(inside.next());
            }
        }
        let last = members.last()?;
        let why = format!("`{last}` of the component `{component}`");
        let tail = members.iter().flat_map(|member| words(member)).collect();
        Some(Phrase { outer: pascal(&component), tails: vec![tail], why })
    }

    /// What stands in an operation, or in a component that it refers to: then it is the component's.
    fn of_operation(&self, index: usize, role: &str) -> Option<Phrase> {
        let pointer = self.definition.location.pointer.as_str();
        let mut tokens = pointer::tokens(pointer);
        let (home, kind, name) = (tokens.next(), tokens.next(), tokens.next());
        let (home, kind, name) = (home.as_deref(), kind.as_deref(), name.as_deref());
        if let (Some("components"), Some(kind), Some(name)) = (home, kind, name) {
            let why = format!("`{name}` of `components.{kind}`");
            let tail = if kind == "parameters" { Vec::new() } else { words(role) };
            return Some(Phrase { outer: pascal(name), tails: vec![tail], why });
        }
        if let (Some("paths"), Some(path), Some("parameters")) = (home, kind, name) {
            let why = format!("the parameter `{role}` of `{path}`");
            return Some(Phrase { outer: pascal(path), tails: vec![words(role)], why });
        }
        let names = self.operations.get(index)?;
        let why = format!("`{role}` of `{}.{}`", names.group, names.method);
        Some(Phrase { outer: operations::type_prefix(names), tails: vec![words(role)], why })
    }
}

impl Phrase {
    fn whole(outer: String) -> Self {
        let why = format!("what stands in `{outer}`");
        Self { outer, tails: vec![Vec::new()], why }
    }

    /// One of what the phrase names: in the singular, where it has one.
    fn one(mut self, otherwise: &str, which: &str) -> Self {
        let Some(tail) = self.tails.first().cloned() else { return self };
        let mut with_word = tail.clone();
        with_word.push(otherwise.to_lowercase());
        self.why = format!("{which} {}", self.why);
        if tail.is_empty() {
            let all = words(&self.outer);
            if let Some(one) = singular_name(&all) {
                // `Labels` of `Label`s: its name is not used up by a type around it.
                return Self { outer: String::new(), tails: vec![one, [all, with_word].concat()], ..self };
            }
            self.tails = vec![with_word];
            return self;
        }
        self.tails = match singular_name(&tail) {
            Some(one) => vec![one, with_word],
            None => vec![with_word],
        };
        self
    }
}

/// A name in a name, without the words in which one ends and the other begins; and whether there are any.
fn joined(outer: &str, tail: &[String]) -> (String, bool) {
    let before = words(outer);
    let shared = (1..=tail.len().min(before.len()))
        .rev()
        .find(|length| before.iter().rev().take(*length).rev().eq(tail.iter().take(*length)));
    let rest: Vec<String> = tail.iter().skip(shared.unwrap_or(0)).cloned().collect();
    // Not of the words: `V1_2` and other names would change.
    let apart =
        outer.ends_with(char::is_numeric) && rest.first().is_some_and(|word| word.starts_with(char::is_numeric));
    let separator = if apart { "_" } else { "" };
    (format!("{outer}{separator}{}", pascal_of(&rest)), shared.is_some())
}

/// What a type is, for one that would be called as the type around it.
fn kind_of(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "Object",
        Shape::Enum(_) => "Kind",
        Shape::Union(_) => "Choice",
        Shape::Tuple(_) => "Tuple",
        Shape::Alias(_) | Shape::Newtype(_) => "Value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_names_do_not_stutter() {
        let join = |outer: &str, tail: &str| joined(outer, &words(tail)).0;
        assert_eq!(join("BookingPayment", "payment_source"), "BookingPaymentSource");
        assert_eq!(join("User", "user"), "User");
        assert_eq!(join("User", "identity"), "UserIdentity");
        assert_eq!(join("V1", "2fa"), "V1_2fa");
    }
}
