//! What was walked of a document, as people read it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Told;
use super::client::Operation;
use crate::apis::{Api, Report};

/// How much of a failure is shown.
const LONGEST: usize = 600;

/// What was walked of a document.
#[derive(Debug)]
pub(super) struct Walked {
    name: String,
    /// Whether request schemas were asked about, and not operations walked.
    is_of_requests: bool,
    /// `GET /users`, in the order of the document.
    operations: Vec<String>,
    /// Why the generator leaves an operation out, by name.
    left_out: BTreeMap<String, String>,
    /// Why an operation can't be called by the driver, by name.
    unknown: BTreeMap<String, String>,
    /// What was told, by index.
    told: BTreeMap<usize, Result<Told, String>>,
}

impl Walked {
    pub(super) fn new(
        api: &Api,
        is_of_requests: bool,
        generated: &Report,
        unknown: &[(Operation, String)],
        operations: Vec<String>,
    ) -> Self {
        let left_out = generated.operations().filter_map(|one| {
            Some((format!("{} {}", one.method, one.path), format!("not generated: {}", one.left_out.as_ref()?)))
        });
        let unknown = unknown.iter().map(|(one, why)| {
            (format!("{} {}", one.method, one.path), format!("the driver does not know what to give to {why}"))
        });
        let (left_out, unknown) = (left_out.collect(), unknown.collect());
        Self { name: api.name.clone(), is_of_requests, operations, left_out, unknown, told: BTreeMap::new() }
    }

    /// Takes what was told of an operation.
    pub(super) fn take(&mut self, case: usize, told: Result<Told, String>) {
        self.told.insert(case, told);
    }

    /// What is wrong, by operation, and whether that is only that the generator leaves it out.
    fn failures(&self) -> impl Iterator<Item = (&str, Vec<String>, bool)> {
        self.operations.iter().enumerate().filter_map(|(index, name)| {
            let left_out = self.left_out.get(name);
            let (found, is_left_out) = match self.told.get(&index) {
                Some(Ok(Told { missing: Some(why), .. })) => {
                    (vec![left_out.or(self.unknown.get(name)).unwrap_or(why).clone()], left_out.is_some())
                }
                Some(Ok(told)) => (told.wrong.iter().chain(&told.shortfalls).cloned().collect(), false),
                Some(Err(why)) => (vec![why.clone()], false),
                None => (vec!["the driver says nothing of it".to_owned()], false),
            };
            (!found.is_empty()).then_some((name.as_str(), found, is_left_out))
        })
    }

    /// Whether everything was walked, and nothing is wrong; an operation that is left out counts where all are asked for.
    pub(super) fn is_perfect(&self, all: bool) -> bool {
        self.failures().all(|(_, _, is_left_out)| is_left_out && !all)
    }

    /// The failures, and the counts.
    pub(super) fn text(&self, most: usize) -> String {
        let mut text = String::new();
        let failures: Vec<_> = self.failures().collect();
        for (name, found, _) in failures.iter().take(most) {
            let _ = writeln!(text, "{name}");
            for what in found {
                let start: String = what.chars().take(LONGEST).collect();
                let _ = writeln!(text, "    {start}{}", if start.len() < what.len() { "…" } else { "" });
            }
        }
        if failures.len() > most {
            let _ = writeln!(text, "… and {} more operations", failures.len() - most);
        }
        for (index, name) in self.operations.iter().enumerate() {
            for remark in
                self.told.get(&index).and_then(|told| told.as_ref().ok()).into_iter().flat_map(|told| &told.remarks)
            {
                let _ = writeln!(text, "{name}\n    remark: {remark}");
            }
        }
        let all = self.operations.len();
        let told = || self.told.values().filter_map(|told| told.as_ref().ok());
        let walked = all - failures.len();
        let asked: usize = told().map(|told| told.asked).sum();
        if self.is_of_requests {
            let (valid, invalid) =
                told().fold((0, 0), |(valid, invalid), told| (valid + told.verdicts.0, invalid + told.verdicts.1));
            let wrong: usize = told().map(|told| told.wrong.len()).sum();
            let _ = writeln!(
                text,
                "{}: the requests of {walked} of {all} operations agree ({valid} valid and {invalid} invalid instances, {wrong} disagreements shown)",
                self.name
            );
        } else {
            let _ = writeln!(text, "{}: {walked} of {all} operations walked ({asked} calls)", self.name);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn walked(told: &[Result<Told, String>]) -> Walked {
        let report = r#"{"crates": [{"operations": [{"method": "GET", "path": "/b", "left_out": "it is odd"}]}]}"#;
        let operations = vec!["GET /a".to_owned(), "GET /b".to_owned()];
        let api = Api::new(Path::new("x.json"), "walk");
        let mut walked = Walked::new(&api, false, &serde_json::from_str(report).unwrap(), &[], operations);
        for (case, told) in told.iter().enumerate() {
            let told = told.as_ref().map(|told| Told {
                wrong: told.wrong.clone(),
                missing: told.missing.clone(),
                ..Told::default()
            });
            walked.take(case, told.map_err(String::clone));
        }
        walked
    }

    #[test]
    fn what_is_left_out_counts_where_all_are_asked_for() {
        let missing = || Ok(Told { missing: Some("it is not generated".to_owned()), ..Told::default() });
        let left_out = walked(&[Ok(Told::default()), missing()]);
        assert!(left_out.is_perfect(false) && !left_out.is_perfect(true));
        let text = left_out.text(9);
        assert_eq!(text, "GET /b\n    not generated: it is odd\nwalk-x: 1 of 2 operations walked (0 calls)\n");
        assert!(!walked(&[missing(), missing()]).is_perfect(false), "one that the generator does not leave out");
    }

    #[test]
    fn what_is_wrong_and_a_driver_that_dies_are_failures() {
        let wrong = || Ok(Told { wrong: vec!["x".to_owned()], ..Told::default() });
        assert!(walked(&[Ok(Told::default()), Ok(Told::default())]).is_perfect(true));
        for told in [[wrong(), Ok(Told::default())], [Err("dead".to_owned()), Ok(Told::default())]] {
            assert!(!walked(&told).is_perfect(false));
        }
        assert!(!walked(&[Ok(Told::default())]).is_perfect(false), "nothing is said of the second");
    }
}
