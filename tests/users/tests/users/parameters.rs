//! Parameters of the query and headers, with the limits of the document.

use auth0_users::types::{CreateUserRequestContent, SearchEngineVersionsEnum, UpdateUserRequestContent};

use crate::server::{Server, json};
use crate::{client, told, wait};

#[test]
fn limits_of_the_query_are_told_together() {
    let server = Server::new(json("200 OK", "[]"));
    let client = client(&server);
    let users = client.users();
    assert_eq!(
        told(wait(users.list().per_page(101).page(-1))),
        ["/query/per_page: must be at most 100", "/query/page: must be at least 0"]
    );
    assert_eq!(told(wait(users.list().per_page(-1))), ["/query/per_page: must be at least 0"]);
    assert!(server.requests().is_empty());
    wait(users.list().per_page(101).page(-1).skip_validation()).unwrap();
    assert_eq!(server.request().line(), "GET /users?per_page=101&page=-1 HTTP/1.1");
}

#[test]
fn limits_include_their_ends() {
    for (page, per_page) in [(0, 0), (i64::MAX, 100)] {
        let server = Server::new(json("200 OK", "[]"));
        wait(client(&server).users().list().page(page).per_page(per_page)).unwrap();
        assert_eq!(server.request().line(), format!("GET /users?page={page}&per_page={per_page} HTTP/1.1"));
    }
}

#[test]
fn every_parameter_of_a_list_has_its_name() {
    let server = Server::new(json("200 OK", "[]"));
    let client = client(&server);
    let list = client.users().list();
    wait(
        list.page(2)
            .per_page(5)
            .include_totals(false)
            .sort("last_login:-1")
            .connection("a b")
            .fields("email,name")
            .include_fields(true)
            .q("name:é&x")
            .search_engine(SearchEngineVersionsEnum::V3)
            .primary_order(false),
    )
    .unwrap();
    assert_eq!(
        server.request().line(),
        "GET /users?page=2&per_page=5&include_totals=false&sort=last_login%3A-1&connection=a%20b&fields=email%2Cname\
         &include_fields=true&q=name%3A%C3%A9%26x&search_engine=v3&primary_order=false HTTP/1.1"
    );
}

#[test]
fn a_search_engine_the_document_does_not_list_is_told() {
    let server = Server::new(json("200 OK", "[]"));
    let client = client(&server);
    assert_eq!(
        told(wait(client.users().list().search_engine("v4"))),
        ["/query/search_engine: must be one of v1, v2, v3"]
    );
    assert!(server.requests().is_empty());
}

#[test]
fn the_custom_domain_is_a_header_with_limits() {
    let server = Server::new(json("200 OK", "{}"));
    let client = client(&server);
    let users = client.users();
    let (create, update) = (CreateUserRequestContent::new("users"), UpdateUserRequestContent::new().blocked(true));
    let (short, long) = ("ab", "a".repeat(256));
    let at_least = "/header/auth0-custom-domain: must have at least 3 characters";
    let at_most = "/header/auth0-custom-domain: must have at most 255 characters";
    assert_eq!(told(wait(users.create(&create).auth0_custom_domain(short))), [at_least]);
    assert_eq!(told(wait(users.create(&create).auth0_custom_domain(&long))), [at_most]);
    assert_eq!(told(wait(users.update("1", &update).auth0_custom_domain(short))), [at_least]);
    assert_eq!(told(wait(users.update("1", &update).auth0_custom_domain(&long))), [at_most]);
    assert_eq!(
        told(wait(users.update("1", &update).auth0_custom_domain("a.example\r\nx: y"))),
        ["/header/auth0-custom-domain: must hold visible ASCII characters and inner spaces only"]
    );
    assert!(server.requests().is_empty());
    wait(users.create(&create).auth0_custom_domain("a.b")).unwrap();
    wait(users.update("1", &update).auth0_custom_domain("a".repeat(255))).unwrap();
    let requests = server.requests();
    let values: Vec<_> = requests.iter().map(|request| request.header("auth0-custom-domain").unwrap()).collect();
    assert_eq!(values, ["a.b".to_owned(), "a".repeat(255)]);
}
