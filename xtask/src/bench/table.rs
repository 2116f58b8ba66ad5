//! The figures as people read them: Markdown, so that the README can hold what a terminal shows.

use std::fmt::Write;

use super::figures::{DocumentFigures, Figures, Row};
use super::usage::Measure;

/// What the columns hold, with the figure of each.
const COLUMNS: [Column; 6] = [
    Column { head: "generate", unit: "generate, CPU s", digits: 2, figure: |row| cpu(row.generate.as_ref()) },
    Column { head: "memory", unit: "generate, MiB", digits: 0, figure: |row| memory(row.generate.as_ref()) },
    Column { head: "lines", unit: "lines", digits: 0, figure: |row| row.size.map(|size| number(size.lines)) },
    Column { head: "bytes", unit: "bytes", digits: 0, figure: |row| row.size.map(|size| number(size.bytes)) },
    Column { head: "check", unit: "check, CPU s", digits: 2, figure: |row| cpu(row.check.as_ref()) },
    Column { head: "build", unit: "build, CPU s", digits: 2, figure: |row| cpu(row.build.as_ref()) },
];

struct Column {
    /// The head in the table of ratios.
    head: &'static str,
    /// The head in the table of figures.
    unit: &'static str,
    digits: usize,
    figure: fn(&Row) -> Option<f64>,
}

fn cpu(measure: Option<&Measure>) -> Option<f64> {
    measure.and_then(Measure::cpu)
}

fn memory(measure: Option<&Measure>) -> Option<f64> {
    measure.and_then(Measure::taken).map(|usage| number(usage.memory) / 1_048_576.0)
}

/// A count for a ratio, where the last of 53 bits decides nothing.
#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}

/// The heads of a run.
pub(crate) fn head(figures: &Figures) -> String {
    let load = figures.load.map_or_else(|| "unknown".to_owned(), |load| format!("{load:.2}"));
    format!("medians of {} runs; load average when it began: {load}\n", figures.runs)
}

/// All there is to say of a document.
pub(crate) fn text(figures: &DocumentFigures) -> String {
    let mut text = format!("\n### `{}`\n\n", figures.document);
    ratios(&mut text, figures);
    text.push('\n');
    absolute(&mut text, figures);
    let mut lines = Vec::new();
    if let Some(floor) = &figures.floor {
        lines.push(format!("floor of generating (reading the document, formatting the output): {floor}"));
    }
    if let Some(group) = &figures.group {
        lines.push(format!("check of `{}` alone: {}", group.group, group.check));
    }
    for multiple in &figures.multiples {
        lines.push(format!("generating {} × the document: {}", multiple.times, multiple.generate));
    }
    list(&mut text, &lines);
    goals(&mut text, figures);
    kinds(&mut text, figures);
    text
}

fn list(text: &mut String, lines: &[String]) {
    for (index, line) in lines.iter().enumerate() {
        let _ = writeln!(text, "{}* {line}", if index == 0 { "\n" } else { "" });
    }
}

/// The goals, each met, missed, or not measured.
fn goals(text: &mut String, figures: &DocumentFigures) {
    if figures.goals.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n| goal | at most | measured | |\n|---|---:|---:|---|");
    for goal in &figures.goals {
        let ratio = goal.ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
        let _ = writeln!(text, "| {} | {:.2} | {ratio} | {} |", goal.what, goal.limit, goal.verdict());
    }
}

/// Each generator's figures divided by this project's.
fn ratios(text: &mut String, figures: &DocumentFigures) {
    let Some(own) = figures.own() else { return };
    header(text, "to this project", |column| column.head);
    for row in &figures.rows {
        line(text, row, |column| {
            let (figure, own) = ((column.figure)(row)?, (column.figure)(own)?);
            (own > 0.0).then(|| format!("{:.2}", figure / own))
        });
    }
}

/// The figures themselves.
fn absolute(text: &mut String, figures: &DocumentFigures) {
    header(text, "figures", |column| column.unit);
    for row in &figures.rows {
        line(text, row, |column| {
            (column.figure)(row).map(|figure| format!("{figure:.digits$}", digits = column.digits))
        });
    }
}

