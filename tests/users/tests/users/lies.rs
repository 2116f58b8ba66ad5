//! Bodies that are not what the document promises: they decode, keep what they hold, and are told by `validate`.

use auth0_users::types::{
    CreateUserRequestContent, GetUserResponseContent, RegenerateUsersRecoveryCodeResponseContent,
    RevokeUserAccessRequestContent, UpdateUserRequestContent, UserId, UserIdentityProviderEnum, UserIdentitySchema,
    UserProfileData,
};
use auth0_users::{Error, Maybe, Valid, Validate};
use codegen_runtime::equal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json as value};

use crate::server::{Server, json};
use crate::{client, violations, wait};

type User = GetUserResponseContent;

/// Decodes a value from every kind of input, and expects that it is written back as it came and that this is all that is wrong
/// with it.
fn tolerated<T>(json: &Value, wrong: &[&str]) -> T
where
    T: DeserializeOwned + Serialize + Validate + PartialEq + std::fmt::Debug,
    Valid<T>: DeserializeOwned,
{
    let text = json.to_string();
    let decoded: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{json}: {error}"));
    assert_eq!(serde_json::from_slice::<T>(text.as_bytes()).unwrap(), decoded);
    assert_eq!(serde_json::from_reader::<_, T>(text.as_bytes()).unwrap(), decoded);
    assert_eq!(serde_json::from_value::<T>(json.clone()).unwrap(), decoded);
    let encoded = serde_json::to_value(&decoded).unwrap();
    assert!(equal(&encoded, json), "{encoded} is not {json}");
    assert_eq!(violations(&decoded), wrong, "{json}");
    assert_eq!(serde_json::from_str::<Valid<T>>(&text).is_ok(), wrong.is_empty(), "{json}");
    decoded
}

#[test]
fn a_boolean_may_come_as_a_string() {
    let user: User = tolerated(
        &value!({"email_verified": "true", "blocked": true}),
        &["/email_verified: must be a boolean, not a string"],
    );
    assert_eq!((user.email_verified, user.blocked), (None, Some(true)));
    assert_eq!(user.extra.misfit("email_verified"), Some(&value!("true")));
}

