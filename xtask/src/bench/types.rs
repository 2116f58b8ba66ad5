//! The types of `codegen-runtime` as types that need no runtime.

use syn::{GenericArgument, Ident, PathArguments, Type, parse_quote};

/// Whether a path that begins so leads to the runtime.
pub(crate) fn is_of_runtime(first: &Ident) -> bool {
    first == "runtime" || first == "codegen_runtime"
}

/// The last name of a path into the runtime.
fn in_runtime(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let first = path.path.segments.first()?;
    if !is_of_runtime(&first.ident) {
        return None;
    }
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// Whether this is what keeps the members without a name.
pub(crate) fn is_extra(ty: &Type) -> bool {
    in_runtime(ty).is_some_and(|name| name == "Extra")
}

/// Replaces every type of the runtime by the one that a plain serde type would have.
pub(crate) fn plain(ty: &mut Type) {
    if let Type::Path(path) = ty {
        for segment in &mut path.path.segments {
            if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
                for argument in &mut arguments.args {
                    if let GenericArgument::Type(inner) = argument {
                        plain(inner);
                    }
                }
            }
        }
    }
    if let Type::Tuple(tuple) = ty {
        tuple.elems.iter_mut().for_each(plain);
    }
    let Some(name) = in_runtime(ty) else { return };
    let arguments = arguments(ty);
    let value: Type = parse_quote!(serde_json::Value);
    let first = arguments.first().copied().unwrap_or(&value);
    *ty = match name.as_str() {
        "Maybe" => parse_quote!(Option<#first>),
        "Merge" => parse_quote!(std::collections::BTreeMap<String, #first>),
        "Foreign" => parse_quote!(#first),
        _ => value,
    };
}

/// The types that a type is made with.
fn arguments(ty: &Type) -> Vec<&Type> {
    let Type::Path(path) = ty else { return Vec::new() };
    let Some(PathArguments::AngleBracketed(arguments)) = path.path.segments.last().map(|last| &last.arguments) else {
        return Vec::new();
    };
    let types = arguments.args.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.flatten().collect()
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn types_of_the_runtime_become_plain() {
        for (from, to) in [
            ("runtime::Maybe<Vec<runtime::Value>>", "Option<Vec<serde_json::Value>>"),
            ("Option<Box<super::Pet>>", "Option<Box<super::Pet>>"),
            ("runtime::Merge<runtime::Value>", "std::collections::BTreeMap<String, serde_json::Value>"),
            (
                "std::collections::BTreeMap<String, runtime::Maybe<i64>>",
                "std::collections::BTreeMap<String, Option<i64>>",
            ),
            ("runtime::Foreign<uuid::Uuid>", "uuid::Uuid"),
            ("runtime::Never", "serde_json::Value"),
            ("codegen_runtime::Number", "serde_json::Value"),
            ("(runtime::Value, i64)", "(serde_json::Value, i64)"),
        ] {
            let mut ty: Type = syn::parse_str(from).unwrap();
            plain(&mut ty);
            let expected: Type = syn::parse_str(to).unwrap();
            assert_eq!(ty.to_token_stream().to_string(), expected.to_token_stream().to_string(), "{from}");
        }
    }

    #[test]
    fn what_keeps_unnamed_members_is_told() {
        assert!(is_extra(&parse_quote!(runtime::Extra<i64>)));
        assert!(!is_extra(&parse_quote!(super::Extra)));
    }
}
