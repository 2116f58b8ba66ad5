//! What a predicate demands beyond the type that asks it.
//!
//! A predicate is a whole schema, though a type asks it for the sake of a keyword or two. What the schema of the type says
//! already is left out of the schema of the predicate; of members, there remains that they are evaluated.

use std::collections::BTreeSet;

use super::unaliased;
use crate::ir::{
    Check, Constant, Enumeration, Extra, Ir, Member, Predicate, PredicateId, Scalar, Shape, Struct, Ty, TypeId, Use,
};

/// The rest of a predicate that a struct asks. `anything` is a predicate that demands nothing.
pub(super) fn rest(ir: &Ir, predicate: &Predicate, id: TypeId, shape: &Struct, anything: PredicateId) -> Predicate {
    let whole = Use::plain(Ty::Named(id));
    let mut rest = predicate.clone();
    rest.required.retain(|name| !shape.members.get(name).is_some_and(|member| member.required));
    let said: Vec<PredicateId> = rest.all_of.iter().copied().filter(|id| Says::new(ir).all_of(&whole, *id)).collect();
    if !rest.looks_back() {
        // Nobody asks what has been evaluated.
        rest.all_of.retain(|id| !said.contains(id));
    } else if rest.unevaluated_items.is_none() && rest.additional.is_none() {
        for id in said {
            let Some(names) = named_members(ir, id) else { continue };
            rest.all_of.retain(|other| *other != id);
            for name in names {
                rest.properties.entry(name).or_insert(anything);
            }
        }
    }
    for (name, id) in &mut rest.properties {
        if Says::new(ir).of_member(shape, name, *id) {
            *id = anything;
        }
    }
    if !rest.looks_back() && rest.additional.is_none() {
        rest.properties.retain(|_, id| *id != anything);
    }
    rest
}

impl Predicate {
    fn looks_back(&self) -> bool {
        self.unevaluated_properties.is_some() || self.unevaluated_items.is_some()
    }
}

/// A predicate, and all that its `allOf` and theirs apply to the same value.
fn conjunction(ir: &Ir, id: PredicateId) -> Vec<(PredicateId, &Predicate)> {
    let mut seen = BTreeSet::from([id]);
    let mut waiting = vec![id];
    let mut found = Vec::new();
    while let Some((id, predicate)) = waiting.pop().and_then(|id| Some((id, ir.predicates.get(id.0)?))) {
        found.push((id, predicate));
        waiting.extend(predicate.all_of.iter().copied().filter(|id| seen.insert(*id)));
    }
    found
}

/// The members that a schema evaluates, where it evaluates these and nothing else.
fn named_members(ir: &Ir, id: PredicateId) -> Option<BTreeSet<String>> {
    let conjunction = conjunction(ir, id);
    let names_all = conjunction.iter().all(|(_, predicate)| is_plain(predicate) && predicate.additional.is_none());
    let names = || conjunction.iter().flat_map(|(_, predicate)| predicate.properties.keys().cloned());
    names_all.then(|| names().collect())
}

/// Compares types with predicates. A question is one conjunction, so that what is assumed in it holds if the answer is yes.
struct Says<'i> {
    ir: &'i Ir,
    /// What is being compared further out, or has been: a value inside is as the one around it.
    assumed: BTreeSet<(TypeId, PredicateId)>,
}

impl<'i> Says<'i> {
    fn new(ir: &'i Ir) -> Self {
        Self { ir, assumed: BTreeSet::new() }
    }

    /// Whether every value that a type and its checks allow satisfies a predicate. Where that is not plain, the answer is no.
    fn all_of(&mut self, value: &Use, id: PredicateId) -> bool {
        let (value, _) = unaliased(self.ir, value);
        if let Ty::Named(ty) = value.ty
            && !self.assumed.insert((ty, id))
        {
            return true;
        }
        conjunction(self.ir, id).into_iter().all(|(id, predicate)| {
            let says = |says: &mut Self| {
                predicate.checks.iter().all(|check| says.check(&value, check))
                    && says.members(&value, predicate)
                    && says.elements(&value, predicate)
            };
            self.asks(&value, id) || (is_plain(predicate) && says(self))
        })
    }

    /// Whether a type asks for the predicate itself.
    fn asks(&self, value: &Use, id: PredicateId) -> bool {
        let asks = |check: &Check| matches!(check, Check::Satisfies { predicate, .. } if *predicate == id);
        let own = self.structure(&value.ty).map(|own| own.checks.as_slice()).unwrap_or_default();
        !value.nullable && value.checks.iter().chain(own).any(asks)
    }

