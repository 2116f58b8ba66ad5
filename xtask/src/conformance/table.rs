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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_wrong_case_is_counted_and_shown() {
        let row = Row { schemas: 2, typed: 1, predicates: 1, cases: 5, types: 4, schema_for: 5, oracle: 5 };
        let wrong = Wrong {
            module: "items_001".to_owned(),
            description: "a list: an item".to_owned(),
            instance: "[1]".to_owned(),
            valid: true,
            found: "types refuses it".to_owned(),
        };
        let keywords = BTreeMap::from([("items".to_owned(), row.clone())]);
        let figures = Figures { draft: "draft7".to_owned(), engine: "native".to_owned(), keywords, wrong: vec![wrong] };
        let fewer = Row { types: 2, ..row };
        let keywords = BTreeMap::from([("items".to_owned(), fewer)]);
        let other = Figures { engine: "typify".to_owned(), keywords, ..Figures::default() };
        let text = text(&figures, Some(&other));
        let items = text.lines().find(|line| line.starts_with("items ")).unwrap();
        assert_eq!(items.split_whitespace().collect::<Vec<_>>(), ["items", "2", "1", "1", "5", "4", "1", "5", "2"]);
        assert!(text.contains("items_001: a list: an item\n    [1] is valid: types refuses it\n"));
        assert!(text.ends_with("typify: 2/5\nschema_for: 5/5\nconformance: 4/5\n"), "{text}");
        assert!(!figures.is_perfect());
    }
}
