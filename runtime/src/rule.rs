//! Rules that only the prose of an API states: judged beside the schema of a value, and told apart from it.
//!
//! They are written in `codegen.toml`; a generated type judges them by [`crate::Validate::rules`].

use std::fmt;

use serde_json::Value;

use crate::check::{Checked, Predicate, Subject};

/// How much a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The server is known to refuse what breaks it: a client does not send it.
    Error,
    /// What breaks it is likely a mistake.
    Warning,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A rule, as generated code writes it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    level: Level,
    message: &'static str,
    condition: Option<&'static str>,
}

impl Rule {
    /// A rule of the level [`Level::Error`].
    #[must_use]
    pub const fn error(message: &'static str) -> Self {
        Self { level: Level::Error, message, condition: None }
    }

    /// A rule of the level [`Level::Warning`].
    #[must_use]
    pub const fn warning(message: &'static str) -> Self {
        Self { level: Level::Warning, message, condition: None }
    }

    pub(crate) fn level(&self) -> Level {
        self.level
    }

    pub(crate) fn message(&self) -> &'static str {
        self.message
    }

    pub(crate) fn condition(&self) -> Option<&'static str> {
        self.condition
    }

    /// The same, judged only where the caller names a condition.
    #[must_use]
    pub const fn when(self, condition: &'static str) -> Self {
        Self { condition: Some(condition), ..self }
    }
}

/// A rule that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Breach {
    /// The JSON Pointer (RFC 6901) of the value that the rule is about; empty for the whole instance.
    pub pointer: String,
    /// How much it counts.
    pub level: Level,
    /// What to do about it. It never quotes the value.
    pub message: &'static str,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "the value" } else { &self.pointer };
        write!(f, "{}: {place}: {}", self.level, self.message)
    }
}

/// Every rule that a value breaks; none where it is as the API wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Breaches(Vec<Breach>);

impl Breaches {
    pub(crate) fn new(breaches: Vec<Breach>) -> Self {
        Self(breaches)
    }

    /// Whether no rule is broken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many rules are broken.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, in the order of the rules.
    pub fn iter(&self) -> std::slice::Iter<'_, Breach> {
        self.0.iter()
    }

    /// Those that keep a request from being sent.
    pub fn errors(&self) -> impl Iterator<Item = &Breach> {
        self.0.iter().filter(|breach| breach.level == Level::Error)
    }

    /// Those that are told to whoever asks.
    pub fn warnings(&self) -> impl Iterator<Item = &Breach> {
        self.0.iter().filter(|breach| breach.level == Level::Warning)
    }
}

impl<'b> IntoIterator for &'b Breaches {
    type Item = &'b Breach;
    type IntoIter = std::slice::Iter<'b, Breach>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Breaches {
    type Item = Breach;
    type IntoIter = std::vec::IntoIter<Breach>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A line a breach.
impl fmt::Display for Breaches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, breach) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            breach.fmt(f)?;
        }
        Ok(())
    }
}

impl Checked<'_, Value> {
    /// A rule about the value, where the caller names its condition.
    pub fn rule(self, rule: &Rule, predicate: Predicate) -> Self {
        self.judge_by(rule, |value| Subject::accepts(value, predicate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::checked;
    use crate::path::Path;
    use crate::violation::Report;

    fn needs_a(subject: &mut Subject<'_>) {
        subject.required(&["a"]);
    }

    fn judged(value: &Value, conditions: &[&str]) -> Breaches {
        const RULES: [Rule; 3] = [
            Rule::error("must hold `a`"),
            Rule::warning("should hold `a`"),
            Rule::warning("should hold `a` here").when("here"),
        ];
        let mut report = Report::under(conditions);
        for rule in &RULES {
            checked(value, &Path::ROOT.key("body"), &mut report, |value| {
                value.rule(rule, needs_a);
            });
        }
        report.into_breaches()
    }

    #[test]
    fn a_rule_with_a_condition_is_judged_where_that_is_named() {
        let value = serde_json::json!({"b": 1});
        let told = |conditions| judged(&value, conditions).to_string();
        let always = "error: /body: must hold `a`\nwarning: /body: should hold `a`";
        assert_eq!(told(&[]), always);
        assert_eq!(told(&["there"]), always);
        assert_eq!(told(&["there", "here"]), format!("{always}\nwarning: /body: should hold `a` here"));
    }

    #[test]
    fn errors_and_warnings_are_told_apart() {
        let breaches = judged(&serde_json::json!({}), &["here"]);
        assert_eq!((breaches.errors().count(), breaches.warnings().count(), breaches.len()), (1, 2, 3));
        assert!(judged(&serde_json::json!({"a": null}), &["here"]).is_empty());
    }
}
