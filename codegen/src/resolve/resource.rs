//! Schema resources (2020-12 Core §4.3.5, §8.2): which URI names which place, and which base a place has.

use std::collections::BTreeMap;

use super::dialects::Dialects;
use super::uri;
use crate::schema::{Dialect, Location, RECURSIVE_ANCHOR, Release, keyword, upgrade};
use crate::source::{Node, pointer};

/// A schema resource.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) uri: String,
    pub(super) dialect: Dialect,
}

/// The URIs and anchors of every document that was opened.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Where the resource of a URI stands, in each document that has one: those first that came first.
    roots: BTreeMap<String, Vec<Location>>,
    /// Where the anchor of a resource stands, by the place of the resource.
    anchors: BTreeMap<(Location, String), Location>,
    /// The dynamic ones among the anchors.
    dynamic: BTreeMap<Location, BTreeMap<String, Location>>,
    /// The resource that begins at a place.
    beginnings: BTreeMap<Location, Resource>,
}

impl Resources {
    /// Takes in a document that was found at a URI. OpenAPI has schemas at places, and is none.
    pub(super) fn add(&mut self, file: &str, root: &Node, resource: Resource, dialects: &mut Dialects<'_>) {
        let start = Location { file: file.to_owned(), pointer: String::new() };
        self.begin(start.clone(), resource.clone());
        let mut walk = Walk { resources: self, dialects };
        if root.get("openapi").is_none() {
            walk.schema(root, &start, resource);
            return;
        }
        let home = "/components/schemas";
        for (name, schema) in root.at(home).and_then(Node::as_object).into_iter().flatten() {
            let at = Location { pointer: pointer::child(home, name), ..start.clone() };
            walk.schema(schema, &at, resource.clone());
        }
    }

    /// The place of a resource, as a document knows it: two documents may use a URI for resources of their own.
    pub(super) fn root(&self, uri: &str, file: &str) -> Option<&Location> {
        let places = self.roots.get(uri)?;
        places.iter().find(|place| place.file == file).or(places.first())
    }

    /// The place of an anchor of the resource at a place.
    pub(super) fn anchor(&self, root: &Location, anchor: &str) -> Option<&Location> {
        self.anchors.get(&(root.clone(), anchor.to_owned()))
    }

    /// The dynamic anchors of every resource, by its place.
    pub(super) fn dynamic(&self) -> &BTreeMap<Location, BTreeMap<String, Location>> {
        &self.dynamic
    }

    /// The innermost resource around a place: its base URI and its dialect.
    pub(super) fn around(&self, location: &Location) -> Option<&Resource> {
        let mut around = location.clone();
        loop {
            if let Some(resource) = self.beginnings.get(&around) {
                return Some(resource);
            }
            around.pointer.truncate(around.pointer.rfind('/')?);
        }
    }

    fn begin(&mut self, location: Location, resource: Resource) {
        let places = self.roots.entry(resource.uri.clone()).or_default();
        if places.iter().all(|place| place.file != location.file) {
            places.push(location.clone());
        }
        self.beginnings.insert(location, resource);
    }

    /// The place of the resource that a place belongs to.
    fn home(&self, uri: &str, location: &Location) -> Location {
        self.root(uri, &location.file).unwrap_or(location).clone()
    }

    fn anchor_at(&mut self, uri: &str, anchor: &str, location: &Location) {
        let key = (self.home(uri, location), anchor.to_owned());
        self.anchors.entry(key).or_insert_with(|| location.clone());
    }

    fn dynamic_anchor_at(&mut self, uri: &str, anchor: &str, location: &Location) {
        let home = self.home(uri, location);
        self.dynamic.entry(home).or_default().insert(anchor.to_owned(), location.clone());
    }
}

/// Goes through the schemas of a document.
struct Walk<'w, 'r> {
    resources: &'w mut Resources,
    dialects: &'w mut Dialects<'r>,
}

impl Walk<'_, '_> {
    fn schema(&mut self, node: &Node, at: &Location, outer: Resource) {
        let Some(members) = node.as_object() else { return };
        let resource = self.begun(node, at, outer);
        self.anchors(node, at, &resource);
        for (key, value) in members {
            let Some(keyword) = keyword::find(key, resource.dialect) else { continue };
            let place = pointer::child(&at.pointer, key);
            for (token, schema) in keyword.subschemas(value) {
                let pointer = token.map_or_else(|| place.clone(), |token| pointer::child(&place, &token));
                self.schema(schema, &Location { file: at.file.clone(), pointer }, resource.clone());
            }
        }
    }

    /// The resource that a schema belongs to: the one around it, or one of its own, which may be of another dialect.
    fn begun(&mut self, node: &Node, at: &Location, outer: Resource) -> Resource {
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        // `$schema` matters at the root of a resource alone (2020-12 Core §8.1.1); the dialect says what makes it one.
        let dialect = match text("$schema") {
            Some(uri) if text("$id").or_else(|| text("id")).is_some() => {
                let place = Location { pointer: pointer::child(&at.pointer, "$schema"), ..at.clone() };
                self.dialects.named(uri, &place)
            }
            _ => outer.dialect,
        };
        let Some(id) = identifier(node, dialect).filter(|id| !id.starts_with('#')) else { return outer };
        let resource = Resource { uri: uri::resolve(&outer.uri, id).uri, dialect };
        self.resources.begin(at.clone(), resource.clone());
        resource
    }

    fn anchors(&mut self, node: &Node, at: &Location, resource: &Resource) {
        let Resource { uri, dialect } = resource;
        let fragment = identifier(node, *dialect).and_then(|id| id.split_once('#')).map(|(_, fragment)| fragment);
        if let Some(anchor) = fragment.filter(|anchor| dialect.release.has_anchors_in_ids() && !anchor.is_empty()) {
            self.resources.anchor_at(uri, anchor, at);
        }
        let text = |key: &str| keyword::find(key, *dialect).and_then(|_| node.get(key)?.as_str());
        if let Some(anchor) = text("$anchor") {
            self.resources.anchor_at(uri, anchor, at);
        }
        if let Some(anchor) = text("$dynamicAnchor") {
            self.resources.anchor_at(uri, anchor, at);
            self.resources.dynamic_anchor_at(uri, anchor, at);
        }
        // It says something at the root of a resource alone (2019-09 Core §8.2.4.2.2).
        let is_recursive = dialect.release == Release::Draft201909
            && node.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true);
        if is_recursive && self.resources.root(uri, &at.file) == Some(at) {
            self.resources.dynamic_anchor_at(uri, RECURSIVE_ANCHOR, at);
        }
    }
}

/// What a schema is called by, where nothing hides that.
fn identifier(node: &Node, dialect: Dialect) -> Option<&str> {
    let id = dialect.release.id().filter(|_| !upgrade::hides(node, dialect))?;
    node.get(id)?.as_str()
}
