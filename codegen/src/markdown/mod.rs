//! Turns the descriptions of a document into Markdown for doc comments.
//!
//! A description is CommonMark mixed with HTML, often sloppily. It is read with the parser that rustdoc uses into
//! blocks and spans, and these are written again in one way each: what can't be written has no way into the result, and
//! a result read again gives the same result. Before it is handed out, the same parser looks at it with rustdoc's
//! eyes.

mod html;
mod inline;
mod read;
mod text;
mod tree;
mod write;

#[cfg(test)]
mod tests;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag};

use tree::Block;

/// Markdown for a doc comment: no HTML, no doctest, no link that could break, no character that rustc refuses.
///
/// Prose is wrapped at 100 characters; lines have no space at their ends, and the text neither begins nor ends with an
/// empty line. A text that shows nothing gives an empty string, which is no doc comment.
#[must_use]
pub fn from_description(text: &str) -> String {
    let text = text::dedent(&text::clean(text));
    let written = written(&read::read(&text));
    if is_quiet(&written) { written } else { self::written(&as_it_stands(&text)) }
}

fn written(blocks: &[Block]) -> String {
    write::write_blocks(blocks, 0).join("\n")
}

/// The text as one block of code: the way out for what the writer got wrong.
fn as_it_stands(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    vec![Block::Code(lines.join("\n").trim_matches('\n').to_owned())]
}

/// Whether rustdoc has nothing to say of a text: what it reads in it is nothing but what is meant to be in it.
fn is_quiet(markdown: &str) -> bool {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut has_broken_link = false;
    let on_broken_link = |_: BrokenLink<'_>| {
        has_broken_link = true;
        None
    };
    let is_quiet =
        Parser::new_with_broken_link_callback(markdown, options, Some(on_broken_link)).all(|event| match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => false,
            Event::Start(Tag::FootnoteDefinition(_) | Tag::Image { .. }) => false,
            Event::Start(Tag::CodeBlock(kind)) => {
                matches!(kind, CodeBlockKind::Fenced(language) if &*language == "text")
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                link_type == LinkType::Email || text::is_absolute(&dest_url)
            }
            _ => true,
        });
    is_quiet && !has_broken_link
}
