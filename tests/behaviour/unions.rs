//! How the branch of a union is chosen, and what becomes of what fits none.

use codegen_tests::generated::constants::{Constants, ConstantsMixed};
use codegen_tests::generated::root_nullable_union::RootNullableUnion;
use codegen_tests::generated::union_discriminator::{Cat, Home, Implicit, Mapped};
use codegen_tests::generated::union_key::{UnionByKey, UnionByKeyByMail};
use codegen_tests::generated::union_kind::{UnionByKind, UnionByKindId, UnionByKindPage};
use codegen_tests::generated::union_tag::{Shape, UnionByTag};
use codegen_tests::generated::union_try::{UnionByTrying, UnionByTryingAnyOf, UnionByTryingOneOf};
use serde_json::{Value, json};

use crate::{decode, encode, violations};

#[test]
fn by_the_kind_of_the_value() {
    let id = |id: Value| decode::<UnionByKind>(json!({ "id": id })).id.unwrap();
    assert_eq!(id(json!("a")), UnionByKindId::String("a".to_owned()));
    assert_eq!(id(json!(7)), UnionByKindId::Integer(7));
    assert_eq!(id(json!(true)), UnionByKindId::Unknown(json!(true)));
    assert_eq!(id(json!(1.5)), UnionByKindId::Unknown(json!(1.5)));
    let page = decode::<UnionByKind>(json!({"page": ["a"]})).page.unwrap();
    assert_eq!(page, UnionByKindPage::StringList(vec!["a".to_owned()]));
}

#[test]
fn by_a_constant_that_every_branch_requires() {
    let shape = |shape: Value| decode::<UnionByTag>(json!({ "shape": shape })).shape;
    assert!(matches!(shape(json!({"kind": "circle", "radius": 1})), Shape::Circle(_)));
    assert!(matches!(shape(json!({"kind": "box", "side": 1})), Shape::Square(_)));
    assert!(matches!(shape(json!({"kind": "triangle", "side": 1})), Shape::Unknown(_)));
    assert!(matches!(shape(json!({"side": 1})), Shape::Unknown(_)));
}

#[test]
fn by_the_discriminator_with_its_mapping_and_its_implicit_names() {
    let home: Home = decode(json!({
        "mapped": {"species": "panther", "lives": 1}, "implicit": {"species": "Dog", "bark": true}
    }));
    assert!(matches!(&home.mapped, Some(Mapped::Cat(Cat { lives: 1, .. }))));
    assert!(matches!(home.implicit, Some(Implicit::Dog(_))));
    let home: Home = decode(json!({"mapped": {"species": "canis", "bark": true}}));
    assert!(matches!(home.mapped, Some(Mapped::Dog(_))));
}

#[test]
fn by_a_member_that_only_one_branch_requires() {
    let mail = UnionByKey::ByMail(UnionByKeyByMail::new("a@b"));
    assert_eq!(decode::<UnionByKey>(json!({"email": "a@b"})), mail);
    assert!(matches!(decode(json!({"phone": "1"})), UnionByKey::ByPhone(_)));
    assert!(matches!(decode(json!({})), UnionByKey::Nobody(_)));
    let both = violations(&decode::<UnionByKey>(json!({"email": "a@b", "phone": "1"})));
    assert_eq!(both, ["/phone additionalProperties: is not a member that the schema allows"]);
}

#[test]
fn by_trying_the_first_branch_whose_checks_hold() {
    let any = |any: Value| decode::<UnionByTrying>(json!({ "any_of": any })).any_of.unwrap();
    assert!(matches!(any(json!({"size": 3})), UnionByTryingAnyOf::Small(_)));
    assert!(matches!(any(json!({"size": 30})), UnionByTryingAnyOf::Named(_)));
    let one = |one: Value| decode::<UnionByTrying>(json!({ "one_of": one })).one_of.unwrap();
    assert!(matches!(one(json!({"size": 30})), UnionByTryingOneOf::Big(_)));
}

#[test]
fn exactly_one_branch_has_to_fit() {
    let value: UnionByTrying = decode(json!({"one_of": {"size": 7}, "numbers": 15}));
    assert_eq!(
        violations(&value),
        [
            "/numbers oneOf: must fit exactly one branch of `oneOf`, fits 2",
            "/one_of oneOf: must fit exactly one branch of `oneOf`, fits 2",
        ]
    );
    let value: UnionByTrying = decode(json!({"numbers": 7, "texts": "abc"}));
    assert_eq!(
        violations(&value),
        [
            "/numbers oneOf: must fit exactly one branch of `oneOf`, fits 0",
            "/texts anyOf: must fit a branch of `anyOf`"
        ]
    );
}

#[test]
fn what_fits_no_branch_is_kept_and_told() {
    let whole = json!({"id": [1, {"a": null}], "page": "x", "list": [null]});
    let value: UnionByKind = decode(whole.clone());
    assert_eq!(encode(&value), whole);
    assert_eq!(
        violations(&value),
        [
            "/id oneOf: must fit a branch of `oneOf`",
            "/list/0 type: has a value of the wrong type",
            "/page anyOf: must fit a branch of `anyOf`",
        ]
    );
}

#[test]
fn the_checks_of_the_branch_are_made() {
    let value: UnionByKind = decode(json!({"id": "", "nullable": "abcd"}));
    assert_eq!(
        violations(&value),
        ["/id minLength: must have at least 1 character", "/nullable maxLength: must have at most 3 characters"]
    );
}

#[test]
fn values_of_several_kinds_that_are_listed() {
    let mixed = |mixed: Value| decode::<Constants>(json!({ "mixed": mixed })).mixed.into_value().unwrap();
    assert!(matches!(mixed(json!(1)), ConstantsMixed::Integer(1)));
    assert!(matches!(mixed(json!("auto")), ConstantsMixed::String(_)));
}

#[test]
fn a_branch_converts_into_the_union() {
    assert_eq!(encode(&UnionByKindId::from("a")), json!("a"));
    assert_eq!(encode(&UnionByKindId::from(7)), json!(7));
    let value = UnionByKind::new().id(7.into()).list([true]).page(vec!["a".to_owned()].into());
    assert_eq!(encode(&value), json!({"id": 7, "list": [true], "page": ["a"]}));
    assert_eq!(encode(&RootNullableUnion(None)), json!(null));
}
