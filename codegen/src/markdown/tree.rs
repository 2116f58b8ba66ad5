//! What a description says, as plain data between reading and writing.

use std::rc::Rc;

/// How a list begins: the number of its first item, or nothing for bullets.
pub(super) type ListStart = Option<u64>;

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Paragraph(Vec<Span>),
    Heading(u8, Vec<Span>),
    /// Code, without the line break at its end.
    Code(String),
    Quote(Vec<Block>),
    List(ListStart, Vec<Vec<Block>>),
    Table(Table),
    /// A thematic break.
    Rule,
}

/// A table; each row has as many cells as there are columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// The delimiter row's cell of each column: `---`, `:-:`, …
    pub(super) columns: Vec<&'static str>,
    /// The rows, the head first.
    pub(super) rows: Vec<Vec<Vec<Span>>>,
}

/// A stretch of a paragraph. How it is marked is told by flags, so that no input makes it nest deeply.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) content: Content,
    pub(super) marks: Marks,
}

/// What a [`Span`] shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Text(String),
    Code(String),
    /// A line break that shows.
    Break,
}

/// How a [`Span`] is marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// The absolute target of the link.
    pub(super) link: Option<Rc<str>>,
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) strike: bool,
}

impl Marks {
    /// The marks that both have and that are written around both: a link is outermost, then strong, emphasis, strike.
    pub(super) fn common(&self, other: &Self) -> Self {
        Self {
            link: self.link.clone().filter(|link| other.link.as_ref() == Some(link)),
            strong: self.continues(other, Mark::Strong),
            emphasis: self.continues(other, Mark::Emphasis),
            strike: self.continues(other, Mark::Strike),
        }
    }

    /// Whether a mark that both have is written once around both: no mark outside of it changes between them.
    pub(super) fn continues(&self, other: &Self, mark: Mark) -> bool {
        mark.of(self)
            && mark.of(other)
            && self.link == other.link
            && Mark::ORDER.iter().take_while(|outer| **outer != mark).all(|outer| outer.of(self) == outer.of(other))
    }
}

/// A mark written with the same characters on both sides.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Strike,
}

impl Mark {
    /// From the outermost to the innermost; a link is around them all.
    pub(super) const ORDER: [Self; 3] = [Self::Strong, Self::Emphasis, Self::Strike];

    pub(super) fn of(self, marks: &Marks) -> bool {
        match self {
            Self::Strong => marks.strong,
            Self::Emphasis => marks.emphasis,
            Self::Strike => marks.strike,
        }
    }

    pub(super) fn remove(self, marks: &mut Marks) {
        match self {
            Self::Strong => marks.strong = false,
            Self::Emphasis => marks.emphasis = false,
            Self::Strike => marks.strike = false,
        }
    }

    pub(super) fn written(self) -> &'static str {
        match self {
            Self::Strong => "**",
            Self::Emphasis => "_",
            Self::Strike => "~~",
        }
    }
}
