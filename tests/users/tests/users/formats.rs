//! `picture` and `email`, as the server checks them.

use auth0_users::types::UpdateUserRequestContent;

use crate::violations;

/// What is told about a picture.
fn picture(value: &str) -> Vec<String> {
    violations(&UpdateUserRequestContent::new().picture(value))
}

/// What is told about an address.
fn email(value: &str) -> Vec<String> {
    violations(&UpdateUserRequestContent::new().email(value))
}

#[test]
fn pictures_that_the_server_takes() {
    for value in [
        "https://example.com/a.png",
        "ftp://example.com/a",
        "http://127.0.0.1:8080/a",
        "http://[::1]/a",
        "https://u:p@example.com/a",
        "example.com/a.png",
        "https://example.com/%zz",
        "https://example.com/é.png",
        "https://example.com/a|b",
        "https://example.com/{id}",
        r"https://example.com/a\b",
        "https://example.com/?q[]=1",
        "https://exämple.com/",
    ] {
        assert_eq!(picture(value), [""; 0], "{value}");
    }
}

#[test]
fn pictures_that_the_server_refuses() {
    for value in [
        "",
        "/rel/a.png",
        "//cdn.example.com/a",
        "http://localhost/a",
        "http://intranet/a",
        "https://ex_ample.com/a",
        "https://example.com./a",
        "https://-a.com/",
        "data:,x",
        "data:image/png;base64,iVBORw0KGgo=",
        "urn:isbn:0451450523",
        "mailto:ann@example.com",
        "s3://bucket.example.com/a",
        "file:///etc/passwd",
        "file://example.com/a",
        "javascript:alert(1)",
        "https://example.com:99999/",
        "https://example.123/a",
        "https://example.c/a",
        "https://",
        "https://example.com/a b",
        "https://example.com/a\tb",
        "https://example.com/a\u{a0}b",
        " https://example.com/a",
        "https://example.com/a\n",
        "https://example.com/<a",
        "https://example.com/a>",
    ] {
        assert_eq!(picture(value), ["/picture: must be of the format `strict-uri`"], "{value:?}");
    }
}

#[test]
fn a_picture_has_a_greatest_length() {
    let of = |length: usize| {
        let start = "https://example.com/";
        format!("{start}{}", "a".repeat(length - start.len()))
    };
    assert_eq!(picture(&of(2082)), [""; 0]);
    assert_eq!(picture(&of(2085)), ["/picture: must be of the format `strict-uri`"]);
}

#[test]
fn addresses_that_the_server_takes() {
    let longest_local = format!("{}@example.com", "a".repeat(64));
    let longest_label = format!("a@{}.com", "b".repeat(63));
    for value in [
        "ann@example.com",
        "ann+tag@sub.example.co",
        "ann@exämple.com",
        "änn@example.com",
        r#""ann lee"@example.com"#,
        longest_local.as_str(),
        longest_label.as_str(),
    ] {
        assert_eq!(email(value), [""; 0], "{value}");
    }
}

#[test]
fn addresses_that_the_server_refuses() {
    let long_local = format!("{}@example.com", "a".repeat(65));
    let long_label = format!("a@{}.com", "b".repeat(64));
    for value in [
        "",
        "ann",
        "@example.com",
        "ann@",
        "a@localhost",
        "ann@example.c",
        "ann@example.123",
        "ann@127.0.0.1",
        "ann@[127.0.0.1]",
        "ann@[::1]",
        "Ann <ann@example.com>",
        "ann lee@example.com",
        "ann@exam ple.com",
        "ann@example.com\n",
        " ann@example.com",
        "ann@example.com.",
        "ann@@example.com",
        long_local.as_str(),
        long_label.as_str(),
    ] {
        assert_eq!(email(value), ["/email: must be of the format `email`"], "{value:?}");
    }
}

#[test]
fn a_format_that_nobody_knows_is_an_annotation() {
    use auth0_users::types::RevokeUserAccessRequestContent;
    for id in [String::new(), "no session id at all".to_owned(), "a".repeat(50)] {
        assert_eq!(violations(&RevokeUserAccessRequestContent::new().session_id(id)), [""; 0]);
    }
    let told = violations(&RevokeUserAccessRequestContent::new().session_id("a".repeat(51)));
    assert_eq!(told, ["/session_id: must have at most 50 characters"]);
}
