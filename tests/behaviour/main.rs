//! The generated code of the fixtures, at work.
