//! Where in an instance: a chain on the stack that costs nothing until someone reads it.

use std::fmt;

/// A place in an instance, as a chain to its root.
#[derive(Clone, Copy, Debug)]
pub struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    segment: Segment<'p>,
}

/// One step of a [`Path`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'p> {
    /// The whole instance.
    Root,
    /// A member of an object.
    Key(&'p str),
    /// An element of an array, from 0.
    Index(usize),
}

impl<'p> Path<'p> {
    /// The whole instance.
    pub const ROOT: Path<'static> = Path { parent: None, segment: Segment::Root };

    /// A member of the object at this place.
    #[must_use]
    pub fn key(&'p self, key: &'p str) -> Self {
        Self { parent: Some(self), segment: Segment::Key(key) }
    }

    /// An element of the array at this place.
    #[must_use]
    pub fn index(&'p self, index: usize) -> Self {
        Self { parent: Some(self), segment: Segment::Index(index) }
    }
}

/// Writes the JSON Pointer (RFC 6901 §3).
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.segment {
            Segment::Root => Ok(()),
            Segment::Key(key) => write_token(f, key),
            Segment::Index(index) => write!(f, "/{index}"),
        }
    }
}

/// Writes `/` and a reference token, `~` and `/` escaped (RFC 6901 §4).
fn write_token(f: &mut fmt::Formatter<'_>, token: &str) -> fmt::Result {
    f.write_str("/")?;
    for character in token.chars() {
        match character {
            '~' => f.write_str("~0")?,
            '/' => f.write_str("~1")?,
            other => fmt::Write::write_char(f, other)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_escapes_its_tokens() {
        let object = Path::ROOT.key("a/b~c");
        assert_eq!(object.index(3).to_string(), "/a~1b~0c/3");
        assert_eq!(Path::ROOT.to_string(), "");
    }
}
