//! The texts that diagnostics point into, by name.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use super::Spot;
use super::excerpt::Excerpt;
use crate::source::{Format, Lines, Outline, Source, Span, without_byte_order_mark};

/// A lookup from the name of a file to its text, whether the file could be read as a document or not.
///
/// Line starts and the places of values are found when first asked for and kept, so that many diagnostics of one large
/// document cost one reading.
#[derive(Debug, Default)]
pub struct Sources<'t> {
    texts: BTreeMap<String, Text<'t>>,
}

#[derive(Debug)]
struct Text<'t> {
    text: Cow<'t, str>,
    format: Format,
    lines: OnceCell<Lines>,
    outline: RefCell<Option<Outline>>,
}

/// A place, found.
pub(super) struct Found {
    /// Line and column.
    pub(super) span: Span,
    /// The line, or what of it can be shown.
    pub(super) excerpt: Excerpt,
}

impl<'t> Sources<'t> {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document that was read.
    pub fn add(&mut self, source: &'t Source) {
        self.insert(source.name.clone(), Cow::Borrowed(source.text.as_str()), source.format);
    }

    /// Adds the content of a file that [`crate::source::read`] was given, readable or not.
    pub fn add_bytes(&mut self, name: impl Into<String>, bytes: &'t [u8]) {
        let name = name.into();
        let text = String::from_utf8_lossy(without_byte_order_mark(bytes));
        let format = Format::guess(&name, &text);
        self.insert(name, text, format);
    }

    /// Line and column of a place, and its bytes in the text; nothing for a file as a whole and for an unknown file.
    pub fn locate(&self, file: &str, spot: &Spot) -> Option<Span> {
        let text = self.texts.get(file)?;
        Some(text.lines().span(&text.text, &text.range(spot)?))
    }

    pub(super) fn find(&self, file: &str, spot: &Spot) -> Option<Found> {
        let span = self.locate(file, spot)?;
        let text = self.texts.get(file)?;
        let line = text.lines().line(&text.text, span.line);
        Some(Found { span, excerpt: Excerpt::of(&text.text, line, span.start..span.end) })
    }

    fn insert(&mut self, name: String, text: Cow<'t, str>, format: Format) {
        self.texts.insert(name, Text { text, format, lines: OnceCell::new(), outline: RefCell::new(None) });
    }
}

impl Text<'_> {
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text))
    }

    fn range(&self, spot: &Spot) -> Option<Range<usize>> {
        if let Spot::Offset(offset) = spot {
            // A syntax error: the text has no outline to speak of.
            return Some(crate::source::word_at(&self.text, *offset));
        }
        let mut outline = self.outline.borrow_mut();
        outline.get_or_insert_with(|| Outline::new(&self.text, self.format)).range(&self.text, spot)
    }
}
