//! Paging: whether an operation is paged as `codegen.toml` says, and what the items on a page are.

use std::borrow::Cow;

use crate::config::{Paging as Said, PagingStyle, place_of};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::ParameterPlace;
use crate::ir::{AnswerUse, Ir, Operation, Paging, Shape, Success, Ty, Use};
use crate::source::pointer;

/// Types in types in types: no answer is deeper on the way to its items, and one that holds itself would be without an end.
const DEEPEST: usize = 32;

/// Tells an operation how it is paged, or reports why it is not.
pub(super) fn apply(ir: &mut Ir, index: usize, said: &Said, diagnostics: &mut Vec<Diagnostic>) {
    let Some(operation) = ir.operations.get(index) else { return };
    let item = items(ir, operation, &said.items);
    let mut wrong = wrong(operation, said);
    if item.is_none() {
        let answer = if said.items.is_empty() { "its answer is no array" } else { "its answer has no array there" };
        wrong.push(Wrong::new(non_empty(&said.items).unwrap_or(&said.operation), answer));
    }
    let place = Place::key(operation.location.file.clone(), operation.location.pointer.clone());
    diagnostics.extend(wrong.into_iter().map(|Wrong { entry, why }| {
        let message = format!("`client.paging` of codegen.toml does not fit `{}`: {why}", said.operation);
        Diagnostic::error("paging", message, place_of(entry)).also(place.clone().label("this operation"))
    }));
    if let (Some(item), Some(operation)) = (item, ir.operations.get_mut(index)) {
        operation.paging = Some(Paging { said: said.clone(), item });
    }
}

/// What of an entry does not fit, and why.
struct Wrong<'s> {
    entry: &'s str,
    why: String,
}

impl<'s> Wrong<'s> {
    fn new(entry: &'s str, why: impl Into<String>) -> Self {
        Self { entry, why: why.into() }
    }
}

fn non_empty(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// What does not fit an operation, but for its answer.
fn wrong<'s>(operation: &Operation, said: &'s Said) -> Vec<Wrong<'s>> {
    let mut wrong = Vec::new();
    if operation.paging.is_some() {
        wrong.push(Wrong::new(&said.operation, "another entry says already how it is paged"));
    }
    let in_query = operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query);
    let has = |name: &str| in_query.clone().any(|parameter| parameter.name == name);
    let parameters = [Some(&said.position), said.size.as_ref(), said.totals.as_ref()];
    let missing = parameters.into_iter().flatten().filter(|name| !has(name));
    wrong.extend(missing.map(|name| Wrong::new(name, format!("its query has no parameter `{name}`"))));
    let pointers =
        [Some(&said.items), said.total.as_ref(), said.start.as_ref(), said.length.as_ref(), said.next.as_ref()];
    let no_pointers = pointers.into_iter().flatten().filter(|text| !pointer::is_pointer(text));
    wrong.extend(no_pointers.map(|text| Wrong::new(text, format!("`{text}` is no JSON Pointer"))));
    wrong.extend(senseless(said).into_iter().map(|why| Wrong::new(&said.operation, why)));
    wrong
}

/// What an entry says, or fails to say, whatever the operation.
fn senseless(said: &Said) -> Vec<&'static str> {
    let mut senseless = Vec::new();
    let is_checkpoint = said.style == PagingStyle::Checkpoint;
    if is_checkpoint && said.next.is_none() {
        senseless.push("`next` has to say where an answer tells the checkpoint of the next page");
    }
    if !is_checkpoint && said.next.is_some() {
        senseless.push("`next` is for checkpoints alone");
    }
    if is_checkpoint && said.most.is_some() {
        senseless.push("`most` is not for checkpoints: nothing tells how many items come before one");
    }
    if said.first > 0 && said.style != PagingStyle::Page {
        senseless.push("`first` is for pages that are counted alone");
    }
    if said.usual_size.is_some() && said.size.is_none() {
        senseless.push("`usual-size` needs `size`, the parameter that says it");
    }
    senseless
}

/// The type of the items: those of the array at a pointer, or of an answer that is an array.
fn items(ir: &Ir, operation: &Operation, pointer: &str) -> Option<Use> {
    let Success::One(AnswerUse { value: Some(value), .. }) = &operation.success else { return None };
    let tokens: Vec<Cow<'_, str>> = pointer::tokens(pointer).collect();
    element(ir, value, &tokens, DEEPEST).or_else(|| element(ir, value, &[], DEEPEST))
}

/// The element of the array that some tokens of a pointer lead to.
fn element(ir: &Ir, value: &Use, tokens: &[Cow<'_, str>], deepest: usize) -> Option<Use> {
    let deeper = deepest.checked_sub(1)?;
    match (&value.ty, tokens) {
        (Ty::List(item), []) => Some(Use { boxed: false, ..(**item).clone() }),
        (Ty::Map(inner), [_, rest @ ..]) => element(ir, inner, rest, deeper),
        (Ty::Named(id), _) => match (&ir.get(*id)?.shape, tokens) {
            (Shape::Alias(inner) | Shape::Newtype(inner), _) => element(ir, inner, tokens, deeper),
            (Shape::Union(union), _) => {
                union.variants.iter().find_map(|variant| element(ir, &variant.value, tokens, deeper))
            }
            (Shape::Struct(shape), [first, rest @ ..]) => {
                element(ir, &shape.members.get(&**first)?.value, rest, deeper)
            }
            _ => None,
        },
        _ => None,
    }
}
