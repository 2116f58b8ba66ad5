//! The world outside as the command line sees it: files, streams, the current folder, time.

use std::cell::Cell;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// One of the two streams that a program prints to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// What was asked for.
    Output,
    /// What there is to say of it.
    Error,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Files, streams, the current folder, time. All paths are absolute.
pub trait Host {
    /// The content of a file.
    ///
    /// # Errors
    /// Those of the file system.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The names of what stands in a folder, sorted.
    ///
    /// # Errors
    /// Those of the file system.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// What stands at a path; `None` where nothing does or it cannot be reached.
    fn kind(&self, path: &Path) -> Option<Kind>;

    /// The one true path of something that is there: without `.`, `..` and symbolic links.
    ///
    /// # Errors
    /// Those of the file system; nothing is there, for example.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;

    /// Gives a file its content, all at once: whoever looks sees the old one or the new one. Makes the folders above it.
    ///
    /// # Errors
    /// Those of the file system; the file is then as it was.
    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// Those of the file system.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder that is empty.
    ///
    /// # Errors
    /// Those of the file system; it is not empty, for example.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// Prints a text as it is.
    fn print(&self, stream: Stream, text: &str);

    /// Shows what is being done, in the place of what was shown before; nothing where the text is empty. Only people who wait at a
    /// terminal see it.
    fn show_progress(&self, _text: &str) {}

    /// Whether colours are welcome on a stream.
    fn color(&self, stream: Stream) -> bool;

    /// The current folder.
    ///
    /// # Errors
    /// It is gone, or not to be read.
    fn current_folder(&self) -> io::Result<PathBuf>;

    /// The time since the program began.
    fn elapsed(&self) -> Duration;
}

/// How the names of temporary files begin: what a run that was cut off leaves behind is found by it.
pub(super) const TEMPORARY_PREFIX: &str = ".codegen-";
/// How they end.
pub(super) const TEMPORARY_SUFFIX: &str = ".tmp";

/// The real one.
#[derive(Debug)]
pub struct System {
    start: Instant,
    /// Whether progress is shown, and has to go before anything is printed.
    shows_progress: Cell<bool>,
}

impl System {
    /// The clock starts now.
    pub fn new() -> Self {
        Self { start: Instant::now(), shows_progress: Cell::new(false) }
    }
}

impl Default for System {
    fn default() -> Self {
        Self::new()
    }
}

impl Host for System {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let metadata = fs::metadata(path).ok()?;
        Some(if metadata.is_dir() { Kind::Folder } else { Kind::File })
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        fs::create_dir_all(folder)?;
        let mut file = temporary_file().tempfile_in(folder)?;
        file.write_all(content)?;
        file.persist(path)?;
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn print(&self, stream: Stream, text: &str) {
        self.show_progress("");
        // A reader that has gone away (`| head`) is no reason to fail.
        let _ = match stream {
            Stream::Output => io::stdout().write_all(text.as_bytes()),
            Stream::Error => io::stderr().write_all(text.as_bytes()),
        };
    }

    fn show_progress(&self, text: &str) {
        if !text.is_empty() && !io::stderr().is_terminal() || text.is_empty() && !self.shows_progress.get() {
            return;
        }
        self.shows_progress.set(!text.is_empty());
        // ECMA-48: to the start of the line, and the line erased. There is no new line, so that it has to be flushed.
        let mut stream = io::stderr();
        let _ = stream.write_all(format!("\r\u{1b}[2K{text}").as_bytes()).and_then(|()| stream.flush());
    }

    fn color(&self, stream: Stream) -> bool {
        let terminal = match stream {
            Stream::Output => io::stdout().is_terminal(),
            Stream::Error => io::stderr().is_terminal(),
        };
        terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
    }

    fn current_folder(&self) -> io::Result<PathBuf> {
        std::env::current_dir()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}

/// A temporary file that other people may read once it has its name, as with any file that a program writes.
fn temporary_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_leaves_no_other_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (host, file) = (System::new(), folder.path().join("a/b/c.rs"));
        host.write(&file, b"first, and longer").unwrap();
        host.write(&file, b"second").unwrap();
        assert_eq!(host.read(&file).unwrap(), b"second");
        assert_eq!(host.list(&folder.path().join("a/b")).unwrap(), ["c.rs"]);
        assert_eq!([host.kind(&file), host.kind(folder.path())], [Some(Kind::File), Some(Kind::Folder)]);
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_no_other_behind() {
        let folder = tempfile::tempdir().unwrap();
        let host = System::new();
        host.write(&folder.path().join("taken/x"), b"").unwrap();
        assert!(host.write(&folder.path().join("taken"), b"text").is_err());
        assert_eq!(host.list(folder.path()).unwrap(), ["taken"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_has_the_permissions_of_any_other() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (ours, other) = (folder.path().join("ours"), folder.path().join("other"));
        System::new().write(&ours, b"").unwrap();
        fs::write(&other, b"").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&other));
    }

    #[test]
    fn what_cannot_be_read_has_the_kinds_that_messages_know() {
        let folder = tempfile::tempdir().unwrap();
        let host = System::new();
        let kind = |path: &Path| host.read(path).unwrap_err().kind();
        assert_eq!(kind(&folder.path().join("nowhere")), io::ErrorKind::NotFound);
        assert_eq!(kind(folder.path()), io::ErrorKind::IsADirectory);
        host.write(&folder.path().join("file"), b"").unwrap();
        assert_eq!(kind(&folder.path().join("file/below")), io::ErrorKind::NotADirectory);
    }
}
