//! JSON values as JSON Schema sees them.

use std::fmt;

use serde_json::Value;

use crate::number::plain;

/// The kind of a value, with its article, for messages: `a string`.
#[must_use]
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number with a fraction or beyond 64 bits",
        Value::Number(number) if !number.is_i64() => "a number beyond 63 bits",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Whether two values are equal as JSON Schema 2020-12 §4.2.2 defines it: numbers by their value, so that `1` is `1.0`.
#[must_use]
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || plain(left) == plain(right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| equal(left, right)))
        }
        (left, right) => left == right,
    }
}

/// A JSON text that is the same for values that are [`equal`], and only for those: members sorted, numbers plain.
pub(crate) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => text.push_str(&plain(number).to_string()),
        Value::Array(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                write_canonical(element, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (index, (key, member)) in members.into_iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write_canonical(member, text);
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}

/// What may be seen of a value whose content nobody knows: its kind and size.
pub(crate) struct Sketch<'v>(pub(crate) &'v Value);

impl fmt::Display for Sketch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("null"),
            Value::Bool(_) => f.write_str("[boolean]"),
            Value::Number(_) => f.write_str("[number]"),
            Value::String(text) => write!(f, "[string of {} bytes]", text.len()),
            Value::Array(elements) => write!(f, "[array of {}]", elements.len()),
            Value::Object(members) => write!(f, "[object of {}]", members.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_equal_by_value_at_any_depth() {
        assert!(equal(&json!({"a": [1, 2.0]}), &json!({"a": [1.0, 2]})));
        assert!(!equal(&json!([1, 2]), &json!([2, 1])));
        assert!(equal(&json!(100), &json!(1e2)));
        assert!(equal(&json!(0), &json!(-0.0)));
        assert!(equal(&json!(1_u64 << 63), &json!(9_223_372_036_854_775_808.0)));
        assert!(equal(&json!(i64::MIN), &json!(-9_223_372_036_854_775_808.0)));
        assert!(equal(&json!(1_u64 << 56), &json!(72_057_594_037_927_936.0)));
        assert!(!equal(&json!(u64::MAX), &json!(18_446_744_073_709_551_616.0)));
        assert!(!equal(&json!(9_007_199_254_740_993_u64), &json!(9_007_199_254_740_992.0)));
        assert!(!equal(&json!(1), &json!(-1)));
        assert!(!equal(&json!(1), &json!(true)));
        assert!(!equal(&json!("1"), &json!(1)));
        assert!(!equal(&json!({"a": 1}), &json!({"b": 1})));
    }

    #[test]
    fn the_canonical_text_is_the_same_for_equal_values_alone() {
        assert_eq!(canonical(&json!({"b": 1.0, "a": null})), canonical(&json!({"a": null, "b": 1})));
        assert_eq!(canonical(&json!({"b": [1.0, "x"], "a": {}})), r#"{"a":{},"b":[1,"x"]}"#);
        assert_ne!(canonical(&json!([[1], 2])), canonical(&json!([[1, 2]])));
        assert_ne!(canonical(&json!(["a,", ""])), canonical(&json!(["a", ",", ""])));
        assert_ne!(canonical(&json!(u64::MAX)), canonical(&json!(u64::MAX - 1)));
    }
}
