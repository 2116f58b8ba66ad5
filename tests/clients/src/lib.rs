//! What `everything.yaml` becomes.

include!(concat!(env!("OUT_DIR"), "/crate/included.rs"));
