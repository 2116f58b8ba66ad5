//! Which instances are asked about: of both verdicts, and such that every keyword is violated.

use serde_json::Value;

use crate::coverage::Coverage;
use crate::document::Document;
use crate::draw::Draw;
use crate::oracle::{Oracle, Settings};
use crate::random::Random;
use crate::tally::Tally;

/// How many instances are drawn in search of one with the verdict that is wanted.
const ATTEMPTS: usize = 40;
/// How many are drawn in search of one that violates a keyword.
const AIMS: usize = 12;

/// The instances of a schema, and what they are.
#[derive(Debug)]
pub struct Picked {
    /// The instances, with the oracle's verdict.
    pub instances: Vec<(Value, bool)>,
    /// What was counted.
    pub tally: Tally,
}

/// Picks instances of a schema.
///
/// # Errors
/// The oracle refuses the schema.
pub fn pick(schema: &Value, settings: &Settings, count: usize, random: Random) -> Result<Picked, String> {
    let oracle = Oracle::new(schema, settings)?;
    let document = Document::new(schema.clone());
    let mut coverage = Coverage::new(&document, settings);
    let mut draw = Draw::new(&document, random);
    let mut picked = Vec::new();
    for keyword in coverage.missing() {
        for _ in 0..AIMS {
            if !coverage.missing().contains(&keyword) {
                break;
            }
            let Some(value) = draw.aim(&coverage, keyword) else { continue };
            let before = coverage.missing().len();
            coverage.note(&value);
            if coverage.missing().len() < before {
                let verdict = oracle.accepts(&value);
                picked.push((value, verdict));
            }
        }
    }
    let is_one_sided = coverage.is_one_sided(settings);
    let most = count.max(picked.len()).saturating_mul(3);
    while picked.len() < count || !is_one_sided && is_unbalanced(&picked) && picked.len() < most {
        let accepted = picked.iter().filter(|(_, verdict)| *verdict).count();
        let wanted = accepted.saturating_mul(2) < picked.len() || picked.is_empty();
        let value = Search { draw: &mut draw, coverage: &coverage, picked: &picked }.find(&oracle, wanted);
        let verdict = oracle.accepts(&value);
        coverage.note(&value);
        picked.push((value, verdict));
    }
    let tally = Tally::of(&picked, &coverage, is_one_sided);
    Ok(Picked { instances: picked, tally })
}

/// Whether a verdict has less than a third of the instances: more than the quarter that is asked for.
fn is_unbalanced(picked: &[(Value, bool)]) -> bool {
    let accepted = picked.iter().filter(|(_, verdict)| *verdict).count();
    let refused = picked.len().saturating_sub(accepted);
    accepted.min(refused).saturating_mul(3) < picked.len()
}

/// What candidates are drawn from.
struct Search<'a, 'd> {
    draw: &'a mut Draw<'d>,
    coverage: &'a Coverage<'d>,
    picked: &'a [(Value, bool)],
}

impl Search<'_, '_> {
    /// An instance of a verdict, or, where none is found, the last one drawn.
    fn find(&mut self, oracle: &Oracle, wanted: bool) -> Value {
        let mut value = Value::Null;
        for _ in 0..ATTEMPTS {
            value = self.candidate(wanted);
            if oracle.accepts(&value) == wanted {
                return value;
            }
        }
        // What is known to be right, with what nobody asks about changed, when nothing else is.
        self.known(wanted).unwrap_or(value)
    }

    fn candidate(&mut self, wanted: bool) -> Value {
        match (wanted, self.draw.random.below(8)) {
            (true, 0..=3) | (false, 0) => self.draw.instance(""),
            (false, 1) => {
                let keyword = self.draw.random.below(self.coverage.keywords().len());
                self.draw.aim(self.coverage, keyword).unwrap_or_default()
            }
            (_, 7) => self.draw.anything(0),
            (wanted, way) => {
                // From the other side as well, since what is nearly right is what is easily taken for right.
                let known = self.known(wanted || way > 4);
                let mut value = known.unwrap_or_else(|| self.draw.instance(""));
                for _ in 0..self.draw.random.between(1, 2) {
                    self.draw.mutate(&mut value);
                }
                value
            }
        }
    }

    fn known(&mut self, wanted: bool) -> Option<Value> {
        let known: Vec<&Value> =
            self.picked.iter().filter(|(_, verdict)| *verdict == wanted).map(|(value, _)| value).collect();
        self.draw.random.pick(&known).map(|value| (*value).clone())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn picked(schema: Value) -> Picked {
        pick(&schema, &Settings::default(), 40, Random::new(11)).unwrap()
    }

    #[test]
    fn both_verdicts_and_every_keyword_are_there() {
        let schemas = [
            json!({"type": "string", "pattern": "^[a-z]{12}$"}),
            json!({"const": {"a": [1, {"b": null}]}}),
            json!({"not": {"type": ["string", "number", "object", "array", "boolean"]}}),
            json!({"properties": {"deep": {"properties": {"deeper": {"items": {"multipleOf": 7}}}}}}),
            json!({"oneOf": [{"minimum": 3}, {"maximum": 5}], "propertyNames": {"pattern": "^a"}}),
            json!({"if": {"properties": {"kind": {"const": "x"}}, "required": ["kind"]}, "then": {"required": ["a", "b"]}}),
            json!({"uniqueItems": true, "contains": {"const": 1}, "maxContains": 2, "minContains": 2}),
            json!({"properties": {"a": true}, "unevaluatedProperties": {"type": "integer", "maximum": 3}}),
        ];
        for schema in schemas {
            let Picked { instances, tally } = picked(schema.clone());
            let shortfalls = tally.shortfalls();
            assert!(shortfalls.is_empty(), "{schema}: {shortfalls:?}");
            assert!(instances.len() >= 40 && tally.violated == tally.keywords, "{schema}: {tally:?}");
        }
    }

    #[test]
    fn what_has_one_side_only_is_known() {
        for schema in [json!(true), json!(false), json!({"title": "t"}), json!({"not": {}})] {
            assert_eq!(picked(schema).tally.shortfalls(), [""; 0]);
        }
    }

    #[test]
    fn a_schema_that_hides_that_it_has_one_side_is_a_shortfall() {
        let schema = json!({"allOf": [{"type": "string"}, {"type": "number"}]});
        let shortfalls = picked(schema).tally.shortfalls();
        assert_eq!(shortfalls.len(), 1);
        assert!(shortfalls[0].contains("accepted: 0"), "{shortfalls:?}");
    }

    #[test]
    fn the_seed_decides() {
        let schema = json!({"properties": {"a": {"type": "string", "maxLength": 3}}});
        let texts =
            || -> Vec<String> { picked(schema.clone()).instances.iter().map(|(value, _)| value.to_string()).collect() };
        assert_eq!(texts(), texts());
    }
}
