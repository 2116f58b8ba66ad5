//! What is sent again, and what never leaves, of the requests of this API.

use auth0_users::types::{CreateUserRequestContent, UpdateUserRequestContent};
use auth0_users::{Client, Error, Merge, RetryPolicy};

use crate::server::{Answer, Server, json, with_headers};
use crate::{TOKEN, told, wait};

/// How many requests come of each operation, where the first is answered like this and the second is a success.
fn sent(first: &Answer) -> [usize; 8] {
    let requests: [fn(&Client) -> bool; 8] = [
        |client| wait(client.users().list()).is_ok(),
        |client| wait(client.users().list_users_by_email("a@example.com")).is_ok(),
        |client| wait(client.users().get("auth0|1")).is_ok(),
        |client| wait(client.users().delete("auth0|1")).is_ok(),
        |client| wait(client.users().update("auth0|1", &UpdateUserRequestContent::new().name("Ann"))).is_ok(),
        |client| wait(client.users().create(&CreateUserRequestContent::new("db"))).is_ok(),
        |client| wait(client.users().regenerate_recovery_code("auth0|1")).is_ok(),
        |client| wait(client.users().revoke_access("auth0|1")).is_ok(),
    ];
    let mut kinds = [0, 1, 2, 3, 4, 5, 6, 7].iter();
    requests.map(|request| {
        let good = if kinds.next().is_some_and(|kind| *kind < 2) { "[]" } else { "{}" };
        let server = Server::in_turn([first.clone(), json("200 OK", good)]);
        let builder = Client::builder().base_url(server.url()).token(TOKEN);
        let quick =
            RetryPolicy::new().backoff(std::time::Duration::from_millis(1), std::time::Duration::from_millis(1));
        let is_good = request(&builder.retries(quick).build().unwrap());
        let sent = server.requests().len();
        assert_eq!(is_good, sent == 2);
        sent
    })
}

#[test]
fn what_creates_is_not_sent_again_where_the_server_may_have_acted() {
    let safe = [2, 2, 2, 2, 2, 1, 1, 1];
    for first in [
        json("500 Internal Server Error", "{}"),
        with_headers("503 Service Unavailable", "retry-after: 0\r\n", "{}"),
        Answer::Bytes(Vec::new()),
        Answer::Reset(b"HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n{".to_vec()),
    ] {
        assert_eq!(sent(&first), safe, "{first:?}");
    }
}

#[test]
fn what_the_server_has_turned_away_is_sent_again() {
    let said = r#"{"statusCode":429,"error":"Too Many Requests","message":"No","errorCode":"too_many_requests"}"#;
    assert_eq!(sent(&json("429 Too Many Requests", said)), [2; 8]);
    assert_eq!(sent(&json("400 Bad Request", said)), [1; 8]);
}

#[test]
fn a_limit_that_is_used_up_for_long_says_when_to_come_back() {
    let headers = "date: Sun, 09 Sep 2001 01:46:40 GMT\r\nx-ratelimit-reset: 1000003600\r\n";
    let server = Server::new(with_headers("429 Too Many Requests", headers, "{}"));
    let client = Client::builder().base_url(server.url()).token(TOKEN).build().unwrap();
    let before = std::time::SystemTime::now();
    let error = wait(client.users().get("auth0|1")).unwrap_err();
    let at = error.failure().unwrap().retry_at().unwrap();
    let hour = std::time::Duration::from_secs(3600);
    assert!(before + hour <= at && at <= std::time::SystemTime::now() + hour);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_body_has_at_most_a_million_bytes() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::builder().base_url(server.url()).token(TOKEN).build().unwrap();
    // The rest is `{"user_metadata":{"k":""}}`.
    let update =
        |length: usize| UpdateUserRequestContent::new().user_metadata(Merge::new().set("k", "x".repeat(length)));
    let told = told(wait(client.users().update("auth0|1", &update(1_000_000 - 25))));
    assert_eq!(told, ["/body: must be at most 1000000 bytes, and has 1000001"]);
    assert!(server.requests().is_empty());
    wait(client.users().update("auth0|1", &update(1_000_000 - 26))).unwrap();
    assert_eq!(server.request().body.len(), 1_000_000);

    let raw = Client::builder().base_url(server.url()).token(TOKEN).max_request_size(10).build().unwrap();
    let error = wait(raw.request(auth0_users::Method::POST, "/roles").json("123456789")).unwrap_err();
    assert!(matches!(error, Error::Invalid(_)));
    assert_eq!(server.requests().len(), 1);
}
