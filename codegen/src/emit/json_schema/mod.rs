//! `JsonSchema` of the types, behind the feature `schemars`.
//!
//! The schema is made from the IR, not from the source: it says exactly what the emitted checks check. So this is the one part
//! of the emitter that writes JSON; like the others, it reads none.

mod keywords;
mod layout;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::Crate;
use super::literal::verbatim;
use super::ty::ident;
use crate::ir::{
    Check, Choice, Docs, Enumeration, Extra, Foreign, Member, Scalar, Shape, Struct, Tuple, Ty, TypeDef, TypeId, Union,
    Use, Variant,
};
use crate::name::TypeNames;
use crate::source::Node;

use keywords::{Keywords, count, text};

impl Crate<'_> {
    /// The impl for a type. An alias has none: its schema stands where it is used.
    pub(super) fn json_schema(&self, definition: &TypeDef, names: &TypeNames) -> Option<TokenStream> {
        let mut writer = Writer { krate: self, references: BTreeSet::new() };
        let schema = writer.definition(definition)?.into_node();
        let schema = verbatim(&layout::lay_out(&schema));
        let name = ident(&names.name);
        let references = writer.references.iter().map(|name| ident(name));
        Some(quote! {
            #[cfg(feature = "schemars")]
            runtime::json_schema!(#name, #schema #(, #references)*);
        })
    }
}

/// Writes the schema of one type.
struct Writer<'w, 'c> {
    krate: &'w Crate<'c>,
    /// The names of the types that the schema refers to.
    references: BTreeSet<String>,
}

impl Writer<'_, '_> {
    fn definition(&mut self, definition: &TypeDef) -> Option<Keywords> {
        let mut schema = match &definition.shape {
            Shape::Struct(shape) => self.structure(shape),
            Shape::Tuple(tuple) => self.tuple(tuple),
            Shape::Enum(enumeration) => {
                let mut schema = listed(enumeration);
                schema.demand(self.checks(&enumeration.checks));
                schema
            }
            Shape::Union(union) => self.union(union),
            Shape::Newtype(value) => self.value(value),
            Shape::Alias(_) => return None,
        };
        schema.annotate(&definition.docs);
        Some(schema)
    }

    fn structure(&mut self, shape: &Struct) -> Keywords {
        let mut schema = Keywords::kind("object");
        let properties: BTreeMap<String, Node> =
            shape.members.iter().map(|(name, member)| (name.clone(), self.member(member).into_node())).collect();
        if !properties.is_empty() {
            schema.set("properties", Node::Object(properties));
        }
        let required: Vec<Node> =
            shape.members.iter().filter(|(_, member)| member.required).map(|(name, _)| text(name)).collect();
        if !required.is_empty() {
            schema.set("required", Node::Array(required));
        }
        match &shape.extra {
            Extra::Open => {}
            Extra::Closed => schema.set("additionalProperties", Node::Bool(false)),
            Extra::Typed(value) => schema.set_schema("additionalProperties", self.value(value)),
        }
        schema.demand(self.checks(&shape.checks));
        schema
    }

    fn tuple(&mut self, tuple: &Tuple) -> Keywords {
        let mut schema = Keywords::kind("array");
        let elements = tuple.elements.iter().map(|element| {
            let mut schema = self.value(&element.value);
            schema.annotate(&element.docs);
            schema.into_node()
        });
        schema.set("prefixItems", Node::Array(elements.collect()));
        match &tuple.tail {
            Extra::Open => {}
            Extra::Closed => schema.set("items", Node::Bool(false)),
            Extra::Typed(value) => schema.set_schema("items", self.value(value)),
        }
        schema.demand(self.checks(&tuple.checks));
        schema
    }

    fn member(&mut self, member: &Member) -> Keywords {
        let mut schema = if member.merge {
            let (value, docs) = self.unaliased(&member.value);
            self.documented(&with_deletions(value), &docs)
        } else {
            self.value(&member.value)
        };
        schema.annotate(&member.docs);
        if member.sensitive {
            // A secret's default is no example to copy.
            schema.unset("default");
        }
        schema
    }

