//! `--check`: what is stale, as one diff.

use super::diff;
use super::reconcile::Plan;

/// How many lines of the diff are shown.
const LINES: usize = 200;

/// The diff of everything that is stale, cut where it is long.
pub(super) fn diff_of<'p>(plans: impl IntoIterator<Item = &'p Plan>) -> String {
    let changes = plans.into_iter().flat_map(|plan| plan.files.iter().map(move |change| plan.diff(change)));
    diff::cut(&changes.collect::<String>(), LINES)
}
