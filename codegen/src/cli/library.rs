//! The documents that references lead to: by the prefix of the reference (`--map` and `[map]`), else beside the document in which
//! it stands.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::documents;
use super::findings::{plain_error, unreadable};
use super::host::{Host, Kind};
use super::paths::{Located, normal};
use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use crate::{Library, Phase, Reference, Target};

/// What references that begin with a prefix stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mapping {
    /// How the references begin, as written.
    pub(super) prefix: String,
    /// A file or a folder, as written.
    pub(super) path: String,
    /// The place in the file, after `#`: what follows the prefix is appended to it.
    pub(super) fragment: Option<String>,
}

impl Mapping {
    /// Reads `PREFIX=DIR-OR-FILE`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (prefix, target) = text.split_once('=').ok_or("there must be a `=` between prefix and target")?;
        Self::new(prefix, target)
    }

    /// Checks that the two go together.
    pub(super) fn new(prefix: &str, target: &str) -> Result<Self, String> {
        let (path, fragment) = match target.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment.to_owned())),
            None => (target, None),
        };
        if prefix.is_empty() || path.is_empty() {
            return Err("neither the prefix nor its file or folder may be empty".to_owned());
        }
        let within_fragment = prefix.find('#').is_some_and(|at| at + 1 < prefix.len());
        if within_fragment && fragment.is_none() {
            return Err(format!("the prefix goes on after `#`, so the target must as well: {prefix}={path}#/POINTER/"));
        }
        Ok(Self { prefix: prefix.to_owned(), path: path.to_owned(), fragment })
    }

    /// The argument again.
    pub(super) fn written(&self) -> String {
        let fragment = self.fragment.as_ref().map_or(String::new(), |fragment| format!("#{fragment}"));
        format!("{}={}{fragment}", self.prefix, self.path)
    }
}

/// Documents on disk, by prefix.
pub(super) struct FileLibrary<'a> {
    host: &'a dyn Host,
    /// The folder to which the paths are relative.
    base: Located,
    mappings: Vec<Mapping>,
    used: RefCell<BTreeSet<usize>>,
    /// Where the documents are that references stand in, by name.
    documents: RefCell<BTreeMap<String, Located>>,
    /// `None`: it could not be read, which has been said.
    opened: RefCell<BTreeMap<String, Option<Arc<Source>>>>,
    /// The contents of what was opened, by name.
    texts: RefCell<BTreeMap<String, Vec<u8>>>,
}

impl<'a> FileLibrary<'a> {
    pub(super) fn new(host: &'a dyn Host, base: Located, mappings: Vec<Mapping>) -> Self {
        let (used, documents, opened, texts) = Default::default();
        Self { host, base, mappings, used, documents, opened, texts }
    }

    /// Knows where a document is, so that others are found beside it.
    pub(super) fn with_document(self, document: Located) -> Self {
        self.documents.borrow_mut().insert(document.shown.clone(), document);
        self
    }

    /// An error for each target that is not there.
    pub(super) fn missing(&self) -> Vec<Diagnostic> {
        let targets = self.mappings.iter().map(|mapping| (mapping, self.base.join(&mapping.path)));
        let missing = targets.filter(|(_, target)| self.host.kind(&target.path).is_none());
        missing
            .map(|(mapping, target)| {
                let message = format!("`{}` stands for {}, which is not there", mapping.prefix, target.shown);
                plain_error("missing-map", message)
            })
            .collect()
    }

    /// What there is to say of each prefix with which no reference began: an error of `codegen.toml`, which is kept, and a
    /// warning of an argument.
    pub(super) fn unused(&self, in_config: bool) -> Vec<Diagnostic> {
        let used = self.used.borrow();
        let unused = self.mappings.iter().enumerate().filter(|(index, _)| !used.contains(index));
        unused
            .map(|(_, mapping)| Diagnostic {
                severity: if in_config { Severity::Error } else { Severity::Warning },
                code: "unused-map",
                message: format!("no reference begins with `{}`", mapping.prefix),
                places: in_config.then(|| config::place_of("map", &mapping.prefix)).into_iter().collect(),
                help: vec![
                    "only references are looked up that lead out of their document, or nowhere in it".to_owned(),
                ],
            })
            .collect()
    }

    /// The contents of the documents that were opened, readable or not, by name.
    pub(super) fn take_texts(&self) -> BTreeMap<String, Vec<u8>> {
        self.texts.take()
    }

