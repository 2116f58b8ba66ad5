//! The generator: what it writes, that it always writes the same, and what it is made of.
