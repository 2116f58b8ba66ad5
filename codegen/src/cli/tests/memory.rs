//! A file system, two streams and a clock in memory.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::host::{Host, Kind, Stream};
use super::super::paths::normal;

/// Folders are there when something is in them.
pub(crate) struct Memory {
    files: RefCell<BTreeMap<PathBuf, Vec<u8>>>,
    /// What was done to the file system.
    log: RefCell<Vec<String>>,
    output: RefCell<String>,
    error: RefCell<String>,
    /// What was shown of progress.
    progress: RefCell<Vec<String>>,
    pub(crate) current: RefCell<PathBuf>,
    /// How many changes of the file system still succeed.
    pub(crate) patience: Cell<usize>,
    /// How often someone asked for the time: 0.12 s pass from one time to the next.
    ticks: Cell<u32>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            files: RefCell::default(),
            log: RefCell::default(),
            output: RefCell::default(),
            error: RefCell::default(),
            progress: RefCell::default(),
            current: RefCell::new("/project".into()),
            patience: Cell::new(usize::MAX),
            ticks: Cell::new(0),
        }
    }
}

impl Memory {
    pub(crate) fn put(&self, path: &str, content: &str) {
        self.files.borrow_mut().insert(path.into(), content.into());
    }

    pub(crate) fn get(&self, path: &str) -> Option<String> {
        self.files.borrow().get(Path::new(path)).map(|content| String::from_utf8(content.clone()).unwrap())
    }

    /// The paths below a folder.
    pub(crate) fn below(&self, folder: &str) -> Vec<String> {
        let files = self.files.borrow();
        files.keys().filter_map(|path| path.strip_prefix(folder).ok()).map(|path| path.display().to_string()).collect()
    }

    /// What was done to the file system since the last call.
    pub(crate) fn take_log(&self) -> Vec<String> {
        self.log.take()
    }

    /// What was printed since the last call: results, and what there is to say of them.
    pub(crate) fn take_printed(&self) -> (String, String) {
        (self.output.take(), self.error.take())
    }

    /// What was shown of progress since the last call.
    pub(crate) fn take_progress(&self) -> Vec<String> {
        self.progress.take()
    }

    fn change(&self, what: &str, path: &Path) -> io::Result<()> {
        let left = self.patience.get().checked_sub(1).ok_or(io::ErrorKind::StorageFull)?;
        self.patience.set(left);
        self.log.borrow_mut().push(format!("{what} {}", path.display()));
        Ok(())
    }
}

impl Host for Memory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let path = normal(path);
        if self.kind(&path) == Some(Kind::Folder) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if path.ancestors().skip(1).any(|above| self.kind(above) == Some(Kind::File)) {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        self.files.borrow().get(&path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let files = self.files.borrow();
        let below = files.keys().filter_map(|path| path.strip_prefix(normal(folder)).ok());
        let names = below.filter_map(|path| path.components().next());
        let names: BTreeSet<String> = names.map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
        Ok(names.into_iter().collect())
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let path = normal(path);
        let files = self.files.borrow();
        if files.contains_key(&path) {
            return Some(Kind::File);
        }
        files.keys().any(|file| file.starts_with(&path)).then_some(Kind::Folder)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.kind(path).map(|_| normal(path)).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let path = normal(path);
        self.change("write", &path)?;
        self.files.borrow_mut().insert(path, content.to_owned());
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        let path = normal(path);
        self.change("remove", &path)?;
        self.files.borrow_mut().remove(&path).map(|_| ()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let path = normal(path);
        if self.kind(&path).is_some() {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        self.change("remove folder", &path)
    }

    fn print(&self, stream: Stream, text: &str) {
        match stream {
            Stream::Output => self.output.borrow_mut().push_str(text),
            Stream::Error => self.error.borrow_mut().push_str(text),
        }
    }

    fn show_progress(&self, text: &str) {
        self.progress.borrow_mut().push(text.to_owned());
    }

    fn color(&self, _: Stream) -> bool {
        false
    }

    fn current_folder(&self) -> io::Result<PathBuf> {
        Ok(self.current.borrow().clone())
    }

    fn elapsed(&self) -> Duration {
        let ticks = self.ticks.get() + 1;
        self.ticks.set(ticks);
        Duration::from_millis(120) * ticks
    }
}
