//! What the API sends by itself.

use clients_tests::webhooks::{Coloured, OnDone};

#[test]
fn webhooks_and_callbacks_have_types() {
    let coloured: Coloured = serde_json::from_str(r#"{"R":1,"G":2,"B":3}"#).unwrap();
    assert_eq!(coloured.r, 1);
    let done: OnDone = serde_json::from_str(r#"{"ok":true}"#).unwrap();
    assert!(done.ok);
}
