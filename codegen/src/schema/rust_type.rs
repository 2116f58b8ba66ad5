//! Types of the user's in place of generated ones: what `x-rust-type` and `codegen.toml` say of them.
//!
//! `x-rust-type` is typify's extension: `{"crate": "my-ids", "version": "1.2", "path": "my_ids::Id", "parameters": […]}`, where
//! `version` is a requirement as in `Cargo.toml` and `parameters` are the schemas of type parameters.

use std::collections::BTreeSet;

use super::SchemaId;

/// The crates that every program has; none of them is a dependency.
const SYSTEM: &[&str] = &["alloc", "core", "std"];

/// A type that is not generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustType {
    /// The type without the parameters that schemas describe.
    pub path: RustPath,
    /// The package of the type and which of its versions have it, where the schema says so.
    pub package: Option<(String, String)>,
    /// The schemas of type parameters.
    pub parameters: Vec<SchemaId>,
    /// Who says so.
    pub by: Decision,
}

/// Who says that a schema is a type of the user's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// The schema itself.
    Schema,
    /// An entry of `types` in `codegen.toml`.
    Pointer(String),
    /// An entry of `formats.types` in `codegen.toml`.
    Format(String),
}

/// The path of a type, from its crate on, with type arguments that are paths as well: `::chrono::DateTime<::chrono::Utc>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustPath {
    /// The path, and every path in it, beginning with `::`.
    pub text: String,
    /// The crates that it names, as Rust spells them, but for those that every program has.
    pub crates: BTreeSet<String>,
    /// The crate at its beginning, as Rust spells it.
    pub first: String,
}

impl RustPath {
    /// Reads a path; `None` where it is none from a crate on.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { rest: text, crates: BTreeSet::new() };
        let text = reader.path()?;
        let first = text.strip_prefix("::")?.split("::").next()?.to_owned();
        reader.rest.is_empty().then_some(Self { text, crates: reader.crates, first })
    }
}

/// A package as Rust spells its crate.
#[must_use]
pub fn crate_of(package: &str) -> String {
    package.replace('-', "_")
}

/// Whether a crate is one that every program has.
#[must_use]
pub fn is_system(name: &str) -> bool {
    SYSTEM.contains(&name)
}

/// Whether a text can stand as a package in `Cargo.toml`.
pub(crate) fn is_package(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || "-_".contains(character))
}

struct Reader<'r> {
    rest: &'r str,
    crates: BTreeSet<String>,
}

impl Reader<'_> {
    /// `a::B`, `::a::B<c::D, e::F>`
    fn path(&mut self) -> Option<String> {
        self.take("::");
        let first = self.name()?;
        if matches!(first.as_str(), "crate" | "self" | "super" | "Self") {
            return None;
        }
        let mut text = format!("::{first}");
        while self.take("::") {
            text.push_str("::");
            text.push_str(&self.name()?);
        }
        // A crate alone is no type.
        if text == format!("::{first}") {
            return None;
        }
        if !is_system(&first) {
            self.crates.insert(first);
        }
        if self.take("<") {
            let mut arguments = vec![self.path()?];
            while self.take(",") {
                arguments.push(self.path()?);
            }
            if !self.take(">") {
                return None;
            }
            text.push_str(&format!("<{}>", arguments.join(", ")));
        }
        Some(text)
    }

    fn name(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
        let end = self.rest.find(|character| !is_part(character)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at_checked(end)?;
        if name.is_empty() || name == "_" || name.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        self.rest = rest;
        Some(name.to_owned())
    }

    fn take(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::RustPath;

    fn read(text: &str) -> Option<(String, Vec<String>)> {
        RustPath::parse(text).map(|path| (path.text, path.crates.into_iter().collect()))
    }

    #[test]
    fn a_path_begins_with_its_crate() {
        assert_eq!(read("std::net::Ipv4Addr"), Some(("::std::net::Ipv4Addr".to_owned(), vec![])));
        assert_eq!(read("::my_ids::Id"), Some(("::my_ids::Id".to_owned(), vec!["my_ids".to_owned()])));
        let map = "indexmap::IndexMap<std::string::String,chrono::DateTime< ::chrono::Utc > >";
        let text = "::indexmap::IndexMap<::std::string::String, ::chrono::DateTime<::chrono::Utc>>";
        assert_eq!(read(map), Some((text.to_owned(), vec!["chrono".to_owned(), "indexmap".to_owned()])));
    }

    #[test]
    fn what_is_no_path_of_a_type_is_none() {
        let texts = [
            "",
            "::",
            "Id",
            "crate::Id",
            "super::a::Id",
            "a::",
            "a::1",
            "a::b-c",
            "a::B<",
            "a::B<>",
            "a::B<c::D",
            "a::B>",
            "a::B c",
            "a::B;",
            "&a::B",
            "a::_",
            "a::é",
        ];
        for text in texts {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