    /// The mapping with the longest prefix, and what follows it in the reference.
    fn find<'r>(&self, reference: &Reference<'r>) -> Option<(usize, &Mapping, &'r str)> {
        let candidates = self.mappings.iter().enumerate().filter_map(|(index, mapping)| {
            let rest =
                [reference.written, reference.uri].into_iter().find_map(|text| text.strip_prefix(&mapping.prefix));
            rest.map(|rest| (index, mapping, rest))
        });
        candidates.max_by_key(|(_, mapping, _)| mapping.prefix.len())
    }

    /// The file beside the document in which a reference stands. One that is known keeps the name that it has.
    fn beside(&self, reference: &Reference<'_>) -> Option<Located> {
        let path = reference.path()?;
        let documents = self.documents.borrow();
        let file = documents.get(&reference.place.file)?.beside(&path);
        let known = documents.values().find(|known| normal(&known.path) == file.path);
        let file = known.cloned().unwrap_or(file);
        (self.host.kind(&file.path) == Some(Kind::File)).then_some(file)
    }

    /// Reads a document once.
    fn source(&self, file: &Located, reference: &Reference<'_>) -> Result<Arc<Source>, Vec<Diagnostic>> {
        if let Some(known) = self.opened.borrow().get(&file.shown) {
            return known.clone().ok_or_else(Vec::new);
        }
        let source = self.read(file, reference).map(Arc::new);
        self.opened.borrow_mut().insert(file.shown.clone(), source.as_ref().ok().cloned());
        source
    }

    fn read(&self, file: &Located, reference: &Reference<'_>) -> Result<Source, Vec<Diagnostic>> {
        let bytes = self.host.read(&file.path).map_err(|error| {
            let mut problem = unreadable(&file.shown, &error);
            problem.places = vec![reference.place.clone()];
            vec![problem]
        })?;
        let source = documents::read(&file.shown, &bytes);
        self.texts.borrow_mut().insert(file.shown.clone(), bytes);
        self.documents.borrow_mut().insert(file.shown.clone(), file.clone());
        source
    }
}

impl Library for FileLibrary<'_> {
    fn enter(&self, phase: Phase) {
        self.host.show_progress(match phase {
            Phase::Resolving => "resolving",
            Phase::Lowering => "deciding types",
            Phase::Emitting => "writing Rust",
        });
    }

    fn open(&self, reference: &Reference<'_>) -> Result<Option<Target>, Vec<Diagnostic>> {
        let Some((index, mapping, rest)) = self.find(reference) else {
            let Some(file) = self.beside(reference) else { return Ok(None) };
            let fragment = reference.written.split_once('#').map_or("", |(_, fragment)| fragment).to_owned();
            return Ok(Some(Target { source: self.source(&file, reference)?, fragment }));
        };
        self.used.borrow_mut().insert(index);
        let target = self.base.join(&mapping.path);
        let is_folder = self.host.kind(&target.path) == Some(Kind::Folder);
        let (path, fragment) = apply(mapping, rest, is_folder).map_err(|why| {
            let message = format!("the reference `{}` cannot be mapped: {why}", reference.written);
            vec![Diagnostic::error("map", message, reference.place.clone())]
        })?;
        let file = path.map_or_else(|| target.clone(), |path| target.join(path));
        let source = self.source(&file, reference)?;
        Ok(Some(Target { source, fragment }))
    }
}

/// The path below the target, where it is a folder, and the fragment.
fn apply<'r>(mapping: &Mapping, rest: &'r str, is_folder: bool) -> Result<(Option<&'r Path>, String), String> {
    if let Some(fragment) = &mapping.fragment {
        return Ok((None, format!("{fragment}{}", rest.replacen('#', "", 1))));
    }
    if mapping.prefix.ends_with('#') {
        return Ok((None, rest.to_owned()));
    }
    let (path, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    match (is_folder, path) {
        (true, _) => Ok((Some(inside(path)?), fragment.to_owned())),
        (false, "") => Ok((None, fragment.to_owned())),
        (false, _) => {
            Err(format!("`{}` stands for the file {}, and `{path}` is left over", mapping.prefix, mapping.path))
        }
    }
}

/// A path that stays below a folder.
fn inside(path: &str) -> Result<&Path, String> {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':']);
    if path.split('/').all(plain) { Ok(Path::new(path)) } else { Err(format!("`{path}` is no file below a folder")) }
}

#[cfg(test)]
mod tests {
    use super::super::findings::whole_file;
    use super::super::tests::memory::Memory;
    use super::*;
    use crate::diagnostic::Place;

