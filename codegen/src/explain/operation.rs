//! Operations and parameters: what is called, sent and answered.

use super::{Explainer, Facts, check, ty};
use crate::document::{METHODS, ParameterPlace};
use crate::ir::{Operation, Paging, Parameter};
use crate::name::OperationNames;
use crate::source::pointer;

impl Explainer<'_> {
    /// An operation, generated or left out.
    pub(super) fn operation(&self) -> Option<Facts> {
        let all = self.plan.ir.operations.iter().zip(&self.plan.names.operations);
        let found = all.into_iter().find(|(operation, _)| operation.location == *self.at);
        match found {
            Some((operation, names)) => Some(self.generated(operation, names)),
            None => self.left_out(),
        }
    }

    fn generated(&self, operation: &Operation, names: &OperationNames) -> Facts {
        let mut facts = Facts::of("operation", &format!("{} {}", operation.method, operation.path));
        facts.add("call", call(operation, names));
        facts.add("group", format!("`{}`, after {}", names.group, names.why_group));
        facts.add("method", format!("`{}`, after {}", names.method, names.why_method));
        facts.add("Cargo feature", names.feature.clone());
        facts.add("generated in", format!("src/client/{}.rs", names.group));
        let parameters = operation.parameters.iter().zip(&names.parameters);
        facts.things("parameters", parameters.map(|(parameter, name)| self.of_parameter(parameter, name)).collect());
        facts.list("sends", self.sends(operation));
        facts.list("answers", self.answers(operation, names));
        facts.list("callbacks", self.callbacks(operation));
        facts.list("errors", operation.failures.keys().cloned().collect());
        facts.extend("pages", operation.paging.as_ref().map(|paging| self.pages(paging)));
        facts.extend(
            "may be done twice",
            operation.idempotent.then_some("yes, says `client.idempotent` of codegen.toml"),
        );
        facts.extend("deprecated", operation.docs.deprecated.then_some("yes"));
        facts
    }

    /// How an operation is walked.
    fn pages(&self, paging: &Paging) -> String {
        let item = ty::of_use(self.plan, &paging.item);
        format!("`.pages()` and `.items()`, of {item}, as `client.paging` of codegen.toml says")
    }

    /// An operation that nothing is generated from.
    fn left_out(&self) -> Option<Facts> {
        let tokens: Vec<String> = pointer::tokens(&self.at.pointer).map(|token| token.into_owned()).collect();
        let [home, path, method] = tokens.as_slice() else { return None };
        if home != "paths" || !METHODS.contains(&method.as_str()) {
            return None;
        }
        let method = method.to_uppercase();
        let mut facts = Facts::of("operation", &format!("{method} {path}"));
        let left_out = self.plan.left_out.iter().find(|one| one.method == method && one.path == *path);
        facts.add(
            "becomes",
            match left_out {
                Some(left_out) => format!("nothing: {}", left_out.reason),
                None => "nothing: it is not selected".to_owned(),
            },
        );
        Some(facts)
    }

    /// A parameter of one operation or of several.
    pub(super) fn parameter(&self) -> Option<Facts> {
        let all = self.plan.ir.operations.iter().zip(&self.plan.names.operations);
        let used: Vec<(&Parameter, &String, &OperationNames)> = all
            .flat_map(|(operation, names)| {
                let parameters = operation.parameters.iter().zip(&names.parameters);
                parameters.map(move |(parameter, name)| (parameter, name, names))
            })
            .filter(|(parameter, _, _)| parameter.location == *self.at)
            .collect();
        let (parameter, name, _) = used.first()?;
        let mut facts = self.of_parameter(parameter, name);
        facts
            .list("operations", used.iter().map(|(_, _, names)| format!("{}.{}", names.group, names.method)).collect());
        Some(facts)
    }

    fn of_parameter(&self, parameter: &Parameter, name: &str) -> Facts {
        let place = match parameter.place {
            ParameterPlace::Path => "path",
            ParameterPlace::Query => "query",
            ParameterPlace::Header => "header",
            ParameterPlace::Cookie => "cookie",
        };
        let mut facts = Facts::of("parameter", &parameter.name);
        facts.add("in", place);
        facts.add(if parameter.required { "argument" } else { "setter" }, name);
        facts.add("type", ty::of_use(self.plan, &parameter.value));
        facts.list("checks", check::of_use(&self.plan.ir, &parameter.value));
        facts.add("place", parameter.location.pointer.clone());
        facts
    }
}

/// `client.users().update(id, &body)`
fn call(operation: &Operation, names: &OperationNames) -> String {
    let required = operation.parameters.iter().zip(&names.parameters).filter(|(parameter, _)| parameter.required);
    let mut arguments: Vec<String> = required.map(|(_, name)| name.clone()).collect();
    arguments.extend(operation.takes_body().then(|| "&body".to_owned()));
    format!("client.{}().{}({})", names.group, names.method, arguments.join(", "))
}
