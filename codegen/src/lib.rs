//! Reads API schemas and writes a Rust crate.
//!
//! The way through: `text → Document → Schemas → Ir → Names → Files → disk`.
//! [`generate`] is all of it but the disk; the feature `cli` adds the command line and the disk.

#[cfg(feature = "cli")]
pub mod cli;
mod client;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod explain;
pub mod files;
pub mod ir;
pub mod lower;
pub mod markdown;
pub mod name;
pub mod pattern;
pub mod resolve;
mod rules;
pub mod schema;
pub mod source;
#[cfg(feature = "typify")]
mod typify;

use std::sync::Arc;

use config::Config;
use diagnostic::{Diagnostic, Place, Severity, Sources};
use document::{Document, LeftOut};
use files::{Generated, Summary};
use ir::Ir;
use name::Names;
use schema::Schemas;
use source::Source;

/// What to generate from.
pub struct Input<'a> {
    /// The documents: one of any kind, or several JSON Schemas, which become a module each.
    pub sources: &'a [Source],
    /// The decisions about the crate.
    pub config: &'a Config,
    /// The rest of what the caller decides.
    pub options: Options,
    /// Gives the text of other documents that references lead to.
    pub library: &'a dyn Library,
}

/// What the caller decides, apart from [`Config`].
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What a reference becomes that leads nowhere.
    pub dangling: Dangling,
    /// The `[dependencies]` entry of `codegen-runtime`, without features: `path = "…"`.
    pub runtime: String,
    /// Whether the generated `Cargo.toml` holds an empty `[workspace]`.
    pub own_workspace: bool,
    /// What makes types of the schemas.
    pub engine: Engine,
}

/// What makes types of the schemas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Engine {
    /// This crate's own.
    #[default]
    Native,
    /// typify, for comparison: types alone.
    #[cfg(feature = "typify")]
    Typify,
}

/// What a reference becomes that leads nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dangling {
    /// A located error.
    #[default]
    Error,
    /// An open value, with a warning.
    Any,
}

/// A reference that leads out of its document, or nowhere in it.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// The reference as it stands in the document.
    pub written: &'a str,
    /// The same, resolved against its base URI (RFC 3986 §5).
    pub uri: &'a str,
    /// Where it stands, for what there is to say of it.
    pub place: &'a Place,
}

impl Reference<'_> {
    /// The path to a document beside the one in which it stands: from that one's folder. None where the reference has no path,
    /// or an `$id` says what it is relative to (RFC 3986 §5.1.1): then it names something, and not a file.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        resolve::path_beside(self)
    }
}

/// Where a mapped [`Reference`] leads.
#[derive(Clone, Debug)]
pub struct Target {
    /// The document: the same one, by [`Arc`], for every reference that leads to it.
    pub source: Arc<Source>,
    /// The fragment without its `#`, percent-encoded as written: a JSON Pointer, an anchor, or empty for the whole.
    pub fragment: String,
}

/// What the generator does next, for those who wait. The document of a large API takes seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// References are followed, and keywords typed.
    Resolving,
    /// Types are decided.
    Lowering,
    /// Rust is written.
    Emitting,
}

/// Documents beside the main one, and whoever gives them.
pub trait Library {
    /// Finds what a reference stands for: `Ok(None)` where nothing is mapped.
    ///
    /// # Errors
    /// What is wrong with the reference or the document it leads to; nothing where that has been said before.
    fn open(&self, reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>>;

    /// Is told what comes next.
    fn enter(&self, _phase: Phase) {}
}

/// What [`generate`] found out.
pub struct Outcome {
    /// The crate; `None` where an error stands among the diagnostics.
    pub generated: Option<Generated>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// The documents that were opened on the way, so that their lines can be shown.
    pub opened: Vec<Arc<Source>>,
}

/// Sorts as the eye reads: by file, then by where the primary place stands in the text.
fn sort_by_place(diagnostics: &mut [Diagnostic], given: &[Source], opened: &[Arc<Source>]) {
    let mut sources = Sources::new();
    for source in given.iter().chain(opened.iter().map(Arc::as_ref)) {
        sources.add(source);
    }
    diagnostics.sort_by_cached_key(|diagnostic| {
        diagnostic.places.first().map(|Place { file, spot, .. }| {
            let offset = sources.locate(file, spot).map(|span| span.start);
            (file.clone(), offset, spot.clone())
        })
    });
}

/// Reads, lowers, names and emits one crate.
pub fn generate(input: &Input<'_>) -> Outcome {
    let mut diagnostics = Vec::new();
    let mut opened = Vec::new();
    let mut generated = pipeline(input, &mut diagnostics, &mut opened);
    let skipped = diagnostic::skip(&input.config.skip, &mut diagnostics);
    if let Some(generated) = &mut generated {
        generated.summary.skipped = skipped;
    }
    sort_by_place(&mut diagnostics, input.sources, &opened);
    diagnostics.dedup();
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Outcome { generated: generated.filter(|_| !failed), diagnostics, opened }
}

/// What is known of the documents before anything is emitted.
pub struct Plan {
    /// The documents, with the operations that are selected.
    pub documents: Vec<Document>,
    /// The operations that are not generated.
    pub left_out: Vec<LeftOut>,
    /// Every schema that is reached.
    pub schemas: Schemas,
    /// What they become.
    pub ir: Ir,
    /// What that is called.
    pub names: Names,
}

/// The way through, on one screen: `Sources → Documents → Schemas → Ir → Names → Files`.
fn pipeline(input: &Input<'_>, diagnostics: &mut Vec<Diagnostic>, opened: &mut Vec<Arc<Source>>) -> Option<Generated> {
    match input.options.engine {
        Engine::Native => {}
        #[cfg(feature = "typify")]
        Engine::Typify => return typify::generate(input, diagnostics),
    }
    let Plan { left_out, ir, names, .. } = plan(input, diagnostics, opened)?;
    input.library.enter(Phase::Emitting);
    let mut generated = emit::emit(&ir, &names, input);
    generated.summary = Summary::of(&ir, &names, &left_out);
    Some(generated)
}

/// The way to the names: everything but the text.
pub fn plan(input: &Input<'_>, diagnostics: &mut Vec<Diagnostic>, opened: &mut Vec<Arc<Source>>) -> Option<Plan> {
    let (documents, left_out) = document::load(input, diagnostics)?;
    let roots: Vec<_> = documents.iter().flat_map(|document| document.roots(input.config)).collect();
    let others = documents.iter().flat_map(|document| document.others.clone()).collect();
    input.library.enter(Phase::Resolving);
    let (schemas, others) = resolve::resolve(&roots, others, input, diagnostics);
    opened.extend(others);
    input.library.enter(Phase::Lowering);
    let mut ir = lower::lower(&documents, &schemas, input.config, diagnostics);
    rules::Rules::of(input.config).locate(diagnostics);
    let names = name::decide(&ir, &input.config.names, diagnostics);
    client::apply(&mut ir, &names, &input.config.client, diagnostics);
    Some(Plan { documents, left_out, schemas, ir, names })
}
