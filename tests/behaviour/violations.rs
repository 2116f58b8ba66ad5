//! Each keyword says where, by its name, and what to do about it. What just satisfies it is left in peace.

use codegen_runtime::Validate;
use codegen_tests::generated::{
    all_of, array_limits, constants, contains, formats_assert, integer_limits, maps, naming_members, number_limits,
    object_limits, property_names, recursion, root_list, root_text, string_limits, typed_extra, unique_items,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{decode, violations};

/// Asserts what is said of instances: nothing where the list is empty.
fn table<T: Validate + DeserializeOwned>(rows: &[(Value, &[&str])]) {
    for (instance, expected) in rows {
        assert_eq!(violations(&decode::<T>(instance.clone())), *expected, "{instance}");
    }
}

#[test]
fn strings() {
    table::<string_limits::StringLimits>(&[
        (json!({"short": "äöü"}), &[]),
        (json!({"short": "äöüß"}), &["/short maxLength: must have at most 3 characters"]),
        (json!({"long": "😀😀"}), &[]),
        (json!({"long": "😀"}), &["/long minLength: must have at least 2 characters"]),
        (json!({"one": ""}), &["/one minLength: must have at least 1 character"]),
        (json!({"one": "xy"}), &["/one maxLength: must have at most 1 character"]),
        (json!({"code": "a1"}), &[]),
        (json!({"code": "1"}), &[r"/code pattern: must match ^[a-z]\d+$"]),
        (json!({"no_digit_first": "1"}), &[r"/no_digit_first pattern: must match ^(?!\d)"]),
        (json!({"nullable": null}), &[]),
        (json!({"nullable": "a"}), &["/nullable minLength: must have at least 2 characters"]),
        (
            json!({"list": ["ab", "abc", "", "abcd"]}),
            &["/list/1 maxLength: must have at most 2 characters", "/list/3 maxLength: must have at most 2 characters"],
        ),
    ]);
}

#[test]
fn numbers() {
    table::<number_limits::NumberLimits>(&[
        (json!({"minimum": 0.1, "maximum": -2, "above": 0.001, "below": 1.4, "cents": 0.07}), &[]),
        (json!({"minimum": 0.09}), &["/minimum minimum: must be at least 0.1"]),
        (json!({"maximum": -1.9}), &["/maximum maximum: must be at most -2"]),
        (json!({"above": 0}), &["/above exclusiveMinimum: must be more than 0"]),
        (json!({"below": 1.5}), &["/below exclusiveMaximum: must be less than 1.5"]),
        (json!({"cents": 0.075}), &["/cents multipleOf: must be a multiple of 0.01"]),
    ]);
}

#[test]
fn integers() {
    table::<integer_limits::IntegerLimits>(&[
        (json!({"minimum": -1, "maximum": 10, "fraction": 2, "above": 1, "below": 2, "dozens": 24, "one_of": 3}), &[]),
        (json!({"minimum": -2}), &["/minimum minimum: must be at least -1"]),
        (json!({"maximum": 11}), &["/maximum maximum: must be at most 10"]),
        (json!({"fraction": 1}), &["/fraction minimum: must be at least 1.5"]),
        (json!({"above": 0}), &["/above exclusiveMinimum: must be more than 0"]),
        (json!({"below": 3}), &["/below exclusiveMaximum: must be less than 3"]),
        (json!({"dozens": 13}), &["/dozens multipleOf: must be a multiple of 12"]),
        (json!({"one_of": 4}), &["/one_of enum: must be one of 1, 2, 3"]),
    ]);
}

#[test]
fn arrays() {
    table::<array_limits::ArrayLimits>(&[
        (json!({"some": [1], "few": ["a", "b"], "nested": [[true]], "open": [1, 2]}), &[]),
        (json!({"some": []}), &["/some minItems: must have at least 1 element"]),
        (json!({"few": ["a", "b", "c"]}), &["/few maxItems: must have at most 2 elements"]),
        (json!({"nested": [[], [true, false]]}), &["/nested/1 maxItems: must have at most 1 element"]),
        (json!({"open": [{}]}), &["/open minItems: must have at least 2 elements"]),
    ]);
    table::<unique_items::UniqueItems>(&[
        (json!({"numbers": [1, 2], "open": [1, "1"]}), &[]),
        (json!({"numbers": [1, 2, 1.0]}), &["/numbers uniqueItems: must not hold an element twice"]),
        (json!({"open": [{"a": 1, "b": 2}, {"b": 2, "a": 1}]}), &["/open uniqueItems: must not hold an element twice"]),
    ]);
}

#[test]
fn contained_elements() {
    let at_least = |count: &str| format!("must hold at least {count} that `contains` asks for");
    table::<contains::Contains>(&[
        (json!({"one_big": [1, 100], "two_or_three": ["x", "xy"], "none_required": []}), &[]),
        (json!({"one_big": [1]}), &[&format!("/one_big contains: {}", at_least("1 element"))]),
        (json!({"two_or_three": ["x"]}), &[&format!("/two_or_three contains: {}", at_least("2 elements"))]),
        (
            json!({"two_or_three": ["x", "x", "x", "x"]}),
            &["/two_or_three maxContains: must hold at most 3 elements that `contains` asks for"],
        ),
        (json!({"impossible": [true]}), &[&format!("/impossible contains: {}", at_least("1 element"))]),
    ]);
}

#[test]
fn objects() {
    table::<object_limits::ObjectLimits>(&[
        (json!({"members": {"a": "x", "z": 1}, "map": {"a": 1}, "open": {"a": 1, "b": 2}}), &[]),
        (json!({"members": {}}), &["/members minProperties: must have at least 1 member"]),
        (json!({"members": {"a": "", "y": 1, "z": 1}}), &["/members maxProperties: must have at most 2 members"]),
        (json!({"map": {}}), &["/map minProperties: must have at least 1 member"]),
        (json!({"map": {"a": 1, "b": 1, "c": 1}}), &["/map maxProperties: must have at most 2 members"]),
        (json!({"open": {"a": 1}}), &["/open minProperties: must have at least 2 members"]),
    ]);
    table::<property_names::PropertyNames>(&[
        (json!({"lower": {"abc": 1}, "named": {"ab": "", "xyz": 1}}), &[]),
        (json!({"lower": {"Ab/c": 1}}), &["/lower/Ab~1c propertyNames: its key must match ^[a-z]+$"]),
        (json!({"named": {"x": 1}}), &["/named/x propertyNames: its key must have at least 2 characters"]),
    ]);
}

#[test]
fn a_misfit_counts_as_a_member_and_is_told_as_one() {
    table::<object_limits::ObjectLimits>(&[(
        json!({"members": {"a": 1, "b": "", "c": 1}}),
        &["/members/a type: must be a string, not a number", "/members maxProperties: must have at most 2 members"],
    )]);
}

#[test]
fn a_field_whose_name_stands_in_extra_as_well_counts_once() {
    let mut value: object_limits::ObjectLimits = decode(json!({"members": {"a": "x", "b": "y"}}));
    value.members.as_mut().unwrap().extra.insert("a", "z");
    assert_eq!(violations(&value), [""; 0]);
}

#[test]
fn additional_members() {
    table::<typed_extra::TypedExtra>(&[
        (json!({"name": "longer than three", "x": "abc"}), &[]),
        (json!({"x": "abcd"}), &["/x maxLength: must have at most 3 characters"]),
        (json!({"points": {"total": 0, "more": -1}}), &["/points/more minimum: must be at least 0"]),
        (json!({"points": {"total": -1}}), &["/points/total minimum: must be at least 0"]),
    ]);
    table::<maps::Maps>(&[
        (json!({"texts": {"a~/b": "abcd"}}), &["/texts/a~0~1b maxLength: must have at most 3 characters"]),
        (json!({"nullable_texts": {"a": "abcd"}}), &["/nullable_texts/a maxLength: must have at most 3 characters"]),
        (json!({"objects": {"x": {"a": 4}}}), &["/objects/x/a maximum: must be at most 3"]),
    ]);
}

#[test]
fn values_that_are_listed() {
    table::<constants::Constants>(&[
        (json!({"number": 1.0, "numbers": 2.5, "list": [1.0, "a"], "object": {"a": 1}, "mixed": null}), &[]),
        (json!({"number": 2}), &["/number enum: must be one of 1"]),
        (json!({"truth": false}), &["/truth enum: must be one of true"]),
        (json!({"list": [1, "b"]}), &[r#"/list enum: must be one of [1,"a"]"#]),
        (json!({"object": {}}), &[r#"/object enum: must be one of {"a":1}"#]),
    ]);
}

#[test]
fn what_is_merged_checks_all_of_it() {
    table::<all_of::AllOf>(&[
        (json!({"id": 1, "name": "abcde"}), &[]),
        (
            json!({"id": 0, "name": "abcdef", "tags": ["abcd"], "with_siblings": "a"}),
            &[
                "/id minimum: must be at least 1",
                "/name maxLength: must have at most 5 characters",
                "/tags/0 maxLength: must have at most 3 characters",
                "/with_siblings minLength: must have at least 2 characters",
            ],
        ),
        (json!({"id": 1, "name": "a"}), &["/name minLength: must have at least 2 characters"]),
    ]);
}

#[test]
fn formats() {
    table::<formats_assert::Formats>(&[
        (json!({"date": "2024-02-29", "uuid": "2f4e9b1e-6f6a-4d4e-8f6a-4d4e8f6a4d4e", "unknown": "x"}), &[]),
        (json!({"date": "2023-02-29"}), &["/date format: must be of the format `date`"]),
        (json!({"date_time": "x"}), &["/date_time format: must be of the format `date-time`"]),
        (json!({"list": ["1.2.3.4", "1.2.3"]}), &["/list/1 format: must be of the format `ipv4`"]),
    ]);
}

#[test]
fn what_recurs_is_checked_all_the_way_down() {
    table::<recursion::Recursion>(&[
        (
            json!({"through_list": [{}, {"through_member": {"through_map": {"a": {"depth": -1}}}}]}),
            &["/through_list/1/through_member/through_map/a/depth minimum: must be at least 0"],
        ),
        (
            json!({"mutual": {"wife": {"husband": {"name": ""}}}}),
            &["/mutual/wife/husband/name minLength: must have at least 1 character"],
        ),
        (json!({"nested": [[[], [], []]]}), &["/nested/0 maxItems: must have at most 2 elements"]),
    ]);
}

#[test]
fn a_root_that_is_no_object_stands_at_the_empty_pointer() {
    table::<root_list::RootList>(&[(json!([]), &[" minItems: must have at least 1 element"])]);
    table::<root_text::RootText>(&[(json!(null), &[]), (json!("a"), &[" minLength: must have at least 2 characters"])]);
}

#[test]
fn pointers_are_escaped() {
    table::<naming_members::NamingMembers>(&[(
        json!({"type": "a", "a/b": "", "~": ""}),
        &["/a~1b minLength: must have at least 1 character", "/~0 minLength: must have at least 1 character"],
    )]);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let value: string_limits::StringLimits = decode(json!({"short": "long", "long": "", "one": 1, "code": "x"}));
    let all = value.validate().unwrap_err();
    assert_eq!(
        all.to_string(),
        "/one: must be a string, not a number\n\
         /code: must match ^[a-z]\\d+$\n\
         /long: must have at least 2 characters\n\
         /short: must have at most 3 characters"
    );
}