#[test]
fn a_misfit_is_written_back_until_its_field_is_set() {
    let mut user: User = serde_json::from_str(r#"{"email_verified":"true"}"#).unwrap();
    user.email_verified = Some(true);
    assert_eq!(serde_json::to_string(&user).unwrap(), r#"{"email_verified":true}"#);
    assert_eq!(violations(&user), [""; 0]);
}

#[test]
fn a_date_may_come_as_an_object() {
    let user: User = tolerated(
        &value!({"created_at": {"$date": "2025-01-01"}, "updated_at": "2025-01-01T00:00:00.000Z", "last_login": "soon"}),
        &["/created_at: must be a string, not an object", "/last_login: must be of the format `date-time`"],
    );
    assert_eq!(user.created_at, None);
    assert_eq!(user.last_login.as_deref(), Some("soon"));
}

#[test]
fn an_integer_may_have_a_fraction_that_is_nothing() {
    for number in [value!(7), value!(7.0), value!(7e0)] {
        let user: User = tolerated(&value!({"logins_count": number}), &[]);
        assert_eq!(user.logins_count, Some(7));
    }
    for (number, kind) in [
        (value!(7.5), "a number with a fraction or beyond 64 bits"),
        (value!(1e300), "a number with a fraction or beyond 64 bits"),
        (value!(9_223_372_036_854_775_808_u64), "a number beyond 63 bits"),
        (value!("7"), "a string"),
    ] {
        let told = format!("/logins_count: must be an integer, not {kind}");
        let user: User = tolerated(&value!({"logins_count": number}), &[&told]);
        assert_eq!(user.logins_count, None);
    }
}

#[test]
fn a_number_may_come_for_a_string() {
    let wrong = ["/nickname: must be a string, not a number", "/phone_number: must be a string, not a number"];
    let user: User = tolerated(&value!({"phone_number": 15_559_876_543_i64, "nickname": 7, "name": "Ann"}), &wrong);
    assert_eq!((user.phone_number, user.name.as_deref()), (None, Some("Ann")));
}

/// Every member that a user has.
const USER: [&str; 23] = [
    "app_metadata",
    "blocked",
    "created_at",
    "email",
    "email_verified",
    "family_name",
    "given_name",
    "identities",
    "last_ip",
    "last_login",
    "last_password_reset",
    "logins_count",
    "multifactor",
    "multifactor_last_modified",
    "name",
    "nickname",
    "phone_number",
    "phone_verified",
    "picture",
    "updated_at",
    "user_id",
    "user_metadata",
    "username",
];

#[test]
fn every_member_may_be_null() {
    let nulls = |names: &[&str]| Value::Object(names.iter().map(|name| ((*name).to_owned(), Value::Null)).collect());
    let user: User = serde_json::from_value(nulls(&USER)).unwrap();
    assert!(equal(&serde_json::to_value(&user).unwrap(), &nulls(&USER)));
    let told: Vec<_> = user.validate().unwrap_err().iter().map(|violation| violation.pointer.clone()).collect();
    assert_eq!(told, USER.map(|name| format!("/{name}")));
    assert!(user.validate().unwrap_err().iter().all(|violation| violation.keyword == "type"));

    let names = ["access_token", "access_token_secret", "connection", "isSocial", "profileData", "refresh_token"];
    let told = names.map(|name| format!("/{name}"));
    let identity: UserIdentitySchema = serde_json::from_value(nulls(&names)).unwrap();
    let found: Vec<_> = identity.validate().unwrap_err().into_iter().map(|violation| violation.pointer).collect();
    assert_eq!(found, told);
    assert!(equal(&serde_json::to_value(&identity).unwrap(), &nulls(&names)));
}

#[test]
fn null_in_a_request_is_told_where_it_is_not_allowed() {
    let nullable =
        ["email", "family_name", "given_name", "name", "nickname", "password", "phone_number", "picture", "username"];
    let nulls = |names: &[&str]| Value::Object(names.iter().map(|name| ((*name).to_owned(), Value::Null)).collect());
    let update: UpdateUserRequestContent = tolerated(&nulls(&nullable), &[]);
    assert_eq!((update.email, update.password), (Maybe::Null, Maybe::Null));
    let _: UpdateUserRequestContent = tolerated(
        &nulls(&["app_metadata", "blocked", "client_id", "connection", "user_metadata", "verify_email"]),
        &[
            "/app_metadata: must be an object, not null",
            "/blocked: must be a boolean, not null",
            "/client_id: must be a string, not null",
            "/connection: must be a string, not null",
            "/user_metadata: must be an object, not null",
            "/verify_email: must be a boolean, not null",
        ],
    );
}

#[test]
fn an_open_object_keeps_members_that_it_does_not_name() {
    let user: User = tolerated(
        &value!({"locale": "en", "https://example.com/claim": {"a": [1, null]}, "gender": null, "extra": 1, "": true}),
        &[],
    );
    assert_eq!(user.extra.len(), 5);
    assert_eq!(user.extra.get("locale"), Some(&value!("en")));
    let profile: UserProfileData = tolerated(&value!({"locale": "en", "email_verified": false}), &[]);
    assert_eq!(profile.email_verified, Some(false));
    let _: RegenerateUsersRecoveryCodeResponseContent = tolerated(&value!({"recovery_code": "A", "b": 1}), &[]);
}

#[test]
fn a_closed_object_keeps_them_as_well_and_tells_of_them() {
    let identity: UserIdentitySchema = tolerated(
        &value!({"connection": "users", "access_token_expires": 1, "zz": null}),
        &[
            "/access_token_expires: is not a member that the schema allows",
            "/zz: is not a member that the schema allows",
        ],
    );
    assert_eq!(identity.extra.get("access_token_expires"), Some(&value!(1)));
    let _: User = tolerated(
        &value!({"identities": [{"connection": "users"}, {"new": 1}]}),
        &["/identities/1/new: is not a member that the schema allows"],
    );
    let _: RevokeUserAccessRequestContent =
        tolerated(&value!({"sid": "s"}), &["/sid: is not a member that the schema allows"]);
    let _: CreateUserRequestContent =
        tolerated(&value!({"connection": "c", "locale": "en"}), &["/locale: is not a member that the schema allows"]);
}

#[test]
fn a_provider_may_be_new() {
    let identity: UserIdentitySchema = serde_json::from_str(r#"{"provider":"fediverse"}"#).unwrap();
    assert_eq!(identity.provider, Some(UserIdentityProviderEnum::Unknown("fediverse".to_owned())));
    assert_eq!(serde_json::to_string(&identity).unwrap(), r#"{"provider":"fediverse"}"#);
    let told = violations(&identity);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("/provider: must be one of ad, "), "{told:?}");
    assert!(!told[0].contains("fediverse"));
    let known: UserIdentitySchema = tolerated(&value!({"provider": "auth0"}), &[]);
    assert_eq!(known.provider, Some(UserIdentityProviderEnum::Auth0));
    let _: UserIdentitySchema = tolerated(&value!({"provider": 7}), &["/provider: must be a string, not a number"]);
}

#[test]
fn an_id_of_an_identity_is_text_or_a_whole_number() {
    for (json, id) in [
        (value!("abc"), UserId::String("abc".to_owned())),
        (value!(191_919_191), UserId::Integer(191_919_191)),
        (value!(191_919_191.0), UserId::Integer(191_919_191)),
    ] {
        assert_eq!(tolerated::<UserId>(&json, &[]), id);
    }
    assert_eq!(
        tolerated::<UserId>(&value!(""), &["the value: must have at least 1 character"]),
        UserId::String(String::new())
    );
    for json in [value!(1.5), value!(null), value!(true), value!([1]), value!({"a": 1})] {
        assert_eq!(tolerated::<UserId>(&json, &["the value: must fit a branch of `oneOf`"]), UserId::Unknown(json));
    }
}

#[test]
fn text_is_measured_in_code_points() {
    let named = |count: usize| value!({"given_name": "\u{1f600}".repeat(count)});
    let _: UpdateUserRequestContent = tolerated(&named(150), &[]);
    let _: UpdateUserRequestContent = tolerated(&named(151), &["/given_name: must have at most 150 characters"]);
}

#[test]
fn every_limit_of_an_update_includes_its_end() {
    for (name, limit) in
        [("family_name", 150), ("given_name", 150), ("name", 300), ("nickname", 300), ("username", 128)]
    {
        let _: UpdateUserRequestContent = tolerated(&value!({ name: "a".repeat(limit) }), &[]);
        let told = format!("/{name}: must have at most {limit} characters");
        let _: UpdateUserRequestContent = tolerated(&value!({ name: "a".repeat(limit + 1) }), &[&told]);
    }
    for name in ["client_id", "connection", "family_name", "given_name", "name", "nickname", "password", "username"] {
        let told = format!("/{name}: must have at least 1 character");
        let _: UpdateUserRequestContent = tolerated(&value!({ name: "" }), &[&told]);
        let _: UpdateUserRequestContent = tolerated(&value!({ name: "a" }), &[]);
    }
}

#[test]
fn a_phone_number_is_a_plus_and_up_to_fifteen_digits() {
    for number in ["+1", "+123456789012345"] {
        let _: UpdateUserRequestContent = tolerated(&value!({"phone_number": number}), &[]);
    }
    for number in ["", "+", "1", "+1234567890123456", "+1 2", "+1\n", " +1", "+\u{661}"] {
        let told = [r"/phone_number: must match ^\+[0-9]{1,15}$"];
        let _: UpdateUserRequestContent = tolerated(&value!({"phone_number": number}), &told);
    }
}

#[test]
fn the_id_of_a_new_user_holds_no_white_space() {
    for id in [String::new(), "a|b".to_owned(), "a".repeat(255), "\u{200b}".to_owned()] {
        let _: CreateUserRequestContent = tolerated(&value!({"connection": "c", "user_id": id}), &[]);
    }
    for id in ["a b", "\n", "\u{feff}", "\u{a0}", "\u{3000}"] {
        let told = [r"/user_id: must match ^\S*$"];
        let _: CreateUserRequestContent = tolerated(&value!({"connection": "c", "user_id": id}), &told);
    }
    let told = ["/user_id: must have at most 255 characters"];
    let _: CreateUserRequestContent = tolerated(&value!({"connection": "c", "user_id": "a".repeat(256)}), &told);
}

#[test]
fn a_required_member_that_is_missing_or_a_lie_is_an_error() {
    for (text, message) in [
        ("{}", r#"the required member "connection" is missing"#),
        (r#"{"connection":7}"#, "expected a string, found a number"),
        (r#"{"connection":null}"#, "expected a string, found null"),
    ] {
        let error = serde_json::from_str::<CreateUserRequestContent>(text).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn an_answer_that_lies_is_an_answer_all_the_same() {
    let body = r#"{"email_verified":"true","created_at":{"d":1},"logins_count":"7","nickname":null,"locale":"en",
        "identities":[{"provider":"fediverse","user_id":null,"isSocial":"no","new":[]}]}"#;
    let server = Server::new(json("200 OK", body));
    let user = wait(client(&server).users().get("1")).unwrap();
    assert!(equal(&serde_json::to_value(&*user).unwrap(), &serde_json::from_str(body).unwrap()));
    let violations = user.validate().unwrap_err();
    let mut told: Vec<_> = violations.iter().map(|violation| violation.pointer.as_str()).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "/created_at",
            "/email_verified",
            "/identities/0/isSocial",
            "/identities/0/new",
            "/identities/0/provider",
            "/identities/0/user_id",
            "/logins_count",
            "/nickname",
        ]
    );
}

#[test]
fn an_element_of_the_wrong_kind_is_a_decode_error_with_its_place() {
    for (body, pointer, message) in [
        (r#"{"identities":[{},"x"]}"#, "/identities/1", "expected an object, found a string"),
        (r#"{"multifactor":["a",null]}"#, "/multifactor/1", "expected a string, found null"),
    ] {
        let server = Server::new(json("200 OK", body));
        let error = wait(client(&server).users().get("1")).unwrap_err();
        let Error::Decode(undecoded) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(undecoded.pointer(), pointer);
        assert!(undecoded.message().starts_with(message), "{}", undecoded.message());
        assert_eq!(undecoded.body(), body.as_bytes());
        assert_eq!(undecoded.status(), 200);
    }
}

#[test]
fn places_are_json_pointers_whatever_the_keys_are() {
    let _: UserIdentitySchema = tolerated(&value!({"a/b~c": 1}), &["/a~1b~0c: is not a member that the schema allows"]);
    let _: User = tolerated(
        &value!({"identities": [{"": 1, "é": 2}]}),
        &[
            "/identities/0/: is not a member that the schema allows",
            "/identities/0/é: is not a member that the schema allows",
        ],
    );
}

#[test]
fn the_last_of_two_members_with_one_name_counts() {
    let user: User = serde_json::from_str(r#"{"blocked":"no","blocked":true}"#).unwrap();
    assert_eq!((user.blocked, violations(&user)), (Some(true), Vec::new()));
    let user: User = serde_json::from_str(r#"{"blocked":true,"blocked":"no"}"#).unwrap();
    assert_eq!((user.blocked, violations(&user)), (None, vec!["/blocked: must be a boolean, not a string".to_owned()]));
    assert_eq!(serde_json::to_string(&user).unwrap(), r#"{"blocked":"no"}"#);
}
