//! `application/x-www-form-urlencoded`, read back (WHATWG URL §5.1): a pair a member, a pair an element of a list, objects as JSON.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// The value of a form, read as something like the one that was meant: pairs do not tell `1` from `"1"`.
pub(crate) fn read(text: &str, meant: &Value) -> Value {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    together(pairs.map(|(key, value)| (decode(key), decode(value))), meant)
}

/// The object that pairs of names and texts make.
pub(crate) fn together(pairs: impl Iterator<Item = (String, String)>, meant: &Value) -> Value {
    let mut members: Map<String, Value> = Map::new();
    for (key, text) in pairs {
        let like = meant.get(&key).unwrap_or(&Value::Null);
        match (like, members.get_mut(&key)) {
            (Value::Array(items), Some(Value::Array(found))) => {
                let item = items.get(found.len()).unwrap_or(&Value::Null);
                found.push(typed(text, item));
            }
            (Value::Array(items), _) => {
                let first = typed(text, items.first().unwrap_or(&Value::Null));
                members.insert(key, Value::Array(vec![first]));
            }
            (like, _) => {
                members.insert(key, typed(text, like));
            }
        }
    }
    members.into()
}

/// A text as a value of a kind: what is no string is written as JSON.
fn typed(text: String, like: &Value) -> Value {
    match like {
        Value::String(_) => Value::String(text),
        _ => serde_json::from_str(&text).unwrap_or(Value::String(text)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_form_is_read_back() {
        let meant = json!({"a b": "1", "n": 1, "l": ["x&y", "z"], "o": {"k": [true]}});
        assert_eq!(read("a+b=1&n=1&l=x%26y&l=z&o=%7B%22k%22%3A%5Btrue%5D%7D", &meant), meant);
        assert_eq!(read("a=1&more=", &json!({"a": 1})), json!({"a": 1, "more": ""}));
    }
}
