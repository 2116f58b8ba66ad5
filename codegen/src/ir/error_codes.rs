//! The codes by which an API tells its errors apart.

use super::Enumeration;

/// The codes of errors that are known.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorCodes {
    /// Where the code stands in the body of an error: a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// The codes, which are strings.
    pub codes: Enumeration,
}
