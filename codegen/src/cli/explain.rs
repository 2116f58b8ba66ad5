//! The command `explain`: what one node of a document becomes, and why.

use serde::Serialize;

use super::args::ExplainArguments;
use super::documents;
use super::findings::{Findings, plain_error};
use super::host::Stream;
use super::library::{FileLibrary, Mapping};
use super::paths::Located;
use super::{Exit, Program, settings};
use crate::config::{Config, Formats, Schemas};
use crate::diagnostic::{Diagnostic, Severity, Spot};
use crate::explain::{Facts, Nowhere, explain};
use crate::source::{Source, pointer};
use crate::{Dangling, Input, Options};

#[derive(Serialize)]
struct Report<'r> {
    file: &'r str,
    line: Option<usize>,
    column: Option<usize>,
    pointer: &'r str,
    #[serde(flatten)]
    facts: &'r Facts,
}

impl Program<'_> {
    /// Runs the command.
    pub(super) fn explain(&self, arguments: &ExplainArguments) -> Exit {
        let mut findings = Findings::default();
        let found = self.facts(arguments, &mut findings);
        if let Some((source, facts)) = &found {
            let spot = Spot::Key(arguments.pointer.clone());
            let sources = findings.sources();
            let span = sources.locate(&source.name, &spot);
            let (line, column) = span.map(|span| (span.line, span.column)).unzip();
            let text = if arguments.json {
                let report = Report { file: &source.name, line, column, pointer: &arguments.pointer, facts };
                // Maps with keys that are no strings are what fails; there is none.
                serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
            } else {
                let place = line.zip(column).map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
                format!("{}{place}\n{}", source.name, facts.to_text())
            };
            self.host.print(Stream::Output, &text);
        }
        let color = self.host.color(Stream::Error);
        let sources = findings.sources();
        for finding in &findings.list {
            self.host.print(Stream::Error, &format!("{}\n\n", documents::render(&finding.diagnostic, &sources, color)));
        }
        if found.is_some() { Exit::Success } else { Exit::Failure }
    }

    fn facts(&self, arguments: &ExplainArguments, findings: &mut Findings) -> Option<(Source, Facts)> {
        if !pointer::is_pointer(&arguments.pointer) {
            let message = format!("`{}` is no JSON Pointer: it has to begin with `/`", arguments.pointer);
            findings.add(plain_error("no-pointer", message).help("`/components/schemas/User`, `/paths/~1users/get`"));
            return None;
        }
        let current = match self.host.current_folder() {
            Ok(folder) => Located::current(folder),
            Err(error) => {
                findings.add(plain_error("unreadable", format!("cannot read the current folder: {error}")));
                return None;
            }
        };
        let (config, library) = self.decisions(arguments, &current, findings)?;
        let document = current.join(&arguments.spec);
        let source = self.read_document(&document, findings)?;
        let library = library.with_document(document);
        let options = Options { dangling: Dangling::Any, ..Options::default() };
        let input = Input { sources: std::slice::from_ref(&source), config: &config, options, library: &library };
        let (mut diagnostics, mut opened) = (Vec::new(), Vec::new());
        let plan = crate::plan(&input, &mut diagnostics, &mut opened);
        findings.texts.extend(library.take_texts());
        let facts = plan.as_ref().map(|plan| explain(plan, &source, &arguments.pointer));
        // Of what is wrong elsewhere `generate` tells; here it would hide the answer.
        let concerns = |diagnostic: &Diagnostic| {
            plan.is_none() && diagnostic.severity == Severity::Error
                || stands_at(diagnostic, &source, &arguments.pointer)
        };
        findings.extend(diagnostics.into_iter().filter(concerns));
        match facts? {
            Ok(facts) => Some((source, facts)),
            Err(nowhere) => {
                findings.add(nothing_there(&nowhere, &source, &arguments.pointer));
                None
            }
        }
    }

    /// The configuration, and the documents that references lead to.
    fn decisions(
        &self,
        arguments: &ExplainArguments,
        current: &Located,
        findings: &mut Findings,
    ) -> Option<(Config, FileLibrary<'_>)> {
        let Some(file) = &arguments.config else {
            let config = Config {
                formats: Formats { mode: arguments.formats.into(), ..Formats::default() },
                schemas: Schemas { implied_types: arguments.implied_types.into(), ..Schemas::default() },
                ..Config::default()
            };
            return Some((config, FileLibrary::new(self.host, current.clone(), arguments.maps.clone())));
        };
        let file = current.join(file);
        let config = settings::read(self.host, &file, findings)?;
        let folder = file.path.parent().map(std::path::Path::to_owned).unwrap_or_default();
        let shown = std::path::Path::new(&file.shown).parent().map(|path| path.to_string_lossy().into_owned());
        let base = Located { path: folder, shown: shown.unwrap_or_default() };
        let mappings = config.map.iter().filter_map(|(prefix, target)| Mapping::new(prefix, target).ok());
        let library = FileLibrary::new(self.host, base, mappings.collect());
        Some((config, library))
    }
}

/// Whether a diagnostic is about the node, or something in it.
fn stands_at(diagnostic: &Diagnostic, source: &Source, pointer: &str) -> bool {
    diagnostic.places.first().is_some_and(|place| match &place.spot {
        Spot::Pointer(at) | Spot::Key(at) => {
            place.file == source.name
                && at.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                && !pointer.is_empty()
        }
        Spot::Offset(_) | Spot::File => false,
    })
}

fn nothing_there(nowhere: &Nowhere, source: &Source, pointer: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("no-such-place", format!("`{pointer}` leads nowhere"), nowhere.place(source));
    if nowhere.similar.is_empty() {
        return diagnostic;
    }
    let similar: Vec<String> = nowhere.similar.iter().map(|one| format!("`{one}`")).collect();
    diagnostic.help(format!("there is {}", similar.join(", ")))
}
