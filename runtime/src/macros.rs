//! The impls that are the same for every generated type of a kind, so that generated source stays short.

/// Implements serde's and std's traits for a generated object by its [`crate::Object`].
#[macro_export]
macro_rules! object {
    ($type:ident) => {
        impl $crate::Decode for $type {
            const EXPECTED: &'static str = "an object";

            fn from_object<'de, A: $crate::reexport::serde::de::MapAccess<'de>>(
                members: A,
            ) -> ::core::result::Result<$crate::Fit<Self>, A::Error> {
                $crate::decode_object(members).map(::core::result::Result::Ok)
            }

            #[inline]
            fn blank() -> Self {
                <Self as $crate::Object>::blank()
            }
        }

        impl $crate::Encode for $type {
            fn encode<S: $crate::reexport::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::encode_object(self, serializer)
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug_object(::core::stringify!($type), self, f)
            }
        }

        $crate::serde_by_codec!($type);
    };
}

/// Implements serde's and std's traits for a generated tuple by its [`crate::Row`].
#[macro_export]
macro_rules! row {
    ($type:ident) => {
        impl $crate::Decode for $type {
            const EXPECTED: &'static str = "an array";

            fn from_array<'de, A: $crate::SeqAccess<'de>>(
                elements: A,
            ) -> ::core::result::Result<$crate::Fit<Self>, A::Error> {
                $crate::decode_row(elements).map(::core::result::Result::Ok)
            }

            #[inline]
            fn blank() -> Self {
                <Self as $crate::Row>::blank()
            }
        }

        impl $crate::Encode for $type {
            fn encode<S: $crate::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::encode_row(self, serializer)
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug_row(::core::stringify!($type), self, f)
            }
        }

        $crate::serde_by_codec!($type);
    };
}

/// Implements `Serialize` and `Deserialize` by [`crate::Encode`] and [`crate::Decode`], and the `Debug` of a member by `Debug`.
#[macro_export]
macro_rules! serde_by_codec {
    ($type:ident) => {
        impl $crate::reexport::serde::Serialize for $type {
            fn serialize<S: $crate::reexport::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::Encode::encode(self, serializer)
            }
        }

        impl<'de> $crate::reexport::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::decode(deserializer)
            }
        }

        impl $crate::DebugMember for $type {
            #[inline]
            fn debug(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(self, f)
            }
        }
    };
}

/// The functions of [`crate::Decode`] for the kinds but `null`, by another type's and a function that wraps its values.
#[macro_export]
macro_rules! decode_through {
    ($inner:ty, $wrap:expr) => {
        #[inline]
        fn from_bool(value: bool) -> ::core::option::Option<Self> {
            <$inner as $crate::Decode>::from_bool(value).map($wrap)
        }

        #[inline]
        fn from_number(value: &$crate::Number) -> ::core::option::Option<Self> {
            <$inner as $crate::Decode>::from_number(value).map($wrap)
        }

        #[inline]
        fn from_text(value: &str) -> ::core::option::Option<Self> {
            <$inner as $crate::Decode>::from_text(value).map($wrap)
        }

        #[inline]
        fn from_string(value: ::std::string::String) -> ::core::result::Result<Self, ::std::string::String> {
            <$inner as $crate::Decode>::from_string(value).map($wrap)
        }

        #[inline]
        fn from_array<'de, A: $crate::SeqAccess<'de>>(
            elements: A,
        ) -> ::core::result::Result<$crate::Fit<Self>, A::Error> {
            ::core::result::Result::Ok(<$inner as $crate::Decode>::from_array(elements)?.map($wrap))
        }

        #[inline]
        fn from_object<'de, A: $crate::MapAccess<'de>>(
            members: A,
        ) -> ::core::result::Result<$crate::Fit<Self>, A::Error> {
            ::core::result::Result::Ok(<$inner as $crate::Decode>::from_object(members)?.map($wrap))
        }

        #[inline]
        fn from_other(value: $crate::Value) -> $crate::Fit<Self> {
            <$inner as $crate::Decode>::from_other(value).map($wrap)
        }
    };
}

/// Implements a type around another one, `struct Root(pub Inner)`, by the inner one's traits.
#[macro_export]
macro_rules! newtype {
    ($type:ident, $inner:ty) => {
        impl $crate::Decode for $type {
            const EXPECTED: &'static str = <$inner as $crate::Decode>::EXPECTED;

            #[inline]
            fn from_null() -> ::core::option::Option<Self> {
                <$inner as $crate::Decode>::from_null().map(Self)
            }

            $crate::decode_through!($inner, Self);

            #[inline]
            fn blank() -> Self {
                Self(<$inner as $crate::Decode>::blank())
            }
        }

        impl $crate::Encode for $type {
            fn encode<S: $crate::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::Encode::encode(&self.0, serializer)
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::DebugMember::debug(&self.0, f)
            }
        }

        impl ::core::convert::From<$inner> for $type {
            #[inline]
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        $crate::serde_by_codec!($type);
    };
}

