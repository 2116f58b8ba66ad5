//! A generated client that uses all of OpenAPI, over real HTTP on loopback.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "helpers of tests fail as tests do"
)]

mod answers;
mod bodies;
mod pages;
mod parameters;
mod retries;
mod security;
/// The runtime's own: a server that keeps every request word for word.
#[path = "../../../../runtime/tests/client/server.rs"]
mod server;
mod servers;
mod streams;
mod webhooks;

use std::future::IntoFuture;

use clients_tests::types::{Rgb, RgbRequired};
use clients_tests::{Client, ClientBuilder, Error};
use server::{Answer, Server};

/// Runs a future to its end on a runtime of its own.
fn wait<F: IntoFuture>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future.into_future())
}

/// A client of a server on loopback, without credentials.
fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(server.url())
}

/// The same with a token.
fn client(server: &Server) -> Client {
    builder(server).token("marker-token").build().unwrap()
}

/// A server that has nothing to say.
fn silent() -> Server {
    Server::new(server::with_headers("204 No Content", "", ""))
}

/// A server whose answer has a content type.
fn answering(status: &str, content_type: &str, body: &str) -> Server {
    Server::new(server::with_headers(status, &format!("content-type: {content_type}\r\n"), body))
}

/// A server whose answer comes in pieces, as a stream does.
fn streaming(content_type: &str, pieces: &[&str]) -> Server {
    let mut text = format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n");
    for piece in pieces {
        text.push_str(&format!("{:x}\r\n{piece}\r\n", piece.len()));
    }
    text.push_str("0\r\n\r\n");
    Server::new(Answer::Bytes(text.into_bytes()))
}

/// What is told about a request that is not sent.
fn told<T>(result: Result<T, Error>) -> Vec<String> {
    match result {
        Err(Error::Invalid(violations)) => violations.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("was sent"),
    }
}

fn rgb(red: i64, green: i64, blue: i64) -> Rgb {
    Rgb::new(RgbRequired { r: red, g: green, b: blue })
}
