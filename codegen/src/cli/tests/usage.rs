//! Help texts and command lines that mean nothing.

use super::memory::Memory;
use super::run;
use crate::cli::Exit;

#[test]
fn a_command_line_that_means_nothing_exits_with_2() {
    let lines = [
        "nonsense",
        "generate --spec a.json",
        "generate --out x",
        "generate --name x",
        "generate --map a=b",
        "generate --dangling any",
        "generate --formats assert",
        "generate --runtime 0.1",
        "generate --check --force",
        "generate --spec a --out b --formats maybe",
        "generate --spec a --out b --map nothing",
        "generate --spec a --out b --map #/a/=b",
        "generate --spec a --out b --map a=b --map a=c",
        "generate --spec a --out b --runtime latest",
        "generate --include tag:a",
        "generate --exclude tag:a",
        "explain a.json",
        "explain a.json /a --config b.toml --formats assert",
        "generate --engine typify",
        "generate --spec a --out b --engine serde",
        "generate --spec a --spec c --out b --engine typify",
        "generate --spec a --out b --engine typify --map a=b",
        "generate --spec a --out b --engine typify --implied-types exact",
        "generate --spec a --out b --engine typify --dangling any",
        "generate --spec a --out b --engine typify --formats assert",
        "generate --spec a --out b --engine typify --runtime 0.1",
    ];
    for line in lines {
        let host = Memory::default();
        assert_eq!(run(&host, line), Exit::Usage, "{line}");
        let (output, error) = host.take_printed();
        assert_eq!(output, "");
        assert!(error.starts_with("error: "), "{line}: {error}");
    }
    assert_eq!([Exit::Success, Exit::Failure, Exit::Usage].map(Exit::code), [0, 1, 2]);
}

