//! What a crate needs of `codegen-runtime` beyond its default: the Cargo features that its checks stand on.

use std::collections::BTreeSet;

use super::{Check, Ir, Regex};

/// An engine for ECMA-262.
pub const BACKTRACKING: &str = "backtracking";
/// The tables of internationalized names.
pub const IDN: &str = "idn";

impl Regex {
    /// The feature that the pattern needs.
    fn runtime_feature(&self) -> Option<&'static str> {
        self.linear.is_none().then_some(BACKTRACKING)
    }
}

impl Check {
    /// Adds the features that the check needs, and those of the checks in it.
    fn add_runtime_features(&self, found: &mut BTreeSet<&'static str>) {
        match self {
            Self::Pattern(pattern) => found.extend(pattern.runtime_feature()),
            Self::Format { feature, .. } => found.extend(*feature),
            Self::Contains { checks, .. } | Self::PropertyNames(checks) => {
                checks.iter().for_each(|check| check.add_runtime_features(found));
            }
            Self::Branches { branches, .. } => {
                branches.iter().flatten().for_each(|check| check.add_runtime_features(found));
            }
            _ => {}
        }
    }
}

impl Ir {
    /// The features of `codegen-runtime` that the crate needs, whatever its own features are.
    #[must_use]
    pub fn runtime_features(&self) -> BTreeSet<&'static str> {
        let mut found = BTreeSet::new();
        self.all_checks().flatten().for_each(|check| check.add_runtime_features(&mut found));
        let names = self.predicates.iter().flat_map(|predicate| &predicate.patterns);
        found.extend(names.filter_map(|(pattern, _)| pattern.runtime_feature()));
        found
    }
}
