//! `anyOf`, `oneOf` and lists of types.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Check, Checks, Choice, Origin, Proof, Reason, Shape, Ty, TypeId, Union, Use, Variant};
use crate::schema::{Kind, Kinds, Location, Schema, SchemaId};
use crate::source::Node;

use super::Lowering;
use super::facets::{Branches, Facets, Part, kind_of};

/// One branch before it has a type.
pub(super) struct Branch {
    pub(super) id: SchemaId,
    key: Vec<Part>,
    pub(super) facets: Facets,
    /// The values of required members that list theirs, in JSON text.
    tags: BTreeMap<String, Vec<String>>,
}

impl Lowering<'_> {
    /// The type of a conjunction with branches; `None` where they only constrain what the rest describes.
    pub(super) fn union(&mut self, key: &[Part], facets: &Facets, branches: &Branches, origin: &Origin) -> Option<Use> {
        let base = self.base(facets);
        let all: Vec<Branch> = branches.branches.iter().map(|id| self.branch(*id, &base)).collect();
        // A type of any value can't tell that `null` fits several branches, or none.
        let hides_null = || !self.accepts_null(key) && all.iter().any(|branch| branch.facets.kinds == Kinds::ALL);
        if self.only_constrains(facets, &all) || facets.branches.len() > 1 || hides_null() {
            return None;
        }
        // A branch that nothing satisfies is never chosen.
        let all: Vec<Branch> = all.into_iter().filter(|branch| !branch.facets.kinds.is_empty()).collect();
        let value = self.branches(key, facets, branches, all, origin);
        let value = Use { nullable: value.nullable && self.accepts_null(key), ..value };
        if let Some(known) = self.known.get_mut(key) {
            known.nullable = value.nullable;
        }
        Some(value)
    }

    /// The type of branches that choose one.
    fn branches(
        &mut self,
        key: &[Part],
        facets: &Facets,
        branches: &Branches,
        all: Vec<Branch>,
        origin: &Origin,
    ) -> Use {
        let null = Kinds::one(Kind::Null);
        let (nulls, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|branch| branch.facets.kinds == null);
        let mut nullable = !nulls.is_empty();
        if rest.is_empty() {
            return Use::plain(if nullable { Ty::Null } else { Ty::Never });
        }
        if let [only] = rest.as_slice() {
            let mut value = self.lower_all(&only.key, origin);
            value.nullable |= nullable;
            return value;
        }
        if let Some(enumeration) = self.constants(&rest, branches.keyword) {
            nullable |= rest.iter().any(|branch| branch.facets.kinds.overlaps(null));
            let id = self.open_type(key, facets, origin, Ty::Named, nullable);
            return self.close(id, Shape::Enum(enumeration), key);
        }
        if let Some(value) = self.same_scalar(&rest, branches.keyword) {
            return Use { nullable: value.nullable || nullable, ..value };
        }
        let id = self.open_type(key, facets, origin, Ty::Named, nullable);
        let mut variants = Vec::new();
        for (index, branch) in rest.iter().enumerate() {
            let title = self.schemas.get(branch.id).notes.title.clone();
            let mut value = self.lower_all(&branch.key, &Origin::Branch(id, index));
            nullable |= std::mem::take(&mut value.nullable);
            variants.push(Variant { value, hint: title, location: self.schemas.get(branch.id).location.clone() });
        }
        let choice = self.choice(&rest, branches);
        let disjoint = self.disjoint(&rest);
        let overlap = disjoint.as_ref().err().copied();
        let union = Union { variants, choice, keyword: branches.keyword, proof: disjoint.ok(), overlap };
        let mut value = self.close(id, Shape::Union(union), key);
        value.nullable = nullable;
        self.known.insert(key.to_vec(), value.clone());
        value
    }

    /// What stands beside the branches; nothing where it says no more than the kind.
    fn base(&self, facets: &Facets) -> Vec<Part> {
        let own = facets.parts.iter().map(|id| Part { id: *id, own: true });
        own.filter(|part| self.schemas.get(part.id).has_keywords_of_its_own()).collect()
    }

    fn branch(&self, id: SchemaId, base: &[Part]) -> Branch {
        let alone = [Part::whole(id)];
        let own = Facets::of(self.schemas, &alone);
        let adds_a_kind_alone = base.iter().all(|part| {
            let facets = Facets::of(self.schemas, &[*part]);
            facets.is_bare() && own.kinds.without(facets.kinds).is_empty()
        });
        let key: Vec<Part> =
            if adds_a_kind_alone { alone.to_vec() } else { alone.into_iter().chain(base.iter().copied()).collect() };
        let facets = Facets::of(self.schemas, &key);
        let tags = facets.required.iter().filter_map(|name| {
            let values = Facets::of(self.schemas, facets.properties.get(name)?).values?;
            Some((name.clone(), values.iter().map(Node::to_json).collect()))
        });
        let tags = tags.collect();
        Branch { id, key, facets, tags }
    }

    /// Whether the branches demand members and no more: they choose no type.
    fn only_constrains(&self, facets: &Facets, branches: &[Branch]) -> bool {
        !facets.properties.is_empty()
            && branches.iter().all(|branch| {
                let schema = self.schemas.get(branch.id);
                let rest = Schema { required: BTreeSet::new(), kinds: None, ..schema.clone() };
                rest.is_unconstrained()
            })
    }

    /// Branches that are one type in Rust, without a name, and differ in their checks.
    fn same_scalar(&mut self, branches: &[Branch], keyword: &'static str) -> Option<Use> {
        let null = Kinds::one(Kind::Null);
        let kind = branches.first()?.facets.kinds.without(null).only()?;
        let scalar = matches!(kind, Kind::Boolean | Kind::Integer | Kind::Number | Kind::String);
        let same = branches
            .iter()
            .all(|branch| branch.facets.kinds.without(null).only() == Some(kind) && branch.facets.branches.is_empty());
        if !scalar || !same {
            return None;
        }
        let mut nullable = false;
        let mut all: Vec<Checks> = Vec::new();
        for branch in branches {
            nullable |= branch.facets.kinds.overlaps(null);
            let mut checks = self.checks(&branch.facets, Some(kind));
            checks.extend(branch.facets.values.clone().map(Check::OneOf));
            all.push(checks);
        }
        let ty = match kind {
            Kind::Boolean => Ty::Bool,
            Kind::Integer => Ty::Integer,
            Kind::Number => Ty::Number,
            _ => Ty::String,
        };
        // A branch of `anyOf` that accepts everything makes the others idle.
        let idle = keyword == "anyOf" && all.iter().any(Vec::is_empty);
        let checks = if idle { Checks::new() } else { vec![Check::Branches { keyword, branches: all }] };
        Some(Use { nullable, checks, ..Use::plain(ty) })
    }

    /// A value of several kinds by `type`: a branch each.
    pub(super) fn kinds(&mut self, key: &[Part], facets: &Facets, rest: Kinds, nullable: bool, origin: &Origin) -> Use {
        let id = self.open_type(key, facets, origin, Ty::Named, nullable);
        let variants = rest.iter().map(|kind| self.kind(key, facets, kind, id)).collect();
        let union = by_kinds(variants);
        self.close(id, Shape::Union(union), key)
    }

    /// A value of any kind, where members or elements are described: a branch for each kind that something is said of, and one
    /// for the others.
    pub(super) fn described_kinds(&mut self, key: &[Part], facets: &Facets, nullable: bool, origin: &Origin) -> Use {
        let id = self.open_type(key, facets, origin, Ty::Named, false);
        // Numbers stay among the others: those that `f64` does not hold are values like any other.
        let described = facets.described().into_iter().filter(|kind| *kind != Kind::Number);
        let mut variants: Vec<Variant> = described.map(|kind| self.kind(key, facets, kind, id)).collect();
        let mut checks = self.checks(facets, Some(Kind::Number));
        checks.extend(facets.values.clone().map(Check::OneOf));
        if !nullable || facets.kinds != Kinds::ALL {
            checks.push(Check::Kinds(facets.kinds.iter().map(Kind::name).collect()));
        }
        variants.push(Variant {
            value: Use { checks, ..Use::plain(Ty::Any) },
            hint: Some("other".to_owned()),
            location: self.location(key),
        });
        let union = by_kinds(variants);
        self.close(id, Shape::Union(union), key)
    }

    /// The branch of one kind in the union `id`.
    fn kind(&mut self, key: &[Part], facets: &Facets, kind: Kind, id: TypeId) -> Variant {
        let only = Kinds::one(kind);
        let mut narrowed = facets.clone();
        narrowed.kinds = only;
        narrowed.values =
            narrowed.values.map(|values| values.into_iter().filter(|value| only.overlaps(kind_of(value))).collect());
        let within = Origin::Within(id, capitalised(kind.name()));
        let value = if kind == Kind::Object && self.is_struct(&narrowed) {
            // The conjunction has a type already; the object among it needs a key of its own.
            let object: Vec<Part> = key.iter().chain(key).copied().collect();
            self.structure(&object, &narrowed, false, &within)
        } else if kind == Kind::Array && !narrowed.prefix.is_empty() {
            // So does the array.
            let array: Vec<Part> = key.iter().chain(key).chain(key).copied().collect();
            self.tuple(&array, &narrowed, false, &within)
        } else {
            self.scalar(&narrowed, kind, &within)
        };
        Variant { value, hint: Some(kind.name().to_owned()), location: self.location(key) }
    }

    /// How the branch is chosen.
    fn choice(&mut self, branches: &[Branch], union: &Branches) -> Choice {
        let objects = branches.iter().all(|branch| self.implied(&branch.facets).only() == Some(Kind::Object));
        let discriminator = union.discriminator.as_ref().map(|discriminator| discriminator.property.as_str());
        // Constants are a proof, the values of a discriminator a hint.
        if let Some(choice) = tagged(branches, discriminator).filter(|_| objects) {
            return choice;
        }
        if let Some(choice) = self.discriminated(branches, union) {
            return choice;
        }
        if have_a_kind_each(branches) {
            return Choice::Kind;
        }
        let keys: Vec<Option<String>> = (0..branches.len()).map(|index| unique_key(branches, index)).collect();
        if objects && keys.iter().filter(|key| key.is_none()).count() <= 1 {
            // A closed branch refuses the key that chooses another one.
            return Choice::Key { keys, refused: branches.iter().all(|branch| branch.facets.closed) };
        }
        Choice::Try
    }

    /// `discriminator`, with its mapping and the names of the schemas (OpenAPI 3.1 §4.8.25).
    fn discriminated(&self, branches: &[Branch], union: &Branches) -> Option<Choice> {
        let discriminator = union.discriminator.as_ref()?;
        let values = branches
            .iter()
            .map(|branch| {
                let target = self.essential(&[Part::whole(branch.id)]);
                let mapped =
                    discriminator.mapping.iter().filter(|(_, id)| self.essential(&[Part::whole(**id)]) == target);
                let mut values: Vec<String> = mapped.map(|(value, _)| text(value)).collect();
                if values.is_empty() {
                    values.extend(
                        target
                            .first()
                            .and_then(|part| component_name(&self.schemas.get(part.id).location))
                            .map(|name| text(&name)),
                    );
                }
                values
            })
            .collect::<Vec<_>>();
        let named = values.iter().all(|values| !values.is_empty());
        named.then(|| Choice::Tag { property: discriminator.property.clone(), values, demanded: false })
    }
}

