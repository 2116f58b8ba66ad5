//! Walks through pages of users, against a server that pages as the real one does.

use auth0_users::types::UserResponseSchema;
use auth0_users::{Client, Error, Value, Wait, WaitEach};

use crate::server::{Answer, Request, Server, json};
use crate::{client, wait};

/// The number that a parameter of the query holds.
fn number(request: &Request, name: &str, otherwise: usize) -> usize {
    let query = request.line().split(['?', ' ']).nth(2).unwrap_or_default();
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    value.map_or(otherwise, |value| value.parse().unwrap())
}

/// A page out of `total` users, of `clamp` at most. What reaches beyond the thousandth is refused, as the server does.
fn answer(request: &Request, total: usize, clamp: usize) -> Answer {
    let (page, asked) = (number(request, "page", 0), number(request, "per_page", 50));
    if (page + 1) * asked > 1000 {
        return json("400 Bad Request", r#"{"statusCode":400,"error":"Bad Request","errorCode":"invalid_paging"}"#);
    }
    let size = asked.min(clamp);
    let start = (page * size).min(total);
    let users: Vec<String> =
        (start..(start + size).min(total)).map(|index| format!(r#"{{"user_id":"{index}"}}"#)).collect();
    let (length, users) = (users.len(), users.join(","));
    if request.line().contains("include_totals=true") {
        let head = format!(r#""start":{start},"limit":{size},"length":{length},"total":{total}"#);
        return json("200 OK", &format!(r#"{{{head},"users":[{users}]}}"#));
    }
    json("200 OK", &format!("[{users}]"))
}

fn serving(total: usize, clamp: usize) -> Server {
    Server::answering(move |request| answer(request, total, clamp))
}

/// The ids that a walk gives, and how it ends.
fn walked(client: &Client, totals: bool, size: Option<i64>) -> (Vec<usize>, Option<Error>) {
    let mut request = client.users().list();
    if !totals {
        request = request.include_totals(false);
    }
    if let Some(size) = size {
        request = request.per_page(size);
    }
    wait(async {
        let (mut items, mut ids) = (request.items(), Vec::new());
        while let Some(user) = items.next().await {
            match user {
                Ok(user) => ids.push(id(&user)),
                Err(error) => {
                    assert!(items.next().await.is_none(), "an error ends the stream");
                    return (ids, Some(error));
                }
            }
        }
        (ids, None)
    })
}

fn id(user: &UserResponseSchema) -> usize {
    user.user_id.as_deref().unwrap().parse().unwrap()
}

#[test]
fn every_user_comes_once_whatever_the_sizes_are() {
    for total in [0, 1, 49, 50, 99, 100, 101, 250, 995, 999] {
        for clamp in [50, 100] {
            for totals in [true, false] {
                for size in [None, Some(100), Some(50), Some(30), Some(7)] {
                    let server = serving(total, clamp);
                    let (ids, error) = walked(&client(&server), totals, size);
                    // Without totals, nobody knows that nothing follows where the last page ends near the thousandth.
                    let is_end_seen = totals || total < 900;
                    assert!(error.is_none() || !is_end_seen, "{total} {clamp} {totals} {size:?}: {error:?}");
                    assert!(!matches!(error, Some(Error::BadRequest(_))), "{total} {clamp} {totals} {size:?}");
                    assert!(ids.iter().copied().eq(0..total), "{total} {clamp} {totals} {size:?}: {} users", ids.len());
                }
            }
        }
    }
}

#[test]
fn a_thousand_are_the_end_and_more_are_an_error_before_the_request() {
    let server = serving(1000, 100);
    let (ids, error) = walked(&client(&server), true, None);
    assert_eq!((ids.len(), error.is_none()), (1000, true));
    assert_eq!(server.requests().len(), 10);
    for clamp in [50, 100] {
        for size in [None, Some(30), Some(64)] {
            let (ids, error) = walked(&client(&serving(1001, clamp)), true, size);
            assert!(ids.iter().copied().eq(0..1000), "{clamp} {size:?}: {}", ids.len());
            let Some(Error::PageLimit { limit: 1000, total: Some(1001), .. }) = &error else { panic!("{error:?}") };
            assert!(error.unwrap().to_string().contains("1001"));
        }
    }
    let (ids, error) = walked(&client(&serving(2000, 100)), false, None);
    assert_eq!(ids.len(), 1000);
    assert!(matches!(error, Some(Error::PageLimit { total: None, .. })), "{error:?}");
}

#[test]
fn a_page_has_its_total_and_headers_and_is_asked_for_when_it_is_wanted() {
    let server = serving(250, 100);
    let client = client(&server);
    wait(async {
        let mut pages = client.users().list().sort("created_at:1").pages();
        assert_eq!(server.requests().len(), 0);
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!((page.items().len(), page.total(), page.status().as_u16()), (100, Some(250), 200));
        assert_eq!(server.requests().len(), 1);
        assert!(server.request().line().contains("sort=created_at%3A1&per_page=100&include_totals=true"));
        drop(pages);
    });
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn what_is_wrong_is_told_before_anything_is_sent_and_an_error_in_the_middle_ends_the_walk() {
    let server = serving(10, 100);
    let (_, error) = walked(&client(&server), true, Some(101));
    assert!(matches!(error, Some(Error::Invalid(_))), "{error:?}");
    assert_eq!(server.requests().len(), 0);
    // A page of no users would look like the end, and a place that is no number like the beginning.
    for (name, value, message) in [
        ("per_page", 0.into(), "/query/per_page: must be a positive number, for a walk to come to an end"),
        ("per_page", "all".into(), "/query/per_page: must be a positive number, for a walk to come to an end"),
        ("page", "last".into(), "/query/page: must be a whole number, for a walk to begin there"),
        ("page", Value::from(-1), "/query/page: must be a whole number, for a walk to begin there"),
    ] {
        let mut pages = client(&server).users().list().query_param(name, value).pages();
        let Some(Err(Error::Invalid(violations))) = wait(pages.next()) else { panic!("{name}") };
        assert_eq!(violations.to_string(), message);
    }
    assert_eq!(server.requests().len(), 0);
    let server = Server::answering(|request| match number(request, "page", 0) {
        2 => json("503 Service Unavailable", "{}"),
        _ => answer(request, 500, 100),
    });
    let (ids, error) = walked(&client(&server), true, None);
    assert_eq!(ids.len(), 200);
    assert_eq!(error.unwrap().status().unwrap().as_u16(), 503);
    let server = Server::new(json("200 OK", r#"{"users":[{},7],"total":2}"#));
    let (_, error) = walked(&client(&server), true, None);
    let Some(Error::Decode(undecoded)) = &error else { panic!("{error:?}") };
    assert_eq!(undecoded.pointer(), "/users/1");
}

#[test]
fn a_request_can_be_waited_for_on_plain_threads() {
    let server = serving(120, 50);
    let client = client(&server);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let page = client.users().list().wait().unwrap();
                assert_eq!(page.status(), 200);
                let ids: Vec<usize> =
                    client.users().list().items().wait_each().map(|user| id(&user.unwrap())).collect();
                assert!(ids.into_iter().eq(0..120));
            });
        }
    });
    assert!(matches!(client.users().delete("").wait(), Err(Error::Invalid(_))));
}

#[test]
fn a_wait_within_a_runtime_blocks_and_does_not_panic() {
    let server = serving(5000, 100);
    let client = client(&server);
    // More than tokio lets a task do before it has to yield.
    let count = wait(async { client.users().list().per_page(4).items().wait_each().take_while(Result::is_ok).count() });
    assert_eq!(count, 1000);
}

#[test]
fn dropping_the_iterator_asks_for_nothing_more() {
    let server = serving(500, 100);
    let mut users = client(&server).users().list().items().wait_each();
    assert_eq!(id(&users.next().unwrap().unwrap()), 0);
    drop(users);
    assert_eq!(server.requests().len(), 1);
}
