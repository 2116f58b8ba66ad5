//! The names that the generator gives to the real documents, where they are present: `openapi/` in `CODEGEN_DATA`.

use std::collections::BTreeMap;

use std::path::{Path, PathBuf};

use codegen::config::Config;
use codegen::diagnostic::Diagnostic;
use codegen::ir::{Shape, TypeDef};
use codegen::source::{self, Node, Source, pointer};
use codegen::{Dangling, Input, Library, Options, Plan, Reference, Target};

/// How many operations and how many schemas of each document are taken out, one at a time.
const SAMPLES: usize = 6;

struct Nothing;

impl Library for Nothing {
    fn open(&self, _: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        Ok(None)
    }
}

const SKIPPED: &str = "skipped: openapi/ is not in CODEGEN_DATA";

/// The documents, where the data is there.
fn documents() -> Option<Vec<Source>> {
    let folder = std::env::var_os("CODEGEN_DATA").map(|data| PathBuf::from(data).join("openapi"));
    let entries = std::fs::read_dir(folder?).ok()?;
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    Some(files.iter().filter_map(|file| read(file)).collect())
}

fn read(file: &Path) -> Option<Source> {
    let name = file.file_name()?.to_string_lossy().into_owned();
    source::read(&name, &std::fs::read(file).unwrap()).ok()
}

fn plan(source: &Source) -> Plan {
    let options = Options { dangling: Dangling::Any, ..Options::default() };
    let sources = std::slice::from_ref(source);
    let input = Input { sources, config: &Config::default(), options, library: &Nothing };
    codegen::plan(&input, &mut Vec::new(), &mut Vec::new()).unwrap()
}

/// What everything is called, by its place: operations, and types that stand alone at theirs.
fn names(plan: &Plan) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for ((_, definition), name) in plan.ir.iter().zip(&plan.names.types) {
        names.entry(definition.location.pointer.clone()).or_default().push(name.name.clone());
    }
    for (operation, name) in plan.ir.operations.iter().zip(&plan.names.operations) {
        names.entry(operation.location.pointer.clone()).or_default().push(format!("{}.{}", name.group, name.method));
    }
    names
        .into_iter()
        .filter_map(|(place, names)| Some((place, <[String; 1]>::try_from(names).ok()?[0].clone())))
        .collect()
}

/// The document without one of its parts.
fn without(source: &Source, place: &str) -> Source {
    fn remove(node: &mut Node, tokens: &[String]) {
        let (Node::Object(members), [first, rest @ ..]) = (node, tokens) else { return };
        if rest.is_empty() {
            members.remove(first);
        } else if let Some(inner) = members.get_mut(first) {
            remove(inner, rest);
        }
    }
    let mut source = source.clone();
    let tokens: Vec<String> = pointer::tokens(place).map(|token| token.into_owned()).collect();
    remove(&mut source.root, &tokens);
    source
}

fn every<T>(items: Vec<T>, samples: usize) -> impl Iterator<Item = T> {
    let step = items.len().div_ceil(samples).max(1);
    items.into_iter().step_by(step)
}

#[test]
fn what_is_taken_out_of_a_document_renames_nothing_that_remains() {
    let Some(documents) = documents() else { return println!("{SKIPPED}") };
    for source in documents {
        let whole = plan(&source);
        let before = names(&whole);
        let operations: Vec<String> =
            whole.ir.operations.iter().map(|operation| operation.location.pointer.clone()).collect();
        let schemas = source.root.at("/components/schemas").and_then(Node::as_object);
        let schemas = schemas.into_iter().flatten().map(|(name, _)| pointer::child("/components/schemas", name));
        let mut renamed = Vec::new();
        for place in every(operations, SAMPLES).chain(every(schemas.collect(), SAMPLES)) {
            // What is called after the thing that was taken out has to be called after something else.
            let gone = before.get(&place);
            let is_after = |old: &String| gone.is_some_and(|gone| old.starts_with(gone.as_str()));
            for (at, name) in names(&plan(&without(&source, &place))) {
                if let Some(old) = before.get(&at).filter(|old| **old != name && !is_after(old)) {
                    renamed.push(format!("{}#{at}: `{old}` is `{name}` without {place}", source.name));
                }
            }
        }
        assert_eq!(renamed, [""; 0]);
    }
}

#[test]
fn a_name_ends_in_a_digit_only_where_the_document_has_it() {
    let Some(documents) = documents() else { return println!("{SKIPPED}") };
    for source in documents {
        let plan = plan(&source);
        let mut numbered = Vec::new();
        for ((_, definition), names) in plan.ir.iter().zip(&plan.names.types) {
            let digits: String = names.name.chars().rev().take_while(char::is_ascii_digit).collect();
            let digits: String = digits.chars().rev().collect();
            if !digits.is_empty() && !words_at(definition).any(|text| text.contains(&digits)) {
                numbered.push(format!("{}#{}: `{}`", source.name, definition.location.pointer, names.name));
            }
        }
        for (operation, names) in plan.ir.operations.iter().zip(&plan.names.operations) {
            let of_document =
                [&operation.called.id, &operation.called.name].into_iter().flatten().any(|id| ends_in_digit(id));
            if ends_in_digit(&names.method) && !of_document && !ends_in_digit(&operation.path) {
                numbered.push(format!("{}#{}: `{}`", source.name, operation.location.pointer, names.method));
            }
        }
        assert_eq!(numbered, [""; 0]);
    }
}

/// What the document says at the place of a type, or what its values are.
fn words_at(definition: &TypeDef) -> impl Iterator<Item = String> {
    let tokens = pointer::tokens(&definition.location.pointer).map(|token| token.into_owned());
    // Places in lists are no words.
    let mut texts: Vec<String> = tokens.filter(|token| token.parse::<usize>().is_err()).collect();
    texts.extend(definition.docs.title.clone());
    match &definition.shape {
        Shape::Struct(shape) => texts.extend(shape.members.keys().cloned()),
        Shape::Enum(enumeration) => {
            texts.extend(enumeration.constants.iter().map(|constant| constant.value.to_string()));
        }
        _ => {}
    }
    texts.into_iter()
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|last: char| last.is_ascii_digit())
}
