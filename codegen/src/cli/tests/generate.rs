//! `generate --spec … --out …`: what is written, removed and refused.

use super::memory::Memory;
use super::run;
use crate::cli::{Exit, Program};

const COMMAND: &str = "generate --spec users.json --out /out";

const SPEC: &str = r#"{
    "files": [["src/a.rs", "a\n"], ["src/old/b.rs", "b\n"], ["src/users.rs", "get\n"]],
    "items": [["type", "A", "src/a.rs"], ["type", "B", "src/old/b.rs"], ["operation", "users.get", "src/users.rs"]]
}"#;

/// Without B, with another A and with C.
const NEXT_SPEC: &str = r#"{
    "files": [["src/a.rs", "a2\n"], ["src/c.rs", "c\n"], ["src/users.rs", "get\n"]],
    "items": [["type", "A", "src/a.rs"], ["type", "C", "src/c.rs"], ["operation", "users.get", "src/users.rs"]]
}"#;

fn with(spec: &str) -> Memory {
    let host = Memory::default();
    host.put("/project/runtime/Cargo.toml", "");
    host.put("/project/users.json", spec);
    host
}

/// [`SPEC`], generated.
fn generated() -> Memory {
    let host = with(SPEC);
    assert_eq!(run(&host, COMMAND), Exit::Success);
    host.take_log();
    host.take_printed();
    host
}

#[test]
fn the_first_run_writes_every_file_and_the_lock_last() {
    let host = with(SPEC);
    assert_eq!(run(&host, COMMAND), Exit::Success);
    assert_eq!(
        host.take_log(),
        [
            "write /out/.codegen-unfinished",
            "write /out/Cargo.toml",
            "write /out/src/a.rs",
            "write /out/src/old/b.rs",
            "write /out/src/users.rs",
            "write /out/codegen.lock",
            "remove /out/.codegen-unfinished"
        ]
    );
    let (output, error) = host.take_printed();
    assert_eq!((output.as_str(), error.as_str()), ("users: 1 operation, 2 types, 3 lines, 0.24 s; new\n", ""));
    assert_eq!(host.get("/out/Cargo.toml").unwrap(), "users path = \"/project/runtime\"\n[workspace]\n");
}

#[test]
fn the_second_run_writes_nothing() {
    let host = generated();
    assert_eq!(run(&host, COMMAND), Exit::Success);
    assert!(host.take_log().is_empty());
    assert_eq!(host.take_printed().0, "users: 1 operation, 2 types, 3 lines, 0.24 s; unchanged\n");
}

#[test]
fn only_what_differs_is_written_and_what_is_gone_is_removed() {
    let host = generated();
    host.put("/project/users.json", NEXT_SPEC);
    assert_eq!(run(&host, COMMAND), Exit::Success);
    assert_eq!(
        host.take_log(),
        [
            "write /out/.codegen-unfinished",
            "remove /out/src/old/b.rs",
            "remove folder /out/src/old",
            "write /out/src/a.rs",
            "write /out/src/c.rs",
            "write /out/codegen.lock",
            "remove /out/.codegen-unfinished"
        ]
    );
    assert_eq!(
        host.take_printed().0,
        "users: 1 operation, 2 types, 3 lines, 0.24 s; 1 added (C), 1 removed (B), 1 changed (A)\n"
    );
}

#[test]
fn a_lost_file_is_written_again() {
    let host = generated();
    crate::cli::host::Host::remove_file(&host, "/out/src/a.rs".as_ref()).unwrap();
    host.take_log();
    assert_eq!(run(&host, COMMAND), Exit::Success);
    assert_eq!(
        host.take_log(),
        ["write /out/.codegen-unfinished", "write /out/src/a.rs", "remove /out/.codegen-unfinished"]
    );
    assert_eq!(
        host.take_printed().0,
        "users: 1 operation, 2 types, 3 lines, 0.24 s; no type or operation changed, but 1 file (src/a.rs)\n"
    );
}

