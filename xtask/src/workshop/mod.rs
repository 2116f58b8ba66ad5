//! A folder in which a crate of many schemas is generated and a driver of it is built.
//!
//! It is a workspace of its own: the members `types` (generated) and `driver` (a table of the types). It has this workspace's
//! `Cargo.lock`, so that every version is the same and nothing new is fetched, and its target folder, so that nothing is built
//! twice.

mod apart;
mod build;
mod drive;
mod generate;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::value::RawValue;

pub(crate) use build::{executable, target};
pub(crate) use drive::{Case, ask};
pub(crate) use generate::{Refused, generate};

/// What makes types of schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// This project's.
    Native,
    /// The crate typify, with the feature `typify` of `codegen`.
    Typify,
}

impl Engine {
    /// The name, as on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Typify => "typify",
        }
    }
}

/// The folder.
#[derive(Debug)]
pub(crate) struct Workshop {
    folder: PathBuf,
    /// How the names of its packages begin: cargo tells packages in one target folder apart by their names, not by where they stand.
    name: String,
    engine: Engine,
    /// What stands for references that lead out of a schema: a prefix of theirs, and the folder it is replaced by.
    map: Option<(String, PathBuf)>,
    /// Whether `format` is checked.
    formats: bool,
}

/// What a driver is asked to do, as `codegen_oracle::task::Task` reads it.
#[derive(Debug, Serialize)]
pub(crate) struct Task<'a> {
    /// The folder of the suite's remotes.
    pub(crate) remotes: Option<&'a Path>,
    /// Whether `format` is checked.
    pub(crate) formats: bool,
    /// The schemas with their instances.
    pub(crate) groups: Vec<TaskGroup<'a>>,
}

/// A schema and its instances.
#[derive(Debug, Serialize)]
pub(crate) struct TaskGroup<'a> {
    /// The module of the generated type.
    pub(crate) module: &'a str,
    /// The schema.
    pub(crate) schema: Box<RawValue>,
    /// The instances.
    pub(crate) instances: Vec<&'a RawValue>,
}

impl Task<'_> {
    /// Every case, in the order in which a driver answers them.
    pub(crate) fn cases(&self) -> Vec<Case<'_>> {
        self.groups.iter().flat_map(|group| (0..group.instances.len()).map(|case| (group.module, case))).collect()
    }
}

/// What became of the schemas.
#[derive(Debug)]
pub(crate) struct Built {
    /// The driver.
    pub(crate) driver: PathBuf,
    /// The modules that have a type, with how it is checked.
    pub(crate) modules: BTreeMap<String, Strength>,
    /// The modules that have none, and why.
    pub(crate) refused: BTreeMap<String, Refused>,
}

/// How a schema is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strength {
    /// By types and the checks on them.
    Typed,
    /// By predicates as well, which ask the value as a whole.
    Predicates,
}

impl Workshop {
    /// A workshop in `target/` of this workspace.
    pub(crate) fn new(path: &str, engine: Engine, map: Option<(&str, &Path)>, formats: bool) -> Self {
        let map = map.map(|(prefix, folder)| (prefix.to_owned(), folder.to_owned()));
        let name = path.replace(|character: char| !character.is_ascii_alphanumeric(), "-");
        Self { folder: home().join("target").join(path), name, engine, map, formats }
    }

