//! Schema resources (2020-12 Core §4.3.5, §8.2): which URI names which place, and which base a place has.

use std::collections::BTreeMap;

use super::uri;
use crate::schema::Location;
use crate::schema::keyword::{self, Holds};
use crate::source::{Node, pointer};

/// The URIs and anchors of every document that was opened.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Where the resource of a URI stands.
    roots: BTreeMap<String, Location>,
    /// Where the anchor of a resource stands.
    anchors: BTreeMap<(String, String), Location>,
    /// The dynamic ones among the anchors.
    dynamic: BTreeMap<String, BTreeMap<String, Location>>,
    /// The URI of the resource that begins at a place.
    bases: BTreeMap<Location, String>,
}

impl Resources {
    /// Takes in a document that is a schema, found at a URI.
    pub(super) fn add_schema(&mut self, file: &str, root: &Node, found_at: &str) {
        self.begin(Location { file: file.to_owned(), pointer: String::new() }, found_at.to_owned());
        self.walk(file, root, String::new(), found_at.to_owned());
    }

    /// Takes in a document that holds schemas at places.
    pub(super) fn add_document(&mut self, file: &str, root: &Node, found_at: &str, places: &[&str]) {
        self.begin(Location { file: file.to_owned(), pointer: String::new() }, found_at.to_owned());
        for place in places {
            for (name, schema) in root.at(place).and_then(Node::as_object).into_iter().flatten() {
                self.walk(file, schema, pointer::child(place, name), found_at.to_owned());
            }
        }
    }

    /// The place of a resource.
    pub(super) fn root(&self, uri: &str) -> Option<&Location> {
        self.roots.get(uri)
    }

    /// The place of an anchor.
    pub(super) fn anchor(&self, uri: &str, anchor: &str) -> Option<&Location> {
        self.anchors.get(&(uri.to_owned(), anchor.to_owned()))
    }

    /// The dynamic anchors of every resource.
    pub(super) fn dynamic(&self) -> &BTreeMap<String, BTreeMap<String, Location>> {
        &self.dynamic
    }

    /// The base URI of a place: that of the innermost resource around it.
    pub(super) fn base(&self, location: &Location) -> &str {
        let mut around = location.clone();
        loop {
            if let Some(base) = self.bases.get(&around) {
                return base;
            }
            match around.pointer.rfind('/') {
                Some(end) => around.pointer.truncate(end),
                None => return "",
            }
        }
    }

    fn begin(&mut self, location: Location, uri: String) {
        self.roots.entry(uri.clone()).or_insert_with(|| location.clone());
        self.bases.insert(location, uri);
    }

    fn walk(&mut self, file: &str, node: &Node, at: String, outer: String) {
        let Some(members) = node.as_object() else { return };
        let location = || Location { file: file.to_owned(), pointer: at.clone() };
        let mut base = outer;
        // A fragment says nothing in an `$id`, so that one of nothing else names nothing (§8.2.1).
        if let Some(id) = members.get("$id").and_then(Node::as_str).filter(|id| !id.starts_with('#')) {
            base = uri::resolve(&base, id).uri;
            self.begin(location(), base.clone());
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(anchor) = members.get(keyword).and_then(Node::as_str) {
                self.anchors.entry((base.clone(), anchor.to_owned())).or_insert_with(location);
                if keyword == "$dynamicAnchor" {
                    self.dynamic.entry(base.clone()).or_default().insert(anchor.to_owned(), location());
                }
            }
        }
        for (key, value) in members {
            let at = pointer::child(&at, key);
            match (keyword::holds(key), value) {
                (Holds::Nothing, _) => {}
                (Holds::Schemas, Node::Array(schemas)) => {
                    for (index, schema) in schemas.iter().enumerate() {
                        self.walk(file, schema, pointer::child(&at, &index.to_string()), base.clone());
                    }
                }
                (Holds::Members, Node::Object(schemas)) => {
                    for (name, schema) in schemas {
                        self.walk(file, schema, pointer::child(&at, name), base.clone());
                    }
                }
                (_, schema) => self.walk(file, schema, at, base.clone()),
            }
        }
    }
}
