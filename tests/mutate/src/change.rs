//! Ways to break a document.

use crate::random::Random;
use crate::tree::{Tree, Way};

/// Texts where a number or another scalar stands: too large, too small, none in JSON, none in YAML.
const NUMBERS: [&str; 14] = [
    "1e999",
    "-1",
    "-0.0",
    "1e-999",
    "99999999999999999999999999",
    "NaN",
    ".inf",
    "0.1e1",
    "18446744073709551616",
    "-9223372036854775809",
    "0x1F",
    "1_000",
    "\"1e400\"",
    "2147483648",
];
/// Where references lead instead.
const REFERENCES: [&str; 10] = [
    "#/components/schemas/Nowhere",
    "#",
    "#/",
    "#/paths",
    "#/info/title",
    "other.json#/a",
    "https://example.com/schema",
    "",
    "#/components/schemas/%",
    "%zz#/~2",
];
/// Values of every kind.
const VALUES: [&str; 9] = ["null", "true", "0", "\"\"", "\"text\"", "[]", "{}", "[{}]", "{\"$ref\": 1}"];
/// Keys that mean something in many places, and some that can't be names.
const KEYS: [&str; 20] = [
    "$ref",
    "type",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "enum",
    "const",
    "required",
    "additionalProperties",
    "pattern",
    "format",
    "discriminator",
    "default",
    "$id",
    "$schema",
    "in",
    "content",
    "🎉",
    "a b\u{0}\u{202e}",
];
/// What a document is nested in, beyond what is read.
const DEEP: usize = 200;

/// Breaks a document in one way; says how.
pub(crate) fn change(tree: &mut Tree, random: &mut Random) -> String {
    let ways = tree.ways();
    let Some(way) = random.pick(&ways).cloned() else { return "nothing".to_owned() };
    let place = tree.describe(&way);
    let name = match random.below(12) {
        0 => drop_value(tree, &way),
        1 => double(tree, &way),
        2 | 3 => mistype(tree, &way, random),
        4 => swap(tree, &way, &ways, random),
        5 => rename(tree, &way, random),
        6 => return cut_reference(tree, &ways, random),
        7 => return write_number(tree, &ways, random),
        8 => set_key(tree, &way, ""),
        9 => nest(tree, &way, random),
        10 => graft(tree, &way, &ways, random),
        _ => add(tree, &way, random),
    };
    format!("{name} {place}")
}

fn drop_value(tree: &mut Tree, way: &Way) -> &'static str {
    with_parent(tree, way, |parent, index| match parent {
        Tree::List(items) => drop(items.remove(index)),
        Tree::Map(members) => drop(members.remove(index)),
        Tree::Text(_) => {}
    });
    "dropped"
}

fn double(tree: &mut Tree, way: &Way) -> &'static str {
    with_parent(tree, way, |parent, index| match parent {
        Tree::List(items) => items.extend(items.get(index).cloned()),
        Tree::Map(members) => members.extend(members.get(index).cloned()),
        Tree::Text(_) => {}
    });
    "doubled"
}

fn mistype(tree: &mut Tree, way: &Way, random: &mut Random) -> &'static str {
    let value = random.pick(&VALUES).and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    if let (Some(target), Some(value)) = (tree.at_mut(way), value) {
        *target = Tree::from(&value);
    }
    "mistyped"
}

fn swap(tree: &mut Tree, way: &Way, ways: &[Way], random: &mut Random) -> &'static str {
    let Some(other) = random.pick(ways) else { return "left" };
    // One inside the other would be lost.
    if !other.starts_with(way)
        && !way.starts_with(other)
        && let (Some(one), Some(two)) = (tree.at(way).cloned(), tree.at(other).cloned())
    {
        tree.at_mut(way).into_iter().for_each(|target| *target = two.clone());
        tree.at_mut(other).into_iter().for_each(|target| *target = one.clone());
    }
    "swapped"
}

fn rename(tree: &mut Tree, way: &Way, random: &mut Random) -> &'static str {
    let key = random.pick(&KEYS).copied().unwrap_or_default();
    set_key(tree, way, key);
    "renamed"
}

fn set_key(tree: &mut Tree, way: &Way, new: &str) -> &'static str {
    with_parent(tree, way, |parent, index| {
        if let Tree::Map(members) = parent
            && let Some((key, _)) = members.get_mut(index)
        {
            new.clone_into(key);
        }
    });
    "emptied the key of"
}

