//! The names on the wire, as generated code says them.

use std::collections::BTreeMap;

use syn::{Expr, ImplItem, Item, ItemImpl, Lit, Member, Stmt, Type};

use super::sources::Trees;

/// The names that a crate has on the wire.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    /// Of a struct, the members by field.
    pub(crate) members: BTreeMap<String, BTreeMap<String, String>>,
    /// Of an enumeration, the values in the order of its variants.
    pub(crate) values: BTreeMap<String, Vec<String>>,
}

impl Wire {
    /// Reads them where they stand: members in `Object::give`, values in `VALUES`.
    pub(crate) fn of(trees: &Trees) -> Self {
        let mut wire = Self::default();
        for item in trees.values().flat_map(|tree| &tree.items) {
            let Item::Impl(item) = item else { continue };
            let Some(name) = self_name(item) else { continue };
            for inner in &item.items {
                match inner {
                    ImplItem::Fn(function) if function.sig.ident == "give" => {
                        let members = function.block.stmts.iter().filter_map(given).collect();
                        wire.members.insert(name.clone(), members);
                    }
                    ImplItem::Const(constant) if constant.ident == "VALUES" => {
                        wire.values.insert(name.clone(), listed(&constant.expr));
                    }
                    _ => {}
                }
            }
        }
        wire
    }
}

/// The name of the type that an impl is of, if that is a name.
pub(crate) fn self_name(item: &ItemImpl) -> Option<String> {
    match &*item.self_ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// Whether this is an impl of the trait of that name.
pub(crate) fn implements(item: &ItemImpl, name: &str) -> bool {
    let path = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    path.is_some_and(|segment| segment.ident == name)
}

/// Field and name of `visit.optional("name", &self.field);`.
fn given(statement: &Stmt) -> Option<(String, String)> {
    let Stmt::Expr(Expr::MethodCall(call), _) = statement else { return None };
    let name = call.args.iter().find_map(text)?;
    let field = call.args.iter().find_map(|argument| match argument {
        Expr::Reference(reference) => match &*reference.expr {
            Expr::Field(field) => Some(&field.member),
            _ => None,
        },
        _ => None,
    })?;
    match field {
        Member::Named(ident) => Some((ident.to_string(), name)),
        Member::Unnamed(_) => None,
    }
}

/// The elements of `&["a", "b"]`.
fn listed(expression: &Expr) -> Vec<String> {
    let Expr::Reference(reference) = expression else { return Vec::new() };
    let Expr::Array(array) = &*reference.expr else { return Vec::new() };
    array.elems.iter().filter_map(text).collect()
}

/// A literal as it stands on the wire.
fn text(expression: &Expr) -> Option<String> {
    let Expr::Lit(literal) = expression else { return None };
    match &literal.lit {
        Lit::Str(text) => Some(text.value()),
        Lit::Int(number) => Some(number.base10_digits().to_owned()),
        Lit::Bool(value) => Some(value.value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::bench::sources;

    #[test]
    fn generated_code_says_them_as_they_are_read_here() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/auth0-users/src");
        let wire = Wire::of(&sources::parse(&sources::texts(&folder).unwrap()).unwrap());
        assert_eq!(wire.members["UserIdentitySchema"]["is_social"], "isSocial");
        assert_eq!(wire.members["UpdateUserRequestContent"].len(), 18);
        assert_eq!(wire.values["UserIdentityProviderEnum"].len(), 55);
    }
}
