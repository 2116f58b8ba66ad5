//! `JsonSchema` of the types, behind the feature `schemars`.
//!
//! The schema is made from the IR, not from the source: it says exactly what the emitted checks check. So this is the one part
//! of the emitter that writes JSON; like the others, it reads none.
//!
//! `keywords` puts schemas together so that keywords which see each other stay apart from those of other schemas; `predicate`
//! writes what no type expresses, `plan` decides which of it stands among the definitions, `rest` what of it is said already.

mod keywords;
mod layout;
mod plan;
mod predicate;
mod rest;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::Crate;
use super::literal::verbatim;
use super::ty::ident;
use crate::ir::{
    Check, Choice, Docs, Enumeration, Extra, Ir, Member, Scalar, Shape, Struct, Tuple, Ty, TypeDef, TypeId, Union, Use,
    Variant,
};
use crate::name::TypeNames;
use crate::source::Node;

use keywords::{Keywords, count, text};

pub(super) use plan::Plan;

impl Crate<'_> {
    /// The impl for a type. An alias has none: its schema stands where it is used.
    pub(super) fn json_schema(&self, definition: &TypeDef, names: &TypeNames) -> Option<TokenStream> {
        let mut writer = Writer::new(self);
        let schema = writer.definition(definition)?;
        let arguments = writer.arguments(&names.name, schema);
        Some(quote!(#[cfg(feature = "schemars")] runtime::json_schema!(#arguments);))
    }
}

/// Writes one schema.
struct Writer<'w, 'c> {
    krate: &'w Crate<'c>,
    /// What the schema refers to: paths from the module of types that it stands in, by `/`.
    references: BTreeSet<String>,
}

impl<'w, 'c> Writer<'w, 'c> {
    fn new(krate: &'w Crate<'c>) -> Self {
        Self { krate, references: BTreeSet::new() }
    }

    /// What the macros of the runtime take: whose schema it is, its text, and what it refers to.
    fn arguments(self, name: &str, schema: Keywords) -> TokenStream {
        let (name, schema) = (ident(name), verbatim(&layout::lay_out(&schema.into_node())));
        let references = self.references.iter().map(|path| {
            let path = path.split('/').map(path_segment);
            quote!(#(#path)::*)
        });
        quote!(#name, #schema #(, #references)*)
    }

    /// Refers to a type or a predicate by its path in a module of types.
    fn refer(&mut self, module: usize, path: &str) -> Keywords {
        let path = match self.krate.module_of(self.krate.here) {
            Some(here) if here != module => format!("super/{}/{path}", self.krate.module(module)),
            _ => path.to_owned(),
        };
        let reference = Keywords::one("$ref", Node::String(format!("#/$defs/{path}")));
        self.references.insert(path);
        reference
    }
}

fn path_segment(name: &str) -> TokenStream {
    if name == "super" {
        return quote!(super);
    }
    let name = ident(name);
    quote!(#name)
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
        let mut properties: BTreeMap<String, Node> =
            shape.members.iter().map(|(name, member)| (name.clone(), self.member(member).into_node())).collect();
        for (name, value) in &shape.withheld {
            properties.insert(name.clone(), self.value(value).into_node());
        }
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
            let (value, docs) = unaliased(self.krate.ir, &member.value);
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
        let (value, docs) = unaliased(self.krate.ir, value);
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
            // What the type takes besides is not known.
            Ty::Foreign(foreign) => self.checks(&foreign.checks),
        }
    }

    fn reference(&mut self, id: TypeId) -> Keywords {
        let name = self.krate.names.get(id).map_or("", |names| names.name.as_str());
        let module = self.krate.ir.get(id).map_or(0, |definition| self.krate.ir.module_of(&definition.location));
        self.refer(module, name)
    }

    fn checks(&mut self, checks: &[Check]) -> Keywords {
        let mut schema = Keywords::default();
        for check in checks {
            schema.demand(self.check(check));
        }
        schema
    }

    fn check(&mut self, check: &Check) -> Keywords {
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
            // By the name of what is checked: `formats.read-as` gives others, which nobody else reads so.
            Check::Format { function, .. } => {
                let name = function.strip_prefix("is_").unwrap_or(function).replace('_', "-");
                Keywords::one("format", Node::String(name))
            }
            Check::UniqueItems => Keywords::one("uniqueItems", Node::Bool(true)),
            Check::Contains { min, max, checks, .. } => contains(self.checks(checks), *min, *max),
            Check::PropertyNames(checks) => Keywords::one("propertyNames", self.checks(checks).into_node()),
            Check::OneOf(values) => one_of(values),
            Check::Kinds(names) => kinds(names.iter().copied()),
            Check::Satisfies { keywords, predicate } => match self.krate.plan.outermost(*predicate) {
                Some(reached) => self.predicate(&reached),
                None => Keywords::one("$comment", text(&format!("also demanded: {}", keywords.join(", ")))),
            },
            Check::Never => nothing(),
            Check::Branches { keyword, branches } => {
                Keywords::branches(keyword, branches.iter().map(|checks| self.checks(checks)))
            }
        }
    }
}

/// `contains`, with its limits: 1 is what it demands by itself.
fn contains(schema: Keywords, min: u64, max: Option<u64>) -> Keywords {
    let mut contains = Keywords::one("contains", schema.into_node());
    if min != 1 {
        contains.set("minContains", count(min));
    }
    if let Some(max) = max {
        contains.set("maxContains", count(max));
    }
    contains
}

/// What an alias stands for, with the checks of both, and what people are told of it.
fn unaliased(ir: &Ir, value: &Use) -> (Use, Docs) {
    let definition = match value.ty {
        Ty::Named(id) => ir.get(id),
        _ => None,
    };
    let Some(TypeDef { shape: Shape::Alias(inner), docs, .. }) = definition else {
        return (value.clone(), Docs::default());
    };
    let (mut inner, inner_docs) = unaliased(ir, inner);
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

fn listed(enumeration: &Enumeration) -> Keywords {
    let mut schema = Keywords::kind(match enumeration.scalar {
        Scalar::String => "string",
        Scalar::Integer => "integer",
        Scalar::Boolean => "boolean",
    });
    let values: Vec<Node> = enumeration.constants.iter().map(|constant| constant.value.to_node()).collect();
    schema.demand(one_of(&values));
    schema
}

fn one_of(values: &[Node]) -> Keywords {
    match values {
        [only] => Keywords::one("const", only.clone()),
        _ => Keywords::one("enum", Node::Array(values.to_vec())),
    }
}

/// What no value satisfies.
fn nothing() -> Keywords {
    Keywords::one("not", Node::Object(BTreeMap::new()))
}

/// `type`, of one kind or several; of none, which no `type` says, nothing.
fn kinds<'k>(names: impl IntoIterator<Item = &'k str>) -> Keywords {
    let names: Vec<Node> = names.into_iter().map(text).collect();
    match names.as_slice() {
        [] => nothing(),
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
