//! Many requests at once through one client whose token is no good any more: one new token for all of them.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::Poll;
use std::time::Duration;

use auth0_users::Client;

use crate::server::{Server, json};

/// A token endpoint that numbers its tokens. Each of them is held back until it is released.
struct Endpoint {
    server: Server,
    release: mpsc::Sender<()>,
}

impl Endpoint {
    /// The lifetime of the first token, in seconds; others live for a day.
    fn new(lifetime: u64) -> Self {
        let (release, released) = mpsc::channel();
        let (count, released) = (AtomicUsize::new(0), Mutex::new(released));
        let server = Server::answering(move |_| {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            let lifetime = if number == 1 { lifetime } else { 86_400 };
            released.lock().unwrap().recv_timeout(Duration::from_secs(20)).unwrap();
            json("200 OK", &format!(r#"{{"access_token":"token-{number}","expires_in":{lifetime}}}"#))
        });
        Self { server, release }
    }

    fn release(&self) {
        self.release.send(()).unwrap();
    }

    /// A client with tokens from here. It is paced, so that a thousand requests do not need two thousand open sockets at once.
    fn client(&self, api: &Server) -> Client {
        let builder = Client::builder().base_url(api.url()).token_url(format!("{}/oauth/token", self.server.url()));
        let builder = builder.domain("tenant.example.auth0.com").client_credentials("my-id", "marker-secret");
        builder.pace(2000.0, 20).retries(0).build().unwrap()
    }
}

/// The tokens that requests carried, from the one with this number on.
fn carried(api: &Server, from: usize) -> Vec<String> {
    let requests = api.requests();
    requests[from..].iter().map(|request| request.header("authorization").unwrap_or("none").to_owned()).collect()
}

/// Sends requests for these many users, each from a task of its own; `all_wait` is called once each of them waits for something.
async fn crowd(client: &Client, count: usize, all_wait: impl FnOnce()) {
    let waiting = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..count)
        .map(|id| {
            let (client, waiting) = (client.clone(), Arc::clone(&waiting));
            tokio::spawn(async move {
                let mut request = pin!(client.users().get(format!("auth0|{id}")).send());
                let is_waiting = poll_fn(|context| Poll::Ready(request.as_mut().poll(context).is_pending())).await;
                assert!(is_waiting, "no answer comes at once");
                waiting.fetch_add(1, Ordering::SeqCst);
                request.await.unwrap();
            })
        })
        .collect();
    while waiting.load(Ordering::SeqCst) < count {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    all_wait();
    for task in tasks {
        task.await.unwrap();
    }
}

fn run(test: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(4).enable_all().build().unwrap().block_on(test);
}

#[test]
fn a_thousand_callers_with_one_expired_token_fetch_one() {
    run(async {
        let (api, endpoint) = (Server::new(json("200 OK", "{}")), Endpoint::new(1));
        let client = endpoint.client(&api);
        endpoint.release();
        client.users().get("auth0|first").await.unwrap();
        assert_eq!(carried(&api, 0), ["Bearer token-1"]);

        tokio::time::sleep(Duration::from_secs(1)).await;
        crowd(&client, 1000, || {
            // Whatever has come so far is on its way to the token endpoint; nothing left without a token, or with the old one.
            assert_eq!(api.requests().len(), 1);
            endpoint.release();
        })
        .await;
        assert_eq!(endpoint.server.requests().len(), 2);
        assert_eq!(carried(&api, 1), vec!["Bearer token-2"; 1000]);
        let mut lines: Vec<String> = api.requests().iter().map(|request| request.line().to_owned()).collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 1001, "everyone's own request has come");
    });
}

#[test]
fn callers_whose_token_was_revoked_fetch_one() {
    run(async {
        let api = Server::answering(|request| match request.header("authorization") {
            Some("Bearer token-1") if !request.line().contains("first") => json("401 Unauthorized", "{}"),
            _ => json("200 OK", "{}"),
        });
        let endpoint = Endpoint::new(86_400);
        let client = endpoint.client(&api);
        endpoint.release();
        client.users().get("auth0|first").await.unwrap();
        crowd(&client, 100, || endpoint.release()).await;
        assert_eq!(endpoint.server.requests().len(), 2);
        let mut carried = carried(&api, 1);
        carried.sort_unstable();
        let renewed = carried.iter().filter(|token| **token == "Bearer token-2").count();
        assert_eq!(renewed, 100);
        assert!(carried.iter().all(|token| ["Bearer token-1", "Bearer token-2"].contains(&&**token)));
    });
}
