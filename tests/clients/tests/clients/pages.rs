//! Walks of every style: by checkpoints, by offsets, and by pages that are counted from one.

use clients_tests::types::Entry;
use clients_tests::{Error, Response, WaitEach};

use crate::server::{Answer, Request, Server, json};
use crate::{client, wait};

/// What a parameter of the query holds.
fn parameter<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let query = request.line().split(['?', ' ']).nth(2).unwrap_or_default();
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn number(request: &Request, name: &str, otherwise: usize) -> usize {
    parameter(request, name).map_or(otherwise, |text| text.parse().unwrap())
}

/// Entries with the ids `from` and on, as JSON.
fn entries(from: usize, count: usize) -> String {
    let entries: Vec<String> = (from..from + count).map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    format!("[{}]", entries.join(","))
}

/// Checkpoints are opaque: one that is not given back as it was is refused.
fn log(request: &Request, total: usize) -> Answer {
    let start = match parameter(request, "from") {
        None => 0,
        Some(text) => {
            let Some(start) = text.strip_prefix("at%2F").and_then(|rest| rest.strip_suffix("%3D%3D")) else {
                return json("400 Bad Request", "{}");
            };
            start.parse().unwrap()
        }
    };
    let count = number(request, "take", 2).min(total - start);
    let next = start + count;
    let next = if next < total { format!(r#""at/{next}==""#) } else { "null".to_owned() };
    json("200 OK", &format!(r#"{{"entries":{},"next":{next}}}"#, entries(start, count)))
}

fn archive(request: &Request, total: usize, clamp: usize) -> Answer {
    let start = number(request, "offset", 0).min(total);
    let count = number(request, "limit", 10).min(clamp).min(total - start);
    json("200 OK", &format!(r#"{{"found":{{"entries":{}}},"count":{total}}}"#, entries(start, count)))
}

fn shelf(request: &Request, total: usize) -> Answer {
    let start = ((number(request, "page", 1) - 1) * 4).min(total);
    json("200 OK", &entries(start, 4.min(total - start)))
}

fn lines(server: &Server) -> Vec<String> {
    let path = |request: &Request| request.line().split(' ').nth(1).unwrap().to_owned();
    server.requests().iter().map(path).collect()
}

/// The ids that a walk gives, and how it ends.
macro_rules! walked {
    ($request:expr) => {
        wait(async {
            let (mut items, mut ids) = ($request.items(), Vec::new());
            loop {
                match items.next().await {
                    Some(Ok(entry)) => ids.push(id(&entry)),
                    Some(Err(error)) => break (ids, Some(error)),
                    None => break (ids, None),
                }
            }
        })
    };
}

fn id(entry: &Entry) -> i64 {
    entry.id
}

#[test]
fn checkpoints_are_given_back_as_they_came_until_there_is_none() {
    let server = Server::answering(|request| log(request, 5));
    let (ids, error) = walked!(client(&server).samples().read_log().take(2).level("info"));
    assert_eq!((ids, error.is_none()), (vec![0, 1, 2, 3, 4], true));
    assert_eq!(
        lines(&server),
        [
            "/log?level=info&take=2",
            "/log?level=info&from=at%2F2%3D%3D&take=2",
            "/log?level=info&from=at%2F4%3D%3D&take=2"
        ]
    );
}

#[test]
fn a_walk_by_checkpoints_says_how_many_it_takes_and_begins_where_it_is_told() {
    let server = Server::answering(|request| log(request, 120));
    let (ids, error) = walked!(client(&server).samples().read_log());
    assert!(ids.into_iter().eq(0..120) && error.is_none());
    assert_eq!(lines(&server)[0], "/log?take=50");
    assert_eq!(server.requests().len(), 3);

    let (ids, error) = walked!(client(&server).samples().read_log().from("at/117=="));
    assert_eq!((ids, error.is_none()), (vec![117, 118, 119], true));
}

#[test]
fn an_empty_page_with_a_checkpoint_is_no_end() {
    let server = Server::answering(|request| match parameter(request, "from") {
        None => json("200 OK", r#"{"entries":[],"next":"a"}"#),
        Some("a") => json("200 OK", r#"{"next":"b"}"#),
        _ => json("200 OK", r#"{"entries":[{"id":7}],"next":""}"#),
    });
    let (ids, error) = walked!(client(&server).samples().read_log());
    assert_eq!((ids, error.is_none(), server.requests().len()), (vec![7], true, 3));
}

#[test]
fn a_checkpoint_that_leads_to_itself_is_told_and_not_followed() {
    let server = Server::new(json("200 OK", r#"{"entries":[{"id":7}],"next":"a"}"#));
    let (ids, error) = walked!(client(&server).samples().read_log());
    let Some(Error::Decode(undecoded)) = &error else { panic!("{error:?}") };
    assert_eq!((undecoded.pointer(), undecoded.message()), ("/next", "must not be where a page before began"));
    assert_eq!((ids, server.requests().len()), (vec![7], 2));
}

#[test]
fn offsets_count_what_came_however_short_the_pages_are() {
    for clamp in [1, 3, 10] {
        for total in [0, 1, 10, 25] {
            let server = Server::answering(move |request| archive(request, total, clamp));
            let (ids, error) = walked!(client(&server).samples().read_archive().limit(10));
            assert!(ids.into_iter().eq(0..total as i64) && error.is_none(), "{clamp} {total}");
            assert_eq!(server.requests().len(), total.div_ceil(clamp).max(1), "the total tells the end");
        }
    }
}

#[test]
fn offsets_end_where_the_api_does() {
    let server = Server::answering(|request| archive(request, 26, 10));
    let (ids, error) = walked!(client(&server).samples().read_archive().limit(10));
    assert!(ids.into_iter().eq(0..25));
    assert!(matches!(error, Some(Error::PageLimit { limit: 25, total: Some(26), .. })), "{error:?}");
    assert_eq!(lines(&server), ["/archive?limit=10", "/archive?offset=10&limit=10", "/archive?offset=20&limit=5"]);
}

#[test]
fn pages_that_are_counted_from_one_end_with_an_empty_one() {
    let server = Server::answering(|request| shelf(request, 6));
    let (ids, error) = walked!(client(&server).samples().read_shelf());
    assert!(ids.into_iter().eq(0..6) && error.is_none());
    assert_eq!(lines(&server), ["/shelf", "/shelf?page=2", "/shelf?page=3"]);

    let server = Server::answering(|request| shelf(request, 6));
    let (ids, _) = walked!(client(&server).samples().read_shelf().page(2));
    assert_eq!((ids, lines(&server)), (vec![4, 5], vec!["/shelf?page=2".to_owned(), "/shelf?page=3".to_owned()]));
}

#[test]
fn one_page_is_had_as_ever_and_threads_walk_as_well() {
    let server = Server::answering(|request| log(request, 5));
    let client = client(&server);
    let page = wait(client.samples().read_log().take(3)).map(Response::into_inner).unwrap();
    assert_eq!(page.next.value().map(String::as_str), Some("at/3=="));
    let ids: Vec<i64> = client.samples().read_log().items().wait_each().map(|entry| id(&entry.unwrap())).collect();
    assert_eq!(ids, [0, 1, 2, 3, 4]);
}
