//! A schema under construction: its keywords, sorted.

use std::collections::BTreeMap;

use crate::ir::Docs;
use crate::source::Node;

/// Keywords that look at each other, and so at no other schema's (Core 2020-12 §10.2.2, §10.3).
const TOGETHER: &[&[&str]] = &[
    &["additionalProperties", "patternProperties", "properties"],
    &["contains", "maxContains", "minContains"],
    &["else", "if", "then"],
    &["items", "prefixItems"],
];

/// Keywords that look at everything beside them (Core 2020-12 §11).
const UNEVALUATED: &[&str] = &["unevaluatedItems", "unevaluatedProperties"];

/// The keywords of one schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Keywords(BTreeMap<String, Node>);

impl Keywords {
    /// One keyword.
    pub(super) fn one(keyword: &str, value: Node) -> Self {
        Self(BTreeMap::from([(keyword.to_owned(), value)]))
    }

    /// `type` with one kind.
    pub(super) fn kind(kind: &str) -> Self {
        Self::one("type", text(kind))
    }

    /// A keyword with schemas that a value is tried against.
    pub(super) fn branches(keyword: &str, branches: impl IntoIterator<Item = Self>) -> Self {
        Self::one(keyword, Node::Array(branches.into_iter().map(Self::into_node).collect()))
    }

    /// Whether every value is allowed, and nothing said.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets a keyword.
    pub(super) fn set(&mut self, keyword: &str, value: Node) {
        self.0.insert(keyword.to_owned(), value);
    }

    /// Takes a keyword back.
    pub(super) fn unset(&mut self, keyword: &str) {
        self.0.remove(keyword);
    }

    /// Sets a keyword to a schema, unless that allows everything.
    pub(super) fn set_schema(&mut self, keyword: &str, schema: Self) {
        if !schema.is_empty() {
            self.set(keyword, schema.into_node());
        }
    }

    /// Demands what `other` demands, besides: in `allOf`, where its keywords would mean something else here.
    pub(super) fn demand(&mut self, mut other: Self) {
        if self.looks_at_the_rest() {
            let whole = std::mem::take(self);
            self.demand_apart(whole);
        }
        other.0.retain(|keyword, value| is_social(keyword) || self.0.get(keyword) != Some(value));
        if self.is_empty() {
            *self = other;
        } else if other.0.keys().any(|keyword| self.minds(keyword)) || other.looks_at_the_rest() {
            self.demand_apart(other);
        } else {
            self.0.extend(other.0);
        }
    }

    /// Demands what `other` demands, besides, as a schema of its own.
    pub(super) fn demand_apart(&mut self, mut other: Self) {
        if other.is_empty() {
            return;
        }
        if other.0.len() == 1 && !self.0.contains_key("$ref") && other.0.contains_key("$ref") {
            self.0.append(&mut other.0);
            return;
        }
        let all = self.0.entry("allOf".to_owned()).or_insert_with(|| Node::Array(Vec::new()));
        if let Node::Array(all) = all {
            all.push(other.into_node());
        }
    }

    /// The same without an `allOf` around everything.
    pub(super) fn unwrapped(mut self) -> Self {
        if self.0.len() > 1 {
            return self;
        }
        match self.0.get_mut("allOf") {
            Some(Node::Array(all)) if all.len() == 1 => match all.pop() {
                Some(Node::Object(only)) => Self(only),
                Some(other) => Self::one("allOf", Node::Array(vec![other])),
                None => self,
            },
            _ => self,
        }
    }

    /// Whether a keyword is taken, or one that looks at it.
    fn minds(&self, keyword: &str) -> bool {
        let circle = TOGETHER.iter().find(|circle| circle.contains(&keyword)).copied();
        circle.unwrap_or(&[keyword]).iter().any(|keyword| self.0.contains_key(*keyword))
    }

    fn looks_at_the_rest(&self) -> bool {
        UNEVALUATED.iter().any(|keyword| self.0.contains_key(*keyword))
    }

    /// Allows `null` besides.
    pub(super) fn or_null(mut self) -> Self {
        if self.is_empty() {
            return self;
        }
        match self.0.get("type") {
            Some(Node::String(kind)) if self.ignores_null() => {
                let kinds = [kind, "null"].map(text);
                self.set("type", Node::Array(kinds.to_vec()));
                self
            }
            _ => Self::branches("anyOf", [self, Self::kind("null")]),
        }
    }

