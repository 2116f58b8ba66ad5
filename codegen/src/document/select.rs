//! Which operations are generated: `[select]` of `codegen.toml`.

use crate::config::{Select, place_of};
use crate::diagnostic::Diagnostic;
use crate::ir::Called;
use crate::name::{self, Request};

/// What an entry is compared with.
pub(super) struct Subject<'s> {
    /// In capitals.
    pub(super) method: &'s str,
    /// The path template.
    pub(super) path: &'s str,
    /// `tags`
    pub(super) tags: &'s [String],
    /// What the document says of its name.
    pub(super) called: &'s Called,
}

/// The entries of both lists, and whether each has matched something.
pub(super) struct Selection<'s> {
    include: Vec<Entry<'s>>,
    exclude: Vec<Entry<'s>>,
}

struct Entry<'s> {
    written: &'s str,
    matched: bool,
}

impl<'s> Selection<'s> {
    pub(super) fn new(select: &'s Select) -> Self {
        let entries = |list: &'s [String]| list.iter().map(|written| Entry { written, matched: false }).collect();
        Self { include: entries(&select.include), exclude: entries(&select.exclude) }
    }

    /// Whether an operation is generated: one that is included, where anything is, and not excluded.
    pub(super) fn takes(&mut self, subject: &Subject<'_>) -> bool {
        let is_included = any(&mut self.include, subject) || self.include.is_empty();
        let is_excluded = any(&mut self.exclude, subject);
        is_included && !is_excluded
    }

    /// Reports the entries that match nothing.
    pub(super) fn report(self, diagnostics: &mut Vec<Diagnostic>) {
        let lists = [("select.include", self.include), ("select.exclude", self.exclude)];
        for (list, entries) in lists {
            for entry in entries.into_iter().filter(|entry| !entry.matched) {
                let written = entry.written;
                let message = format!("`{written}` in `{list}` matches no operation of the document");
                let help = "an entry is `tag:users`, `operation:users.update` or an `operationId`, `group:users`, \
                            `path:/users/{id}`, or `path:/users/**`";
                diagnostics.push(Diagnostic::error("unmatched-entry", message, place_of(list, written)).help(help));
            }
        }
    }
}

/// Whether an entry matches; all that do are remembered.
fn any(entries: &mut [Entry<'_>], subject: &Subject<'_>) -> bool {
    let mut any = false;
    for entry in entries {
        if matches(entry.written, subject) {
            entry.matched = true;
            any = true;
        }
    }
    any
}

fn matches(entry: &str, subject: &Subject<'_>) -> bool {
    let Some((kind, value)) = entry.split_once(':') else { return false };
    let request = Request { method: subject.method, path: subject.path, called: subject.called };
    match kind {
        "tag" => subject.tags.iter().any(|tag| tag == value),
        "operation" => name::means(request, value),
        "group" => name::groups_of_request(request).iter().any(|group| group == value),
        "path" => matches_path(value, subject.path),
        _ => false,
    }
}

/// Whether a pattern matches a path template: `*` stands for one segment, `**` for any number of them.
fn matches_path(pattern: &str, path: &str) -> bool {
    fn segments(pattern: &[&str], path: &[&str]) -> bool {
        match (pattern, path) {
            (["**", rest @ ..], _) => {
                segments(rest, path) || path.split_first().is_some_and(|(_, path)| segments(pattern, path))
            }
            ([wanted, rest @ ..], [segment, others @ ..]) => {
                (*wanted == "*" || wanted == segment) && segments(rest, others)
            }
            (rest, others) => rest.is_empty() && others.is_empty(),
        }
    }
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    segments(&pattern, &path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_segments() {
        for (pattern, path, expected) in [
            ("/users/{id}", "/users/{id}", true),
            ("/users/{id}", "/users/{user}", false),
            ("/users/*", "/users/{id}", true),
            ("/users/*", "/users/{id}/roles", false),
            ("/users/**", "/users/{id}/roles", true),
            ("/users/**", "/users", true),
            ("/users/**", "/users-exports", false),
            ("/**/roles", "/users/{id}/roles", true),
        ] {
            assert_eq!(matches_path(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn an_entry_matches_by_what_the_document_says() {
        let called = Called {
            group: Some("users.identities".to_owned()),
            name: Some("link".to_owned()),
            tag: Some("users".to_owned()),
            id: Some("post_identities".to_owned()),
        };
        let tags = ["users".to_owned(), "accounts".to_owned()];
        let subject = Subject { method: "POST", path: "/users/{id}/identities", tags: &tags, called: &called };
        for entry in [
            "tag:accounts",
            "operation:post_identities",
            "operation:users_identities.link",
            "group:users",
            "group:users_identities",
            "path:/users/**",
        ] {
            assert!(matches(entry, &subject), "{entry}");
        }
        for entry in ["tag:Users", "operation:link", "group:identities", "path:/users", "users", "method:POST"] {
            assert!(!matches(entry, &subject), "{entry}");
        }
    }
}
