//! What is read and rendered: the one place where `cli` meets the loader.

pub(super) use crate::diagnostic::{Sources, render};
pub(super) use crate::source::read;
