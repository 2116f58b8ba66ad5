//! YAML text to [`Node`]: YAML 1.2, core schema, one document, as much of it as JSON can hold.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::duplicate::Duplicates;
use super::position::CharOffsets;
use super::read::{empty_document, error_at};
use super::scalar::{self, NoValue};
use super::{Format, MAX_DEPTH, Node};
use crate::diagnostic::Diagnostic;

/// What anchors may copy in one document: values, and every 16 bytes of their strings count as one more.
const MAX_COPIED: usize = 4_000_000;

/// What the tags of the core schema begin with.
const CORE: &str = "tag:yaml.org,2002:";

/// Reads a YAML text, which holds one document.
pub(super) fn parse(file: &str, text: &str) -> Result<Node, Vec<Diagnostic>> {
    let mut composer = Composer::default();
    for event in Parser::new_from_str(text) {
        let outcome = match event {
            Ok((event, span)) => composer.event(event, span),
            Err(error) => Err(Problem::from(&error)),
        };
        if let Err(problem) = outcome {
            composer.problems.push(problem);
            break;
        }
    }
    composer.finish(file, text)
}

/// Something wrong, at an index in characters.
struct Problem {
    code: &'static str,
    message: String,
    index: usize,
    help: Option<&'static str>,
}

impl Problem {
    fn new(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { code, message: message.into(), index: span.start.index(), help: None }
    }

    fn help(mut self, text: &'static str) -> Self {
        self.help = Some(text);
        self
    }
}

impl From<&ScanError> for Problem {
    fn from(error: &ScanError) -> Self {
        let span = Span::empty(*error.marker());
        if error.info() == "recursion limit exceeded" {
            return too_deep(span);
        }
        Self::new("yaml-syntax", format!("not YAML: {}", error.info()), span)
    }
}

fn too_deep(span: Span) -> Problem {
    Problem::new("nested-too-deep", format!("nested deeper than {MAX_DEPTH} levels"), span)
}

/// Builds the value from the parser's events.
#[derive(Default)]
struct Composer {
    root: Option<Node>,
    /// The containers that have not ended, outermost first.
    open: Vec<Container>,
    anchors: BTreeMap<usize, Anchored>,
    /// How much of [`MAX_COPIED`] is used.
    copied: usize,
    duplicates: Duplicates,
    problems: Vec<Problem>,
}

struct Container {
    /// The anchor that names it; 0 for none.
    anchor: usize,
    /// How many members or items have ended.
    count: usize,
    content: Content,
}

enum Content {
    Items(Vec<Node>),
    Members { members: BTreeMap<String, Node>, key: Option<String> },
}

/// A value that aliases can repeat.
struct Anchored {
    node: Node,
    extent: Extent,
}

/// How large a value is.
#[derive(Clone, Copy)]
struct Extent {
    /// In the unit of [`MAX_COPIED`].
    weight: usize,
    /// Containers within containers: 0 for a scalar.
    height: usize,
}

impl Composer {
    /// Takes an event.
    ///
    /// # Errors
    /// Where nothing that follows would make sense.
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(Problem::new("several-documents", "a second document begins here", span)
                    .help("put each document into a file of its own"))
            }
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::SequenceStart(anchor, tag) => self.start(anchor, Content::Items(Vec::new()), tag, "seq", span),
            Event::MappingStart(anchor, tag) => {
                let content = Content::Members { members: BTreeMap::new(), key: None };
                self.start(anchor, content, tag, "map", span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), Problem> {
        if self.awaits_key() {
            self.problems.extend(key_problem(text, style, tag, span));
            // The key is what is written: `200` is "200" and `1.0` is "1.0".
            self.remember(anchor, &Node::String(text.to_owned()), span)?;
            self.key(text.to_owned());
            return Ok(());
        }
        let node = scalar_value(text, style, tag, span).unwrap_or_else(|problem| {
            self.problems.push(problem);
            Node::Null
        });
        self.add(node, anchor, span)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Problem> {
        let Some(Anchored { node, extent }) = self.anchors.get(&anchor) else {
            return Err(Problem::new("recursive-alias", "an alias within the value that it repeats", span));
        };
        if self.open.len() + extent.height > MAX_DEPTH {
            return Err(too_deep(span));
        }
        let weight = extent.weight;
        if self.awaits_key() {
            let Node::String(key) = node else {
                return Err(complex_key(span));
            };
            let key = key.clone();
            charge(&mut self.copied, weight, span)?;
            self.key(key);
            return Ok(());
        }
        charge(&mut self.copied, weight, span)?;
        let node = node.clone();
        self.add(node, 0, span)
    }

    fn start(
        &mut self,
        anchor: usize,
        content: Content,
        tag: Option<Cow<'_, Tag>>,
        expected: &str,
        span: Span,
    ) -> Result<(), Problem> {
        if self.awaits_key() {
            return Err(complex_key(span));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(span));
        }
        if let Some(tag) = tag.as_deref().map(full_name)
            && tag != "!"
            && tag.strip_prefix(CORE) != Some(expected)
        {
            self.problems.push(unknown_tag(&tag, span));
        }
        self.open.push(Container { anchor, count: 0, content });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Problem> {
        let Some(container) = self.open.pop() else {
            return Ok(());
        };
        let node = match container.content {
            Content::Items(items) => Node::Array(items),
            Content::Members { members, .. } => Node::Object(members),
        };
        self.add(node, container.anchor, span)
    }

    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Container { content: Content::Members { key: None, .. }, .. }))
    }

    fn key(&mut self, text: String) {
        if let Some(Container { content: Content::Members { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(text);
        }
    }

    /// Puts a finished value where it belongs.
    fn add(&mut self, node: Node, anchor: usize, span: Span) -> Result<(), Problem> {
        self.remember(anchor, &node, span)?;
        let Some(container) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        let ordinal = container.count;
        container.count += 1;
        let repeated = match &mut container.content {
            Content::Items(items) => {
                items.push(node);
                false
            }
            Content::Members { members, key } => match members.entry(key.take().unwrap_or_default()) {
                Entry::Vacant(entry) => {
                    entry.insert(node);
                    false
                }
                Entry::Occupied(_) => true,
            },
        };
        if repeated {
            let outer = self.open.len() - 1;
            self.duplicates.add(self.open.iter().take(outer).map(|container| container.count), ordinal);
        }
        Ok(())
    }

    /// Keeps a copy of a value that has an anchor.
    fn remember(&mut self, anchor: usize, node: &Node, span: Span) -> Result<(), Problem> {
        if anchor > 0 {
            let extent = extent(node);
            charge(&mut self.copied, extent.weight, span)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), extent });
        }
        Ok(())
    }

    fn finish(self, file: &str, text: &str) -> Result<Node, Vec<Diagnostic>> {
        let mut errors = self.duplicates.report(file, text, Format::Yaml);
        let offsets = CharOffsets::of(text);
        errors.extend(self.problems.into_iter().map(|problem| {
            // The end of the text is shown after its last word, not on an empty line.
            let offset = offsets.byte(text, problem.index).min(text.trim_end().len());
            let error = error_at(file, problem.code, problem.message, offset);
            problem.help.into_iter().fold(error, Diagnostic::help)
        }));
        match self.root {
            Some(root) if errors.is_empty() => Ok(root),
            None if errors.is_empty() => Err(vec![empty_document(file)]),
            _ => Err(errors),
        }
    }
}

