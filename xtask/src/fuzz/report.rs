//! What a run found, as people read it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use super::draw::{Drawn, Harvest, Tally};
use super::{Answer, Disagreement};
use crate::workshop::{Case, Refused};

/// How much of an instance is shown.
const LONGEST: usize = 400;

/// What a run found.
#[derive(Debug)]
pub(super) struct Report<'a> {
    drawn: &'a Harvest,
    refused: &'a BTreeMap<String, Refused>,
    asked: usize,
    /// By module.
    disagreements: BTreeMap<String, Vec<Disagreement>>,
}

impl<'a> Report<'a> {
    pub(super) fn new(drawn: &'a Harvest, refused: &'a BTreeMap<String, Refused>) -> Self {
        Self { drawn, refused, asked: 0, disagreements: BTreeMap::new() }
    }

    /// Takes the answer about a case.
    pub(super) fn take(&mut self, (module, case): Case<'_>, answer: Result<Answer, String>) {
        self.asked += 1;
        let found = answer.map_or_else(|why| vec![self.silence(module, case, why)], |answer| answer.disagreements);
        if !found.is_empty() {
            self.disagreements.entry(module.to_owned()).or_default().extend(found);
        }
    }

    fn silence(&self, module: &str, case: usize, found: String) -> Disagreement {
        let drawn = self.drawn.groups.iter().find(|drawn| drawn.module == module);
        let instance = drawn.and_then(|drawn| drawn.instances.get(case)).map(|instance| instance.get().to_owned());
        Disagreement { about: "driver".to_owned(), instance, valid: None, found }
    }

    fn total(&self) -> Tally {
        self.drawn.groups.iter().fold(Tally::default(), |sum, Drawn { tally, .. }| Tally {
            accepted: sum.accepted + tally.accepted,
            refused: sum.refused + tally.refused,
            keywords: sum.keywords + tally.keywords,
            violated: sum.violated + tally.violated,
            unprobed: sum.unprobed.into_iter().chain(tally.unprobed.iter().cloned()).collect(),
        })
    }

    /// Whether nothing is wrong, and the instances are a proof of it.
    pub(super) fn is_perfect(&self) -> bool {
        let has_shortfall = self.drawn.groups.iter().any(|drawn| !drawn.shortfalls.is_empty());
        self.disagreements.is_empty() && self.refused.is_empty() && !has_shortfall && !self.is_lopsided()
    }

    /// Whether a verdict has less than a quarter of all instances.
    fn is_lopsided(&self) -> bool {
        let Tally { accepted, refused, .. } = self.total();
        accepted.min(refused) * 4 < accepted + refused
    }

    /// Every disagreement with the file of its schema, what is missing, and the counts.
    pub(super) fn text(&self, file: impl Fn(&str) -> PathBuf) -> String {
        let mut text = String::new();
        for drawn in &self.drawn.groups {
            let head = format!("{} ({})\n", file(&drawn.module).display(), drawn.origin);
            let mut lines = self.lines_of(drawn);
            lines.extend(drawn.shortfalls.iter().map(|shortfall| format!("    {shortfall}\n")));
            if !lines.is_empty() {
                text.push_str(&head);
                text.extend(lines);
            }
        }
        for origin in &self.drawn.unjudged {
            let _ = writeln!(text, "not asked, since the validator refuses it: {origin}");
        }
        let Tally { accepted, refused, keywords, violated, unprobed } = self.total();
        let asked = self.asked;
        let lopsided = if self.is_lopsided() { ", which is less than a quarter of one" } else { "" };
        let (schemas, dropped, not_asked) = (self.drawn.groups.len(), self.drawn.dropped, unprobed.len());
        let disagreements: usize = self.disagreements.values().map(Vec::len).sum();
        let _ = writeln!(
            text,
            "schemas: {schemas}, of which {} without a type ({dropped} more dropped)",
            self.refused.len()
        );
        let _ = writeln!(text, "instances: {asked} asked of {accepted} valid, {refused} invalid{lopsided}");
        let _ = writeln!(text, "keywords: {violated} of {keywords} violated ({not_asked} more not counted)");
        let _ = writeln!(text, "disagreements: {disagreements}, in {} schemas", self.disagreements.len());
        text
    }

