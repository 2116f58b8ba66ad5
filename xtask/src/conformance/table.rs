//! The figures as people read them.

use std::fmt::Write;

use super::figures::{Figures, Row, Wrong};

/// The table, the wrong cases, and the total in one line.
pub(crate) fn text(figures: &Figures, other: Option<&Figures>) -> String {
    let mut text = String::new();
    let columns = other.map_or_else(String::new, |other| format!(" {:>8}", other.engine));
    let _ = writeln!(
        text,
        "{:<24} {:>7} {:>6} {:>10} {:>6} {:>6} {:>6} {:>10}{columns}",
        "keyword", "schemas", "typed", "predicates", "cases", "right", "wrong", "schema_for"
    );
    for (keyword, row) in &figures.keywords {
        line(&mut text, keyword, row, other.map(|other| other.keywords.get(keyword).map_or(0, |row| row.types)));
    }
    let total = figures.total();
    line(&mut text, "total", &total, other.map(|other| other.total().types));
    if !figures.wrong.is_empty() {
        text.push('\n');
    }
    for Wrong { module, description, instance, valid, found } in &figures.wrong {
        let expected = if *valid { "valid" } else { "invalid" };
        let _ = writeln!(text, "{module}: {description}\n    {instance} is {expected}: {found}");
    }
    let Row { cases, types, schema_for, oracle, .. } = total;
    let _ = writeln!(text, "\nof {}: the crate jsonschema {oracle}/{cases}", figures.draft);
    if let Some(other) = other {
        let _ = writeln!(text, "{}: {}/{cases}", other.engine, other.total().types);
    }
    if figures.engine == "native" {
        let _ = writeln!(text, "schema_for: {schema_for}/{cases}\nconformance: {types}/{cases}");
    } else {
        let _ = writeln!(text, "{}: {types}/{cases}", figures.engine);
    }
    text
}

fn line(text: &mut String, keyword: &str, row: &Row, other: Option<usize>) {
    let Row { schemas, typed, predicates, cases, types, schema_for, .. } = row;
    let wrong = cases.saturating_sub(*types);
    let _ = write!(
        text,
        "{keyword:<24} {schemas:>7} {typed:>6} {predicates:>10} {cases:>6} {types:>6} {wrong:>6} {schema_for:>10}"
    );
    let other = other.map_or_else(String::new, |right| format!(" {right:>8}"));
    let _ = writeln!(text, "{other}");
}
