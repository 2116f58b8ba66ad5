//! Bodies that are sent or read piece by piece, and answers that are streams.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::answer::Answer;
use super::error::{Error, Fault};
use super::exchange::{Exchange, Outcome};
use super::pending::{Boxed, failed, run};
use super::route::Route;
use super::wait::RateLimitHeaders;
use crate::decode::Decode;

type Cause = Box<dyn std::error::Error + Send + Sync>;
type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, Cause>> + Send>>;

/// A stream as the body of a request. The lock is never taken: it only makes the stream `Sync`, as bodies have to be.
pub(super) struct Outgoing(Mutex<Pieces>);

impl Outgoing {
    pub(super) fn new<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Cause> + 'static,
    {
        Self(Mutex::new(Box::pin(Converted(Box::pin(stream)))))
    }
}

/// A stream whose errors are boxed.
struct Converted<S>(Pin<Box<S>>);

impl<S: Stream<Item = Result<Bytes, E>>, E: Into<Cause>> Stream for Converted<S> {
    type Item = Result<Bytes, Cause>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|item| item.map(|piece| piece.map_err(Into::into)))
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = Cause;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let stream = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        stream.as_mut().poll_next(context).map(|item| item.map(|piece| piece.map(Frame::data)))
    }
}

/// What is known of an answer before its body.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) route: Route,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) rate_limit_headers: RateLimitHeaders,
}

impl Head {
    /// An answer with a part of the body, to tell what is wrong with it.
    pub(super) fn answer(&self, body: impl Into<Bytes>) -> Answer {
        self.clone().into_answer(body)
    }

    /// The answer, with the whole body.
    pub(super) fn into_answer(self, body: impl Into<Bytes>) -> Answer {
        Answer::new(self.route, self.status, self.headers, body.into(), self.rate_limit_headers)
    }
}

/// The most bytes that an answer may have: 64 MiB, unless the caller says otherwise.
const MAX_SIZE: usize = 64 << 20;

/// Whether the size that the head of an answer tells is beyond a limit.
pub(super) fn exceeds(announced: u64, limit: usize) -> bool {
    usize::try_from(announced).unwrap_or(usize::MAX) > limit
}

/// How many bytes of an answer are read, and how many are kept.
#[derive(Clone, Copy)]
pub(super) struct SizeLimit {
    /// What the caller has set.
    own: Option<usize>,
}

impl SizeLimit {
    pub(super) fn new(own: Option<usize>) -> Self {
        Self { own }
    }

    /// Of what is kept: a whole body, or what is not complete of a stream.
    pub(super) fn of_kept(self) -> usize {
        self.own.unwrap_or(MAX_SIZE)
    }

    /// Of what is handed on as it comes, and fills no memory.
    fn of_passed(self) -> usize {
        self.own.unwrap_or(usize::MAX)
    }
}

/// The body of a good answer, piece by piece.
pub struct Incoming {
    pub(super) head: Head,
    limit: SizeLimit,
    /// How many bytes the head says there are.
    announced: u64,
    state: State,
}

enum State {
    Idle(reqwest::Response),
    Reading(Boxed<(reqwest::Response, reqwest::Result<Option<Bytes>>)>),
    Ended,
}

impl Incoming {
    pub(super) fn new(head: Head, response: reqwest::Response, limit: SizeLimit) -> Self {
        let announced = response.content_length().unwrap_or(0);
        Self { head, limit, announced, state: State::Idle(response) }
    }

    /// The most bytes of one event or one line.
    pub(super) fn limit(&self) -> usize {
        self.limit.of_kept()
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Fault>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Idle(mut response) => {
                    let next = async move {
                        let piece = response.chunk().await;
                        (response, piece)
                    };
                    self.state = State::Reading(Box::pin(next));
                }
                State::Reading(mut next) => match next.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Reading(next);
                        return Poll::Pending;
                    }
                    Poll::Ready((response, Ok(Some(piece)))) => {
                        self.state = State::Idle(response);
                        return Poll::Ready(Some(Ok(piece)));
                    }
                    Poll::Ready((_, Ok(None))) => return Poll::Ready(None),
                    Poll::Ready((_, Err(error))) => {
                        return Poll::Ready(Some(Err(Fault::transport(self.head.route.clone(), error))));
                    }
                },
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    /// Ends the stream, because it has more bytes than this: nothing follows what went wrong.
    pub(super) fn end_at(&mut self, limit: usize) -> Fault {
        self.state = State::Ended;
        Fault::TooLarge { route: self.head.route.clone(), status: self.head.status, limit }
    }
}