    fn lines_of(&self, drawn: &Drawn) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(why) = self.refused.get(&drawn.module) {
            lines.push(format!("    {why}\n"));
        }
        let mut more: BTreeMap<&str, usize> = BTreeMap::new();
        for Disagreement { about, instance, valid, found } in
            self.disagreements.get(&drawn.module).into_iter().flatten()
        {
            let line = instance.as_ref().map(|instance| {
                let valid = valid.map_or("", |valid| if valid { " is valid" } else { " is invalid" });
                format!("    {about}: {}{valid}: {found}\n", start(instance))
            });
            match line.filter(|line| !lines.contains(line)) {
                Some(line) => lines.push(line),
                None => *more.entry(about).or_default() += 1,
            }
        }
        lines.extend(more.into_iter().map(|(about, times)| format!("    {about}: {times} more\n")));
        lines
    }
}

/// The start of a text, which is all of it most often.
fn start(text: &str) -> String {
    let start: String = text.chars().take(LONGEST).collect();
    if start.len() < text.len() { format!("{start}… ({} bytes)", text.len()) } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A schema with as many instances of each verdict.
    fn harvest(accepted: usize, refused: usize, shortfalls: &[&str]) -> Harvest {
        let raw = |text: &str| serde_json::value::RawValue::from_string(text.to_owned()).unwrap();
        let drawn = Drawn {
            module: "small_0000".to_owned(),
            origin: "drawn 1".to_owned(),
            schema: raw("true"),
            instances: vec![raw("1")],
            tally: Tally { accepted, refused, keywords: 4, violated: 4, unprobed: Vec::new() },
            shortfalls: shortfalls.iter().map(|shortfall| (*shortfall).to_owned()).collect(),
        };
        Harvest { dropped: 0, unjudged: Vec::new(), groups: vec![drawn], remotes: None }
    }

    fn disagreement(instance: Option<&str>) -> Disagreement {
        let (about, found) = ("types".to_owned(), "refused".to_owned());
        Disagreement { about, instance: instance.map(str::to_owned), valid: Some(true), found }
    }

    #[test]
    fn a_run_is_perfect_only_where_it_proves_something() {
        let refused = BTreeMap::new();
        let is_perfect = |harvest: &Harvest| Report::new(harvest, &refused).is_perfect();
        assert!(is_perfect(&harvest(1, 3, &[])));
        assert!(!is_perfect(&harvest(1, 4, &[])));
        assert!(!is_perfect(&harvest(2, 2, &["never violated: /minimum"])));
        let without = BTreeMap::from([("small_0000".to_owned(), Refused::Reported("no".to_owned()))]);
        assert!(!Report::new(&harvest(2, 2, &[]), &without).is_perfect());
    }

    #[test]
    fn disagreements_are_shown_once_and_counted_all() {
        let (harvest, refused) = (harvest(2, 2, &[]), BTreeMap::new());
        let mut report = Report::new(&harvest, &refused);
        for instance in [Some("1"), Some("1"), None] {
            report.take(("small_0000", 0), Ok(Answer { disagreements: vec![disagreement(instance)] }));
        }
        report.take(("small_0000", 0), Err("the driver ended with signal: 6".to_owned()));
        let text = report.text(|module| PathBuf::from(format!("{module}.json")));
        let expected = "small_0000.json (drawn 1)\n    types: 1 is valid: refused\n    \
                        driver: 1: the driver ended with signal: 6\n    types: 2 more\n";
        assert!(text.starts_with(expected), "{text}");
        assert!(text.ends_with("keywords: 4 of 4 violated (0 more not counted)\ndisagreements: 4, in 1 schemas\n"));
        assert!(!report.is_perfect());
    }
}
