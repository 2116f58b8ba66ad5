//! Patterns put together at random from pieces that go wrong easily: validity and matches must be those of `regress`.

use super::super::NotEcma;
use super::super::translate::translate;
use super::{Compiled, Numbers, PROBES, assert_agreement, compile, oracle};

const PIECES: &[&str] = &[
    "a",
    "b",
    "é",
    "😀",
    "0",
    "8",
    "-",
    "^",
    "$",
    ".",
    "|",
    "(",
    "(?:",
    "(?=",
    "(?!",
    "(?<=",
    "(?<!",
    "(?<n>",
    "(?<m>",
    ")",
    ")",
    ")",
    "[",
    "[^",
    "]",
    "]",
    "*",
    "+",
    "?",
    "{",
    "}",
    "{2}",
    "{1,2}",
    "{,2}",
    "{2,1}",
    ",",
    "&&",
    "--",
    "~~",
    r"\d",
    r"\W",
    r"\s",
    r"\S",
    r"\b",
    r"\B",
    r"\-",
    r"\/",
    r"\.",
    r"\]",
    r"\1",
    r"\2",
    r"\8",
    r"\0",
    r"\01",
    r"\c",
    r"\cA",
    r"\x4",
    r"\x41",
    r"\u0041",
    r"\uD83D\uDE00",
    r"\k",
    r"\k<n>",
    r"\p",
    r"\p{L}",
    r"\P{Lu}",
    r"\e",
    r"\",
    "(?i:",
    "(?i)",
    "c",
    "k",
    "<n>",
    "x",
    "u",
];

const SEED: u64 = 1;
const COUNT: usize = 3_000;

/// Whether a pattern repeats `\b` or `\B`, which the ECMA engine lets pass and ECMA-262 does not.
fn repeats_a_boundary(error: &NotEcma, pattern: &str) -> bool {
    let before: String = pattern.chars().take(error.offset.unwrap_or_default()).collect();
    error.message.ends_with("has nothing to repeat") && (before.ends_with(r"\b") || before.ends_with(r"\B"))
}

/// Fails unless the translator finds a pattern valid exactly where the ECMA engine does. It leaves the names of
/// properties to the engine.
fn assert_same_validity(pattern: &str, unicode: bool) {
    let ours = translate(pattern, unicode);
    let theirs = regress::Regex::with_flags(pattern, if unicode { "u" } else { "" });
    match (&ours, &theirs) {
        (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
        (Ok(_), Err(error)) if error.text == "Invalid property name" => {}
        (Err(error), Ok(_)) if repeats_a_boundary(error, pattern) => {}
        _ => panic!("{pattern:?}, u: {unicode}: {ours:?}, {:?}", theirs.err()),
    }
}

#[test]
fn random_patterns_are_read_as_the_ecma_engine_reads_them() {
    let mut numbers = Numbers(SEED);
    let mut linear = 0;
    for _ in 0..COUNT {
        let length = 1 + numbers.below(10);
        let pattern: String = (0..length).map(|_| PIECES[numbers.below(PIECES.len())]).collect();
        assert_same_validity(&pattern, true);
        assert_same_validity(&pattern, false);
        if let Ok(compiled) = compile(&pattern) {
            linear += usize::from(matches!(compiled, Compiled::Linear { .. }));
            assert_agreement(&pattern, &compiled, PROBES.iter().copied());
        }
    }
    assert!(linear > COUNT / 4, "only {linear} of {COUNT} patterns were linear");
}

/// What the module's documentation says of the ECMA engine. When one of these fails, a fault has been mended there.
#[test]
fn the_faults_of_the_ecma_engine_are_those_that_are_documented() {
    for lets_pass in [r"\b+", r"\u{+41}", "(?:(?<n>a)|b)(?:c|(?<n>d))"] {
        assert!(regress::Regex::with_flags(lets_pass, "u").is_ok(), "{lets_pass:?}");
        assert!(translate(lets_pass, true).is_err(), "{lets_pass:?}");
    }
    assert!(oracle(r"^\u{41}$", false).find("A").is_some());
    assert!(oracle(r"^a\uDE00*$", true).find("a").is_none());
}
