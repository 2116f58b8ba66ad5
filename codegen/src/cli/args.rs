//! The arguments and their help texts.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::library::Mapping;
use super::runtime_entry::RuntimeChoice;
use crate::config::{FormatMode, ImpliedTypes};
use crate::{Dangling, Engine};

/// Rust crates from OpenAPI and JSON Schema documents.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

impl Arguments {
    /// What clap cannot check by itself.
    pub(super) fn checked(self) -> Result<Self, clap::Error> {
        let Command::Generate(arguments) = &self.command else {
            return Ok(self);
        };
        match arguments.document.conflict() {
            Some(message) => Err(Self::command().error(ErrorKind::ArgumentConflict, message)),
            None => Ok(self),
        }
    }

    /// The Cargo feature of this crate that the command asks for and this build lacks.
    pub(super) fn missing_feature(&self) -> Option<&'static str> {
        match &self.command {
            Command::Generate(arguments) => arguments.document.engine().err(),
            Command::Stats(_) | Command::Explain(_) | Command::ConfigSchema => None,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Generate(Box<GenerateArguments>),
    Stats(Box<StatsArguments>),
    Explain(Box<ExplainArguments>),
    /// Print the JSON Schema of codegen.toml, from which editors complete and check it
    #[command(after_help = "Example:\n  cargo xtask config-schema > codegen.schema.json")]
    ConfigSchema,
}

const GENERATE_EXAMPLES: &str = "\
Examples:
  Every specs/*/codegen.toml to its crate:
    cargo xtask generate
  Is what is checked in up to date? Shows the diff where it is not:
    cargo xtask generate --check
  One document, no codegen.toml:
    cargo xtask generate --spec petstore.yaml --out petstore
  The types that typify makes of it, for comparison:
    cargo xtask generate --spec petstore.yaml --out petstore-typify --engine typify
  A schema whose references lead to another document:
    cargo xtask generate --spec update.json --out update-user \\
        --map '#/components/schemas/=openapi.yaml#/components/schemas/'
  Several schemas, one crate:
    cargo xtask generate --spec order.json --spec customer.json --out shop

Exit status: 0 done, 1 an error (nothing was written) or, with --check, something stale, 2 wrong usage.";

/// Write Rust crates: those of specs/*/codegen.toml, or one from any document
///
/// Without --spec, finds the closest folder upwards that holds `specs` and writes the crate of
/// every specs/*/codegen.toml. Only files that differ are written. Files that are no longer
/// generated are removed. A file that was edited by hand, or that is not the generator's own,
/// is an error. Nothing is fetched.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = GENERATE_EXAMPLES)]
pub(super) struct GenerateArguments {
    /// Write nothing; fail with a diff where anything is stale
    #[arg(long, conflicts_with = "force")]
    pub(super) check: bool,

    /// Replace files that were edited by hand or that are in the way
    #[arg(long)]
    pub(super) force: bool,

    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,

    /// Write what was found as JSON: operations, types, errors, warnings
    #[arg(long, value_name = "FILE.json")]
    pub(super) report: Option<PathBuf>,

    #[command(flatten)]
    pub(super) document: DocumentArguments,
}

/// The arguments of a crate that no `codegen.toml` describes.
#[derive(Debug, Args)]
#[command(next_help_heading = "A crate without codegen.toml")]
pub(super) struct DocumentArguments {
    /// The document to read: OpenAPI 3.0 or 3.1, or JSON Schema, as JSON or YAML
    ///
    /// Given several times, with JSON Schemas: one crate of them all, in which each is a module,
    /// called as its file is, with the type of its root as `Root`.
    #[arg(verbatim_doc_comment, long = "spec", value_name = "FILE", requires = "out")]
    pub(super) specs: Vec<PathBuf>,

    /// The folder of the crate
    #[arg(long, value_name = "DIR", requires = "specs")]
    pub(super) out: Option<PathBuf>,

    /// The name of the package, made valid where it is not [default: the name of FILE, or of DIR]
    #[arg(long, value_name = "TEXT", requires = "specs")]
    pub(super) name: Option<String>,

    /// Generate these operations and what they reach, no others: tag:users, operation:users.update, group:users, path:/users/**
    #[arg(long = "include", value_name = "ENTRY", requires = "specs")]
    pub(super) includes: Vec<String>,

    /// Leave these operations out, as in --include
    #[arg(long = "exclude", value_name = "ENTRY", requires = "specs")]
    pub(super) excludes: Vec<String>,

