//! Whether a cargo workspace above a folder lists it as a member.

use std::path::Path;

use super::host::Host;
use super::paths;

/// How a folder stands to the workspaces above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Membership {
    /// There is none, or those that there are exclude it.
    Alone,
    /// One lists it.
    Member,
    /// One neither lists nor excludes it: cargo refuses the crate unless it is a workspace of its own.
    Unlisted,
}

/// Looks upwards from the folder of a crate, which need not be there yet.
pub(super) fn membership(host: &dyn Host, folder: &Path) -> Membership {
    let folder = paths::canonical(host, folder);
    for above in folder.ancestors().skip(1) {
        let Some(workspace) = read_workspace(host, above) else {
            continue;
        };
        let path = paths::relative(above, &folder);
        let members = entries(&workspace, "members");
        if members.iter().any(|pattern| matches(pattern, &path)) {
            return Membership::Member;
        }
        let excluded = entries(&workspace, "exclude").iter().any(|entry| Path::new(&path).starts_with(entry));
        if !excluded {
            return Membership::Unlisted;
        }
    }
    Membership::Alone
}

fn read_workspace(host: &dyn Host, folder: &Path) -> Option<toml::Table> {
    let bytes = host.read(&folder.join("Cargo.toml")).ok()?;
    let mut manifest: toml::Table = toml::from_str(std::str::from_utf8(&bytes).ok()?).ok()?;
    match manifest.remove("workspace") {
        Some(toml::Value::Table(workspace)) => Some(workspace),
        _ => None,
    }
}

fn entries(workspace: &toml::Table, key: &str) -> Vec<String> {
    let list = workspace.get(key).and_then(toml::Value::as_array);
    let texts = list.into_iter().flatten().filter_map(toml::Value::as_str);
    texts.map(|text| paths::normal(Path::new(text)).to_string_lossy().replace('\\', "/")).collect()
}

/// `*` and `?` within a folder's name, `**` for any number of folders.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    folders_match(&pattern, &path)
}

fn folders_match(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        (["**", rest @ ..], _) => {
            folders_match(rest, path) || matches!(path, [_, below @ ..] if folders_match(pattern, below))
        }
        ([first, patterns @ ..], [name, below @ ..]) => {
            name_matches(first.as_bytes(), name.as_bytes()) && folders_match(patterns, below)
        }
        _ => false,
    }
}

fn name_matches(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern, name) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => {
            name_matches(rest, name) || matches!(name, [_, after @ ..] if name_matches(pattern, after))
        }
        ([b'?', rest @ ..], [_, after @ ..]) => name_matches(rest, after),
        ([expected, rest @ ..], [actual, after @ ..]) => expected == actual && name_matches(rest, after),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::memory::Memory;
    use super::*;

    #[test]
    fn the_closest_workspace_that_does_not_exclude_decides() {
        let host = Memory::default();
        host.put("/w/Cargo.toml", "[workspace]\nmembers = ['app', './generated/*', 'deep/**/x']\nexclude = ['tmp']");
        host.put("/w/app/Cargo.toml", "[package]\nname = 'app'");
        host.put("/w/inner/Cargo.toml", "[workspace]");
        let table = [
            ("/w/generated/users", Membership::Member),
            ("/w/deep/a/b/x", Membership::Member),
            ("/w/generated/users/nested", Membership::Unlisted),
            ("/w/app/inside", Membership::Unlisted),
            ("/w/tmp/users", Membership::Alone),
            ("/w/inner/generated/users", Membership::Unlisted),
            ("/other/users", Membership::Alone),
        ];
        for (folder, expected) in table {
            assert_eq!(membership(&host, Path::new(folder)), expected, "{folder}");
        }
    }
}
