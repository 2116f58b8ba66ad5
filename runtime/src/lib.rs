//! What generated crates stand on.
//!
//! * [`Maybe`], [`Merge`], [`Extra`]: what a member of an object can be besides a value.
//! * [`Decode`], [`Encode`], [`Object`]: from JSON and back, tolerant of what a server sends.
//! * [`Validate`], [`Valid`], [`Violations`]: as strict as the schema.
//! * [`Rule`], [`Breaches`]: what only the prose of an API states, beside its schema.
//! * [`Form`]: a body out of optional inputs, the blank ones to clear or to keep.
//! * [`File`]: a part of a body that is sent in parts.
//! * [`mod@format`]: the formats that are checked.
//! * `backtracking` and `idn`, features: what some patterns and formats need, turned on where a schema has them.
//! * `client`, a feature: HTTP for generated operations.
//! * `schemars`, a feature: `JsonSchema` of generated types.

mod check;
#[cfg(feature = "client")]
pub mod client;
mod debug;
mod decode;
mod encode;
mod extra;
mod file;
mod foreign;
mod form;
pub mod format;
mod json;
#[cfg(feature = "schemars")]
mod json_schema;
mod macros;
mod maybe;
mod merge;
mod never;
mod number;
mod object;
mod path;
mod pattern;
mod row;
mod rule;
mod valid;
mod violation;

pub use check::{
    Attempt, Branch, Checked, Entries, Items, Numeric, Predicate, Resource, Scope, Subject, Textual, accepts, branch,
    check_overlap, checked, choose, report_unmatched, tag, valid_branch,
};
pub use debug::{DebugMember, debug_object};
pub use decode::{
    Decode, DecodeError, Fit, Members, Slot, Taken, decode, decode_object, fit, from_slice, from_str, from_value,
};
pub use encode::{Encode, encode_object};
pub use extra::Extra;
pub use file::File;
pub use foreign::Foreign;
pub use form::{Blanks, Filled, Form, Input};
pub use json::{equal, kind};
#[cfg(feature = "schemars")]
pub use json_schema::{Reference, described};
pub use maybe::Maybe;
pub use merge::Merge;
pub use never::Never;
pub use number::Decimal;
pub use object::{Giving, Member, Object, Visit};
pub use path::{Path, Segment};
pub use pattern::Pattern;
pub use row::{Cells, Elements, Row, Step, debug_row, decode_row, encode_row};
pub use rule::{Breach, Breaches, Level, Rule};
pub use valid::{Valid, Validate};
pub use violation::{Report, Violation, Violations, report_unknown};

#[cfg(feature = "schemars")]
pub use schemars;
pub use serde::Serializer;
pub use serde::de::{MapAccess, SeqAccess};
pub use serde_json::{Number, Value};

/// What generated code names, so that it needs no second dependency.
pub mod reexport {
    pub use serde;
    pub use serde_json;
}