    fn union(&mut self, union: &Union) -> Keywords {
        let keyword = if union.keyword == "oneOf" { "oneOf" } else { "anyOf" };
        let branches: Vec<Keywords> = union.variants.iter().map(|variant| self.variant(union, variant)).collect();
        Keywords::branches(keyword, branches)
    }

    /// One branch. Where the kind of the value decides, the branch of any value takes the kinds that the others leave.
    fn variant(&mut self, union: &Union, variant: &Variant) -> Keywords {
        let mut schema = self.value(&variant.value);
        let is_rest = |variant: &Variant| self.krate.resolved(&variant.value).ty == Ty::Any;
        if union.choice == Choice::Kind && is_rest(variant) {
            let others = union.variants.iter().filter(|variant| !is_rest(variant));
            let taken: BTreeSet<&str> = others.map(|variant| self.krate.kind(&variant.value)).collect();
            let left = ["array", "boolean", "null", "number", "object", "string"];
            schema.demand(kinds(left.into_iter().filter(|kind| !taken.contains(kind))));
        }
        schema
    }

    /// A type where it is used.
    fn value(&mut self, value: &Use) -> Keywords {
        let (value, docs) = self.unaliased(value);
        self.documented(&value, &docs)
    }

    fn documented(&mut self, value: &Use, docs: &Docs) -> Keywords {
        let mut schema = self.ty(&value.ty);
        for check in &value.checks {
            schema.demand(self.check(check));
        }
        let mut schema = if value.nullable { schema.or_null() } else { schema };
        schema.annotate(docs);
        schema
    }

    /// What an alias stands for, with the checks of both, and what people are told of it.
    fn unaliased(&self, value: &Use) -> (Use, Docs) {
        let definition = match value.ty {
            Ty::Named(id) => self.krate.ir.get(id),
            _ => None,
        };
        let Some(TypeDef { shape: Shape::Alias(inner), docs, .. }) = definition else {
            return (value.clone(), Docs::default());
        };
        let (mut inner, inner_docs) = self.unaliased(inner);
        inner.nullable |= value.nullable;
        inner.checks.extend(value.checks.iter().cloned());
        let docs = Docs {
            title: docs.title.clone().or(inner_docs.title),
            description: docs.description.clone().or(inner_docs.description),
            default: docs.default.clone().or(inner_docs.default),
            deprecated: docs.deprecated || inner_docs.deprecated,
        };
        (inner, docs)
    }

    fn ty(&mut self, ty: &Ty) -> Keywords {
        match ty {
            Ty::Any => Keywords::default(),
            Ty::Never => Keywords::one("not", Node::Object(BTreeMap::new())),
            Ty::Null => Keywords::kind("null"),
            Ty::Bool => Keywords::kind("boolean"),
            Ty::Integer | Ty::Unsigned => Keywords::kind("integer"),
            Ty::Number => Keywords::kind("number"),
            Ty::String => Keywords::kind("string"),
            Ty::List(item) => {
                let mut schema = Keywords::kind("array");
                schema.set_schema("items", self.value(item));
                schema
            }
            Ty::Map(value) => {
                let mut schema = Keywords::kind("object");
                schema.set_schema("additionalProperties", self.value(value));
                schema
            }
            Ty::Named(id) => self.reference(*id),
            Ty::Foreign(foreign) => self.foreign(foreign),
        }
    }

    /// What is checked of a type that is not generated; what it takes besides is not known.
    fn foreign(&self, foreign: &Foreign) -> Keywords {
        if !foreign.checks.iter().any(|check| matches!(check, Check::Satisfies { .. })) {
            return self.checks(&foreign.checks);
        }
        let mut schema = foreign.kind.map(Keywords::kind).unwrap_or_default();
        schema.set("$comment", text(&format!("what {} takes is not described", foreign.path)));
        schema
    }

    fn reference(&mut self, id: TypeId) -> Keywords {
        let name = self.krate.names.get(id).map_or("", |names| names.name.as_str());
        self.references.insert(name.to_owned());
        Keywords::one("$ref", Node::String(format!("#/$defs/{name}")))
    }

