//! Where requests go.

use clients_tests::{BuildError, Client};

use crate::{builder, silent, told, wait};

#[test]
fn an_operation_goes_to_its_own_server() {
    let server = silent();
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    let client = Client::builder().token("t").port(port).build().unwrap();
    wait(client.samples().elsewhere()).unwrap();
    assert_eq!(server.request().line(), "GET /other/elsewhere HTTP/1.1");
}

#[test]
fn a_base_url_of_the_callers_goes_before_every_server() {
    let server = silent();
    let client = builder(&server).token("t").port("1").build().unwrap();
    wait(client.samples().elsewhere()).unwrap();
    assert_eq!(server.request().line(), "GET /elsewhere HTTP/1.1");
}

#[test]
fn a_server_without_its_variables_is_no_place_to_go() {
    let client = Client::builder().token("t").build().unwrap();
    let message = "/server: the server's variable `port` has no value: set it, or a base URL";
    assert_eq!(told(wait(client.samples().elsewhere())), [message]);
}

#[test]
fn variables_have_the_values_that_are_listed() {
    let url = |environment: &str| {
        let client = Client::builder().token("t").environment(environment).build();
        client.map(|client| format!("{client:?}"))
    };
    assert!(url("live").unwrap().contains("https://live.example.com/v1"));
    let error = url("prod").unwrap_err();
    assert!(matches!(error, BuildError::ForbiddenVariable { name: "environment", .. }));
    assert_eq!(error.to_string(), "the server's variable `environment` must be one of test, live");
}
