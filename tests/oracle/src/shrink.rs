//! The smallest instance about which there is still something to say.

use serde_json::{Map, Value, json};

/// How many instances are tried at most.
const PATIENCE: usize = 2000;

/// Makes an instance smaller as long as `holds` says that it still shows what the first one did.
pub fn shrink(instance: &Value, holds: &mut dyn FnMut(&Value) -> bool) -> Value {
    let mut smallest = instance.clone();
    let mut left = PATIENCE;
    'again: loop {
        for smaller in smaller_than(&smallest) {
            if left == 0 {
                return smallest;
            }
            left = left.saturating_sub(1);
            if holds(&smaller) {
                smallest = smaller;
                continue 'again;
            }
        }
        return smallest;
    }
}

/// Values that are smaller, the smallest first. None of them leads back.
fn smaller_than(value: &Value) -> Vec<Value> {
    let mut found = match value {
        Value::Null => return Vec::new(),
        Value::Bool(_) => vec![Value::Null],
        Value::Number(number) => {
            let mut found = vec![Value::Null];
            found.extend([json!(0), json!(1)].into_iter().filter(|small| rank(small) < rank(value)));
            if let Some(whole) = number.as_f64().map(f64::trunc).filter(|whole| whole.abs() < 1e15) {
                let half = json!((whole / 2.0) as i64);
                found.extend([json!(whole as i64), half].into_iter().filter(|small| rank(small) < rank(value)));
            }
            return found;
        }
        Value::String(text) => {
            let characters: Vec<char> = text.chars().collect();
            let half: String = characters.iter().take(characters.len() / 2).collect();
            let rest: String = characters.iter().skip(1).collect();
            let start: String = characters.iter().take(characters.len().saturating_sub(1)).collect();
            let shorter = [half, rest, start].into_iter().filter(|shorter| shorter.len() < text.len());
            return shorter.map(Value::String).collect();
        }
        Value::Array(items) => items.clone(),
        Value::Object(members) => members.values().cloned().collect(),
    };
    match value {
        Value::Array(items) => {
            for index in 0..items.len() {
                let mut fewer = items.clone();
                fewer.remove(index);
                found.push(Value::Array(fewer));
            }
            for (index, item) in items.iter().enumerate() {
                found.extend(smaller_than(item).into_iter().map(|smaller| {
                    let replaced =
                        |(at, item): (usize, &Value)| if at == index { smaller.clone() } else { item.clone() };
                    items.iter().enumerate().map(replaced).collect()
                }));
            }
        }
        Value::Object(members) => {
            for name in members.keys() {
                let others = members.iter().filter(|(other, _)| *other != name);
                found.push(others.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>().into());
            }
            for (name, member) in members {
                found.extend(smaller_than(member).into_iter().map(|smaller| {
                    let mut members = members.clone();
                    members.insert(name.clone(), smaller);
                    Value::Object(members)
                }));
            }
        }
        _ => {}
    }
    found
}

/// An order among numbers: what is shorter is smaller.
fn rank(number: &Value) -> (usize, String) {
    let text = number.to_string();
    (text.len(), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_nothing_goes() {
        let instance = json!({"a": [1, {"b": "long text", "c": 12.5}], "d": {"e": [null, true]}});
        let mut has_member_b = |value: &Value| value.pointer("/a/1/b").is_some();
        assert_eq!(shrink(&instance, &mut has_member_b), json!({"a": [null, {"b": ""}]}));
        let is_large = |value: &Value| value.as_f64().is_some_and(|number| number > 100.0);
        assert_eq!(shrink(&json!({"a": 5000}), &mut |value| is_large(value.get("a").unwrap_or(value))), json!(156));
        assert_eq!(shrink(&json!([1, 2]), &mut |_| false), json!([1, 2]));
    }
}
