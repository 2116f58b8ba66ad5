//! A document that can be broken: members have an order and may be there twice, and what stands for a scalar may be any text.

use serde_json::Value;

/// A value of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    /// A scalar as JSON writes it, or any text.
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl From<&Value> for Tree {
    fn from(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Map(members.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
            scalar => Self::Text(scalar.to_string()),
        }
    }
}

/// The way to a value: the index of a member or an item, level by level.
pub(crate) type Way = Vec<usize>;

impl Tree {
    pub(crate) fn string(text: &str) -> Self {
        Self::Text(Value::from(text).to_string())
    }

    /// The string that a scalar is, where it is one.
    pub(crate) fn as_string(&self) -> Option<String> {
        match self {
            Self::Text(text) => serde_json::from_str(text).ok(),
            _ => None,
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Text(_) => 0,
            Self::List(items) => items.len(),
            Self::Map(members) => members.len(),
        }
    }

    pub(crate) fn at(&self, way: &[usize]) -> Option<&Self> {
        let Some((first, rest)) = way.split_first() else { return Some(self) };
        match self {
            Self::Text(_) => None,
            Self::List(items) => items.get(*first)?.at(rest),
            Self::Map(members) => members.get(*first)?.1.at(rest),
        }
    }

    pub(crate) fn at_mut(&mut self, way: &[usize]) -> Option<&mut Self> {
        let Some((first, rest)) = way.split_first() else { return Some(self) };
        match self {
            Self::Text(_) => None,
            Self::List(items) => items.get_mut(*first)?.at_mut(rest),
            Self::Map(members) => members.get_mut(*first)?.1.at_mut(rest),
        }
    }

    /// The keys on a way, for people.
    pub(crate) fn describe(&self, way: &[usize]) -> String {
        let Some((first, rest)) = way.split_first() else { return String::new() };
        let (key, below) = match self {
            Self::Map(members) => match members.get(*first) {
                Some((key, value)) => (key.clone(), value),
                None => return String::new(),
            },
            Self::List(items) => match items.get(*first) {
                Some(value) => (first.to_string(), value),
                None => return String::new(),
            },
            Self::Text(_) => return String::new(),
        };
        format!("/{}{}", key.replace('~', "~0").replace('/', "~1"), below.describe(rest))
    }

    /// The ways to all values but the whole.
    pub(crate) fn ways(&self) -> Vec<Way> {
        let mut found = Vec::new();
        self.collect(&mut Vec::new(), &mut found);
        found
    }

    fn collect(&self, way: &mut Way, found: &mut Vec<Way>) {
        for index in 0..self.len() {
            way.push(index);
            found.push(way.clone());
            if let Some(below) = self.at(&[index]) {
                below.collect(way, found);
            }
            way.pop();
        }
    }

    /// The document as JSON, if what stands for its scalars is.
    pub(crate) fn json(&self) -> String {
        let mut text = String::new();
        self.write_json(0, &mut text);
        text
    }

    fn write_json(&self, depth: usize, text: &mut String) {
        let line = |text: &mut String, depth: usize| {
            text.push('\n');
            // What is nested deeper than anybody reads is not indented deeper.
            text.push_str(&" ".repeat(depth.min(40)));
        };
        match self {
            Self::Text(scalar) => text.push_str(scalar),
            Self::List(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    line(text, depth.saturating_add(1));
                    item.write_json(depth.saturating_add(1), text);
                }
                line(text, depth);
                text.push(']');
            }
            Self::Map(members) => {
                text.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    line(text, depth.saturating_add(1));
                    text.push_str(&format!("{}: ", Value::from(key.as_str())));
                    value.write_json(depth.saturating_add(1), text);
                }
                line(text, depth);
                text.push('}');
            }
        }
    }

    /// The document as YAML in block style, with plain keys where they can be.
    pub(crate) fn yaml(&self) -> String {
        let mut text = String::new();
        self.write_yaml(0, &mut text);
        text.push('\n');
        text
    }

    fn write_yaml(&self, depth: usize, text: &mut String) {
        let line = |text: &mut String| {
            text.push('\n');
            text.push_str(&"  ".repeat(depth));
        };
        match self {
            Self::Text(scalar) => text.push_str(scalar),
            Self::List(items) if items.is_empty() => text.push_str("[]"),
            Self::Map(members) if members.is_empty() => text.push_str("{}"),
            Self::List(items) => {
                for item in items {
                    line(text);
                    text.push_str("- ");
                    item.write_yaml(depth.saturating_add(1), text);
                }
            }
            Self::Map(members) => {
                for (key, value) in members {
                    line(text);
                    let is_plain = key.starts_with(|first: char| first.is_ascii_alphabetic())
                        && key.chars().all(|character| character.is_ascii_alphanumeric() || "-_/".contains(character));
                    match is_plain {
                        true => text.push_str(key),
                        false => text.push_str(&Value::from(key.as_str()).to_string()),
                    }
                    text.push_str(": ");
                    value.write_yaml(depth.saturating_add(1), text);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_syntaxes_hold_the_same() {
        let value = json!({"a": [1, [true, []], {"b/c": null, "": "x: y\n"}], "true": {}});
        let tree = Tree::from(&value);
        assert_eq!(serde_json::from_str::<Value>(&tree.json()).unwrap(), value);
        let yaml = codegen::source::read("a.yaml", tree.yaml().as_bytes()).unwrap();
        assert_eq!(Value::from(&yaml.root), value);
    }

    #[test]
    fn every_value_has_a_way() {
        let tree = Tree::from(&json!({"a": [1, {"b/": 2}]}));
        let described: Vec<String> = tree.ways().iter().map(|way| tree.describe(way)).collect();
        assert_eq!(described, ["/a", "/a/0", "/a/1", "/a/1/b~1"]);
    }
}
