//! What `[client]` of `codegen.toml` says of single operations, by the names that these have got, and of headers.

mod paging;

use crate::config::{Client, place_of, place_of_value};
use crate::diagnostic::{Diagnostic, Place};
use crate::ir::{Ir, Operation};
use crate::name::{Names, OperationNames};

/// Tells operations what is said of them; reports entries that match none or do not fit, and names that no header has.
pub(crate) fn apply(ir: &mut Ir, names: &Names, client: &Client, diagnostics: &mut Vec<Diagnostic>) {
    for entry in &client.idempotent {
        let entry = Entry { list: "idempotent", text: entry, place: place_of("client.idempotent", entry) };
        for index in meant(ir, names, entry, diagnostics) {
            if let Some(operation) = ir.operations.get_mut(index) {
                operation.idempotent = true;
            }
        }
    }
    for (index, said) in client.paging.iter().enumerate() {
        let section = format!("client.paging.{index}");
        let place = place_of_value(&section, "operation");
        for index in meant(ir, names, Entry { list: "paging", text: &said.operation, place }, diagnostics) {
            paging::apply(ir, index, said, &section, diagnostics);
        }
    }
    let of_rate_limit = client.rate_limit_headers.iter().flat_map(|names| {
        [("limit", &names.limit), ("remaining", &names.remaining), ("reset", &names.reset)]
            .map(|(key, name)| ("client.rate-limit-headers", key, name))
    });
    let headers = of_rate_limit
        .chain(client.telemetry_header.iter().map(|name| ("client", "telemetry-header", name)))
        .chain(client.correlation_header.iter().map(|name| ("client", "correlation-header", name)));
    for (section, key, name) in headers {
        if name.is_empty() || !name.bytes().all(is_token) {
            let message = format!("`{name}` in `{section}.{key}` of codegen.toml is the name of no header");
            diagnostics.push(Diagnostic::error("invalid-header", message, place_of_value(section, key)));
        }
    }
}

/// A text that means operations.
struct Entry<'e> {
    /// The key of `[client]` where it stands.
    list: &'static str,
    text: &'e str,
    place: Place,
}

/// The operations that an entry means; where it means none, that is reported.
fn meant(ir: &Ir, names: &Names, entry: Entry<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<usize> {
    let Entry { list, text, place } = entry;
    let all = ir.operations.iter().zip(&names.operations).enumerate();
    let meant: Vec<usize> =
        all.filter(|(_, (operation, names))| is(operation, names, text)).map(|(index, _)| index).collect();
    if meant.is_empty() {
        let message = format!("`{text}` in `client.{list}` of codegen.toml matches no operation that is generated");
        let help = "an entry is `users.update`, as the client calls it, an `operationId`, or a JSON Pointer, \
                    `/paths/~1users~1{id}/patch`";
        diagnostics.push(Diagnostic::error("unmatched-entry", message, place).help(help));
    }
    meant
}

/// Whether an entry means an operation: by its pointer, its `operationId`, or the group and the method that it has.
fn is(operation: &Operation, names: &OperationNames, entry: &str) -> bool {
    operation.location.pointer == entry
        || operation.called.id.as_deref() == Some(entry)
        || entry.rsplit_once('.').is_some_and(|(group, method)| group == names.group && method == names.method)
}

/// Whether the name of a header may hold a byte (RFC 9110 §5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
