//! What is checked in under `generated/` is what the generator makes of `specs/` today.

use std::cell::RefCell;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::cli::host::{Host, Kind, Stream, System};
use codegen::cli::{Exit, Program};
use codegen_tests::folder;

/// The file system as it is, to be read only, and a memory of what was printed.
struct Reader {
    system: System,
    printed: RefCell<String>,
}

impl Host for Reader {
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

    fn write(&self, _path: &Path, _content: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn remove_file(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn remove_folder(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn print(&self, _stream: Stream, text: &str) {
        self.printed.borrow_mut().push_str(text);
    }

    fn color(&self, _stream: Stream) -> bool {
        false
    }

    fn current_folder(&self) -> io::Result<PathBuf> {
        self.canonical(&folder().join(".."))
    }

    fn elapsed(&self) -> Duration {
        self.system.elapsed()
    }
}

#[test]
fn the_generated_crates_are_up_to_date() {
    let host = Reader { system: System::new(), printed: RefCell::default() };
    let program = Program { host: &host, generate: codegen::generate, home: folder().join("..") };
    let exit = program.run(["xtask", "generate", "--check"].map(OsString::from));
    let printed = host.printed.into_inner();
    assert_eq!(exit, Exit::Success, "generated/ is stale: run `cargo xtask generate`\n{printed}");
    assert!(printed.contains("auth0-users"), "the check has looked at nothing:\n{printed}");
}
