//! Answers that come piece by piece.

use std::time::Duration;

use clients_tests::{Client, Error};
use codegen_runtime::client::Event;

use crate::server::{Answer, Server};
use crate::{answering, client, rgb, silent, streaming, wait};

const BLUE: &str = r#"{"R":0,"G":0,"B":255}"#;
const SMALL: &str = r#"{"R":0,"G":0,"B":1}"#;

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

/// A client whose answers have no more bytes than this.
fn limited(server: &Server, bytes: usize) -> Client {
    crate::builder(server).token("t").max_response_size(bytes).build().unwrap()
}

#[test]
fn no_event_is_larger_than_the_client_allows() {
    let large = "data: 123456789\n".repeat(3);
    let small = format!("data: {SMALL}\n\n");
    // However it is cut, and with what comes before it.
    for (pieces, good) in [
        (vec![&*large], 0),
        (vec![&*small, &large[..20], &large[20..], "\n"], 1),
        (vec![&*format!("{small}{large}\n{small}")], 1),
    ] {
        let server = streaming("text/event-stream", &pieces);
        wait(async {
            let mut events = limited(&server, SMALL.len()).samples().events().await.unwrap();
            for _ in 0..good {
                assert_eq!(events.next().await.unwrap().unwrap().data, rgb(0, 0, 1));
            }
            assert!(matches!(events.next().await, Some(Err(Error::TooLarge { limit: 19, .. }))), "{pieces:?}");
            assert!(events.next().await.is_none());
        });
    }
}

#[test]
fn no_line_is_larger_than_the_client_allows() {
    for (pieces, good) in
        [(vec![BLUE], 0), (vec![SMALL, "\n", BLUE, "\n"], 1), (vec![&*format!("{SMALL}\n{BLUE}\n{SMALL}\n")], 1)]
    {
        let server = streaming("application/x-ndjson", &pieces);
        wait(async {
            let mut lines = limited(&server, SMALL.len()).samples().lines().await.unwrap();
            for _ in 0..good {
                assert_eq!(lines.next().await.unwrap().unwrap(), rgb(0, 0, 1));
            }
            assert!(matches!(lines.next().await, Some(Err(Error::TooLarge { limit: 19, .. }))), "{pieces:?}");
            assert!(lines.next().await.is_none());
        });
    }
}

#[test]
fn a_stream_of_events_or_lines_may_have_any_size() {
    let event = format!("data: {BLUE}\n\n");
    let line = format!("{BLUE}\n");
    let (events, lines) = (vec![&*event; 100], vec![&*line; 100]);
    let (events, lines) = (streaming("text/event-stream", &events), streaming("application/x-ndjson", &lines));
    wait(async {
        let mut events = limited(&events, 30).samples().events().await.unwrap();
        let mut lines = limited(&lines, 30).samples().lines().await.unwrap();
        for _ in 0..100 {
            assert_eq!(events.next().await.unwrap().unwrap().data, rgb(0, 0, 255));
            assert_eq!(lines.next().await.unwrap().unwrap(), rgb(0, 0, 255));
        }
        assert!(events.next().await.is_none() && lines.next().await.is_none());
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

/// A download as far as it comes, and what ends it.
async fn downloaded(client: &Client) -> (usize, Option<Error>) {
    let mut download = client.samples().download().stream().await.unwrap();
    let mut size = 0;
    while let Some(piece) = download.next().await {
        match piece {
            Ok(piece) => size += piece.len(),
            Err(error) => {
                assert!(download.next().await.is_none(), "nothing follows what went wrong");
                return (size, Some(error));
            }
        }
    }
    (size, None)
}

#[test]
fn a_download_has_the_size_that_the_caller_allows_and_any_unless_that_is_set() {
    let server = streaming("image/png", &["12345"; 4]);
    wait(async {
        let (size, error) = downloaded(&limited(&server, 20)).await;
        assert!(size == 20 && error.is_none(), "{error:?}");
        let (size, error) = downloaded(&limited(&server, 19)).await;
        assert!(size <= 19 && matches!(error, Some(Error::TooLarge { limit: 19, .. })), "{size} {error:?}");
    });
    // Not one byte of this one comes.
    let head = "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 99999999999\r\n\r\n";
    let server = Server::new(Answer::Stall(head.as_bytes().to_vec()));
    let (size, error) = wait(async { downloaded(&limited(&server, 19)).await });
    assert!(size == 0 && matches!(error, Some(Error::TooLarge { limit: 19, .. })), "{error:?}");
    // More than what is kept of an answer.
    let size = (64 << 20) + 1;
    let mut answer =
        format!("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: {size}\r\n\r\n").into_bytes();
    answer.resize(answer.len() + size, b'x');
    let server = Server::new(Answer::Bytes(answer));
    let (read, error) = wait(async { downloaded(&client(&server)).await });
    assert!(read == size && error.is_none(), "{read} {error:?}");
    assert!(
        matches!(wait(client(&server).samples().download()), Err(Error::TooLarge { limit, .. }) if limit == size - 1)
    );
}
