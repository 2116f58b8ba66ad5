//! Each status to its error, with everything that the server said.

use auth0_users::types::UpdateUserRequestContent;
use auth0_users::{Error, ErrorCode, Method, StatusCode, Validate};

use crate::server::{Server, json, with_headers};
use crate::{client, wait};

const RATE_LIMIT: &str = "x-ratelimit-limit: 50\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1752000000\r\n";

/// The error of an update that is answered like this.
fn error(status: &str, headers: &str, body: &str) -> Error {
    let server = Server::new(with_headers(status, headers, body));
    let update = UpdateUserRequestContent::new().blocked(true);
    let error = wait(client(&server).users().update("auth0|1", &update).retries(0)).unwrap_err();
    assert_eq!(server.requests().len(), 1, "{status}");
    error
}

#[test]
fn each_status_has_its_variant_and_tells_what_the_server_said() {
    for (status, name, code, variant) in [
        (400, "Bad Request", "invalid_body", "BadRequest"),
        (401, "Unauthorized", "invalid_token", "Unauthorized"),
        (403, "Forbidden", "insufficient_scope", "Forbidden"),
        (404, "Not Found", "inexistent_user", "NotFound"),
        (409, "Conflict", "custom_domain_conflict", "Conflict"),
        (429, "Too Many Requests", "too_many_requests", "RateLimited"),
        (500, "Internal Server Error", "internal_error", "ServerError"),
        (503, "Service Unavailable", "overloaded", "ServiceUnavailable"),
    ] {
        let body = format!(r#"{{"statusCode":{status},"error":"{name}","message":"No.","errorCode":"{code}","x":1}}"#);
        let error = error(&format!("{status} {name}"), RATE_LIMIT, &body);
        assert_eq!(format!("{error:?}"), format!("{variant}(PATCH /users/{{id}}: {status} {name})"));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        let failure = error.failure().unwrap();
        let said = failure.error().unwrap();
        assert_eq!(said.status_code, i64::from(status));
        assert_eq!((said.error.as_str(), said.message.as_str()), (name, "No."));
        assert_eq!(said.error_code.as_deref(), Some(code));
        assert_eq!(said.extra.get("x"), Some(&1.into()));
        assert_eq!(error.code(), Some(ErrorCode::from(code)));
        assert_eq!(matches!(error.code(), Some(ErrorCode::Unknown(_))), !ErrorCode::VALUES.contains(&code));
        let limit = failure.rate_limit().unwrap();
        assert_eq!((limit.limit, limit.remaining, limit.reset), (Some(50), Some(0), Some(1_752_000_000)));
        assert_eq!(failure.headers()["x-ratelimit-limit"], "50");
        assert_eq!(failure.body(), body.as_bytes());
    }
}

#[test]
fn what_is_not_generated_fails_as_generated_operations_do() {
    async fn roles(client: auth0_users::Client, body: UpdateUserRequestContent) -> Result<StatusCode, Error> {
        body.validate()?;
        Ok(client.request(Method::GET, "/roles").await?.status())
    }
    let said = r#"{"statusCode":403,"error":"Forbidden","message":"No.","errorCode":"insufficient_scope"}"#;
    let server = Server::new(json("403 Forbidden", said));
    let error = wait(roles(client(&server), UpdateUserRequestContent::new())).unwrap_err();
    let code = error.failure().and_then(|failure| failure.error()?.error_code.clone());
    assert_eq!(code.as_deref(), Some("insufficient_scope"));

    let error = wait(roles(client(&server), UpdateUserRequestContent::new().name(""))).unwrap_err();
    assert_eq!(error.to_string(), "the request is invalid\n/name: must have at least 1 character");
}

#[test]
fn an_error_code_may_be_missing() {
    let error = error("404 Not Found", "", r#"{"statusCode":404,"error":"Not Found","message":"No."}"#);
    let Error::NotFound(failure) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(failure.error().unwrap().error_code, None);
    assert_eq!(error.code(), None);
    assert_eq!(failure.rate_limit(), None);
}

#[test]
fn a_failure_whose_body_is_something_else_is_the_same_failure() {
    for body in ["", "<html>502</html>", "[]", "null", r#"{"error":"access_denied"}"#, r#"{"statusCode":"429"}"#] {
        let error = error("429 Too Many Requests", RATE_LIMIT, body);
        assert!(matches!(&error, Error::RateLimited { failure, .. } if failure.error().is_none()), "{body}: {error:?}");
        assert_eq!(error.failure().unwrap().body(), body.as_bytes());
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Server::new(json("200 OK", "{}"));
    let error = error("302 Found", &format!("location: {}/users/1\r\n", elsewhere.url()), "");
    assert!(matches!(error, Error::UnexpectedStatus(_)), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    assert!(elsewhere.requests().is_empty());
}

#[test]
fn a_success_has_the_answer_beside_the_user() {
    let body = r#"{"email":"ann@example.com","locale":"en"}"#;
    let server = Server::new(with_headers("200 OK", RATE_LIMIT, body));
    let response = wait(client(&server).users().get("auth0|1")).unwrap();
    assert_eq!(response.email.as_deref(), Some("ann@example.com"));
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.rate_limit().unwrap().limit, Some(50));
    assert_eq!(response.json().unwrap()["locale"], "en");
    assert_eq!(response.body(), body.as_bytes());
}