#[test]
fn help_explains_the_commands() {
    let host = Memory::default();
    assert_eq!(run(&host, "--help"), Exit::Success);
    insta::assert_snapshot!(host.take_printed().0, @"
    Rust crates from OpenAPI and JSON Schema documents

    Usage: cargo xtask <COMMAND>

    Commands:
      generate       Write Rust crates: those of specs/*/codegen.toml, or one from any document
      stats          Count how exactly documents become types: fields narrower than any value, and how each keyword is answered
      explain        Say what one node of a document becomes, and why: its type, its name, its checks, who reaches it
      config-schema  Print the JSON Schema of codegen.toml, from which editors complete and check it

    Options:
      -h, --help  Print help
    ");
}

#[test]
fn help_explains_generate() {
    let host = Memory::default();
    assert_eq!(run(&host, "generate --help"), Exit::Success);
    insta::assert_snapshot!(host.take_printed().0, @r"
    Write Rust crates: those of specs/*/codegen.toml, or one from any document

    Without --spec, finds the closest folder upwards that holds `specs` and writes the crate of
    every specs/*/codegen.toml. Only files that differ are written. Files that are no longer
    generated are removed. A file that was edited by hand, or that is not the generator's own,
    is an error. Nothing is fetched.

    Usage: cargo xtask generate [OPTIONS]

    Options:
          --check
              Write nothing; fail with a diff where anything is stale

          --force
              Replace files that were edited by hand or that are in the way

          --strict
              Treat warnings as errors

          --report <FILE.json>
              Write what was found as JSON: operations, types, errors, warnings

      -h, --help
              Print help (see a summary with '-h')

    A crate without codegen.toml:
          --spec <FILE>
              The document to read: OpenAPI 3.0 or 3.1, or JSON Schema, as JSON or YAML
              
              Given several times, with JSON Schemas: one crate of them all, in which each is a module,
              called as its file is, with the type of its root as `Root`.

          --out <DIR>
              The folder of the crate

          --name <TEXT>
              The name of the package, made valid where it is not [default: the name of FILE, or of DIR]

          --include <ENTRY>
              Generate these operations and what they reach, no others: tag:users, operation:users.update, group:users, path:/users/**

          --exclude <ENTRY>
              Leave these operations out, as in --include

          --map <PREFIX=DIR-OR-FILE>
              What references stand for that lead out of the document, or nowhere in it
              
              PREFIX is how they begin, as written in the document. It is replaced by a folder, by a file,
              or by a place in a file: '#/components/schemas/=openapi.yaml#/components/schemas/'.
              The longest prefix wins.

          --dangling <error|any>
              What a reference becomes that leads nowhere: an error, or any value with a warning
              
              [default: error]

          --formats <auto|assert|annotate>
              Whether the formats of JSON Schema 2020-12 are checked: as the dialect says, always, or never
              
              [default: auto]

          --implied-types <assume|exact>
              What a schema of an OpenAPI document accepts that says no `type`: the one kind that its keywords speak of, or, as JSON Schema has it, every other kind as well
              
              [default: assume]

          --all-schemas
              Generate every schema among the components, and not only those that an operation reaches
              
              Those that none reaches belong to no client group: every build has them. It is the default for
              a document without operations.

          --runtime <path:DIR|git:URL#REV|VERSION>
              Where the crate finds codegen-runtime [default: the folder `runtime` beside the generator]

          --engine <native|typify>
              What makes the types: this generator, or typify, for comparison
              
              typify makes types alone, of one document, without what they are checked with. --include, --exclude,
              --map, --dangling, --formats, --implied-types and --runtime mean nothing to it.
              
              [default: native]

    Examples:
      Every specs/*/codegen.toml to its crate:
        cargo xtask generate
      Is what is checked in up to date? Shows the diff where it is not:
        cargo xtask generate --check
      One document, no codegen.toml:
        cargo xtask generate --spec petstore.yaml --out petstore
      The types that typify makes of it, for comparison:
        cargo xtask generate --spec petstore.yaml --out petstore-typify --engine typify
      A schema whose references lead to another document:
        cargo xtask generate --spec update.json --out update-user \
            --map '#/components/schemas/=openapi.yaml#/components/schemas/'
      Several schemas, one crate:
        cargo xtask generate --spec order.json --spec customer.json --out shop

    Exit status: 0 done, 1 an error (nothing was written) or, with --check, something stale, 2 wrong usage.
    ");
}

#[test]
fn the_schema_of_the_configuration_describes_its_keys() {
    let host = Memory::default();
    assert_eq!(run(&host, "config-schema"), Exit::Success);
    let schema: serde_json::Value = serde_json::from_str(&host.take_printed().0).unwrap();
    assert_eq!(schema["required"], serde_json::json!(["document", "output", "package"]));
    assert_eq!(
        schema["properties"]["document"]["description"],
        "The document to read, relative to this file; or a list of JSON Schemas, which become a module each."
    );
    assert_eq!(schema["additionalProperties"], false);
}

#[cfg(not(feature = "typify"))]
#[test]
fn an_engine_that_was_not_built_in_is_told_how_to_be() {
    let host = Memory::default();
    let line = "generate --spec a.json --out b --engine typify";
    assert_eq!(run(&host, line), Exit::Usage);
    insta::assert_snapshot!(host.take_printed().1, @r#"
    error: this program was built without the feature `typify` of the package `codegen`

    Turn it on where the program depends on it: codegen = { …, features = ["cli", "typify"] }
    "#);
    let arguments = std::iter::once("xtask").chain(line.split(' ')).map(Into::into);
    assert_eq!(crate::cli::missing_feature(arguments), Some("typify"));
}

#[cfg(feature = "typify")]
#[test]
fn an_engine_that_was_built_in_runs() {
    let host = Memory::default();
    host.put("/project/runtime/Cargo.toml", "");
    host.put("/project/a.json", "{}");
    let line = "generate --spec a.json --out b --engine typify";
    let arguments = std::iter::once("xtask").chain(line.split(' ')).map(Into::into);
    assert_eq!(crate::cli::missing_feature(arguments), None);
    assert_eq!(run(&host, line), Exit::Success, "{:?}", host.take_printed());
}
