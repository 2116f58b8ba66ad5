//! What an operation sends, what it is answered with, and what the API sends by itself.

use super::{Explainer, Facts, ty};
use crate::document::{BodyFormat, ContentFormat};
use crate::ir::{AnswerUse, BodyUse, Event, Operation, Success};
use crate::name::OperationNames;
use crate::source::pointer;

impl Explainer<'_> {
    /// A line for the body, which names its media types.
    pub(super) fn sends(&self, operation: &Operation) -> Vec<String> {
        operation.body.iter().map(|body| self.body(body)).collect()
    }

    fn body(&self, body: &BodyUse) -> String {
        let value = match body.format {
            BodyFormat::Json | BodyFormat::Form(_) | BodyFormat::Multipart(_) => ty::of_use(self.plan, &body.value),
            BodyFormat::Text | BodyFormat::Bytes => "bytes as they are".to_owned(),
        };
        let optional = if body.required { "" } else { ", which may be left out" };
        let others = match body.others.as_slice() {
            [] => String::new(),
            others => format!("; as bytes also {}", others.join(", ")),
        };
        format!("{value}, as {}{optional}{others}", body.media_type)
    }

    /// A line for each good answer: its status and variant where there are several.
    pub(super) fn answers(&self, operation: &Operation, names: &OperationNames) -> Vec<String> {
        let mut lines = match &operation.success {
            Success::One(answer) => vec![self.answer_use(answer)],
            Success::Several(answers) => {
                let variants = answers.iter().zip(&names.answers);
                let line = |status: &str, variant: &str, answer: &AnswerUse| {
                    format!("{status}: {}::{variant}, {}", names.answer, self.answer_use(answer))
                };
                variants.map(|(one, variant)| line(&one.status, variant, &one.answer)).collect()
            }
        };
        lines.extend(operation.stream.iter().map(|stream| format!("`stream()`: {}", self.answer_use(stream))));
        lines
    }

    fn answer_use(&self, answer: &AnswerUse) -> String {
        let value = || answer.value.as_ref().map_or_else(|| "Value".to_owned(), |value| ty::of_use(self.plan, value));
        let what = match answer.format {
            ContentFormat::Empty => return "a body that is not read".to_owned(),
            ContentFormat::Json => value(),
            ContentFormat::Text => "String".to_owned(),
            ContentFormat::Bytes => "bytes".to_owned(),
            ContentFormat::Events => format!("a stream of events, each {}", value()),
            ContentFormat::Lines => format!("a stream of lines, each {}", value()),
        };
        if answer.media_types.is_empty() { what } else { format!("{what}, as {}", answer.media_types.join(", ")) }
    }

    /// A webhook or a callback.
    pub(super) fn event(&self) -> Option<Facts> {
        let all = self.plan.ir.events.iter().zip(&self.plan.names.events);
        let (event, name) = all.into_iter().find(|(event, _)| event.location == *self.at)?;
        let mut facts = Facts::of(if event.is_callback { "callback" } else { "webhook" }, &event.name);
        facts.add("becomes", format!("`webhooks::{name}`, the type of what it sends"));
        facts.add("type", ty::of_use(self.plan, &event.value));
        facts.add("generated in", "src/webhooks.rs");
        Some(facts)
    }

    /// The types of what the API calls back for an operation.
    pub(super) fn callbacks(&self, operation: &Operation) -> Vec<String> {
        let inside = pointer::child(&operation.location.pointer, "callbacks") + "/";
        let all = self.plan.ir.events.iter().zip(&self.plan.names.events);
        let of_operation = |event: &Event| {
            event.location.file == operation.location.file && event.location.pointer.starts_with(&inside)
        };
        let own = all.filter(|(event, _)| of_operation(event));
        own.map(|(event, name)| format!("{}: `webhooks::{name}`", event.name)).collect()
    }
}
