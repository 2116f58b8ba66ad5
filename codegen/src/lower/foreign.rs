//! Schemas that are types of the user's: `x-rust-type`, and `types` and `formats.types` of `codegen.toml`.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, Config, Dependency};
use crate::diagnostic::{Diagnostic, Place};
use crate::ir::{Check, Foreign, Origin, Shape, Ty, TypeDef, Use};
use crate::schema::rust_type::{Decision, RustPath, RustType, crate_of};
use crate::schema::{Kind, Kinds, Schema};

use super::Lowering;
use super::facets::{Facets, Part};

/// What every generated crate depends on.
const RUNTIME: &str = "codegen_runtime";

/// A file: what a part of a body of parts is that holds bytes.
fn file() -> Option<RustType> {
    let path = RustPath::parse("codegen_runtime::File")?;
    Some(RustType { path, package: None, parameters: Vec::new(), by: Decision::Schema })
}

/// What the types that were met ask for.
#[derive(Default)]
pub(super) struct Met {
    /// The crates that they name, as Rust spells them, and the place of the first that does.
    crates: BTreeMap<String, Place>,
    /// The versions that the document asks for, by package.
    versions: BTreeMap<String, BTreeSet<String>>,
    /// Who decided.
    decisions: BTreeSet<Decision>,
}

