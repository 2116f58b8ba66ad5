//! Answers that are no JSON, or several things.

use clients_tests::Error;
use clients_tests::client::samples::CreateResponse;
use clients_tests::types::Order;

use crate::server::{Server, json};
use crate::{answering, client, rgb, wait};

fn created(status: &str, body: &str) -> CreateResponse {
    let server = Server::new(json(status, body));
    wait(client(&server).samples().create()).unwrap().into_inner()
}

#[test]
fn the_status_says_what_an_answer_is() {
    assert_eq!(created("200 OK", r#"{"R":1,"G":2,"B":3}"#), CreateResponse::Ok(rgb(1, 2, 3)));
    assert_eq!(created("201 Created", r#"{"item":"x"}"#), CreateResponse::Created(Order::new("x")));
    assert_eq!(created("202 Accepted", "{"), CreateResponse::Accepted);
    assert_eq!(created("203 X", "a text"), CreateResponse::NonAuthoritativeInformation("a text".to_owned()));
    assert!(matches!(created("206 X", "?"), CreateResponse::Other(status) if status == 206));
}

#[test]
fn an_answer_that_does_not_fit_its_status_is_told() {
    let server = answering("201 Created", "application/json", r#"{"R":1,"G":2,"B":3}"#);
    let error = wait(client(&server).samples().create()).unwrap_err();
    let Error::Decode(undecoded) = &error else { panic!("{error:?}") };
    assert_eq!(undecoded.message(), "the required member \"item\" is missing at line 1 column 19");
    assert_eq!(server.request().header("accept"), Some("application/json, text/plain"));
}

#[test]
fn failures_have_the_schema_that_all_of_them_share() {
    let server = answering("409 Conflict", "application/problem+json", r#"{"title":"There is one."}"#);
    let error = wait(client(&server).samples().create()).unwrap_err();
    let Error::Conflict(failure) = &error else { panic!("{error:?}") };
    assert_eq!(failure.error().unwrap().title.as_deref(), Some("There is one."));
}

#[test]
fn equal_answers_are_one_type() {
    let server = answering("206 X", "application/json", r#"{"R":1,"G":2,"B":3}"#);
    assert_eq!(wait(client(&server).samples().same_twice()).unwrap().into_inner(), rgb(1, 2, 3));
}

#[test]
fn a_text_is_a_text() {
    let server = answering("200 OK", "text/csv", "a,b\n1,é\n");
    assert_eq!(*wait(client(&server).samples().read_text()).unwrap(), "a,b\n1,é\n");
    assert_eq!(server.request().header("accept"), Some("text/csv"));
}
