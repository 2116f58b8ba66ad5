//! The Rust of a crate: how much it is, and as syntax trees that can be changed and written elsewhere.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;

use crate::workshop::write;

/// How much Rust a crate is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Size {
    pub(crate) lines: u64,
    pub(crate) bytes: u64,
}

/// The files of a folder and those below it that hold Rust, by their paths from the folder on.
///
/// # Errors
/// Those of the file system.
pub(crate) fn texts(folder: &Path) -> Result<BTreeMap<PathBuf, String>, String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(current) = waiting.pop() {
        let wrong = |error: std::io::Error| format!("{}: {error}", current.display());
        for entry in fs::read_dir(&current).map_err(wrong)? {
            let path = entry.map_err(wrong)?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension() == Some(OsStr::new("rs")) {
                let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                found.insert(path.strip_prefix(folder).unwrap_or(&path).to_owned(), text);
            }
        }
    }
    Ok(found)
}

/// How much Rust there is in a folder.
///
/// # Errors
/// Those of the file system.
pub(crate) fn size(folder: &Path) -> Result<Size, String> {
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Ok(texts(folder)?.values().fold(Size::default(), |size, text| Size {
        lines: size.lines.saturating_add(count(text.lines().count())),
        bytes: size.bytes.saturating_add(count(text.len())),
    }))
}

/// Syntax trees, by the paths of their files.
pub(crate) type Trees = BTreeMap<PathBuf, syn::File>;

/// The syntax trees of texts.
///
/// # Errors
/// One of them is no Rust.
pub(crate) fn parse(texts: &BTreeMap<PathBuf, String>) -> Result<Trees, String> {
    let parsed = texts.iter().map(|(path, text)| {
        let tree = syn::parse_file(text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok((path.clone(), tree))
    });
    parsed.collect()
}

/// Makes a folder hold these files and no others.
///
/// # Errors
/// Those of the file system.
pub(crate) fn write_trees(folder: &Path, trees: &Trees) -> Result<(), String> {
    clear(folder)?;
    trees.iter().try_for_each(|(path, tree)| write(&folder.join(path), &prettyplease::unparse(tree)))
}

/// Removes a folder, if it is there.
///
/// # Errors
/// Those of the file system.
pub(crate) fn clear(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!("{}: {error}", folder.display())),
        _ => Ok(()),
    }
}

/// Makes cargo take every file of a folder for a changed one.
///
/// # Errors
/// Those of the file system.
pub(crate) fn touch(folder: &Path) -> Result<(), String> {
    let now = SystemTime::now();
    for path in texts(folder)?.keys().map(|path| folder.join(path)) {
        let file = File::options().append(true).open(&path);
        file.and_then(|file| file.set_modified(now)).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}