/// Refuses to compile where the generator and this runtime are not of one version.
#[macro_export]
macro_rules! generated_by {
    ("0.1.0") => {};
    ($version:literal) => {
        ::core::compile_error!(::core::concat!(
            "this crate was generated by codegen ",
            $version,
            ", but the codegen-runtime it depends on is 0.1.0: generate it again, or depend on codegen-runtime ",
            $version
        ));
    };
}

/// Implements an open enum of strings by its `VALUES`, `as_str` and `known`, with what is checked besides.
#[macro_export]
macro_rules! string_enum {
    ($type:ident $(, $check:expr)?) => {
        impl ::core::convert::From<&str> for $type {
            #[inline]
            fn from(value: &str) -> Self {
                Self::known(value).unwrap_or_else(|| Self::Unknown(value.to_owned()))
            }
        }

        impl ::core::convert::From<&::std::string::String> for $type {
            #[inline]
            fn from(value: &::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::known(&value).unwrap_or(Self::Unknown(value))
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::core::cmp::Eq for $type {}

        impl ::core::hash::Hash for $type {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl $crate::Textual for $type {
            #[inline]
            fn text(&self) -> ::core::option::Option<&str> {
                ::core::option::Option::Some(self.as_str())
            }
        }

        impl $crate::Decode for $type {
            const EXPECTED: &'static str = "a string";

            #[inline]
            fn from_text(value: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::from(value))
            }

            #[inline]
            fn blank() -> Self {
                Self::Unknown(::std::string::String::new())
            }
        }

        impl $crate::Encode for $type {
            fn encode<S: $crate::reexport::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::Validate for $type {
            #[inline]
            fn check(&self, at: &$crate::Path<'_>, report: &mut $crate::Report) {
                if Self::known(self.as_str()).is_none() {
                    $crate::report_unknown(at, report, Self::VALUES);
                }
                $($crate::checked(self, at, report, $check);)?
            }
        }

        $crate::serde_by_codec!($type);
    };
}

/// Implements an open enum of integers by its `VALUES`, `value` and `known`, with what is checked besides. Narrower integers
/// are taken as well, so that a literal is one of them.
#[macro_export]
macro_rules! integer_enum {
    ($type:ident $(, $check:expr)?) => {
        $crate::integer_enum!(@from $type i8 i16 i32 u8 u16 u32);
        $crate::scalar_enum!($type, i64 $(, $check)?);
    };
    (@from $type:ident $($narrower:ident)*) => {$(
        impl ::core::convert::From<$narrower> for $type {
            #[inline]
            fn from(value: $narrower) -> Self {
                Self::from(i64::from(value))
            }
        }
    )*};
}

/// Implements an open enum of integers or booleans by its `VALUES`, `value` and `known`, with what is checked besides.
#[macro_export]
macro_rules! scalar_enum {
    ($type:ident, $scalar:ty $(, $check:expr)?) => {
        impl ::core::convert::From<$scalar> for $type {
            #[inline]
            fn from(value: $scalar) -> Self {
                Self::known(value).unwrap_or(Self::Unknown(value))
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.value(), f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.value() == other.value()
            }
        }

        impl ::core::cmp::Eq for $type {}

        impl ::core::hash::Hash for $type {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.value().hash(state);
            }
        }

        impl $crate::Numeric for $type {
            #[inline]
            fn number(&self) -> ::core::option::Option<$crate::Decimal> {
                $crate::Numeric::number(&self.value())
            }
        }

        impl $crate::Decode for $type {
            const EXPECTED: &'static str = <$scalar as $crate::Decode>::EXPECTED;

            #[inline]
            fn from_bool(value: bool) -> ::core::option::Option<Self> {
                <$scalar as $crate::Decode>::from_bool(value).map(Self::from)
            }

            #[inline]
            fn from_number(value: &$crate::Number) -> ::core::option::Option<Self> {
                <$scalar as $crate::Decode>::from_number(value).map(Self::from)
            }

            #[inline]
            fn blank() -> Self {
                Self::Unknown(<$scalar as $crate::Decode>::blank())
            }
        }

        impl $crate::Encode for $type {
            fn encode<S: $crate::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::Encode::encode(&self.value(), serializer)
            }
        }

        impl $crate::Validate for $type {
            #[inline]
            fn check(&self, at: &$crate::Path<'_>, report: &mut $crate::Report) {
                if Self::known(self.value()).is_none() {
                    $crate::report_unknown(at, report, Self::VALUES);
                }
                $($crate::checked(self, at, report, $check);)?
            }
        }

        $crate::serde_by_codec!($type);
    };
}
