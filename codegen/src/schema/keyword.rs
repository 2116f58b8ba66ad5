//! The one table of keywords: in which dialects each exists, what is done with it, and what its value has to be.

use super::dialect::{Dialect, Release, Vocabulary};
use crate::source::Node;

/// What is done with a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It decides the shape of the type.
    Structural,
    /// Its literal becomes a check.
    Limit,
    /// It tells people something.
    Annotation,
    /// It constrains in other dialects, and says nothing in this one: reported.
    Unsupported,
}

/// What the value of a keyword has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Anything.
    Any,
    /// A whole number, not negative.
    Count,
    /// A number.
    Number,
    /// A number above 0.
    Positive,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// An array.
    List,
    /// The kinds of `type`.
    Types,
    /// A list of names.
    Names,
    /// Lists of names, by name.
    NamesByName,
    /// A regular expression.
    Pattern,
    /// A URI.
    Uri,
    /// A URI reference.
    Reference,
    /// A URI reference without a fragment.
    Id,
    /// The name of an anchor.
    Anchor,
    /// Vocabularies, and whether each is required.
    Vocabularies,
    /// A schema.
    Schema,
    /// A schema, or `true` or `false`, which are none in this dialect.
    SchemaOrFlag,
    /// A list of schemas.
    Schemas,
    /// A schema, or a list of them.
    SchemaOrSchemas,
    /// Schemas by name.
    Members,
    /// Schemas by pattern.
    Patterns,
    /// Schemas, or lists of names, by name.
    SchemasOrNames,
}

/// A keyword, in the dialects where it means the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// How it is written.
    pub name: &'static str,
    /// What is done with it.
    pub class: Class,
    /// What its value has to be.
    pub form: Form,
    /// Where it belongs, from 2019-09 on.
    pub vocabulary: Vocabulary,
    /// The published dialects that have it, in the order of [`Release`].
    life: [bool; Release::ALL.len()],
}

/// The dialect has the keyword.
const X: bool = true;
/// It does not.
const O: bool = false;

