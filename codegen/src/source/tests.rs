//! Reading whole documents: what is accepted, and what each error says.

use std::io::Write as _;
use std::time::{Duration, Instant};

use super::*;
use crate::diagnostic::Diagnostic;

fn json_of(name: &str, text: &str) -> String {
    read(name, text.as_bytes()).unwrap().root.to_json()
}

fn yaml(text: &str) -> String {
    json_of("x.yaml", text)
}

/// `line:column code: message` of each error.
fn errors(name: &str, text: &str) -> Vec<String> {
    let line = |error: &Diagnostic| {
        let outline = Outline::new(text, Format::guess(name, text)).range(text, &error.places[0].spot);
        let span = Lines::of(text).span(text, &outline.unwrap());
        format!("{}:{} {}: {}", span.line, span.column, error.code, error.message)
    };
    read(name, text.as_bytes()).unwrap_err().iter().map(line).collect()
}

#[test]
fn the_content_decides_between_json_and_yaml() {
    let format = |name: &str, text: &str| read(name, text.as_bytes()).unwrap().format;
    assert_eq!(format("x.yaml", " \n{\"a\": 1}"), Format::Json);
    assert_eq!(format("x.yml", "{a: 1}"), Format::Yaml);
    assert_eq!(format("x", "\u{feff}[1]"), Format::Json);
    assert_eq!(format("x", "a: 1"), Format::Yaml);
    assert_eq!(format("x.JSON", "true"), Format::Json);
    assert_eq!(errors("x", "{a: 1}"), ["1:2 json-syntax: not JSON: key must be a string"]);
    assert_eq!(errors("x.json", "a: 1"), ["1:1 json-syntax: not JSON: expected value"]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let source = read("x.yaml", "\u{feff}a: 1".as_bytes()).unwrap();
    assert_eq!((source.text.as_str(), source.root.to_json().as_str()), ("a: 1", r#"{"a":1}"#));
}

#[test]
fn yaml_scalars_mean_what_the_core_schema_says() {
    assert_eq!(yaml("[yes, 'true', true, 0o17, 3.1.0, 3.10, ~, '']"), r#"["yes","true",true,15,"3.1.0",3.1,null,""]"#);
    assert_eq!(yaml("a: >\n  b\n  c\n\nd: |-\n  e\n"), r#"{"a":"b c\n","d":"e"}"#);
    assert_eq!(yaml("a: 2024-01-01\nb: 1e3\nc:"), r#"{"a":"2024-01-01","b":1000.0,"c":null}"#);
}

#[test]
fn tags_decide() {
    assert_eq!(
        yaml(
            "[!!str 12, ! 12, !!int '12', !!float 1, !!null '', !!bool 'true', !!seq [], !!map {}, !<tag:yaml.org,2002:str> ~]"
        ),
        r#"["12","12",12,1,null,true,[],{},"~"]"#
    );
    assert_eq!(
        errors("x.yaml", "a: !!int abc\nb: !secret x\nc: !!set {}\nd: !!binary aa\n"),
        [
            "1:4 wrong-tag: tagged `!!int`, which this value is not",
            "2:4 unknown-tag: the tag `!secret` means nothing in JSON here",
            "3:4 unknown-tag: the tag `tag:yaml.org,2002:set` means nothing in JSON here",
            "4:4 unknown-tag: the tag `tag:yaml.org,2002:binary` means nothing in JSON here",
        ]
    );
}

#[test]
fn keys_are_strings_as_written() {
    assert_eq!(yaml("200: a\n1.0: b\ntrue: c\n'null': d\n.inf: e\n0x10: f\n<<: g\n"), {
        r#"{".inf":"e","0x10":"f","1.0":"b","200":"a","<<":"g","null":"d","true":"c"}"#
    });
    assert_eq!(yaml("&k 200: 1\nb: *k\nc: {*k : 2}\n"), r#"{"200":1,"b":"200","c":{"200":2}}"#);
    assert_eq!(errors("x.yaml", "&k a: 1\n*k : 2\n"), ["2:1 duplicate-key: the key `a` stands twice in one object"]);
}

#[test]
fn null_and_complex_keys_are_errors() {
    let null = "null-key: a key that is null";
    assert_eq!(errors("x.yaml", "a: 1\nnull: 2\n~: 3\n"), [format!("2:1 {null}"), format!("3:1 {null}")]);
    assert_eq!(errors("x.yaml", "? [a]\n: 1\n"), ["1:3 complex-key: a key that is no string"]);
    assert_eq!(errors("x.yaml", "{a: {{b: 1}: 2}}"), ["1:6 complex-key: a key that is no string"]);
}

#[test]
fn numbers_that_json_does_not_have_are_errors() {
    assert_eq!(
        errors("x.yaml", "ä: [1, .inf, -.INF]\nb: .nan\nc: 1e999\n"),
        [
            "1:8 no-json-number: `.inf` is no number that JSON has",
            "1:14 no-json-number: `-.INF` is no number that JSON has",
            "2:4 no-json-number: `.nan` is no number that JSON has",
            "3:4 number-out-of-range: a number beyond what 64 bits hold",
        ]
    );
    assert_eq!(errors("x.json", "[1, 1e999]"), ["1:9 number-out-of-range: a number beyond what 64 bits hold"]);
}

#[test]
fn one_document_only() {
    assert_eq!(yaml("%YAML 1.2\n---\na: 1\n...\n"), r#"{"a":1}"#);
    assert_eq!(errors("x.yaml", "a: 1\n---\nb: 2\n"), ["2:1 several-documents: a second document begins here"]);
}

#[test]
fn aliases_repeat_their_anchor() {
    assert_eq!(yaml("a: &x {b: [1]}\nc: *x\nd: [*x]\n"), r#"{"a":{"b":[1]},"c":{"b":[1]},"d":[{"b":[1]}]}"#);
    assert_eq!(yaml("a: &x 1\nb: &x 2\nc: *x\n"), r#"{"a":1,"b":2,"c":2}"#);
    assert_eq!(
        errors("x.yaml", "a: &x [1, *x]\n"),
        ["1:11 recursive-alias: an alias within the value that it repeats"]
    );
    assert_eq!(errors("x.yaml", "a: *x\n"), ["1:4 yaml-syntax: not YAML: while parsing node, found unknown anchor"]);
}

#[test]
fn a_billion_laughs_are_few_enough_to_stop() {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..=40 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let start = Instant::now();
    let found = errors("x.yaml", &text);
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("too-many-aliases: anchors and aliases repeat more than 4000000 values"), "{found:?}");
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_long_string_repeated_often_counts_by_its_length() {
    let text = format!("a: &x {}\nb: [{}]\n", "x".repeat(1_000_000), "*x, ".repeat(100));
    assert_eq!(
        errors("x.yaml", &text),
        ["2:253 too-many-aliases: anchors and aliases repeat more than 4000000 values"]
    );
}

#[test]
fn depth_is_limited_alike_in_json_and_yaml_and_through_aliases() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let too_deep = "nested-too-deep: nested deeper than 127 levels";
    for name in ["x.json", "x.yaml"] {
        assert_eq!(json_of(name, &nested(MAX_DEPTH)), nested(MAX_DEPTH));
        assert_eq!(errors(name, &nested(MAX_DEPTH + 1)), [format!("1:128 {too_deep}")]);
    }
    let alias = |depth: usize| format!("- &x {}\n- {}*x{}\n", nested(64), "[".repeat(depth), "]".repeat(depth));
    assert_eq!(yaml(&alias(62)).len(), 2 * (64 + 62 + 64) + "[,]".len());
    assert_eq!(errors("x.yaml", &alias(63)), [format!("2:66 {too_deep}")]);
    let block = "- ".repeat(100_000);
    assert_eq!(errors("x.yaml", &block), [format!("1:255 {too_deep}")]);
}

#[test]
fn a_hundred_megabytes_of_brackets_are_an_error_at_once() {
    let text = "[".repeat(100_000_000);
    for (name, column) in [("x.json", 128), ("x.yaml", 128)] {
        let start = Instant::now();
        let found = read(name, text.as_bytes()).unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(20), "{name}: {:?}", start.elapsed());
        assert_eq!((found.len(), found[0].code), (1, "nested-too-deep"));
        assert_eq!(found[0].places[0].spot, crate::diagnostic::Spot::Offset(column - 1), "{name}");
    }
}

#[test]
fn repeated_keys_beyond_a_hundred_are_counted() {
    let members: Vec<_> = (0..151).map(|value| format!("\"a\": {value}")).collect();
    let found = read("x.json", format!("{{{}}}", members.join(",")).as_bytes()).unwrap_err();
    assert_eq!(found.len(), 100);
    assert_eq!(found[99].help, ["50 more repeated keys are not shown"]);
}

#[test]
fn the_first_of_repeated_keys_on_the_way_does_not_hide_the_second() {
    let expected = [
        "1:18 duplicate-key: the key `a` stands twice in one object",
        "1:30 duplicate-key: the key `b` stands twice in one object",
    ];
    assert_eq!(errors("x.json", r#"{"a": [{"b": 1}],"a": {"b":1,"b":2}}"#), expected);
    assert_eq!(errors("x.yaml", r#"{"a": [{"b": 1}], a: {"b":1,  b: 2}}"#), {
        [
            "1:19 duplicate-key: the key `a` stands twice in one object",
            "1:31 duplicate-key: the key `b` stands twice in one object",
        ]
    });
}

/// No text is to make the reader panic: here every prefix of some, and each with one byte turned.
#[test]
fn mangled_texts_are_read_or_refused() {
    let texts = [
        "openapi: 3.1.0 # c\ninfo: &a {x: [1, 'y', \"z\\n\"], ? k : v}\n? b\n: *a\nt: |+2\n   q\n\nu: >-\n  r\n- s\n%T\n--- !!str x\n...\n",
        "{\"a\": [1, -2.5e3, true, null, \"\\u00e9\\ud83d\\ude00\"], \"b\": {\"c\": {}}}",
    ];
    let mut refused = 0;
    for text in texts {
        for end in 0..=text.len() {
            refused += usize::from(read("x.yaml", &text.as_bytes()[..end]).is_err());
            for byte in b"\0\n\t :-?,[]{}&*!|>'\"%#\xff0a" {
                let mut bytes = text.as_bytes().to_vec();
                if let Some(place) = bytes.get_mut(end) {
                    *place = *byte;
                }
                refused += usize::from(read("x.yaml", &bytes).is_err());
                refused += usize::from(read("x.json", &bytes).is_err());
            }
        }
    }
    assert!(refused > 1000, "{refused}");
}

#[test]
fn real_documents_are_read() {
    let Some(data) = std::env::var_os("CODEGEN_DATA") else {
        writeln!(std::io::stderr(), "skipped: CODEGEN_DATA is not set").unwrap();
        return;
    };
    let mut count = 0;
    for entry in std::fs::read_dir(std::path::Path::new(&data).join("openapi")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let source = read(&path.to_string_lossy(), &bytes).unwrap();
        assert!(source.root.get("openapi").is_some(), "{}", path.display());
        count += 1;
    }
    assert!(count > 0);
}
