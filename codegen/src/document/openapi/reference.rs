//! Places in a document and in those beside it, and the references between them (OpenAPI 3.1 §4.8.23).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Reader;
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::Location;
use crate::source::{Node, Source, pointer};
use crate::{Dangling, Reference, resolve};

/// A place in a document.
#[derive(Clone)]
pub(super) struct At<'r> {
    source: Held<'r>,
    pub(super) pointer: String,
}

/// A document that is given, or that a reference led to.
#[derive(Clone)]
enum Held<'r> {
    Given(&'r Source),
    Opened(Arc<Source>),
}

impl Held<'_> {
    fn get(&self) -> &Source {
        match self {
            Self::Given(source) => source,
            Self::Opened(source) => source,
        }
    }
}

impl<'r> At<'r> {
    /// The root of a document.
    pub(super) fn root(source: &'r Source) -> Self {
        Self { source: Held::Given(source), pointer: String::new() }
    }

    pub(super) fn node(&self) -> &Node {
        self.source.get().root.at(&self.pointer).unwrap_or(&Node::Null)
    }

    pub(super) fn file(&self) -> &str {
        &self.source.get().name
    }

    pub(super) fn location(&self) -> Location {
        Location { file: self.file().to_owned(), pointer: self.pointer.clone() }
    }

    /// The member of a name, where this is an object that has it.
    pub(super) fn child(&self, key: &str) -> Option<Self> {
        self.node().get(key)?;
        Some(self.step(key))
    }

    /// The members, where this is an object.
    pub(super) fn members(&self) -> Vec<(String, Self)> {
        let keys = self.node().as_object().into_iter().flat_map(|members| members.keys());
        keys.map(|key| (key.clone(), self.step(key))).collect()
    }

    /// The items, where this is an array.
    pub(super) fn items(&self) -> Vec<Self> {
        let count = self.node().as_array().map_or(0, <[Node]>::len);
        (0..count).map(|index| self.step(&index.to_string())).collect()
    }

    fn step(&self, key: &str) -> Self {
        Self { source: self.source.clone(), pointer: pointer::child(&self.pointer, key) }
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.node().get(key)?.as_str().map(str::to_owned)
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.node().get(key)?.as_bool()
    }
}

impl<'r> Reader<'r> {
    /// Follows the `$ref`s of a component, through other documents too. What leads nowhere, or back to itself, is told.
    pub(super) fn follow(&mut self, mut at: At<'r>) -> Option<At<'r>> {
        let mut seen = BTreeSet::from([at.location()]);
        while let Some(written) = at.text("$ref") {
            let place = Place::value(at.file(), pointer::child(&at.pointer, "$ref"));
            let Some(target) = self.target(&at, &written, &place) else {
                self.dangling(&written, place);
                return None;
            };
            if !seen.insert(target.location()) {
                let message = format!("the reference `{written}` leads back to itself");
                self.diagnostics.push(Diagnostic::error("circular-reference", message, place));
                return None;
            }
            at = target;
        }
        Some(at)
    }

    fn target(&mut self, at: &At<'r>, written: &str, place: &Place) -> Option<At<'r>> {
        if let Some(fragment) = written.strip_prefix('#') {
            let target = At { source: at.source.clone(), pointer: resolve::percent_decoded(fragment) };
            return target.exists().then_some(target);
        }
        let uri = resolve::uri_beside(at.file(), written);
        let opened = match self.input.library.open(&Reference { written, uri: &uri, place }) {
            Ok(opened) => opened?,
            Err(problems) => {
                self.diagnostics.extend(problems);
                return None;
            }
        };
        // A reference may come back to the document that it all began with.
        let given = self.input.sources.iter().find(|source| source.name == opened.source.name);
        let source = match given {
            Some(source) => Held::Given(source),
            None => {
                self.others.insert(opened.source.name.clone(), Arc::clone(&opened.source));
                Held::Opened(opened.source)
            }
        };
        let target = At { source, pointer: resolve::percent_decoded(&opened.fragment) };
        target.exists().then_some(target)
    }

    /// Follows the `$ref`s of a schema as far as they lead; whoever reads the schema tells what is wrong with them.
    pub(super) fn glance(&mut self, mut at: At<'r>) -> Option<At<'r>> {
        const LONGEST: u32 = 32;
        for _ in 0..LONGEST {
            let Some(written) = at.text("$ref") else { return Some(at) };
            let place = Place::value(at.file(), pointer::child(&at.pointer, "$ref"));
            at = self.target(&at, &written, &place)?;
        }
        None
    }

    fn dangling(&mut self, written: &str, place: Place) {
        let message = format!("the reference `{written}` leads nowhere");
        self.diagnostics.push(match self.input.options.dangling {
            Dangling::Error => Diagnostic::error("dangling-reference", message, place)
                .help("`--dangling any` leaves out what refers to it"),
            Dangling::Any => Diagnostic::warning("dangling-reference", message, place),
        });
    }
}

impl At<'_> {
    fn exists(&self) -> bool {
        self.source.get().root.at(&self.pointer).is_some()
    }
}
