//! Names that a person decided: `[names]` of `codegen.toml`.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::place_of;
use crate::diagnostic::Diagnostic;

use super::words::is_identifier;
use super::{reserved, words};

const LIST: &str = "names";

/// The names decided by hand, and what became of each.
pub(super) struct Given<'g> {
    entries: &'g BTreeMap<String, String>,
    used: BTreeSet<&'g str>,
    /// What stands at the place of an entry, for those whose name does not suit it.
    met: BTreeMap<&'g str, BTreeSet<&'static str>>,
    /// The types of a module that are to have one name: the second of each two, and the first.
    twice: Vec<(String, String)>,
}

impl<'g> Given<'g> {
    pub(super) fn new(entries: &'g BTreeMap<String, String>) -> Self {
        Self { entries, used: BTreeSet::new(), met: BTreeMap::new(), twice: Vec::new() }
    }

    /// The name of a type.
    pub(super) fn type_name(&mut self, pointer: &str) -> Option<&'g str> {
        self.find(pointer, "a type", |name| is_identifier(name) && !is_small(name) && reserved::type_name(name) == name)
    }

    /// The name of a variant of a union or an enumeration.
    pub(super) fn variant(&mut self, pointer: &str) -> Option<&'g str> {
        self.find(pointer, "a variant", |name| {
            is_identifier(name) && !is_small(name) && reserved::variant(name) == name
        })
    }

    /// The name of a field and its setter.
    pub(super) fn field(&mut self, pointer: &str) -> Option<&'g str> {
        self.find(pointer, "a member", |name| is_small(name) && reserved::field(name) == name)
    }

    /// The name of an argument or a setter of a request.
    pub(super) fn argument(&mut self, pointer: &str) -> Option<&'g str> {
        self.find(pointer, "a parameter", |name| is_small(name) && reserved::argument(name) == name)
    }

    /// The group and the method of an operation: `users.list`, or `list` alone.
    pub(super) fn operation(&mut self, pointer: &str) -> Option<(Option<&'g str>, &'g str)> {
        let is_method = |name: &str| is_small(name) && reserved::method(name) == name;
        let name = self.find(pointer, "an operation", |name| {
            let (group, method) = split(name);
            group.is_none_or(is_method) && is_method(method)
        })?;
        Some(split(name))
    }

    /// The name of a group, by the one that it would have.
    pub(super) fn group(&mut self, group: &str) -> Option<&'g str> {
        self.find(&format!("group:{group}"), "a group", |name| is_small(name) && reserved::method(name) == name)
    }

    fn find(&mut self, key: &str, what: &'static str, suits: impl Fn(&str) -> bool) -> Option<&'g str> {
        let (key, name) = self.entries.get_key_value(key)?;
        if suits(name) {
            self.used.insert(key);
            return Some(name);
        }
        self.met.entry(key).or_default().insert(what);
        None
    }

    /// Two types of a module have been given one name.
    pub(super) fn same(&mut self, pointer: &str, first: &str) {
        self.twice.push((pointer.to_owned(), first.to_owned()));
    }

    /// Reports what has named nothing, or what is named already.
    pub(super) fn report(self, diagnostics: &mut Vec<Diagnostic>) {
        for (pointer, first) in &self.twice {
            let message = format!("`{pointer}` and `{first}` can't have one name, as `names` of codegen.toml wants");
            diagnostics
                .push(Diagnostic::error("same-name", message, place_of(LIST, pointer)).also(place_of(LIST, first)));
        }
        for (key, name) in self.entries.iter().filter(|(key, _)| !self.used.contains(key.as_str())) {
            let message = match self.met.get(key.as_str()) {
                None => format!("`{key}` in `names` of codegen.toml is the place of nothing that has a name"),
                Some(met) => {
                    let met: Vec<&str> = met.iter().copied().collect();
                    format!(
                        "`{key}` is {}, which can't be called `{name}`, as `names` of codegen.toml wants",
                        met.join(" and ")
                    )
                }
            };
            let help = "types and variants are called `LikeThis`; members, parameters, methods and groups `like_this`; \
                        `cargo xtask explain` says what stands at a place";
            diagnostics.push(Diagnostic::error("unmatched-entry", message, place_of(LIST, key)).help(help));
        }
    }
}

fn split(name: &str) -> (Option<&str>, &str) {
    match name.split_once('.') {
        Some((group, method)) => (Some(group), method),
        None => (None, name),
    }
}

/// Whether a name is written in small letters, as fields and methods are.
fn is_small(name: &str) -> bool {
    is_identifier(name) && !name.chars().any(char::is_uppercase) && !words::snake(name).is_empty()
}
