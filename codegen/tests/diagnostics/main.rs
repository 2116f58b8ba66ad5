//! What people see of a document that is wrong: the real commands on real files, from the argument to the last line.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod catalogue;
mod decisions;
mod documents;

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::cli::host::{Host, Kind, Stream, System};
use codegen::cli::{Exit, Program};
use tempfile::TempDir;

/// A folder of its own with files in it, in which commands run. What they tell of documents is kept; the line a crate, which
/// goes to the other stream, is not.
struct Desk {
    folder: TempDir,
    system: System,
    told: RefCell<String>,
}

impl Desk {
    /// A folder with a runtime and one more file.
    fn new(name: &str, content: &str) -> Self {
        let desk = Self { folder: TempDir::new().unwrap(), system: System::new(), told: RefCell::default() };
        desk.file("home/runtime/Cargo.toml", "").file(name, content)
    }

    fn file(self, name: &str, content: &str) -> Self {
        self.system.write(&self.path(name), content.as_bytes()).unwrap();
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        std::fs::canonicalize(self.folder.path()).unwrap().join(name)
    }

    /// Runs a command line, split at spaces; gives the exit status and what is told of the document. Something is written if
    /// and only if the command succeeds.
    fn run(&self, command: &str) -> String {
        let program = Program { host: self, generate: codegen::generate, home: self.path("home") };
        let exit = program.run(std::iter::once("xtask").chain(command.split(' ')).map(Into::into));
        let told = self.told.take();
        assert_eq!(exit == Exit::Success, self.path("out").exists(), "{told}");
        format!("exit {}\n{told}", exit.code())
    }
}

impl Host for Desk {
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
        self.system.write(path, content)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.system.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.system.remove_folder(path)
    }

    fn print(&self, stream: Stream, text: &str) {
        if stream == Stream::Error {
            self.told.borrow_mut().push_str(text);
        }
    }

    fn color(&self, _stream: Stream) -> bool {
        false
    }

    fn current_folder(&self) -> io::Result<PathBuf> {
        Ok(self.path(""))
    }

    /// No time passes, so that the same is printed on every machine.
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

/// What is printed about a document that has this name and content.
fn printed(name: &str, content: &str) -> String {
    Desk::new(name, content).run(&format!("generate --spec {name} --out out"))
}
