//! Proofs that no value fits two branches of a union.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::ir::{Proof, Reason};
use crate::schema::{Kind, Kinds};
use crate::source::Node;

use super::facets::{Facets, Part};
use super::union::Branch;
use super::{Lowering, number};

/// How deep members of members are looked into.
const DEEPEST: u32 = 3;

/// The limits of each kind: a lower one and an upper one, which are compared.
pub(super) const RANGES: &[(Kind, &[&str], &[&str])] = &[
    (Kind::Number, &["minimum", "exclusiveMinimum"], &["maximum", "exclusiveMaximum"]),
    (Kind::String, &["minLength"], &["maxLength"]),
    (Kind::Array, &["minItems"], &["maxItems"]),
    (Kind::Object, &["minProperties"], &["maxProperties"]),
];

impl Lowering<'_> {
    /// The proof that the branches are disjoint but for `null`, which is decided elsewhere.
    ///
    /// # Errors
    /// The first pair that is left.
    pub(super) fn disjoint(&self, branches: &[Branch]) -> Result<Proof, (usize, usize)> {
        let mut reasons = BTreeSet::new();
        for (index, branch) in branches.iter().enumerate() {
            for (second, other) in branches.iter().enumerate().skip(index.saturating_add(1)) {
                reasons.insert(self.apart(&branch.facets, &other.facets, 0).ok_or((index, second))?);
            }
        }
        Ok(Proof { reasons })
    }

    /// What tells the values of two conjunctions apart.
    fn apart(&self, one: &Facets, other: &Facets, depth: u32) -> Option<Reason> {
        let null = Kinds::one(Kind::Null);
        let both = one.kinds.intersection(other.kinds).without(null);
        if both.is_empty() {
            return Some(Reason::Kinds);
        }
        if let (Some(values), Some(others)) = (&one.values, &other.values)
            && !values
                .iter()
                .any(|value| *value != Node::Null && others.iter().any(|other| number::equal(value, other)))
        {
            return Some(Reason::Constants);
        }
        let kind = both.only()?;
        let range = || ranges_apart(kind, one, other).or_else(|| ranges_apart(kind, other, one)).map(Reason::Ranges);
        let members = || (kind == Kind::Object).then(|| self.members_apart(one, other, depth)).flatten();
        range().or_else(members)
    }

    fn members_apart(&self, one: &Facets, other: &Facets, depth: u32) -> Option<Reason> {
        let refused = |one: &Facets, other: &Facets| {
            let refuses = |name: &&String| other.closed && !other.properties.contains_key(*name);
            one.required.iter().find(refuses).cloned()
        };
        if let Some(key) = refused(one, other).or_else(|| refused(other, one)) {
            return Some(Reason::Key(key));
        }
        if depth >= DEEPEST {
            return None;
        }
        one.required.intersection(&other.required).find_map(|name| {
            let (mine, others) = (self.of_member(one, name), self.of_member(other, name));
            // Here `null` is a value like any other.
            if mine.kinds.overlaps(Kinds::one(Kind::Null)) && others.kinds.overlaps(Kinds::one(Kind::Null)) {
                return None;
            }
            let reason = self.apart(&mine, &others, depth.saturating_add(1))?;
            Some(Reason::Member(name.clone(), Box::new(reason)))
        })
    }

    /// What a conjunction demands of a member.
    fn of_member(&self, facets: &Facets, name: &str) -> Facets {
        let parts: &[Part] = facets.properties.get(name).map_or(&facets.additional, |parts| parts);
        Facets::of(self.schemas, parts)
    }
}

/// The keyword of the upper limit of one conjunction, where it is below the lower one of the other.
fn ranges_apart(kind: Kind, below: &Facets, above: &Facets) -> Option<&'static str> {
    let numeric = Kinds::one(Kind::Number).overlaps(Kinds::one(kind));
    let (_, lower, upper) = RANGES.iter().find(|(of, _, _)| *of == kind || (numeric && *of == Kind::Number))?;
    for (keyword, value, _) in below.limits.iter().filter(|(keyword, _, _)| upper.contains(keyword)) {
        for (lowest, least, _) in above.limits.iter().filter(|(keyword, _, _)| lower.contains(keyword)) {
            if leaves_nothing(value, keyword, least, lowest) {
                return Some(keyword);
            }
        }
    }
    None
}

/// Whether no number is at most `upper` and at least `lower`.
pub(super) fn leaves_nothing(upper: &Node, upper_keyword: &str, lower: &Node, lower_keyword: &str) -> bool {
    let exclusive = upper_keyword.starts_with("exclusive") || lower_keyword.starts_with("exclusive");
    match (upper, lower) {
        (Node::Number(upper), Node::Number(lower)) => match number::compare(upper, lower) {
            Some(Ordering::Less) => true,
            Some(Ordering::Equal) => exclusive,
            Some(Ordering::Greater) | None => false,
        },
        _ => false,
    }
}
