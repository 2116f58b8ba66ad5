//! Numbers of a document, by their value: `1` is `1.0`.

use std::cmp::Ordering;

use serde_json::Number;

use crate::source::Node;

/// The order of two numbers; `None` where they are so close that an `f64` can't tell.
pub(super) fn compare(one: &Number, other: &Number) -> Option<Ordering> {
    if let (Some(one), Some(other)) = (exact(one), exact(other)) {
        return Some(one.cmp(&other));
    }
    let both_fractions = exact(one).is_none() && exact(other).is_none();
    let order = one.as_f64()?.partial_cmp(&other.as_f64()?)?;
    // Rounding keeps the order, but may make equal what is not.
    (order != Ordering::Equal || both_fractions).then_some(order)
}

fn exact(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// Whether two values may be equal as JSON Schema compares them (2020-12 Core §4.2.2).
pub(super) fn equal(one: &Node, other: &Node) -> bool {
    match (one, other) {
        (Node::Number(one), Node::Number(other)) => {
            compare(one, other).map_or_else(|| one.as_f64() == other.as_f64(), Ordering::is_eq)
        }
        (Node::Array(one), Node::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Node::Object(one), Node::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| equal(one, other)))
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn numbers_have_the_order_of_their_values() {
        let table = [
            ("1", "2", Some(Ordering::Less)),
            ("1", "1", Some(Ordering::Equal)),
            ("-1.5", "-1", Some(Ordering::Less)),
            ("0.5", "0.5", Some(Ordering::Equal)),
            ("18446744073709551615", "-1", Some(Ordering::Greater)),
            ("9007199254740993", "9007199254740992.0", None),
        ];
        for (one, other, order) in table {
            assert_eq!(compare(&number(one), &number(other)), order, "{one} {other}");
        }
    }

    #[test]
    fn values_are_equal_by_their_numbers_at_any_depth() {
        let node = |text: &str| crate::source::read("a.json", text.as_bytes()).unwrap().root;
        assert!(equal(&node(r#"{"a":[1,2.0]}"#), &node(r#"{"a":[1.0,2]}"#)));
        assert!(!equal(&node(r#"{"a":1}"#), &node(r#"{"a":true}"#)));
        assert!(!equal(&node("[1]"), &node("[1,1]")));
    }
}
