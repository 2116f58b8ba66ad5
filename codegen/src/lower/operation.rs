//! Operations: their parameters, bodies and answers as types.

use crate::config::{self, Token};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{self, ContentFormat, ParameterPlace, Security};
use crate::ir::{
    AnswerUse, BodyUse, Called, Docs, Event, Ir, Operation, Origin, Parameter, StatusAnswer, Success, Ty, Use,
};
use crate::schema::Location;

use super::{Lowering, modules};

impl Lowering<'_> {
    /// Everything but the types, which are collected on the way.
    pub(super) fn everything(&mut self) -> Ir {
        let mut ir = Ir::default();
        let bodies =
            self.documents.iter().flat_map(|document| &document.operations).filter_map(|one| one.body.as_ref());
        self.files = bodies.flat_map(|body| &body.files).filter_map(|file| self.schemas.find(file)).collect();
        for document in self.documents {
            let operations = document.operations.iter().enumerate();
            ir.operations.extend(operations.map(|(index, operation)| self.operation(index, operation)));
            if let Some(root) = &document.root {
                let root = self.root(document, root);
                self.roots.extend(root.map(|id| (document.file.clone(), id)));
            }
        }
        if let [document] = self.documents {
            ir.server = document.server.clone();
            ir.schemes = document.schemes.clone();
            ir.flows = document.flows.clone();
            ir.title = document.title.clone();
            ir.description = document.description.clone();
            ir.events = document.events.iter().map(|event| self.event(event)).collect();
        }
        for location in self.documents.iter().flat_map(|document| document.free(self.config)) {
            let value = self.place(location, &Origin::Named(modules::stem(&location.file)));
            ir.free.push(value);
        }
        self.check_token(&ir);
        ir.security = usual_security(&ir.operations);
        let demands = |security: &Security| !security.is_empty() && security.iter().all(|schemes| !schemes.is_empty());
        ir.secured = !ir.operations.is_empty() && ir.operations.iter().all(|operation| demands(&operation.security));
        ir.has_files = !self.files.is_empty();
        ir.error = match &self.config.client.error {
            Some(pointer) => self.error(pointer),
            None => self
                .documents
                .iter()
                .find_map(|document| document.failure.clone())
                .map(|location| self.place(&location, &Origin::Named("Error".to_owned()))),
        };
        if self.is_openapi {
            self.report_dynamic();
        }
        ir
    }

    /// Reports what codegen.toml says of tokens and the document knows nothing of.
    fn check_token(&mut self, ir: &Ir) {
        let Token { fields, scopes, basic } = &self.config.client.token;
        let mut unmatched = Vec::new();
        if ir.flows.is_empty() {
            let is_set = *basic || !fields.is_empty() || !scopes.is_empty();
            unmatched.extend(is_set.then_some(("client", "token", "matches no flow `clientCredentials`")));
        } else {
            let has = |scope: &&String| ir.flows.values().any(|flow| flow.scopes.contains(scope));
            let unknown = scopes.iter().filter(|scope| !has(scope));
            let problem = "is a scope of no flow `clientCredentials`";
            unmatched.extend(unknown.map(|scope| ("client.token.scopes", scope.as_str(), problem)));
            let has = |name: &str| ir.server.as_ref().is_some_and(|server| server.variables.contains_key(name));
            let unknown = fields.iter().filter(|(_, value)| !document::braced(value).all(has));
            let problem = "holds a variable of no server";
            unmatched.extend(unknown.map(|(name, _)| ("client.token.fields", name.as_str(), problem)));
        }
        for (section, entry, problem) in unmatched {
            let message = format!("`{entry}` in `{section}` of codegen.toml {problem} in the document");
            self.report(Diagnostic::error("unmatched-entry", message, config::place_of(section, entry)));
        }
    }

    fn place(&mut self, location: &Location, origin: &Origin) -> Use {
        match self.schemas.find(location) {
            Some(id) => self.lower(id, origin),
            None => Use::plain(Ty::Any),
        }
    }

    fn error(&mut self, pointer: &str) -> Option<Use> {
        let file = self.documents.first().map(|document| document.file.clone()).unwrap_or_default();
        let location = Location { file, pointer: pointer.to_owned() };
        if self.is_openapi && self.schemas.find(&location).is_some() {
            return Some(self.place(&location, &Origin::Named("Error".to_owned())));
        }
        let message = format!("`{pointer}` in `client.error` of codegen.toml is no schema of the document");
        self.report(Diagnostic::error("unmatched-entry", message, config::place_of_value("client", "error")));
        None
    }

    fn operation(&mut self, index: usize, operation: &document::Operation) -> Operation {
        let mut parameters: Vec<Parameter> =
            operation.parameters.iter().map(|parameter| self.parameter(index, parameter)).collect();
        // Stable: the path's order, then by place and name.
        parameters.sort_by_key(|parameter| !parameter.required);
        let body = operation.body.as_ref().map(|body| self.body(index, body));
        let (success, stream) = self.success(index, operation);
        Operation {
            location: operation.location.clone(),
            method: operation.method.clone(),
            path: operation.path.clone(),
            called: Called {
                group: operation.group.clone(),
                name: operation.name.clone(),
                tag: operation.tags.first().cloned(),
                id: operation.id.clone(),
            },
            docs: Docs {
                title: None,
                description: operation.description.clone(),
                default: None,
                deprecated: operation.deprecated,
            },
            summary: operation.summary.clone(),
            external_docs: operation.external_docs.clone(),
            parameters,
            body,
            success,
            stream,
            failures: operation
                .responses
                .iter()
                .filter(|(status, _)| !status.starts_with('2'))
                .map(|(status, text)| (status.clone(), text.clone()))
                .collect(),
            security: operation.security.clone(),
            server: operation.server.clone(),
            paging: None,
            idempotent: false,
        }
    }

    fn body(&mut self, index: usize, body: &document::Body) -> BodyUse {
        let value = match &body.schema {
            Some(schema) => self.place(schema, &Origin::Operation(index, "RequestBody".to_owned())),
            None => Use::plain(Ty::Any),
        };
        BodyUse {
            value,
            required: body.required,
            format: body.format.clone(),
            media_type: body.media_type.clone(),
            others: body.others.clone(),
        }
    }

    /// The good answer, and a stream that may be asked for instead.
    fn success(&mut self, index: usize, operation: &document::Operation) -> (Success, Option<AnswerUse>) {
        let answers = &operation.successes;
        let role = |status: &str| match answers.as_slice() {
            [_] => "Response".to_owned(),
            [first, ..] if first.status == status => "Response".to_owned(),
            _ => format!("{status} Response"),
        };
        let read: Vec<StatusAnswer> = answers
            .iter()
            .map(|answer| StatusAnswer {
                status: answer.status.clone(),
                description: answer.description.clone(),
                answer: self.answer(&answer.content, &Origin::Operation(index, role(&answer.status))),
            })
            .collect();
        let stream = answers.iter().find_map(|answer| answer.stream.clone());
        let stream = stream.map(|content| self.answer(&content, &Origin::Operation(index, "Event".to_owned())));
        let is_stream = |answer: &&StatusAnswer| {
            matches!(answer.answer.format, ContentFormat::Events | ContentFormat::Lines) && answers.len() > 1
        };
        let Some(first) = read.first() else { return (Success::One(AnswerUse::empty()), stream) };
        let shape = |one: &StatusAnswer| (one.answer.format, one.answer.value.clone());
        if read.iter().all(|other| shape(other) == shape(first)) {
            return (Success::One(first.answer.clone()), stream);
        }
        if let Some(stream) = read.iter().find(is_stream) {
            let message = "this operation is answered with a stream: nothing is generated from its other answers";
            let Location { file, pointer } = operation.location.clone();
            self.report(Diagnostic::warning("not-generated", message, Place::key(file, pointer)));
            return (Success::One(stream.answer.clone()), None);
        }
        (Success::Several(read), stream)
    }

    fn answer(&mut self, content: &document::Content, origin: &Origin) -> AnswerUse {
        let value = match &content.schema {
            Some(schema) => Some(self.place(schema, origin)),
            None => content.format.is_typed().then(|| Use::plain(Ty::Any)),
        };
        AnswerUse { format: content.format, value, media_types: content.media_types.clone() }
    }

    fn event(&mut self, event: &document::Event) -> Event {
        let docs = Docs {
            title: event.summary.clone(),
            description: event.description.clone(),
            deprecated: event.deprecated,
            ..Docs::default()
        };
        Event {
            location: event.location.clone(),
            name: event.name.clone(),
            is_callback: event.is_callback,
            docs,
            value: self.place(&event.schema, &Origin::Named(format!("{} payload", event.name))),
        }
    }

    fn parameter(&mut self, index: usize, parameter: &document::Parameter) -> Parameter {
        let origin = Origin::Operation(index, parameter.name.clone());
        let schema = parameter.schema.as_ref();
        let mut value = schema.map_or_else(|| Use::plain(Ty::String), |schema| self.place(schema, &origin));
        // A parameter that is absent is not sent; there is no `null` on this side of the wire.
        value.nullable = false;
        let noted = schema.and_then(|schema| self.schemas.find(schema)).map(|id| self.docs(&[id])).unwrap_or_default();
        Parameter {
            location: parameter.location.clone(),
            name: parameter.name.clone(),
            place: parameter.place,
            form: parameter.form,
            required: parameter.required || parameter.place == ParameterPlace::Path,
            value,
            docs: Docs {
                description: parameter.description.clone().or(noted.description),
                deprecated: parameter.deprecated || noted.deprecated,
                ..noted
            },
        }
    }
}

impl AnswerUse {
    /// An answer whose body does not matter.
    fn empty() -> Self {
        Self { format: ContentFormat::Empty, value: None, media_types: Vec::new() }
    }
}

/// What most operations demand, so that only the others have to say it; of several, what is met first.
fn usual_security(operations: &[Operation]) -> Security {
    let mut counts: Vec<(&Security, usize)> = Vec::new();
    for operation in operations {
        match counts.iter_mut().find(|(security, _)| *security == &operation.security) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => counts.push((&operation.security, 1)),
        }
    }
    counts.reverse();
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(security, _)| security.clone()).unwrap_or_default()
}
