//! Nothing but the examples of the README, so that they are compiled and run as doctests.
#![doc = include_str!("../../../README.md")]
