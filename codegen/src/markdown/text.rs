//! Characters: what is taken out before a description is read, and what is found in running text.

/// Makes a text safe in a comment: line breaks are `\n`, tabs are spaces, and what steers a terminal or the direction
/// of writing is gone (rustc denies the latter in comments and literals).
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut after_return = false;
    for character in text.chars() {
        match character {
            '\n' if after_return => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push_str("    "),
            '\u{b}' | '\u{c}' | '\u{85}' => cleaned.push(' '),
            _ if character.is_control() || is_invisible(character) => {}
            _ => cleaned.push(character),
        }
        after_return = character == '\r';
    }
    cleaned
}

/// Byte order marks and what sets the direction of writing.
fn is_invisible(character: char) -> bool {
    let sets_direction = matches!(character, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    sets_direction || matches!(character, '\u{feff}' | '\u{2066}'..='\u{2069}')
}

/// Takes away the indentation that all lines share.
pub(super) fn dedent(text: &str) -> String {
    let shown = text.lines().filter(|line| !line.trim().is_empty());
    let shared = shown.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(shared..).unwrap_or("")).collect();
    lines.join("\n")
}

/// A stretch of running text.
#[derive(Debug, PartialEq)]
pub(super) enum Stretch<'a> {
    Plain(&'a str),
    /// An absolute URL.
    Url(&'a str),
    /// What begins like a URL, but has a placeholder in it.
    Template(&'a str),
}

/// Finds the URLs in running text.
pub(super) fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    let (mut plain, mut searched) = (0, 0);
    while let Some((start, scheme)) = next_scheme(text, searched) {
        let url = url_at(text.get(start..).unwrap_or(""));
        searched = start + scheme.max(url.len());
        if url.len() <= scheme {
            continue;
        }
        found.push(Stretch::Plain(text.get(plain..start).unwrap_or("")));
        found.push(if is_absolute(url) { Stretch::Url(url) } else { Stretch::Template(url) });
        plain = searched;
    }
    found.push(Stretch::Plain(text.get(plain..).unwrap_or("")));
    found.retain(|stretch| *stretch != Stretch::Plain(""));
    found
}

/// The next `http://` or `https://` from `from` on: where it begins, and its length.
fn next_scheme(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut searched = from;
    loop {
        let start = searched + text.get(searched..)?.find("http")?;
        let rest = text.get(start..)?;
        if let Some(scheme) = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme)) {
            return Some((start, scheme.len()));
        }
        searched = start + "http".len();
    }
}

/// The URL that `text` begins with, without the punctuation of the sentence around it.
fn url_at(text: &str) -> &str {
    let ends = |character: char| character.is_whitespace() || matches!(character, '"' | '`' | '\\' | '|');
    let whole = text.split(ends).next().unwrap_or("");
    let closes =
        |character: char| matches!(character, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | ']');
    let url = whole.trim_end_matches(closes);
    if url.contains('(') { url } else { url.trim_end_matches(|character| character == ')' || closes(character)) }
}

/// Whether a link to `target` leads somewhere from any page: an absolute URL without placeholders, or an address.
pub(super) fn is_absolute(target: &str) -> bool {
    let open = |character: char| {
        character.is_whitespace() || matches!(character, '{' | '}' | '<' | '>' | '[' | ']' | '*' | '"' | '`' | '^')
    };
    if target.contains(open) {
        return false;
    }
    let lower = target.get(..8).unwrap_or(target).to_ascii_lowercase();
    let named = |rest: &str| rest.starts_with(|character: char| character.is_alphanumeric());
    if lower.starts_with("mailto:") {
        return target.contains('@');
    }
    let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme));
    scheme.and_then(|scheme| target.get(scheme.len()..)).is_some_and(named)
}
