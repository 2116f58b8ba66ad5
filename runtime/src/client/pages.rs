//! Streams over the pages of an operation, and over the items in them.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec::IntoIter;

use futures_core::Stream;
use serde_json::Value;

use super::answer::{Answer, tells_of_its_answer};
use super::call::Call;
use super::error::{Error, Fault, Undecoded};
use super::exchange::Exchange;
use super::paging::{Move, Paging, Step, Told};
use super::parameter::{Parameter, Place};
use super::pending::{Boxed, Decoded, failed};
use super::walk::Walk;
use crate::decode::{Decode, DecodeError, from_value};
use crate::path::Path;
use crate::violation::Violation;

/// One page of items, with the answer that it came in.
///
/// `Debug` shows no content.
#[derive(Clone)]
pub struct Page<T> {
    items: Vec<T>,
    total: Option<u64>,
    answer: Answer,
}

impl<T> Page<T> {
    /// The items.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The items alone.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// How many items there are on all pages, where the server says so.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    tells_of_its_answer!();
}

impl<T> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items.len())
            .field("total", &self.total)
            .field("answer", &self.answer)
            .finish()
    }
}

/// The pages of an operation: a [`Stream`], or a call of [`Pages::next`] a page. A page is asked for when it is wanted, and not
/// before.
///
/// The walk goes on until the total that the server tells, or an empty page; a page that is shorter than asked for is no end.
/// Where the API pages through no more than some number of items, and there may be others, [`Error::PageLimit`] follows the last
/// of them. An error ends the stream. It owns what it needs, so it can be sent to another task; dropping it ends the request on
/// its way.
#[must_use = "pages are asked for when the stream is read"]
pub struct Pages<T, E = Value> {
    paging: &'static Paging,
    state: State,
    made: PhantomData<fn() -> (T, E)>,
}

enum State {
    /// Between two pages.
    Between(Box<Source>, Walk),
    Waiting(Boxed<Result<Answer, Fault>>, Box<Source>, Walk),
    Failed(Fault),
    Ended,
}

/// What every page is asked for with.
struct Source {
    exchange: Exchange,
    /// The parameter that asks for the total, as it goes on the wire.
    totals: Vec<(String, String)>,
}

impl Call<'_> {
    /// Sends the request once a page; the items are of a `T`, the bodies of bad answers of an `E`.
    pub fn pages<T: Decode, E: Decode>(self, paging: &'static Paging) -> Pages<T, E> {
        let state = match self.begin_walk(paging) {
            Ok((source, walk)) => State::Between(Box::new(source), walk),
            Err(fault) => State::Failed(fault),
        };
        Pages { paging, state, made: PhantomData }
    }

    fn begin_walk(mut self, paging: &'static Paging) -> Result<(Source, Walk), Fault> {
        self.check()?;
        let text = |parameter: Parameter| parameter.in_header();
        let position = self.take_query(paging.position).and_then(text);
        let size = paging.size.and_then(|name| self.take_query(name)).and_then(text);
        let asks = paging.totals.map(|name| self.take_query(name).unwrap_or_else(|| query(name, &true)));
        let mut walk = Walk::new(paging, position)
            .ok_or_else(|| no_walk(paging.position, "must be a whole number, for a walk to begin there"))?;
        if let (Some(name), Some(text)) = (paging.size, size) {
            let size = text.parse::<u64>().ok().filter(|size| *size > 0);
            walk = walk.in_pages_of(
                size.ok_or_else(|| no_walk(name, "must be a positive number, for a walk to come to an end"))?,
            );
        }
        let totals = asks.iter().flat_map(Parameter::pairs).collect();
        Ok((Source { exchange: self.exchange()?, totals }, walk))
    }
}

/// A parameter that the walk itself sets.
fn query<T: crate::encode::Encode + ?Sized>(name: &'static str, value: &T) -> Parameter {
    Parameter::new(Place::Query, name.into(), Place::Query.usual_form(), value, |_| {})
}

/// Why a parameter of the query is none that a walk can begin with.
fn no_walk(name: &str, message: &'static str) -> Fault {
    Fault::Invalid(Violation::new(Path::ROOT.key("query").key(name).to_string(), "paging", message).into())
}

impl Source {
    fn ask(&self, paging: &Paging, position: Option<&str>, size: Option<u64>) -> Result<Exchange, Fault> {
        let position = position.map(|position| query(paging.position, position));
        let size = paging.size.zip(size).map(|(name, size)| query(name, &size));
        let mut pairs: Vec<(String, String)> =
            position.iter().chain(&size).flat_map(|parameter| parameter.pairs()).collect();
        pairs.extend(self.totals.iter().cloned());
        self.exchange.with_query(&pairs).ok_or_else(|| {
            let message = "must not be a stream, since the request is sent once a page";
            Fault::Invalid(Violation::new("/body", "type", message).into())
        })
    }
}

