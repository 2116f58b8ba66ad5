//! What the server merges key by key: set, delete, wipe; and what changes nothing is not sent.

use codegen_runtime::Merge;
use codegen_tests::generated::merge::MergeMembers;
use serde_json::json;

use crate::{decode, encode, violations};

#[test]
fn an_empty_change_is_not_sent() {
    assert_eq!(encode(&MergeMembers::new()), json!({}));
    assert_eq!(encode(&MergeMembers::new().metadata(Merge::new())), json!({}));
}

#[test]
fn keys_are_set_and_deleted() {
    let value = MergeMembers::new()
        .metadata(Merge::new().set("theme", "dark").delete("old"))
        .numbers(Merge::new().set("a", 1_i64).delete("b"));
    let expected = json!({"metadata": {"theme": "dark", "old": null}, "numbers": {"a": 1, "b": null}});
    assert_eq!(encode(&value), expected);
    assert_eq!(violations(&value), [""; 0]);
    assert_eq!(encode(&decode::<MergeMembers>(expected.clone())), expected);
}

#[test]
fn wiping_is_sent_as_an_empty_object() {
    let value = MergeMembers::new().metadata(Merge::wipe());
    assert_eq!(encode(&value), json!({"metadata": {}}));
    assert_eq!(decode::<MergeMembers>(json!({"metadata": {}})), value);
}

#[test]
fn a_change_is_checked() {
    let value = MergeMembers::new()
        .metadata(Merge::new().set("a", 1).set("b", 2).delete("c"))
        .numbers(Merge::new().set("x", -1_i64).delete("y"));
    assert_eq!(
        violations(&value),
        ["/metadata maxProperties: must have at most 2 members", "/numbers/x minimum: must be at least 0"]
    );
}
