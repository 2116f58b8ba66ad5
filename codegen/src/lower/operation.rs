//! Operations: their parameters, bodies and answers as types.

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::document::{self, ParameterPlace};
use crate::ir::{BodyUse, Called, Docs, Ir, Operation, Origin, Parameter, Ty, Use};
use crate::schema::Location;

use super::Lowering;

impl Lowering<'_> {
    /// Everything but the types, which are collected on the way.
    pub(super) fn everything(&mut self) -> Ir {
        let mut ir = Ir::default();
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
            ir.secured = document.secured;
            ir.title = document.title.clone();
            ir.description = document.description.clone();
        }
        let error = self.config.client.error.clone();
        ir.error = error.and_then(|pointer| self.error(&pointer));
        if self.is_openapi {
            self.report_dynamic();
        }
        ir
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
        self.report(Diagnostic::error("unmatched-entry", message, config::place_of(pointer)));
        None
    }

    fn operation(&mut self, index: usize, operation: &document::Operation) -> Operation {
        let mut parameters: Vec<Parameter> =
            operation.parameters.iter().map(|parameter| self.parameter(index, parameter)).collect();
        // Stable: the path's order, then by place and name.
        parameters.sort_by_key(|parameter| !parameter.required);
        let body = operation.body.as_ref().map(|body| BodyUse {
            value: self.place(&body.schema, &Origin::Operation(index, "RequestBody".to_owned())),
            required: body.required,
        });
        let success = operation
            .success
            .as_ref()
            .map(|success| self.place(success, &Origin::Operation(index, "Response".to_owned())));
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
            parameters,
            body,
            success,
            failures: operation
                .responses
                .iter()
                .filter(|(status, _)| !status.starts_with('2'))
                .map(|(status, text)| (status.clone(), text.clone()))
                .collect(),
        }
    }

    fn parameter(&mut self, index: usize, parameter: &document::Parameter) -> Parameter {
        let origin = Origin::Operation(index, parameter.name.clone());
        let mut value = self.place(&parameter.schema, &origin);
        // A parameter that is absent is not sent; there is no `null` on this side of the wire.
        value.nullable = false;
        let noted = self.schemas.find(&parameter.schema).map(|id| self.docs(&[id])).unwrap_or_default();
        Parameter {
            location: parameter.location.clone(),
            name: parameter.name.clone(),
            place: parameter.place,
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
