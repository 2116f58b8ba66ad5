//! A misfit leaves its field absent, is kept and told, and is written back unless the field has been set since.

use codegen_runtime::{Maybe, Valid};
use codegen_tests::generated::misfits::Misfits;
use serde_json::{Value, json};

use crate::{decode, encode, violations};

#[test]
fn what_does_not_fit_is_kept_told_and_written_back() {
    let rows: [(&str, Value, &str, &str); 12] = [
        ("text", json!(5), "a string", "a number"),
        ("text", json!(null), "a string", "null"),
        ("flag", json!("true"), "a boolean", "a string"),
        ("count", json!("1"), "an integer", "a string"),
        ("count", json!(1.5), "an integer", "a number with a fraction or beyond 64 bits"),
        ("count", json!(u64::MAX), "an integer", "a number beyond 63 bits"),
        ("ratio", json!("0.5"), "a number", "a string"),
        ("list", json!({"0": "a"}), "an array", "an object"),
        ("object", json!([]), "an object", "an array"),
        ("map", json!(true), "an object", "a boolean"),
        ("nullable", json!(1), "a string", "a number"),
        ("choice", json!(1), "a string", "a number"),
    ];
    for (member, misfit, wanted, kind) in rows {
        let whole = json!({"id": "1", member: misfit});
        let value: Misfits = decode(whole.clone());
        assert_eq!(value.extra.misfit(member), Some(&misfit), "{whole}");
        assert_eq!(encode(&value), whole);
        assert_eq!(violations(&value), [format!("/{member} type: must be {wanted}, not {kind}")]);
        assert!(Valid::new(value).is_err());
    }
}

#[test]
fn a_misfit_leaves_its_field_absent() {
    let value: Misfits = decode(json!({"id": "1", "text": 5, "nullable": 5, "flag": null}));
    assert_eq!((value.text, value.nullable, value.flag), (None, Maybe::Absent, None));
}

#[test]
fn a_field_that_has_been_set_since_takes_the_place_of_its_misfit() {
    let value: Misfits = decode(json!({"id": "1", "text": 5, "nullable": 5, "flag": "no"}));
    let value = value.text("five").nullable(Maybe::Null);
    assert_eq!(encode(&value), json!({"id": "1", "text": "five", "nullable": null, "flag": "no"}));
    assert_eq!(violations(&value), ["/flag type: must be a boolean, not a string"]);
}

#[test]
fn a_misfit_deep_inside_is_told_at_its_place() {
    let whole = json!({"id": "1", "object": {"a": 1, "flag": "no"}});
    let value: Misfits = decode(whole.clone());
    assert_eq!(violations(&value), ["/object/flag type: must be a boolean, not a string"]);
    assert_eq!(encode(&value), whole);
}

#[test]
fn elements_and_required_members_that_do_not_fit_are_errors() {
    for (json, pointer) in [
        (r#"{"id": 1}"#, "/id"),
        (r#"{"id": "1", "list": ["a", 1]}"#, "/list/1"),
        (r#"{"id": "1", "map": {"a/b": "x"}}"#, "/map/a~1b"),
        (r#"{"id": "1", "object": {"a": "x"}}"#, "/object/a"),
    ] {
        assert_eq!(codegen_runtime::from_str::<Misfits>(json).unwrap_err().pointer, pointer, "{json}");
    }
}