    /// What references stand for that lead out of the document, or nowhere in it
    ///
    /// PREFIX is how they begin, as written in the document. It is replaced by a folder, by a file,
    /// or by a place in a file: '#/components/schemas/=openapi.yaml#/components/schemas/'.
    /// The longest prefix wins.
    #[arg(verbatim_doc_comment, long = "map", value_name = "PREFIX=DIR-OR-FILE", requires = "specs", value_parser = Mapping::parse)]
    pub(super) maps: Vec<Mapping>,

    /// What a reference becomes that leads nowhere: an error, or any value with a warning
    #[arg(
        long,
        value_name = "error|any",
        value_enum,
        default_value = "error",
        hide_possible_values = true,
        requires = "specs"
    )]
    pub(super) dangling: DanglingArgument,

    /// Whether the formats of JSON Schema 2020-12 are checked: as the dialect says, always, or never
    #[arg(
        long,
        value_name = "auto|assert|annotate",
        value_enum,
        default_value = "auto",
        hide_possible_values = true,
        requires = "specs"
    )]
    pub(super) formats: FormatsArgument,

    /// What a schema of an OpenAPI document accepts that says no `type`: the one kind that its keywords
    /// speak of, or, as JSON Schema has it, every other kind as well
    #[arg(
        long,
        value_name = "assume|exact",
        value_enum,
        default_value = "assume",
        hide_possible_values = true,
        requires = "specs"
    )]
    pub(super) implied_types: ImpliedTypesArgument,

    /// Generate every schema among the components, and not only those that an operation reaches
    ///
    /// Those that none reaches belong to no client group: every build has them. It is the default for
    /// a document without operations.
    #[arg(verbatim_doc_comment, long = "all-schemas", requires = "specs")]
    pub(super) all_schemas: bool,

    /// Where the crate finds codegen-runtime [default: the folder `runtime` beside the generator]
    #[arg(long, value_name = "path:DIR|git:URL#REV|VERSION", requires = "specs", value_parser = RuntimeChoice::parse)]
    pub(super) runtime: Option<RuntimeChoice>,

    /// What makes the types: this generator, or typify, for comparison
    ///
    /// typify makes types alone, of one document, without what they are checked with. --include, --exclude,
    /// --map, --dangling, --formats, --implied-types and --runtime mean nothing to it.
    #[arg(
        verbatim_doc_comment,
        long,
        value_name = "native|typify",
        value_enum,
        default_value = "native",
        hide_possible_values = true,
        requires = "specs"
    )]
    pub(super) engine: EngineArgument,

    /// Whether this process is the one in which typify runs
    #[cfg(feature = "typify")]
    #[arg(long = "apart", hide = true)]
    pub(super) is_apart: bool,
}

