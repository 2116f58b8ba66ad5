//! Bytes in, [`Source`] out: encoding, and which of the two syntaxes it is.

use super::{Format, Node, Source, json, yaml};
use crate::diagnostic::{Diagnostic, Place, Spot};

/// Reads a document.
///
/// The content decides between JSON and YAML: a first character `{` or `[` is JSON, as is a name that ends in `.json`;
/// but where the name ends in `.yaml` or `.yml`, braces that are no JSON are read as YAML. A byte order mark is skipped.
/// Time and memory are linear in the length of the text.
///
/// # Errors
/// One diagnostic for the first syntax error, and one for each repeated key before it; each with its place.
pub fn read(name: &str, bytes: &[u8]) -> Result<Source, Vec<Diagnostic>> {
    let text = decode(name, bytes).map_err(|error| vec![*error])?;
    if text.trim_start().is_empty() {
        return Err(vec![empty_document(name)]);
    }
    let (format, root) = parse(name, text)?;
    Ok(Source { name: name.to_owned(), text: text.to_owned(), format, root })
}

/// The text of a document, without a byte order mark.
///
/// # Errors
/// `not-utf8`, at the first byte that is none.
pub fn decode<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Diagnostic>> {
    let bytes = without_byte_order_mark(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let message = match bytes.get(offset) {
            Some(byte) => format!("not UTF-8: byte 0x{byte:02x}"),
            None => "not UTF-8".to_owned(),
        };
        Box::new(error_at(name, "not-utf8", message, offset).help("save the file as UTF-8"))
    })
}

/// The bytes after a UTF-8 byte order mark, where there is one.
pub(crate) fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// An error at a byte offset of a file.
pub(super) fn error_at(file: &str, code: &'static str, message: impl Into<String>, offset: usize) -> Diagnostic {
    let place = Place { file: file.to_owned(), spot: Spot::Offset(offset), label: String::new() };
    Diagnostic::error(code, message, place)
}

/// The error for a text without any value.
pub(super) fn empty_document(file: &str) -> Diagnostic {
    error_at(file, "empty-document", "the document is empty", 0)
}

impl Format {
    /// The syntax that a text of that name is read as at first.
    pub fn guess(name: &str, text: &str) -> Self {
        if has_extension(name, &["json"]) || text.trim_start().starts_with(['{', '[']) {
            Self::Json
        } else {
            Self::Yaml
        }
    }
}

fn parse(name: &str, text: &str) -> Result<(Format, Node), Vec<Diagnostic>> {
    if Format::guess(name, text) == Format::Yaml {
        return Ok((Format::Yaml, yaml::parse(name, text)?));
    }
    match json::parse(name, text) {
        Ok(root) => Ok((Format::Json, root)),
        Err(errors) if has_extension(name, &["yaml", "yml"]) && json::is_syntax_error(&errors) => {
            Ok((Format::Yaml, yaml::parse(name, text)?))
        }
        Err(errors) => Err(errors),
    }
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|candidate| extension.eq_ignore_ascii_case(candidate))
}
