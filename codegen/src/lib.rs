//! Reads API schemas and writes a Rust crate.
//!
//! The way through: `text → Document → Schemas → Ir → Names → Files → disk`.

pub mod diagnostic;
pub mod pattern;
pub mod source;
