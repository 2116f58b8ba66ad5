//! The rules that only the prose of the API states: one that holds and one that is broken for each, and what a client does.

use auth0_users::types::{CreateUserRequestContent, RevokeUserAccessRequestContent, UpdateUserRequestContent};
use auth0_users::{Level, Merge, Validate};
use serde::de::DeserializeOwned;
use serde_json::{Value, json as value};

use crate::server::{Server, json};
use crate::{client, told, wait};

const ID: &str = "auth0|507f1f77bcf86cd799439020";

/// The rules that a body breaks, a line each.
fn broken<T: Validate + DeserializeOwned>(body: Value, conditions: &[&str]) -> Vec<String> {
    let body: T = serde_json::from_value(body).unwrap();
    assert_eq!(body.validate(), Ok(()), "rules are no part of the schema");
    body.rules_when(conditions).iter().map(ToString::to_string).collect()
}

fn update(body: Value) -> Vec<String> {
    broken::<UpdateUserRequestContent>(body, &[])
}

fn create(body: Value) -> Vec<String> {
    broken::<CreateUserRequestContent>(body, &[])
}

const NONE: [&str; 0] = [];

#[test]
fn attributes_that_do_not_change_together() {
    let samples = value!({"email": "a@example.com", "email_verified": true, "password": "x", "username": "ann"});
    let body = |names: [&str; 2]| Value::from_iter(names.map(|name| (name, samples[name].clone())));
    for names in [
        ["email", "password"],
        ["email", "username"],
        ["email_verified", "password"],
        ["email_verified", "username"],
        ["password", "username"],
    ] {
        let message =
            format!("error: the value: must not change `{}` and `{}` at once: send two updates", names[0], names[1]);
        assert_eq!(update(body(names)), [message]);
        for name in names {
            assert_eq!(update(value!({name: samples[name]})), NONE);
        }
    }
    // A new address can be marked as verified at once.
    assert_eq!(update(body(["email", "email_verified"])), NONE);
    // Whoever is created has all of them at once.
    assert_eq!(create(value!({"connection": "users", "email": "a@example.com", "password": "x"})), NONE);
}

#[test]
fn an_update_changes_something() {
    let message = "error: the value: must hold at least one attribute besides `connection`";
    assert_eq!(update(value!({})), [message]);
    assert_eq!(update(value!({"connection": "users"})), [message]);
    for body in [value!({"nickname": null}), value!({"blocked": false}), value!({"app_metadata": {}})] {
        assert_eq!(update(body), NONE);
    }
    assert_eq!(create(value!({"connection": "users"})), NONE);
}

#[test]
fn an_update_holds_what_the_api_names() {
    let message = "error: the value: must hold no attribute that the API does not name: custom ones belong in \
                   `user_metadata` or `app_metadata`";
    assert_eq!(update(value!({"name": "Ann", "locale": "en"})), [message]);
    assert_eq!(update(value!({"name": "Ann", "user_metadata": {"locale": "en"}})), NONE);
    let mut body = UpdateUserRequestContent::new().name("Ann");
    body.extra.insert("locale", "en");
    assert_eq!(body.rules().errors().count(), 1);
}

#[test]
fn an_update_holds_every_attribute_that_the_document_has() {
    let document = std::fs::read_to_string("../../specs/auth0-users/openapi.yaml").unwrap();
    let schema = document.split("\n    UpdateUserRequestContent:\n").nth(1).unwrap();
    let properties = schema.split("\n      properties:\n").nth(1).unwrap();
    let is_key = |line: &&str| line.strip_prefix("        ").is_some_and(|rest| !rest.starts_with(' '));
    let inside = properties.lines().take_while(|line| line.starts_with("        "));
    let names: Vec<&str> = inside.filter(is_key).map(|line| line.trim().trim_end_matches(':')).collect();
    assert_eq!(names.len(), 18, "{names:?}");
    for name in names {
        let mut body = UpdateUserRequestContent::new();
        // The rules ask for the key alone.
        body.extra.insert(name, Value::Null);
        let unnamed = body.rules().iter().filter(|breach| breach.message.contains("does not name")).count();
        let alone = body.rules().iter().filter(|breach| breach.message.contains("besides")).count();
        assert_eq!((unnamed, alone), (0, usize::from(name == "connection")), "{name}");
    }
}

#[test]
fn app_metadata_holds_no_key_of_the_server() {
    let message =
        "error: /app_metadata: must hold no key that the server keeps for itself, such as `user_id` or `identities`";
    let reserved = "__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id identities \
                    lastIP lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at user_id";
    for key in reserved.split_whitespace() {
        assert_eq!(update(value!({"app_metadata": {"plan": "gold", key: 1}})), [message], "{key}");
        assert_eq!(create(value!({"connection": "users", "app_metadata": {key: null}})), [message], "{key}");
        assert_eq!(update(value!({"user_metadata": {key: 1}})), NONE);
    }
    assert_eq!(update(value!({"app_metadata": {"plan": "gold", "id": 1}})), NONE);
}