/// What a stream tells of its answer.
macro_rules! tells_of_its_head {
    () => {
        /// The operation that was called.
        #[must_use]
        pub fn route(&self) -> &$crate::client::Route {
            &self.incoming.head.route
        }

        /// The status.
        #[must_use]
        pub fn status(&self) -> $crate::client::StatusCode {
            self.incoming.head.status
        }

        /// The headers.
        #[must_use]
        pub fn headers(&self) -> &$crate::client::HeaderMap {
            &self.incoming.head.headers
        }
    };
}

pub(super) use tells_of_its_head;

/// A stream that is made of the body of a good answer.
pub trait FromIncoming: Sized {
    /// Begins to read.
    fn from_incoming(incoming: Incoming) -> Self;
}

/// A request whose answer is a stream, on its way. It owns what it needs, so it can be spawned; dropping it ends the request.
///
/// The timeout of the request holds until the answer begins, and for the body of a bad one; a stream may last.
#[must_use = "a request is sent when its future is awaited"]
pub struct Opening<S, E = Value> {
    opened: Boxed<Result<Opened, Fault>>,
    made: std::marker::PhantomData<fn() -> (S, E)>,
}

pub(super) enum Opened {
    Good(Incoming),
    Bad(Answer),
}

impl<S, E> Opening<S, E> {
    pub(super) fn new(exchange: Result<Exchange, Fault>) -> Self {
        Self { opened: run(exchange), made: std::marker::PhantomData }
    }
}

impl<S: FromIncoming, E: Decode> Future for Opening<S, E> {
    type Output = Result<S, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.opened.as_mut().poll(context).map(|opened| match opened? {
            Opened::Good(incoming) => Ok(S::from_incoming(incoming)),
            Opened::Bad(answer) => Err(failed(answer)),
        })
    }
}

impl<S, E> fmt::Debug for Opening<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opening").finish_non_exhaustive()
    }
}

/// The head of a good answer, and the whole of a bad one.
impl Outcome for Opened {
    async fn read(mut response: reqwest::Response, exchange: &Exchange) -> Result<Self, Fault> {
        if response.status().is_success() {
            let (head, limit) = exchange.head(&mut response);
            return Ok(Self::Good(Incoming::new(head, response, limit)));
        }
        exchange.read_whole(response).await.map(Self::Bad)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Good(incoming) => incoming.head.status,
            Self::Bad(answer) => answer.status(),
        }
    }

    fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Good(_) => None,
            Self::Bad(answer) => Some(answer),
        }
    }
}

/// The bytes of a good answer, as they come: a [`Stream`], or a call of [`Download::next`] a piece.
///
/// `E` is what the API's error bodies are.
#[must_use]
pub struct Download<E = Value> {
    incoming: Incoming,
    /// How many bytes have come.
    size: usize,
    error: std::marker::PhantomData<fn() -> E>,
}

impl<E> Download<E> {
    /// The next piece; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    tells_of_its_head!();
}

impl<E> FromIncoming for Download<E> {
    fn from_incoming(incoming: Incoming) -> Self {
        Self { incoming, size: 0, error: std::marker::PhantomData }
    }
}

impl<E> Stream for Download<E> {
    type Item = Result<Bytes, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let limit = self.incoming.limit.of_passed();
        // What says beforehand that it is too large is not read at all.
        if self.size == 0 && exceeds(self.incoming.announced, limit) {
            self.incoming.announced = 0;
            return Poll::Ready(Some(Err(self.incoming.end_at(limit).into())));
        }
        self.incoming.poll(context).map(|piece| {
            let piece = piece?.and_then(|piece| {
                self.size = self.size.saturating_add(piece.len());
                if self.size > limit { Err(self.incoming.end_at(limit)) } else { Ok(piece) }
            });
            Some(piece.map_err(Error::from))
        })
    }
}

impl<E> fmt::Debug for Download<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("status", &self.status().as_u16()).finish_non_exhaustive()
    }
}
