//! One request and its answer, whatever their types: the part that is compiled once for every operation.

use reqwest::Request;

use super::Client;
use super::answer::Answer;
use super::error::Fault;
use super::route::Route;

/// A request that may leave.
pub(super) struct Exchange {
    client: Client,
    route: Route,
    request: Request,
}

impl Exchange {
    pub(super) fn new(client: Client, route: Route, request: Request) -> Self {
        Self { client, route, request }
    }

    /// Authorizes the request, sends it, and reads the whole answer.
    pub(super) async fn run(mut self) -> Result<Answer, Fault> {
        let settings = &self.client.0;
        if !self.request.headers().contains_key(reqwest::header::AUTHORIZATION) {
            settings.credentials.authorize(self.request.headers_mut());
        }
        match settings.http.execute(self.request).await {
            Ok(response) => read(response, self.route, settings.max_response_size).await,
            Err(error) => Err(Fault::transport(self.route, error)),
        }
    }
}

/// Reads an answer up to `limit` bytes of body.
async fn read(mut response: reqwest::Response, route: Route, limit: usize) -> Result<Answer, Fault> {
    let status = response.status();
    let mut body = Vec::new();
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).unwrap_or(usize::MAX) > limit {
        return Err(Fault::TooLarge { route, status, limit });
    }
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len().saturating_add(chunk.len()) > limit => {
                return Err(Fault::TooLarge { route, status, limit });
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => return Err(Fault::transport(route, error)),
        }
    }
    Ok(Answer::new(route, status, std::mem::take(response.headers_mut()), body))
}
