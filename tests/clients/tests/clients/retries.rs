//! What the configuration says of retries and of the headers of the rate limit.

use crate::server::{Server, json, with_headers};
use crate::{builder, client, rgb, wait};

#[test]
fn the_configuration_names_the_headers_of_the_rate_limit() {
    let headers = "ratelimit-limit: 9\r\nratelimit-reset: 50\r\nx-ratelimit-remaining: 1\r\n";
    let server = Server::new(with_headers("200 OK", headers, r#"{"R":1,"G":2,"B":3}"#));
    let limit = wait(client(&server).samples().same_twice()).unwrap().rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining, limit.reset), (Some(9), None, Some(50)));
}

#[test]
fn the_configuration_says_what_may_be_done_twice() {
    let answers = [json("500 Internal Server Error", "{}"), json("204 No Content", "")];
    let server = Server::in_turn(answers.clone());
    let client = builder(&server).token("t").retries(1).build().unwrap();
    wait(client.samples().send_patch(&rgb(1, 2, 3))).unwrap();
    assert_eq!(server.requests().len(), 2);

    let server = Server::in_turn(answers);
    let client = builder(&server).token("t").retries(1).build().unwrap();
    wait(client.samples().create()).unwrap_err();
    assert_eq!(server.requests().len(), 1);
}
