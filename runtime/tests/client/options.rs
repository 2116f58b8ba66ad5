//! What is set for one request or one client beside the parameters of the document, and answers that are taken as they come.

use std::time::Duration;

use codegen_runtime::client::{Method, StatusCode, reqwest};

use crate::api::{Client, Error, TOKEN};
use crate::requests::told;
use crate::server::{Answer, Server, json, with_headers};
use crate::wait;

#[test]
fn parameters_that_the_document_lacks_are_added_to_the_query_and_others_replaced() {
    let server = Server::new(json("200 OK", "[]"));
    let client = Client::of(&server);
    let request = client.list().per_page(5).query_param("per_page", 7).query_param("x y", "a&b=c");
    wait(request.query_param("tag", vec!["a", "b"]).query_param("deep", true)).unwrap();
    let line = server.request().line().to_owned();
    assert_eq!(line, "GET /users?per_page=7&x%20y=a%26b%3Dc&tag=a&tag=b&deep=true HTTP/1.1");
}

#[test]
fn a_correlation_id_is_a_header_with_a_limit() {
    let server = Server::new(json("200 OK", "{}"));
    let client = Client::of(&server);
    let longest = "a".repeat(64);
    wait(client.get("7").correlation_id(&longest)).unwrap();
    assert_eq!(server.request().header("x-request"), Some(&*longest));
    for (id, message) in [
        ("a".repeat(65), "/header/x-request: must have at most 64 characters"),
        (String::new(), "/header/x-request: must have at least 1 character"),
        ("é".to_owned(), "/header/x-request: must hold visible ASCII characters and inner spaces only"),
    ] {
        assert_eq!(told(wait(client.get("7").correlation_id(&id))), [message]);
    }
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn what_is_not_generated_has_a_correlation_id_by_the_usual_name() {
    let server = Server::new(json("200 OK", "{}"));
    let builder = codegen_runtime::client::Client::builder().base_url(server.url());
    wait(builder.build().unwrap().request(Method::GET, "/a").correlation_id("7f")).unwrap();
    assert_eq!(server.request().header("x-correlation-id"), Some("7f"));
}

#[test]
fn a_raw_answer_is_what_came_whatever_the_status_and_the_body() {
    for (status, body) in
        [("200 OK", "no json"), ("204 No Content", ""), ("302 Found", "{"), ("404 Not Found", r#"{"message":"No."}"#)]
    {
        let server = Server::new(with_headers(status, "x-a: b\r\n", body));
        let client = Client::of(&server);
        let raw = client.0.request(Method::GET, "/users/7").send_raw();
        for answer in [wait(client.get("7").send_raw()).unwrap(), wait(raw).unwrap()] {
            assert_eq!(answer.status(), StatusCode::from_bytes(status.as_bytes()[..3].as_ref()).unwrap());
            assert_eq!(answer.headers()["x-a"], "b");
            assert_eq!(answer.body(), body.as_bytes());
        }
    }
    let server = Server::new(Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()));
    let error: Error = wait(Client::of(&server).update("7", &NAME).retries(0).send_raw()).unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    let refused = wait(Client::of(&server).get("").send_raw()).unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)), "{refused:?}");
}

const NAME: crate::api::Rename = crate::api::Rename { name: String::new() };

#[test]
fn telemetry_tells_name_and_version_unless_it_is_turned_off() {
    let server = Server::new(json("200 OK", "{}"));
    let builder = || Client::builder().base_url(server.url()).token(TOKEN);
    wait(builder().build().unwrap().get("7")).unwrap();
    wait(builder().telemetry(false).build().unwrap().get("7")).unwrap();
    wait(builder().default_header("X-Client", "own").build().unwrap().get("7")).unwrap();
    let sent: Vec<_> = server.requests().iter().map(|request| request.header("x-client").map(str::to_owned)).collect();
    // {"name":"users","version":"1.0.0"}
    let told = "eyJuYW1lIjoidXNlcnMiLCJ2ZXJzaW9uIjoiMS4wLjAifQ==".to_owned();
    assert_eq!(sent, [Some(told), None, Some("own".to_owned())]);
}

#[test]
fn a_proxy_takes_requests_to_other_machines() {
    let proxy = Server::new(json("200 OK", "{}"));
    let builder = Client::builder().base_url("http://users.example/v2").allow_insecure_http(true).token(TOKEN);
    let client = builder.proxy(reqwest::Proxy::all(proxy.url()).unwrap()).build().unwrap();
    wait(client.get("7")).unwrap();
    assert_eq!(proxy.request().line(), "GET http://users.example/v2/users/7 HTTP/1.1");
}

#[test]
fn a_proxy_takes_requests_to_this_machine_only_if_that_is_said() {
    let (server, proxy) = (Server::new(json("200 OK", "{}")), Server::new(json("200 OK", "{}")));
    let builder = || {
        let proxy = reqwest::Proxy::all(proxy.url()).unwrap();
        Client::builder().base_url(server.url()).token(TOKEN).proxy(proxy)
    };
    wait(builder().build().unwrap().get("7")).unwrap();
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
    wait(builder().proxy_loopback(true).build().unwrap().get("7")).unwrap();
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 1));
}

#[test]
fn the_password_of_a_proxy_is_not_shown() {
    let proxy = reqwest::Proxy::all("http://marker:marker@proxy.example").unwrap().basic_auth("marker", "marker");
    let builder = Client::builder().base_url("https://users.example").token(TOKEN).proxy(proxy);
    assert!(!format!("{builder:?} {builder:#?}").contains("marker"), "{builder:?}");
    let client = builder.timeout(Duration::from_secs(1)).build().unwrap();
    assert!(!format!("{client:?} {client:#?}").contains("marker"), "{client:?}");
}
