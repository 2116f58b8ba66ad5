//! The command line again, as text that a shell reads: what to run when something is stale.

use clap::ValueEnum;

use super::args::GenerateArguments;

/// The command that writes what `--check` missed.
pub(super) fn to_run(arguments: &GenerateArguments) -> String {
    let document = &arguments.document;
    let mut words = vec!["cargo".to_owned(), "xtask".to_owned(), "generate".to_owned()];
    let mut option = |name: &str, value: Option<String>| {
        words.extend(value.into_iter().flat_map(|value| [format!("--{name}"), quoted(&value)]));
    };
    for spec in &document.specs {
        option("spec", Some(spec.to_string_lossy().into_owned()));
    }
    option("out", document.out.as_ref().map(|path| path.to_string_lossy().into_owned()));
    option("name", document.name.clone());
    for (name, entries) in [("include", &document.includes), ("exclude", &document.excludes)] {
        entries.iter().for_each(|entry| option(name, Some(entry.clone())));
    }
    for mapping in &document.maps {
        option("map", Some(mapping.written()));
    }
    option("dangling", unless_first(document.dangling));
    option("formats", unless_first(document.formats));
    option("implied-types", unless_first(document.implied_types));
    option("runtime", document.runtime.as_ref().map(|runtime| runtime.written()));
    option("engine", unless_first(document.engine));
    words.join(" ")
}

/// The value, unless it is the default, which is the first one.
fn unless_first<T: ValueEnum>(value: T) -> Option<String> {
    let name = |value: &T| value.to_possible_value().map(|value| value.get_name().to_owned());
    let first = T::value_variants().first().and_then(name);
    name(&value).filter(|name| Some(name) != first.as_ref())
}

/// A word as a POSIX shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::args::{Arguments, Command};
    use super::*;

    fn command(words: &[&str]) -> String {
        let words = ["xtask", "generate"].iter().chain(words);
        match Arguments::try_parse_from(words).unwrap().command {
            Command::Generate(arguments) => to_run(&arguments),
            Command::Stats(_) | Command::Explain(_) | Command::ConfigSchema => panic!("another command"),
        }
    }

    #[test]
    fn the_command_repeats_what_decides_the_crate() {
        assert_eq!(command(&["--check"]), "cargo xtask generate");
        let words = [
            "--check",
            "--spec",
            "it's.json",
            "--out",
            "out",
            "--map",
            "#/a/=b#/c/",
            "--dangling",
            "any",
            "--formats",
            "auto",
            "--runtime",
            "git:https://x/y#1",
        ];
        assert_eq!(
            command(&words),
            r"cargo xtask generate --spec 'it'\''s.json' --out out --map '#/a/=b#/c/' --dangling any --runtime 'git:https://x/y#1'"
        );
        let words = ["--check", "--engine", "typify", "--spec", "a.json", "--out", "out"];
        assert_eq!(command(&words), "cargo xtask generate --spec a.json --out out --engine typify");
    }
}
