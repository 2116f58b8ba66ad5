//! Rules that are stated beside a schema: found from the root, wherever they stand.

use std::collections::BTreeSet;

use codegen_runtime::Validate;
use codegen_tests::fixture::Fixture;
use codegen_tests::folder;
use codegen_tests::generated::rules::Order;
use codegen_tests::generated::rules_null::Profile;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::instances::Instances;

/// The rules that an order breaks, a line each; the schema has nothing against it.
fn broken(order: Value, conditions: &[&str]) -> Vec<String> {
    let order: Order = serde_json::from_value(order).unwrap();
    assert_eq!(order.validate(), Ok(()));
    order.rules_when(conditions).iter().map(ToString::to_string).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn a_rule_of_the_root_looks_at_the_whole_value() {
    let message = "error: the value: must be open where there is a discount";
    assert_eq!(broken(json!({"lines": [], "discount": 10, "status": "paid"}), &[]), [message]);
    assert_eq!(broken(json!({"lines": [], "status": "paid"}), &[]), NONE);
}

#[test]
fn a_condition_is_the_callers_to_name() {
    let order = json!({"lines": []});
    assert_eq!(broken(order.clone(), &[]), NONE);
    assert_eq!(broken(order, &["invoiced"]), ["warning: the value: should say who has ordered"]);
    assert_eq!(broken(json!({"lines": [], "note": "x"}), &["invoiced"]), NONE);
}

#[test]
fn a_rule_of_a_member_is_judged_where_it_is_there() {
    assert_eq!(broken(json!({"lines": [], "discount": 50}), &[]), ["warning: /discount: should be less than half"]);
    assert_eq!(broken(json!({"lines": [], "discount": null}), &[]), NONE);
    assert_eq!(broken(json!({"lines": [], "discount": 49}), &[]), NONE);
}

#[test]
fn a_rule_of_a_type_is_judged_wherever_the_type_is_reached() {
    let line = json!({"sku": "a"});
    let order = json!({
        "lines": [{"sku": "a", "count": 1}, line],
        "size": [1, line],
        "parent": {"lines": [line], "more": line},
        "other": line,
    });
    let at = |place| format!("error: {place}: must say how many of what");
    let places = ["/lines/1", "/parent/lines/0", "/parent/more", "/size/1", "/other"];
    assert_eq!(broken(order, &[]), places.map(at));
}

#[test]
fn a_rule_reaches_the_branch_of_a_union_and_the_union_itself() {
    let order = |payment| json!({"lines": [], "payment": payment});
    let alone = "error: /payment: must hold the number alone";
    assert_eq!(broken(order(json!({"number": "1", "holder": "x"})), &[]), [alone]);
    assert_eq!(broken(order(json!({"iban": "x", "holder": "x"})), &[]), ["warning: /payment: should be a card"]);
    assert_eq!(broken(order(json!({"number": "1"})), &[]), NONE);
}

#[test]
fn a_rule_of_an_alias_or_an_enumeration_is_judged_where_that_is_used() {
    let order = json!({"lines": [], "rates": {"eur": 1}, "status": "open"});
    let told = ["error: /rates: must be called after currencies", "warning: /status: should not be open any more"];
    assert_eq!(broken(order, &[]), told);
}

#[test]
fn an_equal_schema_elsewhere_has_no_rule() {
    let place = json!({"city": "Bern"});
    let told = ["error: /delivery: must have a street where it has a city"];
    assert_eq!(broken(json!({"lines": [], "address": place, "delivery": place}), &[]), told);
}

#[test]
fn a_rule_of_a_tuple_looks_at_its_array() {
    let order = |size| json!({"lines": [], "size": size});
    assert_eq!(broken(order(json!([1])), &[]), ["error: /size: must have two elements or none"]);
    assert_eq!(broken(order(json!([])), &[]), NONE);
}

#[test]
fn a_rule_is_judged_where_a_value_is_null() {
    let told = |value: Value| {
        let profile: Profile = serde_json::from_value(value).unwrap();
        profile.rules_when(&["strict"]).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let cleared = json!({"kind": "a", "name": null, "nickname": null, "address": null, "level": null});
    assert_eq!(
        told(cleared),
        [
            "error: /address: must have a city",
            "error: /level: must be a level",
            "error: /name: must not clear the name",
            "error: /nickname: must not clear the nickname",
        ]
    );
    assert_eq!(told(json!({"kind": null})), ["error: /kind: must say a kind"]);
    let places =
        json!({"kind": "a", "own": null, "places": [{"x": 1}, null], "named": {"a": null}, "pair": [null, null]});
    let at = ["/named/a", "/own", "/pair/0", "/pair/1", "/places/1"];
    assert_eq!(told(places), at.map(|place| format!("error: {place}: must be a place with an x")));
    // This null is not one of them: another schema allows it.
    assert_eq!(told(json!({"kind": "a", "beside": null})), NONE);
}

/// What another validator says of every rule: it breaks what is not valid any more once its schema stands where it is about.
fn another_validator_agrees<T: Validate + DeserializeOwned>(name: &str) {
    let fixtures = folder().join("fixtures");
    let fixture =
        Fixture::read(&fixtures.join(format!("{name}.json")), &fixtures.join(format!("{name}.toml"))).unwrap();
    let conditions: Vec<&str> = fixture.config.rule.iter().filter_map(|rule| rule.when.as_deref()).collect();
    let mut broken = BTreeSet::new();
    for (instance, _) in Instances::of(name).judged().filter(|(_, is_valid)| *is_valid) {
        let value: Value = serde_json::from_str(instance.get()).unwrap();
        let typed: T = serde_json::from_value(value.clone()).unwrap();
        let told: BTreeSet<&str> = typed.rules_when(&conditions).iter().map(|breach| breach.message).collect();
        for rule in &fixture.config.rule {
            let mut schema = Value::from(&fixture.source.root);
            let place = schema.pointer_mut(&rule.at).unwrap().as_object_mut().unwrap();
            let list = place.entry("allOf").or_insert_with(|| json!([]));
            list.as_array_mut().unwrap().push(Value::Object(rule.schema.clone()));
            let is_broken = !jsonschema::validator_for(&schema).unwrap().is_valid(&value);
            assert_eq!(told.contains(&*rule.message), is_broken, "{}: {value}", rule.message);
            if is_broken {
                broken.insert(&rule.message);
            }
        }
    }
    // An instance that breaks it proves more than those that do not.
    assert_eq!(broken.len(), fixture.config.rule.len(), "{broken:?}");
}

#[test]
fn another_validator_agrees_on_every_rule() {
    another_validator_agrees::<Order>("rules");
    another_validator_agrees::<Profile>("rules_null");
}
