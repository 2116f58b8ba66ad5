//! Paths without the file system: tidied, made relative, written with `/`.

use std::path::{Component, Path, PathBuf};

use super::host::Host;

/// A path twice: for the file system, and as messages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Located {
    /// Absolute.
    pub(super) path: PathBuf,
    /// As the user wrote it, or relative to the project's folder.
    pub(super) shown: String,
}

impl Located {
    /// The current folder: paths are shown as they were written.
    pub(super) fn current(folder: PathBuf) -> Self {
        Self { path: folder, shown: String::new() }
    }

    /// A path that is relative to this folder, or absolute.
    pub(super) fn join(&self, path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let shown = Path::new(&self.shown).join(path);
        let shown = if self.shown.is_empty() { shown } else { normal(&shown) };
        Self { path: self.path.join(path), shown: display(&shown) }
    }

    /// A path that is relative to the folder of this file.
    pub(super) fn beside(&self, path: &str) -> Self {
        let from = |file: &Path| normal(&file.parent().unwrap_or(Path::new("")).join(path));
        Self { path: from(&self.path), shown: display(&from(Path::new(&self.shown))) }
    }
}

/// Takes `.` and `..` out, by the text alone.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(result.components().next_back(), Some(Component::Normal(_))) => {
                result.pop();
            }
            Component::ParentDir if result.has_root() => {}
            other => result.push(other),
        }
    }
    result
}

/// How to reach `target` from the folder `base`, both absolute, with `/` between folders.
pub(super) fn relative(base: &Path, target: &Path) -> String {
    let (base, target) = (normal(base), normal(target));
    let shared = base.components().zip(target.components()).take_while(|(left, right)| left == right).count();
    let ups = base.components().skip(shared).map(|_| "..".to_owned());
    let downs = target.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = ups.chain(downs).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// The one true path of something that may not be there yet: symbolic links are followed as far as it exists.
pub(super) fn canonical(host: &dyn Host, path: &Path) -> PathBuf {
    for folder in path.ancestors() {
        if let Ok(found) = host.canonical(folder) {
            let rest = path.strip_prefix(folder).unwrap_or(Path::new(""));
            return normal(&found.join(rest));
        }
    }
    normal(path)
}

/// The path as a person reads it.
fn display(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_taken_out() {
        assert_eq!(normal(Path::new("/a/./b/../c/")), Path::new("/a/c"));
        assert_eq!(normal(Path::new("/../a")), Path::new("/a"));
        assert_eq!(normal(Path::new("../a/../../b")), Path::new("../../b"));
    }

    #[test]
    fn a_file_beside_another_is_shown_as_that_one_is() {
        let file = Located::current("/project".into()).join("specs/a/main.json");
        let beside = file.beside("../shared/pets.json");
        assert_eq!(
            beside,
            Located { path: "/project/specs/shared/pets.json".into(), shown: "specs/shared/pets.json".into() }
        );
        let beside = Located::current("/project".into()).join("main.json").beside("other.json");
        assert_eq!(beside, Located { path: "/project/other.json".into(), shown: "other.json".into() });
    }

    #[test]
    fn a_relative_path_goes_up_and_down() {
        assert_eq!(relative(Path::new("/p/generated/users"), Path::new("/p/runtime")), "../../runtime");
        assert_eq!(relative(Path::new("/p"), Path::new("/p/runtime")), "runtime");
        assert_eq!(relative(Path::new("/p/x"), Path::new("/p/x/.")), ".");
    }
}
