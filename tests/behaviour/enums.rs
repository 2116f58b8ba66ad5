//! Enumerations are open: an unknown value decodes, comes out again, and is told.

use std::collections::HashSet;

use codegen_tests::generated::enums::{Enums, EnumsConstant, EnumsSort, EnumsTitled, Size};
use codegen_tests::generated::naming_types::OptionType;
use codegen_tests::generated::root_enum::RootEnum;
use serde_json::json;

use crate::{decode, encode, violations};

#[test]
fn a_value_that_is_not_listed_is_kept_and_told() {
    let whole = json!({"size": "huge", "list": ["small", "tiny"]});
    let value: Enums = decode(whole.clone());
    assert_eq!(value.size, Size::Unknown("huge".to_owned()));
    assert_eq!(
        violations(&value),
        ["/list/1 enum: must be one of large, small", "/size enum: must be one of large, small"]
    );
    assert_eq!(encode(&value), whole);
}

#[test]
fn every_listed_value_has_a_variant_of_its_own() {
    let variants: HashSet<EnumsSort> = EnumsSort::VALUES.iter().map(|value| EnumsSort::from(*value)).collect();
    assert_eq!(variants.len(), 11);
    for value in EnumsSort::VALUES {
        let variant = EnumsSort::from(*value);
        assert!(!matches!(variant, EnumsSort::Unknown(_)), "{value}");
        assert_eq!(variant.as_str(), *value);
        assert_eq!(variant.to_string(), *value);
    }
}

#[test]
fn variants_are_named_after_their_values() {
    for (variant, value) in [
        (EnumsSort::Plus1, "+1"),
        (EnumsSort::Minus1, "-1"),
        (EnumsSort::UppercaseA, "A"),
        (EnumsSort::Empty, ""),
        (EnumsSort::SelfValue, "self"),
        (EnumsSort::Value2fa, "2fa"),
        (EnumsSort::AB, "a b"),
        (EnumsSort::Star, "*"),
    ] {
        assert_eq!(variant, EnumsSort::from(value));
    }
    let options = [OptionType::Some, OptionType::None, OptionType::SelfValue, OptionType::Ok];
    assert_eq!(options.map(|option| option.to_string()), ["Some", "None", "Self", "Ok"]);
}

#[test]
fn constants_with_titles_are_named_by_them() {
    assert_eq!([EnumsTitled::Red.as_str(), EnumsTitled::Green.as_str()], ["r", "g"]);
}

#[test]
fn equality_and_hash_are_those_of_the_value() {
    assert_eq!(Size::Unknown("small".to_owned()), Size::Small);
    assert_eq!(HashSet::from([Size::Unknown("small".to_owned()), Size::Small]).len(), 1);
    assert_ne!(Size::Small, Size::Large);
    assert_eq!(violations(&Size::Unknown("small".to_owned())), [""; 0]);
}

#[test]
fn setters_and_constructors_take_texts() {
    let value = Enums::new("small").sort("+1".to_owned()).constant(EnumsConstant::Fixed).list(["large", "small"]);
    assert_eq!(encode(&value), json!({"size": "small", "sort": "+1", "constant": "fixed", "list": ["large", "small"]}));
    assert_eq!(violations(&value), [""; 0]);
}

#[test]
fn a_root_may_be_null_or_unknown() {
    assert_eq!(violations(&decode::<RootEnum>(json!(null))), [""; 0]);
    assert_eq!(violations(&decode::<RootEnum>(json!("c"))), [" enum: must be one of a, b"]);
    assert!(serde_json::from_value::<RootEnum>(json!(1)).is_err());
}
