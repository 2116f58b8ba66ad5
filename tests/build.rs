//! Generates from every fixture, so that what comes out is compiled with the tests.

#[expect(unreachable_pub, dead_code, reason = "public in the library, whose module it is, and used there")]
#[path = "src/fixture.rs"]
mod fixture;

use std::fs;
use std::path::{Path, PathBuf};

use fixture::Fixture;

fn main() -> Result<(), String> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).ok_or(format!("{name} is not set"));
    let fixtures = variable("CARGO_MANIFEST_DIR")?.join("fixtures");
    let out = variable("OUT_DIR")?;
    println!("cargo::rerun-if-changed={}", fixtures.display());
    let mut index = String::new();
    for fixture in fixture::all(&fixtures)? {
        let folder = out.join(&fixture.name);
        write(&fixture, &folder)?;
        let name = &fixture.name;
        index.push_str(&format!(
            "/// The types of the fixture `{name}`.\n#[path = {:?}]\npub mod {name};\n",
            folder.join("mod.rs")
        ));
    }
    write_file(&out.join("fixtures.rs"), &index)
}

fn write(fixture: &Fixture, folder: &Path) -> Result<(), String> {
    // What an earlier run has left would not be compiled, but would confuse whoever looks.
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    fixture.types()?.files.iter().try_for_each(|(path, text)| write_file(&folder.join(path), text))
}

fn write_file(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
