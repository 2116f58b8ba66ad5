//! Operations: what they send, and what they are answered with.

use std::collections::BTreeMap;

use super::{Docs, Use};
use crate::config;
use crate::document::{BodyFormat, ContentFormat, Form, ParameterPlace, Security, Server};
use crate::schema::Location;

/// One operation of the client.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub location: Location,
    /// `GET`
    pub method: String,
    /// The path template.
    pub path: String,
    /// What it is to be called after.
    pub called: Called,
    /// What people are told.
    pub docs: Docs,
    /// The first line of what people are told.
    pub summary: Option<String>,
    /// Where people are told more.
    pub external_docs: Option<String>,
    /// The parameters, required ones first.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<BodyUse>,
    /// The good answer.
    pub success: Success,
    /// The stream that may be asked for instead.
    pub stream: Option<AnswerUse>,
    /// Statuses of failures and what they mean.
    pub failures: BTreeMap<String, Option<String>>,
    /// Which schemes it demands.
    pub security: Security,
    /// Its own server.
    pub server: Option<Server>,
    /// How it is walked page by page.
    pub paging: Option<Paging>,
    /// Whether it is known to do no harm when it is done twice, whatever its method.
    pub idempotent: bool,
}

/// How an operation is walked page by page.
#[derive(Clone, Debug)]
pub struct Paging {
    /// What a person has said of it.
    pub said: config::Paging,
    /// The type of the items.
    pub item: Use,
}

/// What the document says of the name of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// `x-operation-group`; the names of groups in groups with a full stop between.
    pub group: Option<String>,
    /// `x-operation-name`
    pub name: Option<String>,
    /// The first of `tags`.
    pub tag: Option<String>,
    /// `operationId`
    pub id: Option<String>,
}

/// The body of an operation.
#[derive(Clone, Debug)]
pub struct BodyUse {
    /// Its type; of no matter for text and bytes.
    pub value: Use,
    /// Whether it must be sent.
    pub required: bool,
    /// How it is written.
    pub format: BodyFormat,
    /// What it is called.
    pub media_type: String,
    /// The other media types in which it may be sent, as bytes.
    pub others: Vec<String>,
}

/// What an operation is answered with where it succeeds.
#[derive(Clone, Debug)]
pub enum Success {
    /// The same, whatever the status.
    One(AnswerUse),
    /// What the status says, by which they are sorted.
    Several(Vec<StatusAnswer>),
}

/// A good answer by its status.
#[derive(Clone, Debug)]
pub struct StatusAnswer {
    /// `200`, or `2XX`.
    pub status: String,
    /// What people are told.
    pub description: Option<String>,
    /// What it is.
    pub answer: AnswerUse,
}

/// What a good answer is.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerUse {
    /// How it is read.
    pub format: ContentFormat,
    /// The type of the answer or, of a stream, of its items.
    pub value: Option<Use>,
    /// The media types that are asked for.
    pub media_types: Vec<String>,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it stands.
    pub location: Location,
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub place: ParameterPlace,
    /// How it is written.
    pub form: Form,
    /// Whether it must be given.
    pub required: bool,
    /// Its type and checks.
    pub value: Use,
    /// What people are told.
    pub docs: Docs,
}

/// A request that the API makes: a webhook or a callback.
#[derive(Clone, Debug)]
pub struct Event {
    /// Where its operation stands.
    pub location: Location,
    /// What it is called.
    pub name: String,
    /// Whether it is a callback of an operation.
    pub is_callback: bool,
    /// What people are told.
    pub docs: Docs,
    /// The type of what it sends.
    pub value: Use,
}

impl Operation {
    /// What a request holds: the parameters and the body.
    pub fn sent(&self) -> impl Iterator<Item = &Use> {
        self.parameters.iter().map(|parameter| &parameter.value).chain(self.sent_bodies())
    }

    /// What a request holds, to change.
    pub(crate) fn sent_mut(&mut self) -> impl Iterator<Item = &mut Use> {
        let parameters = self.parameters.iter_mut().map(|parameter| &mut parameter.value);
        parameters.chain(self.body.iter_mut().map(|body| &mut body.value))
    }

    /// The bodies that a request may have.
    pub fn sent_bodies(&self) -> impl Iterator<Item = &Use> {
        self.body.iter().map(|body| &body.value)
    }

    /// What good answers hold.
    pub fn received(&self) -> impl Iterator<Item = &Use> {
        self.answers().chain(&self.stream).filter_map(|answer| answer.value.as_ref())
    }

    /// Whether a body is an argument of the method.
    #[must_use]
    pub fn takes_body(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.required)
    }

    /// Every good answer, but for a stream that may be asked for instead.
    pub fn answers(&self) -> impl Iterator<Item = &AnswerUse> {
        let (one, several) = match &self.success {
            Success::One(answer) => (Some(answer), [].as_slice()),
            Success::Several(answers) => (None, answers.as_slice()),
        };
        one.into_iter().chain(several.iter().map(|several| &several.answer))
    }
}
