//! What a run is to generate: one job a crate, out of the arguments or of every `specs/*/codegen.toml`.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use super::Program;
use super::args::{DocumentArguments, GenerateArguments};
use super::crate_name;
use super::documents;
use super::findings::{Findings, file_error, plain_error, unreadable};
use super::host::Kind;
use super::library::{FileLibrary, Mapping};
use super::paths::{self, Located};
use super::runtime_entry::{RuntimeChoice, Surroundings};
use super::settings;
use super::workspace::{self, Membership};
use crate::config::{Config, Documents, Formats, Package, Schemas, Select};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::{Dangling, Options};

/// The folder that holds a folder an API.
const SPECS: &str = "specs";
/// The file that makes a folder in [`SPECS`] a crate.
const CONFIG: &str = "codegen.toml";
/// The version of a crate for which nothing says another.
const FIRST_VERSION: &str = "0.1.0";

const EXAMPLE: &str = "\
write specs/NAME/codegen.toml (`document = \"openapi.yaml\"`, `output = \"../../generated/NAME\"`, `package.name = \"NAME\"`), \
or name a document: generate --spec FILE --out DIR";

/// One crate to generate.
pub(super) struct Job<'a> {
    pub(super) config: Config,
    pub(super) sources: Vec<Source>,
    pub(super) options: Options,
    pub(super) library: FileLibrary<'a>,
    /// The folder of the crate.
    pub(super) out: Located,
    /// The `codegen.toml`, where there is one.
    pub(super) config_file: Option<String>,
    /// Whether a workspace above neither lists nor excludes the crate.
    pub(super) is_unlisted: bool,
    /// How long it took to read the documents.
    pub(super) reading: Duration,
}

/// What is known of a job before its documents are read.
struct Draft {
    config: Config,
    /// The folder to which the paths of the configuration are relative.
    base: Located,
    mappings: Vec<Mapping>,
    dangling: Dangling,
    config_file: Option<String>,
}

