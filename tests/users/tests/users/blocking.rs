//! The client without an async runtime: everything that can be awaited can be waited for.

use auth0_users::Wait;
use auth0_users::types::UpdateUserRequestContent;
use auth0_users::{Error, Maybe, Method};

use crate::server::{Server, json};

#[test]
fn a_thread_waits_for_its_answer() {
    let server = Server::new(json("200 OK", r#"{"user_id": "7", "name": "Ann"}"#));
    let client = crate::client(&server);
    let body = UpdateUserRequestContent::new().nickname(Maybe::Null);
    assert_eq!(client.users().update("7", &body).wait().unwrap().name.as_deref(), Some("Ann"));
    assert_eq!(client.request(Method::GET, "/users/7").wait().unwrap()["name"], "Ann");
    let wrong = UpdateUserRequestContent::new().given_name("");
    assert!(matches!(client.users().update("7", &wrong).wait(), Err(Error::Invalid(_))));
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn many_threads_wait_at_once() {
    let server = Server::new(json("200 OK", "{}"));
    let client = crate::client(&server);
    let threads: Vec<_> = (0..20)
        .map(|id| {
            let client = client.clone();
            std::thread::spawn(move || client.users().get(id.to_string()).wait().map(|_| ()))
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap().unwrap());
    assert_eq!(server.requests().len(), 20);
}

#[test]
fn a_thread_of_an_async_runtime_may_wait() {
    let server = Server::new(json("404 Not Found", r#"{"message": "none"}"#));
    let client = crate::client(&server);
    let answer = crate::wait(async { client.users().get("7").wait() });
    assert!(matches!(answer, Err(Error::NotFound(_))), "{answer:?}");
}
