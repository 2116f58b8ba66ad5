//! What the tests share: running a compiled pattern, and the same by `regress`, which is the oracle.

mod corpus;
mod errors;
mod random;
mod sample;
mod table;

use super::{Compiled, compile};

/// Texts that tell apart what the engines might read differently; tried on every pattern of every test.
const PROBES: &[&str] = &[
    "",
    "a",
    "b",
    "A",
    "z",
    "k",
    "_",
    "-",
    "0",
    "1",
    "8",
    "9",
    "aa",
    "ab",
    "ba",
    "abc",
    "a b",
    " ",
    "\t",
    "\n",
    "\r",
    "\x0B",
    "\0",
    "\x01",
    "\x08",
    "\x7F",
    "a\n",
    "\na",
    "a\r\nb",
    "\u{85}",
    "\u{A0}",
    "\u{2028}",
    "\u{2029}",
    "\u{FEFF}",
    "\u{180E}",
    "é",
    "aé",
    "éa",
    "ſ",
    "\u{212A}",
    "ß",
    "٣",
    "ا",
    "Ω",
    "ω",
    "中",
    "😀",
    "a😀",
    "\u{D7FF}",
    "\u{E000}",
    "\u{FFFF}",
    "\u{10FFFF}",
    "\\",
    "/",
    "^",
    "$",
    ".",
    "*",
    "+",
    "?",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    "[]",
    "{}",
    "{2}",
    "{,2}",
    "a{2}",
    "a{8, 20}",
    "&",
    "&&",
    "--",
    "~",
    "~~",
    "#",
    "x",
    "x41",
    "u",
    "u0041",
    "uuuu",
    "u{3}",
    "c",
    "\\c",
    "\\ca",
    "p{L}",
    "k<n>",
    "ab12",
    "12",
    "+15559876543",
    "555",
    "https://a",
    "xn--a",
    "a.b",
    "a-b",
    "a_b",
];

/// A linear congruential generator: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// How a compiled pattern runs.
enum Matcher {
    Linear(regex::Regex),
    Backtracking(regress::Regex),
}

impl Matcher {
    fn of(source: &str, compiled: &Compiled) -> Self {
        match compiled {
            Compiled::Linear { regex, .. } => Self::Linear(regex::Regex::new(regex).unwrap()),
            Compiled::Backtracking { unicode } => Self::Backtracking(oracle(source, *unicode)),
        }
    }

    fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Linear(regex) => regex.is_match(text),
            Self::Backtracking(regex) => regex.find(text).is_some(),
        }
    }
}

fn oracle(source: &str, unicode: bool) -> regress::Regex {
    regress::Regex::with_flags(source, if unicode { "u" } else { "" }).unwrap()
}

/// Fails unless a linear pattern says of each text what the ECMA engine says.
fn assert_agreement<'t>(source: &str, compiled: &Compiled, texts: impl IntoIterator<Item = &'t str>) {
    let Compiled::Linear { regex, unicode } = compiled else {
        return;
    };
    let matcher = Matcher::of(source, compiled);
    let oracle = oracle(source, *unicode);
    for text in texts {
        let expected = oracle.find(text).is_some();
        assert_eq!(matcher.is_match(text), expected, "{source:?}, written {regex:?}, on {text:?}");
    }
}
