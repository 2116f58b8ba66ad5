//! Instances that differ from others in one thing.

use serde_json::{Map, Value};

use crate::draw::Draw;

/// How deep a value is wrapped to be too deep for whoever counts on shallow ones.
const DEEP: usize = 40;

impl Draw<'_> {
    /// Changes one part of a value.
    pub fn mutate(&mut self, value: &mut Value) {
        let parts = count(value);
        let chosen = self.random.below(parts);
        if let Some(part) = part_mut(value, &mut { chosen }) {
            self.change(part);
        }
    }

    fn change(&mut self, part: &mut Value) {
        match (self.random.below(8), &mut *part) {
            (0..=3, Value::Object(members)) => self.change_members(members),
            (0..=3, Value::Array(items)) => self.change_items(items),
            (0..=3, Value::String(text)) => self.change_text(text),
            (0..=3, Value::Number(_)) => self.change_number(part),
            (4, _) => *part = Value::Null,
            (5, _) => *part = self.random.pick(&self.mentioned).cloned().unwrap_or_default(),
            (6, _) => *part = self.wrapped(part.take()),
            _ => *part = self.anything(0),
        }
    }

    fn change_members(&mut self, members: &mut Map<String, Value>) {
        let names: Vec<String> = members.keys().cloned().collect();
        let name = self.random.pick(&names).cloned().unwrap_or_default();
        match self.random.below(4) {
            0 => {
                members.remove(&name);
            }
            1 => {
                if let Some(value) = members.remove(&name) {
                    members.insert(self.name(), value);
                }
            }
            2 => {
                members.insert(self.name(), Value::Null);
            }
            _ => {
                let value = self.anything(0);
                members.insert(self.name(), value);
            }
        }
    }

    fn change_items(&mut self, items: &mut Vec<Value>) {
        let index = self.random.below(items.len());
        match self.random.below(4) {
            0 if index < items.len() => {
                items.remove(index);
            }
            // Equal to another, if not as a text.
            1 if index < items.len() => items.extend(items.get(index).cloned().map(other_form)),
            2 => items.reverse(),
            _ => {
                let item = self.anything(0);
                items.insert(index, item);
            }
        }
    }

    fn change_text(&mut self, text: &mut String) {
        match self.random.below(4) {
            0 => {
                text.pop();
            }
            1 => text.push('\n'),
            2 => text.insert(0, '\u{1f600}'),
            _ => text.push_str(&text.clone()),
        }
    }

    fn change_number(&mut self, part: &mut Value) {
        // The neighbours of what doubles do not hold are what nobody promises to hold either.
        let number = part.as_f64().filter(|number| number.abs() < 9e15).unwrap_or_default();
        *part = match self.random.below(6) {
            0 => crate::draw::json(number + 1.0),
            1 => crate::draw::json(number - 1.0),
            2 => crate::draw::json(-number),
            3 => crate::draw::json(number + 0.5),
            4 => other_form(part.take()),
            _ => crate::draw::special(&mut self.random),
        };
    }

    /// The value as an item, as a member, or deep inside of others.
    fn wrapped(&mut self, value: Value) -> Value {
        let times = if self.random.one_in(8) { DEEP } else { 1 };
        (0..times).fold(value, |value, _| match self.random.one_in(2) {
            true => Value::Array(vec![value]),
            false => Value::Object(Map::from_iter([(self.name(), value)])),
        })
    }
}

/// The same number, written otherwise: `1` and `1.0`. Not where a double would be another number.
fn other_form(value: Value) -> Value {
    match (value.as_i64(), value.as_f64()) {
        (Some(whole), Some(number)) if whole.unsigned_abs() < 1 << 53 => {
            serde_json::Number::from_f64(number).map_or(value, Value::Number)
        }
        (None, Some(number)) => crate::draw::json(number),
        _ => value,
    }
}

/// How many values there are in a value, itself included.
fn count(value: &Value) -> usize {
    let below: usize = match value {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    };
    below.saturating_add(1)
}

/// The value that is reached after so many others.
fn part_mut<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left = left.saturating_sub(1);
    let below: Vec<&mut Value> = match value {
        Value::Object(members) => members.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    for value in below {
        let size = count(value);
        if *left < size {
            return part_mut(value, left);
        }
        *left = left.saturating_sub(size);
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::document::Document;
    use crate::random::Random;

    #[test]
    fn every_part_is_reached() {
        let mut value = json!({"a": [1, 2], "b": {"c": null}});
        assert_eq!(count(&value), 6);
        let parts: Vec<Value> = (0..7).filter_map(|index| part_mut(&mut value, &mut { index }).cloned()).collect();
        let expected = [value.clone(), json!([1, 2]), json!(1), json!(2), json!({"c": null}), json!(null)];
        assert_eq!(parts, expected);
    }

    #[test]
    fn the_same_number_is_written_otherwise() {
        assert_eq!(other_form(json!(1)).to_string(), "1.0");
        assert_eq!(other_form(json!(1.0)).to_string(), "1");
    }

    #[test]
    fn values_change() {
        let document = Document::new(json!({}));
        let mut draw = Draw::new(&document, Random::new(3));
        let original = json!({"a": [1, "x"], "b": {}});
        let changed = (0..100).filter(|_| {
            let mut value = original.clone();
            draw.mutate(&mut value);
            value != original
        });
        assert!(changed.count() > 80);
    }
}
