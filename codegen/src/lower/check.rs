//! Literal keywords → checks, by the kind of value that they are about.

use crate::diagnostic::{Diagnostic, Place};
use crate::ir::{Check, Checks, Regex, Ty, Use};
use crate::pattern::{self, Compiled};
use crate::schema::{Kind, Kinds, Location, SchemaId};
use crate::source::Node;

use super::Lowering;
use super::facets::{Facets, Part};

impl Lowering<'_> {
    /// The checks of values of a kind; `None` for an open value, whose checks look at the kind themselves.
    pub(super) fn checks(&mut self, facets: &Facets, kind: Option<Kind>) -> Checks {
        let mut checks = Checks::new();
        for (keyword, value, location) in &facets.limits {
            if kind.is_none_or(|kind| concerns(keyword, kind)) {
                checks.extend(self.check(keyword, value, location));
            }
        }
        if kind.is_none_or(|kind| kind == Kind::Object) && !facets.property_names.is_empty() {
            let inner = self.predicate(&facets.property_names, Some(Kind::String));
            if !inner.is_empty() {
                checks.push(Check::PropertyNames(inner));
            }
        }
        checks.extend(self.beyond(facets));
        checks.dedup();
        checks
    }

    /// What a conjunction asks of a value whose type is given by something else: `None` for an open value.
    pub(super) fn predicate(&mut self, parts: &[Part], kind: Option<Kind>) -> Checks {
        let facets = Facets::of(self.schemas, parts);
        let may_be = |wanted| kind.is_none_or(|kind| kind == wanted);
        let structural = (may_be(Kind::Object)
            && (!facets.properties.is_empty() || !facets.required.is_empty() || !facets.additional.is_empty()))
            || (may_be(Kind::Array)
                && (!facets.prefix.is_empty() || !facets.items.is_empty() || !facets.contains.is_empty()));
        if structural || !facets.branches.is_empty() || !facets.beyond.is_empty() {
            let judge = |part: &Part| Check::Satisfies { keywords: vec!["schema"], predicate: self.judge(part.id) };
            return parts.iter().map(judge).collect();
        }
        let mut checks = Checks::new();
        match kind {
            Some(kind) if !facets.kinds.overlaps(Kinds::one(kind)) => return vec![Check::Never],
            // An element that is a number may have to be an integer.
            Some(kind) if facets.kinds.has(kind) => {}
            _ if facets.kinds == Kinds::ALL => {}
            _ => checks.push(Check::Kinds(facets.kinds.iter().map(Kind::name).collect())),
        }
        if let Some(values) = &facets.values {
            checks.push(Check::OneOf(values.clone()));
        }
        checks.extend(self.checks(&facets, kind));
        checks
    }

    /// `contains` of an array with elements of a type.
    pub(super) fn contains(&mut self, facets: &Facets, element: &Use) -> Checks {
        let contains = facets.contains.clone();
        contains.into_iter().map(|(schema, min, max)| self.contained(schema, min, max, element)).collect()
    }

    fn contained(&mut self, schema: SchemaId, min: u64, max: Option<u64>, element: &Use) -> Check {
        let parts = [Part::whole(schema)];
        if let Some(kind) = element_kind(element) {
            let checks = self.predicate(&parts, Some(kind));
            // Of a typed value nobody can ask its kind; a number may have to be an integer.
            if !checks.iter().any(|check| matches!(check, Check::Kinds(_))) {
                return Check::Contains { min, max, checks, encoded: false };
            }
        }
        Check::Contains { min, max, checks: self.predicate(&parts, None), encoded: element.ty != Ty::Any }
    }

    pub(super) fn check(&mut self, keyword: &str, value: &Node, location: &Location) -> Option<Check> {
        let count = || crate::schema::count(value);
        let number = || match value {
            Node::Number(number) => Some(number.clone()),
            _ => None,
        };
        match keyword {
            "minLength" => count().filter(|limit| *limit > 0).map(Check::MinLength),
            "maxLength" => count().map(Check::MaxLength),
            "minItems" => count().filter(|limit| *limit > 0).map(Check::MinItems),
            "maxItems" => count().map(Check::MaxItems),
            "minProperties" => count().filter(|limit| *limit > 0).map(Check::MinProperties),
            "maxProperties" => count().map(Check::MaxProperties),
            "minimum" => number().map(Check::Minimum),
            "maximum" => number().map(Check::Maximum),
            "exclusiveMinimum" => number().map(Check::ExclusiveMinimum),
            "exclusiveMaximum" => number().map(Check::ExclusiveMaximum),
            "multipleOf" => number().map(Check::MultipleOf),
            "uniqueItems" => (value.as_bool() == Some(true)).then_some(Check::UniqueItems),
            "pattern" => self.pattern(value.as_str()?, location).map(Check::Pattern),
            "format" => self.format(value.as_str()?, location),
            _ => None,
        }
    }

    fn pattern(&mut self, source: &str, location: &Location) -> Option<Regex> {
        self.regex(source, &location.file, &crate::source::pointer::child(&location.pointer, "pattern"))
    }

    /// Reads a pattern; `at` is the JSON Pointer of the place where it stands.
    pub(super) fn regex(&mut self, source: &str, file: &str, at: &str) -> Option<Regex> {
        let source = source.to_owned();
        match pattern::compile(&source) {
            Ok(Compiled::Linear { regex, unicode }) => Some(Regex { source, linear: Some(regex), unicode }),
            Ok(Compiled::Backtracking { unicode }) => Some(Regex { source, linear: None, unicode }),
            Err(problem) => {
                let place = Place::value(file, at).label(problem.to_string());
                let message = "this pattern is no ECMA-262 regular expression: it is left unchecked";
                self.report(Diagnostic::warning("invalid-pattern", message, place));
                None
            }
        }
    }
}

/// The kind of the elements of a list, where their type has one and they are no `null`.
fn element_kind(item: &Use) -> Option<Kind> {
    match item.ty {
        _ if item.nullable => None,
        Ty::Bool => Some(Kind::Boolean),
        Ty::Integer | Ty::Unsigned => Some(Kind::Integer),
        Ty::Number => Some(Kind::Number),
        Ty::String => Some(Kind::String),
        Ty::List(_) => Some(Kind::Array),
        Ty::Map(_) => Some(Kind::Object),
        Ty::Any | Ty::Never | Ty::Null | Ty::Named(_) | Ty::Foreign(_) => None,
    }
}

/// Whether a keyword says something of values of a kind.
fn concerns(keyword: &str, kind: Kind) -> bool {
    match kind {
        Kind::String => matches!(keyword, "minLength" | "maxLength" | "pattern" | "format"),
        Kind::Integer | Kind::Number => {
            matches!(keyword, "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf")
        }
        Kind::Array => matches!(keyword, "minItems" | "maxItems" | "uniqueItems"),
        Kind::Object => matches!(keyword, "minProperties" | "maxProperties"),
        Kind::Null | Kind::Boolean => false,
    }
}
