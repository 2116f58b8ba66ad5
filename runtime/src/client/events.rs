//! Streams of values: `text/event-stream` (WHATWG HTML §9.2.6), and JSON values a line each.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use serde_json::Value;

use super::error::{Error, Undecoded};
use super::pending::Decoded;
use super::stream::{FromIncoming, Incoming, tells_of_its_head};
use crate::decode::{Decode, DecodeError, from_str};

/// One event of a stream.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What it is called; `message` where it says nothing.
    pub event: String,
    /// The data: JSON that fits the type, else its text where that is of the type.
    pub data: T,
    /// The last identifier that the stream has told, to begin again after.
    pub id: Option<String>,
    /// How long to wait before opening the stream anew, where the server has said so by now.
    pub retry: Option<Duration>,
}

/// The events of a good answer: a [`Stream`], or a call of [`Events::next`] each.
///
/// An event whose data does not fit is an error, and those after it are read all the same. `E` is what the API's error bodies are.
#[must_use]
pub struct Events<T, E = Value> {
    incoming: Incoming,
    parser: Parser,
    ready: VecDeque<Raw>,
    types: PhantomData<fn() -> (T, E)>,
}

/// The values of a good answer that has one a line: a [`Stream`], or a call of [`Lines::next`] each. `E` is what the API's error
/// bodies are.
#[must_use]
pub struct Lines<T, E = Value> {
    incoming: Incoming,
    lines: Splitter,
    ready: VecDeque<String>,
    ended: bool,
    types: PhantomData<fn() -> (T, E)>,
}

impl<T: Decode, E> Events<T, E> {
    /// The next event; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    tells_of_its_head!();
}

impl<T: Decode, E> Lines<T, E> {
    /// The next value; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    tells_of_its_head!();
}

impl<T, E> Events<T, E> {
    /// Ends the stream: nothing follows an event that is too large.
    fn too_large(&mut self) -> Error<E> {
        self.ready.clear();
        self.parser = Parser::default();
        self.incoming.end_at(self.incoming.limit()).into()
    }
}

impl<T, E> Lines<T, E> {
    /// Ends the stream: nothing follows a line that is too large.
    fn too_large(&mut self) -> Error<E> {
        self.ready.clear();
        self.lines = Splitter::default();
        self.incoming.end_at(self.incoming.limit()).into()
    }
}

impl<T, E> FromIncoming for Events<T, E> {
    fn from_incoming(incoming: Incoming) -> Self {
        Self { incoming, parser: Parser::default(), ready: VecDeque::new(), types: PhantomData }
    }
}

impl<T, E> FromIncoming for Lines<T, E> {
    fn from_incoming(incoming: Incoming) -> Self {
        Self { incoming, lines: Splitter::default(), ready: VecDeque::new(), ended: false, types: PhantomData }
    }
}

impl<T: Decode, E> Stream for Events<T, E> {
    type Item = Result<Event<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(Raw { event, data, id, retry }) = this.ready.pop_front() {
                if data.len() > this.incoming.limit() {
                    return Poll::Ready(Some(Err(this.too_large())));
                }
                let data = value_of::<T>(&data).map_err(|error| undecoded(&this.incoming, data, error));
                return Poll::Ready(Some(data.map(|data| Event { event, data, id, retry })));
            }
            if this.parser.held() > this.incoming.limit() {
                return Poll::Ready(Some(Err(this.too_large())));
            }
            match this.incoming.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(piece))) => this.parser.read(&piece, &mut this.ready),
                Poll::Ready(Some(Err(fault))) => return Poll::Ready(Some(Err(fault.into()))),
                // An event that no empty line ends is none.
                Poll::Ready(None) => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Decode, E> Stream for Lines<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(line) = this.ready.pop_front() {
                if line.len() > this.incoming.limit() {
                    return Poll::Ready(Some(Err(this.too_large())));
                }
                if line.trim().is_empty() {
                    continue;
                }
                let value = from_str(&line).map(|Decoded(value)| value);
                return Poll::Ready(Some(value.map_err(|error| undecoded(&this.incoming, line, error))));
            }
            if this.ended {
                return Poll::Ready(None);
            }
            if this.lines.held() > this.incoming.limit() {
                return Poll::Ready(Some(Err(this.too_large())));
            }
            match this.incoming.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(piece))) => this.lines.read(&piece, &mut this.ready),
                Poll::Ready(Some(Err(fault))) => return Poll::Ready(Some(Err(fault.into()))),
                Poll::Ready(None) => {
                    this.ended = true;
                    this.ready.extend(this.lines.rest());
                }
            }
        }
    }
}

impl<T, E> fmt::Debug for Events<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("status", &self.incoming.head.status.as_u16()).finish_non_exhaustive()
    }
}

impl<T, E> fmt::Debug for Lines<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("status", &self.incoming.head.status.as_u16()).finish_non_exhaustive()
    }
}

/// The data of an event: JSON, or a text where the type takes one.
fn value_of<T: Decode>(data: &str) -> Result<T, DecodeError> {
    let text = || T::from_string(data.to_owned()).or_else(|text| T::from_other(Value::String(text)));
    from_str(data).map(|Decoded(value)| value).or_else(|error| text().map_err(|_| error))
}

fn undecoded<E>(incoming: &Incoming, data: String, error: DecodeError) -> Error<E> {
    Error::Decode(Box::new(Undecoded::new(incoming.head.answer(data.into_bytes()), error)))
}

