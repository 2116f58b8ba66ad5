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
    /// Why an operation can't be called, by name.
    uncalled: BTreeMap<String, String>,
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
        let uncalled = left_out.chain(unknown).collect();
        Self { name: api.name.clone(), is_of_requests, operations, uncalled, told: BTreeMap::new() }
    }

    /// Takes what was told of an operation.
    pub(super) fn take(&mut self, case: usize, told: Result<Told, String>) {
        self.told.insert(case, told);
    }

    /// What is wrong, by operation.
    fn failures(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        self.operations.iter().enumerate().filter_map(|(index, name)| {
            let found = match self.told.get(&index) {
                Some(Ok(Told { missing: Some(why), .. })) => {
                    vec![self.uncalled.get(name).unwrap_or(why).clone()]
                }
                Some(Ok(told)) => told.wrong.iter().chain(&told.shortfalls).cloned().collect(),
                Some(Err(why)) => vec![why.clone()],
                None => vec!["the driver says nothing of it".to_owned()],
            };
            (!found.is_empty()).then_some((name.as_str(), found))
        })
    }

    /// Whether everything was walked, and nothing is wrong.
    pub(super) fn is_perfect(&self) -> bool {
        self.failures().next().is_none()
    }

    /// The failures, and the counts.
    pub(super) fn text(&self, most: usize) -> String {
        let mut text = String::new();
        let failures: Vec<_> = self.failures().collect();
        for (name, found) in failures.iter().take(most) {
            let _ = writeln!(text, "{name}");
            for what in found {
                let start: String = what.chars().take(LONGEST).collect();
                let _ = writeln!(text, "    {start}{}", if start.len() < what.len() { "…" } else { "" });
            }
        }
        if failures.len() > most {
            let _ = writeln!(text, "… and {} more operations", failures.len() - most);
        }
        let remarks = self.operations.iter().zip(self.told.values());
        for (name, told) in remarks.filter_map(|(name, told)| Some((name, told.as_ref().ok()?))) {
            for remark in &told.remarks {
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
