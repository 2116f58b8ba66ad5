//! Arrays: items by their place, one for each `contains`, as many as there may be.

use serde_json::Value;

use super::{DEPTH, Draw, Together};
use crate::document::Step;

impl Draw<'_> {
    pub(super) fn array(&mut self, together: &Together<'_>, depth: usize) -> Value {
        let below = depth.saturating_add(1);
        let contained: Vec<(String, usize)> = together
            .places
            .iter()
            .filter(|(_, schema)| schema.contains_key("contains"))
            .map(|(place, schema)| {
                let least = schema.get("minContains").and_then(Value::as_f64).unwrap_or(1.0);
                (format!("{place}/contains"), least.clamp(0.0, 5.0) as usize)
            })
            .collect();
        let wanted: usize = contained.iter().map(|(_, count)| count).sum();
        let (least, most) = together.sizes("minItems", "maxItems");
        let least = least.min(50);
        let most = most.min(50).max(least);
        let spare = if depth >= DEPTH { 0 } else { self.random.below(4) };
        let length = match self.random.below(5) {
            0 => least.max(wanted),
            1 if most < 50 => most,
            _ => least.max(wanted).saturating_add(spare),
        };
        let length = length.min(most).max(least);
        let must_differ = together.all("uniqueItems").any(|value| *value == true);
        let mut items: Vec<Value> = Vec::new();
        for index in 0..length {
            let places = self.places_of_item(together, index, length, &contained);
            let mut item = self.item(&places, below);
            for _ in 0..6 {
                if !must_differ || !items.contains(&item) {
                    break;
                }
                item = self.item(&places, below);
            }
            items.push(item);
        }
        Value::Array(items)
    }

    /// The schemas of an item. The last ones are for `contains`.
    fn places_of_item(
        &self,
        together: &Together<'_>,
        index: usize,
        length: usize,
        contained: &[(String, usize)],
    ) -> Vec<String> {
        let mut places = Vec::new();
        for (place, _) in &together.places {
            places.extend(self.document.below(place).into_iter().filter_map(|below| {
                let applies = match (below.step, below.keyword) {
                    (Step::Item(at), _) => at == index,
                    (Step::From(start), "items" | "unevaluatedItems") => start <= index,
                    _ => false,
                };
                applies.then_some(below.pointer)
            }));
        }
        let mut left = length.saturating_sub(index).saturating_sub(1);
        for (place, count) in contained {
            if left < *count {
                places.push(place.clone());
                break;
            }
            left = left.saturating_sub(*count);
        }
        places
    }

    fn item(&mut self, places: &[String], depth: usize) -> Value {
        if places.is_empty() { self.anything(depth) } else { self.draw(places, depth) }
    }
}
