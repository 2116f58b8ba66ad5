//! What can be sent to other threads, cloned and spawned.

use codegen_runtime::client::{self, Pending, RawRequest, Response};

use crate::api::{Client, Delete, Error, ErrorBody, Get, List, Update, User};
use crate::server::{Server, json};

#[test]
fn everything_can_go_to_another_thread() {
    fn send<T: Send>() {}
    fn send_and_sync<T: Send + Sync>() {}
    send::<Pending<User, ErrorBody>>();
    send_and_sync::<Client>();
    send_and_sync::<client::Client>();
    send_and_sync::<client::Builder>();
    send_and_sync::<client::BuildError>();
    send_and_sync::<RawRequest<'_>>();
    send_and_sync::<Update<'_>>();
    send_and_sync::<Get<'_>>();
    send_and_sync::<List<'_>>();
    send_and_sync::<Delete<'_>>();
    send_and_sync::<Response<User>>();
    send_and_sync::<Error>();
}

#[test]
fn a_request_on_its_way_borrows_nothing() {
    let server = Server::new(json("200 OK", r#"{"name":"Ann"}"#));
    let client = Client::of(&server);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let response = runtime.block_on(async move {
        let request = tokio::spawn(client.get("7").send());
        drop(client);
        request.await.unwrap()
    });
    assert_eq!(response.unwrap()["name"], "Ann");
}
