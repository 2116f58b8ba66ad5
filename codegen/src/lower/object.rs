//! Objects with named members.

use std::collections::BTreeMap;

use crate::ir::{Check, Extra, Member, Origin, Shape, Struct, Ty, Use};
use crate::schema::{Kind, Notes};

use super::Lowering;
use super::facets::{Facets, Part};

impl Lowering<'_> {
    /// Whether an object is a struct: it names members, or allows none. Otherwise it is a map.
    pub(super) fn is_struct(&self, facets: &Facets) -> bool {
        !facets.properties.is_empty() || !facets.required.is_empty() || facets.closed
    }

    pub(super) fn structure(&mut self, key: &[Part], facets: &Facets, nullable: bool, origin: &Origin) -> Use {
        let id = self.open_type(key, facets, origin, Ty::Named, nullable);
        let mut members = BTreeMap::new();
        for (name, parts) in &facets.properties {
            members.insert(name.clone(), self.member(name, parts, facets, &Origin::Within(id, name.clone())));
            self.directed(id, name, parts, &members);
        }
        for name in facets.required.iter().filter(|name| !facets.properties.contains_key(*name)) {
            let parts = facets.additional.clone();
            members.insert(name.clone(), self.member(name, &parts, facets, &Origin::Within(id, name.clone())));
        }
        // What is required and not allowed is still received, or not: neither is a reason not to decode the rest.
        let mut impossible = false;
        for (name, member) in members.iter_mut().filter(|(_, member)| member.required && member.value.ty == Ty::Never) {
            member.required = false;
            impossible = true;
            self.warn_impossible_member(name, facets);
        }
        let extra = if facets.closed {
            Extra::Closed
        } else {
            match self.lower_all(&facets.additional, &Origin::Within(id, String::new()).entry()) {
                Use { ty: Ty::Any, checks, .. } if checks.is_empty() => Extra::Open,
                value => Extra::Typed(Box::new(value)),
            }
        };
        let mut checks = self.checks(facets, Some(Kind::Object));
        checks.extend(facets.values.clone().map(Check::OneOf));
        checks.extend(impossible.then_some(Check::Never));
        self.close(id, Shape::Struct(Struct { members, extra, withheld: BTreeMap::new(), checks }), key)
    }

    fn member(&mut self, name: &str, parts: &[Part], facets: &Facets, origin: &Origin) -> Member {
        let value = self.lower_all(parts, origin);
        let ids: Vec<_> = parts.iter().map(|part| part.id).collect();
        let locations: Vec<_> = ids.iter().map(|id| self.schemas.get(*id).location.clone()).collect();
        let noted = Facets::of(self.schemas, parts);
        let says = |what: fn(&Notes) -> bool| noted.parts.iter().any(|id| what(&self.schemas.get(*id).notes));
        let secret = says(|notes| notes.write_only || notes.sensitive);
        let password =
            noted.limits.iter().any(|(keyword, value, _)| *keyword == "format" && value.as_str() == Some("password"));
        // Each list is asked about every place, so that every entry that matches is known to.
        let listed = locations.iter().filter(|location| self.sensitive.matches(location)).count() > 0;
        let merge = locations.iter().filter(|location| self.merge.matches(location)).count() > 0;
        let optional = locations.iter().filter(|location| self.optional.matches(location)).count() > 0;
        let mut docs = self.docs(&ids);
        if docs.description.is_none() && !matches!(value.ty, Ty::Named(_)) {
            docs.description = self.docs(&noted.parts).description;
        }
        if merge && !self.merges(&value) {
            self.warn_unchecked(
                &noted,
                "only an object without named members that is never `null` can be merged: this member is not",
            );
        }
        let merge = merge && self.merges(&value);
        Member {
            value,
            required: facets.required.contains(name) && !optional,
            sensitive: secret || password || listed,
            merge,
            read_only: self.is_openapi && says(|notes| notes.read_only),
            write_only: self.is_openapi && says(|notes| notes.write_only),
            docs,
            location: locations.into_iter().next().unwrap_or_default(),
        }
    }

    /// Whether a type is a map, by itself or by its name, and never `null`.
    fn merges(&self, value: &Use) -> bool {
        match &value.ty {
            _ if value.nullable => false,
            Ty::Map(_) => true,
            Ty::Named(id) => match self.types.get(id.0).map(|definition| &definition.shape) {
                Some(Shape::Alias(inner)) => self.merges(inner),
                _ => false,
            },
            _ => false,
        }
    }
}
