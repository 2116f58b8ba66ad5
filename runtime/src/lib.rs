//! What generated crates stand on.

mod pattern;

pub use pattern::Pattern;
