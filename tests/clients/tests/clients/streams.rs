//! Answers that come piece by piece.

use std::time::Duration;

use clients_tests::Error;
use codegen_runtime::client::Event;

use crate::server::{Answer, Server};
use crate::{answering, client, rgb, silent, streaming, wait};

const BLUE: &str = r#"{"R":0,"G":0,"B":255}"#;

#[test]
fn events_are_typed_however_they_are_cut() {
    let first = format!("\u{feff}: hi\r\nevent: colour\r\nid: 1\r\nretry: 20\r\ndata: {BLUE}\r");
    let second =
        format!("\n\r\ndata: {{\"R\":1,\ndata: \"G\":2,\"B\":3}}\n\ndata: [DONE]\n\ndata: {BLUE}\n\ndata: lost");
    let server = streaming("text/event-stream", &[&first, &second[..9], &second[9..]]);
    let client = client(&server);
    wait(async {
        let mut events = client.samples().events().await.unwrap();
        assert_eq!(events.status(), 200);
        assert_eq!(events.headers()["content-type"], "text/event-stream");
        let Event { event, data, id, retry, .. } = events.next().await.unwrap().unwrap();
        assert_eq!(
            (event.as_str(), data, id.as_deref(), retry),
            ("colour", rgb(0, 0, 255), Some("1"), Some(Duration::from_millis(20)))
        );
        let next = events.next().await.unwrap().unwrap();
        assert_eq!((next.event.as_str(), next.data, next.id.as_deref()), ("message", rgb(1, 2, 3), Some("1")));
        let error = events.next().await.unwrap().unwrap_err();
        let Error::Decode(undecoded) = &error else { panic!("{error:?}") };
        assert_eq!(undecoded.body(), b"[DONE]", "what does not fit is told, and what follows is read");
        assert_eq!(events.next().await.unwrap().unwrap().data, rgb(0, 0, 255));
        assert!(events.next().await.is_none(), "an event that no empty line ends is none");
        assert!(events.next().await.is_none());
    });
    assert_eq!(server.request().header("accept"), Some("text/event-stream"));
}

#[test]
fn a_stream_outlasts_the_timeout_and_its_beginning_does_not() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: {\"R\":0,\"G\":0,\"B\":1}\n\n";
    let server = Server::new(Answer::Stall(head.as_bytes().to_vec()));
    let client = crate::builder(&server).token("t").timeout(Duration::from_millis(300)).build().unwrap();
    wait(async {
        let mut events = client.samples().events().await.unwrap();
        assert!(events.next().await.unwrap().is_ok());
        let more = tokio::time::timeout(Duration::from_millis(600), events.next()).await;
        assert!(more.is_err(), "nothing has come, and nothing is wrong: {more:?}");
    });
    let server = Server::new(Answer::Stall(Vec::new()));
    let client = crate::builder(&server).token("t").timeout(Duration::from_millis(100)).build().unwrap();
    assert!(matches!(wait(client.samples().events()), Err(Error::Timeout(_))));
}

#[test]
fn a_stream_that_is_cut_off_is_an_error() {
    let text = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\ndata:";
    let server = Server::new(Answer::Bytes(text.as_bytes().to_vec()));
    let client = client(&server);
    wait(async {
        let mut events = client.samples().events().await.unwrap();
        assert!(matches!(events.next().await, Some(Err(Error::Transport(_)))));
        assert!(events.next().await.is_none());
    });
}

#[test]
fn no_event_is_larger_than_the_client_allows() {
    let server = streaming("text/event-stream", &["data: 123456789\n", "data: 123456789\n"]);
    let client = crate::builder(&server).token("t").max_response_size(15).build().unwrap();
    wait(async {
        let mut events = client.samples().events().await.unwrap();
        assert!(matches!(events.next().await, Some(Err(Error::TooLarge { limit: 15, .. }))));
        assert!(events.next().await.is_none());
    });
}

#[test]
fn a_failure_is_no_stream() {
    let server = answering("404 Not Found", "application/json", r#"{"title":"No."}"#);
    let error = wait(client(&server).samples().events()).unwrap_err();
    let Error::NotFound(failure) = &error else { panic!("{error:?}") };
    assert_eq!(failure.error().unwrap().title.as_deref(), Some("No."));
}

#[test]
fn one_operation_may_answer_at_once_or_as_a_stream() {
    let server = answering("200 OK", "application/json", r#"{"item":"x"}"#);
    assert_eq!(wait(client(&server).samples().complete()).unwrap().item, "x");
    assert_eq!(server.request().header("accept"), Some("application/json"));

    let server = streaming("text/event-stream", &[&format!("data: {BLUE}\n\n")]);
    let client = client(&server);
    wait(async {
        let mut events = client.samples().complete().stream().await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap().data, rgb(0, 0, 255));
    });
    assert_eq!(server.request().header("accept"), Some("text/event-stream"));
}

#[test]
fn lines_are_values() {
    let text = format!("{BLUE}\r\n\n{{\"R\":1}}\n{BLUE}");
    let server = streaming("application/x-ndjson", &[&text[..5], &text[5..]]);
    let client = client(&server);
    wait(async {
        let mut lines = client.samples().lines().await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap(), rgb(0, 0, 255));
        assert!(matches!(lines.next().await, Some(Err(Error::Decode(_)))));
        assert_eq!(lines.next().await.unwrap().unwrap(), rgb(0, 0, 255), "the last line needs no end");
        assert!(lines.next().await.is_none());
    });
}

#[test]
fn bytes_may_come_as_events_as_well() {
    let server = streaming("text/event-stream", &[&format!("data: {BLUE}\n\n")]);
    let client = client(&server);
    wait(async {
        let mut events = client.samples().speak().events().await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap().data, rgb(0, 0, 255));
    });
    assert_eq!(server.request().header("accept"), Some("text/event-stream"));
    let server = streaming("audio/mpeg", &["\u{1}"]);
    assert_eq!(**wait(crate::client(&server).samples().speak()).unwrap(), [1]);
    assert_eq!(server.request().header("accept"), Some("audio/mpeg"));
}

#[test]
fn a_thread_reads_a_stream_as_an_iterator() {
    use codegen_runtime::client::{Wait, WaitEach};
    let server = streaming("application/x-ndjson", &[&format!("{BLUE}\n"), BLUE]);
    let lines = client(&server).samples().lines().wait().unwrap().wait_each();
    let colours: Result<Vec<_>, _> = lines.collect();
    assert_eq!(colours.unwrap(), [rgb(0, 0, 255), rgb(0, 0, 255)]);
}

#[test]
fn bytes_come_at_once_or_piece_by_piece() {
    let server = streaming("image/png", &["\u{1}\u{2}", "\u{3}"]);
    let client = client(&server);
    let image = wait(client.samples().download()).unwrap();
    assert_eq!(**image, [1, 2, 3]);
    wait(async {
        let mut download = client.samples().download().stream().await.unwrap();
        let mut bytes = Vec::new();
        while let Some(piece) = download.next().await {
            bytes.extend_from_slice(&piece.unwrap());
        }
        assert_eq!(bytes, [1, 2, 3]);
    });
    let server = silent();
    assert!(wait(crate::client(&server).samples().download()).unwrap().is_empty());
}