/// Splits bytes into lines, which end in LF, CR or both, wherever the pieces do.
#[derive(Default)]
struct Splitter {
    line: Vec<u8>,
    /// Whether the last byte was a CR, whose LF may follow in the next piece.
    after_return: bool,
    /// Whether the stream has begun: a byte order mark before it is none of it.
    begun: bool,
}

impl Splitter {
    fn read(&mut self, bytes: &[u8], lines: &mut impl Extend<String>) {
        for byte in bytes {
            match byte {
                b'\n' if self.after_return => self.after_return = false,
                b'\n' | b'\r' => {
                    lines.extend([self.taken()]);
                    self.after_return = *byte == b'\r';
                }
                other => {
                    self.line.push(*other);
                    self.after_return = false;
                }
            }
        }
    }

    /// What no line break ends.
    fn rest(&mut self) -> Option<String> {
        (!self.line.is_empty()).then(|| self.taken())
    }

    fn taken(&mut self) -> String {
        let line = std::mem::take(&mut self.line);
        let line =
            String::from_utf8(line).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        if std::mem::replace(&mut self.begun, true) {
            return line;
        }
        line.strip_prefix('\u{feff}').map_or_else(|| line.clone(), str::to_owned)
    }

    fn held(&self) -> usize {
        self.line.len()
    }
}

/// An event whose data has not been looked at.
#[derive(Debug, PartialEq)]
struct Raw {
    event: String,
    data: String,
    id: Option<String>,
    retry: Option<Duration>,
}

/// Makes events of lines (WHATWG HTML §9.2.6).
#[derive(Default)]
struct Parser {
    lines: Splitter,
    event: String,
    data: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
}

impl Parser {
    fn read(&mut self, bytes: &[u8], events: &mut VecDeque<Raw>) {
        let mut lines = Vec::new();
        self.lines.read(bytes, &mut lines);
        events.extend(lines.iter().filter_map(|line| self.line(line)));
    }

    /// Takes a line; an empty one gives the event that it ends.
    fn line(&mut self, line: &str) -> Option<Raw> {
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            let data = self.data.take()?;
            let event = if event.is_empty() { "message".to_owned() } else { event };
            return Some(Raw { event, data, id: self.id.clone(), retry: self.retry });
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => match &mut self.data {
                Some(data) => data.extend(["\n", value]),
                None => self.data = Some(value.to_owned()),
            },
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()).filter(|id| !id.is_empty()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            // Comments begin with a colon; other fields are ignored.
            _ => {}
        }
        None
    }

    fn held(&self) -> usize {
        self.lines.held().saturating_add(self.data.as_ref().map_or(0, String::len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of a text, however it is cut.
    fn events(text: &str) -> Vec<Raw> {
        let read = |size: usize| {
            let (mut parser, mut events) = (Parser::default(), VecDeque::new());
            text.as_bytes().chunks(size).for_each(|piece| parser.read(piece, &mut events));
            Vec::from(events)
        };
        let whole = read(text.len().max(1));
        for size in 1..=7 {
            assert_eq!(read(size), whole, "in pieces of {size}");
        }
        whole
    }

    fn message(data: &str) -> Raw {
        Raw { event: "message".to_owned(), data: data.to_owned(), id: None, retry: None }
    }

    #[test]
    fn the_examples_of_the_standard() {
        assert_eq!(events("data: YHOO\ndata: +2\ndata: 10\n\n"), [message("YHOO\n+2\n10")]);
        let text = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
        let first = Raw { id: Some("1".to_owned()), ..message("first event") };
        assert_eq!(events(text), [first, message("second event"), message(" third event")]);
        assert_eq!(events("data\n\ndata\ndata\n\ndata:"), [message(""), message("\n")]);
        assert_eq!(events("data:test\n\ndata: test\n\n"), [message("test"), message("test")]);
    }

    #[test]
    fn lines_end_as_they_like_and_the_mark_is_no_part_of_them() {
        assert_eq!(
            events("\u{feff}data: a\r\ndata: b\r\n\r\ndata: c\r\rdata: é\n\n"),
            [message("a\nb"), message("c"), message("é")]
        );
        assert_eq!(events("data: a\n\n\n\u{feff}data: b\n\n"), [message("a")], "only the first one is a mark");
    }

    #[test]
    fn fields_are_kept_or_ignored_as_the_standard_says() {
        let events = events(
            "event: add\nid: 7\nretry: 1500\nretry: x\nother: y\ndata: 1\n\nevent: gone\n\nid: a\0b\ndata: 2\n\n",
        );
        let retry = Some(Duration::from_millis(1500));
        let id = Some("7".to_owned());
        let first = Raw { event: "add".to_owned(), data: "1".to_owned(), id: id.clone(), retry };
        let second = Raw { event: "message".to_owned(), data: "2".to_owned(), id, retry };
        assert_eq!(events, [first, second]);
    }

    #[test]
    fn data_is_json_or_a_text() {
        assert_eq!(value_of::<Value>("{\"a\":1}").unwrap(), serde_json::json!({"a": 1}));
        assert_eq!(value_of::<Value>("[DONE]").unwrap(), serde_json::json!("[DONE]"));
        assert_eq!(value_of::<String>("plain").unwrap(), "plain");
        assert_eq!(value_of::<i64>("[DONE]").unwrap_err().message, "expected value at line 1 column 2");
    }
}
