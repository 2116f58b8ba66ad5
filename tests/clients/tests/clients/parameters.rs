//! Parameters of every place and style.

use clients_tests::types::{Filter, FilterNested};

use crate::{client, rgb, silent, told, wait};

#[test]
fn paths_are_filled_in_each_style() {
    let server = silent();
    let colours = ["blue", "black"];
    let client = client(&server);
    let request = client.samples().paths(colours, rgb(1, 2, 3), colours, ["a/b"], rgb(4, 5, 6));
    wait(request).unwrap();
    let expected = "GET /paths/blue,black/B=3,G=2,R=1/.blue.black/;matrix=a%2Fb/;B=6;G=5;R=4 HTTP/1.1";
    assert_eq!(server.request().line(), expected);
}

#[test]
fn nothing_in_a_path_leads_elsewhere() {
    let server = silent();
    let none: [&str; 0] = [];
    let client = client(&server);
    let request = client.samples().paths([".."], rgb(1, 2, 3), none, ["%2e%2e"], rgb(4, 5, 256));
    let refused = "must not be empty, `.` or `..`, which would address another operation";
    assert_eq!(
        told(wait(request)),
        [
            format!("/path/simple: {refused}"),
            format!("/path/label: {refused}"),
            format!("/path/matrix: {refused}"),
            "/path/object/B: must be at most 255".to_owned(),
        ]
    );
    assert!(server.requests().is_empty());
}

#[test]
fn queries_are_written_in_each_style() {
    let server = silent();
    let filter = || Filter::new().name("a b").tags(["x", "y"]).nested(FilterNested::new().depth(2));
    let colours = ["blue", "a,b"];
    let client = client(&server);
    let request = client.samples().queries();
    let request = request.form(colours).joined(colours).object(rgb(1, 2, 3)).joined_object(rgb(4, 5, 6));
    let request = request.spaces(colours).pipes(colours).deep(filter()).reserved("a/b:c&d%2F").json(filter()).limit(7);
    wait(request).unwrap();
    let expected = "GET /queries?form=blue&form=a%2Cb&joined=blue,a%2Cb&B=3&G=2&R=1&joined_object=B,6,G,5,R,4\
                    &spaces=blue%20a%2Cb&pipes=blue%7Ca%2Cb\
                    &deep%5Bname%5D=a%20b&deep%5Bnested%5D%5Bdepth%5D=2&deep%5Btags%5D=x&deep%5Btags%5D=y\
                    &reserved=a/b:c%26d%2F\
                    &json=%7B%22name%22%3A%22a%20b%22%2C%22nested%22%3A%7B%22depth%22%3A2%7D%2C%22tags%22%3A%5B%22x%22%2C%22y%22%5D%7D\
                    &limit=7 HTTP/1.1";
    assert_eq!(server.request().line(), expected);
}

#[test]
fn headers_and_cookies_have_styles_too() {
    let server = silent();
    let client = client(&server);
    let request = client.samples().queries().tracked(true).shades(["a;b", "c"]).colours(["d", "e"]).rgb(rgb(1, 2, 3));
    wait(request).unwrap();
    let request = server.request();
    assert_eq!(request.header("cookie"), Some("tracked=true; shades=a%3Bb,c"));
    assert_eq!(request.header("x-colours"), Some("d,e"));
    assert_eq!(request.header("x-rgb"), Some("B=3,G=2,R=1"));
    assert_eq!(request.line(), "GET /queries HTTP/1.1");
}

#[test]
fn parameters_are_checked_before_anything_is_sent() {
    let server = silent();
    let client = client(&server);
    let request = client.samples().queries().form(["a", "", "c", "d"]).limit(11).shades([""]).rgb(rgb(0, 0, 256));
    assert_eq!(
        told(wait(request)),
        [
            "/query/form: must have at most 3 elements",
            "/query/form/1: must have at least 1 character",
            "/query/limit: must be at most 10",
            "/cookie/shades/0: must have at least 1 character",
            "/header/X-Rgb/B: must be at most 255",
        ]
    );
    assert!(server.requests().is_empty());
}
