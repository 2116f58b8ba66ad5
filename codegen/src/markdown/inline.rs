//! Writes the spans of a paragraph: words, with the marks around them and what has to be escaped in them.

use std::rc::Rc;

use super::text::{Stretch, clean, stretches};
use super::tree::{Content, Mark, Marks, Span};

/// Merges spans that belong together and makes links of the URLs in running text.
pub(super) fn tidy(spans: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match (merged.last_mut(), &span.content) {
            (Some(Span { content: Content::Text(text), marks }), Content::Text(more)) if *marks == span.marks => {
                text.push_str(more);
            }
            _ => merged.push(span),
        }
    }
    merged.into_iter().flat_map(link_urls).collect()
}

fn link_urls(span: Span) -> Vec<Span> {
    let Content::Text(text) = &span.content else { return vec![span] };
    if span.marks.link.is_some() {
        return vec![span];
    }
    let linked = stretches(text).into_iter().map(|stretch| match stretch {
        Stretch::Plain(text) => Span { content: Content::Text(text.to_owned()), marks: span.marks.clone() },
        Stretch::Template(text) => Span { content: Content::Code(text.to_owned()), marks: span.marks.clone() },
        Stretch::Url(url) => {
            let marks = Marks { link: Some(Rc::from(target(url))), ..span.marks.clone() };
            Span { content: Content::Text(url.to_owned()), marks }
        }
    });
    linked.collect()
}

/// A link's target without what would end it, or be taken for something else.
pub(super) fn target(url: &str) -> String {
    let mut written = String::with_capacity(url.len());
    for character in clean(url).trim().chars() {
        match character {
            '(' => written.push_str("%28"),
            ')' => written.push_str("%29"),
            '\\' => written.push_str("%5C"),
            '|' => written.push_str("%7C"),
            _ => written.push(character),
        }
    }
    written
}

/// What a paragraph is made of.
#[derive(Debug)]
struct Token {
    kind: Kind,
    marks: Marks,
}

#[derive(Debug, PartialEq)]
enum Kind {
    /// Text without a space.
    Word(String),
    Code(String),
    /// A URL that is its own text.
    Url(String),
    Space,
    Break,
}

/// The lines of a paragraph, which end where a break shows, each in words between which it may be wrapped.
pub(super) fn lines_of_words(spans: &[Span]) -> Vec<Vec<String>> {
    let mut tokens = tokens(spans);
    mark_gaps(&mut tokens);
    shorten_links(&mut tokens);
    for mark in Mark::ORDER {
        drop_unwritable(&mut tokens, mark);
    }
    mark_gaps(&mut tokens);
    write(&merge_words(tokens))
}

/// Makes one word of those that only a dropped mark kept apart, and one piece of code of those that touch.
fn merge_words(tokens: Vec<Token>) -> Vec<Token> {
    let mut merged: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match (merged.last_mut(), &token.kind) {
            (Some(Token { kind: Kind::Word(word), marks }), Kind::Word(more))
            | (Some(Token { kind: Kind::Code(word), marks }), Kind::Code(more))
                if *marks == token.marks =>
            {
                word.push_str(more);
            }
            _ => merged.push(token),
        }
    }
    merged
}

fn tokens(spans: &[Span]) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for span in spans {
        match &span.content {
            Content::Text(text) => text_tokens(text, &span.marks, &mut found),
            Content::Code(code) => {
                let words: Vec<&str> = code.split_whitespace().collect();
                if !words.is_empty() {
                    found.push(Token { kind: Kind::Code(words.join(" ")), marks: span.marks.clone() });
                }
            }
            Content::Break => push_gap(&mut found, Kind::Break),
        }
    }
    if found.last().is_some_and(is_gap) {
        found.pop();
    }
    found
}

fn text_tokens(text: &str, marks: &Marks, found: &mut Vec<Token>) {
    for (index, word) in text.split(char::is_whitespace).enumerate() {
        if index > 0 {
            push_gap(found, Kind::Space);
        }
        if !word.is_empty() {
            found.push(Token { kind: Kind::Word(word.to_owned()), marks: marks.clone() });
        }
    }
}

/// Adds a space or a break between words; of several, a break is what counts.
fn push_gap(found: &mut Vec<Token>, kind: Kind) {
    if kind == Kind::Break && found.last().is_some_and(is_gap) {
        found.pop();
    }
    if found.last().is_some_and(|token| !is_gap(token)) {
        found.push(Token { kind, marks: Marks::default() });
    }
}

fn is_gap(token: &Token) -> bool {
    matches!(token.kind, Kind::Space | Kind::Break)
}

/// A gap has the marks of both its sides, so that none begins or ends with it.
fn mark_gaps(tokens: &mut [Token]) {
    for index in 1..tokens.len() {
        if let Some([before, gap, after]) = tokens.get_mut(index - 1..=index + 1)
            && is_gap(gap)
        {
            gap.marks = before.marks.common(&after.marks);
        }
    }
}

/// Turns links whose text is their target into `<…>`.
fn shorten_links(tokens: &mut [Token]) {
    for index in 0..tokens.len() {
        let (done, rest) = tokens.split_at_mut(index);
        let Some((token, rest)) = rest.split_first_mut() else { return };
        let (Kind::Word(text), Some(link)) = (&token.kind, &token.marks.link) else { continue };
        let continues = |other: Option<&Token>| other.is_some_and(|other| other.marks.link.as_ref() == Some(link));
        let same = target(text) == **link || link.strip_prefix("mailto:") == Some(text);
        if same && !continues(done.last()) && !continues(rest.first()) {
            let url = if text.contains('@') && !text.contains('/') { text.clone() } else { link.to_string() };
            token.kind = Kind::Url(url);
            token.marks.link = None;
        }
    }
}

