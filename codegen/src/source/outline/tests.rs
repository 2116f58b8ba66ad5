//! Finding places in a text again.

use crate::diagnostic::Spot;
use crate::source::{Format, Lines, Node, Outline, Source, Span, pointer, read};

/// The text at the pointer.
fn at<'s>(source: &'s Source, spot: &Spot) -> &'s str {
    let span = source.locate(spot).unwrap();
    source.text.get(span.start..span.end).unwrap()
}

fn value(pointer: &str) -> Spot {
    Spot::Pointer(pointer.to_owned())
}

fn key(pointer: &str) -> Spot {
    Spot::Key(pointer.to_owned())
}

/// Calls `visit` with every pointer of a value.
fn each_pointer(pointer: &str, node: &Node, visit: &mut impl FnMut(&str, &Node)) {
    visit(pointer, node);
    match node {
        Node::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                each_pointer(&pointer::child(pointer, &index.to_string()), item, visit);
            }
        }
        Node::Object(members) => {
            for (key, member) in members {
                each_pointer(&pointer::child(pointer, key), member, visit);
            }
        }
        _ => {}
    }
}

const JSON: &str = "\n{ \"a/b\" : [1, {\"m~n\": \"ä\\u00e9\", \"\": {}}, [], -2.5e3 ],\r\n  \"0\": null, \"é\":{\"\\u0041\" :true} }\n";

#[test]
fn every_pointer_of_a_json_text_leads_to_its_value() {
    let source = read("x.json", JSON.as_bytes()).unwrap();
    let mut visited = 0;
    each_pointer("", &source.root, &mut |pointer, node| {
        let text = at(&source, &value(pointer));
        assert_eq!(&read("part.json", text.as_bytes()).unwrap().root, node, "{pointer}: {text}");
        visited += 1;
    });
    assert_eq!(visited, 11);
    assert_eq!(at(&source, &key("/a~1b/1/m~0n")), "\"m~n\"");
    assert_eq!(at(&source, &key("/é/A")), "\"\\u0041\"");
    assert_eq!(source.locate(&value("/é/A")), Some(Span { start: 88, end: 92, line: 3, column: 29 }));
}

const YAML: &str = "\
# Ünïcode before everything
openapi: 3.1.0
info: {title: Ä, 'x y': [1, two, {a: ~}], \"q\\u0041\": '' }
paths:
  /a/{b}:
    get: &op
      - 200
      - - nested
        - 'it''s'
      - key: 0x10
        other:
    put: !!str 12
text: |
  block
  scalar

last: true
";

#[test]
fn every_pointer_of_a_yaml_text_leads_to_its_value() {
    let source = read("x.yaml", YAML.as_bytes()).unwrap();
    let mut visited = 0;
    each_pointer("", &source.root, &mut |pointer, node| {
        visited += 1;
        let span = source.locate(&value(pointer)).unwrap();
        let text = source.text.get(span.start..span.end).unwrap();
        if *node == Node::Null && text.is_empty() {
            return assert_eq!(pointer, "/paths/~1a~1{b}/get/2/other");
        }
        // The first line of a block is indented like the others again; the line breaks after it belong to it.
        let indented = format!("{}{text}\n", " ".repeat(span.column - 1));
        let part = read("part.yaml", indented.as_bytes()).map(|part| part.root);
        if pointer != "/text" {
            assert_eq!(part.as_ref(), Ok(node), "{pointer}: {text}");
        }
    });
    assert_eq!(visited, 23);
    assert_eq!(at(&source, &value("/text")), "block\n  scalar");
    assert_eq!(at(&source, &value("/info/x y/2")), "{a: ~}");
    assert_eq!(at(&source, &value("/paths/~1a~1{b}/put")), "!!str 12");
    assert_eq!(at(&source, &key("/paths/~1a~1{b}")), "/a/{b}");
    assert_eq!(at(&source, &key("/info/qA")), "\"q\\u0041\"");
    assert_eq!(source.locate(&value("/info/x y/1")).map(|span| (span.line, span.column)), Some((3, 29)));
}

#[test]
fn a_sequence_begins_with_its_dash() {
    let text = "a:\n- b:\n  - -1\n  - 2\n  c:\n    - - 3\n- [4]\nd: !!seq\n- 5\n";
    let source = read("x.yaml", text.as_bytes()).unwrap();
    assert_eq!(at(&source, &value("/a/0/b")), "- -1\n  - 2");
    assert_eq!(at(&source, &value("/a/0/c")), "- - 3");
    assert_eq!(at(&source, &value("/a/0/c/0")), "- 3");
    assert_eq!(at(&source, &value("/a/1")), "[4]");
    assert_eq!(at(&source, &value("/a")), text.get(3..text.len() - "\nd: !!seq\n- 5\n".len()).unwrap());
    assert_eq!(at(&source, &value("/d")), "!!seq\n- 5");
}

#[test]
fn a_pointer_into_an_alias_leads_to_the_anchor() {
    let source = read("x.yaml", b"a: &x {b: [1, 2]}\nc: *x\n").unwrap();
    assert_eq!(at(&source, &value("/c")), "*x");
    assert_eq!(source.locate(&value("/c/b/1")), source.locate(&value("/a/b/1")));
}

#[test]
fn a_pointer_that_leads_nowhere_is_as_good_as_its_longest_part() {
    let json = read("x.json", br#"{"a": [{"b": 1}]}"#).unwrap();
    let yaml = read("x.yaml", b"a:\n - b: 1\n").unwrap();
    for source in [&json, &yaml] {
        assert_eq!(source.locate(&value("/a/0/b/c/d")), source.locate(&value("/a/0/b")));
        assert_eq!(source.locate(&value("/a/7")), source.locate(&value("/a")));
        assert_eq!(source.locate(&key("/a/x")), source.locate(&key("/a")));
        assert_eq!(source.locate(&value("/nope")), source.locate(&value("")));
        assert_eq!(source.locate(&Spot::File), None);
    }
}

#[test]
fn offsets_beyond_the_text_and_within_characters_are_moved_inside() {
    let source = read("x.yaml", "a: ä".as_bytes()).unwrap();
    assert_eq!(source.locate(&Spot::Offset(4)), Some(Span { start: 3, end: 5, line: 1, column: 4 }));
    assert_eq!(source.locate(&Spot::Offset(99)), Some(Span { start: 5, end: 5, line: 1, column: 5 }));
}

#[test]
fn a_broken_text_has_the_places_before_the_error() {
    let text = "a:\n  b: 1\nc: [1, 2\nd: 3\n";
    let mut outline = Outline::new(text, Format::Yaml);
    assert_eq!(outline.range(text, &value("/a/b")), Some(8..9));
    assert_eq!(Outline::new("{\"a\": [}", Format::Json).range("{\"a\": [}", &value("/a")), Some(0..8));
    assert_eq!(Lines::of(text).span(text, &(8..9)), Span { start: 8, end: 9, line: 2, column: 6 });
}
