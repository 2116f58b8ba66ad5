//! The one table of keywords: what is done with each.

/// What is done with a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It decides the shape of the type.
    Structural,
    /// Its literal becomes a check.
    Limit(Literal),
    /// It tells people something.
    Annotation,
    /// It constrains and is not generated yet: reported.
    Unsupported,
    /// It is no keyword of the dialect: an annotation (JSON Schema 2020-12 Core §4.3.1).
    Unknown,
}

/// What the value of a limit has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
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
}

const TABLE: &[(&str, Class)] = &[
    ("$anchor", Class::Annotation),
    ("$comment", Class::Annotation),
    ("$defs", Class::Annotation),
    ("$dynamicAnchor", Class::Structural),
    ("$dynamicRef", Class::Structural),
    ("$id", Class::Structural),
    ("$ref", Class::Structural),
    ("$schema", Class::Structural),
    ("$vocabulary", Class::Annotation),
    ("additionalProperties", Class::Structural),
    ("allOf", Class::Structural),
    ("anyOf", Class::Structural),
    ("const", Class::Structural),
    ("contains", Class::Structural),
    ("contentEncoding", Class::Annotation),
    ("contentMediaType", Class::Annotation),
    ("contentSchema", Class::Annotation),
    ("default", Class::Annotation),
    ("definitions", Class::Annotation),
    ("dependentRequired", Class::Structural),
    ("dependentSchemas", Class::Structural),
    ("deprecated", Class::Annotation),
    ("description", Class::Annotation),
    ("discriminator", Class::Structural),
    ("else", Class::Structural),
    ("enum", Class::Structural),
    ("example", Class::Annotation),
    ("examples", Class::Annotation),
    ("exclusiveMaximum", Class::Limit(Literal::Number)),
    ("exclusiveMinimum", Class::Limit(Literal::Number)),
    ("externalDocs", Class::Annotation),
    ("format", Class::Limit(Literal::Text)),
    ("if", Class::Structural),
    ("items", Class::Structural),
    ("maxContains", Class::Structural),
    ("maxItems", Class::Limit(Literal::Count)),
    ("maxLength", Class::Limit(Literal::Count)),
    ("maxProperties", Class::Limit(Literal::Count)),
    ("maximum", Class::Limit(Literal::Number)),
    ("minContains", Class::Structural),
    ("minItems", Class::Limit(Literal::Count)),
    ("minLength", Class::Limit(Literal::Count)),
    ("minProperties", Class::Limit(Literal::Count)),
    ("minimum", Class::Limit(Literal::Number)),
    ("multipleOf", Class::Limit(Literal::Positive)),
    ("not", Class::Structural),
    ("oneOf", Class::Structural),
    ("pattern", Class::Limit(Literal::Text)),
    ("patternProperties", Class::Structural),
    ("prefixItems", Class::Structural),
    ("properties", Class::Structural),
    ("propertyNames", Class::Structural),
    ("readOnly", Class::Annotation),
    ("required", Class::Structural),
    ("then", Class::Structural),
    ("title", Class::Annotation),
    ("type", Class::Structural),
    ("unevaluatedItems", Class::Structural),
    ("unevaluatedProperties", Class::Structural),
    ("uniqueItems", Class::Limit(Literal::Flag)),
    ("writeOnly", Class::Annotation),
    ("x-rust-type", Class::Structural),
    ("x-sensitive", Class::Annotation),
    ("xml", Class::Annotation),
];

/// Where the subschemas of a keyword stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It has none.
    Nothing,
    /// Its value is one.
    Schema,
    /// Its value is a list of them.
    Schemas,
    /// The members of its value are.
    Members,
}

/// Where the subschemas of a keyword stand.
#[must_use]
pub fn holds(keyword: &str) -> Holds {
    match keyword {
        "additionalProperties"
        | "contains"
        | "contentSchema"
        | "else"
        | "if"
        | "items"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Holds::Schema,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Holds::Schemas,
        "$defs" | "definitions" | "dependentSchemas" | "patternProperties" | "properties" => Holds::Members,
        _ => Holds::Nothing,
    }
}

/// The keyword as the table spells it, and what is done with it.
#[must_use]
pub fn find(keyword: &str) -> (&'static str, Class) {
    TABLE
        .binary_search_by_key(&keyword, |(name, _)| name)
        .ok()
        .and_then(|index| TABLE.get(index))
        .map_or(("", Class::Unknown), |(name, class)| (*name, *class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(TABLE.is_sorted_by_key(|(name, _)| *name));
        for (name, class) in TABLE {
            assert_eq!(find(name), (*name, *class));
        }
        assert_eq!(find("x-anything").1, Class::Unknown);
    }
}
