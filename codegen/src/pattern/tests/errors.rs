//! What is no regular expression of ECMA-262 by either grammar, and where it goes wrong.

use super::super::NotEcma;
use super::compile;

fn check(cases: &[(&str, &str)]) {
    for (pattern, expected) in cases {
        let error = compile(pattern).map_err(|error| error.to_string());
        assert_eq!(error, Err((*expected).to_owned()), "{pattern:?}");
    }
}

#[test]
fn groups() {
    check(&[
        ("a(b", "`(` is never closed (at character 1)"),
        ("(a))", "`)` closes no group (at character 3)"),
        ("(?<n>a)(?<n>b)", "two groups are called `n` (at character 7)"),
        ("(?:(?<n>a)|b)(?:c|(?<n>d))", "two groups are called `n` (at character 18)"),
        ("(?<n>(?<n>a))", "two groups are called `n` (at character 5)"),
        ("(?<>a)", "`(?<` needs a name and `>` (at character 0)"),
        ("(?<n", "`(?<` needs a name and `>` (at character 0)"),
        ("(?<1>a)", "Invalid token at named capture group identifier"),
        ("(?P<n>a)", "`(?` begins no group that ECMA-262 knows (at character 0)"),
        ("(?i)a", "`(?` begins no group that ECMA-262 knows (at character 0)"),
        ("(?-:a)", "`(?` begins no group that ECMA-262 knows (at character 0)"),
        ("(?i-i:a)", "`(?` begins no group that ECMA-262 knows (at character 0)"),
        ("(?>a)", "`(?` begins no group that ECMA-262 knows (at character 0)"),
        (r"(?<n>a)\k<m>", "no group is called `m` (at character 7)"),
        (r"(?<n>a)\k", r"`\k` needs the name of a group in angle brackets (at character 7)"),
    ]);
}

#[test]
fn classes() {
    check(&[
        ("a[b", "`[` is never closed (at character 1)"),
        (r"[\", "the pattern ends with a backslash (at character 1)"),
        ("é[z-a]", "the range is out of order (at character 2)"),
        (r"[\x41-\x40]", "the range is out of order (at character 1)"),
        (r"(?<n>a)[\k]", r"`\k` is no escape (at character 8)"),
    ]);
}

#[test]
fn quantifiers() {
    check(&[
        ("*", "`*` has nothing to repeat (at character 0)"),
        ("a**", "`*` has nothing to repeat (at character 2)"),
        ("a{2}{3}", "`{3}` has nothing to repeat (at character 4)"),
        ("{2}", "`{2}` has nothing to repeat (at character 0)"),
        ("x{2,1}", "the numbers of `{2,1}` are out of order (at character 1)"),
        ("x{2}+", "`+` has nothing to repeat (at character 4)"),
        ("^+", "`+` has nothing to repeat (at character 1)"),
        ("a|?", "`?` has nothing to repeat (at character 2)"),
        (r"\b+", "`+` has nothing to repeat (at character 2)"),
        ("(?<=a)*", "`*` has nothing to repeat (at character 6)"),
    ]);
}

#[test]
fn escapes() {
    check(&[(r"a\", "the pattern ends with a backslash (at character 1)")]);
}

#[test]
fn nesting_has_a_limit() {
    let deep = format!("{}a{}", "(?:".repeat(300), ")".repeat(300));
    let error = NotEcma { message: "Regular expression is too deeply nested".to_owned(), offset: None };
    assert_eq!(compile(&deep), Err(error));
}

#[test]
fn a_long_alternation_must_not_backtrack() {
    let pattern = format!("(?=a){}", "|".repeat(100_000));
    check(&[(&pattern, "more than 500 alternatives are too many for a pattern that backtracks")]);
}