    fn checks(&self, checks: &[Check]) -> Keywords {
        let mut schema = Keywords::default();
        for check in checks {
            schema.demand(self.check(check));
        }
        schema
    }

    fn check(&self, check: &Check) -> Keywords {
        let limit = |keyword: &str, limit: &serde_json::Number| Keywords::one(keyword, Node::Number(limit.clone()));
        match check {
            Check::MinLength(limit) => Keywords::one("minLength", count(*limit)),
            Check::MaxLength(limit) => Keywords::one("maxLength", count(*limit)),
            Check::MinItems(limit) => Keywords::one("minItems", count(*limit)),
            Check::MaxItems(limit) => Keywords::one("maxItems", count(*limit)),
            Check::MinProperties(limit) => Keywords::one("minProperties", count(*limit)),
            Check::MaxProperties(limit) => Keywords::one("maxProperties", count(*limit)),
            Check::Minimum(number) => limit("minimum", number),
            Check::Maximum(number) => limit("maximum", number),
            Check::ExclusiveMinimum(number) => limit("exclusiveMinimum", number),
            Check::ExclusiveMaximum(number) => limit("exclusiveMaximum", number),
            Check::MultipleOf(number) => limit("multipleOf", number),
            Check::Pattern(pattern) => Keywords::one("pattern", text(&pattern.source)),
            Check::Format { name, .. } => Keywords::one("format", text(name)),
            Check::UniqueItems => Keywords::one("uniqueItems", Node::Bool(true)),
            Check::Contains { min, max, checks, .. } => self.contains(*min, *max, checks),
            Check::PropertyNames(checks) => Keywords::one("propertyNames", self.checks(checks).into_node()),
            Check::OneOf(values) => one_of(values),
            Check::Kinds(names) => kinds(names.iter().copied()),
            // What no type expresses is not described yet: the schema is wider than the checks.
            Check::Satisfies { keywords, .. } => {
                Keywords::one("$comment", text(&format!("also demanded: {}", keywords.join(", "))))
            }
            Check::Never => Keywords::one("not", Node::Object(BTreeMap::new())),
            Check::Branches { keyword, branches } => {
                Keywords::branches(keyword, branches.iter().map(|checks| self.checks(checks)))
            }
        }
    }

    fn contains(&self, min: u64, max: Option<u64>, checks: &[Check]) -> Keywords {
        let mut schema = Keywords::one("contains", self.checks(checks).into_node());
        // 1 is what `contains` demands by itself.
        if min != 1 {
            schema.set("minContains", count(min));
        }
        if let Some(max) = max {
            schema.set("maxContains", count(max));
        }
        schema
    }
}

fn listed(enumeration: &Enumeration) -> Keywords {
    let mut schema = Keywords::kind(match enumeration.scalar {
        Scalar::String => "string",
        Scalar::Integer => "integer",
        Scalar::Boolean => "boolean",
    });
    let values = enumeration.constants.iter().map(|constant| constant.value.to_node());
    schema.set("enum", Node::Array(values.collect()));
    schema
}

fn one_of(values: &[Node]) -> Keywords {
    match values {
        [only] => Keywords::one("const", only.clone()),
        _ => Keywords::one("enum", Node::Array(values.to_vec())),
    }
}

/// `type`, of one kind or several.
fn kinds<'k>(names: impl IntoIterator<Item = &'k str>) -> Keywords {
    let names: Vec<Node> = names.into_iter().map(text).collect();
    match names.as_slice() {
        [only] => Keywords::one("type", only.clone()),
        _ => Keywords::one("type", Node::Array(names)),
    }
}

/// The map that `Merge` takes: `null` deletes a key, whatever the values are.
fn with_deletions(value: Use) -> Use {
    let ty = match value.ty {
        Ty::Map(item) => Ty::Map(Box::new(Use { nullable: true, ..*item })),
        other => other,
    };
    Use { ty, ..value }
}

#[cfg(test)]
mod tests;