fn header(text: &mut String, title: &str, head: fn(&Column) -> &'static str) {
    let heads: Vec<&str> = COLUMNS.iter().map(head).collect();
    let _ = writeln!(text, "| {title} | {} | |\n|---|{}---|", heads.join(" | "), "---:|".repeat(COLUMNS.len()));
}

fn line(text: &mut String, row: &Row, cell: impl Fn(&Column) -> Option<String>) {
    let cells: Vec<String> = COLUMNS.iter().map(|column| cell(column).unwrap_or_else(|| "-".to_owned())).collect();
    // A bar ends the cell; in rustdoc, which shows the README, brackets are a link to an item.
    let failure = row.failure().unwrap_or_default();
    let failure =
        ["|", "[", "]"].iter().fold(failure.to_owned(), |text, mark| text.replace(mark, &format!("\\{mark}")));
    let _ = writeln!(text, "| {} | {} | {failure} |", row.generator, cells.join(" | "));
}

/// What checking costs without each kind of emitted code, and by how much that is less.
fn kinds(text: &mut String, figures: &DocumentFigures) {
    let Some((whole, others)) = figures.kinds.split_first() else { return };
    let _ = writeln!(text, "\n| without | check, CPU s | less | of all |\n|---|---:|---:|---:|");
    let _ = writeln!(text, "| ({}) | {} | | |", whole.kind, seconds(&whole.check));
    for kind in others {
        let Some((all, cpu)) = whole.check.cpu().zip(kind.check.cpu()) else {
            let _ = writeln!(text, "| {} | {} | | |", kind.kind, seconds(&kind.check));
            continue;
        };
        let less = all - cpu;
        let _ = writeln!(text, "| {} | {cpu:.2} | {less:.2} | {:.0} % |", kind.kind, 100.0 * less / all);
    }
}

fn seconds(measure: &Measure) -> String {
    match measure {
        Measure::Taken(usage) => format!("{:.2}", usage.cpu),
        Measure::Failed(why) => why.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figures::KindFigures;
    use crate::bench::sources::Size;
    use crate::bench::usage::Usage;

    fn taken(cpu: f64) -> Measure {
        Measure::Taken(Usage { cpu, memory: 2_097_152 })
    }

    #[test]
    fn ratios_are_to_this_project_and_failures_stand_at_the_end() {
        let own = Row {
            generator: "this project".to_owned(),
            generate: Some(taken(2.0)),
            size: Some(Size { lines: 100, bytes: 1000 }),
            check: Some(taken(30.0)),
            build: None,
            is_peer: false,
        };
        let peer = Row {
            generator: "peer 1.0".to_owned(),
            generate: Some(taken(3.0)),
            size: Some(Size { lines: 150, bytes: 500 }),
            check: Some(Measure::Failed("82 errors | when compiling".to_owned())),
            is_peer: true,
            ..Row::default()
        };
        let kinds = [("nothing", 30.0), ("docs", 27.0)]
            .map(|(kind, cpu)| KindFigures { kind: kind.to_owned(), check: taken(cpu) });
        let figures = DocumentFigures {
            document: "a.json".to_owned(),
            rows: vec![own, peer],
            kinds: kinds.into(),
            ..DocumentFigures::default()
        };
        let text = text(&figures);
        let expected = "
### `a.json`

| to this project | generate | memory | lines | bytes | check | build | |
|---|---:|---:|---:|---:|---:|---:|---|
| this project | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 | - |  |
| peer 1.0 | 1.50 | 1.00 | 1.50 | 0.50 | - | - | 82 errors \\| when compiling |

| figures | generate, CPU s | generate, MiB | lines | bytes | check, CPU s | build, CPU s | |
|---|---:|---:|---:|---:|---:|---:|---|
| this project | 2.00 | 2 | 100 | 1000 | 30.00 | - |  |
| peer 1.0 | 3.00 | 2 | 150 | 500 | - | - | 82 errors \\| when compiling |

| without | check, CPU s | less | of all |
|---|---:|---:|---:|
| (nothing) | 30.00 | | |
| docs | 27.00 | 3.00 | 10 % |
";
        assert_eq!(text, expected);
    }
}
