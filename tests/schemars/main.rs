//! The schema that a generated type gives of itself says what the type's checks check, and what its source schema says: the
//! three are asked about the same instances.

mod agreement;
mod cases;
mod describing;