#[test]
fn keys_of_metadata_hold_no_dot_and_no_dollar() {
    for member in ["app_metadata", "user_metadata"] {
        let message = format!("warning: /{member}: should hold no key with `.` or `$`");
        for key in ["a.b", "$set"] {
            assert_eq!(update(value!({member: {key: 1}})), [message.as_str()]);
            assert_eq!(create(value!({"connection": "users", member: {key: 1}})), [message.as_str()]);
        }
        assert_eq!(update(value!({member: {"a_b": {"c.d": 1}}})), NONE);
    }
}

#[test]
fn what_is_sent_only_beside_something_else() {
    let message = "warning: the value: should hold `client_id` only beside `email` or `phone_number`";
    assert_eq!(update(value!({"client_id": "c", "name": "Ann"})), [message]);
    assert_eq!(update(value!({"client_id": "c", "email": "a@example.com"})), NONE);
    assert_eq!(update(value!({"client_id": "c", "phone_number": null})), NONE);

    let message = "warning: the value: should hold `verify_phone_number` only beside `phone_number`";
    assert_eq!(update(value!({"verify_phone_number": true})), [message]);
    assert_eq!(update(value!({"verify_phone_number": true, "phone_number": "+1"})), NONE);

    let revoke = |body| broken::<RevokeUserAccessRequestContent>(body, &[]);
    let message = "warning: the value: should hold `preserve_refresh_tokens` only beside `session_id`";
    assert_eq!(revoke(value!({"preserve_refresh_tokens": true})), [message]);
    assert_eq!(revoke(value!({"preserve_refresh_tokens": true, "session_id": "s"})), NONE);
    assert_eq!(revoke(value!({})), NONE);
}

#[test]
fn a_secondary_identity_is_named_by_its_connection_where_the_caller_says_so() {
    let message = "warning: the value: should name the `connection` of the identity that is changed";
    let secondary = |body| broken::<UpdateUserRequestContent>(body, &["secondary"]);
    for (name, sample) in [
        ("email", value!("a@example.com")),
        ("email_verified", value!(true)),
        ("phone_number", value!("+1")),
        ("phone_verified", value!(false)),
        ("username", value!("ann")),
        ("password", value!("x")),
    ] {
        assert_eq!(secondary(value!({name: sample})), [message], "{name}");
        assert_eq!(secondary(value!({name: sample, "connection": "users"})), NONE);
        assert_eq!(update(value!({name: sample})), NONE);
    }
    assert_eq!(secondary(value!({"nickname": "ann"})), NONE);
}

#[test]
fn what_breaks_a_rule_is_not_sent_unless_that_is_asked_for() {
    let server = Server::new(json("200 OK", "{}"));
    let client = client(&server);
    let mut body = UpdateUserRequestContent::new()
        .email("a@example.com")
        .password("s3cret-marker")
        .given_name("")
        .app_metadata(Merge::new().set("user_id", "marker").set("a.b", 1));
    body.extra.insert("locale", "en");
    let request = || client.users().update(ID, &body);
    let violation = "/body/given_name: must have at least 1 character";
    let breaches = [
        "/body: must not change `email` and `password` at once: send two updates",
        "/body: must hold no attribute that the API does not name: custom ones belong in `user_metadata` or `app_metadata`",
        "/body/app_metadata: must hold no key that the server keeps for itself, such as `user_id` or `identities`",
    ];
    // The warning about `a.b` keeps nothing from being sent.
    assert_eq!(told(wait(request())), [&[violation], &breaches[..]].concat());
    assert_eq!(told(wait(request().skip_rules())), [violation]);
    assert_eq!(told(wait(request().skip_validation())), breaches);
    assert!(server.requests().is_empty());
    wait(request().skip_rules().skip_validation()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&server.request().body).unwrap()["locale"], "en");

    let rules = body.rules();
    assert_eq!(rules.warnings().map(|breach| breach.pointer.as_str()).collect::<Vec<_>>(), ["/app_metadata"]);
    assert_eq!(rules.iter().filter(|breach| breach.level == Level::Error).count(), 3);
    assert!(!format!("{rules} {rules:?}").contains("marker"), "no value is told");
}

#[test]
fn a_keyword_tells_rules_from_the_schema() {
    let server = Server::new(json("200 OK", "{}"));
    let Err(auth0_users::Error::Invalid(violations)) =
        wait(client(&server).users().update(ID, &UpdateUserRequestContent::new().given_name("")))
    else {
        panic!("was sent");
    };
    assert_eq!(violations.iter().map(|violation| violation.keyword).collect::<Vec<_>>(), ["minLength"]);
    let Err(auth0_users::Error::Invalid(violations)) =
        wait(client(&server).users().update(ID, &UpdateUserRequestContent::new()))
    else {
        panic!("was sent");
    };
    assert_eq!(violations.iter().map(|violation| violation.keyword).collect::<Vec<_>>(), ["rule"]);
}
