//! Numbers: at limits, between them, and those that are hard.

use serde_json::{Number, Value};

use super::{Draw, Together};
use crate::random::Random;

/// What programs get wrong: the ends of integer types and of what doubles hold exactly, fractions that are none, exponents.
const SPECIAL: [&str; 18] = [
    "0",
    "-0",
    "-0.0",
    "1.0",
    "-1",
    "0.5",
    "1e2",
    "1E-2",
    "100.0",
    "255",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483649",
    "4294967296",
    "9007199254740991",
    "1e15",
    "0.1",
];

/// What only integers hold: `number` is `f64`, which is an exception that the promise names.
const BEYOND_DOUBLES: [&str; 4] =
    ["9007199254740993", "-9007199254740993", "9223372036854775807", "-9223372036854775808"];

/// One of the hard numbers.
pub(crate) fn special(random: &mut Random) -> Value {
    random.pick(&SPECIAL).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// A number as JSON: without a fraction where it has none and an integer holds it.
pub(crate) fn json(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        Value::from(number as i64)
    } else {
        Number::from_f64(number).map_or(Value::Null, Value::Number)
    }
}

impl Draw<'_> {
    /// A number within the limits, most often at one of them.
    pub(super) fn number(&mut self, together: &Together<'_>, is_integer: bool) -> Value {
        let step = together.greatest("multipleOf").filter(|step| *step > 0.0);
        let unit = step.unwrap_or(1.0);
        let nudge = if is_integer || step.is_some() { unit } else { 0.5 };
        let beyond = |keyword, nudge: f64, end: Option<f64>| end.map(|end: f64| (end + nudge, keyword));
        let least = [
            beyond("minimum", 0.0, together.greatest("minimum")),
            beyond("exclusiveMinimum", nudge, together.greatest("exclusiveMinimum")),
        ];
        let most = [
            beyond("maximum", 0.0, together.least("maximum")),
            beyond("exclusiveMaximum", -nudge, together.least("exclusiveMaximum")),
        ];
        let least = least.into_iter().flatten().map(|(end, _)| end).max_by(f64::total_cmp);
        let most = most.into_iter().flatten().map(|(end, _)| end).min_by(f64::total_cmp);
        let is_free = least.is_none() && most.is_none() && step.is_none();
        if is_free && !self.is_careful() && self.random.one_in(3) {
            let numbers =
                if is_only_integer(together) && self.random.one_in(3) { &BEYOND_DOUBLES[..] } else { &SPECIAL };
            return self.random.pick(numbers).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        }
        let low = least.or(most.map(|most| most - 20.0 * unit)).unwrap_or(-10.0 * unit);
        let high = most.unwrap_or(low + 20.0 * unit);
        let drawn = match self.random.below(4) {
            0 => low,
            1 => high,
            _ => low + (high - low) * (self.random.below(1000) as f64 / 1000.0),
        };
        let stepped = match (step, is_integer) {
            (Some(step), _) => {
                let whole = (drawn / step).floor() * step;
                if whole < low { (drawn / step).ceil() * step } else { whole }
            }
            (None, true) => {
                if drawn.floor() < low {
                    drawn.ceil()
                } else {
                    drawn.floor()
                }
            }
            (None, false) => drawn,
        };
        // As people write it, not as the float is: 0.07, not 0.07000000000000001.
        let rounded = (stepped * 1e9).round() / 1e9;
        let stepped = if stepped.abs() > 1e6 || (rounded - stepped).abs() > 1e-12 { stepped } else { rounded };
        if stepped.fract() == 0.0 && self.random.one_in(8) {
            return Number::from_f64(stepped).map_or(Value::Null, Value::Number);
        }
        json(stepped)
    }
}

/// Whether a `type` allows integers and no other numbers.
fn is_only_integer(together: &Together<'_>) -> bool {
    let has = |types: &Value, kind: &str| {
        types == kind || types.as_array().is_some_and(|types| types.iter().any(|one| one == kind))
    };
    together.all("type").any(|types| has(types, "integer") && !has(types, "number"))
}