/// Drops a mark from runs of tokens where CommonMark would not take its delimiters for such: within a word, mostly.
fn drop_unwritable(tokens: &mut [Token], mark: Mark) {
    let mut start = 0;
    while start < tokens.len() {
        let Some(first) = tokens.get(start).map(|token| token.marks.clone()) else { return };
        let length = tokens.iter().skip(start).take_while(|token| first.continues(&token.marks, mark)).count();
        let end = start + length;
        if length > 0
            && !(is_writable(tokens, mark, start, start.checked_sub(1))
                && is_writable(tokens, mark, end - 1, Some(end)))
        {
            for token in tokens.iter_mut().skip(start).take(length) {
                mark.remove(&mut token.marks);
            }
        }
        start = end.max(start + 1);
    }
}

/// Whether a mark can begin or end at the token `inside`, given the token `outside` next to it.
fn is_writable(tokens: &[Token], mark: Mark, inside: usize, outside: Option<usize>) -> bool {
    let Some(neighbour) = outside.and_then(|outside| tokens.get(outside)) else { return true };
    let begins = outside.is_some_and(|outside| outside < inside);
    let facing = |token: &Token, end: bool| match &token.kind {
        Kind::Word(word) => {
            if end {
                word.chars().next_back()
            } else {
                word.chars().next()
            }
        }
        Kind::Code(_) | Kind::Url(_) => Some('`'),
        Kind::Space | Kind::Break => None,
    };
    let Some(outer) = facing(neighbour, begins) else { return true };
    if outer.is_ascii_punctuation() {
        return true;
    }
    let plain = tokens.get(inside).is_some_and(|token| {
        let others = Mark::ORDER.into_iter().filter(|other| *other != mark);
        let alone = token.marks.link.is_none() && !others.into_iter().any(|other| other.of(&token.marks));
        alone && facing(token, !begins).is_some_and(char::is_alphanumeric)
    });
    mark != Mark::Emphasis && plain
}

/// Lines of words as they are being written.
#[derive(Default)]
struct Writer {
    lines: Vec<Vec<String>>,
    words: Vec<String>,
    word: String,
    open: Marks,
}

fn write(tokens: &[Token]) -> Vec<Vec<String>> {
    let mut writer = Writer::default();
    for (index, token) in tokens.iter().enumerate() {
        writer.change_marks(&token.marks);
        match &token.kind {
            Kind::Word(word) => {
                let next = tokens.get(index + 1).filter(|next| !is_gap(next));
                escape(word, next.is_some(), &mut writer.word);
            }
            Kind::Code(code) => push_code(code, &mut writer.word),
            Kind::Url(url) => writer.word.extend(["<", url, ">"]),
            Kind::Space => writer.end_word(),
            Kind::Break => writer.end_line(),
        }
    }
    writer.change_marks(&Marks::default());
    writer.end_line();
    writer.lines
}

impl Writer {
    fn end_word(&mut self) {
        self.words.push(std::mem::take(&mut self.word));
    }

    fn end_line(&mut self) {
        self.end_word();
        self.lines.push(std::mem::take(&mut self.words));
    }

    /// Closes and opens delimiters; a link is around everything else.
    fn change_marks(&mut self, next: &Marks) {
        let relinked = self.open.link != next.link;
        let kept = if relinked {
            0
        } else {
            Mark::ORDER.iter().take_while(|mark| mark.of(&self.open) == mark.of(next)).count()
        };
        let changed = Mark::ORDER.iter().skip(kept);
        for mark in changed.clone().rev().filter(|mark| mark.of(&self.open)) {
            self.word.push_str(mark.written());
        }
        if relinked {
            if let Some(link) = &self.open.link {
                self.word.extend(["](", link, ")"]);
            }
            if next.link.is_some() {
                self.word.push('[');
            }
        }
        for mark in changed.filter(|mark| mark.of(next)) {
            self.word.push_str(mark.written());
        }
        self.open = next.clone();
    }
}

/// Code in backticks, more of them than stand in it together.
fn push_code(code: &str, written: &mut String) {
    let fence = "`".repeat(longest_run(code) + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    written.extend([&fence, pad, code, pad, &fence]);
}

/// The most backticks in a row.
pub(super) fn longest_run(code: &str) -> usize {
    code.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

/// Escapes what CommonMark or rustdoc would read as more than text. `joined` tells that something follows without a
/// space.
fn escape(word: &str, joined: bool, written: &mut String) {
    let mut before = None;
    let mut characters = word.char_indices().peekable();
    while let Some((index, character)) = characters.next() {
        let after = characters.peek().map(|(_, after)| *after);
        let special = match character {
            '\\' | '`' | '*' | '[' | ']' | '~' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
            '<' => after.map_or(joined, |after| after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?')),
            '&' => {
                after.map_or(joined, |after| after == '#' || after.is_ascii_alphanumeric()) && ends_entity(word, index)
            }
            '!' => after.is_none() && joined,
            // Two of them would become a dash.
            '-' => before == Some('-'),
            _ => false,
        };
        if special {
            written.push('\\');
        }
        written.push(character);
        before = Some(character);
    }
}

/// Whether a `;` follows as closely as in an entity.
fn ends_entity(word: &str, index: usize) -> bool {
    word.bytes().skip(index).take(40).any(|byte| byte == b';')
}
