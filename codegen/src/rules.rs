//! Rules that only the prose of an API states: `[[rule]]` of `codegen.toml`, whose schemas are read as one more document.
//!
//! That document is called [`config::FILE`], and holds `/rules/NAME/INDEX`: the rules about one schema stand together, by the last
//! token of its pointer, so that a new rule moves no other one.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::config::{self, Config, Rule};
use crate::diagnostic::{Diagnostic, Severity, Spot};
use crate::schema::Location;
use crate::source::{Source, pointer, read};

/// The rules of a crate, with the places of their schemas.
pub(crate) struct Rules<'r>(Vec<(&'r Rule, Location)>);

impl<'r> Rules<'r> {
    /// Gives the schema of every rule its place.
    pub(crate) fn of(config: &'r Config) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let placed = config.rule.iter().map(|rule| {
            let parent = pointer::child("/rules", name(rule));
            let count = counts.entry(parent.clone()).or_default();
            let pointer = format!("{parent}/{count}");
            *count = count.saturating_add(1);
            (rule, Location { file: config::FILE.to_owned(), pointer })
        });
        Self(placed.collect())
    }

    /// Every rule and the place of its schema, in the order of the file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'r Rule, &Location)> {
        self.0.iter().map(|(rule, location)| (*rule, location))
    }

    /// Which rules are about the schema at a pointer; `*` stands for one token.
    pub(crate) fn at<'p>(&'p self, pointer: &'p str) -> impl Iterator<Item = usize> + 'p {
        let rules = self.0.iter().enumerate();
        rules.filter_map(move |(index, (rule, _))| pointer::matches(&rule.at, pointer).then_some(index))
    }

    /// The schemas as a document; `None` where there are none.
    pub(crate) fn document(&self) -> Option<Arc<Source>> {
        if self.0.is_empty() {
            return None;
        }
        let mut by_name: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for (rule, _) in &self.0 {
            by_name.entry(name(rule)).or_default().push(Value::Object(rule.schema.clone()));
        }
        let text = serde_json::json!({ "rules": by_name }).to_string();
        read(config::FILE, text.as_bytes()).ok().map(Arc::new)
    }

    /// Makes what was found wrong with the schema of a rule an error at that rule in `codegen.toml`.
    pub(crate) fn locate(&self, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics {
            let Some(place) = diagnostic.places.first_mut().filter(|place| place.file == config::FILE) else {
                continue;
            };
            let (Spot::Pointer(pointer) | Spot::Key(pointer)) = &place.spot else { continue };
            let within = |location: &Location| {
                pointer.strip_prefix(&location.pointer).filter(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let mut rules = self.iter().enumerate();
            let Some((index, rest)) = rules.find_map(|(index, (_, at))| Some((index, within(at)?))) else {
                continue;
            };
            let inside = if rest.is_empty() { String::new() } else { format!(" at `{rest}`") };
            diagnostic.message = format!("in the `schema`{inside} of a `rule` of codegen.toml: {}", diagnostic.message);
            diagnostic.severity = Severity::Error;
            let written = format!("/rule/{index}/schema{rest}");
            place.spot = match &place.spot {
                Spot::Key(_) => Spot::Key(written),
                _ => Spot::Pointer(written),
            };
        }
    }
}

/// What the rules about one schema are kept by.
fn name(rule: &Rule) -> &str {
    rule.at.rsplit_once('/').map_or("root", |(_, name)| name)
}
