//! Types as people write them.

use crate::Plan;
use crate::ir::{Member, Shape, Ty, Use};

/// The type of a value; `Option` where it may be `null`.
pub(super) fn of_use(plan: &Plan, value: &Use) -> String {
    let bare = bare(plan, value);
    if value.nullable { format!("Option<{bare}>") } else { bare }
}

/// The type of the field of a member, which says whether it may be absent or `null`.
pub(super) fn of_member(plan: &Plan, member: &Member) -> String {
    let bare = bare(plan, &member.value);
    match (member.merge, member.required, member.value.nullable) {
        (true, _, _) => format!("Merge<{bare}>"),
        (_, true, false) => bare,
        (_, true, true) | (_, false, false) => format!("Option<{bare}>"),
        (_, false, true) => format!("Maybe<{bare}>"),
    }
}

/// Whether a member may be absent and may be `null`, in words.
pub(super) fn presence(member: &Member) -> &'static str {
    match (member.required, member.value.nullable) {
        (true, false) => "required",
        (true, true) => "required, may be `null`",
        (false, false) => "optional",
        (false, true) => "optional, may be `null`, which is not the same",
    }
}

fn bare(plan: &Plan, value: &Use) -> String {
    let bare = match &value.ty {
        Ty::Any => "Value".to_owned(),
        Ty::Never => "Never".to_owned(),
        Ty::Null => "()".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Integer => "i64".to_owned(),
        Ty::Unsigned => "u64".to_owned(),
        Ty::Number => "f64".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::List(item) => format!("Vec<{}>", of_use(plan, item)),
        Ty::Map(item) => format!("BTreeMap<String, {}>", of_use(plan, item)),
        Ty::Named(id) => plan.names.path(&plan.ir, *id).unwrap_or_default(),
        Ty::Foreign(foreign) => format!("Foreign<{}>", foreign.path),
    };
    if value.boxed { format!("Box<{bare}>") } else { bare }
}

/// What kind of type it is.
pub(super) fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "a struct: an object with named members",
        Shape::Tuple(_) => "a tuple struct: an array whose first elements have types of their own",
        Shape::Enum(_) => "an enumeration of listed values",
        Shape::Union(_) => "an enumeration with a variant for each branch",
        Shape::Alias(_) => "an alias, whose checks are made where it is used",
        Shape::Newtype(_) => "a struct around one value",
    }
}
