//! Validating what is valid allocates nothing; judging it by rules, little.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use allocation_counter::measure;
use auth0_users::types::{UpdateUserRequestContent, UpdateUserResponseContent};
use auth0_users::{Maybe, Validate};

/// Every member that the document names, some that it does not, and every kind of identity.
const USER: &str = r#"{
    "user_id": "auth0|507f1f77bcf86cd799439020", "email": "ann@example.com", "email_verified": true,
    "username": "ann", "phone_number": "+15559876543", "phone_verified": false,
    "created_at": "2025-01-01T00:00:00.000Z", "updated_at": "2025-08-11T06:22:38.009+02:00",
    "last_login": "2025-08-11T06:22:38Z", "last_password_reset": "2025-08-11T06:22:38.5Z",
    "multifactor_last_modified": "2025-08-11T06:22:38.123456789Z", "last_ip": "203.0.113.7", "logins_count": 7,
    "multifactor": ["guardian"], "picture": "https://cdn.example.com/a.png", "name": "Ann Lee", "nickname": "ann",
    "given_name": "Ann", "family_name": "Lee", "blocked": false,
    "app_metadata": {"plan": "gold", "roles": ["admin", {"a": null}]}, "user_metadata": {},
    "identities": [
        {"connection": "users", "user_id": "507f1f77bcf86cd799439020", "provider": "auth0", "isSocial": false},
        {"connection": "gh", "user_id": 191919191, "provider": "github", "isSocial": true, "access_token": "a",
         "access_token_secret": "b", "refresh_token": "c",
         "profileData": {"email": "ann@example.com", "email_verified": true, "name": "Ann", "username": "ann",
                         "given_name": "Ann", "phone_number": "1", "phone_verified": true, "family_name": "Lee",
                         "locale": "en"}}
    ],
    "locale": "en", "https://example.com/claim": {"a": [1, 2]}
}"#;

/// Every member of an update.
const UPDATE: &str = r#"{
    "email": "ann+tag@sub.example.com", "phone_number": "+15559876543", "given_name": "Ann", "family_name": "Lee",
    "name": "Ann Lee \u00e9\ud83d\ude00", "nickname": "ann", "picture": "https://u:p@cdn.example.com:8443/a.png?s=480&r=pg#x",
    "password": "s3cret", "username": "ann", "blocked": false, "email_verified": true, "phone_verified": false,
    "verify_email": false, "verify_phone_number": true, "connection": "users", "client_id": "c1",
    "user_metadata": {"a": 1, "b": null}, "app_metadata": {}, "custom": [1]
}"#;

/// How many allocations it takes to validate a value, once patterns are compiled.
fn allocations(value: &impl Validate) -> u64 {
    value.validate().unwrap();
    measure(|| value.validate().unwrap()).count_total
}

#[test]
fn a_user_is_validated_without_an_allocation() {
    let user: UpdateUserResponseContent = serde_json::from_str(USER).unwrap();
    assert_eq!(allocations(&user), 0);
}

#[test]
fn an_update_is_validated_without_an_allocation() {
    let mut update: UpdateUserRequestContent = serde_json::from_str(UPDATE).unwrap();
    assert_eq!(allocations(&update), 0);
    update.email = Maybe::Null;
    update.picture = "https://ex\u{e4}mple.com/".into();
    assert_eq!(allocations(&update), 0);
}

#[test]
fn allocations_are_counted() {
    let update = UpdateUserRequestContent::new().username("");
    assert!(measure(|| assert!(update.validate().is_err())).count_total > 0);
}

/// How many allocations it takes to judge a value that breaks no rule, beside those of its JSON, which rules look at.
fn allocations_of_rules(value: &UpdateUserRequestContent) -> u64 {
    let json = measure(|| drop(serde_json::to_value(value).unwrap())).count_total;
    measure(|| assert!(value.rules().is_empty())).count_total - json
}

#[test]
fn rules_that_hold_cost_little_but_the_json_that_they_look_at() {
    // Which members one of the rules knows is noted; of the fifty other schemas of the rules, none allocates.
    let update = UpdateUserRequestContent::new().nickname("ann");
    assert_eq!(allocations_of_rules(&update), 1);
    let update = update.given_name("Ann").family_name("Lee").name("Ann Lee").blocked(true).connection("users");
    assert_eq!(allocations_of_rules(&update), 1);
}
