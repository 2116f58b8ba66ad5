//! A schema as JSON text: a line a keyword, and in long keywords a line an entry, so that a change shows as the line it is.

use std::fmt::Write;

use crate::emit::docs::is_hidden;
use crate::source::Node;

/// The keywords whose entries have a line each.
const LONG: &[&str] =
    &["allOf", "anyOf", "dependentSchemas", "enum", "oneOf", "patternProperties", "prefixItems", "properties"];

/// The text of a schema.
pub(super) fn lay_out(schema: &Node) -> String {
    let Some(keywords) = schema.as_object() else { return compact(schema) };
    let entries = keywords.iter().map(|(keyword, value)| {
        let value = match LONG.contains(&keyword.as_str()) {
            true => long(value),
            false => compact(value),
        };
        format!("{}: {value}", quoted(keyword))
    });
    block('{', entries, '}', "")
}

fn long(value: &Node) -> String {
    match value {
        Node::Object(members) => {
            let entries = members.iter().map(|(name, value)| format!("{}: {}", quoted(name), compact(value)));
            block('{', entries, '}', "  ")
        }
        Node::Array(items) => block('[', items.iter().map(compact), ']', "  "),
        other => compact(other),
    }
}

fn block(open: char, entries: impl Iterator<Item = String>, close: char, indent: &str) -> String {
    let entries: Vec<String> = entries.map(|entry| format!("{indent}  {entry}")).collect();
    format!("{open}\n{}\n{indent}{close}", entries.join(",\n"))
}

fn quoted(key: &str) -> String {
    compact(&Node::String(key.to_owned()))
}

/// JSON on one line. What does not print stands escaped; it is only ever part of a string.
fn compact(value: &Node) -> String {
    let mut text = String::new();
    for character in value.to_json().chars() {
        if is_hidden(character) {
            let _ = write!(text, "\\u{:04x}", u32::from(character));
        } else {
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::lay_out;
    use crate::source::read;

    fn laid_out(json: &str) -> String {
        lay_out(&read("test.json", json.as_bytes()).unwrap().root)
    }

    #[test]
    fn a_keyword_and_a_property_have_a_line_each() {
        let expected = "{
  \"properties\": {
    \"a\": {\"type\":\"string\"},
    \"b\": true
  },
  \"required\": [\"a\",\"b\"],
  \"type\": \"object\"
}";
        assert_eq!(
            laid_out(r#"{"type":"object","required":["a","b"],"properties":{"b":true,"a":{"type":"string"}}}"#),
            expected
        );
    }

    #[test]
    fn what_does_not_print_is_escaped() {
        assert_eq!(laid_out("{\"const\":\"a\u{202e}b\u{85}\"}"), "{\n  \"const\": \"a\\u202eb\\u0085\"\n}");
    }
}
