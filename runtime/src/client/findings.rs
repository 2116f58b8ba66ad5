//! What is wrong with a part of a request, until it is known whether the caller minds.

use crate::violation::{Report, Violation, Violations};

/// What is wrong with one parameter, or with the body.
pub(super) struct Findings {
    /// What the schema has against the value: the caller may send it all the same.
    violations: Option<Violations>,
    /// Why the value can't be sent at all.
    refusals: Option<Violations>,
}

impl Findings {
    pub(super) fn new(violations: Report, refusals: Report) -> Self {
        Self { violations: violations.into_violations(), refusals: refusals.into_violations() }
    }

    /// Adds why the value can't be sent at all.
    pub(super) fn refuse(&mut self, refusals: Report) {
        let before = self.refusals.take().into_iter().flatten();
        let all = before.chain(refusals.into_violations().into_iter().flatten()).collect();
        self.refusals = Violations::new(all);
    }

    /// Everything that keeps the value from being sent.
    pub(super) fn told(&self, skip_validation: bool) -> impl Iterator<Item = &Violation> {
        let violations = self.violations.iter().filter(move |_| !skip_validation);
        self.refusals.iter().chain(violations).flatten()
    }
}
