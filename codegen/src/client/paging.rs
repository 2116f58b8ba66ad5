//! Paging: whether an operation is paged as `codegen.toml` says, and what the items on a page are.

use std::borrow::Cow;

use crate::config::{Paging as Said, PagingStyle, place_of_value};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::ParameterPlace;
use crate::ir::{AnswerUse, Ir, Operation, Paging, Shape, Success, Ty, Use};
use crate::source::pointer;

/// Types in types in types: no answer is deeper on the way to its items, and one that holds itself would be without an end.
const DEEPEST: usize = 32;

/// Tells an operation how it is paged, or reports why it is not.
pub(super) fn apply(ir: &mut Ir, index: usize, said: &Said, section: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(operation) = ir.operations.get(index) else { return };
    let item = items(ir, operation, &said.items);
    let mut wrong = wrong(operation, said);
    if item.is_none() {
        wrong.push(match said.items.as_str() {
            "" => ("operation", "its answer is no array".to_owned()),
            pointer => ("items", format!("its answer has no array at `{pointer}`, and is none")),
        });
    }
    let place = Place::key(operation.location.file.clone(), operation.location.pointer.clone());
    diagnostics.extend(wrong.into_iter().map(|(key, why)| {
        let message = format!("`client.paging` of codegen.toml does not fit `{}`: {why}", said.operation);
        Diagnostic::error("paging", message, place_of_value(section, key)).also(place.clone().label("this operation"))
    }));
    if let (Some(item), Some(operation)) = (item, ir.operations.get_mut(index)) {
        operation.paging = Some(Paging { said: said.clone(), item });
    }
}

/// What does not fit an operation, but for its answer: keys of the entry, and why.
fn wrong(operation: &Operation, said: &Said) -> Vec<(&'static str, String)> {
    let mut wrong = Vec::new();
    if operation.paging.is_some() {
        wrong.push(("operation", "another entry says already how it is paged".to_owned()));
    }
    let in_query = operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query);
    let has = |name: &str| in_query.clone().any(|parameter| parameter.name == name);
    let parameters =
        [("position", Some(&said.position)), ("size", said.size.as_ref()), ("totals", said.totals.as_ref())];
    let pointers = [
        ("items", Some(&said.items)),
        ("total", said.total.as_ref()),
        ("start", said.start.as_ref()),
        ("length", said.length.as_ref()),
        ("next", said.next.as_ref()),
    ];
    let missing = said_of(&parameters).filter(|(_, name)| !has(name));
    wrong.extend(missing.map(|(key, name)| (key, format!("its query has no parameter `{name}`"))));
    let no_pointers = said_of(&pointers).filter(|(_, text)| !pointer::is_pointer(text));
    wrong.extend(no_pointers.map(|(key, text)| (key, format!("`{text}` is no JSON Pointer"))));
    wrong.extend(senseless(said).into_iter().map(|(key, why)| (key, why.to_owned())));
    wrong
}

fn said_of<'s>(keys: &[(&'static str, Option<&'s String>)]) -> impl Iterator<Item = (&'static str, &'s String)> {
    keys.iter().filter_map(|(key, value)| Some((*key, (*value)?)))
}

/// What an entry says, or fails to say, whatever the operation.
fn senseless(said: &Said) -> Vec<(&'static str, &'static str)> {
    let mut senseless = Vec::new();
    let is_checkpoint = said.style == PagingStyle::Checkpoint;
    if is_checkpoint && said.next.is_none() {
        senseless.push(("style", "`next` has to say where an answer tells the checkpoint of the next page"));
    }
    if !is_checkpoint && said.next.is_some() {
        senseless.push(("next", "`next` is for checkpoints alone"));
    }
    if is_checkpoint && said.most.is_some() {
        senseless.push(("most", "`most` is not for checkpoints: nothing tells how many items come before one"));
    }
    if said.first > 0 && said.style != PagingStyle::Page {
        senseless.push(("first", "`first` is for pages that are counted alone"));
    }
    if said.usual_size.is_some() && said.size.is_none() {
        senseless.push(("usual-size", "`usual-size` needs `size`, the parameter that says it"));
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
