//! What `[client]` of `codegen.toml` says of single operations, by the names that these have got, and of headers.

mod paging;

use crate::config::{Client, place_of};
use crate::diagnostic::Diagnostic;
use crate::ir::{Ir, Operation};
use crate::name::{Names, OperationNames};

/// Tells operations what is said of them; reports entries that match none or do not fit, and names that no header has.
pub(crate) fn apply(ir: &mut Ir, names: &Names, client: &Client, diagnostics: &mut Vec<Diagnostic>) {
    for entry in &client.idempotent {
        for index in meant(ir, names, entry, "client.idempotent", diagnostics) {
            if let Some(operation) = ir.operations.get_mut(index) {
                operation.idempotent = true;
            }
        }
    }
    for said in &client.paging {
        for index in meant(ir, names, &said.operation, "client.paging", diagnostics) {
            paging::apply(ir, index, said, diagnostics);
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

/// The operations that an entry means; where it means none, that is reported.
fn meant(ir: &Ir, names: &Names, entry: &str, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<usize> {
    let all = ir.operations.iter().zip(&names.operations).enumerate();
    let meant: Vec<usize> =
        all.filter(|(_, (operation, names))| is(operation, names, entry)).map(|(index, _)| index).collect();
    if meant.is_empty() {
        let message = format!("`{entry}` in `{key}` of codegen.toml matches no operation that is generated");
        let help = "an entry is `users.update`, as the client calls it, an `operationId`, or a JSON Pointer, \
                    `/paths/~1users~1{id}/patch`";
        diagnostics.push(Diagnostic::error("unmatched-entry", message, place_of(entry)).help(help));
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
