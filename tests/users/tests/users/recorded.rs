//! Recorded exchanges: what the server accepted is valid, and what it answered survives decoding and encoding.
//!
//! They stand in `$CODEGEN_DATA/recorded/users.jsonl`, one a line; without that variable these tests pass and say so.

use std::collections::BTreeMap;
use std::path::PathBuf;

use auth0_users::types::{
    CreateUserRequestContent, CreateUserResponseContent, ErrorResponseContent, GetUserResponseContent,
    ListUsersResponseContent, UpdateUserRequestContent, UpdateUserResponseContent, UserResponseSchema,
};
use auth0_users::{Client, Error, Validate};
use codegen_runtime::equal;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::server::{Server, json};
use crate::{client, violations, wait};

struct Exchange {
    method: String,
    /// Below the server's URL, as it was sent.
    path: String,
    query: String,
    request: Value,
    status: u64,
    response: Value,
}

impl Exchange {
    fn read(line: &str) -> Self {
        let value: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| value[name].as_str().unwrap().to_owned();
        Self {
            method: text("method"),
            path: text("path").strip_prefix("/api/v2").unwrap().to_owned(),
            query: text("query"),
            request: value["request"].clone(),
            status: value["status"].as_u64().unwrap(),
            response: value["response"].clone(),
        }
    }

    fn is_success(&self) -> bool {
        self.status < 300
    }

    /// The operation: method and path, an id replaced by `{id}`.
    fn operation(&self) -> String {
        let path = if self.path.starts_with("/users/") { "/users/{id}" } else { &self.path };
        format!("{} {path}", self.method)
    }

    fn id(&self) -> String {
        percent_decode_str(self.path.strip_prefix("/users/").unwrap()).decode_utf8().unwrap().into_owned()
    }

    fn target(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// The parameters of the query, in their order.
    fn parameters(&self) -> Vec<(&str, String)> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name, percent_decode_str(value).decode_utf8().unwrap().into_owned())).collect()
    }

    /// The answer as it stands on the wire.
    fn body(&self) -> String {
        if self.response.is_null() { String::new() } else { self.response.to_string() }
    }
}

/// Every recorded exchange; `None` where there are none to read.
fn exchanges() -> Option<Vec<Exchange>> {
    let folder = std::env::var_os("CODEGEN_DATA")?;
    let file = PathBuf::from(folder).join("recorded/users.jsonl");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    Some(text.lines().map(Exchange::read).collect())
}

const SKIPPED: &str = "skipped: CODEGEN_DATA is not set; it names the folder that holds recorded/users.jsonl";

/// Decodes and encodes again; the two must be equal as JSON Schema defines it.
fn round_trip<T: DeserializeOwned + Serialize>(json: &Value) -> T {
    let decoded: T = serde_json::from_str(&json.to_string()).unwrap_or_else(|error| panic!("{json}: {error}"));
    let encoded = serde_json::to_value(&decoded).unwrap();
    assert!(equal(&encoded, json), "{encoded} is not {json}");
    decoded
}

fn accepted<T: DeserializeOwned + Serialize + Validate>(json: &Value) {
    assert_eq!(violations(&round_trip::<T>(json)), [""; 0], "{json}");
}

/// How often what was counted.
type Counts = BTreeMap<String, usize>;

fn count(counts: &mut Counts, what: impl Into<String>) {
    *counts.entry(what.into()).or_default() += 1;
}

#[test]
fn requests_that_the_server_accepted_are_valid() {
    let Some(exchanges) = exchanges() else {
        println!("{SKIPPED}");
        return;
    };
    let mut counts = Counts::new();
    for exchange in exchanges.iter().filter(|exchange| exchange.is_success() && !exchange.request.is_null()) {
        match exchange.operation().as_str() {
            "POST /users" => accepted::<CreateUserRequestContent>(&exchange.request),
            "PATCH /users/{id}" => accepted::<UpdateUserRequestContent>(&exchange.request),
            other => panic!("{other} has no body"),
        }
        count(&mut counts, exchange.operation());
    }
    println!("{counts:?}");
    assert!(counts["POST /users"] > 0 && counts["PATCH /users/{id}"] > 0);
}