fn text(value: &str) -> String {
    Node::String(value.to_owned()).to_json()
}

fn component_name(location: &Location) -> Option<String> {
    location.pointer.rsplit('/').next().map(|name| crate::source::pointer::unescape(name).into_owned())
}

fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// A union of branches of a kind each.
fn by_kinds(variants: Vec<Variant>) -> Union {
    let proof = Proof { reasons: BTreeSet::from([Reason::Kinds]) };
    Union { variants, choice: Choice::Kind, keyword: "type", proof: Some(proof), overlap: None }
}

/// Whether every branch is of one kind, and no two of the same.
fn have_a_kind_each(branches: &[Branch]) -> bool {
    let null = Kinds::one(Kind::Null);
    let mut seen = null;
    branches.iter().all(|branch| {
        let kinds = branch.facets.kinds.without(null);
        let fresh = kinds.only().is_some() && !seen.overlaps(kinds);
        seen = seen.union(kinds);
        fresh
    })
}

/// A member that every branch requires and gives values of its own; where there is a discriminator, that one.
fn tagged(branches: &[Branch], discriminator: Option<&str>) -> Option<Choice> {
    let first = branches.first()?;
    first.facets.required.iter().filter(|property| discriminator.is_none_or(|name| *property == name)).find_map(
        |property| {
            let mut seen = BTreeSet::new();
            let mut values = Vec::new();
            for branch in branches {
                let own = branch.tags.get(property)?;
                if !own.iter().all(|value| seen.insert(value.clone())) {
                    return None;
                }
                values.push(own.clone());
            }
            Some(Choice::Tag { property: property.clone(), values, demanded: true })
        },
    )
}

/// A member that one branch requires and no other names.
fn unique_key(branches: &[Branch], index: usize) -> Option<String> {
    let branch = branches.get(index)?;
    let others = || branches.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
    branch.facets.required.iter().find(|key| !others().any(|other| other.facets.properties.contains_key(*key))).cloned()
}