fn cut_reference(tree: &mut Tree, ways: &[Way], random: &mut Random) -> String {
    let is_reference = |way: &&Way| {
        let text = tree.at(way).and_then(Tree::as_string);
        text.is_some_and(|text| text.starts_with("#/")) && tree.describe(way).ends_with("/$ref")
    };
    let references: Vec<&Way> = ways.iter().filter(is_reference).collect();
    let Some(way) = random.pick(&references) else { return "no reference".to_owned() };
    let place = tree.describe(way);
    let own = format!("#{}", place.trim_end_matches("/$ref"));
    let target = if random.one_in(4) { own.as_str() } else { random.pick(&REFERENCES).copied().unwrap_or_default() };
    tree.at_mut(way).into_iter().for_each(|value| *value = Tree::string(target));
    format!("cut the reference {place}: {target}")
}

fn write_number(tree: &mut Tree, ways: &[Way], random: &mut Random) -> String {
    let is_number = |way: &&Way| match tree.at(way) {
        Some(Tree::Text(text)) => !text.starts_with('"') || random.one_in(40),
        _ => false,
    };
    let scalars: Vec<Way> = ways.iter().filter(is_number).cloned().collect();
    let Some(way) = random.pick(&scalars) else { return "no number".to_owned() };
    let text = random.pick(&NUMBERS).copied().unwrap_or_default();
    tree.at_mut(way).into_iter().for_each(|value| *value = Tree::Text(text.to_owned()));
    format!("wrote {text} at {}", tree.describe(way))
}

fn nest(tree: &mut Tree, way: &Way, random: &mut Random) -> &'static str {
    let Some(target) = tree.at_mut(way) else { return "left" };
    let depth = if random.one_in(2) { DEEP } else { random.between(2, 60) };
    let key = random.pick(&["items", "allOf", "properties", "not", "x"]).copied().unwrap_or_default();
    let mut value = target.clone();
    for _ in 0..depth {
        value = match key {
            "allOf" => Tree::Map(vec![(key.to_owned(), Tree::List(vec![value]))]),
            "properties" => Tree::Map(vec![(key.to_owned(), Tree::Map(vec![("a".to_owned(), value)]))]),
            "x" => Tree::List(vec![value]),
            _ => Tree::Map(vec![(key.to_owned(), value)]),
        };
    }
    *target = value;
    "nested"
}

fn graft(tree: &mut Tree, way: &Way, ways: &[Way], random: &mut Random) -> &'static str {
    let value = random.pick(ways).and_then(|other| tree.at(other)).cloned();
    if let (Some(target), Some(value)) = (tree.at_mut(way), value) {
        *target = value;
    }
    "grafted onto"
}

fn add(tree: &mut Tree, way: &Way, random: &mut Random) -> &'static str {
    let key = random.pick(&KEYS).copied().unwrap_or_default();
    let value = random.pick(&VALUES).and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    let value = value.map_or(Tree::Text("null".to_owned()), |value| Tree::from(&value));
    match tree.at_mut(way) {
        Some(Tree::Map(members)) => members.push((key.to_owned(), value)),
        Some(Tree::List(items)) => items.push(value),
        Some(text) => *text = value,
        None => {}
    }
    "added to"
}

fn with_parent(tree: &mut Tree, way: &Way, act: impl FnOnce(&mut Tree, usize)) {
    if let Some((index, parent)) = way.split_last()
        && let Some(parent) = tree.at_mut(parent)
        && *index < parent.len()
    {
        act(parent, *index);
    }
}

/// Breaks the text itself.
pub(crate) fn break_text(text: &mut String, random: &mut Random) -> &'static str {
    let places: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
    let Some(at) = random.pick(&places).copied() else { return "nothing" };
    match random.below(4) {
        0 => {
            text.truncate(at);
            "cut the text off"
        }
        1 => {
            text.remove(at);
            "dropped a character"
        }
        2 => {
            let character = random.pick(&['"', '{', ']', ',', ':', '\t', '\u{0}', '\u{feff}', '&', '*', '!', '\n']);
            text.insert(at, character.copied().unwrap_or_default());
            "inserted a character"
        }
        _ => {
            let end = places.iter().copied().find(|end| *end > at.saturating_add(20)).unwrap_or(text.len());
            text.replace_range(at..end, "");
            "dropped a piece of text"
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_seed_decides_and_something_changes() {
        let tree = Tree::from(&json!({"a": {"$ref": "#/b"}, "b": [1, {"c": "text"}], "d": {"e": null}}));
        let changed = |seed| {
            let (mut tree, mut random) = (tree.clone(), Random::new(seed));
            let how = change(&mut tree, &mut random);
            (how, tree)
        };
        assert_eq!(changed(7), changed(7));
        let different = (0..200).filter(|seed| changed(*seed).1 != tree).count();
        assert!(different > 170, "{different}");
    }
}