    /// Whether no keyword but `type` says anything of `null`.
    fn ignores_null(&self) -> bool {
        const ABOUT_EVERY_KIND: &[&str] = &["$ref", "allOf", "anyOf", "const", "enum", "if", "not", "oneOf"];
        !ABOUT_EVERY_KIND.iter().any(|keyword| self.0.contains_key(*keyword))
    }

    /// Adds what people are told.
    pub(super) fn annotate(&mut self, docs: &Docs) {
        let Docs { title, description, default, deprecated } = docs;
        for (keyword, value) in [
            ("title", title.as_deref().map(text)),
            ("description", description.as_deref().map(text)),
            ("default", default.clone()),
            ("deprecated", deprecated.then_some(Node::Bool(true))),
        ] {
            if let Some(value) = value {
                self.set(keyword, value);
            }
        }
    }

    /// The schema.
    pub(super) fn into_node(self) -> Node {
        if self.is_empty() { Node::Bool(true) } else { Node::Object(self.0) }
    }
}

/// Whether other keywords look at this one.
fn is_social(keyword: &str) -> bool {
    UNEVALUATED.contains(&keyword) || TOGETHER.iter().any(|circle| circle.contains(&keyword))
}

/// A string.
pub(super) fn text(text: &str) -> Node {
    Node::String(text.to_owned())
}

/// A count.
pub(super) fn count(count: u64) -> Node {
    Node::Number(count.into())
}

#[cfg(test)]
mod tests {
    use super::{Keywords, count, text};
    use crate::source::Node;

    fn json(keywords: Keywords) -> String {
        keywords.into_node().to_json()
    }

    #[test]
    fn a_keyword_that_is_taken_is_demanded_besides() {
        let mut schema = Keywords::one("pattern", text("a"));
        schema.demand(Keywords::one("minLength", count(1)));
        schema.demand(Keywords::one("pattern", text("b")));
        schema.demand(Keywords::one("pattern", text("c")));
        assert_eq!(json(schema), r#"{"allOf":[{"pattern":"b"},{"pattern":"c"}],"minLength":1,"pattern":"a"}"#);
    }

    #[test]
    fn keywords_that_see_each_other_are_not_mixed() {
        let mut schema = Keywords::one("properties", Node::Object([("a".to_owned(), Node::Bool(true))].into()));
        schema.demand(Keywords::one("additionalProperties", Node::Bool(false)));
        schema.demand(Keywords::one("unevaluatedItems", Node::Bool(false)));
        let closed = r#"{"allOf":[{"additionalProperties":false},{"unevaluatedItems":false}],"properties":{"a":true}}"#;
        assert_eq!(json(schema), closed);
    }

    #[test]
    fn nothing_joins_a_schema_that_looks_at_the_rest() {
        let mut schema = Keywords::one("unevaluatedProperties", Node::Bool(false));
        schema.demand(Keywords::kind("object"));
        assert_eq!(json(schema), r#"{"allOf":[{"unevaluatedProperties":false}],"type":"object"}"#);
    }

    #[test]
    fn what_stands_there_already_is_not_said_again() {
        let mut schema = Keywords::kind("object");
        let mut other = Keywords::kind("object");
        other.set("maxProperties", count(1));
        schema.demand(other);
        assert_eq!(json(schema), r#"{"maxProperties":1,"type":"object"}"#);
    }

    #[test]
    fn null_is_a_kind_among_others_where_nothing_else_refuses_it() {
        let mut schema = Keywords::kind("string");
        schema.demand(Keywords::one("minLength", count(1)));
        assert_eq!(json(schema.or_null()), r#"{"minLength":1,"type":["string","null"]}"#);
    }

    #[test]
    fn null_is_a_branch_where_another_keyword_refuses_it() {
        let mut schema = Keywords::kind("integer");
        schema.demand(Keywords::one("const", count(1)));
        assert_eq!(json(schema.or_null()), r#"{"anyOf":[{"const":1,"type":"integer"},{"type":"null"}]}"#);
        let reference = Keywords::one("$ref", text("#/$defs/A"));
        assert_eq!(json(reference.or_null()), r##"{"anyOf":[{"$ref":"#/$defs/A"},{"type":"null"}]}"##);
    }

    #[test]
    fn any_value_may_be_null_already() {
        assert_eq!(json(Keywords::default().or_null()), "true");
    }
}
