//! Whatever a document calls its properties and types: each has its own name in Rust, and its own on the wire.

use codegen_tests::generated::naming_members::NamingMembers;
use codegen_tests::generated::naming_types::{self, NamingTypes};
use serde_json::json;

use crate::{encode, violations};

#[test]
fn properties_with_inconvenient_names_have_fields_and_setters() {
    let value = NamingMembers::new("type")
        .new_("new")
        .validate_("validate")
        .default_("default")
        .clone_("clone")
        .from_("from")
        .take_("take")
        .give_("give")
        .key("key")
        ._2fa("2fa")
        .empty("empty")
        .a_b("a/b")
        .tilde("~")
        .ref_("$ref")
        .with_quotes("with \"quotes\"")
        .größe("größe")
        .m("m")
        .sub(1);
    let sent = encode(&value);
    assert_eq!(sent.as_object().unwrap().len(), 18);
    for (wire, value) in sent.as_object().unwrap().iter().filter(|(wire, _)| *wire != "sub") {
        assert_eq!(value, if wire.is_empty() { "empty" } else { wire });
    }
    assert_eq!(violations(&value), [""; 0]);
    assert!(value.extra.is_empty());
}

#[test]
fn properties_that_would_have_the_same_name_are_told_apart() {
    let sent = json!({
        "type": "a", "fooBar": "b", "foo_bar": "c", "self": "d", "Self": "e", "extra": "f", "extra_": "g"
    });
    let value: NamingMembers = crate::decode(sent.clone());
    assert!(value.extra.is_empty(), "{value:?}");
    assert_eq!(encode(&value), sent);
}

#[test]
fn types_with_inconvenient_names_do_not_hide_those_of_rust() {
    let value = NamingTypes::new()
        .result(naming_types::ResultType::new().value("a"))
        .option("None")
        .self_(naming_types::SelfType::new().self_(naming_types::SelfType::new()))
        .string(naming_types::StringType::new("b"))
        .second_factor(naming_types::Type2fa::new().code("c"))
        .vec(naming_types::VecType::new().items(["d"]))
        .ok(["e"])
        .into_("f".into())
        .i64(1_u8);
    assert_eq!(
        encode(&value),
        json!({
            "result": {"value": "a"}, "option": "None", "self": {"self": {}}, "string": {"string": "b"},
            "second_factor": {"code": "c"}, "vec": {"items": ["d"]}, "ok": ["e"], "into": "f", "i64": 1
        })
    );
    assert_eq!(violations(&value), [""; 0]);
}
