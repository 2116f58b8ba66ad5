//! `generate` without arguments: every `specs/*/codegen.toml`.

use super::memory::Memory;
use super::run;
use crate::cli::Exit;

fn put_api(host: &Memory, name: &str) {
    let config = format!("document = 'api.json'\noutput = '../../generated/{name}'\npackage.name = '{name}'\n");
    host.put(&format!("/project/specs/{name}/codegen.toml"), &config);
    host.put(&format!("/project/specs/{name}/api.json"), "{}");
}

fn project() -> Memory {
    let host = Memory::default();
    host.put("/project/runtime/Cargo.toml", "");
    host.put("/project/Cargo.toml", "[workspace]\nmembers = ['generated/*']");
    put_api(&host, "users");
    put_api(&host, "clients");
    *host.current.borrow_mut() = "/project/codegen/src".into();
    host
}

#[test]
fn every_api_becomes_its_crate_from_anywhere_in_the_project() {
    let host = project();
    assert_eq!(run(&host, "generate"), Exit::Success);
    let (output, error) = host.take_printed();
    assert_eq!(
        (output.as_str(), error.as_str()),
        (
            "clients: 0 operations, 0 types, 0 lines, 0.24 s; new\nusers: 0 operations, 0 types, 0 lines, 0.24 s; new\n",
            ""
        )
    );
    assert_eq!(host.get("/project/generated/users/Cargo.toml").unwrap(), "users path = \"../../runtime\"\n");
}

#[test]
fn one_bad_crate_keeps_the_others_from_being_written() {
    let host = project();
    host.put("/project/specs/clients/codegen.toml", "document = 'api.json'\noutputs = '../x'\n");
    assert_eq!(run(&host, "generate"), Exit::Failure);
    assert!(host.take_log().is_empty());
    insta::assert_snapshot!(host.take_printed().1, @"
    error[config]: unknown field `outputs`, expected one of `document`, `output`, `package`, `runtime`, `client`, `formats`, `schemas`, `sensitive`, `merge`, `optional`, `names`, `select`, `skip`, `types`, `dependencies`, `rule`, `map`
     --> specs/clients/codegen.toml:2:1
      |
    2 | outputs = '../x'
      | ^^^^^^^

    1 error; nothing was written
    ");
}

#[test]
fn check_names_every_stale_crate() {
    let host = project();
    assert_eq!(run(&host, "generate --check"), Exit::Failure);
    assert_eq!(host.take_printed().1, "stale: generated/clients, generated/users; run: cargo xtask generate\n");
}

#[test]
fn two_apis_do_not_share_a_folder() {
    let host = project();
    host.put(
        "/project/specs/users/codegen.toml",
        "document = 'api.json'\noutput = '../../generated/./clients'\npackage.name = 'u'\n",
    );
    assert_eq!(run(&host, "generate"), Exit::Failure);
    let error = host.take_printed().1;
    assert!(
        error.starts_with(
            "error[same-output]: generated/clients is the folder of the crate of specs/clients/codegen.toml already\n"
        ),
        "{error}"
    );
}

#[test]
fn a_project_without_apis_is_told_what_to_write() {
    let host = Memory::default();
    host.put("/project/runtime/Cargo.toml", "");
    assert_eq!(run(&host, "generate"), Exit::Failure);
    insta::assert_snapshot!(host.take_printed().1, @r#"
    error[no-specs]: there is no folder `specs` in /project or above it
     |
     = help: write specs/NAME/codegen.toml (`document = "openapi.yaml"`, `output = "../../generated/NAME"`, `package.name = "NAME"`), or name a document: generate --spec FILE --out DIR

    1 error; nothing was written
    "#);
    host.put("/project/specs/README.md", "");
    assert_eq!(run(&host, "generate"), Exit::Failure);
    assert!(host.take_printed().1.starts_with("error[no-specs]: no folder in /project/specs holds a codegen.toml\n"));
}

#[test]
fn the_way_to_checked_formats_is_in_the_file() {
    let host = project();
    host.put("/project/specs/users/api.json", r#"{"unchecked": ["email"]}"#);
    assert_eq!(run(&host, "generate"), Exit::Success);
    assert_eq!(
        host.take_printed().1,
        "note: 1 format is not checked (email 1): the dialect leaves them as annotations; `formats.mode = \"assert\"` in \
         specs/users/codegen.toml checks them\n"
    );
}
