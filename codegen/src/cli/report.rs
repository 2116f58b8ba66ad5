//! `--report`: what a run found, as JSON.

use serde::Serialize;

use super::documents::Sources;
use super::findings::Findings;
use super::generate::Made;
use crate::diagnostic::{Diagnostic, Place, Severity, Spot};
use crate::files::OperationSummary;

#[derive(Serialize)]
struct Report<'a> {
    crates: Vec<CrateReport<'a>>,
    errors: Vec<Problem<'a>>,
    warnings: Vec<Problem<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct CrateReport<'a> {
    name: &'a str,
    documents: Vec<&'a str>,
    output: &'a str,
    operations: Vec<Operation<'a>>,
    types: Vec<Type<'a>>,
    unchecked_formats: &'a std::collections::BTreeMap<String, usize>,
}

#[derive(Serialize)]
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<&'a str>,
}

#[derive(Serialize)]
struct Type<'a> {
    name: &'a str,
    pointer: &'a str,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'a str,
    message: &'a str,
    places: Vec<Where<'a>>,
    help: &'a [String],
}

#[derive(Serialize)]
struct Where<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

#[derive(Serialize)]
struct Counts {
    operations: usize,
    operations_left_out: usize,
    types: usize,
    errors: usize,
    warnings: usize,
}

/// The text of the report.
pub(super) fn text(made: &[Made<'_>], findings: &Findings) -> String {
    let summaries = || made.iter().map(|made| &made.generated.summary);
    let operations = || summaries().flat_map(|summary| &summary.operations);
    let counts = Counts {
        operations: operations().filter(|operation| operation.name.is_some()).count(),
        operations_left_out: operations().filter(|operation| operation.name.is_none()).count(),
        types: summaries().map(|summary| summary.types.len()).sum(),
        errors: findings.count(Severity::Error),
        warnings: findings.count(Severity::Warning),
    };
    let sources = findings.sources();
    let report = Report {
        crates: made.iter().map(crate_report).collect(),
        errors: problems(findings, &sources, Severity::Error),
        warnings: problems(findings, &sources, Severity::Warning),
        counts,
    };
    // Maps with keys that are no strings are what fails; there is none.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn crate_report<'a>(made: &'a Made<'_>) -> CrateReport<'a> {
    let summary = &made.generated.summary;
    CrateReport {
        name: &made.job.config.package.name,
        documents: made.job.sources.iter().map(|source| source.name.as_str()).collect(),
        output: &made.job.out.shown,
        operations: summary.operations.iter().map(operation).collect(),
        types: summary.types.iter().map(|(name, pointer)| Type { name, pointer }).collect(),
        unchecked_formats: &summary.unchecked_formats,
    }
}

fn operation(operation: &OperationSummary) -> Operation<'_> {
    Operation {
        method: &operation.method,
        path: &operation.path,
        name: operation.name.as_deref(),
        left_out: operation.left_out.as_deref(),
    }
}

fn problems<'a>(findings: &'a Findings, sources: &Sources<'_>, severity: Severity) -> Vec<Problem<'a>> {
    let diagnostics = findings.list.iter().map(|finding| &finding.diagnostic);
    diagnostics.filter(|diagnostic| diagnostic.severity == severity).map(|found| problem(found, sources)).collect()
}

fn problem<'a>(diagnostic: &'a Diagnostic, sources: &Sources<'_>) -> Problem<'a> {
    let places = diagnostic.places.iter().map(|place| place_of(place, sources)).collect();
    Problem { code: diagnostic.code, message: &diagnostic.message, places, help: &diagnostic.help }
}

fn place_of<'a>(place: &'a Place, sources: &Sources<'_>) -> Where<'a> {
    let span = sources.locate(&place.file, &place.spot);
    let (line, column) = span.map(|span| (span.line, span.column)).unzip();
    let pointer = match &place.spot {
        Spot::Pointer(pointer) | Spot::Key(pointer) => Some(pointer.as_str()),
        Spot::Offset(_) | Spot::File => None,
    };
    Where { file: &place.file, line, column, pointer, label: &place.label }
}
