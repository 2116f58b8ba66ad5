//! A server that validates every request against the document accepts what the client sends, and nothing else.

use std::collections::BTreeSet;
use std::sync::Arc;

use auth0_users::types::{CreateUserRequestContent, RevokeUserAccessRequestContent, UpdateUserRequestContent};
use auth0_users::{Client, Error, ErrorCode, Maybe, Merge};

use crate::mock::Mock;
use crate::server::Server;
use crate::{client, wait};

const ID: &str = "auth0|a/b %3A?é";

fn mocked() -> (Arc<Mock>, Server) {
    let mock = Arc::new(Mock::new());
    let answering = Arc::clone(&mock);
    (mock, Server::answering(move |request| answering.answer(request)))
}

/// Calls every operation, with all of its parameters and members.
async fn everything(client: &Client) -> Result<(), Error> {
    let users = client.users();
    let create = CreateUserRequestContent::new("users")
        .app_metadata(Merge::new().set("plan", "gold"))
        .blocked(false)
        .email("ann@example.com")
        .email_verified(true)
        .family_name("Lee")
        .given_name("Ann")
        .name("Ann Lee")
        .nickname("ann")
        .password("s3cret")
        .phone_number("+15559876543")
        .phone_verified(false)
        .picture("https://example.com/a.png")
        .user_id("507f1f77")
        .user_metadata(Merge::new().set("n", 1))
        .username("ann")
        .verify_email(false);
    users.create(&create).auth0_custom_domain("login.example.com").correlation_id("7f").await?;
    let update = UpdateUserRequestContent::new()
        .client_id("c1")
        .email(Maybe::Null)
        .nickname(Maybe::Null)
        .phone_number("+1")
        .app_metadata(Merge::wipe())
        .user_metadata(Merge::new().delete("a"))
        .verify_phone_number(true);
    users.update(ID, &update).auth0_custom_domain("login.example.com").correlation_id("7f").await?;
    let list = users.list().page(0).per_page(100).include_totals(true).sort("created_at:1").connection("users");
    let list = list.fields("email,name").include_fields(true).q("name:\"Ann & Bob\"").search_engine("v3");
    list.primary_order(true).await?;
    users.list_users_by_email("ann+a@example.com").fields("email").include_fields(false).await?;
    users.get(ID).fields("email").include_fields(true).await?;
    users.regenerate_recovery_code(ID).await?;
    let revoke = RevokeUserAccessRequestContent::new().session_id("s1").preserve_refresh_tokens(true);
    users.revoke_access(ID).body(&revoke).await?;
    users.revoke_access(ID).await?;
    users.delete(ID).await?;
    Ok(())
}

#[test]
fn every_operation_is_accepted_by_a_server_that_validates() {
    let (mock, server) = mocked();
    wait(everything(&client(&server))).unwrap_or_else(|error| panic!("{error}: {}", said(&error)));
    let called: BTreeSet<String> = server.requests().iter().filter_map(|request| mock.operation_of(request)).collect();
    assert_eq!(called, mock.operations());
    assert_eq!(called.len(), 8);
}

/// What the mock has against a request.
fn said(error: &Error) -> String {
    error.failure().and_then(|failure| Some(failure.error()?.message.clone())).unwrap_or_default()
}

#[test]
fn what_the_document_does_not_allow_is_refused_by_that_server() {
    let (_, server) = mocked();
    let client = client(&server);
    let refused = |error: Error| {
        assert_eq!(error.code(), Some(ErrorCode::InvalidBody), "{error}");
        said(&error)
    };
    let users = client.users();
    let body = UpdateUserRequestContent::new().given_name("").email("no address");
    let told = refused(wait(users.update("1", &body).skip_validation()).unwrap_err());
    assert!(told.contains("/given_name: ") && told.contains("/email: "), "{told}");
    let told = refused(wait(users.list().per_page(101_i64).skip_validation()).unwrap_err());
    assert!(told.contains("per_page: "), "{told}");
    let told = refused(wait(users.get("1").query_param("expand", "roles")).unwrap_err());
    assert_eq!(told, "expand: no such parameter");
    let told = refused(wait(users.get("1").header("x-a", "b")).unwrap_err());
    assert_eq!(told, "x-a: no such header");
    let told = refused(wait(client.request(auth0_users::Method::GET, "/roles")).unwrap_err());
    assert_eq!(told, "GET /roles HTTP/1.1: no operation");
    let anonymous = Client::builder().base_url(server.url()).anonymous().build().unwrap();
    assert_eq!(refused(wait(anonymous.users().get("1")).unwrap_err()), "no bearer token");
}