impl Lowering<'_> {
    /// The type of the user's that a conjunction is. With other schemas besides, it is a type of its own: what theirs holds nobody
    /// knows.
    pub(super) fn rust_type(&self, key: &[Part]) -> Option<RustType> {
        let [Part { id, own: false }] = key else { return None };
        let decided = self.schemas.get(*id).rust_type.clone();
        decided.or_else(|| self.files.contains(id).then(file).flatten())
    }

    /// A value of a type of the user's, which may be `null` besides.
    pub(super) fn foreign(&mut self, key: &[Part], facets: &Facets, rust_type: &RustType, origin: &Origin) -> Use {
        let nullable = self.may_be_null(facets);
        let is_root = matches!(origin, Origin::Root(_));
        // What its parameters refer to is found through types with a name.
        if !is_root && self.own_origin(key).is_none() && rust_type.parameters.is_empty() {
            return Use { nullable, ..self.foreign_value(key, facets, rust_type, nullable, origin) };
        }
        let id = self.open_type(key, facets, origin, Ty::Named, nullable && !is_root);
        let value = self.foreign_value(key, facets, rust_type, nullable, &Origin::Within(id, String::new()));
        let value = Use { nullable: nullable && is_root, ..value };
        let recursive = matches!(self.types.get(id.0), Some(TypeDef { shape: Shape::Newtype(_), .. }));
        self.close(id, if is_root || recursive { Shape::Newtype(value) } else { Shape::Alias(value) }, key)
    }

    /// Whether the schema says of `null` that it is allowed. Where it says nothing, that is for the type to know.
    fn may_be_null(&mut self, facets: &Facets) -> bool {
        let null = Kinds::one(Kind::Null);
        let kinds = self.implied(facets);
        let is_branch = |id| Facets::of(self.schemas, &[Part::whole(id)]).kinds == null;
        (kinds != Kinds::ALL && kinds.overlaps(null) && kinds != null)
            || facets.branches.iter().flat_map(|branches| &branches.branches).any(|id| is_branch(*id))
    }

    fn foreign_value(
        &mut self,
        key: &[Part],
        facets: &Facets,
        rust_type: &RustType,
        nullable: bool,
        origin: &Origin,
    ) -> Use {
        self.meet(facets, rust_type);
        let parameters = rust_type.parameters.iter().map(|id| self.lower(*id, &origin.entry())).collect();
        let constrains = |id| !Schema { rust_type: None, ..self.schemas.get(id).clone() }.is_unconstrained();
        // What limits a text says nothing of the bytes of a file.
        let is_file = key.iter().any(|part| self.files.contains(&part.id));
        let constraining: Vec<Part> = key.iter().copied().filter(|part| !is_file && constrains(part.id)).collect();
        let mut checks = if constraining.is_empty() { Vec::new() } else { self.predicate(&constraining, None) };
        for check in &mut checks {
            if let Check::Kinds(kinds) = check {
                kinds.retain(|kind| !nullable || *kind != Kind::Null.name());
            }
        }
        let kind = self.implied(facets).without(Kinds::one(Kind::Null)).only().map(Kind::name);
        Use::plain(Ty::Foreign(Foreign { path: rust_type.path.text.clone(), parameters, checks, kind }))
    }

    fn meet(&mut self, facets: &Facets, rust_type: &RustType) {
        let schema = facets.parts.first().map(|id| self.schemas.get(*id).location.clone()).unwrap_or_default();
        let place = match &rust_type.by {
            Decision::Schema => Place::value(schema.file, schema.pointer),
            Decision::Pointer(entry) => config::place_of_value("types", entry),
            Decision::Format(entry) => config::place_of_value("formats.types", entry),
        };
        for name in &rust_type.path.crates {
            self.foreign.crates.entry(name.clone()).or_insert_with(|| place.clone());
        }
        for (package, version) in rust_type.package.iter().cloned() {
            self.foreign.versions.entry(package).or_default().insert(version);
        }
        self.foreign.decisions.insert(rust_type.by.clone());
    }

    /// Whether a type of the user's was met.
    pub(super) fn has_foreign(&self) -> bool {
        !self.foreign.decisions.is_empty()
    }

    /// What the crates of the types are in `Cargo.toml`: what `codegen.toml` says, else what the document does.
    pub(super) fn dependencies(&mut self) -> BTreeMap<String, Dependency> {
        self.report_entries();
        let Met { crates, versions, .. } = std::mem::take(&mut self.foreign);
        let mut dependencies = BTreeMap::new();
        for (name, place) in crates.into_iter().filter(|(name, _)| name != RUNTIME) {
            let decided = self.config.dependencies.iter().find(|(package, _)| crate_of(package) == name);
            let asked = versions.iter().find(|(package, _)| crate_of(package) == name);
            if let Some((package, dependency)) = decided {
                dependencies.insert(package.clone(), dependency.clone());
            } else if let Some((package, versions)) = asked {
                let version = Some(all_of(versions));
                let dependency = Dependency { version, default_features: true, ..Dependency::default() };
                dependencies.insert(package.clone(), dependency);
            } else {
                let message = format!("nothing says what the crate `{name}` of this type is");
                let way_out = format!("say it in `[dependencies]` of codegen.toml: {name} = {{ version = \"1\" }}");
                self.report(Diagnostic::error("unknown-crate", message, place).help(way_out));
            }
        }
        for package in self.config.dependencies.keys().filter(|package| !dependencies.contains_key(*package)) {
            let message =
                format!("`{package}` in `dependencies` of codegen.toml is the crate of no type in the document");
            self.diagnostics.push(Diagnostic::error(
                "unmatched-entry",
                message,
                config::place_of("dependencies", package),
            ));
        }
        dependencies
    }

    /// Reports the entries of `types` and `formats.types` that are no path of a type, or that no type was made of.
    fn report_entries(&mut self) {
        let Config { types, formats, .. } = self.config;
        let types = types.iter().map(|(entry, path)| ("types", entry, path, Decision::Pointer(entry.clone())));
        let formats = formats.types.iter();
        let formats = formats.map(|(entry, path)| ("formats.types", entry, path, Decision::Format(entry.clone())));
        for (list, entry, path, decision) in types.chain(formats) {
            if RustPath::parse(path).is_none() {
                let message = format!("`{path}` is no path of a type from its crate on");
                let problem = Diagnostic::error("invalid-type", message, config::place_of_value(list, entry));
                self.diagnostics.push(problem.help("such a path is `uuid::Uuid` or `chrono::DateTime<chrono::Utc>`"));
            } else if !self.foreign.decisions.contains(&decision) {
                let message = format!("`{entry}` in `{list}` of codegen.toml is no schema that a type is made of");
                self.diagnostics.push(Diagnostic::error("unmatched-entry", message, config::place_of(list, entry)));
            }
        }
    }
}

/// The requirement that meets all of them; `*`, which demands nothing, has to stand alone (Cargo's rules for versions).
fn all_of(versions: &BTreeSet<String>) -> String {
    let demanding: Vec<&str> = versions.iter().map(String::as_str).filter(|version| version.trim() != "*").collect();
    if demanding.is_empty() { "*".to_owned() } else { demanding.join(", ") }
}

/// A use and the parameters of the types in it that are not generated, at any depth.
pub(super) fn with_parameters(value: &Use) -> Vec<&Use> {
    let mut found = vec![value];
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match &value.ty {
            Ty::List(inner) | Ty::Map(inner) => waiting.push(inner),
            Ty::Foreign(foreign) => {
                found.extend(&foreign.parameters);
                waiting.extend(&foreign.parameters);
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::all_of;

    #[test]
    fn versions_are_demanded_together() {
        let all = |versions: &[&str]| all_of(&versions.iter().map(|version| (*version).to_owned()).collect());
        assert_eq!(all(&["1.2"]), "1.2");
        assert_eq!(all(&["1.4", "1.2", "*"]), "1.2, 1.4");
        assert_eq!(all(&["*"]), "*");
    }
}
