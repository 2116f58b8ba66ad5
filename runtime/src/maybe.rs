//! A member that can be absent, `null` or a value.

/// A member of an object that is optional and may be `null`: three different things on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maybe<T> {
    /// The member is not there: an update leaves it as it is.
    #[default]
    Absent,
    /// The member is `null`: an update clears it.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// `Some` is the value, `None` leaves the member out.
    #[must_use]
    #[inline]
    pub fn or_absent(option: Option<T>) -> Self {
        option.map_or(Self::Absent, Self::Value)
    }

    /// `Some` is the value, `None` is `null`.
    #[must_use]
    #[inline]
    pub fn or_null(option: Option<T>) -> Self {
        option.map_or(Self::Null, Self::Value)
    }

    /// The value, where there is one.
    #[must_use]
    #[inline]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, where there is one.
    #[must_use]
    #[inline]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value to change, where there is one.
    #[must_use]
    #[inline]
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the member is not there.
    #[must_use]
    #[inline]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is `null`.
    #[must_use]
    #[inline]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Changes the value, where there is one.
    #[must_use]
    #[inline]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(change(value)),
        }
    }
}

impl<T> From<T> for Maybe<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<T> for Maybe<Box<T>> {
    #[inline]
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

impl From<&str> for Maybe<String> {
    #[inline]
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl From<&String> for Maybe<String> {
    #[inline]
    fn from(value: &String) -> Self {
        Self::Value(value.clone())
    }
}

impl<T, const N: usize> From<[T; N]> for Maybe<Vec<T>> {
    #[inline]
    fn from(values: [T; N]) -> Self {
        Self::Value(values.into())
    }
}

macro_rules! from_narrower {
    ($target:ty: $($source:ty)*) => {$(
        impl From<$source> for Maybe<$target> {
            #[inline]
            fn from(value: $source) -> Self {
                Self::Value(value.into())
            }
        }
    )*};
}

from_narrower!(i64: i8 i16 i32 u8 u16 u32);
from_narrower!(u64: u8 u16 u32);
from_narrower!(f64: i8 i16 i32 u8 u16 u32 f32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_says_what_none_means() {
        assert_eq!(Maybe::or_absent(None::<i64>), Maybe::Absent);
        assert_eq!(Maybe::or_null(None::<i64>), Maybe::Null);
        assert_eq!(Maybe::or_null(Some(1)), Maybe::Value(1));
    }

    #[test]
    fn what_a_setter_takes_becomes_a_value() {
        assert_eq!(Maybe::<String>::from("a"), Maybe::Value("a".to_owned()));
        assert_eq!(Maybe::<i64>::from(7_u8), Maybe::Value(7));
        assert_eq!(Maybe::<Vec<i64>>::from([1, 2]), Maybe::Value(vec![1, 2]));
    }
}
