//! Other generators, a module each: the processes they need, and what they leave to their users.
//!
//! Each is asked for what this project makes by default, types and a client of all operations, with its own defaults otherwise.

mod openapi_to_rust;
mod ploidy;
mod progenitor;
mod spargen;

use std::path::{Path, PathBuf};

use super::generator::Generator;

/// Makes a generator of the program that its command starts, and of a folder for what it needs.
type Make = fn(PathBuf, &Path) -> Box<dyn Generator>;

/// The commands, and the generators that they start.
pub(crate) const ALL: [(&str, Make); 4] = [
    ("openapi-to-rust", |program, _| Box::new(openapi_to_rust::OpenapiToRust(program))),
    ("ploidy", |program, _| Box::new(ploidy::Ploidy(program))),
    ("spargen", |program, scratch| Box::new(spargen::Spargen::new(program, scratch))),
    ("cargo-progenitor", |program, _| Box::new(progenitor::Progenitor(program))),
];
