//! What was drawn, counted: verdicts and violated keywords, for a schema and in total.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::coverage::Coverage;

/// The counts of one schema, or of several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Instances that the oracle accepts.
    pub accepted: usize,
    /// Instances that the oracle refuses.
    pub refused: usize,
    /// Keywords that can be violated.
    pub keywords: usize,
    /// Keywords that were.
    pub violated: usize,
    /// The places of those that were not.
    pub missing: Vec<String>,
    /// The places of those that cannot be asked alone, and are not counted.
    pub unprobed: Vec<String>,
    /// Whether only one verdict is possible, as the schema shows.
    pub is_one_sided: bool,
}

impl Tally {
    /// Counts what was drawn of a schema.
    pub fn of(instances: &[(Value, bool)], coverage: &Coverage<'_>, is_one_sided: bool) -> Self {
        let accepted = instances.iter().filter(|(_, verdict)| *verdict).count();
        let keywords = coverage.keywords();
        let missing: Vec<String> =
            coverage.missing().into_iter().filter_map(|index| Some(keywords.get(index)?.pointer())).collect();
        Self {
            accepted,
            refused: instances.len().saturating_sub(accepted),
            keywords: keywords.len(),
            violated: keywords.len().saturating_sub(missing.len()),
            missing,
            unprobed: coverage.unprobed().to_vec(),
            is_one_sided,
        }
    }

    /// Adds what was counted of another schema, but for the places.
    pub fn add(&mut self, other: &Self) {
        self.accepted = self.accepted.saturating_add(other.accepted);
        self.refused = self.refused.saturating_add(other.refused);
        self.keywords = self.keywords.saturating_add(other.keywords);
        self.violated = self.violated.saturating_add(other.violated);
    }

    /// What is missing so that the instances are a proof of anything.
    pub fn shortfalls(&self) -> Vec<String> {
        let Self { accepted, refused, .. } = self;
        let mut found = Vec::new();
        let asked = accepted.saturating_add(*refused);
        if !self.is_one_sided && accepted.min(refused).saturating_mul(4) < asked {
            found.push(format!("less than a quarter of a verdict: accepted: {accepted}, refused: {refused}"));
        }
        found.extend(self.missing.iter().map(|place| format!("never violated: {place}")));
        found
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::document::Document;
    use crate::oracle::Settings;

    fn tally(instances: &[(Value, bool)]) -> Tally {
        let document = Document::new(json!({"minimum": 3, "maximum": 5}));
        let mut coverage = Coverage::new(&document, &Settings::default());
        instances.iter().for_each(|(instance, _)| coverage.note(instance));
        Tally::of(instances, &coverage, false)
    }

    #[test]
    fn verdicts_and_keywords_are_counted() {
        let one = tally(&[(json!(4), true), (json!(2), false), (json!(1), false)]);
        assert_eq!((one.accepted, one.refused, one.keywords, one.violated), (1, 2, 2, 1));
        assert_eq!(one.shortfalls(), ["never violated: /maximum"]);
        let mut sum = Tally::default();
        sum.add(&one);
        sum.add(&one);
        assert_eq!((sum.accepted, sum.refused, sum.keywords, sum.violated), (2, 4, 4, 2));
    }

    #[test]
    fn a_quarter_is_enough_and_less_is_not() {
        let (yes, no) = ((json!(4), true), (json!(9), false));
        let low = (json!(0), false);
        assert_eq!(tally(&[yes.clone(), no.clone(), low.clone(), no.clone()]).shortfalls(), [""; 0]);
        let few = tally(&[yes, no.clone(), low, no.clone(), no]);
        assert_eq!(few.shortfalls(), ["less than a quarter of a verdict: accepted: 1, refused: 4"]);
    }
}
