//! No secret shows: not in `Debug`, not in violations, not in errors; nor does what nobody knows the meaning of.

use codegen_runtime::Valid;
use codegen_tests::generated::sensitive::Sensitive;
use serde_json::{Value, json};

use crate::{decode, encode, violations};

/// What must never be seen.
const MARKER: &str = "hunter2";

/// A marker in every place where something secret, or unknown, may stand.
fn full() -> Value {
    json!({
        "password": MARKER, "write_only": MARKER, "marked": MARKER, "listed": {"inner": MARKER, "more": MARKER},
        "listed_required": MARKER, "listed_list": [MARKER], "open": {"deep": [MARKER]}, "shown": "seen", "unknown": MARKER
    })
}

#[test]
fn debug_shows_what_may_be_seen_and_nothing_else() {
    let value: Sensitive = decode(full());
    assert_eq!(
        format!("{value:?}"),
        "Sensitive { listed: [redacted], listed_list: [redacted], listed_required: [redacted], marked: [redacted], \
         open: [object of 1], password: [redacted], shown: \"seen\", write_only: [redacted], extra: {\"unknown\"} }"
    );
    assert!(!format!("{value:#?}").contains(MARKER));
    assert_eq!(encode(&value), full());
}

#[test]
fn violations_do_not_quote() {
    let value: Sensitive = decode(full());
    assert_eq!(
        violations(&value),
        [
            "/listed_required maxLength: must have at most 2 characters",
            "/marked pattern: must match ^never$",
            "/password minLength: must have at least 30 characters",
        ]
    );
    let refused = serde_json::from_value::<Valid<Sensitive>>(full()).unwrap_err();
    assert!(!format!("{refused} {refused:?}").contains(MARKER));
}

#[test]
fn misfits_do_not_show() {
    let mut whole = full();
    for member in ["password", "write_only", "marked", "listed"] {
        whole[member] = json!([MARKER]);
    }
    whole["shown"] = json!({ MARKER: 1 });
    let value: Sensitive = decode(whole.clone());
    assert!(!format!("{value:?} {:?}", violations(&value)).contains(MARKER));
    assert_eq!(encode(&value), whole);
}

#[test]
fn errors_do_not_quote() {
    for json in [
        json!({"listed_required": {"a": MARKER}}),
        json!({"listed_required": "", "listed_list": [[MARKER]]}),
        json!([MARKER]),
        json!(MARKER),
    ] {
        let text = json.to_string();
        let error = serde_json::from_str::<Sensitive>(&text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(MARKER), "{error:?}");
        let error = codegen_runtime::from_str::<Sensitive>(&text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(MARKER), "{error:?}");
    }
}

#[test]
fn a_secret_that_is_null_is_no_secret() {
    let value: Sensitive = decode(json!({"listed_required": "", "marked": null}));
    assert_eq!(format!("{value:?}"), "Sensitive { listed_required: [redacted], marked: null }");
}

#[test]
fn the_default_of_a_secret_is_not_told() {
    let fixtures = codegen_tests::fixture::all(&codegen_tests::folder().join("fixtures")).unwrap();
    let fixture = fixtures.iter().find(|fixture| fixture.name == "sensitive").unwrap();
    for (path, text) in fixture.types().unwrap().files {
        assert!(!text.contains("default-secret"), "{path}");
    }
}
