//! What a run has found.

use serde::Serialize;

use super::goals::Goal;
use super::sources::Size;
use super::usage::{Measure, Usage};

/// The figures of all documents.
#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    /// How many processes wanted to run when it began, on average over a minute, where the system tells.
    pub(crate) load: Option<f64>,
    /// How many runs the medians are of.
    pub(crate) runs: usize,
    pub(crate) documents: Vec<DocumentFigures>,
}

/// The figures of one document.
#[derive(Debug, Default, Serialize)]
pub(crate) struct DocumentFigures {
    pub(crate) document: String,
    /// This project first.
    pub(crate) rows: Vec<Row>,
    /// The least that generating can cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) floor: Option<Measure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<GroupFigures>,
    /// Generating the document, doubled, quadrupled.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) multiples: Vec<Multiple>,
    pub(crate) goals: Vec<Goal>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) kinds: Vec<KindFigures>,
}

/// What one generator makes of a document.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Row {
    pub(crate) generator: String,
    /// Whether it makes what this project makes, so that the goals are about it.
    pub(crate) is_peer: bool,
    /// Generating; what it refuses is a failure here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) generate: Option<Measure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) size: Option<Size>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) check: Option<Measure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) build: Option<Measure>,
}

impl Row {
    /// The failure that it is out of the comparison for, if there is one.
    pub(crate) fn failure(&self) -> Option<&str> {
        [&self.generate, &self.check, &self.build].into_iter().flatten().find_map(|measure| match measure {
            Measure::Failed(why) => Some(why.as_str()),
            Measure::Taken(_) => None,
        })
    }
}

/// Checking the types and the client of one group.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct GroupFigures {
    pub(crate) group: String,
    pub(crate) check: Measure,
}

/// Generating a multiple of the document.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Multiple {
    pub(crate) times: usize,
    pub(crate) generate: Measure,
}

/// Checking the crate without one kind of emitted code.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct KindFigures {
    pub(crate) kind: String,
    pub(crate) check: Measure,
}

impl DocumentFigures {
    /// This project's row.
    pub(crate) fn own(&self) -> Option<&Row> {
        self.rows.first()
    }

    /// The row of the baseline.
    pub(crate) fn baseline(&self) -> Option<&Row> {
        self.rows.iter().find(|row| row.generator == BASELINE)
    }

    /// The peer that is best by a figure, among those that make a crate which compiles.
    pub(crate) fn best(&self, figure: fn(&Row) -> Option<Usage>) -> Option<(&Row, f64)> {
        let peers = self.rows.iter().filter(|row| row.is_peer && row.failure().is_none());
        let figures = peers.filter_map(|row| Some((row, figure(row)?.cpu)));
        figures.min_by(|(_, one), (_, other)| one.total_cmp(other))
    }
}

/// What the baseline is called.
pub(crate) const BASELINE: &str = "baseline";
