//! The HTML that descriptions hold: tags, their attributes, entities.

use pulldown_cmark::{Event, Parser};

/// Longer than any tag that is meant as one. A bound, so that what only begins like a tag costs no more than this.
const LONGEST_TAG: usize = 2000;
/// Longer than the name of any character.
const LONGEST_ENTITY: usize = 40;

/// A piece of HTML, and the bytes that it takes.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
    /// A comment or a declaration: nothing to show.
    Silent(&'a str),
}

/// A tag.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tag<'a> {
    /// All of it, as written.
    pub(super) written: &'a str,
    /// In lower case.
    pub(super) name: String,
    pub(super) closes: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag that `text` begins with.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let name = inner.split(|character: char| !character.is_ascii_alphanumeric() && character != '-').next()?;
        if !name.starts_with(|character: char| character.is_ascii_alphabetic()) {
            return None;
        }
        let rest = inner.get(name.len()..)?;
        if !rest.starts_with(|character: char| character.is_ascii_whitespace() || matches!(character, '/' | '>')) {
            return None;
        }
        let attributes = rest.get(..end_of_tag(rest)?)?;
        let length = text.len() - rest.len() + attributes.len() + 1;
        Some(Self { written: text.get(..length)?, name: name.to_ascii_lowercase(), closes, attributes })
    }

    /// The value of an attribute, whatever its quotes.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|character: char| character.is_ascii_whitespace() || character == '/');
            let ends = |character: char| character.is_ascii_whitespace() || matches!(character, '=' | '/');
            let key = rest.split(ends).next().filter(|key| !key.is_empty())?;
            rest = rest.get(key.len()..)?.trim_ascii_start();
            let Some(assigned) = rest.strip_prefix('=') else { continue };
            let (value, after) = attribute_value(assigned.trim_ascii_start());
            if key.eq_ignore_ascii_case(name) {
                return Some(decode(value));
            }
            rest = after;
        }
    }
}

/// Where the `>` stands that ends a tag.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in rest.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(index),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// A value, and what follows it.
fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let value = text.split(|character: char| character.is_ascii_whitespace()).next().unwrap_or("");
    (value, text.get(value.len()..).unwrap_or(""))
}

/// Splits HTML. What only looks like a tag is text.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut open_ended = false;
    let (mut text, mut index) = (0, 0);
    while let Some(start) = html.get(index..).and_then(|rest| rest.find('<')).map(|offset| index + offset) {
        let rest = html.get(start..).unwrap_or("");
        let Some((token, length)) = markup(rest, &mut open_ended) else {
            index = start + 1;
            continue;
        };
        found.push(Token::Text(html.get(text..start).unwrap_or("")));
        found.push(token);
        index = start + length;
        text = index;
    }
    found.push(Token::Text(html.get(text..).unwrap_or("")));
    found.retain(|token| *token != Token::Text(""));
    found
}

/// What `rest` begins with, and its length. `open_ended` is set once a comment has no end: none after it has one
/// either.
fn markup<'a>(rest: &'a str, open_ended: &mut bool) -> Option<(Token<'a>, usize)> {
    if rest.starts_with("<!--") {
        let end = if *open_ended { None } else { rest.find("-->") };
        *open_ended = end.is_none();
        let comment = rest.get(..end? + "-->".len())?;
        return Some((Token::Silent(comment), comment.len()));
    }
    let tag = Tag::parse(rest)?;
    let length = tag.written.len();
    Some((Token::Tag(tag), length))
}

/// The text of HTML that is shown as code: known tags leave nothing, entities are decoded.
pub(super) fn code_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for token in tokens(html) {
        match token {
            Token::Text(piece) => text.push_str(&decode(piece)),
            Token::Tag(tag) if tag.name == "br" => text.push('\n'),
            Token::Tag(tag) if !is_known(&tag.name) => text.push_str(tag.written),
            Token::Tag(_) | Token::Silent(_) => {}
        }
    }
    text
}

/// Whether a name is one of HTML's that descriptions use for their looks. Others are placeholders (`<tenant>`) or
/// examples.
pub(super) fn is_known(name: &str) -> bool {
    const NAMES: &str = "a abbr article aside b big blockquote br center cite code dd del details dfn div dl dt em \
        figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre \
        q s samp section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr";
    NAMES.split_ascii_whitespace().any(|known| known == name)
}

/// Decodes entities.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut pieces = text.split('&');
    decoded.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        let end = piece.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        let entity = end.and_then(|end| Some((character(piece.get(..end)?)?, piece.get(end + 1..)?)));
        match entity {
            Some((character, rest)) => decoded.extend([character.as_str(), rest]),
            None => decoded.extend(["&", piece]),
        }
    }
    decoded
}

/// What an entity stands for, given by its name. The table of names is the parser's.
fn character(name: &str) -> Option<String> {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return None;
    }
    let written = format!("&{name};");
    let decoded = Parser::new(&written).find_map(|event| match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    });
    decoded.filter(|decoded| *decoded != written && (decoded == "&" || !decoded.starts_with('&')))
}
