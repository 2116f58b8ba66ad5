//! The same input gives the same bytes, in whatever order the members of the document's objects stand.

use codegen::Outcome;
use codegen::source::{self, Node};

use crate::fixtures_and_users;

/// Numbers that look like chance and are always the same (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    /// Fisher-Yates.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}

/// A value as JSON text, the members of its objects in any order.
fn shuffled(node: &Node, chance: &mut Chance) -> String {
    match node {
        Node::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            chance.shuffle(&mut members);
            let members = members.into_iter().map(|(key, value)| {
                let key = Node::String(key.clone()).to_json();
                format!("{key}: {}", shuffled(value, chance))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Node::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| shuffled(item, chance)).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_json(),
    }
}

/// What two runs have to agree on.
fn assert_same(one: &Outcome, other: &Outcome, what: &str) {
    let (a, b) = (one.generated.as_ref().unwrap(), other.generated.as_ref().unwrap());
    assert_eq!(a.files.keys().collect::<Vec<_>>(), b.files.keys().collect::<Vec<_>>(), "{what}");
    for (path, text) in &a.files {
        assert!(*text == b.files[path], "{what}: {path} differs:\n{text}\n---\n{}", b.files[path]);
    }
    assert_eq!(a.items, b.items, "{what}");
    // They are told in the order of the text, which is what the shuffling changes.
    let sorted = |outcome: &Outcome| {
        let mut diagnostics = outcome.diagnostics.clone();
        diagnostics.sort();
        diagnostics
    };
    assert_eq!(sorted(one), sorted(other), "{what}");
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    for fixture in fixtures_and_users() {
        assert_same(&fixture.generate(), &fixture.generate(), &fixture.name);
    }
}

#[test]
fn the_order_of_the_members_of_the_document_changes_nothing() {
    for fixture in fixtures_and_users() {
        let before = fixture.generate();
        for seed in [1, 20_260, 0x9E37_79B9_7F4A_7C15] {
            let mut chance = Chance(seed);
            let text = shuffled(&fixture.source.root, &mut chance);
            let source = source::read(&fixture.source.name, text.as_bytes()).unwrap();
            assert_same(&before, &fixture.generate_from(&source), &format!("{}, seed {seed}", fixture.name));
        }
    }
}

#[test]
fn the_shuffler_shuffles() {
    let source = source::read("a.json", br#"{"a":1,"b":{"c":2,"d":[3,{"e":4,"f":5}]},"g":null,"h":"i"}"#).unwrap();
    let text = shuffled(&source.root, &mut Chance(7));
    assert_ne!(text.replace(' ', ""), source.text);
    assert_eq!(source::read("a.json", text.as_bytes()).unwrap().root, source.root);
}
