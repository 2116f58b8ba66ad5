//! Generating: the real command `generate`, in this process, with what it prints kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::cli::host::{Host, Kind, Stream, System};
use codegen::cli::{Exit, Program};
use serde::Deserialize;

use super::{Workshop, home};

/// Why a schema has no type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The generator reports this first.
    Reported(String),
    /// The compiler reports this first.
    DoesNotCompile(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reported(why) => write!(formatter, "refused: {why}"),
            Self::DoesNotCompile(why) => write!(formatter, "does not compile: {why}"),
        }
    }
}

impl Workshop {
    /// Writes the crate of the schemas of `modules`; takes out of them what the generator refuses.
    pub(super) fn generate(&self, modules: &mut Vec<&str>) -> Result<BTreeMap<String, Refused>, String> {
        let mut refused = BTreeMap::new();
        if self.run_generator(modules, false).is_ok() {
            return Ok(refused);
        }
        modules.retain(|module| match self.run_generator(&[module], true) {
            Ok(()) => true,
            Err(failure) => {
                refused.insert((*module).to_owned(), Refused::Reported(failure.first()));
                false
            }
        });
        while let Err(failure) = self.run_generator(modules, false) {
            if let (true, Some(why)) = (modules.is_empty(), refused.values().next()) {
                return Err(format!("every schema is {why}"));
            }
            // Each alone is taken, but not all of them together.
            let before = modules.len();
            for problem in Report::read(&failure.report) {
                let stem =
                    problem.places.first().and_then(|place| place.file.file_stem()).and_then(|stem| stem.to_str());
                if let Some(index) = modules.iter().position(|module| Some(*module) == stem) {
                    let module = modules.remove(index).to_owned();
                    refused.insert(module, Refused::Reported(format!("not together with others: {problem}")));
                }
            }
            if modules.len() == before {
                return Err(format!("the generator does not take all schemas together:\n{}", failure.printed));
            }
        }
        Ok(refused)
    }

    fn run_generator(&self, modules: &[&str], is_rehearsal: bool) -> Result<(), Failure> {
        let mut arguments: Vec<OsString> = vec!["xtask".into(), "generate".into()];
        for module in modules {
            arguments.extend(["--spec".into(), self.schema_file(module).into()]);
        }
        let out = self.folder.join(if is_rehearsal { "rehearsal" } else { "types" });
        arguments.extend(["--out".into(), out.into(), "--name".into(), self.package("types").into(), "--force".into()]);
        arguments.extend(["--report".into(), self.folder.join(REPORT).into()]);
        if let Some((prefix, folder)) = &self.map {
            let mut mapping = OsString::from(format!("{prefix}="));
            mapping.push(folder);
            // What ends with a separator is a folder.
            mapping.push("/");
            arguments.extend(["--map".into(), mapping]);
        }
        if self.formats {
            arguments.extend(["--formats".into(), "assert".into()]);
        }
        run(arguments, is_rehearsal).map(|_| ())
    }
}

/// Runs the generator for one crate, and gives its report. The report is told apart by its name, and kept rather than written.
pub(crate) fn generate(mut arguments: Vec<OsString>, folder: &Path) -> Result<Vec<u8>, Failure> {
    arguments.extend(["--report".into(), folder.join(REPORT).into()]);
    run(arguments, false)
}

fn run(arguments: Vec<OsString>, is_rehearsal: bool) -> Result<Vec<u8>, Failure> {
    let host = Recorder::new(is_rehearsal);
    let program = Program { host: &host, generate: codegen::generate, home: home() };
    let exit = program.run(arguments);
    let report = host.report.into_inner();
    match exit {
        Exit::Success => Ok(report),
        Exit::Failure | Exit::Usage => Err(Failure { report, printed: host.printed.into_inner() }),
    }
}

/// The file of the generator's report.
const REPORT: &str = "report.json";

/// What a run of the generator that failed has said.
pub(crate) struct Failure {
    report: Vec<u8>,
    /// What it printed.
    pub(crate) printed: String,
}

/// The report of a run, as `--report` writes it.
#[derive(Deserialize)]
pub(super) struct Report {
    errors: Vec<Problem>,
}

impl Report {
    /// The errors; none where the run failed before there was a report.
    pub(super) fn read(text: &[u8]) -> Vec<Problem> {
        serde_json::from_slice(text).map(|report: Self| report.errors).unwrap_or_default()
    }
}

/// An error of a report.
#[derive(Deserialize)]
pub(super) struct Problem {
    code: String,
    message: String,
    places: Vec<Where>,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} [{}]", self.message, self.code)
    }
}

#[derive(Deserialize)]
struct Where {
    file: PathBuf,
}

impl Failure {
    /// The first error.
    fn first(&self) -> String {
        let printed = || self.printed.lines().next().unwrap_or("no error was reported").to_owned();
        Report::read(&self.report).first().map_or_else(printed, Problem::to_string)
    }
}

/// The real files, with what is printed and the report kept. In a rehearsal nothing is written.
struct Recorder {
    system: System,
    is_rehearsal: bool,
    printed: RefCell<String>,
    report: RefCell<Vec<u8>>,
}

impl Recorder {
    fn new(is_rehearsal: bool) -> Self {
        let (printed, report) = (RefCell::default(), RefCell::default());
        Self { system: System::new(), is_rehearsal, printed, report }
    }
}

impl Host for Recorder {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.system.read(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.system.list(folder)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.system.kind(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.system.canonical(path)
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        if path.file_name().is_some_and(|name| name == REPORT) {
            self.report.replace(content.to_vec());
            return Ok(());
        }
        if self.is_rehearsal { Ok(()) } else { self.system.write(path, content) }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        if self.is_rehearsal { Ok(()) } else { self.system.remove_file(path) }
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        if self.is_rehearsal { Ok(()) } else { self.system.remove_folder(path) }
    }

    fn print(&self, stream: Stream, text: &str) {
        if stream == Stream::Error {
            self.printed.borrow_mut().push_str(text);
        }
    }

    fn color(&self, _stream: Stream) -> bool {
        false
    }

    fn current_folder(&self) -> io::Result<PathBuf> {
        self.system.current_folder()
    }

    fn elapsed(&self) -> Duration {
        self.system.elapsed()
    }
}
