//! What a rule changes in a crate: what `codegen.lock` has digests of.

use std::collections::BTreeSet;

use codegen::config::{Level, Rule};
use codegen_tests::fixture::Fixture;
use codegen_tests::folder;

/// The files of the fixture that come out differently once its rules are changed.
fn changed(change: impl Fn(&mut Vec<Rule>)) -> BTreeSet<String> {
    let fixtures = folder().join("fixtures");
    let mut fixture = Fixture::read(&fixtures.join("rules.json"), &fixtures.join("rules.toml")).unwrap();
    let before = fixture.types().unwrap().files;
    change(&mut fixture.config.rule);
    let after = fixture.types().unwrap().files;
    let difference = before.iter().filter(|file| !after.contains(file));
    difference.chain(after.iter().filter(|file| !before.contains(file))).map(|(path, _)| path.clone()).collect()
}

fn set(files: &[&str]) -> BTreeSet<String> {
    files.iter().map(|file| (*file).to_owned()).collect()
}

#[test]
fn a_rule_that_changes_changes_what_the_lock_has_digests_of() {
    let line = |rules: &mut Vec<Rule>| rules.iter().position(|rule| rule.at == "/$defs/Line").unwrap();
    assert_eq!(changed(|_| ()), set(&[]));
    let message = changed(|rules| {
        let line = line(rules);
        rules[line].message.push('!');
    });
    assert_eq!(message, set(&["line.rs"]));
    let level = changed(|rules| {
        let line = line(rules);
        rules[line].level = Level::Warning;
    });
    assert_eq!(level, set(&["line.rs"]));
    let schema = changed(|rules| {
        let line = line(rules);
        rules[line].schema.insert("minProperties".to_owned(), 1.into());
    });
    assert_eq!(schema, set(&["predicates.rs"]));
    // The last rule of the type is gone, and with it the reason to look into lists of it.
    let gone = changed(|rules| {
        let line = line(rules);
        rules.remove(line);
    });
    assert_eq!(gone, set(&["line.rs", "order.rs", "predicates.rs", "size.rs"]));
}

#[test]
fn a_rule_more_moves_no_other_one() {
    let more = changed(|rules| {
        let first = rules.iter().find(|rule| rule.at == "/$defs/Line").unwrap().clone();
        rules.insert(0, Rule { at: "/$defs/Transfer".to_owned(), ..first });
    });
    assert_eq!(more, set(&["order_payment.rs", "predicates.rs", "transfer.rs"]));
}
