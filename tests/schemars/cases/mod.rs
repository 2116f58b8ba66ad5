//! Instances, each with the verdict that its type's schema gives.

mod create;
mod identity;
mod list;
mod update;

pub(crate) use create::CREATE;
pub(crate) use identity::IDENTITY;
pub(crate) use list::LIST;
pub(crate) use update::UPDATE;

/// JSON, and whether the schema accepts it.
pub(crate) type Case = (&'static str, bool);