    fn library<'a>(host: &'a Memory, maps: &[&str]) -> FileLibrary<'a> {
        let mappings = maps.iter().map(|text| Mapping::parse(text).unwrap()).collect();
        FileLibrary::new(host, Located::current("/cwd".into()), mappings)
    }

    fn open(library: &FileLibrary<'_>, written: &str) -> Result<Option<(String, String)>, Vec<String>> {
        let place = whole_file("main.json");
        let uri = format!("file:///cwd/main.json{written}");
        let target = library.open(&Reference { written, uri: &uri, place: &place });
        let target =
            target.map_err(|problems| problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>())?;
        Ok(target.map(|target| (target.source.name.clone(), target.fragment)))
    }

    fn files() -> Memory {
        let host = Memory::default();
        for file in ["/cwd/full.json", "/cwd/schemas/a.json", "/cwd/schemas/deep/b.json", "/secret.json"] {
            host.put(file, "{}");
        }
        host
    }

    #[test]
    fn the_longest_prefix_says_where_a_reference_leads() {
        let host = files();
        let library = library(
            &host,
            &[
                "#/components/schemas/=full.json#/components/schemas/",
                "#/components/schemas/Own=schemas/a.json#/$defs/Own",
                "https://example.com/=schemas",
                "https://example.com/full=./full.json",
                "https://example.com/bundle/=full.json#/$defs/",
                "#=schemas/deep/b.json",
            ],
        );
        let table = [
            ("#/components/schemas/User", "full.json", "/components/schemas/User"),
            ("#/components/schemas/Own", "schemas/a.json", "/$defs/Own"),
            ("https://example.com/deep/b.json#/x", "schemas/deep/b.json", "/x"),
            ("https://example.com/full#anchor", "./full.json", "anchor"),
            ("https://example.com/full", "./full.json", ""),
            ("https://example.com/bundle/User#/a", "full.json", "/$defs/User/a"),
            ("#anchor", "schemas/deep/b.json", "anchor"),
        ];
        for (written, file, fragment) in table {
            assert_eq!(open(&library, written), Ok(Some((file.to_owned(), fragment.to_owned()))), "{written}");
        }
        assert_eq!(open(&library, "other.json"), Ok(None));
        assert_eq!(library.unused(false), []);
    }

    #[test]
    fn a_reference_does_not_leave_its_folder() {
        let host = files();
        let library = library(&host, &["https://example.com/=schemas", "https://example.com/full=full.json"]);
        let refused = |path: &str| {
            Err(vec![format!(
                "the reference `https://example.com/{path}` cannot be mapped: `{path}` is no file below a folder"
            )])
        };
        for path in ["../secret.json", "a/../../secret.json", "/secret.json", ""] {
            assert_eq!(open(&library, &format!("https://example.com/{path}")), refused(path));
        }
        assert_eq!(
            open(&library, "https://example.com/fuller"),
            Err(vec![
                "the reference `https://example.com/fuller` cannot be mapped: `https://example.com/full` stands for the file full.json, and `er` is left over"
                    .to_owned()
            ])
        );
    }

    /// Opens a reference that stands in a document without an `$id`.
    fn open_from(library: &FileLibrary<'_>, file: &str, written: &str) -> Option<String> {
        let place = Place::value(file, "/$ref");
        let base = format!("document:///{file}");
        let uri = format!("{}/{written}", base.rsplit_once('/').unwrap().0);
        let target = library.open(&Reference { written, uri: &uri, place: &place }).unwrap();
        target.map(|target| format!("{}#{}", target.source.name, target.fragment))
    }

    #[test]
    fn without_a_prefix_a_file_is_found_beside_the_document() {
        let host = files();
        let main = || Located::current("/cwd".into()).join("schemas/a.json");
        let library = library(&host, &["mapped.json=full.json"]).with_document(main());
        let from = |file: &str, written: &str| open_from(&library, file, written);
        assert_eq!(from("schemas/a.json", "deep/b.json#/x").as_deref(), Some("schemas/deep/b.json#/x"));
        // A document that was found so is one that others are found beside.
        assert_eq!(from("schemas/deep/b.json", "b.json").as_deref(), Some("schemas/deep/b.json#"));
        assert_eq!(from("schemas/a.json", "mapped.json").as_deref(), Some("full.json#"));
        for nowhere in ["no.json", "deep", "#/x"] {
            assert_eq!(from("schemas/a.json", nowhere), None, "{nowhere}");
        }
        assert_eq!(from("unknown.json", "full.json"), None);
    }

    #[test]
    fn what_an_id_names_is_no_file() {
        let host = files();
        let library = library(&host, &[]).with_document(Located::current("/cwd".into()).join("main.json"));
        let place = Place::value("main.json", "/$ref");
        for uri in ["https://example.com/full.json", "document:///other/full.json"] {
            let reference = Reference { written: "full.json", uri, place: &place };
            assert!(library.open(&reference).unwrap().is_none(), "{uri}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_document_is_said_once() {
        let host = files();
        let library = library(&host, &["x:=schemas"]);
        assert_eq!(
            open(&library, "x:no.json"),
            Err(vec!["cannot read schemas/no.json: there is no such file".to_owned()])
        );
        assert_eq!(open(&library, "x:no.json"), Err(Vec::new()));
    }

    #[test]
    fn prefixes_and_targets_are_checked() {
        let host = files();
        let library = library(&host, &["a=nowhere", "b=full.json"]);
        let messages = |list: Vec<Diagnostic>| list.into_iter().map(|problem| problem.message).collect::<Vec<_>>();
        assert_eq!(messages(library.missing()), ["`a` stands for nowhere, which is not there"]);
        assert_eq!(messages(library.unused(false)), ["no reference begins with `a`", "no reference begins with `b`"]);
        assert!(Mapping::parse("no-equals-sign").is_err());
        assert!(Mapping::parse("=x").is_err());
        assert!(Mapping::parse("#/a/=FILE").is_err());
        assert_eq!(Mapping::parse("#/a/=FILE#/b/").unwrap().written(), "#/a/=FILE#/b/");
    }
}
