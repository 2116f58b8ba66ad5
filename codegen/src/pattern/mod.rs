//! Regular expressions of schemas: reads ECMA-262 and finds the engine that runs it.
//!
//! JSON Schema's patterns are ECMA-262 regular expressions, read with the `u` flag and, where that fails, by Annex B; they
//! are searched for anywhere in the text. The `regex` crate runs in linear time but speaks another language, so that
//! patterns are translated for it; those that look around or refer back are left to `regress`, which is an ECMA engine.
//!
//! A pattern is valid if the translator and `regress` both say so. The translator is the stricter of the two, and more
//! exact by Annex B; where it can, it runs the pattern, so that these faults of `regress` 0.12 stay out of the result:
//!
//! * it lets `\b+`, `\u{+41}`, and two groups of one name that can both take part in a match pass;
//! * by Annex B it reads `\u{41}` as a code point and not as 41 times `u`;
//! * a lone surrogate that may be left out, as in `\uDE00*`, makes it give up;
//! * a long alternation overflows its stack.
//!
//! Only `regress` knows the names of properties. It has the tables of Unicode 17, the `regex` crate those of Unicode 16.

mod class;
mod cursor;
mod escape;
mod grammar;
mod group;
mod literal;
#[cfg(test)]
mod tests;
mod translate;

use std::fmt;

use translate::Translation;

/// How many `|` `regress` may see: it recurses once for each, and 2,000 exhaust 2 MiB of stack in a debug build.
const MOST_ALTERNATIVES: usize = 500;

/// How a pattern is to be run. `unicode` says by which grammar it was read: the `u` flag, or Annex B.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compiled {
    /// By the `regex` crate, in linear time.
    Linear {
        /// What the pattern means in the syntax of the `regex` crate, which has compiled it.
        regex: String,
        /// Whether the source was read with the `u` flag.
        unicode: bool,
    },
    /// By the `regress` crate, from its source. The time it takes may grow exponentially with the text.
    Backtracking {
        /// Whether the source is to be read with the `u` flag.
        unicode: bool,
    },
}

/// Why a pattern is no regular expression of ECMA-262.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEcma {
    /// What is wrong, by the grammar of Annex B, which allows more.
    pub message: String,
    /// Where, in characters from the start of the pattern, if it is known.
    pub offset: Option<usize>,
}

impl fmt::Display for NotEcma {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match self.offset {
            Some(offset) => write!(formatter, " (at character {offset})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for NotEcma {}

/// Reads a pattern and chooses its engine: the linear one wherever it can run the pattern.
///
/// # Errors
///
/// [`NotEcma`] if the source is a regular expression neither with the `u` flag nor by Annex B.
pub fn compile(source: &str) -> Result<Compiled, NotEcma> {
    read(source, true).or_else(|_| read(source, false))
}

fn read(source: &str, unicode: bool) -> Result<Compiled, NotEcma> {
    let Translation { regex, alternatives } = translate::translate(source, unicode)?;
    let too_many = alternatives > MOST_ALTERNATIVES;
    if !too_many {
        ask_regress(source, unicode)?;
    }
    // The default limits are those of the run time: what compiles here compiles there.
    match regex.filter(|regex| regex::Regex::new(regex).is_ok()) {
        Some(regex) => Ok(Compiled::Linear { regex, unicode }),
        None if too_many => Err(NotEcma {
            message: format!("more than {MOST_ALTERNATIVES} alternatives are too many for a pattern that backtracks"),
            offset: None,
        }),
        None => Ok(Compiled::Backtracking { unicode }),
    }
}

fn ask_regress(source: &str, unicode: bool) -> Result<(), NotEcma> {
    let flags = if unicode { "u" } else { "" };
    match regress::Regex::with_flags(source, flags) {
        Ok(_) => Ok(()),
        Err(error) => Err(NotEcma { message: error.text, offset: None }),
    }
}
