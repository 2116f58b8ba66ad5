//! A closed object reports what it does not name; it does not refuse to decode.

use codegen_tests::generated::closed::Closed;
use serde_json::json;

use crate::{decode, encode, violations};

#[test]
fn members_that_are_not_allowed_are_kept_and_told() {
    let whole = json!({"a": "x", "b/c": 1, "inner": {"d": null}, "list": [{}, {"e": []}]});
    let value: Closed = decode(whole.clone());
    let told = |pointer: &str| format!("{pointer} additionalProperties: is not a member that the schema allows");
    assert_eq!(violations(&value), ["/inner/d", "/list/1/e", "/b~1c"].map(told));
    assert_eq!(encode(&value), whole);
}

#[test]
fn what_is_taken_out_is_no_longer_told() {
    let mut value: Closed = decode(json!({"b": 1}));
    assert_eq!(value.extra.remove("b"), Some(json!(1)));
    assert_eq!(violations(&value), [""; 0]);
    assert_eq!(value, Closed::new());
}
