//! Where something stands in the text of `codegen.toml`, by its JSON Pointer in what the TOML stands for.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Spot;
use crate::source::pointer;

/// The spot of the value at a pointer, or of its key; of what is around it, where it is not there. In a list of strings, one of
/// them may stand for its index.
pub(super) fn spot(text: &str, pointer: &str, is_key: bool) -> Spot {
    let Ok(root) = DeTable::parse(text) else { return Spot::File };
    let mut found = None;
    let mut value: Option<&DeValue<'_>> = None;
    for token in pointer::tokens(pointer) {
        let next = match value {
            None => member(root.get_ref(), &token),
            Some(DeValue::Table(table)) => member(table, &token),
            Some(DeValue::Array(items)) => item(items, &token),
            Some(_) => None,
        };
        let Some(next) = next else { break };
        found = Some(if is_key { next.key } else { next.value.span() });
        value = Some(next.value.get_ref());
    }
    found.map_or(Spot::File, |span: Range<usize>| Spot::Offset(span.start))
}

/// Something in a table or a list; of a list, the value is its own key.
struct Entry<'t, 'i> {
    key: Range<usize>,
    value: &'t Spanned<DeValue<'i>>,
}

fn member<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<Entry<'t, 'i>> {
    let (key, value) = table.iter().find(|(other, _)| **other.get_ref() == *key)?;
    Some(Entry { key: key.span(), value })
}

fn item<'t, 'i>(items: &'t [Spanned<DeValue<'i>>], token: &str) -> Option<Entry<'t, 'i>> {
    let by_text = items.iter().find(|item| item.get_ref().as_str() == Some(token));
    let value = by_text.or_else(|| items.get(token.parse::<usize>().ok()?))?;
    Some(Entry { key: value.span(), value })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
a.b = 'one'
list = ['x', \"y\"]

[[rule]]
at = '/a'

[[rule]]
at = '/a'
schema.not.required = ['b']
";

    /// The text from the spot on, to the end of its line.
    fn at(pointer: &str, is_key: bool) -> &'static str {
        match spot(TEXT, pointer, is_key) {
            Spot::Offset(offset) => TEXT.get(offset..).unwrap().lines().next().unwrap(),
            _ => "the file",
        }
    }

    #[test]
    fn keys_values_and_items_have_their_places() {
        assert_eq!(at("/a/b", true), "b = 'one'");
        assert_eq!(at("/a/b", false), "'one'");
        assert_eq!(at("/list/y", true), "\"y\"]");
        assert_eq!(at("/list/0", false), "'x', \"y\"]");
        assert_eq!(
            TEXT.match_indices("'/a'").nth(1).map(|(at, _)| Spot::Offset(at)),
            Some(spot(TEXT, "/rule/1/at", false))
        );
        assert_eq!(at("/rule/1/schema/not/required", true), "required = ['b']");
    }

    #[test]
    fn what_is_not_there_is_where_it_would_be() {
        assert_eq!(at("/list/z", true), "list = ['x', \"y\"]");
        assert_eq!(at("/c", true), "the file");
    }
}
