//! Reads CommonMark mixed with HTML into blocks.

use std::ops::Range;
use std::rc::Rc;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag as Start, TagEnd as End};

use super::html::{Tag, Token, code_text, decode, is_known, tokens};
use super::inline::{target, tidy};
use super::text::{clean, dedent, is_absolute};
use super::tree::{Block, Content, ListStart, Marks, Span, Table};

/// How deeply lists and quotes nest. What is deeper is shown at this depth.
const DEEPEST: usize = 12;

/// Reads a description.
pub(super) fn read(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    reader.markdown(text, true);
    reader.finish()
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM
}

/// A list, an item or a quote that is being read.
struct Frame {
    kind: FrameKind,
    /// Begun by a tag: it ends where its own tag, or Markdown around it, ends.
    html: bool,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
}

#[derive(Clone, Copy, PartialEq)]
enum FrameKind {
    Quote,
    List(ListStart),
    Item,
}

/// A `<code>` or `<pre>` that is being read: its content is taken as it stands in the source.
struct Raw {
    name: String,
    /// Where its content begins.
    start: usize,
    /// The spans there were before it.
    spans: usize,
}

/// A code block that is being read.
struct Code {
    content: String,
    /// What stands after the fence; `None` where there is no fence.
    language: Option<String>,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    frames: Vec<Frame>,
    /// Markdown's lists, items and quotes that are open, but too deep.
    skipped: usize,
    spans: Vec<Span>,
    strong: usize,
    emphasis: usize,
    strike: usize,
    /// The links that are open; `None` is one without a target that can be kept.
    links: Vec<Option<Rc<str>>>,
    heading: Option<u8>,
    raw: Option<Raw>,
    table: Option<Table>,
    /// The code block being read.
    code: Option<Code>,
    /// The HTML block being read.
    html: Option<String>,
}