/// Two rows of a name are two meanings, of which a dialect has one.
#[rustfmt::skip]
const TABLE: &[Keyword] = {
    use Class::{Annotation, Limit, Structural, Unsupported};
    use Form::{
        Anchor, Any, Count, Flag, Id, List, Members, Names, NamesByName, Number, Pattern, Patterns, Positive, Reference,
        SchemaOrFlag, SchemaOrSchemas, Schemas, SchemasOrNames, Text, Types, Uri, Vocabularies,
    };
    use Vocabulary::{Applicator, Content, Core, Extension, Format, MetaData, OpenApi, Unevaluated, Validation};
    &[
        //                              draft 4
        //                              |  6
        //                              |  |  7
        //                              |  |  |  2019-09
        //                              |  |  |  |  2020-12
        //                              |  |  |  |  |  OpenAPI 3.0
        //                              |  |  |  |  |  |  3.1
        row("$anchor",                 [O, O, O, X, X, O, X], Core,        Annotation,  Anchor),
        row("$comment",                [O, O, X, X, X, O, X], Core,        Annotation,  Text),
        row("$defs",                   [O, O, O, X, X, O, X], Core,        Annotation,  Members),
        row("$dynamicAnchor",          [O, O, O, O, X, O, X], Core,        Structural,  Anchor),
        row("$dynamicRef",             [O, O, O, O, X, O, X], Core,        Structural,  Reference),
        row("$id",                     [O, X, X, O, O, O, O], Core,        Structural,  Reference),
        row("$id",                     [O, O, O, X, X, O, X], Core,        Structural,  Id),
        row("$recursiveAnchor",        [O, O, O, X, O, O, O], Core,        Structural,  Flag),
        row("$recursiveRef",           [O, O, O, X, O, O, O], Core,        Structural,  Reference),
        row("$ref",                    [X, X, X, X, X, X, X], Core,        Structural,  Reference),
        row("$schema",                 [X, X, X, X, X, O, X], Core,        Structural,  Uri),
        row("$vocabulary",             [O, O, O, X, X, O, X], Core,        Annotation,  Vocabularies),
        row("additionalItems",         [X, O, O, O, O, O, O], Applicator,  Structural,  SchemaOrFlag),
        row("additionalItems",         [O, X, X, X, O, O, O], Applicator,  Structural,  Form::Schema),
        row("additionalItems",         [O, O, O, O, X, O, X], Extension,   Unsupported, Any),
        row("additionalProperties",    [X, O, O, O, O, X, O], Applicator,  Structural,  SchemaOrFlag),
        row("additionalProperties",    [O, X, X, X, X, O, X], Applicator,  Structural,  Form::Schema),
        row("allOf",                   [X, X, X, X, X, X, X], Applicator,  Structural,  Schemas),
        row("anyOf",                   [X, X, X, X, X, X, X], Applicator,  Structural,  Schemas),
        row("const",                   [O, X, X, X, X, O, X], Validation,  Structural,  Any),
        row("contains",                [O, X, X, X, X, O, X], Applicator,  Structural,  Form::Schema),
        row("contentEncoding",         [O, O, X, X, X, O, X], Content,     Annotation,  Text),
        row("contentMediaType",        [O, O, X, X, X, O, X], Content,     Annotation,  Text),
        row("contentSchema",           [O, O, O, X, X, O, X], Content,     Annotation,  Form::Schema),
        row("default",                 [X, X, X, X, X, X, X], MetaData,    Annotation,  Any),
        row("definitions",             [X, X, X, X, X, O, X], Core,        Annotation,  Members),
        row("dependencies",            [X, X, X, O, O, O, O], Applicator,  Structural,  SchemasOrNames),
        row("dependencies",            [O, O, O, X, X, O, X], Extension,   Unsupported, Any),
        row("dependentRequired",       [O, O, O, X, X, O, X], Validation,  Structural,  NamesByName),
        row("dependentSchemas",        [O, O, O, X, X, O, X], Applicator,  Structural,  Members),
        row("deprecated",              [O, O, O, X, X, X, X], MetaData,    Annotation,  Flag),
        row("description",             [X, X, X, X, X, X, X], MetaData,    Annotation,  Text),
        row("discriminator",           [O, O, O, O, O, X, X], OpenApi,     Structural,  Any),
        row("else",                    [O, O, X, X, X, O, X], Applicator,  Structural,  Form::Schema),
        row("enum",                    [X, X, X, X, X, X, X], Validation,  Structural,  List),
        row("example",                 [O, O, O, O, O, X, X], OpenApi,     Annotation,  Any),
        row("examples",                [O, X, X, X, X, O, X], MetaData,    Annotation,  List),
        row("exclusiveMaximum",        [X, O, O, O, O, X, O], Validation,  Limit,       Flag),
        row("exclusiveMaximum",        [O, X, X, X, X, O, X], Validation,  Limit,       Number),
        row("exclusiveMinimum",        [X, O, O, O, O, X, O], Validation,  Limit,       Flag),
        row("exclusiveMinimum",        [O, X, X, X, X, O, X], Validation,  Limit,       Number),
        row("externalDocs",            [O, O, O, O, O, X, X], OpenApi,     Annotation,  Any),
        row("format",                  [X, X, X, X, X, X, X], Format,      Limit,       Text),
        row("id",                      [X, O, O, O, O, O, O], Core,        Structural,  Text),
        row("if",                      [O, O, X, X, X, O, X], Applicator,  Structural,  Form::Schema),
        row("items",                   [X, X, X, X, O, O, O], Applicator,  Structural,  SchemaOrSchemas),
        row("items",                   [O, O, O, O, X, X, X], Applicator,  Structural,  Form::Schema),
        row("maxContains",             [O, O, O, X, X, O, X], Validation,  Structural,  Count),
        row("maxItems",                [X, X, X, X, X, X, X], Validation,  Limit,       Count),
        row("maxLength",               [X, X, X, X, X, X, X], Validation,  Limit,       Count),
        row("maxProperties",           [X, X, X, X, X, X, X], Validation,  Limit,       Count),
        row("maximum",                 [X, X, X, X, X, X, X], Validation,  Limit,       Number),
        row("minContains",             [O, O, O, X, X, O, X], Validation,  Structural,  Count),
        row("minItems",                [X, X, X, X, X, X, X], Validation,  Limit,       Count),
        row("minLength",               [X, X, X, X, X, X, X], Validation,  Limit,       Count),
        row("minProperties",           [X, X, X, X, X, X, X], Validation,  Limit,       Count),
        row("minimum",                 [X, X, X, X, X, X, X], Validation,  Limit,       Number),
        row("multipleOf",              [X, X, X, X, X, X, X], Validation,  Limit,       Positive),
        row("not",                     [X, X, X, X, X, X, X], Applicator,  Structural,  Form::Schema),
        row("nullable",                [X, X, X, X, X, O, O], Extension,   Unsupported, Flag),
        row("nullable",                [O, O, O, O, O, X, X], OpenApi,     Structural,  Flag),
        row("oneOf",                   [X, X, X, X, X, X, X], Applicator,  Structural,  Schemas),
        row("pattern",                 [X, X, X, X, X, X, X], Validation,  Limit,       Pattern),
        row("patternProperties",       [X, X, X, X, X, O, X], Applicator,  Structural,  Patterns),
        row("prefixItems",             [O, O, O, O, X, O, X], Applicator,  Structural,  Schemas),
        row("properties",              [X, X, X, X, X, X, X], Applicator,  Structural,  Members),
        row("propertyNames",           [O, X, X, X, X, O, X], Applicator,  Structural,  Form::Schema),
        row("readOnly",                [O, O, X, X, X, X, X], MetaData,    Annotation,  Flag),
        row("required",                [X, X, X, X, X, X, X], Validation,  Structural,  Names),
        row("then",                    [O, O, X, X, X, O, X], Applicator,  Structural,  Form::Schema),
        row("title",                   [X, X, X, X, X, X, X], MetaData,    Annotation,  Text),
        row("type",                    [X, X, X, X, X, X, X], Validation,  Structural,  Types),
        row("unevaluatedItems",        [O, O, O, X, X, O, X], Unevaluated, Structural,  Form::Schema),
        row("unevaluatedProperties",   [O, O, O, X, X, O, X], Unevaluated, Structural,  Form::Schema),
        row("uniqueItems",             [X, X, X, X, X, X, X], Validation,  Limit,       Flag),
        row("writeOnly",               [O, O, X, X, X, X, X], MetaData,    Annotation,  Flag),
        row("x-rust-type",             [X, X, X, X, X, X, X], Extension,   Structural,  Any),
        row("x-sensitive",             [X, X, X, X, X, X, X], Extension,   Annotation,  Any),
        row("xml",                     [O, O, O, O, O, X, X], OpenApi,     Annotation,  Any),
    ]
};

