//! Arrays whose first elements have schemas of their own (`prefixItems`, Core 2020-12 §10.3.1.1), as tuples with a tail.

use std::fmt;

use serde::de::{Error as _, SeqAccess};
use serde::ser::{Error as _, SerializeSeq, Serializer};
use serde_json::Value;

use crate::check::Checked;
use crate::debug::Shown;
use crate::decode::{Decode, Slot, element, misfit_of_slot, optional_element};
use crate::encode::{Encode, Encoded};
use crate::maybe::Maybe;
use crate::object::{Giving, Member, Visit};
use crate::path::Path;
use crate::violation::Report;

/// A type generated from an array schema with `prefixItems`: what it tells of itself, once, for all the traits that need it.
pub trait Row: Sized {
    /// The type of the elements after the named ones.
    type Tail: Decode + Member + 'static;

    /// How many elements the schema demands of those that have a field of their own; the rest of these is optional.
    const REQUIRED: usize;

    /// A value to decode into: optional elements absent, required ones empty.
    fn blank() -> Self;

    /// The elements after the named ones.
    fn tail(&self) -> &Vec<Self::Tail>;

    /// The elements after the named ones, to change.
    fn tail_mut(&mut self) -> &mut Vec<Self::Tail>;

    /// Reads the element at an index into its field.
    ///
    /// # Errors
    /// What the format reports, and values that do not fit.
    fn take<'de, A: SeqAccess<'de>>(&mut self, index: usize, elements: &mut Elements<A>) -> Result<Step, A::Error>;

    /// Shows every element with a field of its own to a visitor, in their order.
    fn give<V: Visit>(&self, visit: &mut Giving<'_, V>);
}

/// The elements of an array while it is read: hands the current one to its field.
pub struct Elements<A>(A);

/// What became of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It stands in its field.
    Read,
    /// There is none.
    End,
    /// It has no field of its own; it is still to be read.
    Tail,
}

impl<'de, A: SeqAccess<'de>> Elements<A> {
    /// Reads a required element.
    ///
    /// # Errors
    /// What the format reports, and values that do not fit.
    pub fn required<T: Decode>(&mut self, field: &mut T) -> Result<Step, A::Error> {
        Ok(if element(&mut self.0, field)? { Step::Read } else { Step::End })
    }

    /// Reads an optional element.
    ///
    /// # Errors
    /// What the format reports, and values that do not fit.
    pub fn optional<S: Slot>(&mut self, field: &mut S) -> Result<Step, A::Error> {
        match optional_element(&mut self.0, field)? {
            Some(Some(value)) => Err(misfit_of_slot::<S, A::Error>(&value)),
            Some(None) => Ok(Step::Read),
            None => Ok(Step::End),
        }
    }
}

/// Reads an array.
///
/// # Errors
/// What the format reports; required elements that are missing, elements that do not fit.
pub fn decode_row<'de, T: Row, A: SeqAccess<'de>>(access: A) -> Result<T, A::Error> {
    let mut row = T::blank();
    let mut elements = Elements(access);
    let mut index = 0_usize;
    loop {
        let step = match row.take(index, &mut elements)? {
            Step::Tail => {
                let mut value = T::Tail::blank();
                let step = elements.required(&mut value)?;
                row.tail_mut().extend((step == Step::Read).then_some(value));
                step
            }
            step => step,
        };
        if step == Step::End {
            break;
        }
        index = index.saturating_add(1);
    }
    if index < T::REQUIRED {
        let message = format_args!("an array of at least {} elements is needed, this has {index}", T::REQUIRED);
        return Err(A::Error::custom(message));
    }
    Ok(row)
}

/// Writes an array: the elements with a field, then the others.
///
/// # Errors
/// What the format reports; an element that is set behind one that is not, for which an array has no place.
pub fn encode_row<T: Row, S: Serializer>(row: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer { sequence: serializer.serialize_seq(None)?, ended: false };
    Giving::to(&mut writer, |visit| row.give(visit))?;
    for value in row.tail() {
        writer.element(&Encoded(value))?;
    }
    writer.sequence.end()
}

struct Writer<S> {
    sequence: S,
    /// Whether an element was absent.
    ended: bool,
}

impl<S: SerializeSeq> Writer<S> {
    fn element<T: serde::Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        if self.ended {
            return Err(S::Error::custom("an element is set and one before it is not: an array has no place for it"));
        }
        self.sequence.serialize_element(value)
    }
}

impl<S: SerializeSeq> Visit for Writer<S> {
    type Error = S::Error;

    fn required<T: Member>(&mut self, _name: &'static str, value: &T) -> Result<(), S::Error> {
        self.element(&Encoded(value))
    }

