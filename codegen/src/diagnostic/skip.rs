//! Warnings that a person has read and decided to live with: `[skip]` of `codegen.toml`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Diagnostic, Severity, Spot};
use crate::config::place_of;

/// Takes out the warnings that stand at or below a pointer and have one of its codes; says how many. An entry that silences
/// nothing is an error.
pub(crate) fn skip(entries: &BTreeMap<String, Vec<String>>, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let mut used: BTreeSet<(&str, &str)> = BTreeSet::new();
    let before = diagnostics.len();
    diagnostics.retain(|diagnostic| {
        let mut is_kept = true;
        for (pointer, codes) in entries.iter().filter(|(pointer, _)| is_below(diagnostic, pointer)) {
            if let Some(code) = codes.iter().find(|code| *code == diagnostic.code) {
                used.insert((pointer, code));
                is_kept = false;
            }
        }
        is_kept
    });
    let skipped = before.saturating_sub(diagnostics.len());
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    // With an error, what there would have been to warn of is not all known.
    for (pointer, codes) in entries.iter().filter(|_| !failed) {
        if codes.is_empty() {
            let message = format!("`{pointer}` in `skip` of codegen.toml names no warning");
            diagnostics.push(Diagnostic::error("unmatched-entry", message, place_of("skip", pointer)));
        }
        for code in codes.iter().filter(|code| !used.contains(&(pointer.as_str(), code.as_str()))) {
            let message = format!("no warning `{code}` stands at `{pointer}`, as `skip` of codegen.toml has it");
            diagnostics.push(Diagnostic::error("unmatched-entry", message, place_of("skip", pointer)));
        }
    }
    skipped
}

/// Whether a warning stands at a pointer, or in what is there.
fn is_below(diagnostic: &Diagnostic, pointer: &str) -> bool {
    let place = diagnostic.places.first().map(|place| &place.spot);
    match place {
        Some(Spot::Pointer(place) | Spot::Key(place)) if diagnostic.severity == Severity::Warning => {
            place.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn warning(code: &'static str, pointer: &str) -> Diagnostic {
        Diagnostic::warning(code, "", Place::value("a.json", pointer))
    }

    fn entries(pointer: &str, codes: &[&str]) -> BTreeMap<String, Vec<String>> {
        BTreeMap::from([(pointer.to_owned(), codes.iter().map(|code| (*code).to_owned()).collect())])
    }

    #[test]
    fn a_warning_is_silenced_at_a_place_and_below_it() {
        let mut found = vec![warning("a", "/x"), warning("a", "/x/y"), warning("b", "/x"), warning("a", "/xy")];
        assert_eq!(skip(&entries("/x", &["a"]), &mut found), 2);
        assert_eq!(found, [warning("b", "/x"), warning("a", "/xy")]);
    }

    #[test]
    fn an_entry_that_silences_nothing_is_an_error() {
        for (pointer, codes) in [("/x", &["b"][..]), ("/z", &["a"]), ("/x", &[])] {
            let mut found = vec![warning("a", "/x")];
            assert_eq!(skip(&entries(pointer, codes), &mut found), 0);
            assert_eq!(found[1].code, "unmatched-entry");
        }
    }

    #[test]
    fn errors_are_never_silenced() {
        let error = Diagnostic::error("a", "", Place::value("a.json", "/x"));
        let mut found = vec![error.clone()];
        assert_eq!(skip(&entries("/x", &["a"]), &mut found), 0);
        assert_eq!(found, [error]);
    }
}
