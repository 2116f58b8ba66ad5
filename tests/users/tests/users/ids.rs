//! An id is encoded once, whole, and never leads to another endpoint.

use auth0_users::Error;
use auth0_users::types::UpdateUserRequestContent;

use crate::server::{Server, json};
use crate::{client, told, wait};

#[test]
fn an_id_may_hold_any_character() {
    for (id, segment) in [
        ("auth0|507f1f77", "auth0%7C507f1f77"),
        ("a/b", "a%2Fb"),
        ("../../clients", "..%2F..%2Fclients"),
        ("50%", "50%25"),
        ("a%3Ab", "a%253Ab"),
        ("%2f%2e%2e", "%252f%252e%252e"),
        ("...", "..."),
        ("a?b=c#d", "a%3Fb%3Dc%23d"),
        ("waad|é\u{1f600}", "waad%7C%C3%A9%F0%9F%98%80"),
        (" a\r\n", "%20a%0D%0A"),
        ("{id}", "%7Bid%7D"),
    ] {
        let server = Server::new(json("200 OK", "{}"));
        let client = client(&server);
        let users = client.users();
        wait(users.get(id)).unwrap();
        wait(users.delete(id)).unwrap();
        wait(users.update(id, &UpdateUserRequestContent::new().blocked(true))).unwrap();
        wait(users.revoke_access(id)).unwrap();
        wait(users.regenerate_recovery_code(id)).unwrap();
        let requests = server.requests();
        let lines: Vec<_> = requests.iter().map(|request| request.line().to_owned()).collect();
        assert_eq!(
            lines,
            [
                format!("GET /users/{segment} HTTP/1.1"),
                format!("DELETE /users/{segment} HTTP/1.1"),
                format!("PATCH /users/{segment} HTTP/1.1"),
                format!("POST /users/{segment}/revoke-access HTTP/1.1"),
                format!("POST /users/{segment}/recovery-code-regeneration HTTP/1.1"),
            ],
            "{id}"
        );
    }
}

#[test]
fn an_id_that_addresses_another_operation_is_never_sent() {
    let server = Server::new(json("200 OK", "{}"));
    let client = client(&server);
    let users = client.users();
    let body = UpdateUserRequestContent::new().blocked(true);
    for id in ["", ".", "..", "%2e", "%2e%2E", ".%2e", "%2E.", "%252e%252E"] {
        let refused = |told: Vec<String>| {
            let message = "/path/id: must not be empty, `.` or `..`, which would address another operation";
            assert_eq!(told, [message], "{id}");
        };
        refused(told(wait(users.delete(id))));
        refused(told(wait(users.delete(id).skip_validation())));
        refused(told(wait(users.get(id))));
        refused(told(wait(users.update(id, &body))));
        refused(told(wait(users.revoke_access(id))));
        refused(told(wait(users.regenerate_recovery_code(id))));
    }
    assert!(server.requests().is_empty());
}

#[test]
fn an_id_is_refused_together_with_the_rest() {
    let server = Server::new(json("200 OK", "{}"));
    let body = UpdateUserRequestContent::new().username("");
    let client = client(&server);
    let error = wait(client.users().update("", &body).auth0_custom_domain("a")).unwrap_err();
    let Error::Invalid(violations) = &error else {
        panic!("{error:?}");
    };
    let pointers: Vec<_> = violations.iter().map(|violation| violation.pointer.as_str()).collect();
    assert_eq!(pointers, ["/path/id", "/header/auth0-custom-domain", "/body/username"]);
    assert!(server.requests().is_empty());
}
