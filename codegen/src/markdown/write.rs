//! Writes blocks as Markdown, in one way for each of them.

use super::inline::{lines_of_words, longest_run};
use super::tree::{Block, ListStart, Span, Table};

/// The characters that a line of prose takes at most.
const WIDTH: usize = 100;

/// Writes blocks, with an empty line between them, into lines of `indent` characters less than the whole width.
pub(super) fn write_blocks(blocks: &[Block], indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut alternate = false;
    for (index, block) in blocks.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| blocks.get(before));
        // Two lists in a row are told apart by their markers.
        alternate = !alternate && before.is_some_and(|before| are_similar_lists(before, block));
        if index > 0 {
            lines.push(String::new());
        }
        lines.extend(write_block(block, indent, alternate));
    }
    lines
}

/// Whether both are lists with bullets, or both are numbered.
fn are_similar_lists(one: &Block, other: &Block) -> bool {
    match (one, other) {
        (Block::List(one, _), Block::List(other, _)) => one.is_some() == other.is_some(),
        _ => false,
    }
}

fn write_block(block: &Block, indent: usize, alternate: bool) -> Vec<String> {
    match block {
        Block::Paragraph(spans) => paragraph(spans, indent),
        Block::Heading(level, spans) => vec![heading(*level, spans)],
        Block::Code(code) => fenced(code),
        Block::Quote(blocks) => write_blocks(blocks, indent + 2).iter().map(|line| prefixed("> ", line)).collect(),
        Block::List(start, items) => list(*start, items, indent, alternate),
        Block::Table(table) => write_table(table),
        Block::Rule => vec!["___".to_owned()],
    }
}

fn prefixed(prefix: &str, line: &str) -> String {
    format!("{prefix}{line}").trim_end().to_owned()
}

fn paragraph(spans: &[Span], indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for words in lines_of_words(spans) {
        if let Some(line) = lines.last_mut() {
            line.push('\\');
        }
        fill(&words, WIDTH.saturating_sub(indent + 1).max(WIDTH / 4), &mut lines);
    }
    lines
}

/// Fills lines with words, so that none begins with what would be a marker there.
fn fill(words: &[String], width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut length = 0;
    let mut words = words.iter().enumerate().peekable();
    while let Some((index, word)) = words.next() {
        let mut together = if index == 0 { unmarked(word) } else { word.clone() };
        while let Some((_, marker)) = words.next_if(|(_, next)| is_marker(next)) {
            together.extend([" ", marker]);
        }
        let needed = together.chars().count();
        if length > 0 && length + 1 + needed > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(&together);
        length += needed;
    }
    lines.push(line);
}

/// Whether a line that begins with this word would be something other than a paragraph, or end the one before it.
fn is_marker(word: &str) -> bool {
    let only = |allowed: &str| word.chars().all(|character| allowed.contains(character));
    word.starts_with('>') || word == "+" || only("#") || only("=") || only("|:-") || is_number(word)
}

/// Whether a word numbers an item: `1.` or `1)`.
fn is_number(word: &str) -> bool {
    let digits = word.strip_suffix(['.', ')']).unwrap_or("");
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A word that can begin a line.
fn unmarked(word: &str) -> String {
    if !is_marker(word) {
        return word.to_owned();
    }
    match word.split_at_checked(word.len().saturating_sub(1)) {
        Some((digits, mark)) if is_number(word) => format!("{digits}\\{mark}"),
        _ => format!("\\{word}"),
    }
}

/// The words in one line.
fn one_line(spans: &[Span]) -> Vec<String> {
    lines_of_words(spans).into_iter().flatten().collect()
}

fn heading(level: u8, spans: &[Span]) -> String {
    let mut words = one_line(spans);
    // What stands in number signs alone at the end would close the heading.
    if let Some(last) = words.last_mut()
        && last.chars().all(|character| character == '#')
    {
        last.insert(0, '\\');
    }
    format!("{} {}", "#".repeat(usize::from(level)), words.join(" "))
}

fn fenced(code: &str) -> Vec<String> {
    let fence = "`".repeat(3.max(longest_run(code) + 1));
    let mut lines = vec![format!("{fence}text")];
    lines.extend(code.lines().map(|line| line.trim_end().to_owned()));
    lines.push(fence);
    lines
}

fn list(start: ListStart, items: &[Vec<Block>], indent: usize, alternate: bool) -> Vec<String> {
    let tight = is_tight(items);
    let mut lines = Vec::new();
    for (index, item) in (0_u64..).zip(items) {
        let marker = match (start, alternate) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(start), false) => format!("{}. ", start.saturating_add(index)),
            (Some(start), true) => format!("{}) ", start.saturating_add(index)),
        };
        let hanging = " ".repeat(marker.len());
        let mut written = write_blocks(item, indent + marker.len());
        if tight {
            written.retain(|line| !line.is_empty());
        } else if index > 0 {
            lines.push(String::new());
        }
        let prefixes = std::iter::once(&marker).chain(std::iter::repeat(&hanging));
        lines.extend(prefixes.zip(written).map(|(prefix, line)| prefixed(prefix, &line)));
    }
    lines
}

/// Whether a list reads well, and the same, without empty lines: each item is a paragraph, then at most one such list.
fn is_tight(items: &[Vec<Block>]) -> bool {
    items.iter().all(|item| match item.as_slice() {
        [Block::Paragraph(_)] => true,
        // Another number would not begin a list right after a paragraph.
        [Block::Paragraph(_), Block::List(None | Some(1), inner)] => is_tight(inner),
        _ => false,
    })
}

fn write_table(table: &Table) -> Vec<String> {
    let mut lines: Vec<String> = table.rows.iter().map(|row| write_row(row)).collect();
    lines.insert(lines.len().min(1), row_of(table.columns.iter().copied()));
    lines
}

fn write_row(row: &[Vec<Span>]) -> String {
    let cells: Vec<String> = row.iter().map(|cell| one_line(cell).join(" ").replace('|', "\\|")).collect();
    row_of(cells.iter().map(String::as_str))
}

fn row_of<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let mut line = "|".to_owned();
    for cell in cells {
        line.extend([" ", cell, " |"]);
    }
    line
}
