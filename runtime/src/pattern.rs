//! The patterns of a schema, matched as JSON Schema wants it: anywhere in the text, by code point.

use std::sync::OnceLock;

/// A regular expression of a schema, made for a `static`: compiled when it is first used, once.
///
/// The generator has compiled every pattern that it emits. Should one not compile at run time after all, it matches
/// everything: a check that can't be made must not refuse what may be valid.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    engine: Engine,
}

/// What runs a pattern. The cell is `None` inside if the pattern does not compile.
#[derive(Debug)]
enum Engine {
    Linear {
        regex: &'static str,
        compiled: OnceLock<Option<regex::Regex>>,
    },
    #[cfg(feature = "backtracking")]
    Backtracking {
        unicode: bool,
        compiled: OnceLock<Option<regress::Regex>>,
    },
}

impl Pattern {
    /// A pattern that runs in linear time: `source` is its ECMA-262 text, `regex` the same in the syntax of the `regex`
    /// crate, as the generator translated it.
    pub const fn linear(source: &'static str, regex: &'static str) -> Self {
        Self { source, engine: Engine::Linear { regex, compiled: OnceLock::new() } }
    }

    /// A pattern that needs an ECMA-262 engine; `unicode` says whether it is read with the `u` flag or by Annex B.
    ///
    /// The time it takes may grow exponentially with the text.
    #[cfg(feature = "backtracking")]
    pub const fn backtracking(source: &'static str, unicode: bool) -> Self {
        Self { source, engine: Engine::Backtracking { unicode, compiled: OnceLock::new() } }
    }

    /// The ECMA-262 text, as the schema has it: for messages.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether the pattern occurs in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        match &self.engine {
            Engine::Linear { regex, compiled } => {
                let compiled = compiled.get_or_init(|| regex::Regex::new(regex).ok());
                compiled.as_ref().is_none_or(|regex| regex.is_match(text))
            }
            #[cfg(feature = "backtracking")]
            Engine::Backtracking { unicode, compiled } => {
                let flags = if *unicode { "u" } else { "" };
                let compiled = compiled.get_or_init(|| regress::Regex::with_flags(self.source, flags).ok());
                compiled.as_ref().is_none_or(|regex| regex.find(text).is_some())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_static_pattern_is_searched_for_and_keeps_its_source() {
        static DIGITS: Pattern = Pattern::linear(r"\d{2}", "[0-9]{2}");
        assert_eq!(DIGITS.source(), r"\d{2}");
        assert!(DIGITS.is_match("a12b"));
        assert!(!DIGITS.is_match("a1b2"));
    }

    #[test]
    fn a_pattern_that_does_not_compile_matches_everything() {
        static BROKEN: Pattern = Pattern::linear("(", "(");
        assert!(BROKEN.is_match(""));
        assert!(BROKEN.is_match("a"));
    }

    #[cfg(feature = "backtracking")]
    #[test]
    fn the_ecma_engine_looks_around_by_either_grammar() {
        static WITH_U: Pattern = Pattern::backtracking(r"^(?!-)\p{L}", true);
        assert_eq!(WITH_U.source(), r"^(?!-)\p{L}");
        assert!(WITH_U.is_match("é"));
        assert!(!WITH_U.is_match("-é"));
        static ANNEX_B: Pattern = Pattern::backtracking(r"^(?!-)\p{L}", false);
        assert!(ANNEX_B.is_match("p{L}"));
        assert!(!ANNEX_B.is_match("é"));
    }

    #[cfg(feature = "backtracking")]
    #[test]
    fn a_source_the_ecma_engine_refuses_matches_everything() {
        static BROKEN: Pattern = Pattern::backtracking("(", true);
        assert!(BROKEN.is_match("a"));
    }
}