    /// Writes a crate of all schemas but those that are refused, and builds a driver whose main function is
    /// `codegen_oracle::main` with `run`.
    ///
    /// # Errors
    /// Something that is not the fault of one schema.
    pub(crate) fn make(&self, schemas: &BTreeMap<String, String>, run: &str) -> Result<Built, String> {
        self.lay_out(schemas)?;
        let mut left: Vec<&str> = schemas.keys().map(String::as_str).collect();
        let mut refused = match self.engine {
            Engine::Native => self.generate(&mut left)?,
            Engine::Typify => self.generate_apart(&mut left)?,
        };
        loop {
            self.write_driver(&left, run)?;
            match self.build(&left)? {
                build::Outcome::Built(driver) => {
                    let strength = |module: &&str| ((*module).to_owned(), self.strength(module));
                    return Ok(Built { driver, modules: left.iter().map(strength).collect(), refused });
                }
                build::Outcome::Broken(broken) => {
                    left.retain(|module| !broken.contains_key(*module));
                    if let (true, Some((module, why))) = (left.is_empty(), broken.first_key_value()) {
                        return Err(format!("no module compiles; {module}: {why}"));
                    }
                    refused.extend(broken.into_iter().map(|(module, why)| (module, Refused::DoesNotCompile(why))));
                    match self.engine {
                        Engine::Native => refused.append(&mut self.generate(&mut left)?),
                        Engine::Typify => self.list_modules(&left)?,
                    }
                }
            }
        }
    }

    /// Writes what a driver is asked to do.
    ///
    /// # Errors
    /// Those of the file system.
    pub(crate) fn write_task(&self, task: &Task<'_>) -> Result<PathBuf, String> {
        let file = self.folder.join("task.json");
        write(&file, &serde_json::to_string(task).map_err(|error| error.to_string())?)?;
        Ok(file)
    }

    /// The file of a schema.
    pub(crate) fn schema_file(&self, module: &str) -> PathBuf {
        self.folder.join("schemas").join(format!("{module}.json"))
    }

    fn lay_out(&self, schemas: &BTreeMap<String, String>) -> Result<(), String> {
        let folder = self.folder.join("schemas");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        for (module, schema) in schemas {
            write(&self.schema_file(module), schema)?;
        }
        lay_out_workspace(&self.folder, &["driver", "types"], &self.package("types"))
    }

    /// The name of a package.
    fn package(&self, member: &str) -> String {
        format!("{}-{member}", self.name)
    }

    fn write_driver(&self, modules: &[&str], run: &str) -> Result<(), String> {
        let oracle = home().join("tests/oracle");
        let (judge, features) = match self.engine {
            Engine::Native => ("native", ", features = [\"schemars\"]"),
            Engine::Typify => ("foreign", ""),
        };
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\ncodegen-oracle = {{ path = {oracle:?} }}\ntypes = {{ package = {:?}, path = \"../types\"{features} }}\n",
            self.package("driver"),
            self.package("types")
        );
        let mut text = String::from("//! @generated by `cargo xtask`: the types that are asked.\n\n");
        text.push_str("use codegen_oracle::judge::{Judge, ");
        text.push_str(&format!("{judge}}};\n\nstatic JUDGES: &[(&str, Judge)] = &[\n"));
        for module in modules {
            text.push_str(&format!("    ({module:?}, {judge}::<types::{module}::Root>()),\n"));
        }
        text.push_str("];\n\nfn main() -> std::process::ExitCode {\n");
        text.push_str(&format!("    codegen_oracle::main(JUDGES, {run})\n}}\n"));
        write(&self.folder.join("driver/Cargo.toml"), &manifest)?;
        write(&self.folder.join("driver/src/main.rs"), &text)
    }

    fn strength(&self, module: &str) -> Strength {
        let predicates = self.folder.join("types/src").join(module).join("predicates.rs");
        if predicates.exists() { Strength::Predicates } else { Strength::Typed }
    }
}

/// Makes a folder a workspace with these members. Generated code is only asked, never debugged: without line tables it is built
/// faster.
pub(crate) fn lay_out_workspace(folder: &Path, members: &[&str], types: &str) -> Result<(), String> {
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n\n[profile.dev.package.{types}]\ndebug = false\n"
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    let lock = home().join("Cargo.lock");
    let text = fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    write(&folder.join("Cargo.lock"), &text)
}

/// The folder of this workspace.
pub(crate) fn home() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Gives a file its content, unless it has it: cargo builds again what was written again.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", path.display());
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(wrong)?;
    }
    fs::write(path, text).map_err(wrong)
}
