//! The schema that a generated type gives of itself says what the type's checks check, and what its source schema says: the
//! three are asked about the same instances.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test helper that fails fails its test")]

mod agreement;
mod cases;
mod describing;
mod fixtures;
mod oracle;
