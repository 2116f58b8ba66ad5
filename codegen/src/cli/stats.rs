//! The command `stats`: how exactly documents become types.

use std::path::Path;

use serde::Serialize;

use super::args::StatsArguments;
use super::changes::some_of;
use super::documents::{self, Sources};
use super::findings::{Finding, Findings, plain_error};
use super::host::Stream;
use super::library::FileLibrary;
use super::paths::Located;
use super::summary::{count, thousands};
use super::{Exit, Program};
use crate::config::{Config, Formats, Schemas};
use crate::diagnostic::Severity;
use crate::ir::{Answer, Narrowness, Statistics};
use crate::schema::Location;
use crate::{Dangling, Input, Options};

/// What is counted of a document, or of all of them.
#[derive(Debug, Default, Serialize)]
struct Counts {
    fields: Fields,
    keywords: Keywords,
    /// The types that interpret a schema when the program runs. There are none: every keyword becomes a type or a check.
    run_time: [String; 0],
    implied_types: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
struct Fields {
    typed: usize,
    open: usize,
    untyped: Vec<String>,
    /// Typed of those whose schema says what they are.
    share: f64,
}

#[derive(Debug, Default, Serialize)]
struct Keywords {
    by_type: usize,
    by_check: usize,
    unanswered: Vec<String>,
    /// By type or by check, of all.
    share: f64,
}

#[derive(Serialize)]
struct Document {
    document: String,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize)]
struct Report {
    documents: Vec<Document>,
    total: Counts,
}

impl Program<'_> {
    /// Runs the command.
    pub(super) fn stats(&self, arguments: &StatsArguments) -> Exit {
        let mut findings = Findings::default();
        let current = match self.host.current_folder() {
            Ok(folder) => Located::current(folder),
            Err(error) => {
                findings.add(plain_error("unreadable", format!("cannot read the current folder: {error}")));
                return self.fail(&findings);
            }
        };
        let mut measured = Vec::new();
        for spec in &arguments.specs {
            if let Some(statistics) = self.measure(spec, arguments, &current, &mut findings) {
                measured.push((spec.to_string_lossy().into_owned(), statistics));
            }
        }
        let exit = if findings.has_errors() { self.fail(&findings) } else { Exit::Success };
        let total = Counts::of(measured.iter().map(|(_, statistics)| statistics), true);
        let documents = measured.iter().map(|(document, statistics)| Document {
            document: document.clone(),
            counts: Counts::of(std::iter::once(statistics), false),
        });
        let report = Report { documents: documents.collect(), total };
        self.host.print(Stream::Output, &if arguments.json { json(&report) } else { text(&report) });
        exit
    }

    /// What became of a document.
    fn measure(
        &self,
        spec: &Path,
        arguments: &StatsArguments,
        current: &Located,
        findings: &mut Findings,
    ) -> Option<Statistics> {
        let source = self.read_document(&current.join(spec), findings)?;
        let config = Config {
            formats: Formats { mode: arguments.formats.into(), ..Formats::default() },
            schemas: Schemas { implied_types: arguments.implied_types.into(), ..Schemas::default() },
            ..Config::default()
        };
        let library = FileLibrary::new(self.host, current.clone(), arguments.maps.clone());
        let options = Options { dangling: Dangling::Error, ..Options::default() };
        let sources = std::slice::from_ref(&source);
        let outcome = (self.generate)(&Input { sources, config: &config, options, library: &library });
        findings.texts.extend(library.take_texts());
        let errors = outcome.diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        findings.extend(errors);
        Some(outcome.generated?.summary.statistics)
    }

    fn fail(&self, findings: &Findings) -> Exit {
        let color = self.host.color(Stream::Error);
        let sources: Sources<'_> = findings.sources();
        for Finding { diagnostic, .. } in &findings.list {
            self.host.print(Stream::Error, &format!("{}\n\n", documents::render(diagnostic, &sources, color)));
        }
        Exit::Failure
    }
}

impl Counts {
    /// Counts; `with_files` tells places of several documents apart.
    fn of<'s>(all: impl Iterator<Item = &'s Statistics>, with_files: bool) -> Self {
        let shown = |place: &Location| match with_files {
            true => format!("{}#{}", place.file, place.pointer),
            false => place.pointer.clone(),
        };
        let mut counts = Self::default();
        for statistics in all {
            for (place, narrowness) in &statistics.fields {
                match narrowness {
                    Narrowness::Typed => counts.fields.typed += 1,
                    Narrowness::Open => counts.fields.open += 1,
                    Narrowness::Untyped => counts.fields.untyped.push(shown(place)),
                }
            }
            for (place, answer) in &statistics.keywords {
                match answer {
                    Answer::Type => counts.keywords.by_type += 1,
                    Answer::Check => counts.keywords.by_check += 1,
                    Answer::Unanswered => counts.keywords.unanswered.push(shown(place)),
                }
            }
            counts.implied_types.extend(statistics.implied.iter().map(shown));
        }
        counts.fields.share = share(counts.fields.typed, counts.fields.untyped.len());
        let answered = counts.keywords.by_type + counts.keywords.by_check;
        counts.keywords.share = share(answered, counts.keywords.unanswered.len());
        counts
    }
}

/// `part` of itself and `rest`; all of nothing is all.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share(part: usize, rest: usize) -> f64 {
    if part + rest == 0 { 1.0 } else { part as f64 / (part + rest) as f64 }
}

fn json(report: &Report) -> String {
    // Maps with keys that are no strings are what fails; there is none.
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

/// A paragraph a document, and one for all where there are several.
fn text(report: &Report) -> String {
    let mut text = String::new();
    for Document { document, counts } in &report.documents {
        text += &paragraph(document, counts);
    }
    if report.documents.len() > 1 {
        text += &paragraph("all", &report.total);
    }
    text
}

fn paragraph(name: &str, Counts { fields, keywords, run_time, implied_types }: &Counts) -> String {
    let mut lines = vec![
        format!(
            "{name}: {} typed of {} ({}), {} open",
            thousands(fields.typed),
            count(fields.typed + fields.untyped.len(), "field"),
            percent(fields.share),
            thousands(fields.open),
        ),
        format!(
            "  {} answered by types, {} by emitted checks ({}), {} at run time, {} not",
            count(keywords.by_type, "keyword"),
            thousands(keywords.by_check),
            percent(keywords.share),
            run_time.len(),
            thousands(keywords.unanswered.len()),
        ),
    ];
    if !implied_types.is_empty() {
        lines.push(format!(
            "  {} without `type` taken for what the keywords speak of",
            count(implied_types.len(), "schema")
        ));
    }
    for (what, places) in [("untyped", &fields.untyped), ("not answered", &keywords.unanswered)] {
        if !places.is_empty() {
            lines.push(format!("  {what}: {}", some_of(places)));
        }
    }
    lines.join("\n") + "\n"
}

/// Rounded down, so that only all is 100 %.
fn percent(share: f64) -> String {
    format!("{:.2} %", (share * 10_000.0).floor() / 100.0)
}
