//! Request schemas: the client has to send what the validator accepts, and to refuse what it refuses.

use codegen_oracle::pick::pick;
use codegen_oracle::random::Random;
use codegen_oracle::shrink::shrink;
use serde_json::Value;

use crate::document::{Operation, Parameter};
use crate::example::{Exchange, Variant, is_plain, request, settings};
use crate::given::Outcome;
use crate::media::{Form, preferred};
use crate::walk::short;
use crate::wire::can_travel;
use crate::{Driver, Report};

/// How many disagreements about one schema are made small: those that follow are mostly the same.
const SHRUNK: usize = 2;

/// What of a request is asked about.
#[derive(Clone, Copy)]
enum Part<'o> {
    Parameter(&'o Parameter),
    Body(&'o str),
}

impl Part<'_> {
    fn name(self) -> String {
        match self {
            Self::Parameter(parameter) => format!("{} `{}`", parameter.place.name(), parameter.name),
            Self::Body(media) => format!("body `{media}`"),
        }
    }

    /// Whether the validator alone decides about an instance.
    fn is_decided_by_schema(self, instance: &Value) -> bool {
        is_plain(instance)
            && !has_line_end(instance)
            && match self {
                Self::Parameter(parameter) => can_travel(parameter, instance),
                Self::Body(media) => Form::of(media).holds(instance),
            }
    }

    fn set(self, exchange: &mut Exchange, value: Value) {
        match self {
            Self::Parameter(parameter) => {
                exchange.parameters.insert((parameter.place, parameter.name.clone()), value);
            }
            Self::Body(media) => exchange.body = Some((media.to_owned(), value)),
        }
    }
}

/// Asks about every parameter and the body of an operation.
pub(crate) fn ask(driver: &Driver, index: usize, operation: &Operation, count: usize) -> Report {
    let name = format!("{} {}", operation.method, operation.path);
    let around = match request(operation, Variant::Required, &mut Random::named(driver.seed, &name)) {
        Ok(exchange) => Exchange { status: 204, ..exchange },
        Err(why) => return Report { shortfalls: vec![why], ..Report::default() },
    };
    let mut parts: Vec<(Part<'_>, &Value)> =
        operation.parameters.iter().map(|parameter| (Part::Parameter(parameter), &parameter.schema)).collect();
    let offer = operation.body.as_ref().and_then(|body| preferred(&body.offers));
    parts.extend(
        offer
            .filter(|offer| Form::of(&offer.media) == Form::Json)
            .map(|offer| (Part::Body(&offer.media), &offer.schema)),
    );
    let mut report = Report::default();
    for (part, schema) in parts {
        let asking = Asking { driver, index, operation, around: &around, part };
        let random = Random::named(driver.seed, &format!("{name} {}", part.name()));
        asking.about(schema, count, random, &mut report);
        if report.missing.is_some() {
            break;
        }
    }
    report
}

struct Asking<'a> {
    driver: &'a Driver,
    index: usize,
    operation: &'a Operation,
    /// The rest of the request.
    around: &'a Exchange,
    part: Part<'a>,
}

impl Asking<'_> {
    fn about(&self, schema: &Value, count: usize, random: Random, report: &mut Report) {
        let what = self.part.name();
        let picked = match pick(schema, &settings(), count, random) {
            Ok(picked) => picked,
            Err(why) => return report.shortfalls.push(format!("{what}: the validator refuses the schema: {why}")),
        };
        report.shortfalls.extend(picked.tally.shortfalls().into_iter().map(|shortfall| format!("{what}: {shortfall}")));
        let Ok(oracle) = codegen_oracle::oracle::Oracle::new(schema, &settings()) else { return };
        let mut shrunk = 0;
        for (instance, valid) in picked.instances {
            if !self.part.is_decided_by_schema(&instance) {
                continue;
            }
            let count = if valid { &mut report.verdicts.0 } else { &mut report.verdicts.1 };
            *count = count.saturating_add(1);
            report.asked = report.asked.saturating_add(1);
            match self.wrong(&instance, valid) {
                Wrong::Nothing => {}
                Wrong::NotCallable(why) => {
                    report.missing = Some(why);
                    return;
                }
                Wrong::Found(found) if shrunk < SHRUNK => {
                    shrunk = shrunk.saturating_add(1);
                    let smallest = shrink(&instance, &mut |smaller| {
                        self.part.is_decided_by_schema(smaller)
                            && oracle.accepts(smaller) == valid
                            && matches!(self.wrong(smaller, valid), Wrong::Found(_))
                    });
                    let found = match self.wrong(&smallest, valid) {
                        Wrong::Found(found) => found,
                        _ => found,
                    };
                    let verdict = if valid { "valid" } else { "invalid" };
                    report.wrong.push(format!("{what}: {} is {verdict}: {found}", short(&smallest)));
                }
                Wrong::Found(_) => {}
            }
        }
    }

    fn wrong(&self, instance: &Value, valid: bool) -> Wrong {
        let mut exchange = self.around.clone();
        self.part.set(&mut exchange, instance.clone());
        let called = self.driver.call(self.index, self.operation, &exchange, false);
        match called.outcome {
            Outcome::Missing(why) => Wrong::NotCallable(why),
            Outcome::Refused(why) if valid => Wrong::Found(format!("refused: {}", why.replace('\n', "; "))),
            _ if called.arrived && !valid => Wrong::Found("sent".to_owned()),
            _ if called.arrived && !called.wrong.is_empty() => Wrong::Found(called.wrong.join("; ")),
            Outcome::Failed(why) if !called.arrived => Wrong::Found(why),
            _ => Wrong::Nothing,
        }
    }
}

/// Whether a string holds what `.` of ECMA-262 does not match, and that of the validator's engine does.
fn has_line_end(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(['\r', '\u{2028}', '\u{2029}']),
        Value::Array(items) => items.iter().any(has_line_end),
        Value::Object(members) => members.values().any(has_line_end),
        _ => false,
    }
}

/// What is wrong with a verdict.
enum Wrong {
    Nothing,
    Found(String),
    NotCallable(String),
}
