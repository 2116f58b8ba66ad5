//! Every construct: which engine runs it, what it matches, what it does not, and that the ECMA engine agrees.

use super::{Compiled, Matcher, PROBES, assert_agreement, compile};

/// Engine and grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Engine {
    Linear,
    LinearAnnexB,
    Backtracking,
    BacktrackingAnnexB,
}
use Engine::{Backtracking, BacktrackingAnnexB, Linear, LinearAnnexB};

/// Pattern, engine, texts that match, texts that do not.
type Row = (&'static str, Engine, &'static [&'static str], &'static [&'static str]);

fn engine(compiled: &Compiled) -> Engine {
    match compiled {
        Compiled::Linear { unicode: true, .. } => Linear,
        Compiled::Linear { unicode: false, .. } => LinearAnnexB,
        Compiled::Backtracking { unicode: true } => Backtracking,
        Compiled::Backtracking { unicode: false } => BacktrackingAnnexB,
    }
}

fn check(rows: &[Row]) {
    for (pattern, expected, matching, failing) in rows {
        let compiled = check_without_oracle(pattern, *expected, matching, failing);
        assert_agreement(pattern, &compiled, matching.iter().chain(*failing).chain(PROBES).copied());
    }
}

fn check_without_oracle(pattern: &str, expected: Engine, matching: &[&str], failing: &[&str]) -> Compiled {
    let compiled = compile(pattern).unwrap();
    assert_eq!(engine(&compiled), expected, "{pattern:?}: {compiled:?}");
    let matcher = Matcher::of(pattern, &compiled);
    for text in matching {
        assert!(matcher.is_match(text), "{pattern:?} must match {text:?}: {compiled:?}");
    }
    for text in failing {
        assert!(!matcher.is_match(text), "{pattern:?} must not match {text:?}: {compiled:?}");
    }
    compiled
}

#[test]
fn a_pattern_is_searched_for_anywhere() {
    check(&[
        ("", Linear, &["", "a"], &[]),
        ("a", Linear, &["a", "bab"], &["", "b"]),
        ("é", Linear, &["aé"], &["e"]),
        ("a|b", Linear, &["xa", "xb"], &["c"]),
        ("a|", Linear, &["", "c"], &[]),
        ("^(?:|ab)$", Linear, &["", "ab"], &["a"]),
    ]);
}

#[test]
fn anchors_mean_the_whole_text() {
    check(&[("^a$", Linear, &["a"], &["a\n", "\na", "a\nb", "ba"]), ("a^", Linear, &[], &["a", "a^"])]);
}

#[test]
fn a_dot_is_anything_but_a_line_terminator() {
    check(&[(
        "^.$",
        Linear,
        &["a", "é", "😀", "\0", "\u{85}", "\x0B"],
        &["", "\n", "\r", "\u{2028}", "\u{2029}", "ab"],
    )]);
}

#[test]
fn character_class_escapes_are_ascii() {
    check(&[
        (r"^\d$", Linear, &["0", "9"], &["٣", "a", ""]),
        (r"^\D$", Linear, &["٣", "a", "\n"], &["0"]),
        (r"^\w$", Linear, &["a", "Z", "_", "0"], &["é", "ſ", "\u{212A}", "-"]),
        (r"^\W$", Linear, &["é", "ſ", "\u{212A}", "-", "\n"], &["a", "_", "0"]),
        (
            r"^\s$",
            Linear,
            &[
                " ", "\t", "\n", "\r", "\x0B", "\x0C", "\u{A0}", "\u{1680}", "\u{2000}", "\u{200A}", "\u{2028}",
                "\u{2029}", "\u{202F}", "\u{205F}", "\u{3000}", "\u{FEFF}",
            ],
            &["\u{85}", "\u{180E}", "\u{200B}", "a"],
        ),
        (r"^\S$", Linear, &["\u{85}", "\u{180E}", "a", "😀"], &[" ", "\u{FEFF}", "\u{2028}"]),
        (r"^[\d\s]$", Linear, &["1", "\u{FEFF}"], &["a", "\u{85}"]),
        (r"^[^\D]$", Linear, &["1"], &["a", "٣"]),
        (r"^[\W_]$", Linear, &["_", "é", "-"], &["a"]),
        (r"^[\s\S]$", Linear, &["\n", "a", "\u{85}"], &[""]),
        (r"^[^\s\S]$", Linear, &[], &["a", "\n", ""]),
    ]);
}

#[test]
fn word_boundaries_are_ascii() {
    check(&[
        (r"\bb", Linear, &["b", "a b", "éb"], &["ab", "_b"]),
        (r"a\b", Linear, &["a", "aé", "a😀"], &["ab"]),
        (r"\B", Linear, &["", "é", "ab"], &["a"]),
        (r"^\Bé\B$", Linear, &["é"], &["aé", "éa"]),
        (r"a\Bé", Linear, &[], &["aé"]),
        (r"[\b]", Linear, &["\x08"], &["b", "a b"]),
    ]);
}

#[test]
fn control_escapes() {
    check(&[
        (r"^\f\n\r\t\v$", Linear, &["\x0C\n\r\t\x0B"], &["fnrtv"]),
        (r"^\cJ\ca$", Linear, &["\n\x01"], &["cJca"]),
        (r"^[\cJ-\cM]$", Linear, &["\n", "\r"], &["\x0E", "c", "J"]),
        (r"^\0$", Linear, &["\0"], &["0"]),
        (r"^[^\0]$", Linear, &["0"], &["\0"]),
        (r"^\c*$", LinearAnnexB, &[r"\c", r"\ccc", r"\"], &["", "c"]),
        (r"^\c1$", LinearAnnexB, &[r"\c1"], &["\x11"]),
        (r"^[\c1]$", LinearAnnexB, &["\x11"], &["c", "1", r"\"]),
        (r"^[\c_]$", LinearAnnexB, &["\x1F"], &["c", "_"]),
        (r"^[\c-]$", LinearAnnexB, &[r"\", "c", "-"], &["\x0D"]),
    ]);
}

#[test]
fn hexadecimal_escapes() {
    check(&[
        (r"^\x41\x7e$", Linear, &["A~"], &["x41~"]),
        (r"^[\x20-\x7E]+$", Linear, &[" ~a"], &["\x7F", "é", "\n"]),
        (r"^\u0041$", Linear, &["A"], &["u0041"]),
        (r"^\u00e9\u{e9}\u{0000E9}$", Linear, &["ééé"], &["é"]),
        (r"^\u{1F600}$", Linear, &["😀"], &["\u{F600}"]),
        (r"^\uD83D\uDE00$", Linear, &["😀"], &["\u{FFFD}"]),
        (r"^[\uD83D\uDE00-\uD83D\uDE02]$", Linear, &["😀", "😁", "😂"], &["😃", "-"]),
        (r"^[\u{1F600}-\u{1F602}x]$", Linear, &["😁", "x"], &["😃"]),
        (r"^\x4$", LinearAnnexB, &["x4"], &["\x04"]),
        (r"^\u41$", LinearAnnexB, &["u41"], &["A"]),
        (r"^\u0041\-$", LinearAnnexB, &["A-"], &["u0041-"]),
        (r"^\uD83D\uDE00\-$", LinearAnnexB, &["😀-"], &["-"]),
    ]);
}

#[test]
fn a_lone_surrogate_matches_nothing() {
    check(&[
        (r"\uD83D", Linear, &[], &["", "😀", "\u{FFFD}"]),
        (r"\uDE00", Linear, &[], &["😀"]),
        (r"\u{D83D}\u{DE00}", Linear, &[], &["😀"]),
        (r"\uD83D[\uDE00-\uDE02]", Linear, &[], &["😀"]),
        (r"[\uD800-\uDFFF]", Linear, &[], &["a", "😀"]),
        (r"^[^\uD800-\uDFFF]$", Linear, &["a", "😀"], &["", "ab"]),
        (r"^[a\uD800]$", Linear, &["a"], &["b"]),
        (r"^[\uD7FE-\uDC00]$", Linear, &["\u{D7FE}", "\u{D7FF}"], &["\u{D7FD}", "\u{E000}"]),
        (r"^[\uDC00-\uE001]$", Linear, &["\u{E000}", "\u{E001}"], &["\u{D7FF}", "\u{E002}"]),
        (r"^[\0-\uFFFF]$", Linear, &["\0", "\u{D7FF}", "\u{E000}", "\u{FFFF}"], &["😀"]),
    ]);
}

#[test]
fn identity_escapes() {
    check(&[
        (r"^\^\$\\\.\*\+\?\(\)\[\]\{\}\|\/$", Linear, &[r"^$\.*+?()[]{}|/"], &["a"]),
        (r"^[\^\$\\\.\*\+\?\(\)\[\]\{\}\|\/\-]+$", Linear, &[r"^$\.*+?()[]{}|/-"], &["a"]),
        (r"^a\-b\_\:\e\é$", LinearAnnexB, &["a-b_:eé"], &[r"a\-b"]),
        (r"^\<\>\z\A\Q$", LinearAnnexB, &["<>zAQ"], &["<>"]),
        (r"^[\B\e\a]+$", LinearAnnexB, &["Bea"], &["x"]),
        (r"^\p{L}\-$", LinearAnnexB, &["p{L}-"], &["a-"]),
        (r"^\k<n>\-$", LinearAnnexB, &["k<n>-"], &["-"]),
        (r"^\p\P\-$", LinearAnnexB, &["pP-"], &["a"]),
    ]);
}

#[test]
fn octal_escapes_are_annex_b() {
    check(&[
        (r"^\1$", LinearAnnexB, &["\x01"], &["1"]),
        (r"^\101\477$", LinearAnnexB, &["A\x277"], &["101477"]),
        (r"^\377\400$", LinearAnnexB, &["\u{FF}\x200"], &[]),
        (r"^\08\8\9$", LinearAnnexB, &["\x00889"], &["0889"]),
        (r"^\18\012$", LinearAnnexB, &["\x018\n"], &["18"]),
        (r"^(a)\2$", LinearAnnexB, &["a\x02"], &["aa", "a2"]),
        (r"^[\1\101\8]$", LinearAnnexB, &["\x01", "A", "8"], &["1"]),
        (r"^[\00-\7]$", LinearAnnexB, &["\0", "\x07"], &["0", "7"]),
    ]);
}

#[test]
fn classes() {
    check(&[
        ("^[abc]$", Linear, &["a", "b", "c"], &["d", "ab"]),
        ("^[^abc]$", Linear, &["d", "\n", "😀"], &["a", ""]),
        ("^[a^]$", Linear, &["a", "^"], &["b"]),
        ("[]", Linear, &[], &["", "a"]),
        ("[]a", Linear, &[], &["a", "]a"]),
        ("^[^]$", Linear, &["a", "\n", "\u{10FFFF}"], &["", "ab"]),
        ("^[^]]$", LinearAnnexB, &["a]"], &["a", "]"]),
        ("^[a-]$", Linear, &["a", "-"], &["b"]),
        ("^[-a]$", Linear, &["a", "-"], &["b"]),
        ("^[a-c-e]$", Linear, &["b", "-", "e"], &["d"]),
        ("^[--0]$", Linear, &["-", ".", "/", "0"], &["1", ","]),
        ("^[+--]$", Linear, &["+", ",", "-"], &["."]),
        (r"^[\w-]$", Linear, &["a", "-"], &["."]),
        (r"^[\w-.]$", LinearAnnexB, &["a", "-", "."], &["/"]),
        (r"^[a-\d]$", LinearAnnexB, &["a", "-", "5"], &["b"]),
        (r"^[a\-z]$", Linear, &["a", "-", "z"], &["b"]),
        ("^[0-9a-zA-Z-_]$", Linear, &["-", "_", "q"], &["."]),
    ]);
}

#[test]
fn what_is_special_only_in_the_regex_crate_is_a_character() {
    check(&[
        ("^[[]$", Linear, &["["], &["]"]),
        ("^[[:alpha:]]$", LinearAnnexB, &["a]", ":]", "[]"], &["a", "z]"]),
        ("^[a[b]$", Linear, &["[", "b"], &["]"]),
        ("^[a&&b]$", Linear, &["a", "&", "b"], &["c"]),
        ("^[a~~b]$", Linear, &["a", "~", "b"], &["c"]),
        ("^[ #]$", Linear, &[" ", "#"], &["a"]),
        ("^ # $", Linear, &[" # "], &["#", ""]),
        ("^a&&b~~c--d$", Linear, &["a&&b~~c--d"], &["a"]),
        ("^<a>$", Linear, &["<a>"], &["a"]),
    ]);
}

#[test]
fn quantifiers() {
    check(&[
        ("^a*$", Linear, &["", "aaa"], &["b"]),
        ("^a+?b??c*?$", Linear, &["a", "aab", "abcc"], &["b"]),
        ("^a{2}$", Linear, &["aa"], &["a", "aaa"]),
        ("^a{2,}$", Linear, &["aa", "aaaa"], &["a"]),
        ("^a{1,2}?$", Linear, &["a", "aa"], &["", "aaa"]),
        ("^a{0}$", Linear, &[""], &["a"]),
        ("^a{02,003}$", Linear, &["aa", "aaa"], &["a", "aaaa"]),
        ("^😀{2}$", Linear, &["😀😀"], &["😀"]),
        ("^(?:ab){2}$", Linear, &["abab"], &["abb"]),
        (r"^[\d]{2}\d{2}\.{2}\x41{2}$", Linear, &["1234..AA"], &["1234.A"]),
        ("^(?:a*)*$", Linear, &["", "aa"], &["b"]),
        ("^(?:a|^){2}$", Linear, &["", "a", "aa"], &["aaa"]),
    ]);
}

#[test]
fn braces_that_are_no_quantifier_are_characters_by_annex_b() {
    check(&[
        (r"^\+[0-9]{8, 20}", LinearAnnexB, &["+1{8, 20}"], &["+12345678", "+123456789"]),
        ("^a{$", LinearAnnexB, &["a{"], &["a"]),
        ("^a}$", LinearAnnexB, &["a}"], &["a"]),
        ("^{$", LinearAnnexB, &["{"], &[""]),
        ("^{}$", LinearAnnexB, &["{}"], &[""]),
        ("^a{,2}$", LinearAnnexB, &["a{,2}"], &["", "a", "aa"]),
        ("^a{b}{2}$", LinearAnnexB, &["a{b}}"], &["a{b}"]),
        ("^a{1{2}$", LinearAnnexB, &["a{11"], &["a{1", "a{1{"]),
        ("^{org_id}$", LinearAnnexB, &["{org_id}"], &["org_id"]),
        ("^]$", LinearAnnexB, &["]"], &[""]),
        ("^a]{2}$", LinearAnnexB, &["a]]"], &["a]"]),
    ]);
}

#[test]
fn groups_do_not_capture_and_keep_the_engine_linear() {
    check(&[
        ("^(a)(b)$", Linear, &["ab"], &["a"]),
        ("^(?:a|b)c$", Linear, &["ac", "bc"], &["a"]),
        ("^(?<year>[0-9]{2})$", Linear, &["12"], &["1"]),
        ("^(?<$é_1>a)$", Linear, &["a"], &["b"]),
        (r"^(?<\u0061>a)$", Linear, &["a"], &["b"]),
        ("^(?:(?<n>a)|(?<n>b))$", Linear, &["a", "b"], &["ab"]),
        ("^()$", Linear, &[""], &["a"]),
        ("^()*a$", Linear, &["a"], &["b"]),
        ("^((a)|(b(c)))+$", Linear, &["abca"], &["ab"]),
    ]);
}

#[test]
fn properties() {
    check(&[
        (r"^\p{Letter}+$", Linear, &["é", "ا", "中"], &["1", ""]),
        (r"^\p{L}$", Linear, &["é"], &["1"]),
        (r"^\P{L}$", Linear, &["1", "😀"], &["é"]),
        (r"^\p{Lu}\p{General_Category=Lowercase_Letter}\p{gc=Nd}$", Linear, &["Aa٣"], &["aA1"]),
        (r"^\p{Script=Greek}\p{sc=Grek}\p{Script_Extensions=Greek}\p{scx=Grek}$", Linear, &["ΩωΩω"], &["aaaa"]),
        (r"^\p{White_Space}\p{Emoji}\p{ASCII}\p{Any}$", Linear, &["\u{85}😀a中"], &["a"]),
        (r"^[\p{Lu}\p{Nd}]$", Linear, &["A", "٣"], &["a"]),
        (r"^[^\p{L}\P{ASCII}]$", Linear, &["1"], &["a", "٣"]),
        (r"\p{Cs}", Backtracking, &[], &["a", "😀"]),
    ]);
}

#[test]
fn look_around_needs_the_ecma_engine() {
    check(&[
        ("^(?=a)", Backtracking, &["ab"], &["ba"]),
        ("^(?!a)", Backtracking, &["ba", ""], &["ab"]),
        ("(?<=a)b", Backtracking, &["ab"], &["cb"]),
        ("(?<!a)b", Backtracking, &["cb", "b"], &["ab"]),
        ("^(?=a)*b$", BacktrackingAnnexB, &["b"], &["a"]),
        (r"^(?!-)[\w-.]+$", BacktrackingAnnexB, &["a-."], &["-a"]),
    ]);
}

#[test]
fn references_need_the_ecma_engine() {
    check(&[
        (r"^(a|b)\1$", Backtracking, &["aa", "bb"], &["ab"]),
        (r"^\1(a)$", Backtracking, &["a"], &["aa"]),
        (r"^(?<n>a|b)\k<n>$", Backtracking, &["aa", "bb"], &["ab"]),
        (r"^(?<n>a|b)\k<n>\-$", BacktrackingAnnexB, &["aa-"], &["ab-"]),
    ]);
}

#[test]
fn modifiers_of_es2025_need_the_ecma_engine() {
    check(&[
        ("^(?i:a)b$", Backtracking, &["ab", "Ab"], &["AB"]),
        ("^(?s:.)$", Backtracking, &["\n", "a"], &[""]),
        ("(?m:^)b", Backtracking, &["a\nb"], &["ab"]),
        ("^(?i-s:a)$", Backtracking, &["A"], &["b"]),
    ]);
}

#[test]
fn what_the_linear_engine_refuses_is_left_to_the_ecma_engine() {
    let deep = format!("^{}a{}$", "(?:".repeat(250), ")".repeat(250));
    assert_eq!(compile(&deep).unwrap(), Compiled::Backtracking { unicode: true });
    check(&[
        ("^a{4294967296,}$", Backtracking, &[], &["a"]),
        ("^a{0,99999999999999999999999}$", Backtracking, &["", "aa"], &["b"]),
        (r"^(?:\p{L}{1000}){1000}$", Backtracking, &[], &["a"]),
        ("^(?:(?:(?:a{1000}){1000}){1000}){1000}$", Backtracking, &[], &["a"]),
    ]);
}

/// The ECMA engine would overflow its stack.
#[test]
fn a_long_alternation_is_never_shown_to_the_ecma_engine() {
    let codes: Vec<String> = (0..5_000).map(|code| format!("{code:04}")).collect();
    let pattern = format!("^(?:{})$", codes.join("|"));
    check_without_oracle(&pattern, Linear, &["0000", "4999"], &["5000", "499"]);
}

/// The ECMA engine gives up where a lone surrogate may be left out.
#[test]
fn a_lone_surrogate_can_be_left_out() {
    check_without_oracle(r"^a\uDE00*$", Linear, &["a"], &["", "b"]);
    check(&[
        (r"^a(?:\uDE00|b)?$", Linear, &["a", "ab"], &["b"]),
        (r"^a[\uDE00]*$", Linear, &["a"], &["b"]),
        (r"^a[]?$", Linear, &["a"], &["b"]),
    ]);
}

/// The ECMA engine reads braces without the `u` flag as well; Annex B says 41 times `u`.
#[test]
fn a_braced_code_point_is_a_quantifier_by_annex_b() {
    let forty_one = "u".repeat(41) + "-";
    check_without_oracle(r"^\u{41}\-$", LinearAnnexB, &[&forty_one], &["A-", "u{41}-"]);
    check_without_oracle(r"^\u+0041$", LinearAnnexB, &["u0041", "uu0041"], &["A"]);
    check_without_oracle(r"^\u{+41}$", LinearAnnexB, &["u{41}", "u{{41}"], &["A", "u41}"]);
}

#[test]
fn a_plain_pattern_stays_as_it_is_written() {
    for plain in [r"^\+[0-9]{1,15}$", "^[a-zA-Z0-9]{32}$", r"^https://a\.b|c d+?$", "^[^<>é中]*$"] {
        assert_eq!(compile(plain).unwrap(), Compiled::Linear { regex: plain.to_owned(), unicode: true });
    }
    let translated = Compiled::Linear { regex: r"^(?:[0-9A-Za-z_]\u{85}[\-.\t])$".to_owned(), unicode: true };
    assert_eq!(compile("^(?<n>\\w\u{85}[\\-.\t])$").unwrap(), translated);
}
