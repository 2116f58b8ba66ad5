//! What `[client]` of `codegen.toml` says of single operations, by the names that these have got, and of headers.

use crate::config::{Client, place_of};
use crate::diagnostic::Diagnostic;
use crate::ir::{Ir, Operation};
use crate::name::{Names, OperationNames};

/// Marks the operations that are listed; reports entries that match none, and names that no header has.
pub(crate) fn apply(ir: &mut Ir, names: &Names, client: &Client, diagnostics: &mut Vec<Diagnostic>) {
    for entry in &client.idempotent {
        let mut matched = false;
        for (operation, names) in ir.operations.iter_mut().zip(&names.operations) {
            if is(operation, names, entry) {
                operation.idempotent = true;
                matched = true;
            }
        }
        if !matched {
            let message =
                format!("`{entry}` in `client.idempotent` of codegen.toml matches no operation that is generated");
            let help =
                "an entry is `users.update`, as the client calls it, or a JSON Pointer, `/paths/~1users~1{id}/patch`";
            diagnostics.push(Diagnostic::error("unmatched-entry", message, place_of(entry)).help(help));
        }
    }
    let of_rate_limit =
        client.rate_limit_headers.iter().flat_map(|names| [&names.limit, &names.remaining, &names.reset]);
    let headers = of_rate_limit
        .map(|name| (name, "rate-limit-headers"))
        .chain(client.telemetry_header.iter().map(|name| (name, "telemetry-header")))
        .chain(client.correlation_header.iter().map(|name| (name, "correlation-header")));
    for (name, key) in headers {
        if name.is_empty() || !name.bytes().all(is_token) {
            let message = format!("`{name}` in `client.{key}` of codegen.toml is the name of no header");
            diagnostics.push(Diagnostic::error("invalid-header", message, place_of(name)));
        }
    }
}

/// Whether an entry means an operation: by its pointer, or by the group and the method that it has.
fn is(operation: &Operation, names: &OperationNames, entry: &str) -> bool {
    operation.location.pointer == entry
        || entry.rsplit_once('.').is_some_and(|(group, method)| group == names.group && method == names.method)
}

/// Whether the name of a header may hold a byte (RFC 9110 §5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
