//! What is wrong with a part of a request, until it is known whether the caller minds.

use crate::rule::Breaches;
use crate::violation::{Report, Violation, Violations};

/// What is wrong with one parameter, or with the body.
pub(super) struct Findings {
    /// What the schema has against the value: the caller may send it all the same.
    violations: Option<Violations>,
    /// Which rules of the API's prose it breaks: likewise.
    breaches: Option<Violations>,
    /// Why the value can't be sent at all.
    refusals: Option<Violations>,
}

/// What the caller sends all the same.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Skipped {
    /// What the schemas do not allow.
    pub(super) validation: bool,
    /// What the rules of the API's prose do not allow.
    pub(super) rules: bool,
}

impl Findings {
    pub(super) fn new(violations: Report, refusals: Report) -> Self {
        Self { violations: violations.into_violations(), breaches: None, refusals: refusals.into_violations() }
    }

    /// Adds why the value can't be sent at all.
    pub(super) fn refuse(&mut self, refusals: Report) {
        let before = self.refusals.take().into_iter().flatten();
        let all = before.chain(refusals.into_violations().into_iter().flatten()).collect();
        self.refusals = Violations::new(all);
    }

    /// Sets which rules the value breaks: the errors among them keep it from being sent.
    pub(super) fn judge(&mut self, breaches: &Breaches) {
        let errors = breaches.errors();
        let errors = errors.map(|breach| Violation::new(breach.pointer.as_str(), "rule", breach.message)).collect();
        self.breaches = Violations::new(errors);
    }

    /// Everything that keeps the value from being sent.
    pub(super) fn told(&self, skipped: Skipped) -> impl Iterator<Item = &Violation> {
        let violations = self.violations.iter().filter(move |_| !skipped.validation);
        let breaches = self.breaches.iter().filter(move |_| !skipped.rules);
        self.refusals.iter().chain(violations).chain(breaches).flatten()
    }
}