impl DocumentArguments {
    /// The engine.
    ///
    /// # Errors
    /// The Cargo feature of this crate that it needs and this build lacks.
    pub(super) fn engine(&self) -> Result<Engine, &'static str> {
        match self.engine {
            EngineArgument::Native => Ok(Engine::Native),
            #[cfg(feature = "typify")]
            EngineArgument::Typify => Ok(Engine::Typify),
            #[cfg(not(feature = "typify"))]
            EngineArgument::Typify => Err("typify"),
        }
    }

    /// What does not go together.
    fn conflict(&self) -> Option<String> {
        let mut prefixes = BTreeSet::new();
        let twice = self.maps.iter().find(|mapping| !prefixes.insert(&mapping.prefix));
        if let Some(mapping) = twice {
            return Some(format!("`--map {}=…` stands here twice", mapping.prefix));
        }
        if self.engine == EngineArgument::Native {
            return None;
        }
        if self.specs.len() > 1 {
            return Some("`--engine typify` reads one document".to_owned());
        }
        let given = [
            ("--include", !self.includes.is_empty()),
            ("--exclude", !self.excludes.is_empty()),
            ("--map", !self.maps.is_empty()),
            ("--dangling", self.dangling != DanglingArgument::Error),
            ("--formats", self.formats != FormatsArgument::Auto),
            ("--implied-types", self.implied_types != ImpliedTypesArgument::Assume),
            ("--runtime", self.runtime.is_some()),
        ];
        let ignored = given.into_iter().find_map(|(option, given)| given.then_some(option));
        ignored.map(|option| format!("`{option}` means nothing to `--engine typify`"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineArgument {
    Native,
    Typify,
}

const STATS_EXAMPLES: &str = "\
Examples:
  cargo xtask stats openapi.yaml
  cargo xtask stats --json a.json b.json > stats.json

Exit status: 0 done, 1 a document from which nothing can be generated, 2 wrong usage.";

/// Count how exactly documents become types: fields narrower than any value, and how each keyword is answered
///
/// A field is a place where a generated type holds a value: a member, an element, a value of a map, a
/// branch, a root. It counts as typed where its type is narrower than any value, as open where its
/// schema says no more than \"any value\" or \"an object of any values\", and else as untyped.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = STATS_EXAMPLES)]
pub(super) struct StatsArguments {
    /// The documents, each counted on its own
    #[arg(value_name = "SPEC", required = true)]
    pub(super) specs: Vec<PathBuf>,

    /// Print JSON, with the places that are untyped, unanswered, or answered at run time
    #[arg(long)]
    pub(super) json: bool,

    /// What references stand for that lead out of the documents, as in `generate`
    #[arg(long = "map", value_name = "PREFIX=DIR-OR-FILE", value_parser = Mapping::parse)]
    pub(super) maps: Vec<Mapping>,

    /// Whether `format` is checked, as in `generate`
    #[arg(long, value_name = "auto|assert|annotate", value_enum, default_value = "auto", hide_possible_values = true)]
    pub(super) formats: FormatsArgument,

    /// What a schema of an OpenAPI document accepts that says no `type`, as in `generate`
    #[arg(long, value_name = "assume|exact", value_enum, default_value = "assume", hide_possible_values = true)]
    pub(super) implied_types: ImpliedTypesArgument,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  cargo xtask explain openapi.yaml /components/schemas/User
  cargo xtask explain openapi.yaml /paths/~1users~1{id}/patch --json
  cargo xtask explain specs/users/openapi.yaml /components/schemas/User/properties/email/format \\
      --config specs/users/codegen.toml

Exit status: 0 done, 1 a pointer that leads nowhere or a document that can't be read, 2 wrong usage.";

/// Say what one node of a document becomes, and why: its type, its name, its checks, who reaches it
///
/// The node is a schema, an operation, a parameter or a keyword.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = EXPLAIN_EXAMPLES)]
pub(super) struct ExplainArguments {
    /// The document
    #[arg(value_name = "SPEC")]
    pub(super) spec: PathBuf,

    /// The JSON Pointer of the node; `/` in a key is `~1`, `~` is `~0`
    #[arg(value_name = "POINTER")]
    pub(super) pointer: String,

    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,

    /// The codegen.toml whose decisions apply
    #[arg(long, value_name = "FILE", conflicts_with_all = ["maps", "formats", "implied_types"])]
    pub(super) config: Option<PathBuf>,

    /// What references stand for that lead out of the document, as in `generate`
    #[arg(long = "map", value_name = "PREFIX=DIR-OR-FILE", value_parser = Mapping::parse)]
    pub(super) maps: Vec<Mapping>,

    /// Whether `format` is checked, as in `generate`
    #[arg(long, value_name = "auto|assert|annotate", value_enum, default_value = "auto", hide_possible_values = true)]
    pub(super) formats: FormatsArgument,

    /// What a schema of an OpenAPI document accepts that says no `type`, as in `generate`
    #[arg(long, value_name = "assume|exact", value_enum, default_value = "assume", hide_possible_values = true)]
    pub(super) implied_types: ImpliedTypesArgument,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DanglingArgument {
    Error,
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatsArgument {
    Auto,
    Assert,
    Annotate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImpliedTypesArgument {
    Assume,
    Exact,
}

impl From<ImpliedTypesArgument> for ImpliedTypes {
    fn from(argument: ImpliedTypesArgument) -> Self {
        match argument {
            ImpliedTypesArgument::Assume => Self::Assume,
            ImpliedTypesArgument::Exact => Self::Exact,
        }
    }
}

impl From<DanglingArgument> for Dangling {
    fn from(argument: DanglingArgument) -> Self {
        match argument {
            DanglingArgument::Error => Self::Error,
            DanglingArgument::Any => Self::Any,
        }
    }
}

impl From<FormatsArgument> for FormatMode {
    fn from(argument: FormatsArgument) -> Self {
        match argument {
            FormatsArgument::Auto => Self::Auto,
            FormatsArgument::Assert => Self::Assert,
            FormatsArgument::Annotate => Self::Annotate,
        }
    }
}
