//! The places of all values of a YAML text, from the parser's events.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::super::position::CharOffsets;
use super::{Key, Members, Part};

/// Every value up to the first syntax error; the root is first.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut walk = Walk {
        text,
        offsets: CharOffsets::of(text),
        parts: Vec::new(),
        open: Vec::new(),
        anchors: BTreeMap::new(),
        anchored_texts: BTreeMap::new(),
    };
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        walk.event(event, span);
    }
    walk.parts
}

struct Walk<'t> {
    text: &'t str,
    offsets: CharOffsets,
    parts: Vec<Part>,
    /// The containers that have not ended.
    open: Vec<Container>,
    /// The part that each anchor names.
    anchors: BTreeMap<usize, usize>,
    /// The text of each scalar that has an anchor: an alias can make it a key.
    anchored_texts: BTreeMap<usize, String>,
}

struct Container {
    part: usize,
    mapping: bool,
    /// The key whose value comes next.
    key: Option<Key>,
    /// Whether it is written in braces or brackets: then its end is one of them.
    flow: bool,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        let range = self.bytes(span);
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                if anchor > 0 {
                    self.anchored_texts.insert(anchor, value.clone().into_owned());
                }
                if self.awaits_key() {
                    return self.key(value.into_owned(), range);
                }
                let bare = value.is_empty() && style == ScalarStyle::Plain && tag.is_none() && anchor == 0;
                let range = if bare { self.nothing(&range) } else { range };
                self.add(self.trim(range), anchor, Members::Known(Vec::new()));
            }
            Event::Alias(anchor) => {
                if self.awaits_key() {
                    let name = self.anchored_texts.get(&anchor).cloned().unwrap_or_default();
                    return self.key(name, range);
                }
                let same = self.anchors.get(&anchor).map_or(Members::Known(Vec::new()), |part| Members::SameAs(*part));
                self.add(range, 0, same);
            }
            Event::SequenceStart(anchor, tag) => {
                let range = if anchor == 0 && tag.is_none() { self.with_dash(range) } else { range };
                self.start(range, anchor, false);
            }
            Event::MappingStart(anchor, _) => self.start(range, anchor, true),
            Event::SequenceEnd | Event::MappingEnd => self.end(&range),
            _ => {}
        }
    }

    fn awaits_key(&self) -> bool {
        self.open.last().is_some_and(|container| container.mapping && container.key.is_none())
    }

    fn key(&mut self, name: String, at: Range<usize>) {
        if let Some(container) = self.open.last_mut() {
            container.key = Some(Key { name, at });
        }
    }

    /// Adds a value to the innermost container.
    fn add(&mut self, value: Range<usize>, anchor: usize, members: Members) -> usize {
        let number = self.parts.len();
        let mut key = None;
        if let Some(container) = self.open.last_mut() {
            key = container.key.take();
            if let Some(Part { members: Members::Known(members), .. }) = self.parts.get_mut(container.part) {
                members.push(number);
            }
        }
        self.parts.push(Part { key, value, members });
        if anchor > 0 {
            self.anchors.insert(anchor, number);
        }
        number
    }

    fn start(&mut self, range: Range<usize>, anchor: usize, mapping: bool) {
        let flow = self.text.get(range.clone()).is_some_and(|start| start.ends_with(['{', '[']));
        if self.awaits_key() {
            // A complex key, which no pointer can name: its value gets an empty key.
            self.key(String::new(), range.clone());
        }
        let part = self.add(range, anchor, Members::Known(Vec::new()));
        self.open.push(Container { part, mapping, key: None, flow });
    }

    /// A container in braces ends with its brace; another one ends where the last of its values does, since the parser
    /// reports the end only at what follows.
    fn end(&mut self, range: &Range<usize>) {
        let Some(container) = self.open.pop() else {
            return;
        };
        let end = if container.flow { range.end } else { self.end_of_last(container.part) };
        if let Some(part) = self.parts.get_mut(container.part) {
            part.value.end = end.max(part.value.start);
        }
    }

    fn end_of_last(&self, container: usize) -> usize {
        let part = self.parts.get(container);
        let last = part.and_then(|part| match &part.members {
            Members::Known(members) => self.parts.get(*members.last()?),
            _ => None,
        });
        last.or(part).map_or(0, |part| part.value.end)
    }

    /// The place of a value that is not written: after the colon, which the parser reports, or after its key, where the
    /// parser reports what follows.
    fn nothing(&self, range: &Range<usize>) -> Range<usize> {
        let key = self.open.last().and_then(|container| container.key.as_ref());
        let at = match key {
            Some(_) if self.text.get(range.start..).is_some_and(|rest| rest.starts_with(':')) => range.start + 1,
            Some(key) => key.at.end,
            None => range.start,
        };
        at..at
    }

    /// The start of a sequence. Where it is the value of a member and not indented more than the key, the parser reports
    /// it after the first dash, which begins the line.
    fn with_dash(&self, range: Range<usize>) -> Range<usize> {
        let before = self.text.get(..range.start).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("").trim_start();
        let is_value = self.open.last().is_some_and(|container| container.key.is_some());
        if is_value && range.is_empty() && line.starts_with('-') { range.start - line.len()..range.end } else { range }
    }

    /// Without the line breaks after a block scalar.
    fn trim(&self, range: Range<usize>) -> Range<usize> {
        let length = self.text.get(range.clone()).map_or(0, |value| value.trim_end().len());
        range.start..range.start + length
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        self.offsets.byte(self.text, span.start.index())..self.offsets.byte(self.text, span.end.index())
    }
}