/// Counts a copy.
fn charge(copied: &mut usize, weight: usize, span: Span) -> Result<(), Problem> {
    *copied = copied.saturating_add(weight);
    if *copied <= MAX_COPIED {
        return Ok(());
    }
    Err(Problem::new("too-many-aliases", format!("anchors and aliases repeat more than {MAX_COPIED} values"), span))
}

fn extent(node: &Node) -> Extent {
    fn text(text: &str) -> usize {
        text.len() / 16
    }
    fn container(parts: impl Iterator<Item = Extent>) -> Extent {
        parts.fold(Extent { weight: 1, height: 1 }, |whole, part| Extent {
            weight: whole.weight.saturating_add(part.weight),
            height: whole.height.max(part.height + 1),
        })
    }
    match node {
        Node::String(value) => Extent { weight: 1 + text(value), height: 0 },
        Node::Array(items) => container(items.iter().map(extent)),
        Node::Object(members) => container(members.iter().map(|(key, value)| {
            let value = extent(value);
            Extent { weight: value.weight + text(key), ..value }
        })),
        _ => Extent { weight: 1, height: 0 },
    }
}

fn complex_key(span: Span) -> Problem {
    Problem::new("complex-key", "a key that is no string", span)
}

/// What is wrong with a scalar as a key: that it is null, or its tag.
fn key_problem(text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Option<Problem> {
    let is_null = match tag {
        None => style == ScalarStyle::Plain && scalar::resolve(text) == Ok(Node::Null),
        Some(_) => match scalar_value(text, style, tag, span) {
            Ok(node) => node == Node::Null,
            Err(problem) => return Some(problem),
        },
    };
    is_null
        .then(|| Problem::new("null-key", "a key that is null", span).help("put the key into quotes if it is a word"))
}

fn unknown_tag(tag: &str, span: Span) -> Problem {
    Problem::new("unknown-tag", format!("the tag `{tag}` means nothing in JSON here"), span)
}

fn full_name(tag: &Tag) -> String {
    format!("{}{}", tag.handle, tag.suffix)
}

/// What a scalar means (YAML 1.2 §10.3): its tag decides, else its quotes, else how it is spelled.
fn scalar_value(text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Result<Node, Problem> {
    let string = || Node::String(text.to_owned());
    let Some(tag) = tag.map(full_name) else {
        return if style == ScalarStyle::Plain { plain(text, span) } else { Ok(string()) };
    };
    if tag == "!" {
        return Ok(string());
    }
    let kind = tag.strip_prefix(CORE).unwrap_or("");
    let fits: fn(&Node) -> bool = match kind {
        "str" => return Ok(string()),
        "null" => |node| matches!(node, Node::Null),
        "bool" => |node| matches!(node, Node::Bool(_)),
        "int" => |node| matches!(node, Node::Number(number) if !number.is_f64()),
        "float" => |node| matches!(node, Node::Number(_)),
        _ => return Err(unknown_tag(&tag, span)),
    };
    let node = plain(text, span)?;
    if fits(&node) {
        return Ok(node);
    }
    Err(Problem::new("wrong-tag", format!("tagged `!!{kind}`, which this value is not"), span))
}

fn plain(text: &str, span: Span) -> Result<Node, Problem> {
    scalar::resolve(text).map_err(|reason| match reason {
        NoValue::NotFinite => Problem::new("no-json-number", format!("`{text}` is no number that JSON has"), span)
            .help("put it into quotes if it is a string"),
        NoValue::OutOfRange => Problem::new("number-out-of-range", "a number beyond what 64 bits hold", span),
    })
}