const fn row(
    name: &'static str,
    life: [bool; Release::ALL.len()],
    vocabulary: Vocabulary,
    class: Class,
    form: Form,
) -> Keyword {
    Keyword { name, class, form, vocabulary, life }
}

/// Every keyword of every dialect, sorted by name.
#[must_use]
pub fn all() -> &'static [Keyword] {
    TABLE
}

/// What a dialect means by a keyword. What it does not have is unknown to it: an annotation (2020-12 Core §4.3.1).
#[must_use]
pub fn find(name: &str, dialect: Dialect) -> Option<&'static Keyword> {
    named(name).find(|keyword| keyword.is_of(dialect.release) && dialect.has(keyword.vocabulary))
}

fn named(name: &str) -> impl Iterator<Item = &'static Keyword> {
    let start = TABLE.partition_point(|keyword| keyword.name < name);
    TABLE.iter().skip(start).take_while(move |keyword| keyword.name == name)
}

impl Keyword {
    /// Whether a published dialect has it.
    #[must_use]
    pub fn is_of(&self, release: Release) -> bool {
        self.life.get(release as usize) == Some(&true)
    }

    /// The schemas in its value, each with the reference tokens that lead to it.
    #[must_use]
    pub fn subschemas<'n>(&self, value: &'n Node) -> Vec<(Option<String>, &'n Node)> {
        let list = || value.as_array().into_iter().flatten().enumerate();
        let members = || value.as_object().into_iter().flatten();
        match self.form {
            Form::Schema | Form::SchemaOrFlag => vec![(None, value)],
            Form::SchemaOrSchemas if value.as_array().is_none() => vec![(None, value)],
            Form::Schemas | Form::SchemaOrSchemas => {
                list().map(|(index, schema)| (Some(index.to_string()), schema)).collect()
            }
            Form::Members | Form::Patterns => members().map(|(name, schema)| (Some(name.clone()), schema)).collect(),
            Form::SchemasOrNames => {
                let schemas = members().filter(|(_, value)| value.as_array().is_none());
                schemas.map(|(name, schema)| (Some(name.clone()), schema)).collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(TABLE.is_sorted_by_key(|keyword| keyword.name));
        assert_eq!(named("x-anything").count(), 0);
    }

    #[test]
    fn a_dialect_has_one_meaning_of_a_keyword() {
        for keyword in TABLE {
            assert!(Release::ALL.into_iter().any(|release| keyword.is_of(release)), "{keyword:?}");
            for release in Release::ALL {
                let meanings = named(keyword.name).filter(|meaning| meaning.is_of(release)).count();
                assert!(meanings <= 1, "{} in {release:?}", keyword.name);
            }
        }
    }

    #[test]
    fn a_keyword_is_found_in_the_dialects_that_have_it() {
        let form = |name, release| find(name, Dialect::of(release)).map(|keyword| keyword.form);
        assert_eq!(form("exclusiveMinimum", Release::Draft4), Some(Form::Flag));
        assert_eq!(form("exclusiveMinimum", Release::Draft6), Some(Form::Number));
        assert_eq!(form("const", Release::Draft4), None);
        assert_eq!(form("discriminator", Release::Draft202012), None);
        let none = Dialect::default().of_vocabularies(&Default::default()).unwrap();
        assert_eq!(find("minimum", none), None);
        assert!(find("$ref", none).is_some());
    }
}
