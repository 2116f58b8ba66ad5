//! The codes of errors that `[client]` of `codegen.toml` lists, which has to be right before they are generated.

use std::collections::BTreeSet;

use crate::config::{self, Client};
use crate::diagnostic::{Diagnostic, Place};
use crate::ir::{Checks, Constant, Enumeration, ErrorCodes, Ir, Literal, Scalar, Shape, Ty, TypeId};
use crate::schema::Location;

/// Takes the codes over, or reports what is wrong with them.
pub(super) fn take(ir: &mut Ir, client: &Client, diagnostics: &mut Vec<Diagnostic>) {
    match error_codes(ir, client) {
        Ok(codes) => ir.error_codes = codes,
        Err((place, problem)) => diagnostics.push(Diagnostic::error("invalid-error-code", problem, place)),
    }
}

/// The codes, or what is wrong and where.
fn error_codes(ir: &Ir, client: &Client) -> Result<Option<ErrorCodes>, (Place, &'static str)> {
    let wrong = |problem| Err((config::place_of_value("client", "error-code"), problem));
    let Some(pointer) = &client.error_code else {
        return match client.error_codes.first() {
            Some(code) => {
                let problem = "`client.error-codes` of codegen.toml needs `client.error-code`: where they stand";
                Err((config::place_of("client.error-codes", code), problem))
            }
            None => Ok(None),
        };
    };
    if !pointer.starts_with('/') {
        return wrong("`client.error-code` of codegen.toml must be a JSON Pointer of a member of error bodies");
    }
    if client.error_codes.is_empty() {
        return wrong("`client.error-code` of codegen.toml needs `client.error-codes`: those that are known");
    }
    // The trait that gives the codes can be implemented for types of the crate alone.
    let has_own_type = ir.error.as_ref().is_some_and(|error| match error.ty {
        Ty::Named(id) => !error.nullable && is_own(ir, id),
        _ => false,
    });
    if !has_own_type {
        return wrong(
            "`client.error-code` of codegen.toml needs error bodies with a type of their own: `client.error`",
        );
    }
    let codes: BTreeSet<&String> = client.error_codes.iter().collect();
    let location = Location { file: config::FILE.to_owned(), pointer: String::new() };
    let constants = codes.into_iter().map(|code| Constant {
        value: Literal::String(code.clone()),
        title: None,
        description: None,
        location: location.clone(),
    });
    let codes = Enumeration { scalar: Scalar::String, constants: constants.collect(), checks: Checks::default() };
    Ok(Some(ErrorCodes { pointer: pointer.clone(), codes }))
}

fn is_own(ir: &Ir, id: TypeId) -> bool {
    ir.get(id).is_some_and(|definition| !matches!(definition.shape, Shape::Alias(_)))
}
