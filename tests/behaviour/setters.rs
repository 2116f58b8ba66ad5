//! Setters and constructors take what is at hand.

use std::collections::BTreeMap;

use codegen_runtime::Maybe;
use codegen_tests::generated::directions::{Address, Amount, NewOrder, Order};
use codegen_tests::generated::maps::{Maps, MapsObject};
use codegen_tests::generated::presence::{Presence, PresenceRequired};
use codegen_tests::generated::recursion::{Expression, Recursion};
use codegen_tests::generated::required::{
    RequiredDifferent, RequiredMany, RequiredManyRequired, RequiredNullable, RequiredSame, RequiredSameRequired,
};
use serde_json::{Value, json};

use crate::{decode, encode, violations};

#[test]
fn texts_are_taken_borrowed_and_owned() {
    let owned = "pen".to_owned();
    assert_eq!(NewOrder::new("pen"), NewOrder::new(&owned));
    assert_eq!(NewOrder::new(owned.clone()), NewOrder::new(&owned));
    let orders = [
        NewOrder::new("pen").notes(["a", "b"]),
        NewOrder::new("pen").notes(vec!["a".to_owned(), "b".to_owned()]),
        NewOrder::new("pen").notes("a b".split(' ')),
        NewOrder::new("pen").notes(["a".to_owned(), "b".to_owned()].iter()),
    ];
    for order in orders {
        assert_eq!(encode(&order), json!({"item": "pen", "notes": ["a", "b"]}));
    }
}

#[test]
fn narrower_integers_are_taken() {
    for order in [
        NewOrder::new("pen").quantity(3_u8),
        NewOrder::new("pen").quantity(3_i32),
        NewOrder::new("pen").quantity(3_u32),
        NewOrder::new("pen").quantity(3),
    ] {
        assert_eq!(order.quantity, Some(3));
    }
}

#[test]
fn nullable_members_take_values_and_null() {
    let bare = || {
        Presence::new(PresenceRequired {
            required: String::new(),
            required_list: Vec::new(),
            required_nullable: None,
            required_nullable_object: None,
        })
    };
    let owned = "x".to_owned();
    assert_eq!(bare().optional_nullable("x"), bare().optional_nullable(&owned));
    assert_eq!(bare().optional_nullable(Maybe::or_null(None)).optional_nullable, Maybe::Null);
    assert_eq!(bare().optional_nullable(Maybe::or_absent(None)).optional_nullable, Maybe::Absent);
    assert_eq!(bare().optional_nullable_number(1_u8).optional_nullable_number, Maybe::Value(1.0));
    assert_eq!(bare().optional_nullable_list(["a".to_owned()]).optional_nullable_list.into_value().unwrap(), ["a"]);
}

#[test]
fn maps_are_taken_from_pairs() {
    let value = Maps::new()
        .texts([("a", "b")])
        .open(BTreeMap::from([("n".to_owned(), Value::from(1))]))
        .objects([("x", MapsObject::new().a(3_u8))])
        .lists([("l".to_owned(), vec![true])]);
    assert_eq!(
        encode(&value),
        json!({"texts": {"a": "b"}, "open": {"n": 1}, "objects": {"x": {"a": 3}}, "lists": {"l": [true]}})
    );
}

#[test]
fn required_members_are_arguments_in_the_order_of_their_names() {
    let value = RequiredDifferent::new("a", 2_u8, ["c"]).d("d");
    assert_eq!(encode(&value), json!({"a": "a", "b": 2, "c": ["c"], "d": "d"}));
    let value = RequiredNullable::new(json!({"x": 1}), None);
    assert_eq!(encode(&value), json!({"anything": {"x": 1}, "text": null}));
}

#[test]
fn required_members_that_could_be_swapped_have_a_struct_of_their_own() {
    let value = RequiredSame::new(RequiredSameRequired { from_: "a".to_owned(), to: "b".to_owned() });
    assert_eq!(encode(&value), json!({"from": "a", "to": "b"}));
    let many = RequiredManyRequired { a: "a".to_owned(), b: 1, c: false, d: 0.5 };
    assert_eq!(encode(&RequiredMany::new(many)), json!({"a": "a", "b": 1, "c": false, "d": 0.5}));
}

#[test]
fn what_recurs_is_boxed_by_its_setter() {
    let value = Recursion::new().through_member(Recursion::new().depth(1)).through_null(Recursion::new());
    let value = value.through_list([Recursion::new()]).expression(Expression::Integer(1));
    assert_eq!(
        encode(&value),
        json!({"through_member": {"depth": 1}, "through_null": {}, "through_list": [{}], "expression": 1})
    );
    assert_eq!(violations(&value), [""; 0]);
}

#[test]
fn what_is_only_received_has_a_default_where_nothing_is_required() {
    assert_eq!(encode(&Order::default()), json!({}));
    let order: Order = decode(json!({"id": 7, "total": {"cents": 5}, "address": {"city": "Ulm"}}));
    assert_eq!(order.total.map(|Amount { cents, .. }| cents), Some(5));
    assert_eq!(order.address, Some(Address::new().city("Ulm")));
}
