//! Paging: which operations are walked page by page, and what the items on a page are.

use crate::config::{Paging as Said, PagingStyle, place_of};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::ParameterPlace;
use crate::ir::{AnswerUse, Ir, Operation, Paging, Shape, Success, Ty, Use};
use crate::name::{self, Request};

/// Types in types in types: no answer is deeper on the way to its items, and one that holds itself would be without an end.
const DEEPEST: usize = 32;

/// Finds the operations that `client.paging` speaks of, and reports what does not fit them.
pub(super) fn find(ir: &mut Ir, said: &[Said], diagnostics: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    for said in said {
        let Some(index) = ir.operations.iter().position(|operation| is_called(operation, &said.operation)) else {
            let message = format!("`{}` in `client.paging` of codegen.toml matches no operation", said.operation);
            let help = "an entry is `group.method`, an `operationId`, or the JSON Pointer of an operation";
            let place = place_of(&said.operation);
            diagnostics.push(Diagnostic::error("unmatched-entry", message, place).help(help));
            continue;
        };
        let Some(operation) = ir.operations.get(index) else { continue };
        let mut wrong = wrong(operation, said);
        let item = items(ir, operation, &said.items);
        if item.is_none() {
            wrong.push(format!("its answer has no array at `{}`, and is none", said.items));
        }
        let place = Place::key(operation.location.file.clone(), operation.location.pointer.clone());
        diagnostics.extend(wrong.into_iter().map(|wrong| {
            let message = format!("this operation is not paged as `client.paging` of codegen.toml says: {wrong}");
            Diagnostic::error("paging", message, place.clone())
        }));
        found.extend(item.map(|item| (index, Paging { said: said.clone(), item })));
    }
    for (index, paging) in found {
        if let Some(operation) = ir.operations.get_mut(index) {
            operation.paging = Some(paging);
        }
    }
}

/// Whether an entry means an operation.
fn is_called(operation: &Operation, entry: &str) -> bool {
    let request = Request { method: &operation.method, path: &operation.path, called: &operation.called };
    operation.location.pointer == entry
        || operation.called.id.as_deref() == Some(entry)
        || name::of_request(request) == entry
}

/// What an operation lacks.
fn wrong(operation: &Operation, said: &Said) -> Vec<String> {
    let mut wrong = Vec::new();
    let has = |name: &String| {
        let is_there = |other: &&_| matches!(other, crate::ir::Parameter { place: ParameterPlace::Query, .. });
        operation.parameters.iter().filter(is_there).any(|parameter| parameter.name == *name)
    };
    let missing = [Some(&said.position), said.size.as_ref(), said.totals.as_ref()].into_iter().flatten();
    wrong.extend(missing.filter(|name| !has(name)).map(|name| format!("its query has no parameter `{name}`")));
    if said.style == PagingStyle::Checkpoint && said.next.is_none() {
        wrong.push("`next` has to say where the answer tells the checkpoint of the next page".to_owned());
    }
    let pointers =
        [Some(&said.items), said.total.as_ref(), said.start.as_ref(), said.length.as_ref(), said.next.as_ref()];
    let no_pointer = |pointer: &&String| !pointer.is_empty() && !pointer.starts_with('/');
    wrong.extend(pointers.into_iter().flatten().filter(no_pointer).map(|text| format!("`{text}` is no JSON Pointer")));
    wrong
}

/// The type of the items: those of the array at a pointer, or of an answer that is an array.
fn items(ir: &Ir, operation: &Operation, pointer: &str) -> Option<Use> {
    let Success::One(AnswerUse { value: Some(value), .. }) = &operation.success else { return None };
    let tokens: Vec<String> =
        pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
    element(ir, value, &tokens, DEEPEST).or_else(|| element(ir, value, &[], DEEPEST))
}

/// The element of the array that some tokens of a pointer lead to.
fn element(ir: &Ir, value: &Use, tokens: &[String], deepest: usize) -> Option<Use> {
    let deeper = deepest.checked_sub(1)?;
    match (&value.ty, tokens) {
        (Ty::List(item), []) => Some(Use { boxed: false, ..(**item).clone() }),
        (Ty::Map(inner), [_, rest @ ..]) => element(ir, inner, rest, deeper),
        (Ty::Named(id), _) => match (&ir.get(*id)?.shape, tokens) {
            (Shape::Alias(inner) | Shape::Newtype(inner), _) => element(ir, inner, tokens, deeper),
            (Shape::Union(union), _) => {
                union.variants.iter().find_map(|variant| element(ir, &variant.value, tokens, deeper))
            }
            (Shape::Struct(shape), [first, rest @ ..]) => element(ir, &shape.members.get(first)?.value, rest, deeper),
            _ => None,
        },
        _ => None,
    }
}
