//! What a request or a client is told beside the parameters of the document.

use auth0_users::types::UpdateUserRequestContent;
use auth0_users::{Client, StatusCode, Value};

use crate::server::{Server, json, with_headers};
use crate::{TOKEN, client, told, wait};

#[test]
fn the_custom_domain_of_a_client_is_that_of_requests_that_name_none() {
    let server = Server::new(json("200 OK", "{}"));
    let builder = Client::builder().base_url(server.url()).token(TOKEN);
    let client = builder.default_header("auth0-custom-domain", "login.example.com").build().unwrap();
    let body = UpdateUserRequestContent::new().blocked(true);
    wait(client.users().update("1", &body)).unwrap();
    wait(client.users().get("1")).unwrap();
    wait(client.users().update("1", &body).auth0_custom_domain("other.example.com")).unwrap();
    let domains: Vec<_> =
        server.requests().iter().map(|request| request.header("auth0-custom-domain").map(str::to_owned)).collect();
    let domains: Vec<_> = domains.iter().map(Option::as_deref).collect();
    assert_eq!(domains, [Some("login.example.com"), Some("login.example.com"), Some("other.example.com")]);
}

#[test]
fn a_correlation_id_has_at_most_64_characters() {
    let server = Server::new(json("200 OK", "{}"));
    let client = client(&server);
    wait(client.users().get("1").correlation_id("7f3d")).unwrap();
    assert_eq!(server.request().header("x-correlation-id"), Some("7f3d"));
    let refused = wait(client.users().get("1").correlation_id(&"7".repeat(65)));
    assert_eq!(told(refused), ["/header/X-Correlation-ID: must have at most 64 characters"]);
}

#[test]
fn the_client_tells_its_name_and_version_unless_that_is_turned_off() {
    let server = Server::new(json("200 OK", "{}"));
    wait(client(&server).users().get("1")).unwrap();
    let silent = Client::builder().base_url(server.url()).token(TOKEN).telemetry(false).build().unwrap();
    wait(silent.users().get("1")).unwrap();
    let requests = server.requests();
    // {"name":"auth0-users","version":"0.1.0"}
    let told = "eyJuYW1lIjoiYXV0aDAtdXNlcnMiLCJ2ZXJzaW9uIjoiMC4xLjAifQ==";
    assert_eq!(requests[0].header("auth0-client"), Some(told));
    assert_eq!(requests[1].header("auth0-client"), None);
}

#[test]
fn an_answer_can_be_had_as_it_came_alone_or_beside_the_user() {
    let body = r#"{"email_verified":"true","locale":"en"}"#;
    let server = Server::new(with_headers("200 OK", "x-a: b\r\n", body));
    let client = client(&server);
    let user = wait(client.users().get("1")).unwrap();
    assert_eq!((user.status(), user.body()), (StatusCode::OK, body.as_bytes()));
    assert_eq!(user.json().and_then(|json| json.get("email_verified").cloned()), Some(Value::from("true")));
    let answer = wait(client.users().get("1").send_raw()).unwrap();
    assert_eq!((answer.status(), answer.body()), (StatusCode::OK, body.as_bytes()));
    assert_eq!(answer.headers()["x-a"], "b");

    let said = r#"{"statusCode":404,"error":"Not Found","message":"No."}"#;
    let server = Server::new(json("404 Not Found", said));
    let answer = wait(crate::client(&server).users().get("1").send_raw()).unwrap();
    assert_eq!((answer.status(), answer.body()), (StatusCode::NOT_FOUND, said.as_bytes()));
}
