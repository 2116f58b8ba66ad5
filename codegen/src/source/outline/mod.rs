//! Where the values of a text stand: a tree of byte ranges, read only as far as a question needs it.

use std::ops::Range;

use super::{Format, Lines, Source, Span, pointer};
use crate::diagnostic::Spot;

mod json;
mod yaml;

/// The places of the values and keys of one text.
///
/// It holds no text: every question is asked with the text that it was made for. For JSON it reads the containers on
/// the way to a place and keeps what it found; for YAML it reads all of the text when it is made. A text that breaks off
/// in a syntax error has the values before it (YAML) or none (JSON).
#[derive(Debug)]
pub struct Outline {
    /// The first is the root; a container stands before what it contains.
    parts: Vec<Part>,
}

/// A value.
#[derive(Debug)]
struct Part {
    /// Its key, where it is a member of an object.
    key: Option<Key>,
    value: Range<usize>,
    members: Members,
}

/// The key of a member.
#[derive(Debug)]
struct Key {
    name: String,
    at: Range<usize>,
}

/// What a value contains.
#[derive(Debug)]
enum Members {
    /// Not looked at: JSON.
    Unread,
    /// Numbers of parts, in the order of the text; none for a scalar.
    Known(Vec<usize>),
    /// What the anchor's value contains: a YAML alias.
    SameAs(usize),
}

impl Outline {
    /// Prepares to answer for a text.
    pub fn new(text: &str, format: Format) -> Self {
        let parts = match format {
            Format::Json => vec![json::root(text)],
            Format::Yaml => yaml::parts(text),
        };
        Self { parts }
    }

    /// The bytes of a place; of the longest part of its pointer that leads somewhere. Nothing for the file as a whole.
    pub fn range(&mut self, text: &str, spot: &Spot) -> Option<Range<usize>> {
        match spot {
            Spot::File => None,
            Spot::Offset(offset) => Some(super::position::word_at(text, *offset)),
            Spot::Pointer(pointer) => self.find(text, pointer).map(|part| part.value.clone()),
            Spot::Key(pointer) => {
                let part = self.find(text, pointer)?;
                Some(part.key.as_ref().map_or_else(|| part.value.clone(), |key| key.at.clone()))
            }
        }
    }

    /// The key of the member `ordinal` of the object at the end of `path` (see [`super::duplicate`]): its name, its
    /// offset, and the offset of the first key of that name in the object.
    pub(super) fn repeated_key(&mut self, text: &str, path: &[usize], ordinal: usize) -> Option<(&str, usize, usize)> {
        let mut part = 0;
        for ordinal in path {
            part = *self.members(text, part).get(*ordinal)?;
        }
        self.open(text, part);
        let members = self.known(part);
        let again = self.key(*members.get(ordinal)?)?;
        let first = members.iter().filter_map(|member| self.key(*member)).find(|key| key.name == again.name)?;
        Some((&again.name, again.at.start, first.at.start))
    }

    fn find(&mut self, text: &str, pointer: &str) -> Option<&Part> {
        let mut part = 0;
        for token in pointer::tokens(pointer) {
            self.open(text, part);
            match self.member(part, &token) {
                Some(member) => part = member,
                None => break,
            }
        }
        self.parts.get(part)
    }

    /// The member or item that a reference token names; of repeated keys the first, as in [`super::Node`].
    fn member(&self, part: usize, token: &str) -> Option<usize> {
        let members = self.known(part);
        let named = |member: &usize| self.key(*member).is_some_and(|key| key.name == token);
        if let Some(member) = members.iter().copied().find(named) {
            return Some(member);
        }
        let item = *members.get(pointer::index(token)?)?;
        self.key(item).is_none().then_some(item)
    }

    fn members(&mut self, text: &str, part: usize) -> &[usize] {
        self.open(text, part);
        self.known(part)
    }

    /// The members or items of a part that is open.
    fn known(&self, part: usize) -> &[usize] {
        match self.parts.get(part).map(|part| &part.members) {
            Some(Members::Known(members)) => members,
            Some(Members::SameAs(anchored)) => self.known(*anchored),
            _ => &[],
        }
    }

    fn key(&self, part: usize) -> Option<&Key> {
        self.parts.get(part)?.key.as_ref()
    }

    /// Reads one level of a JSON container, unless that is done.
    fn open(&mut self, text: &str, part: usize) {
        let unread = |part: &&Part| matches!(part.members, Members::Unread);
        let Some(container) = self.parts.get(part).filter(unread) else {
            return;
        };
        let mut inside = json::members(text, &container.value);
        let first = self.parts.len();
        let members = (first..first + inside.len()).collect();
        self.parts.append(&mut inside);
        if let Some(container) = self.parts.get_mut(part) {
            container.members = Members::Known(members);
        }
    }
}

impl Source {
    /// Where a place stands in the text; where its pointer leads nowhere, the longest part of it that does. Nothing for
    /// the file as a whole.
    ///
    /// Each call reads the text; who asks often keeps an [`Outline`] and [`Lines`].
    pub fn locate(&self, spot: &Spot) -> Option<Span> {
        let range = Outline::new(&self.text, self.format).range(&self.text, spot)?;
        Some(Lines::of(&self.text).span(&self.text, &range))
    }
}

#[cfg(test)]
mod tests;
