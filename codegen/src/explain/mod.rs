//! What one node of a document becomes, and why: for `cargo xtask explain`.

mod body;
mod check;
mod operation;
mod schema;
mod ty;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::Plan;
use crate::diagnostic::Place;
use crate::schema::keyword::{self, Class};
use crate::schema::{Location, Schema};
use crate::source::{Node, Source, pointer};

/// What there is to say of a thing, each with what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    facts: Vec<(String, Said)>,
}

/// What is said of one aspect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Said {
    /// A text.
    Text(String),
    /// Several.
    List(Vec<String>),
    /// Things of which there is more to say.
    Things(Vec<Facts>),
}

/// A pointer that leads nowhere: the closest place that there is, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nowhere {
    /// The pointer as far as it leads.
    pub closest: String,
    /// What is in it, the most similar first.
    pub similar: Vec<String>,
}

/// Says what a node becomes.
///
/// # Errors
/// A pointer that leads nowhere.
pub fn explain(plan: &Plan, source: &Source, pointer: &str) -> Result<Facts, Nowhere> {
    let node = source.root.at(pointer).ok_or_else(|| nowhere(&source.root, pointer))?;
    let at = Location { file: source.name.clone(), pointer: pointer.to_owned() };
    let explainer = Explainer { plan, node, at: &at };
    let facts = explainer.operation().or_else(|| explainer.event()).or_else(|| explainer.parameter());
    let facts = facts.or_else(|| explainer.schema());
    Ok(facts.or_else(|| explainer.keyword()).unwrap_or_else(|| explainer.nothing()))
}

/// Looks at one node.
struct Explainer<'e> {
    plan: &'e Plan,
    node: &'e Node,
    at: &'e Location,
}

impl Explainer<'_> {
    /// A keyword of a schema.
    fn keyword(&self) -> Option<Facts> {
        let (parent, token) = self.at.pointer.rsplit_once('/')?;
        let parent = Location { file: self.at.file.clone(), pointer: parent.to_owned() };
        let schema = self.plan.schemas.get(self.plan.schemas.find(&parent)?);
        let name = pointer::unescape(token).into_owned();
        let mut facts = Facts::of("keyword", &name);
        facts.add("in", parent.pointer.clone());
        facts.add("becomes", self.answer(schema, &name));
        Some(facts)
    }

    /// What is done with a keyword of a schema, by the one table of keywords.
    fn answer(&self, schema: &Schema, name: &str) -> String {
        use crate::ir::Answer;
        let Some(keyword) = keyword::find(name, schema.dialect) else {
            return "an annotation: the dialect does not know it (2020-12 Core §4.3.1)".to_owned();
        };
        let place =
            Location { file: schema.location.file.clone(), pointer: pointer::child(&schema.location.pointer, name) };
        let answer = self.plan.ir.statistics.keywords.get(&place);
        match (answer, keyword.class) {
            (Some(Answer::Unanswered), _) => "nothing: a warning says why it is not checked".to_owned(),
            (_, Class::Annotation) => "an annotation: it constrains nothing".to_owned(),
            (_, Class::Unsupported) => "nothing: this dialect does not have it, which a warning says".to_owned(),
            (Some(Answer::Check), _) => "an emitted check".to_owned(),
            (Some(Answer::Type), _) => "the shape of the type".to_owned(),
            (None, Class::Limit) => "nothing: it limits nothing, or values that can't stand here".to_owned(),
            (None, Class::Structural) => "a part of how the schema is read".to_owned(),
        }
    }

    /// A node that is none of what something is generated from.
    fn nothing(&self) -> Facts {
        let mut facts = Facts::of("place", &self.at.pointer);
        let mut around = self.at.pointer.as_str();
        let known = std::iter::from_fn(|| {
            around = around.rsplit_once('/')?.0;
            Some(around.to_owned())
        });
        let is_known = |pointer: &String| {
            let at = Location { file: self.at.file.clone(), pointer: pointer.clone() };
            self.plan.schemas.find(&at).is_some() || self.plan.ir.operations.iter().any(|one| one.location == at)
        };
        let is_schema = pointer::tokens(&self.at.pointer).next().is_some_and(|token| token == "components");
        facts.add("becomes", if is_schema { "nothing: no selected operation reaches it" } else { "nothing by itself" });
        facts.extend("refers to", self.node.get("$ref").and_then(Node::as_str));
        facts.extend("stands in", known.into_iter().find(is_known));
        facts
    }
}

