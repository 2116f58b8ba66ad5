//! The lines that sum a run up.

use std::time::Duration;

use super::changes::some_of;
use super::reconcile::Plan;
use crate::files::{Generated, Summary};

/// `auth0-users: 8 operations, 19 types, 2,345 lines, 0.12 s; unchanged`
pub(super) fn crate_line(name: &str, generated: &Generated, plan: &Plan, time: Duration) -> String {
    let summary = &generated.summary;
    let operations = summary.operations.iter().filter(|operation| operation.name.is_some()).count();
    let left_out = summary.operations.len() - operations;
    let left_out = if left_out == 0 { String::new() } else { format!(" ({} left out)", thousands(left_out)) };
    let skipped = match summary.skipped {
        0 => String::new(),
        number => format!(", {} skipped", count(number, "warning")),
    };
    format!(
        "{name}: {}{left_out}, {}, {}{skipped}, {:.2} s; {}\n",
        count(operations, "operation"),
        count(summary.types.len(), "type"),
        count(rust_lines(generated), "line"),
        time.as_secs_f64(),
        difference(plan),
    )
}

fn rust_lines(generated: &Generated) -> usize {
    let rust = generated.files.iter().filter(|(path, _)| path.ends_with(".rs"));
    rust.map(|(_, text)| text.lines().count()).sum()
}

fn difference(plan: &Plan) -> String {
    match &plan.changes {
        None => "new".to_owned(),
        Some(changes) if !changes.is_empty() => changes.to_string(),
        Some(_) if plan.is_done() => "unchanged".to_owned(),
        Some(_) => {
            let paths: Vec<String> = plan.files.iter().map(|file| file.path.clone()).collect();
            format!("no type or operation changed, but {} ({})", count(paths.len(), "file"), some_of(&paths))
        }
    }
}

/// What there is to say of formats that are not checked, and how they would be.
pub(super) fn unchecked_formats(summary: &Summary, way_out: &str) -> Option<String> {
    let formats = &summary.unchecked_formats;
    if formats.is_empty() {
        return None;
    }
    let verb = if formats.len() == 1 { "is" } else { "are" };
    let list: Vec<String> = formats.iter().map(|(format, schemas)| format!("{format} {schemas}")).collect();
    Some(format!(
        "note: {} {verb} not checked ({}): the dialect leaves them as annotations; {way_out} checks them\n",
        count(formats.len(), "format"),
        list.join(", "),
    ))
}

/// What there is to say of a crate below a workspace that does not know it.
pub(super) fn unlisted(out: &str) -> String {
    format!(
        "note: {out} is a workspace of its own, because the one above does not list it; to have it as a member, add it to \
         `members` there and generate again\n"
    )
}

/// `2 errors, 3 warnings`; `None` where there is neither.
pub(super) fn problems(errors: usize, warnings: usize) -> Option<String> {
    let parts = [(errors, "error"), (warnings, "warning")];
    let parts: Vec<String> =
        parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| count(number, what)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `1 type`, `2 types`
pub(super) fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(number))
}

/// A number with a comma before every three digits.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut result = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            result.push(',');
        }
        result.push(digit);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let table = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")];
        for (number, expected) in table {
            assert_eq!(thousands(number), expected);
        }
    }

    #[test]
    fn formats_that_are_not_checked_are_counted() {
        let counts = [("strict-uri".to_owned(), 1), ("email".to_owned(), 2)];
        let summary = Summary { unchecked_formats: counts.into(), ..Summary::default() };
        assert_eq!(
            unchecked_formats(&summary, "--formats assert").as_deref(),
            Some(
                "note: 2 formats are not checked (email 2, strict-uri 1): the dialect leaves them as annotations; --formats \
                 assert checks them\n"
            )
        );
        assert_eq!(unchecked_formats(&Summary::default(), ""), None);
    }

    #[test]
    fn problems_are_counted() {
        assert_eq!(problems(2, 1).as_deref(), Some("2 errors, 1 warning"));
        assert_eq!(problems(0, 3).as_deref(), Some("3 warnings"));
        assert_eq!(problems(0, 0), None);
    }
}
