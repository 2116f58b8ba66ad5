//! Looking into a [`Node`], and out of it into `serde_json`.

use std::collections::BTreeMap;

use serde_json::Number;

use super::{Node, pointer};

impl Node {
    /// The value at a JSON Pointer (RFC 6901), or nothing where the pointer leads nowhere.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        if !pointer::is_pointer(pointer) {
            return None;
        }
        pointer::tokens(pointer).try_fold(self, |node, token| match node {
            Self::Object(members) => members.get(token.as_ref()),
            Self::Array(items) => items.get(pointer::index(&token)?),
            _ => None,
        })
    }

    /// The member of that name, where this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The string, where this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The members, where this is an object.
    pub fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The items, where this is an array.
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The truth value, where this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, where this is one of zero or more without a fraction: `2.0` is 2, as JSON Schema counts integers.
    pub fn as_u64(&self) -> Option<u64> {
        let Self::Number(number) = self else {
            return None;
        };
        number.as_u64().or_else(|| {
            let float = number.as_f64()?;
            // 2^64 is the first float that `u64` does not hold.
            let whole = float.fract() == 0.0 && (0.0..18_446_744_073_709_551_616.0).contains(&float);
            whole.then_some(float as u64)
        })
    }

    /// The value with every number that is an integer written as one: values that are equal as JSON (Core 2020-12 §4.2.2) are then
    /// equal nodes, and equal texts.
    #[must_use]
    pub fn plain(&self) -> Self {
        match self {
            Self::Number(number) if number.is_f64() => Self::Number(integer(number).unwrap_or_else(|| number.clone())),
            Self::Array(items) => Self::Array(items.iter().map(Self::plain).collect()),
            Self::Object(members) => {
                Self::Object(members.iter().map(|(key, value)| (key.clone(), value.plain())).collect())
            }
            other => other.clone(),
        }
    }

    /// The JSON type in words: `null`, `boolean`, `number`, `string`, `array` or `object`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }

    /// The value as JSON text without white space, members sorted.
    pub fn to_json(&self) -> String {
        serde_json::Value::from(self).to_string()
    }
}

/// The integer that a float is, where `i64` or `u64` holds it.
fn integer(number: &Number) -> Option<Number> {
    let float = number.as_f64()?;
    // 2^64 is the first float that `u64` does not hold.
    let whole = float.fract() == 0.0 && float.abs() < 18_446_744_073_709_551_616.0;
    whole.then_some(float as i128).and_then(Number::from_i128)
}

impl From<&Node> for serde_json::Value {
    fn from(node: &Node) -> Self {
        match node {
            Node::Null => Self::Null,
            Node::Bool(value) => Self::Bool(*value),
            Node::Number(number) => Self::Number(number.clone()),
            Node::String(text) => Self::String(text.clone()),
            Node::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Node::Object(members) => {
                Self::Object(members.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{Node, read};

    fn node(json: &str) -> Node {
        read("test.json", json.as_bytes()).unwrap().root
    }

    #[test]
    fn at_follows_the_pointers_of_rfc_6901() {
        let root = node(r#"{"foo":["bar","baz"],"":0,"a/b":1,"m~n":8,"~1":9}"#);
        assert_eq!(root.at(""), Some(&root));
        assert_eq!(root.at("/foo/1").unwrap().as_str(), Some("baz"));
        assert_eq!(root.at("/").unwrap().as_u64(), Some(0));
        assert_eq!(root.at("/a~1b").unwrap().as_u64(), Some(1));
        assert_eq!(root.at("/m~0n").unwrap().as_u64(), Some(8));
        assert_eq!(root.at("/~01").unwrap().as_u64(), Some(9));
        for nowhere in ["/foo/2", "/foo/01", "/foo/-", "/foo/+1", "/foo/0/x", "/nope", "foo"] {
            assert_eq!(root.at(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn whole_floats_count_as_integers() {
        assert_eq!(node("2.0").as_u64(), Some(2));
        assert_eq!(node("18446744073709551615").as_u64(), Some(u64::MAX));
        for none in ["2.5", "-1", "-1.0", "18446744073709551616", "1e300", "\"2\""] {
            assert_eq!(node(none).as_u64(), None, "{none}");
        }
    }

    #[test]
    fn plain_nodes_are_equal_if_the_values_are() {
        let plain = |json: &str| node(json).plain();
        assert_eq!(plain(r#"{"a":[1.0,-2.0,-0.0,1e2,1.5]}"#).to_json(), r#"{"a":[1,-2,0,100,1.5]}"#);
        assert_eq!(plain("9223372036854775808.0"), node("9223372036854775808"));
        assert_eq!(plain("-9223372036854775808.0"), node("-9223372036854775808"));
        for same in ["-1e19", "1e300", "18446744073709551616", "0.5", "\"1.0\"", "null"] {
            assert_eq!(plain(same), node(same), "{same}");
        }
    }

    #[test]
    fn json_is_compact_and_sorted() {
        let root = node(" { \"b\" : [ 1, 2.50, null, true ], \"a\" : \"\\u0009\\u00e9\" } ");
        assert_eq!(root.to_json(), r#"{"a":"\té","b":[1,2.5,null,true]}"#);
    }
}
