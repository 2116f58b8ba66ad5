//! The JSON-Schema-Test-Suite, as its README describes it: files of groups, a group being a schema and its cases.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// The folder of one draft.
#[derive(Debug)]
pub(crate) struct Suite {
    /// The name of the folder: `draft2020-12`.
    pub(crate) draft: String,
    /// The folder of the schemas that others refer to.
    pub(crate) remotes: PathBuf,
    /// The groups, in the order of the files and in them.
    pub(crate) groups: Vec<Group>,
}

/// A schema and what is asked about it.
#[derive(Debug)]
pub(crate) struct Group {
    /// The name of the file without its extension, which is the keyword that it tests.
    pub(crate) keyword: String,
    /// A name that is a Rust module: the keyword, and the number of the group in its file.
    pub(crate) module: String,
    /// What the group says of itself.
    pub(crate) description: String,
    /// The schema as it stands in the file, with `$schema` where the draft is only known by the folder.
    pub(crate) schema: String,
    /// What is asked.
    pub(crate) cases: Vec<Case>,
}

/// An instance, and whether it is valid.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    /// What the case says of itself.
    pub(crate) description: String,
    /// The instance as it stands in the file.
    pub(crate) data: Box<RawValue>,
    /// Whether it is valid.
    pub(crate) valid: bool,
}

#[derive(Deserialize)]
struct FileGroup {
    description: String,
    schema: Box<RawValue>,
    tests: Vec<Case>,
}

/// The dialects that are not what a schema without `$schema` is read as, by folder.
const DIALECTS: [(&str, &str); 4] = [
    ("draft2019-09", "https://json-schema.org/draft/2019-09/schema"),
    ("draft7", "http://json-schema.org/draft-07/schema#"),
    ("draft6", "http://json-schema.org/draft-06/schema#"),
    ("draft4", "http://json-schema.org/draft-04/schema#"),
];

impl Suite {
    /// Reads a folder. Its remotes are beside it, or a level up as in the suite's repository, unless they are named.
    pub(crate) fn read(folder: &Path, remotes: Option<&Path>) -> Result<Self, String> {
        let wrong = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let folder = fs::canonicalize(folder).map_err(|error| wrong(folder, &error))?;
        let draft = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = ["../remotes", "../../remotes"].map(|path| folder.join(path));
        let remotes = remotes.map(Path::to_owned).or_else(|| beside.into_iter().find(|path| path.is_dir()));
        let remotes = remotes.ok_or("the suite's folder `remotes` is not beside it: name it with --remotes")?;
        let remotes = fs::canonicalize(&remotes).map_err(|error| wrong(&remotes, &error))?;
        let mut files = Vec::new();
        for entry in fs::read_dir(&folder).map_err(|error| wrong(&folder, &error))? {
            let path = entry.map_err(|error| wrong(&folder, &error))?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                files.push(path);
            }
        }
        files.sort();
        let mut groups = Vec::new();
        for file in files {
            let text = fs::read_to_string(&file).map_err(|error| wrong(&file, &error))?;
            let read: Vec<FileGroup> = serde_json::from_str(&text).map_err(|error| wrong(&file, &error))?;
            let keyword = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            groups.extend(read.into_iter().enumerate().map(|(number, group)| Group {
                module: format!("{}_{number:03}", snake_case(&keyword)),
                keyword: keyword.clone(),
                description: group.description,
                schema: in_dialect(group.schema.get(), &draft),
                cases: group.tests,
            }));
        }
        if groups.is_empty() {
            return Err(format!("{} holds no test of the suite", folder.display()));
        }
        Ok(Self { draft, remotes, groups })
    }
}

/// The schema with the `$schema` of its draft, where it can have one and has none.
fn in_dialect(schema: &str, draft: &str) -> String {
    let members = serde_json::from_str::<BTreeMap<String, IgnoredAny>>(schema);
    let dialect = DIALECTS.iter().find(|(folder, _)| *folder == draft);
    match (members, dialect, schema.strip_prefix('{')) {
        (Ok(members), Some((_, uri)), Some(rest)) if !members.contains_key("$schema") => {
            let comma = if members.is_empty() { "" } else { "," };
            format!("{{\"$schema\": \"{uri}\"{comma}{rest}")
        }
        _ => schema.to_owned(),
    }
}

/// `additionalProperties` and `if-then-else` as names of modules.
fn snake_case(keyword: &str) -> String {
    let mut name = String::new();
    for character in keyword.chars() {
        match character {
            upper if upper.is_ascii_uppercase() => name.extend(['_', upper.to_ascii_lowercase()]),
            letter if letter.is_ascii_alphanumeric() => name.push(letter),
            _ => name.push('_'),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_of_the_draft_of_its_folder() {
        let draft7 = r#"{"$schema": "http://json-schema.org/draft-07/schema#", "maximum": 1.0e0}"#;
        assert_eq!(in_dialect(r#"{ "maximum": 1.0e0}"#, "draft7"), draft7);
        assert_eq!(in_dialect("{}", "draft4"), r#"{"$schema": "http://json-schema.org/draft-04/schema#"}"#);
        for unchanged in ["true", r#"{"$schema": "urn:mine"}"#] {
            assert_eq!(in_dialect(unchanged, "draft7"), unchanged);
        }
        assert_eq!(in_dialect("{}", "draft2020-12"), "{}");
    }

    #[test]
    fn keywords_are_names_of_modules() {
        assert_eq!(snake_case("additionalProperties"), "additional_properties");
        assert_eq!(snake_case("if-then-else"), "if_then_else");
    }
}
