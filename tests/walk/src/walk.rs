//! Walking: every operation is called with what the document allows, and has to bring back what the server answered.

use codegen_oracle::fuzz::is_equal;
use serde_json::Value;

use crate::document::Operation;
use crate::example::{Exchange, Variant, calls};
use crate::given::Outcome;
use crate::{Called, Driver, Report};

/// Calls an operation in every variant.
pub(crate) fn walk(driver: &Driver, index: usize, operation: &Operation) -> Report {
    let calls = match calls(operation, driver.seed) {
        Ok(calls) => calls,
        Err(why) => return Report { shortfalls: vec![why], ..Report::default() },
    };
    let mut report = Report::default();
    for (variant, exchange) in calls {
        let called = driver.call(index, operation, &exchange, true);
        if let Outcome::Missing(why) = called.outcome {
            report.missing = Some(why);
            break;
        }
        report.asked = report.asked.saturating_add(1);
        if exchange.is_answer_invalid {
            report.remarks.push(format!("({}, {}) no valid answer was drawn", exchange.status, variant.name()));
        }
        report.wrong.extend(complaints(called, variant, &exchange));
    }
    report
}

fn complaints(called: Called, variant: Variant, exchange: &Exchange) -> Vec<String> {
    let Called { outcome, arrived, wrong } = called;
    let mut found = wrong;
    match outcome {
        // Whatever it makes of that.
        Outcome::Answered(_) | Outcome::Failed(_) if exchange.is_answer_invalid => {}
        Outcome::Answered(value) => {
            let sent = exchange.answer.as_ref().map_or(&Value::Null, |(_, value)| value);
            if !is_equal(&value, sent) {
                found.push(difference(sent, &value));
            }
        }
        Outcome::Refused(why) => found.push(format!("valid values are refused: {}", why.replace('\n', "; "))),
        Outcome::Failed(why) | Outcome::Missing(why) => found.push(why),
    }
    if !arrived && found.is_empty() {
        found.push("no request arrived".to_owned());
    }
    let at = format!("{}, {}", exchange.status, variant.name());
    found.into_iter().map(|what| format!("({at}) {what}")).collect()
}

/// Where an answer differs from what was sent, by the first place.
fn difference(sent: &Value, got: &Value) -> String {
    let (mut sent, mut got, mut place) = (sent, got, String::new());
    loop {
        let next = match (sent, got) {
            (Value::Object(one), Value::Object(other)) if one.keys().eq(other.keys()) => one
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), value, other.get(key)?)))
                .find(|(_, value, other)| !is_equal(value, other)),
            (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
                let pairs = one.iter().zip(other).enumerate();
                let mut named = pairs.map(|(index, (value, other))| (index.to_string(), value, other));
                named.find(|(_, value, other)| !is_equal(value, other))
            }
            _ => None,
        };
        let Some((key, one, other)) = next else { break };
        place.push_str(&format!("/{key}"));
        (sent, got) = (one, other);
    }
    format!("the answer is another at `{place}`: sent {}, encoded again {}", short(sent), short(got))
}

/// The start of a value, which is all of it most often.
pub(crate) fn short(value: &Value) -> String {
    let text = value.to_string();
    let start: String = text.chars().take(300).collect();
    if start.len() < text.len() { format!("{start}… ({} bytes)", text.len()) } else { start }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn exchange(answer: Value) -> Exchange {
        let answer = Some(("application/json".to_owned(), answer));
        Exchange { status: 200, answer, ..Exchange::default() }
    }

    #[test]
    fn an_answer_that_changed_is_told_by_its_place() {
        let about = |outcome| {
            complaints(
                Called { outcome, arrived: true, wrong: Vec::new() },
                Variant::All,
                &exchange(json!({"a": [1, {"b": 2}]})),
            )
        };
        assert_eq!(about(Outcome::Answered(json!({"a": [1.0, {"b": 2}]}))), [""; 0]);
        assert_eq!(
            about(Outcome::Answered(json!({"a": [1, {}]}))),
            ["(200, all set) the answer is another at `/a/1`: sent {\"b\":2}, encoded again {}"]
        );
        assert_eq!(about(Outcome::Refused("x".to_owned())), ["(200, all set) valid values are refused: x"]);
    }

    #[test]
    fn an_answer_without_a_request_is_wrong() {
        let called = Called { outcome: Outcome::Answered(json!(1)), arrived: false, wrong: Vec::new() };
        assert_eq!(
            complaints(called, Variant::Required, &exchange(json!(1))),
            ["(200, required only) no request arrived"]
        );
    }
}
