//! Members of Rust types that are not generated: what such a type does not take is kept, told and written back.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::num::NonZeroU16;

use codegen_runtime::{Maybe, Valid, Value};
use codegen_tests::generated::foreign::{Address, Foreign};
use serde_json::json;

use crate::{decode, encode, violations};

const HOME: Ipv4Addr = Ipv4Addr::LOCALHOST;

#[test]
fn values_are_of_the_users_types() {
    let json = json!({"address": "127.0.0.1", "gateway": "127.0.0.1", "port": 80, "pool": ["127.0.0.1"]});
    let value: Foreign = decode(json.clone());
    assert_eq!(value.address.value(), Some(&HOME));
    assert_eq!(value.gateway, Maybe::Value(HOME.into()));
    assert_eq!(value.port, NonZeroU16::new(80).map(Into::into));
    assert_eq!(value.pool, Some(BTreeSet::from([HOME]).into()));

    let made = Foreign::new(HOME).gateway(HOME).port(NonZeroU16::new(80).unwrap()).pool(BTreeSet::from([HOME]));
    assert_eq!(made, value);
    assert_eq!(encode(&made), json);
    assert_eq!(violations(&made), [""; 0]);
    assert_eq!(format!("{made:?}"), "Foreign { address: 127.0.0.1, gateway: 127.0.0.1, pool: {127.0.0.1}, port: 80 }");
}

#[test]
fn setters_take_lists_of_them() {
    let made = Foreign::new(HOME).routes([HOME]).names([("home", HOME)]);
    assert_eq!(encode(&made), json!({"address": "127.0.0.1", "routes": ["127.0.0.1"], "names": {"home": "127.0.0.1"}}));
}

#[test]
fn what_their_types_do_not_take_is_kept_told_and_written_back() {
    let json = json!({"address": "secret", "routes": ["127.0.0.1", "secret"], "port": "80"});
    let value: Foreign = decode(json.clone());
    assert_eq!(value.address, Address::Unknown("secret".into()));
    assert_eq!(value.port, Some(codegen_runtime::Foreign::Unknown("80".into())));
    assert_eq!(encode(&value), json);
    assert_eq!(
        violations(&value),
        [
            "/address x-rust-type: must be a value of its Rust type",
            "/address format: must be of the format `ipv4`",
            "/port x-rust-type: must be a value of its Rust type",
            "/port type: must be of the type integer",
            "/routes/1 x-rust-type: must be a value of its Rust type",
            "/routes/1 format: must be of the format `ipv4`",
        ]
    );
    assert!(!format!("{value:?}").contains("secret"), "{value:?}");
    assert!(Valid::new(value).is_err());
}

#[test]
fn null_is_no_value_of_theirs() {
    let value: Foreign = decode(json!({"address": "127.0.0.1", "port": null}));
    assert_eq!(value.port, None);
    assert_eq!(value.extra.misfit("port"), Some(&Value::Null));
    assert_eq!(violations(&value), ["/port type: must be a value of its Rust type, not null"]);
    let error = serde_json::from_value::<Foreign>(json!({"address": null})).unwrap_err();
    assert_eq!(error.to_string(), "expected a value of its Rust type, found null");
}

#[test]
fn what_the_schema_demands_besides_is_checked_of_them() {
    let made = Foreign::new(HOME).port(NonZeroU16::new(81).unwrap());
    assert_eq!(violations(&made), ["/port multipleOf: must be a multiple of 10"]);
}
