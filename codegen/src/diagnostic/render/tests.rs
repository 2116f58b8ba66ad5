//! What diagnostics look like.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use super::*;
use crate::source::read;

/// What a user sees of a file that cannot be read.
fn errors_of(name: &str, bytes: &[u8]) -> String {
    let errors = read(name, bytes).expect_err("a readable text");
    let mut sources = Sources::new();
    sources.add_bytes(name, bytes);
    errors.iter().fold(String::new(), |mut all, error| {
        writeln!(all, "{}", render(error, &sources, false)).unwrap();
        all
    })
}

#[test]
fn yaml_syntax() {
    assert_snapshot!(errors_of("specs/x.yaml", b"openapi: 3.1.0\ninfo:\n  title: [a, b\npaths: {}\n"), @r#"
    error[yaml-syntax]: not YAML: illegal placement of ':' indicator
     --> specs/x.yaml:4:6
      |
    4 | paths: {}
      |      ^
    "#);
}

#[test]
fn json_syntax() {
    assert_snapshot!(errors_of("x.json", b"{\n  \"a\": [1, 2],\n  \"b\": tru\n}\n"), @r#"
    error[json-syntax]: not JSON: expected `true`, `false` or `null`
     --> x.json:3:11
      |
    3 |   "b": tru
      |           ^
    "#);
    assert_snapshot!(errors_of("x.json", b"{\"a\": 1"), @r#"
    error[json-syntax]: not JSON: the text ends within an object
     --> x.json:1:8
      |
    1 | {"a": 1
      |        ^
    "#);
    assert_snapshot!(errors_of("x.json", b"{\"a\": 1}\n{\"b\": 2}\n"), @r#"
    error[json-syntax]: not JSON: there is more after the value
     --> x.json:2:1
      |
    2 | {"b": 2}
      | ^
    "#);
}

#[test]
fn duplicate_keys_in_json() {
    let text = b"{\n  \"a\": {\"x\": 1, \"y\": 2, \"x\": 3},\n  \"b\": [],\n  \"a\": {\"z\": 1, \"\\u007a\": 2}\n}\n";
    assert_snapshot!(errors_of("x.json", text), @r#"
    error[duplicate-key]: the key `x` stands twice in one object
     --> x.json:2:25
      |
    2 |   "a": {"x": 1, "y": 2, "x": 3},
      |                         ^^^ again here
      |
     ::: x.json:2:9
      |
    2 |   "a": {"x": 1, "y": 2, "x": 3},
      |         --- first here
    error[duplicate-key]: the key `a` stands twice in one object
     --> x.json:4:3
      |
    4 |   "a": {"z": 1, "\u007a": 2}
      |   ^^^ again here
      |
     ::: x.json:2:3
      |
    2 |   "a": {"x": 1, "y": 2, "x": 3},
      |   --- first here
    error[duplicate-key]: the key `z` stands twice in one object
     --> x.json:4:17
      |
    4 |   "a": {"z": 1, "\u007a": 2}
      |                 ^^^^^^^^ again here
      |
     ::: x.json:4:9
      |
    4 |   "a": {"z": 1, "\u007a": 2}
      |         --- first here
    "#);
}

#[test]
fn duplicate_keys_in_yaml() {
    assert_snapshot!(errors_of("x.yaml", "ä:\n  - x: 1\n    y: 2\n    'x': 3\nb: 1\nä: 2\n".as_bytes()), @r#"
    error[duplicate-key]: the key `x` stands twice in one object
     --> x.yaml:4:5
      |
    4 |     'x': 3
      |     ^^^ again here
      |
     ::: x.yaml:2:5
      |
    2 |   - x: 1
      |     - first here
    error[duplicate-key]: the key `ä` stands twice in one object
     --> x.yaml:6:1
      |
    6 | ä: 2
      | ^ again here
      |
     ::: x.yaml:1:1
      |
    1 | ä:
      | - first here
    "#);
}

#[test]
fn empty_files() {
    assert_snapshot!(errors_of("x.yaml", b""), @r#"
    error[empty-document]: the document is empty
     --> x.yaml:1:1
      |
    1 |
      | ^
    "#);
    assert_snapshot!(errors_of("x.json", b"\xEF\xBB\xBF\n\n"), @r#"
    error[empty-document]: the document is empty
     --> x.json:1:1
      |
    1 |
      | ^
    "#);
    assert_snapshot!(errors_of("x.yaml", b"# nothing here\n"), @r#"
    error[empty-document]: the document is empty
     --> x.yaml:1:1
      |
    1 | # nothing here
      | ^
    "#);
}

#[test]
fn invalid_utf_8() {
    assert_snapshot!(errors_of("x.yaml", b"title: M\xfcller GmbH\n"), @r#"
    error[not-utf8]: not UTF-8: byte 0xfc
     --> x.yaml:1:9
      |
    1 | title: M�ller GmbH
      |         ^
      |
      = help: save the file as UTF-8
    "#);
    assert_snapshot!(errors_of("x.yaml", b"\xff\xfeo\0p\0"), @r#"
    error[not-utf8]: not UTF-8: byte 0xff
     --> x.yaml:1:1
      |
    1 | ��o␀p␀
      | ^
      |
      = help: save the file as UTF-8
    "#);
}

#[test]
fn a_very_long_line() {
    let text = format!("[{}tru,{}]", "\"abcdefg\",".repeat(100_000), "0,".repeat(100_000));
    assert_snapshot!(errors_of("min.json", text.as_bytes()), @r#"
    error[json-syntax]: not JSON: expected `true`, `false` or `null`
     --> min.json:1:1000005
      |
    1 | …cdefg","abcdefg","abcdefg","abcdefg",tru,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0…
      |                                          ^
    "#);
}

#[test]
fn control_characters() {
    assert_snapshot!(errors_of("x.json", b"{\"a\": \x1b[31m}"), @r#"
    error[json-syntax]: not JSON: expected value
     --> x.json:1:7
      |
    1 | {"a": ␛[31m}
      |       ^
    "#);
}

#[test]
fn a_value_and_a_key_in_two_files() {
    let one = read("one.yaml", b"components:\n  schemas:\n    X:\n      $ref: '#/components/schemas/Y'\n").unwrap();
    let two = read("two.json", br#"{"a": {"b/c": [1, {"d": null}]}}"#).unwrap();
    let mut sources = Sources::new();
    sources.add(&one);
    sources.add(&two);
    let place = Place::value("one.yaml", "/components/schemas/X/$ref").label("leads nowhere");
    let diagnostic = Diagnostic::error("dangling-reference", "no schema `Y`", place)
        .also(Place::key("two.json", "/a/b~1c/1/d").label("there is one here"))
        .also(Place::key("one.yaml", "/components/schemas/X"))
        .help("`--dangling any` takes any value")
        .help("`--map` says where it is");
    assert_snapshot!(render(&diagnostic, &sources, false), @r#"
    error[dangling-reference]: no schema `Y`
     --> one.yaml:4:13
      |
    4 |       $ref: '#/components/schemas/Y'
      |             ^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
      |
     ::: two.json:1:20
      |
    1 | {"a": {"b/c": [1, {"d": null}]}}
      |                    --- there is one here
      |
     ::: one.yaml:3:5
      |
    3 |     X:
      |     -
      |
      = at: /components/schemas/X/$ref
      = at: /a/b~1c/1/d
      = at: /components/schemas/X
      = help: `--dangling any` takes any value
      = help: `--map` says where it is
    "#);
}

#[test]
fn a_warning_about_a_whole_file_and_an_unknown_one() {
    let file = Place { file: "x.yaml".to_owned(), spot: Spot::File, label: "label".to_owned() };
    let warning = Diagnostic::warning("not-here", "something\nelse", file).also(Place::value("y.yaml", ""));
    assert_snapshot!(render(&warning, &Sources::new(), false), @r#"
    warning[not-here]: something␊else
    --> x.yaml
    ::: y.yaml
     |
     = note: label
    "#);
}

#[test]
fn color_is_only_where_it_is_asked_for() {
    let error = Diagnostic::error("code", "a\u{1b}[0mb", Place::value("x\u{1b}[0m", "/\u{1b}"));
    assert!(!render(&error, &Sources::new(), false).contains('\u{1b}'));
    assert!(render(&error, &Sources::new(), true).contains("\u{1b}["));
}

#[test]
fn many_diagnostics_of_a_large_text_read_it_once() {
    let members: Vec<_> =
        (0..40_000).map(|number| format!("\"k{number}\":{{\"a\":[\"{}\"]}}", "x".repeat(80))).collect();
    let json = format!("{{{}}}", members.join(","));
    let yaml = format!("# YAML\n{json}");
    for (name, text) in [("min.json", &json), ("flow.yaml", &yaml)] {
        let source = read(name, text.as_bytes()).unwrap();
        let mut sources = Sources::new();
        sources.add(&source);
        let start = Instant::now();
        for number in (0..40_000).step_by(200) {
            let place = Place::value(name, format!("/k{number}/a/0"));
            let rendered = render(&Diagnostic::error("code", "message", place), &sources, false);
            assert!(rendered.contains(&format!("\"k{number}\":{{\"a\":[\"xx")) && rendered.len() < 600, "{rendered}");
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{name}: {:?}", start.elapsed());
    }
}
