//! The header by which a caller finds a request in the logs of the server.

use crate::check::Checked;

/// What most APIs call it.
const USUAL: &str = "X-Correlation-ID";

/// The header of correlation ids, and how long they may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Correlation {
    pub(super) header: &'static str,
    /// In characters.
    pub(super) max_length: Option<u64>,
}

impl Default for Correlation {
    fn default() -> Self {
        Self { header: USUAL, max_length: None }
    }
}

impl Correlation {
    /// That it is visible ASCII is asked of every header.
    pub(super) fn check(self, at: Checked<'_, str>) {
        let at = at.min_length(1);
        if let Some(limit) = self.max_length {
            at.max_length(limit);
        }
    }
}