#[test]
fn files_of_others_and_edits_stop_the_run_before_it_writes() {
    let host = generated();
    host.put("/project/users.json", NEXT_SPEC);
    host.put("/out/src/c.rs", "mine\n");
    host.put("/out/src/a.rs", "a, edited\n");
    host.put("/out/src/old/b.rs", "b, edited\n");
    assert_eq!(run(&host, COMMAND), Exit::Failure);
    assert!(host.take_log().is_empty());
    let (output, error) = host.take_printed();
    assert_eq!(output, "");
    insta::assert_snapshot!(error, @r#"
    error[edited-by-hand]: /out/src/a.rs was edited by hand
    --> /out/src/a.rs
     |
     = help: undo the edit, or discard it with --force; what the crate should do differently is said in codegen.toml or in the document
    --- /out/src/a.rs
    +++ /out/src/a.rs
    @@ -1 +1 @@
    -a, edited
    +a2

    error[in-the-way]: /out/src/c.rs is in the way: the generator did not write it
    --> /out/src/c.rs
     |
     = help: move or delete it, or replace it with --force

    error[edited-by-hand]: /out/src/old/b.rs was edited by hand
    --> /out/src/old/b.rs
     |
     = help: undo the edit, or discard it with --force; what the crate should do differently is said in codegen.toml or in the document
    --- /out/src/old/b.rs
    +++ /dev/null
    @@ -1 +0,0 @@
    -b, edited

    3 errors; nothing was written
    "#);

    assert_eq!(run(&host, &format!("{COMMAND} --force")), Exit::Success);
    assert_eq!(host.get("/out/src/a.rs").unwrap(), "a2\n");
    assert_eq!(host.get("/out/src/c.rs").unwrap(), "c\n");
    assert_eq!(host.below("/out"), ["Cargo.toml", "codegen.lock", "src/a.rs", "src/c.rs", "src/users.rs"]);
}

#[test]
fn other_files_stay_as_they_are() {
    let host = generated();
    host.put("/out/README.md", "mine");
    host.put("/out/src/old/notes.txt", "mine");
    host.put("/project/users.json", NEXT_SPEC);
    assert_eq!(run(&host, COMMAND), Exit::Success);
    assert_eq!(host.get("/out/README.md").as_deref(), Some("mine"));
    assert_eq!(host.get("/out/src/old/notes.txt").as_deref(), Some("mine"));
}

#[test]
fn the_next_run_repairs_one_that_was_cut_off_whatever_its_input() {
    for (steps, next) in (0..7).flat_map(|steps| [SPEC, NEXT_SPEC, "{}"].map(|next| (steps, next))) {
        let host = generated();
        host.put("/project/users.json", NEXT_SPEC);
        host.patience.set(steps);
        assert_eq!(run(&host, COMMAND), Exit::Failure, "{steps}");
        host.patience.set(usize::MAX);
        host.put("/project/users.json", next);
        assert_eq!(run(&host, COMMAND), Exit::Success, "{steps}");
        let repaired = host.below("/out");

        let fresh = with(next);
        assert_eq!(run(&fresh, COMMAND), Exit::Success);
        assert_eq!(repaired, fresh.below("/out"), "{steps}");
        assert!(repaired.iter().all(|path| host.get(&format!("/out/{path}")) == fresh.get(&format!("/out/{path}"))));
    }
}

#[test]
fn temporary_files_of_a_run_that_was_cut_off_are_removed() {
    let host = generated();
    host.put("/out/src/.codegen-abc.tmp", "half a fi");
    host.put("/project/users.json", NEXT_SPEC);
    assert_eq!(run(&host, COMMAND), Exit::Success);
    assert_eq!(host.get("/out/src/.codegen-abc.tmp"), None);
}

#[test]
fn a_lock_in_conflict_says_the_way_out() {
    let host = generated();
    let lock = host.get("/out/codegen.lock").unwrap();
    host.put("/out/codegen.lock", &lock.replace("\ntype A", "\n<<<<<<< HEAD\ntype A"));
    assert_eq!(run(&host, COMMAND), Exit::Failure);
    insta::assert_snapshot!(host.take_printed().1, @r#"
    error[unreadable-lock]: /out/codegen.lock holds a merge conflict
     --> /out/codegen.lock:5:1
      |
    5 | <<<<<<< HEAD
      | ^
      |
      = help: take one side of the whole crate (git checkout --ours or --theirs) and generate again
      = help: or generate with --force, which writes every file anew

    1 error; nothing was written
    "#);
    assert_eq!(run(&host, &format!("{COMMAND} --force")), Exit::Success);
    assert_eq!(host.get("/out/codegen.lock"), Some(lock));
}

#[test]
fn a_folder_in_the_place_of_a_file_is_an_error() {
    let host = with(SPEC);
    host.put("/out/src/a.rs/x", "");
    assert_eq!(run(&host, &format!("{COMMAND} --force")), Exit::Failure);
    insta::assert_snapshot!(host.take_printed().1, @r#"
    error[unreadable]: cannot read /out/src/a.rs: it is a folder
    --> /out/src/a.rs

    1 error; nothing was written
    "#);
    assert!(host.take_log().is_empty());
}

#[test]
fn check_shows_what_is_stale_and_writes_nothing() {
    let host = generated();
    host.put("/project/users.json", NEXT_SPEC);
    assert_eq!(run(&host, &format!("{COMMAND} --check")), Exit::Failure);
    assert!(host.take_log().is_empty());
    let (output, error) = host.take_printed();
    insta::assert_snapshot!(output, @r#"
    users: 1 operation, 2 types, 3 lines, 0.24 s; 1 added (C), 1 removed (B), 1 changed (A)
    --- /out/src/a.rs
    +++ /out/src/a.rs
    @@ -1 +1 @@
    -a
    +a2
    --- /dev/null
    +++ /out/src/c.rs
    @@ -0,0 +1 @@
    +c
    --- /out/src/old/b.rs
    +++ /dev/null
    @@ -1 +0,0 @@
    -b
    --- /out/codegen.lock
    +++ /out/codegen.lock
    @@ -2,5 +2,5 @@
     file Cargo.toml 4280916d0a8cf87969109c635bf88a11de5ca48732f67c32db8ee06645c2dae2
     file src/users.rs 6ff77efe3bb872126bf5c3c626201da48931d8b2ee7a86a3e89821208a3316c1
     operation users.get src/users.rs 183af92a861b7a1832b0f73febddec9bc6defba3b0d6bf11706f131b21760854
    -type A src/a.rs 87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7
    -type B src/old/b.rs 0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f
    +type A src/a.rs 333d36c15ed252b52c66eda5bf9c1ad3e730b6d6eef9401a336db63ccf7558e7
    +type C src/c.rs a3a5e715f0cc574a73c3f9bebb6bc24f32ffd5b67b387244c2c909da779a1478
    "#);
    assert_eq!(error, "stale: /out; run: cargo xtask generate --spec users.json --out /out\n");
}

#[test]
fn check_is_content_with_what_is_up_to_date() {
    let host = generated();
    assert_eq!(run(&host, &format!("{COMMAND} --check")), Exit::Success);
    let (output, error) = host.take_printed();
    assert_eq!((output.as_str(), error.as_str()), ("users: 1 operation, 2 types, 3 lines, 0.24 s; unchanged\n", ""));
}

#[test]
fn an_error_of_the_pipeline_stops_the_run() {
    let host = with(r#"{"errors": ["bad"], "warnings": ["odd", "strange"]}"#);
    assert_eq!(run(&host, COMMAND), Exit::Failure);
    assert!(host.take_log().is_empty());
    let (output, error) = host.take_printed();
    assert_eq!(output, "");
    assert_eq!(error.lines().last(), Some("1 error, 2 warnings; nothing was written"));
}

#[test]
fn strict_makes_errors_of_warnings() {
    let host = with(r#"{"warnings": ["odd"]}"#);
    assert_eq!(run(&host, &format!("{COMMAND} --strict")), Exit::Failure);
    assert!(host.take_log().is_empty());
    let error = host.take_printed().1;
    assert!(error.starts_with("error[pretended]: odd\n"), "{error}");
    assert_eq!(run(&host, COMMAND), Exit::Success);
    let error = host.take_printed().1;
    assert!(error.starts_with("warning[pretended]: odd\n"), "{error}");
    assert_eq!(error.lines().last(), Some("1 warning"));
}

#[test]
fn formats_that_are_not_checked_are_named() {
    let host = with(r#"{"unchecked": ["email", "strict-uri"]}"#);
    assert_eq!(run(&host, COMMAND), Exit::Success);
    assert_eq!(
        host.take_printed().1,
        "note: 2 formats are not checked (email 1, strict-uri 1): the dialect leaves them as annotations; --formats assert \
         checks them\n"
    );
}

#[test]
fn references_lead_where_the_map_says() {
    let host = with(r##"{"references": ["#/components/schemas/User"]}"##);
    host.put("/project/full.json", "{}");
    let map = "--map #/components/schemas/=full.json#/components/schemas/";
    assert_eq!(run(&host, COMMAND), Exit::Failure);
    assert_eq!(run(&host, &format!("{COMMAND} --dangling any")), Exit::Success);
    assert_eq!(run(&host, &format!("{COMMAND} {map}")), Exit::Success);
    assert_eq!(host.get("/out/target").as_deref(), Some("full.json#/components/schemas/User\n"));
    host.take_printed();
    assert_eq!(run(&host, &format!("{COMMAND} {map} --map unused=full.json")), Exit::Success);
    assert!(host.take_printed().1.starts_with("warning[unused-map]: no reference begins with `unused`\n"));
    assert_eq!(run(&host, &format!("{COMMAND} --map #/components/=nowhere#/")), Exit::Failure);
    assert!(
        host.take_printed()
            .1
            .starts_with("error[missing-map]: `#/components/` stands for nowhere, which is not there\n")
    );
}

#[test]
fn the_report_holds_what_was_found() {
    let host = with(
        r#"{"items": [["type", "A", "src/a.rs"], ["operation", "users.get", "x"]], "files": [["src/a.rs", ""]],
            "left_out": [["upload", "multipart bodies are not generated"]], "warnings": ["odd"], "unchecked": ["email"]}"#,
    );
    assert_eq!(run(&host, &format!("{COMMAND} --report report.json")), Exit::Success);
    insta::assert_snapshot!(host.get("/project/report.json").unwrap(), @r#"
    {
      "crates": [
        {
          "name": "users",
          "documents": [
            "users.json"
          ],
          "output": "/out",
          "operations": [
            {
              "method": "GET",
              "path": "/users.get",
              "name": "users.get"
            },
            {
              "method": "GET",
              "path": "/upload",
              "left_out": "multipart bodies are not generated"
            }
          ],
          "types": [
            {
              "name": "A",
              "pointer": "/components/schemas/A"
            }
          ],
          "unchecked_formats": {
            "email": 1
          }
        }
      ],
      "errors": [],
      "warnings": [
        {
          "code": "pretended",
          "message": "odd",
          "places": [
            {
              "file": "users.json",
              "line": 1,
              "column": 1,
              "pointer": "/x"
            }
          ],
          "help": []
        }
      ],
      "counts": {
        "operations": 1,
        "operations_left_out": 1,
        "types": 1,
        "errors": 0,
        "warnings": 1
      }
    }
    "#);
    host.put("/project/users.json", r#"{"errors": ["bad"]}"#);
    assert_eq!(run(&host, &format!("{COMMAND} --check --report report.json")), Exit::Failure);
    insta::assert_snapshot!(host.get("/project/report.json").unwrap(), @r#"
    {
      "crates": [],
      "errors": [
        {
          "code": "pretended",
          "message": "bad",
          "places": [
            {
              "file": "users.json",
              "line": 1,
              "column": 1,
              "pointer": "/x"
            }
          ],
          "help": []
        }
      ],
      "warnings": [],
      "counts": {
        "operations": 0,
        "operations_left_out": 0,
        "types": 0,
        "errors": 1,
        "warnings": 0
      }
    }
    "#);
}

#[test]
fn a_document_that_cannot_be_read_is_an_error() {
    let host = with(SPEC);
    assert_eq!(run(&host, "generate --spec nowhere.json --out /out"), Exit::Failure);
    assert!(host.take_printed().1.starts_with("error[unreadable]: cannot read nowhere.json: there is no such file\n"));
    assert_eq!(run(&host, "generate --spec /project --out /out"), Exit::Failure);
    assert!(host.take_printed().1.starts_with("error[unreadable]: cannot read /project: it is a folder\n"));
}

#[test]
fn a_package_is_called_as_the_user_says_or_the_file_is() {
    let host = with(SPEC);
    host.put("/project/UserUpdate.json", "{}");
    assert_eq!(run(&host, "generate --spec UserUpdate.json --out generated/x --name Test"), Exit::Success);
    assert_eq!(
        host.get("/project/generated/x/Cargo.toml").unwrap(),
        "test-api path = \"../../runtime\"\n[workspace]\n"
    );
    host.put("/project/Cargo.toml", "[workspace]\nmembers = ['generated/*']");
    assert_eq!(run(&host, "generate --spec UserUpdate.json --out generated/y --runtime 0.1"), Exit::Success);
    assert_eq!(host.get("/project/generated/y/Cargo.toml").unwrap(), "user-update version = \"0.1\"\n");
}

#[test]
fn a_workspace_that_does_not_list_the_crate_is_mentioned_once() {
    let host = with("{}");
    host.put("/project/Cargo.toml", "[workspace]\nmembers = ['app']");
    let command = "generate --spec users.json --out generated/users";
    assert_eq!(run(&host, command), Exit::Success);
    assert_eq!(
        host.take_printed().1,
        "note: generated/users is a workspace of its own, because the one above does not list it; to have it as a member, \
         add it to `members` there and generate again\n"
    );
    assert_eq!(run(&host, command), Exit::Success);
    assert_eq!(host.take_printed().1, "");
}

#[test]
fn check_cuts_a_long_diff() {
    let host = generated();
    let text: String = (0..1500).map(|line| format!("{line}\\n")).collect();
    host.put("/project/users.json", &SPEC.replace(r"get\n", &text));
    assert_eq!(run(&host, &format!("{COMMAND} --check")), Exit::Failure);
    let output = host.take_printed().0;
    assert_eq!(output.lines().count(), 202);
    assert_eq!(output.lines().last(), Some("... and 1,314 more lines"));
}

#[test]
fn long_work_shows_where_it_is_and_clears_it_at_the_end() {
    let host = Memory::default();
    host.put("/project/runtime/Cargo.toml", "");
    host.put("/project/users.json", r#"{"type": "object"}"#);
    let program = Program { host: &host, generate: crate::generate, home: "/project".into() };
    let arguments = std::iter::once("xtask").chain(COMMAND.split(' ')).map(Into::into);
    assert_eq!(program.run(arguments), Exit::Success);
    assert_eq!(
        host.take_progress(),
        ["reading users.json", "resolving", "deciding types", "writing Rust", "writing files", ""]
    );
}
