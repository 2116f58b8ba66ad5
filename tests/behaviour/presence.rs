//! `null`, absent and a value are three things, going in and coming out; and what nobody has set is not sent.

use codegen_runtime::Maybe;
use codegen_tests::generated::directions::NewOrder;
use codegen_tests::generated::documentation::Documentation;
use codegen_tests::generated::presence::{Address, Presence, PresenceRequired};
use serde_json::json;

use crate::{decode, encode, violations};

/// What is required, and nothing else.
fn bare() -> Presence {
    Presence::new(PresenceRequired {
        required: "a".to_owned(),
        required_list: vec![Some(1), None],
        required_nullable: None,
        required_nullable_object: None,
    })
}

#[test]
fn what_is_required_and_nullable_is_sent_as_null() {
    let expected = json!({
        "required": "a", "required_list": [1, null], "required_nullable": null, "required_nullable_object": null
    });
    assert_eq!(encode(&bare()), expected);
    assert_eq!(decode::<Presence>(expected), bare());
}

#[test]
fn null_absent_and_a_value_are_told_apart() {
    for (json, expected) in [
        (json!({}), Maybe::Absent),
        (json!({"optional_nullable": null}), Maybe::Null),
        (json!({"optional_nullable": ""}), Maybe::Value(String::new())),
    ] {
        let mut whole = encode(&bare());
        whole.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
        let value: Presence = decode(whole.clone());
        assert_eq!(value.optional_nullable, expected);
        assert_eq!(encode(&value), whole);
    }
}

#[test]
fn clearing_is_sent_as_null() {
    let value = bare().optional_nullable(Maybe::Null).optional_nullable_object(Maybe::Null).optional("x");
    let value = encode(&value);
    assert_eq!(value["optional_nullable"], json!(null));
    assert_eq!(value["optional_nullable_object"], json!(null));
    assert_eq!(value["optional"], json!("x"));
    assert_eq!(value.as_object().unwrap().len(), 7);
}

#[test]
fn null_is_a_value_of_an_open_member() {
    let mut whole = encode(&bare());
    whole["anything"] = json!(null);
    let value: Presence = decode(whole.clone());
    assert_eq!(value.anything, Some(json!(null)));
    assert_eq!(encode(&value), whole);
}

#[test]
fn null_is_a_misfit_where_it_is_not_allowed() {
    let mut whole = encode(&bare());
    whole["optional"] = json!(null);
    let value: Presence = decode(whole.clone());
    assert_eq!(value.optional, None);
    assert_eq!(violations(&value), ["/optional type: must be a string, not null"]);
    assert_eq!(encode(&value), whole);
}

#[test]
fn a_missing_required_member_is_an_error() {
    let error = serde_json::from_value::<Presence>(json!({"required": "a"})).unwrap_err();
    assert_eq!(error.to_string(), "the required member \"required_list\" is missing");
    let error = codegen_runtime::from_str::<Presence>(r#"{"required": "a", "required_list": [1, "x"]}"#).unwrap_err();
    assert_eq!(error.pointer, "/required_list/1");
}

#[test]
fn defaults_are_never_sent() {
    assert_eq!(encode(&Documentation::new()), json!({}));
    assert_eq!(encode(&Documentation::default()), json!({}));
    assert_eq!(encode(&decode::<Documentation>(json!({}))), json!({}));
    assert_eq!(encode(&NewOrder::new("pen")), json!({"item": "pen"}));
}

#[test]
fn members_that_no_schema_names_come_out_again() {
    let whole = json!({"city": "Ulm", "zip": 89073, "more": {"a": [null, 1.5]}});
    let address: Address = decode(whole.clone());
    assert_eq!(address.extra.get("zip"), Some(&json!(89073)));
    assert_eq!(violations(&address), [""; 0]);
    assert_eq!(encode(&address), whole);
}