    fn check(&self, value: &Use, check: &Check) -> bool {
        match check {
            Check::Kinds(kinds) => {
                let allows = |kind: &str| kinds.contains(&kind) || (kind == "integer" && kinds.contains(&"number"));
                self.kind(&value.ty).is_some_and(allows) && (!value.nullable || allows("null"))
            }
            Check::OneOf(listed) if !value.nullable => match self.constants(&value.ty) {
                Some(constants) => constants.iter().all(|constant| listed.contains(&constant.value.to_node())),
                None => value.checks.contains(check),
            },
            Check::OneOf(_) | Check::Never => false,
            _ => {
                value.checks.contains(check) || self.structure(&value.ty).is_some_and(|own| own.checks.contains(check))
            }
        }
    }

    fn members(&mut self, value: &Use, predicate: &Predicate) -> bool {
        let Predicate { properties, additional, required, .. } = predicate;
        if properties.is_empty() && additional.is_none() && required.is_empty() {
            return true;
        }
        if let Ty::Map(item) = &value.ty {
            return required.is_empty() && properties.values().chain(additional).all(|id| self.all_of(item, *id));
        }
        let Some(shape) = self.structure(&value.ty) else {
            return self.kind(&value.ty).is_some_and(|kind| kind != "object");
        };
        let mut unnamed = shape.members.keys().filter(|name| !properties.contains_key(*name));
        required.iter().all(|name| shape.members.get(name).is_some_and(|member| member.required))
            && properties.iter().all(|(name, id)| self.of_member(shape, name, *id))
            && additional
                .is_none_or(|id| unnamed.all(|name| self.of_member(shape, name, id)) && self.of_extra(shape, id))
    }

    /// Whether a struct says of one of its members what a predicate demands.
    fn of_member(&mut self, shape: &Struct, name: &str, id: PredicateId) -> bool {
        match shape.members.get(name) {
            // `null` deletes what it is merged into.
            Some(Member { merge: true, .. }) => false,
            Some(member) => self.all_of(&member.value, id),
            None => self.of_extra(shape, id),
        }
    }

    fn of_extra(&mut self, shape: &Struct, id: PredicateId) -> bool {
        match &shape.extra {
            Extra::Open => self.all_of(&Use::plain(Ty::Any), id),
            Extra::Closed => true,
            Extra::Typed(value) => self.all_of(value, id),
        }
    }

    fn elements(&mut self, value: &Use, predicate: &Predicate) -> bool {
        match (&value.ty, predicate.items) {
            (_, None) => true,
            (Ty::List(item), Some(id)) => self.all_of(item, id),
            (ty, Some(_)) => self.kind(ty).is_some_and(|kind| kind != "array"),
        }
    }

    fn constants(&self, ty: &Ty) -> Option<&'i [Constant]> {
        let Ty::Named(id) = ty else { return None };
        match &self.ir.get(*id)?.shape {
            Shape::Enum(enumeration) => Some(&enumeration.constants),
            _ => None,
        }
    }

    fn structure(&self, ty: &Ty) -> Option<&'i Struct> {
        let Ty::Named(id) = ty else { return None };
        match &self.ir.get(*id)?.shape {
            Shape::Struct(shape) => Some(shape),
            _ => None,
        }
    }

    /// The one kind of a type.
    fn kind(&self, ty: &Ty) -> Option<&'static str> {
        Some(match ty {
            Ty::Any | Ty::Never | Ty::Foreign(_) => return None,
            Ty::Null => "null",
            Ty::Bool => "boolean",
            Ty::Integer | Ty::Unsigned => "integer",
            Ty::Number => "number",
            Ty::String => "string",
            Ty::List(_) => "array",
            Ty::Map(_) => "object",
            Ty::Named(id) => match self.ir.get(*id)?.shape {
                Shape::Struct(_) => "object",
                Shape::Tuple(_) => "array",
                Shape::Enum(Enumeration { scalar: Scalar::String, .. }) => "string",
                Shape::Enum(Enumeration { scalar: Scalar::Integer, .. }) => "integer",
                Shape::Enum(Enumeration { scalar: Scalar::Boolean, .. }) => "boolean",
                _ => return None,
            },
        })
    }
}

/// Whether a predicate has none but the keywords that types express.
fn is_plain(predicate: &Predicate) -> bool {
    let Predicate {
        location: _,
        resource: _,
        dynamic: None,
        checks: _,
        all_of: _,
        any_of,
        one_of,
        not: None,
        conditional: None,
        required: _,
        dependent_required,
        dependent_schemas,
        properties: _,
        patterns,
        additional: _,
        names: None,
        prefix,
        items: _,
        contains: None,
        unevaluated_properties: None,
        unevaluated_items: None,
    } = predicate
    else {
        return false;
    };
    any_of.is_empty()
        && one_of.is_empty()
        && dependent_required.is_empty()
        && dependent_schemas.is_empty()
        && patterns.is_empty()
        && prefix.is_empty()
}
