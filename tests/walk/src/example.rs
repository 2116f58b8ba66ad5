//! What a call is made of: values for parameters and body, and what the server answers.

use std::collections::BTreeMap;

use codegen_oracle::document::Document;
use codegen_oracle::draw::{Draw, Members};
use codegen_oracle::oracle::{Oracle, Settings};
use codegen_oracle::random::Random;
use serde_json::Value;

use crate::document::{Offer, Operation, Place};
use crate::media::{self, Form};
use crate::wire::can_travel;

/// How many values are drawn in search of one that will do.
const ATTEMPTS: usize = 60;

/// One call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exchange {
    /// The parameters that are set, by place and name.
    pub(crate) parameters: BTreeMap<(Place, String), Value>,
    /// The body: its media type and value.
    pub(crate) body: Option<(String, Value)>,
    /// What the server answers.
    pub(crate) status: u16,
    pub(crate) answer: Option<(String, Value)>,
    /// Whether no valid answer was found, so that what the client makes of this one says nothing.
    pub(crate) is_answer_invalid: bool,
}

/// Which call of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    /// What is required, and no more.
    Required,
    /// Everything there is.
    All,
}

impl Variant {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Required => "required only",
            Self::All => "all set",
        }
    }

    fn members(self) -> Members {
        match self {
            Self::Required => Members::Required,
            Self::All => Members::All { levels: 2 },
        }
    }
}

/// The calls of an operation: both variants of each answer.
///
/// # Errors
/// What no value was found for.
pub(crate) fn calls(operation: &Operation, seed: u64) -> Result<Vec<(Variant, Exchange)>, String> {
    let mut found = Vec::new();
    for answer in &operation.answers {
        for variant in [Variant::Required, Variant::All] {
            let name = format!("{} {} {} {}", operation.method, operation.path, answer.status, variant.name());
            let mut random = Random::named(seed, &name);
            let mut exchange = request(operation, variant, &mut random)?;
            exchange.status = answer.status;
            // RFC 9110 §15.3.5 and §15.3.6: whatever the document says, there is nothing to read.
            let offered = media::preferred(&answer.offers).filter(|_| ![204, 205].contains(&answer.status));
            if let Some(Offer { media, schema }) = offered {
                let value = content(media, schema, variant, &mut random);
                exchange.is_answer_invalid = value.is_none();
                exchange.answer = Some((media.clone(), value.unwrap_or_default()));
            }
            found.push((variant, exchange));
        }
    }
    Ok(found)
}

/// What is sent in a call.
///
/// # Errors
/// What is required and no value was found for.
pub(crate) fn request(operation: &Operation, variant: Variant, random: &mut Random) -> Result<Exchange, String> {
    let mut exchange = Exchange { status: 200, ..Exchange::default() };
    for parameter in operation.parameters.iter().filter(|one| one.is_required || variant == Variant::All) {
        let value = sample(&parameter.schema, variant.members(), random, |value| can_travel(parameter, value));
        match value {
            Some(value) => {
                exchange.parameters.insert((parameter.place, parameter.name.clone()), value);
            }
            None if parameter.is_required => {
                return Err(format!(
                    "no value was drawn for the {} parameter `{}`",
                    parameter.place.name(),
                    parameter.name
                ));
            }
            // That an optional one can't be set is seen where it is asked about alone.
            None => {}
        }
    }
    let body = operation.body.as_ref().filter(|body| body.is_required || variant == Variant::All);
    if let Some(Offer { media, schema }) = body.and_then(|body| media::preferred(&body.offers)) {
        let value = content(media, schema, variant, random).ok_or("no valid body was drawn")?;
        exchange.body = Some((media.clone(), value));
    }
    Ok(exchange)
}

/// What is written in a media type: a value of the schema, two of them in a stream, a text where the schema says nothing of what is
/// written.
fn content(media: &str, schema: &Value, variant: Variant, random: &mut Random) -> Option<Value> {
    let form = Form::of(media);
    let mut drawn = || sample(schema, variant.members(), random, |value| form.holds(value));
    match form {
        form if form.is_stream() => [drawn(), drawn()].into_iter().collect(),
        form if form.has_schema() => drawn(),
        _ => drawn().filter(Value::is_string).or_else(|| Some(Value::from("a text, of which é is a letter"))),
    }
}

/// The settings of the validator: OpenAPI asserts formats.
pub(crate) fn settings() -> Settings {
    Settings { formats: true, remotes: None }
}

/// A value that is valid and suits.
fn sample(schema: &Value, members: Members, random: &mut Random, suits: impl Fn(&Value) -> bool) -> Option<Value> {
    let oracle = Oracle::new(schema, &settings()).ok()?;
    let document = Document::new(schema.clone());
    let mut draw = Draw::new(&document, Random::new(random.bits()));
    for attempt in 0..ATTEMPTS {
        // Where the plan does not work out, anything valid will do.
        draw.prefer(if attempt < ATTEMPTS / 2 { members } else { Members::Drawn });
        let value = draw.instance("");
        if suits(&value) && is_plain(&value) && oracle.accepts(&value) {
            return Some(value);
        }
    }
    None
}

/// Whether every number is one that `i64` and `f64` hold: the one exception of the promise.
pub(crate) fn is_plain(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_i64().is_some() || number.as_f64().is_some_and(|number| number.abs() < 1e15),
        Value::Array(items) => items.iter().all(is_plain),
        Value::Object(members) => members.values().all(is_plain),
        _ => true,
    }
}