impl<T, E> Pages<T, E> {
    /// The items of all pages, one by one.
    pub fn items(self) -> Items<T, E> {
        Items { pages: self, page: Vec::new().into_iter() }
    }
}

impl<T: Decode, E: Decode> Pages<T, E> {
    /// The next page; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// What an answer says, and what the stream goes on with.
    fn arrived(&mut self, source: Box<Source>, mut walk: Walk, answer: Answer) -> Result<Page<T>, Error<E>> {
        if !answer.status().is_success() {
            return Err(failed(answer));
        }
        let (items, told) = match read(self.paging, &answer) {
            Ok(read) => read,
            Err(error) => return Err(Error::Decode(Box::new(Undecoded::new(answer, error)))),
        };
        match walk.took(&told) {
            None => self.state = State::Between(source, walk),
            Some(Move::Stuck) => {
                let message = "must not be where a page before began".to_owned();
                let error = DecodeError { pointer: self.paging.pointer_of_next().to_owned(), message };
                return Err(Error::Decode(Box::new(Undecoded::new(answer, error))));
            }
            Some(_) => {}
        }
        Ok(Page { items, total: told.total, answer })
    }
}

impl<T: Decode, E: Decode> Stream for Pages<T, E> {
    type Item = Result<Page<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            match std::mem::replace(&mut this.state, State::Ended) {
                State::Between(source, mut walk) => match walk.next() {
                    Move::Ask(position, size) => {
                        let asked = source.ask(this.paging, position.as_deref(), size);
                        this.state = match asked {
                            Ok(exchange) => State::Waiting(Box::pin(exchange.run()), source, walk),
                            Err(fault) => State::Failed(fault),
                        };
                    }
                    Move::Beyond { most, total } => {
                        let route = source.exchange.route().clone();
                        return Poll::Ready(Some(Err(Error::PageLimit { route, limit: most, total })));
                    }
                    Move::End | Move::Stuck => return Poll::Ready(None),
                },
                State::Waiting(mut arriving, source, walk) => match arriving.as_mut().poll(context) {
                    Poll::Pending => {
                        this.state = State::Waiting(arriving, source, walk);
                        return Poll::Pending;
                    }
                    Poll::Ready(Ok(answer)) => return Poll::Ready(Some(this.arrived(source, walk, answer))),
                    Poll::Ready(Err(fault)) => return Poll::Ready(Some(Err(fault.into()))),
                },
                State::Failed(fault) => return Poll::Ready(Some(Err(fault.into()))),
                State::Ended => return Poll::Ready(None),
            }
        }
    }
}

impl<T, E> fmt::Debug for Pages<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// The items of all pages: a [`Stream`], or a call of [`Items::next`] an item. It ends as [`Pages`] does, and a page is asked for
/// when all items before it have been read.
#[must_use = "pages are asked for when the stream is read"]
pub struct Items<T, E = Value> {
    pages: Pages<T, E>,
    page: IntoIter<T>,
}

impl<T: Decode, E: Decode> Items<T, E> {
    /// The next item; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>>
    where
        T: Unpin,
    {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Decode + Unpin, E: Decode> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match Pin::new(&mut self.pages).poll_next(context) {
                Poll::Ready(Some(Ok(page))) => self.page = page.into_items().into_iter(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("ready", &self.page.len()).finish_non_exhaustive()
    }
}

impl Paging {
    fn pointer_of_next(&self) -> &'static str {
        match self.step {
            Step::Checkpoint { next } => next,
            Step::Number { .. } | Step::Offset => "",
        }
    }
}

/// The items of an answer, and what it says besides.
fn read<T: Decode>(paging: &Paging, answer: &Answer) -> Result<(Vec<T>, Told), DecodeError> {
    let body: Value = answer.decode()?;
    let (pointer, list) = match &body {
        Value::Array(_) => ("", Some(&body)),
        _ => (paging.items, body.pointer(paging.items)),
    };
    let items: Vec<T> = match list {
        Some(list) => from_value(list).map(|Decoded(items)| items).map_err(|error| within(pointer, error))?,
        // An envelope with nothing in it is a page without items.
        None if body.is_object() => Vec::new(),
        None => {
            let message = "expected an array, or an object that holds one".to_owned();
            return Err(DecodeError { pointer: String::new(), message });
        }
    };
    let number = |pointer: Option<&str>| pointer.and_then(|pointer| whole(body.pointer(pointer)?));
    let told = Told {
        count: u64::try_from(items.len()).unwrap_or(u64::MAX),
        total: number(paging.total),
        start: number(paging.start),
        length: number(paging.length),
        next: body.pointer(paging.pointer_of_next()).and_then(position),
    };
    Ok((items, told))
}

/// An error in what stands at a pointer.
fn within(pointer: &str, error: DecodeError) -> DecodeError {
    DecodeError { pointer: format!("{pointer}{}", error.pointer), message: error.message }
}

/// A number of items, in whichever form it is written.
fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
        format!("{number}").parse().ok()
    })
}

/// Where the next page begins: a text or a number.
fn position(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
