//! A document that is measured.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::source::{self, Node};
use serde_json::{Map, Value};

/// A document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The name of its file.
    pub(crate) name: String,
    /// The same without extension, as folders and packages are called.
    pub(crate) slug: String,
    /// The file, absolute.
    pub(crate) path: PathBuf,
    /// The value; members sorted.
    pub(crate) value: Value,
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    /// There is no such file, or it is neither JSON nor YAML.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let wrong = |error: std::io::Error| format!("{}: {error}", path.display());
        let bytes = fs::read(path).map_err(wrong)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = source::read(&name, &bytes).map_err(|problems| {
            let first = problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
            format!("{}: {first}", path.display())
        })?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, slug: slug(&stem), path: fs::canonicalize(path).map_err(wrong)?, value: value(&source.root) })
    }
}

/// A name that folders and packages may have.
fn slug(text: &str) -> String {
    let kept = text.chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '-' });
    kept.collect::<String>().to_ascii_lowercase()
}

fn value(node: &Node) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Bool(value) => Value::Bool(*value),
        Node::Number(number) => Value::Number(number.clone()),
        Node::String(text) => Value::String(text.clone()),
        Node::Array(items) => items.iter().map(value).collect(),
        Node::Object(members) => {
            Value::Object(members.iter().map(|(key, member)| (key.clone(), value(member))).collect::<Map<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_a_package_name() {
        assert_eq!(slug("GitHub 3.0"), "github-3-0");
    }
}
