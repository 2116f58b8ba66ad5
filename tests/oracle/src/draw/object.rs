//! Objects: the members that have to be there, some that may, some that nobody named.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{DEPTH, Draw, Members, Together, text};
use crate::document::Step;

impl Draw<'_> {
    pub(super) fn object(&mut self, together: &Together<'_>, depth: usize) -> Value {
        let (least, most) = together.sizes("minProperties", "maxProperties");
        let is_small = depth >= DEPTH;
        let mut names: BTreeSet<String> = strings(together.all("required")).collect();
        let mut optional: Vec<String> = Vec::new();
        for properties in together.all("properties").filter_map(Value::as_object) {
            optional.extend(properties.iter().filter(|(_, schema)| **schema != false).map(|(name, _)| name.clone()));
        }
        let is_drawn = self.members == Members::Drawn;
        for pattern in together.all("patternProperties").filter_map(Value::as_object).flat_map(Map::keys) {
            if is_drawn && self.random.one_in(2) {
                optional.extend(text::matching(pattern, &mut self.random));
            }
        }
        if is_drawn && self.random.one_in(3) && !is_small {
            optional.push(self.member_name(together));
        }
        if !is_small {
            for name in &optional {
                if names.len() < most && self.wants_optional(depth) {
                    names.insert(name.clone());
                }
            }
        }
        self.add_dependents(together, &mut names);
        for _ in 0..20 {
            if names.len() >= least.min(50) {
                break;
            }
            let name = match self.random.pick(&optional) {
                Some(name) if self.random.one_in(2) => name.clone(),
                _ => self.member_name(together),
            };
            names.insert(name);
        }
        let mut members = Map::new();
        for name in names {
            let places = self.places_of_member(together, &name);
            let below = depth.saturating_add(1);
            let value = if places.is_empty() { self.anything(below) } else { self.draw(&places, below) };
            members.insert(name, value);
        }
        Value::Object(members)
    }

    fn wants_optional(&mut self, depth: usize) -> bool {
        match self.members {
            Members::Drawn => self.random.one_in(2),
            Members::Required => false,
            Members::All { levels } => depth < levels,
        }
    }

    /// A name that nobody named, if `propertyNames` allows it.
    fn member_name(&mut self, together: &Together<'_>) -> String {
        let places: Vec<String> = together
            .places
            .iter()
            .filter(|(_, schema)| schema.contains_key("propertyNames"))
            .map(|(place, _)| format!("{place}/propertyNames"))
            .collect();
        let drawn = if places.is_empty() { None } else { Some(self.draw(&places, DEPTH)) };
        match drawn {
            Some(Value::String(name)) => name,
            _ => self.name(),
        }
    }

    fn add_dependents(&self, together: &Together<'_>, names: &mut BTreeSet<String>) {
        for _ in 0..4 {
            let dependent = together.all("dependentRequired").filter_map(Value::as_object).flatten();
            let asked: Vec<String> =
                dependent.filter(|(name, _)| names.contains(*name)).flat_map(|(_, asked)| strings([asked])).collect();
            names.extend(asked);
        }
    }

    fn places_of_member(&self, together: &Together<'_>, name: &str) -> Vec<String> {
        let mut places = Vec::new();
        for (place, _) in &together.places {
            let below = self.document.below(place);
            let before = places.len();
            places.extend(below.iter().filter_map(|below| {
                let applies = match &below.step {
                    Step::Member(key) => key == name,
                    Step::Matching(pattern) => self.matches(pattern, name),
                    _ => false,
                };
                applies.then(|| below.pointer.clone())
            }));
            if places.len() == before {
                let others = below.iter().filter(|below| below.step == Step::Others);
                places.extend(others.map(|below| below.pointer.clone()));
            }
        }
        places
    }
}

/// The strings of arrays of them.
fn strings<'a>(arrays: impl IntoIterator<Item = &'a Value>) -> impl Iterator<Item = String> {
    arrays.into_iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str).map(str::to_owned)
}
