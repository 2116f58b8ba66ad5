//! `Debug` that never shows a secret: members that are one are `[redacted]`, and open values show their kind and size.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::decode::Slot;
use crate::json::Sketch;
use crate::maybe::Maybe;
use crate::object::{Giving, Member, Object, Visit};

/// How a value shows in the `Debug` of the object that holds it.
pub trait DebugMember {
    /// Writes the value, or what may be seen of it.
    ///
    /// # Errors
    /// The formatter's.
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// Shows a value as a member does.
pub(crate) struct Shown<'v, T>(pub(crate) &'v T);

impl<T: DebugMember> fmt::Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug(f)
    }
}

macro_rules! debug_as_std {
    ($($type:ty)*) => {$(
        impl DebugMember for $type {
            fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self, f)
            }
        }
    )*};
}

debug_as_std!(() bool i64 u64 f64 String);

impl DebugMember for Value {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Sketch(self), f)
    }
}

impl<T: DebugMember> DebugMember for Option<T> {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.debug(f),
            None => f.write_str("null"),
        }
    }
}

impl<T: DebugMember> DebugMember for Box<T> {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::debug(self, f)
    }
}

impl<T: DebugMember> DebugMember for Vec<T> {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(Shown)).finish()
    }
}

impl<V: DebugMember> DebugMember for BTreeMap<String, V> {
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(key, value)| (key, Shown(value)))).finish()
    }
}

/// Writes an object: the members that are there, then the keys of the others.
///
/// # Errors
/// The formatter's.
pub fn debug_object<T: Object>(name: &str, object: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shower = Shower(f.debug_struct(name));
    Giving::to(&mut shower, |visit| object.give(visit))?;
    let mut output = shower.0;
    let extra = object.extra();
    if !extra.is_empty() || extra.has_misfits() {
        output.field("extra", extra);
    }
    output.finish()
}

struct Shower<'a, 'b>(fmt::DebugStruct<'a, 'b>);

impl Visit for Shower<'_, '_> {
    type Error = fmt::Error;

    fn required<T: Member>(&mut self, name: &'static str, value: &T) -> fmt::Result {
        self.0.field(name, &Shown(value));
        Ok(())
    }

    fn optional<S: Slot>(&mut self, name: &'static str, slot: &S) -> fmt::Result {
        match slot.presence() {
            Maybe::Absent => {}
            Maybe::Null => {
                self.0.field(name, &format_args!("null"));
            }
            Maybe::Value(value) => {
                self.0.field(name, &Shown(value));
            }
        }
        Ok(())
    }

    fn required_secret<T: Member>(&mut self, name: &'static str, _value: &T) -> fmt::Result {
        self.0.field(name, &format_args!("[redacted]"));
        Ok(())
    }

    fn optional_secret<S: Slot>(&mut self, name: &'static str, slot: &S) -> fmt::Result {
        match slot.presence() {
            Maybe::Value(value) => self.required_secret(name, value),
            Maybe::Null | Maybe::Absent => self.optional(name, slot),
        }
    }
}