impl<'a> Program<'a> {
    /// Every job that could be made; what is wrong with the others goes to the findings.
    pub(super) fn jobs(&self, arguments: &GenerateArguments, findings: &mut Findings) -> Vec<Job<'a>> {
        let current = match self.host.current_folder() {
            Ok(folder) => Located::current(folder),
            Err(error) => {
                findings.add(plain_error("unreadable", format!("cannot read the current folder: {error}")));
                return Vec::new();
            }
        };
        let document = &arguments.document;
        let drafts = match &document.out {
            Some(out) if !document.specs.is_empty() => vec![draft_of_arguments(out, document, current.clone())],
            _ => self.drafts_of_project(&current, findings),
        };
        drafts.into_iter().filter_map(|draft| self.job(draft, document, &current, findings)).collect()
    }

    /// One draft for each `specs/*/codegen.toml`, sorted.
    fn drafts_of_project(&self, current: &Located, findings: &mut Findings) -> Vec<Draft> {
        let has_specs = |folder: &&Path| self.host.kind(&folder.join(SPECS)) == Some(Kind::Folder);
        let Some(root) = current.path.ancestors().find(has_specs) else {
            let message = format!("there is no folder `{SPECS}` in {} or above it", current.path.display());
            findings.add(plain_error("no-specs", message).help(EXAMPLE));
            return Vec::new();
        };
        let specs = Located::current(root.to_owned()).join(SPECS);
        let names = self.host.list(&specs.path).unwrap_or_default();
        let folders = names.iter().map(|name| specs.join(name));
        let folders: Vec<Located> =
            folders.filter(|folder| self.host.kind(&folder.path.join(CONFIG)) == Some(Kind::File)).collect();
        if folders.is_empty() {
            let message = format!("no folder in {} holds a {CONFIG}", specs.path.display());
            findings.add(plain_error("no-specs", message).help(EXAMPLE));
        }
        let drafts = folders.into_iter().filter_map(|folder| self.draft_of_folder(folder, findings)).collect();
        self.without_shared_folders(drafts, findings)
    }

    fn draft_of_folder(&self, base: Located, findings: &mut Findings) -> Option<Draft> {
        let file = base.join(CONFIG);
        let config = settings::read(self.host, &file, findings)?;
        let mut mappings = Vec::new();
        for (prefix, target) in &config.map {
            match Mapping::new(prefix, target) {
                Ok(mapping) => mappings.push(mapping),
                Err(why) => findings.add(file_error("map", format!("[map] `{prefix}`: {why}"), &file.shown)),
            }
        }
        Some(Draft { config, base, mappings, dangling: Dangling::Error, config_file: Some(file.shown) })
    }

    fn job(
        &self,
        draft: Draft,
        arguments: &DocumentArguments,
        current: &Located,
        findings: &mut Findings,
    ) -> Option<Job<'a>> {
        let start = self.host.elapsed();
        let documents: Vec<Located> = draft.config.document.files().iter().map(|file| draft.base.join(file)).collect();
        // All are read before any is missed, so that everything wrong with them is told at once.
        let sources: Vec<Option<Source>> = documents.iter().map(|file| self.read_document(file, findings)).collect();
        let sources: Option<Vec<Source>> = sources.into_iter().collect();
        if documents.is_empty() {
            let file = draft.config_file.as_deref().unwrap_or(CONFIG);
            findings.add(file_error("config", format!("`document` of {CONFIG} names no file"), file));
        }
        let reading = self.host.elapsed().saturating_sub(start);
        let out = self.folder_of_crate(&draft);
        let runtime = self.runtime(&draft, arguments, current, &out.path).map_err(|problem| findings.add(problem)).ok();
        let library = FileLibrary::new(self.host, draft.base, draft.mappings);
        let library = documents.into_iter().fold(library, FileLibrary::with_document);
        let missing = library.missing();
        let is_complete = missing.is_empty();
        findings.extend(missing);
        let membership = workspace::membership(self.host, &out.path);
        let own_workspace = membership != Membership::Member;
        let is_unlisted = membership == Membership::Unlisted;
        let engine = arguments.engine().unwrap_or_default();
        let options = Options { dangling: draft.dangling, runtime: runtime?, own_workspace, engine };
        let (sources, config, config_file) = (sources?, draft.config, draft.config_file);
        (is_complete && !sources.is_empty()).then_some(Job {
            config,
            sources,
            options,
            library,
            out,
            config_file,
            is_unlisted,
            reading,
        })
    }

    /// The entry of the runtime: what the arguments say, else what `codegen.toml` says.
    fn runtime(
        &self,
        draft: &Draft,
        arguments: &DocumentArguments,
        current: &Located,
        out: &Path,
    ) -> Result<String, Diagnostic> {
        let written = draft.config.runtime.as_ref().filter(|_| arguments.runtime.is_none());
        let configured = written.map(|text| RuntimeChoice::parse(text)).transpose().map_err(|why| {
            file_error(
                "config",
                format!("`runtime` of {CONFIG}: {why}"),
                draft.config_file.as_deref().unwrap_or(CONFIG),
            )
        })?;
        let is_committed = configured.is_some();
        let current = if is_committed { &draft.base } else { current };
        let surroundings = Surroundings { host: self.host, home: &self.home, current, out, is_committed };
        surroundings.entry(arguments.runtime.as_ref().or(configured.as_ref()))
    }

    fn folder_of_crate(&self, draft: &Draft) -> Located {
        let out = draft.base.join(&draft.config.output);
        Located { path: paths::canonical(self.host, &out.path), shown: out.shown }
    }

    /// Two crates in one folder would each remove the files of the other.
    fn without_shared_folders(&self, drafts: Vec<Draft>, findings: &mut Findings) -> Vec<Draft> {
        let mut owners: BTreeMap<_, String> = BTreeMap::new();
        let mut kept = Vec::new();
        for draft in drafts {
            let file = draft.config_file.clone().unwrap_or_default();
            let out = self.folder_of_crate(&draft);
            if let Some(first) = owners.get(&out.path) {
                let message = format!("{} is the folder of the crate of {first} already", out.shown);
                findings.add(file_error("same-output", message, &file));
                continue;
            }
            owners.insert(out.path, file);
            kept.push(draft);
        }
        kept
    }

    pub(super) fn read_document(&self, file: &Located, findings: &mut Findings) -> Option<Source> {
        self.host.show_progress(&format!("reading {}", file.shown));
        let bytes = match self.host.read(&file.path) {
            Ok(bytes) => bytes,
            Err(error) => {
                findings.add(unreadable(&file.shown, &error));
                return None;
            }
        };
        let source = documents::read(&file.shown, &bytes);
        findings.texts.insert(file.shown.clone(), bytes);
        source.map_err(|problems| findings.extend(problems)).ok()
    }
}

fn draft_of_arguments(out: &Path, arguments: &DocumentArguments, base: Located) -> Draft {
    let named = match arguments.specs.as_slice() {
        [only] => only,
        _ => out,
    };
    let stem = named.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = crate_name::tidy(arguments.name.as_ref().or(stem.as_ref()).map_or("", String::as_str));
    let mappings = arguments.maps.clone();
    let config = Config {
        document: Documents::Several(arguments.specs.iter().map(|spec| spec.to_string_lossy().into_owned()).collect()),
        output: out.to_string_lossy().into_owned(),
        package: Package { name, version: FIRST_VERSION.to_owned(), ..Package::default() },
        formats: Formats { mode: arguments.formats.into(), ..Formats::default() },
        schemas: Schemas { implied_types: arguments.implied_types.into(), all: arguments.all_schemas },
        select: Select { include: arguments.includes.clone(), exclude: arguments.excludes.clone() },
        ..Config::default()
    };
    Draft { config, base, mappings, dangling: arguments.dangling.into(), config_file: None }
}
