//! What generated crates stand on.

pub mod format;
