//! Reads `codegen.toml`: from text to [`Config`], or to an error with its line.

use super::crate_name;
use super::findings::{Findings, unreadable};
use super::host::Host;
use super::paths::Located;
use super::toml_place;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place, Spot};

/// Reads the file. What is wrong with it goes to the findings.
pub(super) fn read(host: &dyn Host, file: &Located, findings: &mut Findings) -> Option<Config> {
    let bytes = host.read(&file.path).map_err(|error| findings.add(unreadable(&file.shown, &error))).ok()?;
    let config = match std::str::from_utf8(&bytes) {
        Ok(text) => parse(&file.shown, text),
        Err(error) => Err(Box::new(not_utf8(&file.shown, error.valid_up_to()))),
    };
    findings.texts.insert(file.shown.clone(), bytes);
    match config {
        Ok(config) => Some(config),
        Err(problem) => {
            findings.add(*problem);
            None
        }
    }
}

fn parse(file: &str, text: &str) -> Result<Config, Box<Diagnostic>> {
    let config: Config = toml::from_str(text).map_err(|error| Box::new(located(file, &error)))?;
    let name = &config.package.name;
    if !crate_name::is_valid(name) {
        let place =
            Place { file: file.to_owned(), spot: toml_place::spot(text, "/package/name", false), label: String::new() };
        let problem = Diagnostic::error("package-name", format!("no package can be called `{name}`"), place);
        return Err(Box::new(problem.help(format!("`{}` would do", crate_name::tidy(name)))));
    }
    Ok(config)
}

fn not_utf8(file: &str, offset: usize) -> Diagnostic {
    let place = Place { file: file.to_owned(), spot: Spot::Offset(offset), label: String::new() };
    Diagnostic::error("config", "not UTF-8", place)
}

fn located(file: &str, error: &toml::de::Error) -> Diagnostic {
    let spot = error.span().map_or(Spot::File, |span| Spot::Offset(span.start));
    let message: Vec<&str> = error.message().lines().map(str::trim).collect();
    Diagnostic::error("config", message.join("; "), Place { file: file.to_owned(), spot, label: String::new() })
}

/// Gives places that [`config::place_of`] made the path of the file, and the spot of the entry in its text.
pub(super) fn place_entries(problem: &mut Diagnostic, file: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for place in problem.places.iter_mut().filter(|place| place.file == config::FILE) {
        match &place.spot {
            Spot::Key(pointer) => place.spot = toml_place::spot(&text, pointer, true),
            Spot::Pointer(pointer) => place.spot = toml_place::spot(&text, pointer, false),
            Spot::Offset(_) | Spot::File => {}
        }
        place.file = file.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (String, Spot) {
        let problem = parse("codegen.toml", text).unwrap_err();
        (problem.message, problem.places[0].spot.clone())
    }

    #[test]
    fn errors_have_a_place() {
        assert_eq!(
            problem("document = 'a'\noutput = 'b'\npakage.name = 'c'\n"),
            (
                "unknown field `pakage`, expected one of `document`, `output`, `package`, `runtime`, `client`, `formats`, `schemas`, \
                 `sensitive`, `merge`, `optional`, `names`, `select`, `skip`, `types`, `dependencies`, `rule`, `map`"
                    .to_owned(),
                Spot::Offset(28)
            )
        );
        assert_eq!(problem("document = 1"), ("expected a file, or a list of files".to_owned(), Spot::Offset(11)));
        assert_eq!(
            problem("document = 'a'\noutput = 'b'\n[package]\nname = 'test'\n"),
            ("no package can be called `test`".to_owned(), Spot::Offset(45))
        );
    }

    #[test]
    fn a_small_file_is_enough() {
        let config = parse("codegen.toml", "document = 'a'\noutput = 'b'\npackage.name = 'c'\n").unwrap();
        assert_eq!((config.document.files()[0].as_str(), config.package.version.as_str()), ("a", "0.1.0"));
    }
}
