//! Rules that are stated beside a schema: found from the root, wherever they stand.

use codegen_runtime::Validate;
use codegen_tests::generated::rules::Order;
use serde_json::{Value, json};

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
