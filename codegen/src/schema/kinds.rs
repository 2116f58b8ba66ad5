//! The kinds of JSON values, and sets of them: what `type` is about.

/// A kind of JSON value. An integer is a number; the distinction is JSON Schema's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// Every kind, in the order in which they are written.
    pub const ALL: [Self; 7] =
        [Self::Null, Self::Boolean, Self::Integer, Self::Number, Self::String, Self::Array, Self::Object];

    /// The kind that `type` calls by a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in `type`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    const fn bit(self) -> u8 {
        // `number` covers `integer`, so that an intersection of the two is `integer`.
        match self {
            Self::Null => 1,
            Self::Boolean => 2,
            Self::Integer => 4,
            Self::Number => 4 | 8,
            Self::String => 16,
            Self::Array => 32,
            Self::Object => 64,
        }
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Every value.
    pub const ALL: Self = Self(127);
    /// No value.
    pub const NONE: Self = Self(0);

    /// The set of one kind.
    #[must_use]
    pub const fn one(kind: Kind) -> Self {
        Self(kind.bit())
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this one and not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all values of a kind are in the set.
    #[must_use]
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & kind.bit() == kind.bit()
    }

    /// Whether some values are in both.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The kinds in the set, `integer` only where `number` is not.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |kind| self.has(*kind) && !(*kind == Kind::Integer && self.has(Kind::Number)))
    }

    /// The only kind in the set.
    #[must_use]
    pub fn only(self) -> Option<Kind> {
        let mut kinds = self.iter();
        kinds.next().filter(|_| kinds.next().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_is_a_number() {
        let both = Kinds::one(Kind::Number).intersection(Kinds::one(Kind::Integer));
        assert_eq!(both.only(), Some(Kind::Integer));
        assert_eq!(Kinds::one(Kind::Number).only(), Some(Kind::Number));
        assert_eq!(Kinds::ALL.iter().count(), 6);
    }
}
