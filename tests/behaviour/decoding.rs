//! What decodes, by whichever way it comes, and what numbers become.

use codegen_runtime::Valid;
use codegen_tests::generated::big_integers::BigIntegers;
use codegen_tests::generated::misfits::Misfits;
use codegen_tests::generated::presence::Address;
use codegen_tests::generated::root_text::RootText;
use codegen_tests::generated::string_limits::StringLimits;
use serde_json::json;

use crate::{decode, encode, violations};

#[test]
fn of_a_member_that_stands_twice_the_last_one_counts() {
    let value: Misfits = serde_json::from_str(r#"{"id": "1", "text": "a", "id": "2", "text": "b"}"#).unwrap();
    assert_eq!(encode(&value), json!({"id": "2", "text": "b"}));
    let value: Misfits = serde_json::from_str(r#"{"id": "1", "text": 1, "text": "b"}"#).unwrap();
    assert_eq!(encode(&value), json!({"id": "1", "text": "b"}));
    assert_eq!(violations(&value), [""; 0]);
    let value: Misfits = serde_json::from_str(r#"{"id": "1", "text": "a", "text": 1, "x": 1, "x": 2}"#).unwrap();
    assert_eq!(encode(&value), json!({"id": "1", "text": 1, "x": 2}));
    assert_eq!(value.text, None);
}

#[test]
fn a_key_may_be_written_with_escapes() {
    let value: Address = serde_json::from_str("{\"\\u0063ity\": \"Ulm\"}").unwrap();
    assert_eq!(value.city.as_deref(), Some("Ulm"));
    let value: Address = serde_json::from_reader("{\"ci\\u0074y\": \"Ul\\u006d\"}".as_bytes()).unwrap();
    assert_eq!(value.city.as_deref(), Some("Ulm"));
}

#[test]
fn valid_accepts_and_refuses() {
    let valid: Valid<StringLimits> = serde_json::from_str(r#"{"short": "abc"}"#).unwrap();
    assert_eq!(valid.short.as_deref(), Some("abc"));
    assert_eq!(Valid::new(valid.clone().into_inner()).unwrap(), valid);
    let refused = serde_json::from_str::<Valid<StringLimits>>(r#"{"short": "abcd"}"#).unwrap_err();
    assert!(refused.to_string().starts_with("/short: must have at most 3 characters"), "{refused}");
    let refused = Valid::new(StringLimits::new().short("abcd").long("a")).unwrap_err();
    assert_eq!(refused.len(), 2);
    assert!(serde_json::from_str::<Valid<RootText>>("null").is_ok());
    assert!(serde_json::from_str::<Valid<RootText>>("1").is_err());
}

#[test]
fn integers_of_64_bits_come_out_as_they_went_in() {
    for text in [
        r#"{"signed":9223372036854775807}"#,
        r#"{"signed":-9223372036854775808}"#,
        r#"{"unsigned":18446744073709551615}"#,
        r#"{"least":-9223372036854775808}"#,
        r#"{"most":9223372036854775807}"#,
        r#"{"number":0.1}"#,
        r#"{"number":-5}"#,
    ] {
        let value: BigIntegers = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
        assert_eq!(violations(&value), [""; 0], "{text}");
    }
}

#[test]
fn an_integer_may_be_written_with_a_fraction_of_zero() {
    let value: BigIntegers = serde_json::from_str(r#"{"signed": 7.0, "unsigned": 1e3, "number": 2.0}"#).unwrap();
    assert_eq!((value.signed, value.unsigned, value.number), (Some(7), Some(1000), Some(2.0)));
    assert_eq!(serde_json::to_string(&value).unwrap(), r#"{"number":2,"signed":7,"unsigned":1000}"#);
}

#[test]
fn an_integer_beyond_its_type_is_a_misfit() {
    for whole in [json!({"signed": 9_223_372_036_854_775_808_u64}), json!({"signed": 1e20}), json!({"unsigned": -1})] {
        let value: BigIntegers = decode(whole.clone());
        assert_eq!((value.signed, value.unsigned), (None, None), "{whole}");
        assert_eq!(encode(&value), whole);
        assert_eq!(violations(&value).len(), 1, "{whole}");
    }
}
