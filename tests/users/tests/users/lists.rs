//! A page of users: an array or an envelope, as the server pleases.

use auth0_users::types::ListUsersResponseContent;
use auth0_users::{Error, Validate};

use crate::server::{Server, json};
use crate::{client, violations, wait};

/// The page that a server answers with.
fn page(body: &str) -> ListUsersResponseContent {
    let server = Server::new(json("200 OK", body));
    wait(client(&server).users().list()).unwrap().into_inner()
}

#[test]
fn a_page_may_be_an_array() {
    let body = r#"[{"user_id":"a","locale":"en"},{}]"#;
    let page = page(body);
    let ListUsersResponseContent::UserResponseSchemaList(users) = &page else {
        panic!("{page:?}");
    };
    assert_eq!(users[0].user_id.as_deref(), Some("a"));
    assert_eq!(users.len(), 2);
    assert_eq!(serde_json::to_string(&page).unwrap(), body);
    assert_eq!(violations(&page), [""; 0]);
}

#[test]
fn a_page_may_be_an_envelope() {
    let body = r#"{"length":1,"limit":50,"start":0,"total":1,"users":[{"user_id":"a"}]}"#;
    let page = page(body);
    let ListUsersResponseContent::ListUsersOffsetPaginatedResponseContent(envelope) = &page else {
        panic!("{page:?}");
    };
    assert_eq!((envelope.start, envelope.limit, envelope.total), (Some(0.0), Some(50.0), Some(1.0)));
    assert_eq!(envelope.users.as_ref().map(Vec::len), Some(1));
    assert_eq!(serde_json::to_string(&page).unwrap(), body);
    assert_eq!(violations(&page), [""; 0]);
}

#[test]
fn an_empty_page_is_one_in_either_shape() {
    for body in ["[]", "{}", r#"{"users":[]}"#] {
        let page = page(body);
        assert_eq!(serde_json::to_string(&page).unwrap(), body);
        assert_eq!(violations(&page), [""; 0]);
    }
}

#[test]
fn an_envelope_that_lies_is_kept_and_told() {
    let body = r#"{"total":"1","users":[{"email_verified":"true"}],"next":"x"}"#;
    let page = page(body);
    let told: Vec<_> = page.validate().unwrap_err().into_iter().map(|violation| violation.pointer).collect();
    assert_eq!(told, ["/total", "/users/0/email_verified", "/next"]);
    let encoded: serde_json::Value = serde_json::to_value(&page).unwrap();
    assert_eq!(encoded, serde_json::from_str::<serde_json::Value>(body).unwrap());
}

#[test]
fn a_page_that_is_neither_is_kept_and_told() {
    for body in ["null", "7", r#""none""#] {
        let page = page(body);
        assert_eq!(page, ListUsersResponseContent::Unknown(serde_json::from_str(body).unwrap()));
        assert_eq!(violations(&page), ["the value: must fit a branch of `oneOf`"]);
    }
}

#[test]
fn a_user_of_the_wrong_kind_is_a_decode_error_with_its_place() {
    for (body, pointer) in [
        (r#"[{},7]"#, "/1"),
        (r#"[{"identities":[null]}]"#, "/0/identities/0"),
        (r#"{"users":[{},{"identities":[{},[]]}]}"#, "/users/1/identities/1"),
    ] {
        let server = Server::new(json("200 OK", body));
        let error = wait(client(&server).users().list()).unwrap_err();
        let Error::Decode(undecoded) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(undecoded.pointer(), pointer);
        assert_eq!(undecoded.body(), body.as_bytes());
        assert!(undecoded.message().starts_with("expected an object, found "), "{}", undecoded.message());
    }
}
