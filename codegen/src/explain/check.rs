//! Checks as people write them: a line a keyword.

use crate::ir::{Check, Ir, Ty, Use};

/// The checks of a value, and of what is in it.
pub(super) fn of_use(ir: &Ir, value: &Use) -> Vec<String> {
    let mut lines = of(ir, &value.checks);
    match &value.ty {
        Ty::List(item) => lines.extend(of_use(ir, item).into_iter().map(|line| format!("each element: {line}"))),
        Ty::Map(item) => lines.extend(of_use(ir, item).into_iter().map(|line| format!("each value: {line}"))),
        Ty::Foreign(foreign) => lines.extend(of(ir, &foreign.checks)),
        _ => {}
    }
    lines
}

/// A line a check.
pub(super) fn of(ir: &Ir, checks: &[Check]) -> Vec<String> {
    checks.iter().map(|check| line(ir, check)).collect()
}

fn line(ir: &Ir, check: &Check) -> String {
    let all = |checks: &[Check]| of(ir, checks).join(", ");
    match check {
        Check::MinLength(limit) => format!("minLength {limit}"),
        Check::MaxLength(limit) => format!("maxLength {limit}"),
        Check::Pattern(pattern) => {
            let engine = if pattern.linear.is_some() { "in linear time" } else { "by backtracking" };
            format!("pattern {} ({engine})", pattern.source)
        }
        Check::Format { name, .. } => format!("format {name}"),
        Check::Minimum(limit) => format!("minimum {limit}"),
        Check::Maximum(limit) => format!("maximum {limit}"),
        Check::ExclusiveMinimum(limit) => format!("exclusiveMinimum {limit}"),
        Check::ExclusiveMaximum(limit) => format!("exclusiveMaximum {limit}"),
        Check::MultipleOf(limit) => format!("multipleOf {limit}"),
        Check::MinItems(limit) => format!("minItems {limit}"),
        Check::MaxItems(limit) => format!("maxItems {limit}"),
        Check::UniqueItems => "uniqueItems".to_owned(),
        Check::Contains { min, max, checks, .. } => {
            let most = max.map(|max| format!(" and at most {max}")).unwrap_or_default();
            format!("contains: at least {min}{most} of: {}", all(checks))
        }
        Check::MinProperties(limit) => format!("minProperties {limit}"),
        Check::MaxProperties(limit) => format!("maxProperties {limit}"),
        Check::PropertyNames(checks) => format!("propertyNames: {}", all(checks)),
        Check::OneOf(values) => {
            let values: Vec<String> = values.iter().map(crate::source::Node::to_json).collect();
            format!("one of {}", values.join(", "))
        }
        Check::Kinds(kinds) => format!("type: {}", kinds.join(" or ")),
        Check::Never => "nothing satisfies it".to_owned(),
        Check::Branches { keyword, branches } => {
            let branches: Vec<String> = branches.iter().map(|checks| format!("({})", all(checks))).collect();
            format!("{keyword}: {}", branches.join(" "))
        }
        Check::Satisfies { keywords, predicate } => {
            let place = ir.predicates.get(predicate.0).map_or("", |predicate| predicate.location.pointer.as_str());
            format!("{}: the value as a whole is asked for what stands at {place}", keywords.join(", "))
        }
    }
}