/// How far a pointer leads, and what it could have meant there.
fn nowhere(root: &Node, pointer: &str) -> Nowhere {
    let mut closest = String::new();
    let mut node = root;
    for token in pointer::tokens(pointer) {
        let next = pointer::child(&closest, &token);
        let Some(inner) = root.at(&next) else {
            let mut keys: Vec<String> = match node {
                Node::Object(members) => members.keys().cloned().collect(),
                Node::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
                _ => Vec::new(),
            };
            keys.sort_by_cached_key(|key| (distance(key, &token), key.clone()));
            let similar = keys.iter().take(5).map(|key| pointer::child(&closest, key)).collect();
            return Nowhere { closest, similar };
        };
        (closest, node) = (next, inner);
    }
    Nowhere { closest, similar: Vec::new() }
}

/// The distance of Levenshtein, capitals and small letters alike.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for character in one.to_lowercase().chars() {
        let mut diagonal = row.first().copied().unwrap_or_default();
        let mut left = diagonal.saturating_add(1);
        let mut next = vec![left];
        for (index, wanted) in other.iter().enumerate() {
            let above = row.get(index.saturating_add(1)).copied().unwrap_or_default();
            let replaced = diagonal.saturating_add(usize::from(*wanted != character));
            left = replaced.min(left.saturating_add(1)).min(above.saturating_add(1));
            diagonal = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

impl Facts {
    fn of(what: &str, name: &str) -> Self {
        Self { facts: vec![(what.to_owned(), Said::Text(name.to_owned()))] }
    }

    fn add(&mut self, about: &str, text: impl Into<String>) {
        self.facts.push((about.to_owned(), Said::Text(text.into())));
    }

    fn extend(&mut self, about: &str, text: Option<impl Into<String>>) {
        if let Some(text) = text {
            self.add(about, text);
        }
    }

    fn list(&mut self, about: &str, texts: Vec<String>) {
        if !texts.is_empty() {
            self.facts.push((about.to_owned(), Said::List(texts)));
        }
    }

    fn things(&mut self, about: &str, things: Vec<Facts>) {
        if !things.is_empty() {
            self.facts.push((about.to_owned(), Said::Things(things)));
        }
    }

    /// The facts as lines; what is in something stands further right.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, "");
        text
    }

    fn write(&self, text: &mut String, indent: &str) {
        for (about, said) in &self.facts {
            match said {
                Said::Text(said) => *text += &format!("{indent}{about}: {said}\n"),
                Said::List(list) => {
                    *text += &format!("{indent}{about}:\n");
                    list.iter().for_each(|one| *text += &format!("{indent}  {one}\n"));
                }
                Said::Things(things) => {
                    *text += &format!("{indent}{about}:\n");
                    things.iter().for_each(|one| one.write_thing(text, indent));
                }
            }
        }
    }

    /// The first fact names the thing, the others are indented below it.
    fn write_thing(&self, text: &mut String, indent: &str) {
        let Some(((_, Said::Text(name)), rest)) = self.facts.split_first() else { return };
        *text += &format!("{indent}  {name}\n");
        Self { facts: rest.to_vec() }.write(text, &format!("{indent}    "));
    }
}

/// An object, its members in the order of the facts.
impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.facts.len()))?;
        for (about, said) in &self.facts {
            map.serialize_entry(&about.to_lowercase().replace(' ', "_"), said)?;
        }
        map.end()
    }
}

impl Nowhere {
    /// The place as far as the pointer leads.
    #[must_use]
    pub fn place(&self, source: &Source) -> Place {
        Place::value(&source.name, &self.closest).label("this is as far as it leads")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_changes() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("User", "user"), 0);
        assert_eq!(distance("", "abc"), 3);
    }
}
