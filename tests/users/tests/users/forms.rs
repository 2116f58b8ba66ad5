//! Updates out of forms: every field is optional, and one switch says what a blank one means.

use auth0_users::types::{CreateUserRequestContent, UpdateUserRequestContent};
use auth0_users::{Blanks, Filled, Form, Validate};
use serde_json::{Value, json as value};

use crate::server::{Server, json};
use crate::{client, wait};

/// What blank inputs come to: the body that is sent, if any, and what stays as it is.
fn filled(form: &Form, blanks: Blanks) -> (Option<Value>, Vec<&'static str>) {
    let filled = form.fill::<UpdateUserRequestContent>(blanks).unwrap();
    let body = filled.body().map(|body| {
        let server = Server::new(json("200 OK", "{}"));
        wait(client(&server).users().update("auth0|1", body).skip_rules()).unwrap();
        serde_json::from_str(&server.request().body).unwrap()
    });
    (body, filled.not_cleared().to_vec())
}

/// What is wrong with a form, a line each.
fn wrong(form: &Form) -> Vec<String> {
    let violations = form.fill::<UpdateUserRequestContent>(Blanks::Clear).unwrap_err();
    violations.iter().map(ToString::to_string).collect()
}

/// A form with one blank input, of both kinds.
fn blank(member: &str) -> [Form; 2] {
    [Form::new().set(member, ""), Form::new().set(member, Value::Null)]
}

#[test]
fn blank_strings_become_null_or_nothing_and_never_the_empty_text() {
    for member in ["email", "family_name", "given_name", "name", "nickname", "phone_number", "picture", "username"] {
        for form in blank(member) {
            assert_eq!(filled(&form, Blanks::Clear), (Some(value!({member: null})), vec![]));
            assert_eq!(filled(&form, Blanks::Keep), (None, vec![]));
        }
    }
}

#[test]
fn a_password_is_cleared_by_its_name_alone() {
    for form in blank("password") {
        assert_eq!(filled(&form, Blanks::Clear), (None, vec!["password"]));
        assert_eq!(filled(&form, Blanks::Keep), (None, vec![]));
        assert_eq!(filled(&form.clear("password"), Blanks::Keep), (Some(value!({"password": null})), vec![]));
    }
    assert_eq!(filled(&Form::new().set("password", "12345"), Blanks::Clear).0, Some(value!({"password": "12345"})));
}

#[test]
fn blank_metadata_is_wiped_or_kept_and_never_null() {
    for member in ["user_metadata", "app_metadata"] {
        for form in blank(member).into_iter().chain([Form::new().set(member, value!({}))]) {
            assert_eq!(filled(&form, Blanks::Clear), (Some(value!({member: {}})), vec![]));
            assert_eq!(filled(&form, Blanks::Keep), (None, vec![]));
        }
        assert_eq!(filled(&Form::new().clear(member), Blanks::Keep), (Some(value!({member: {}})), vec![]));
    }
}

