//! What is told to whoever listens by `tracing`, at any level: routes, attempts, statuses and durations, and nothing else.

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use codegen_runtime::client::Method;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::api::{Client, Rename};
use crate::server::{Answer, Server, json, with_headers};
use crate::wait;

const MARKER: &str = "marker";

thread_local! {
    /// What was told on this thread, of this crate and of those that it stands on: a line a span or an event.
    static TOLD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Keeps everything that is told in the whole process: whether a place is listened to is decided once for all threads.
struct Listener(AtomicU64);

fn keep(line: String) {
    TOLD.with_borrow_mut(|told| told.push(line));
}

fn keep_fields(kind: &str, metadata: &Metadata<'_>, record: impl FnOnce(&mut Fields<'_>)) {
    let mut line = format!("{kind} {}", metadata.target());
    if metadata.is_span() {
        line.extend([" ", metadata.name()]);
    }
    record(&mut Fields(&mut line));
    keep(line);
}

/// The fields of a span or an event.
struct Fields<'f>(&'f mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

/// What the client itself tells, with durations replaced.
fn own(told: &[String]) -> Vec<String> {
    let own = told.iter().filter_map(|line| line.split_once(" codegen_runtime::client::trace "));
    let word = |word: &str| match word.strip_prefix("duration_ms=") {
        Some(number) => number.parse().map(|_: u64| "duration_ms".to_owned()).unwrap(),
        None => word.to_owned(),
    };
    own.map(|(kind, line)| format!("{kind} {}", line.split(' ').map(word).collect::<Vec<_>>().join(" "))).collect()
}

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        keep_fields("span", span.metadata(), |fields| span.record(fields));
        Id::from_u64(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = "record".to_owned();
        values.record(&mut Fields(&mut line));
        keep(line);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        keep_fields("event", event.metadata(), |fields| event.record(fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Everything that is told while something is done.
fn listened(act: impl FnOnce()) -> Vec<String> {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Listener(AtomicU64::new(0))).unwrap());
    TOLD.take();
    act();
    let told = TOLD.take();
    assert!(!told.join("\n").contains(MARKER), "{told:#?}");
    own(&told)
}

/// What is told while a server with these answers is asked to rename a user, with a marker wherever one can be.
fn told(answers: impl IntoIterator<Item = Answer>) -> Vec<String> {
    let server = Server::in_turn(answers);
    listened(|| {
        let builder = Client::builder().base_url(format!("{}/marker", server.url())).token(MARKER);
        let client = builder.default_header("x-a", MARKER).timeout(Duration::from_secs(5)).build().unwrap();
        let body = Rename { name: MARKER.to_owned() };
        let request = client.update(MARKER, &body).header("x-b", MARKER).query_param(MARKER, MARKER);
        drop(wait(request.correlation_id(MARKER).skip_validation()));
        assert!(server.requests().iter().all(|request| request.head.contains(MARKER) && request.body.contains(MARKER)));
    })
}

const SPAN: &str = r#"span request method="PATCH" route="/users/{id}""#;

#[test]
fn a_request_is_a_span_and_an_attempt_an_event() {
    let said = r#"{"marker":"marker"}"#;
    assert_eq!(told([json("200 OK", said)]), [SPAN, "event message=answered attempt=1 duration_ms status=200"]);
    let again = with_headers("429 Too Many Requests", "x-a: marker\r\nretry-after: 1\r\n", said);
    assert_eq!(
        told([again, json("404 Not Found", said)]),
        [
            SPAN,
            "event message=answered attempt=1 duration_ms status=429",
            "event message=answered attempt=2 duration_ms status=404",
        ]
    );
}

#[test]
fn a_fault_is_told_by_its_kind() {
    for (answer, kind) in [
        (Answer::Bytes(b"marker\r\nmarker\r\n\r\n".to_vec()), "transport"),
        (Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\nmarker".to_vec()), "too large"),
        (Answer::Stall(b"HTTP/1.1 200 OK\r\n\r\nmarker".to_vec()), "timeout"),
    ] {
        let event = format!("event message=failed attempt=1 duration_ms fault={kind:?}");
        assert_eq!(told([answer]), [SPAN, &*event]);
    }
}

#[test]
fn a_path_of_the_callers_is_not_told() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::of(&server);
    let told = listened(|| drop(wait(client.0.request(Method::GET, "/users/marker").query("q", MARKER)).unwrap()));
    let first = told.first().map(String::as_str);
    assert_eq!(first, Some(r#"span request method="GET" route="[path]""#));
}
