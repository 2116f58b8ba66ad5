//! What `[client]` of `codegen.toml` says of headers and codes of errors.

use super::whole::generate;
use crate::cli::Exit;

const ERRORS: &str = "error = '/components/schemas/User'";

#[test]
fn known_codes_are_an_open_enumeration_that_errors_have() {
    let decisions =
        format!("[client]\n{ERRORS}\nerror-code = '/err/code'\nerror-codes = ['not_found', '50035', 'Full']");
    let (host, exit, _, error) = generate(&decisions);
    assert_eq!((exit, error.contains("error[")), (Exit::Success, false), "{error}");
    let client = host.get("/project/out/src/client/mod.rs").unwrap();
    for part in [
        "pub enum ErrorCode {\n    /// `50035`\n    Value50035,\n    /// `Full`\n    Full,\n    /// `not_found`\n    NotFound,",
        "    Unknown(String),\n}",
        "impl runtime::client::Coded for crate::types::User {",
        "    const POINTER: &'static str = \"/err/code\";",
    ] {
        assert!(client.contains(part), "{part}\n{client}");
    }
    assert!(host.get("/project/out/src/lib.rs").unwrap().contains("Error, ErrorCode}"));
    let (host, ..) = generate("");
    assert!(!host.get("/project/out/src/lib.rs").unwrap().contains("ErrorCode"));
}

#[test]
fn codes_without_a_place_or_an_error_type_are_errors() {
    for (decisions, told) in [
        (
            "error-codes = ['a']".to_owned(),
            "`client.error-codes` of codegen.toml needs `client.error-code`: where they stand",
        ),
        (
            format!("{ERRORS}\nerror-code = '/code'"),
            "`client.error-code` of codegen.toml needs `client.error-codes`: those that are known",
        ),
        (
            format!("{ERRORS}\nerror-code = 'code'\nerror-codes = ['a']"),
            "`client.error-code` of codegen.toml must be a JSON Pointer of a member of error bodies",
        ),
        (
            "error-code = '/code'\nerror-codes = ['a']".to_owned(),
            "`client.error-code` of codegen.toml needs error bodies with a type of their own: `client.error`",
        ),
        (
            "error = '/components/schemas/Users'\nerror-code = '/code'\nerror-codes = ['a']".to_owned(),
            "`client.error-code` of codegen.toml needs error bodies with a type of their own: `client.error`",
        ),
    ] {
        let (_, exit, _, error) = generate(&format!("[client]\n{decisions}"));
        assert_eq!(exit, Exit::Failure, "{decisions}");
        assert!(
            error.contains(&format!("error[invalid-error-code]: {told}\n --> specs/shop/codegen.toml:")),
            "{error}"
        );
    }
}

#[test]
fn headers_of_a_client_are_those_that_there_can_be() {
    let (host, exit, ..) = generate("[client]\ntelemetry-header = 'X-Client'\ncorrelation-max-length = 64");
    assert_eq!(exit, Exit::Success);
    let client = host.get("/project/out/src/client/mod.rs").unwrap();
    for part in [
        r#"telemetry_header("X-Client", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))"#,
        ".correlation_max_length(64)",
    ] {
        let joined: String =
            client.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(", )", ")");
        assert!(joined.contains(part), "{part}\n{client}");
    }
    // The runtime has a name for it.
    assert!(!client.contains("correlation_header"), "{client}");
    let (host, ..) = generate("[client]\ncorrelation-header = 'X-Request'");
    let client = host.get("/project/out/src/client/mod.rs").unwrap();
    assert!(client.contains(r#".correlation_header("X-Request")"#), "{client}");
    assert!(!client.contains("correlation_max_length"), "{client}");
    for key in ["telemetry-header", "correlation-header"] {
        let (_, exit, _, error) = generate(&format!("[client]\n{key} = 'a b'"));
        assert_eq!(exit, Exit::Failure);
        let told = format!("error[invalid-header]: `a b` in `client.{key}` of codegen.toml is the name of no header");
        assert!(error.contains(&told), "{error}");
    }
}