#[test]
fn a_blank_key_of_metadata_is_deleted_or_kept() {
    for member in ["user_metadata", "app_metadata"] {
        let forms = [
            Form::new().set(member, value!({"theme": null, "plan": "gold"})),
            Form::new().set_key(member, "theme", "").set_key(member, "plan", "gold"),
            Form::new().set(member, r#"{"theme": "", "plan": "gold"}"#),
        ];
        for form in forms {
            let cleared = value!({member: {"theme": null, "plan": "gold"}});
            assert_eq!(filled(&form, Blanks::Clear), (Some(cleared), vec![]));
            assert_eq!(filled(&form, Blanks::Keep), (Some(value!({member: {"plan": "gold"}})), vec![]));
        }
        let form = Form::new().set_key(member, "theme", None::<String>);
        assert_eq!(filled(&form, Blanks::Clear), (Some(value!({member: {"theme": null}})), vec![]));
        assert_eq!(filled(&form, Blanks::Keep), (None, vec![]), "keeping a key wipes nothing");
    }
}

#[test]
fn what_can_not_be_cleared_is_kept_and_told() {
    let members = [
        "blocked",
        "email_verified",
        "phone_verified",
        "verify_email",
        "verify_phone_number",
        "connection",
        "client_id",
    ];
    for member in members {
        for form in blank(member) {
            assert_eq!(filled(&form, Blanks::Clear), (None, vec![member]));
            assert_eq!(filled(&form, Blanks::Keep), (None, vec![]));
        }
    }
    let form = Form::new().set("blocked", "").set("nickname", "").set("connection", None::<&str>);
    let told = vec!["blocked", "connection"];
    assert_eq!(filled(&form, Blanks::Clear), (Some(value!({"nickname": null})), told));
}

#[test]
fn every_blank_input_at_once() {
    let text = "app_metadata blocked client_id connection email email_verified family_name given_name name nickname password \
                phone_number phone_verified picture user_metadata username verify_email verify_phone_number";
    let form: Form = text.split_whitespace().map(|member| (member, "")).collect();
    let expected = value!({
        "email": null, "family_name": null, "given_name": null, "name": null, "nickname": null, "phone_number": null,
        "picture": null, "username": null, "user_metadata": {}, "app_metadata": {},
    });
    let told = vec![
        "blocked",
        "client_id",
        "connection",
        "email_verified",
        "password",
        "phone_verified",
        "verify_email",
        "verify_phone_number",
    ];
    assert_eq!(filled(&form, Blanks::Clear), (Some(expected), told));
    // With the switch off there is nothing to send.
    let kept = form.fill::<UpdateUserRequestContent>(Blanks::Keep).unwrap();
    assert_eq!(kept, Filled::Nothing { not_cleared: vec![] });
}

#[test]
fn what_is_not_blank_is_sent_as_what_the_member_holds() {
    let form = Form::new()
        .set("blocked", "true")
        .set("email_verified", false)
        .set("nickname", "true")
        .set("name", "42")
        .set("phone_number", Some("+15559876543"))
        .set("user_metadata", value!({"n": 0, "list": [], "inner": {"k": ""}}));
    let expected = value!({
        "blocked": true, "email_verified": false, "nickname": "true", "name": "42", "phone_number": "+15559876543",
        "user_metadata": {"n": 0, "list": [], "inner": {"k": ""}},
    });
    for blanks in [Blanks::Clear, Blanks::Keep] {
        assert_eq!(filled(&form, blanks), (Some(expected.clone()), vec![]));
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once_and_no_value_is() {
    let form = Form::new()
        .set("blocked", "s3cret")
        .set("name", 42)
        .set("nickname", value!(["s3cret"]))
        .set("user_metadata", "s3cret")
        .set("app_metadata", value!([1]))
        .set("nick/name", "s3cret")
        .clear("locale");
    let expected = [
        "/app_metadata: must be an object, not an array",
        "/blocked: must be a boolean, not a string",
        "/name: must be a string, not a number",
        "/nickname: must be a string, not an array",
        "/user_metadata: must be an object, not a string",
        "/nick~1name: is not a member that a request sends",
        "/locale: is not a member that a request sends",
    ];
    assert_eq!(wrong(&form), expected);
    assert!(!format!("{form:?}").contains("s3cret"));
    assert_eq!(wrong(&Form::new().set("blocked", "null")), ["/blocked: must be a boolean, not a string"]);
}

#[test]
fn a_body_with_required_members_needs_them() {
    let form = Form::new().set("email", "").set("connection", "");
    let violations = form.fill::<CreateUserRequestContent>(Blanks::Keep).unwrap_err();
    assert_eq!(violations.to_string(), "/connection: must be set");
    let filled = form.set("connection", "users").fill::<CreateUserRequestContent>(Blanks::Clear).unwrap();
    // Whoever is created has nothing to clear.
    assert_eq!(filled.not_cleared(), ["email"]);
    assert_eq!(serde_json::to_value(filled.body().unwrap()).unwrap(), value!({"connection": "users"}));
}

#[test]
fn a_member_can_be_left_out_of_what_is_cleared() {
    let form = Form::new().set("nickname", "").set("name", "").keep("name");
    assert_eq!(filled(&form, Blanks::Clear), (Some(value!({"nickname": null})), vec!["name"]));
}

#[test]
fn limits_are_checked_when_the_body_is_validated() {
    let form = Form::new().set("phone_number", "12");
    let filled = form.fill::<UpdateUserRequestContent>(Blanks::Clear).unwrap();
    assert!(filled.body().unwrap().validate().is_err());
}