impl Reader {
    fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        while self.end_frame() {}
        self.blocks
    }

    /// Reads Markdown. `outermost`: indented code is looked at once more.
    fn markdown(&mut self, text: &str, outermost: bool) {
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            match event {
                Event::Start(start) => self.start(start),
                Event::End(end) => self.end(end, outermost),
                Event::Html(html) => self.html.get_or_insert_default().push_str(&html),
                Event::InlineHtml(html) => match Tag::parse(&html) {
                    Some(tag) => self.tag(&tag, text, &range),
                    None if html.starts_with("<!--") => {}
                    None => self.text(&html),
                },
                other => self.inline(other),
            }
        }
    }

    fn inline(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => match &mut self.code {
                Some(code) => code.content.push_str(&text),
                None => self.text(&text),
            },
            Event::Code(code) => self.push(Content::Code(clean(&code))),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.line_break(),
            Event::Rule => self.push_block(Block::Rule),
            Event::Start(start) => self.start_inline(start),
            Event::End(end) => self.end_inline(end),
            // Extensions that are not turned on.
            _ => {}
        }
    }

    fn start(&mut self, start: Start<'_>) {
        match start {
            Start::Paragraph | Start::HtmlBlock => self.end_paragraph(),
            Start::Heading { level, .. } => {
                self.end_paragraph();
                self.heading = Some(level as u8);
            }
            Start::BlockQuote(kind) => {
                self.begin(FrameKind::Quote, false);
                if let Some(kind) = kind {
                    let marks = Marks { strong: true, ..Marks::default() };
                    let span = Span { content: Content::Text(format!("{kind:?}")), marks };
                    self.push_block(Block::Paragraph(vec![span]));
                }
            }
            Start::CodeBlock(kind) => {
                self.end_paragraph();
                let language = match kind {
                    CodeBlockKind::Fenced(language) => Some(language.into_string()),
                    CodeBlockKind::Indented => None,
                };
                self.code = Some(Code { content: String::new(), language });
            }
            Start::List(start) => self.begin(FrameKind::List(start), false),
            Start::Item => self.begin(FrameKind::Item, false),
            Start::Table(columns) => {
                self.end_paragraph();
                self.table = Some(Table { columns: columns.iter().map(delimiter).collect(), rows: Vec::new() });
            }
            Start::TableHead | Start::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            inline => self.start_inline(inline),
        }
    }

    fn start_inline(&mut self, start: Start<'_>) {
        match start {
            Start::Strong => self.strong += 1,
            Start::Emphasis => self.emphasis += 1,
            Start::Strikethrough => self.strike += 1,
            Start::Link { link_type: LinkType::Email, dest_url, .. } => self.begin_link(&format!("mailto:{dest_url}")),
            Start::Link { dest_url, .. } | Start::Image { dest_url, .. } => self.begin_link(&dest_url),
            _ => {}
        }
    }

    fn end(&mut self, end: End, outermost: bool) {
        match end {
            End::Paragraph | End::Heading(_) => self.end_paragraph(),
            End::BlockQuote(_) | End::List(_) | End::Item => self.end_markdown_frame(),
            End::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.end_code(&code, outermost);
                }
            }
            End::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                self.html_block(&html);
            }
            End::TableCell => {
                let cell = self.take_spans();
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            End::Table => {
                if let Some(table) = self.table.take() {
                    self.push_block(Block::Table(table));
                }
            }
            inline => self.end_inline(inline),
        }
    }

    fn end_inline(&mut self, end: End) {
        match end {
            End::Strong => self.strong = self.strong.saturating_sub(1),
            End::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            End::Strikethrough => self.strike = self.strike.saturating_sub(1),
            End::Link | End::Image => drop(self.links.pop()),
            _ => {}
        }
    }

    /// Code that is indented only because the text around it is would be prose in the writer's mind; and a fence that
    /// nothing follows was none.
    fn end_code(&mut self, code: &Code, outermost: bool) {
        match &code.language {
            None if outermost && is_prose(&code.content) => self.markdown(&dedent(&code.content), false),
            Some(language) if code.content.trim().is_empty() && language.contains(' ') => self.push_code(language),
            _ => self.push_code(&code.content),
        }
    }

    fn html_block(&mut self, html: &str) {
        let mut position = 0;
        for token in tokens(html) {
            let written = match &token {
                Token::Text(text) | Token::Silent(text) => text,
                Token::Tag(tag) => tag.written,
            };
            let range = position..position + written.len();
            position = range.end;
            match token {
                Token::Text(text) => self.html_text(text),
                Token::Tag(tag) => self.tag(&tag, html, &range),
                Token::Silent(_) => {}
            }
        }
        self.end_paragraph();
    }

    /// Text between tags. CommonMark takes it literally; writers expect their code and emphasis to work there too.
    fn html_text(&mut self, text: &str) {
        let events: Vec<Event<'_>> = Parser::new_ext(text, options()).collect();
        let [Event::Start(Start::Paragraph), inner @ .., Event::End(End::Paragraph)] = events.as_slice() else {
            return self.text(&decode(text));
        };
        if inner
            .iter()
            .any(|event| matches!(event, Event::Start(Start::Paragraph) | Event::InlineHtml(_) | Event::Rule))
        {
            return self.text(&decode(text));
        }
        self.text(if text.starts_with(char::is_whitespace) { " " } else { "" });
        for event in inner {
            self.inline(event.clone());
        }
        self.text(if text.ends_with(char::is_whitespace) { " " } else { "" });
    }

    /// A tag that stands at `range` of `source`.
    fn tag(&mut self, tag: &Tag<'_>, source: &str, range: &Range<usize>) {
        let is_cell = self.table.is_some();
        match tag.name.as_str() {
            name if !is_known(name) => self.text(tag.written),
            "code" | "tt" | "kbd" | "samp" | "var" => self.code_tag(tag, source, range),
            "b" | "strong" => count(&mut self.strong, tag.closes),
            "i" | "em" | "cite" | "dfn" => count(&mut self.emphasis, tag.closes),
            "s" | "strike" | "del" => count(&mut self.strike, tag.closes),
            "a" if tag.closes => drop(self.links.pop()),
            "a" => self.begin_link(&tag.attribute("href").unwrap_or_default()),
            "img" => {
                self.begin_link(&tag.attribute("src").unwrap_or_default());
                self.text(&tag.attribute("alt").unwrap_or_default());
                self.links.pop();
            }
            "br" => self.line_break(),
            "q" => self.text("\""),
            "td" | "th" => self.text(" "),
            "abbr" | "big" | "font" | "ins" | "mark" | "small" | "span" | "sub" | "sup" | "u" | "wbr" => {}
            _ if is_cell => self.text(" "),
            name => self.block_tag(name, tag, source, range),
        }
    }

    fn block_tag(&mut self, name: &str, tag: &Tag<'_>, source: &str, range: &Range<usize>) {
        match (name, tag.closes) {
            ("pre", _) => self.code_tag(tag, source, range),
            ("ul", false) => self.begin(FrameKind::List(None), true),
            ("ol", false) => {
                let start = tag.attribute("start").and_then(|start| start.parse().ok());
                self.begin(FrameKind::List(Some(start.unwrap_or(1).min(999_999))), true);
            }
            ("li", false) => {
                self.end_paragraph();
                if self.frames.last().is_some_and(|frame| frame.html && frame.kind == FrameKind::Item) {
                    self.end_frame();
                }
                if !self.frames.last().is_some_and(|frame| matches!(frame.kind, FrameKind::List(_))) {
                    self.begin(FrameKind::List(None), true);
                }
                self.begin(FrameKind::Item, true);
            }
            ("blockquote", false) => self.begin(FrameKind::Quote, true),
            ("ul" | "ol", true) => self.end_html_frame(|kind| matches!(kind, FrameKind::List(_))),
            ("li", true) => self.end_html_frame(|kind| kind == FrameKind::Item),
            ("blockquote", true) => self.end_html_frame(|kind| kind == FrameKind::Quote),
            ("hr", _) => self.push_block(Block::Rule),
            _ => {
                self.end_paragraph();
                let level = name.strip_prefix('h').and_then(|level| level.parse().ok());
                self.heading = level.filter(|_| !tag.closes);
            }
        }
    }

    /// The content of code is the source between its tags: what looks like Markdown in it is none.
    fn code_tag(&mut self, tag: &Tag<'_>, source: &str, range: &Range<usize>) {
        let is_block = tag.name == "pre";
        if !tag.closes {
            if is_block {
                self.end_paragraph();
            }
            if self.raw.is_none() {
                self.raw = Some(Raw { name: tag.name.clone(), start: range.end, spans: self.spans.len() });
            }
            return;
        }
        let Some(raw) = self.raw.take_if(|raw| raw.name == tag.name) else { return };
        self.spans.truncate(raw.spans);
        let code = code_text(source.get(raw.start..range.start).unwrap_or(""));
        if is_block {
            self.push_code(&code);
        } else {
            self.push(Content::Code(clean(code.trim().trim_matches('`'))));
        }
    }

    fn begin_link(&mut self, url: &str) {
        let target = Some(target(url)).filter(|target| is_absolute(target)).map(Rc::from);
        self.links.push(target.or_else(|| self.links.last().cloned().flatten()));
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.push(Content::Text(clean(text)));
        }
    }

    fn push(&mut self, content: Content) {
        let marks = Marks {
            link: self.links.last().cloned().flatten(),
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            strike: self.strike > 0,
        };
        self.spans.push(Span { content, marks });
    }

    /// Two line breaks in a row are what a paragraph is.
    fn line_break(&mut self) {
        let is_second = self.spans.last().is_some_and(|span| span.content == Content::Break);
        if self.table.is_some() || self.heading.is_some() {
            self.text(" ");
        } else if is_second {
            self.push_paragraph();
        } else {
            self.push(Content::Break);
        }
    }

    /// Ends the paragraph or heading, and the marks that were left open in it.
    fn end_paragraph(&mut self) {
        self.push_paragraph();
        self.heading = None;
    }

    fn push_paragraph(&mut self) {
        let heading = self.heading;
        let spans = self.take_spans();
        if spans.is_empty() {
            return;
        }
        self.add(heading.map_or_else(|| Block::Paragraph(spans.clone()), |level| Block::Heading(level, spans.clone())));
    }

    fn take_spans(&mut self) -> Vec<Span> {
        (self.strong, self.emphasis, self.strike) = (0, 0, 0);
        self.links.clear();
        self.raw = None;
        let spans = std::mem::take(&mut self.spans);
        let shows = |span: &Span| match &span.content {
            Content::Text(text) | Content::Code(text) => !text.trim().is_empty(),
            Content::Break => false,
        };
        if spans.iter().any(shows) { tidy(spans) } else { Vec::new() }
    }

    fn push_code(&mut self, code: &str) {
        let lines: Vec<String> = clean(code).lines().map(|line| line.trim_end().to_owned()).collect();
        let shown = |line: &String| !line.is_empty();
        let (Some(first), Some(last)) = (lines.iter().position(shown), lines.iter().rposition(shown)) else { return };
        self.push_block(Block::Code(lines.get(first..=last).unwrap_or_default().join("\n")));
    }

    fn push_block(&mut self, block: Block) {
        self.end_paragraph();
        self.add(block);
    }

    fn add(&mut self, block: Block) {
        match self.frames.last_mut() {
            None => self.blocks.push(block),
            Some(Frame { kind: FrameKind::List(_), items, .. }) => items.push(vec![block]),
            Some(frame) => frame.blocks.push(block),
        }
    }

    fn begin(&mut self, kind: FrameKind, html: bool) {
        self.end_paragraph();
        if self.frames.len() < DEEPEST {
            self.frames.push(Frame { kind, html, blocks: Vec::new(), items: Vec::new() });
        } else if !html {
            self.skipped += 1;
        }
    }

    /// Ends the innermost frame, if there is one.
    fn end_frame(&mut self) -> bool {
        let Some(frame) = self.frames.pop() else { return false };
        match frame.kind {
            FrameKind::Quote if !frame.blocks.is_empty() => self.add(Block::Quote(frame.blocks)),
            FrameKind::List(start) if !frame.items.is_empty() => self.add(Block::List(start, frame.items)),
            FrameKind::Item if !frame.blocks.is_empty() => match self.frames.last_mut() {
                Some(list) => list.items.push(frame.blocks),
                None => self.blocks.extend(frame.blocks),
            },
            _ => {}
        }
        true
    }

    /// Ends the innermost frame that Markdown began, and those of tags within it.
    fn end_markdown_frame(&mut self) {
        self.end_paragraph();
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if let Some(index) = self.frames.iter().rposition(|frame| !frame.html) {
            while self.frames.len() > index {
                self.end_frame();
            }
        }
    }

    /// Ends the innermost frame of this kind that a tag began, unless Markdown began one within it.
    fn end_html_frame(&mut self, is_kind: impl Fn(FrameKind) -> bool) {
        self.end_paragraph();
        let found = self.frames.iter().rposition(|frame| !frame.html || is_kind(frame.kind));
        let Some(index) = found.filter(|index| self.frames.get(*index).is_some_and(|frame| frame.html)) else { return };
        while self.frames.len() > index {
            self.end_frame();
        }
    }
}

fn count(open: &mut usize, closes: bool) {
    *open = if closes { open.saturating_sub(1) } else { *open + 1 };
}

fn delimiter(column: &Alignment) -> &'static str {
    match column {
        Alignment::None => "---",
        Alignment::Left => ":--",
        Alignment::Center => ":-:",
        Alignment::Right => "--:",
    }
}

/// Whether indented lines are plainly no code: a list, or a sentence.
fn is_prose(code: &str) -> bool {
    let without_tags = code_text(code);
    let code = without_tags.trim();
    let mut words = code.split_whitespace();
    let first = words.next().unwrap_or("");
    let number = first.strip_suffix(['.', ')']).unwrap_or("");
    if matches!(first, "-" | "*" | "+") || !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let is_codelike = |character: char| matches!(character, '{' | '}' | '=' | ';' | '$' | '<' | '>' | '|' | '#' | '"');
    first.starts_with(|character: char| character.is_uppercase())
        && code.ends_with(['.', ':', '!', '?'])
        && words.count() >= 3
        && !code.contains(is_codelike)
}