#[test]
fn users_survive_decoding_and_encoding() {
    let Some(exchanges) = exchanges() else {
        println!("{SKIPPED}");
        return;
    };
    let mut counts = Counts::new();
    for exchange in exchanges.iter().filter(|exchange| !exchange.response.is_null()) {
        let response = &exchange.response;
        let operation = exchange.operation();
        match operation.as_str() {
            _ if !exchange.is_success() => drop(round_trip::<ErrorResponseContent>(response)),
            "POST /users" => drop(round_trip::<CreateUserResponseContent>(response)),
            "PATCH /users/{id}" => drop(round_trip::<UpdateUserResponseContent>(response)),
            "GET /users/{id}" => drop(round_trip::<GetUserResponseContent>(response)),
            "GET /users" => drop(round_trip::<ListUsersResponseContent>(response)),
            "GET /users-by-email" => drop(round_trip::<Vec<UserResponseSchema>>(response)),
            other => panic!("{other} has no answer to decode"),
        }
        count(&mut counts, if exchange.is_success() { operation } else { "error".to_owned() });
    }
    println!("{counts:?}");
    for operation in
        ["POST /users", "PATCH /users/{id}", "GET /users/{id}", "GET /users", "GET /users-by-email", "error"]
    {
        assert!(counts[operation] > 0, "{operation}");
    }
}

/// Sends the request of an exchange; gives the status and, where it is one user, what was decoded.
async fn replay(client: &Client, exchange: &Exchange) -> Result<(u64, Option<Value>), Error> {
    let users = client.users();
    let status = |code: auth0_users::StatusCode| u64::from(code.as_u16());
    let user = |value: serde_json::Result<Value>| Some(value.unwrap());
    Ok(match exchange.operation().as_str() {
        "POST /users" => {
            let response = users.create(&round_trip(&exchange.request)).await?;
            (status(response.status()), user(serde_json::to_value(&*response)))
        }
        "PATCH /users/{id}" => {
            let response = users.update(exchange.id(), &round_trip(&exchange.request)).await?;
            (status(response.status()), user(serde_json::to_value(&*response)))
        }
        "GET /users/{id}" => {
            let response = users.get(exchange.id()).await?;
            (status(response.status()), user(serde_json::to_value(&*response)))
        }
        "DELETE /users/{id}" => (status(users.delete(exchange.id()).await?.status()), None),
        "GET /users-by-email" => {
            let [("email", email)] = &exchange.parameters()[..] else {
                panic!("{}", exchange.query);
            };
            let response = users.list_users_by_email(email).await?;
            (status(response.status()), user(serde_json::to_value(&*response)))
        }
        "GET /users" => {
            let list = exchange.parameters().into_iter().fold(users.list(), |list, (name, value)| match name {
                "include_totals" => list.include_totals(value == "true"),
                "per_page" => list.per_page(value.parse::<i64>().unwrap()),
                "q" => list.q(value),
                "search_engine" => list.search_engine(value),
                other => panic!("{other}"),
            });
            let response = list.await?;
            (status(response.status()), user(serde_json::to_value(&*response)))
        }
        other => panic!("{other}"),
    })
}

#[test]
fn every_exchange_can_be_had_again() {
    let Some(exchanges) = exchanges() else {
        println!("{SKIPPED}");
        return;
    };
    let mut counts = Counts::new();
    for exchange in &exchanges {
        let server = Server::new(json(&format!("{} Replayed", exchange.status), &exchange.body()));
        let client = client(&server);
        match wait(replay(&client, exchange)) {
            Ok((status, decoded)) => {
                assert_eq!(status, exchange.status);
                assert!(decoded.is_none_or(|value| equal(&value, &exchange.response)), "{}", exchange.response);
            }
            Err(error) => {
                let failure = error.failure().unwrap_or_else(|| panic!("{error}"));
                let said = serde_json::to_value(failure.error().unwrap()).unwrap();
                assert!(!exchange.is_success() && equal(&said, &exchange.response), "{}: {said}", exchange.target());
            }
        }
        let request = server.request();
        assert_eq!(request.line(), format!("{} {} HTTP/1.1", exchange.method, exchange.target()));
        let body = serde_json::from_str(&request.body).unwrap_or(Value::Null);
        assert!(equal(&body, &exchange.request), "{body} is not {}", exchange.request);
        count(&mut counts, exchange.operation());
    }
    println!("{counts:?}");
    assert_eq!(counts.values().sum::<usize>(), exchanges.len());
    assert!(!exchanges.is_empty());
}
