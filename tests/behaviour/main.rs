//! The generated code of the fixtures, at work.

mod instances;
mod oracle;