    fn optional<O: Slot>(&mut self, _name: &'static str, slot: &O) -> Result<(), S::Error> {
        match slot.presence() {
            Maybe::Absent => self.ended = true,
            Maybe::Null => self.element(&())?,
            Maybe::Value(value) => self.element(&Encoded(value))?,
        }
        Ok(())
    }
}

/// Writes the elements that are there.
///
/// # Errors
/// The formatter's.
pub fn debug_row<T: Row>(name: &str, row: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shower = Shower(f.debug_tuple(name));
    Giving::to(&mut shower, |visit| row.give(visit))?;
    for value in row.tail() {
        shower.0.field(&Shown(value));
    }
    shower.0.finish()
}

struct Shower<'a, 'b>(fmt::DebugTuple<'a, 'b>);

impl Visit for Shower<'_, '_> {
    type Error = fmt::Error;

    fn required<T: Member>(&mut self, _name: &'static str, value: &T) -> fmt::Result {
        self.0.field(&Shown(value));
        Ok(())
    }

    fn optional<S: Slot>(&mut self, _name: &'static str, slot: &S) -> fmt::Result {
        match slot.presence() {
            Maybe::Absent => {}
            Maybe::Null => {
                self.0.field(&format_args!("null"));
            }
            Maybe::Value(value) => {
                self.0.field(&Shown(value));
            }
        }
        Ok(())
    }

    fn required_secret<T: Member>(&mut self, _name: &'static str, _value: &T) -> fmt::Result {
        self.0.field(&format_args!("[redacted]"));
        Ok(())
    }
}

/// The elements of a row under check.
pub struct Cells<'c, T> {
    row: &'c T,
    at: &'c Path<'c>,
    report: &'c mut Report,
    /// How many elements are there before the tail.
    named: usize,
}

impl<'c, T: Row + Encode> Cells<'c, T> {
    /// Reports elements that are absent while a later one is there; then stands ready for the elements.
    pub fn new(row: &'c T, at: &'c Path<'c>, report: &'c mut Report) -> Self {
        let mut count = Count::default();
        match Giving::to(&mut count, |visit| row.give(visit)) {
            Ok(()) => {}
            Err(never) => match never {},
        }
        let named = count.present;
        if count.hole || (count.absent && !row.tail().is_empty()) {
            let message = format_args!("must be set, because an element after it is");
            report.add(&at.index(count.first_absent), "prefixItems", message);
        }
        Self { row, at, report, named }
    }

    /// A required element.
    pub fn required<'m, V>(&'m mut self, index: usize, value: &'m V) -> Checked<'m, V> {
        Checked::new(Some(value), self.at.index(index), self.report)
    }

    /// An optional element, where it is there and not `null`.
    pub fn optional<'m, S: Slot>(&'m mut self, index: usize, slot: &'m S) -> Checked<'m, S::Value> {
        Checked::new(slot.presence().into_value(), self.at.index(index), self.report)
    }

    /// `items: false`: no element but the named ones.
    pub fn closed(&mut self) -> &mut Self {
        for index in self.tail_indices() {
            self.report.add(&self.at.index(index), "items", format_args!("is not an element that the schema allows"));
        }
        self
    }

    /// `items`: checks every element after the named ones.
    pub fn tail(&mut self, check: impl Fn(Checked<'_, T::Tail>)) -> &mut Self {
        for (index, value) in self.tail_indices().zip(self.row.tail()) {
            check(Checked::new(Some(value), self.at.index(index), self.report));
        }
        self
    }

    /// Checks of the array as a whole, which look at it as JSON.
    pub fn whole(&mut self, check: impl FnOnce(Checked<'_, Value>)) -> &mut Self {
        // What can't be written as JSON has been reported.
        if let Ok(value) = serde_json::to_value(Encoded(self.row)) {
            check(Checked::new(Some(&value), *self.at, self.report));
        }
        self
    }

    fn tail_indices(&self) -> std::ops::Range<usize> {
        self.named..self.named.saturating_add(self.row.tail().len())
    }
}

/// Counts the elements that are there.
#[derive(Default)]
struct Count {
    present: usize,
    absent: bool,
    first_absent: usize,
    /// Whether an element is there behind one that is not.
    hole: bool,
}

impl Count {
    fn there(&mut self) {
        self.hole |= self.absent;
        self.present = self.present.saturating_add(1);
    }
}

impl Visit for Count {
    type Error = std::convert::Infallible;

    fn required<T: Member>(&mut self, _name: &'static str, _value: &T) -> Result<(), Self::Error> {
        self.there();
        Ok(())
    }

    fn optional<S: Slot>(&mut self, _name: &'static str, slot: &S) -> Result<(), Self::Error> {
        if !matches!(slot.presence(), Maybe::Absent) {
            self.there();
        } else if !self.absent {
            self.absent = true;
            self.first_absent = self.present;
        }
        Ok(())
    }
}
