//! What people see of a document that is wrong: the real commands on real files, from the argument to the last line.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use codegen::cli::host::{Host, Kind, Stream, System};
use codegen::cli::{Exit, Program};
use tempfile::TempDir;

/// A folder of its own with files in it, in which commands run. What they tell of documents is kept; the line a crate, which
/// goes to the other stream, is not.
struct Desk {
    folder: TempDir,
    system: System,
    told: RefCell<String>,
}

impl Desk {
    /// A folder with a runtime and one more file.
    fn new(name: &str, content: &str) -> Self {
        let desk = Self { folder: TempDir::new().unwrap(), system: System::new(), told: RefCell::default() };
        desk.file("home/runtime/Cargo.toml", "").file(name, content)
    }

    fn file(self, name: &str, content: &str) -> Self {
        self.system.write(&self.path(name), content.as_bytes()).unwrap();
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        std::fs::canonicalize(self.folder.path()).unwrap().join(name)
    }

    /// Runs a command line, split at spaces; gives the exit status and what is told of the document. Something is written if
    /// and only if the command succeeds.
    fn run(&self, command: &str) -> String {
        let program = Program { host: self, generate: codegen::generate, home: self.path("home") };
        let exit = program.run(std::iter::once("xtask").chain(command.split(' ')).map(Into::into));
        let told = self.told.take();
        assert_eq!(exit == Exit::Success, self.path("out").exists(), "{told}");
        format!("exit {}\n{told}", exit.code())
    }
}

impl Host for Desk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.system.read(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.system.list(folder)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.system.kind(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.system.canonical(path)
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.system.write(path, content)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.system.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.system.remove_folder(path)
    }

    fn print(&self, stream: Stream, text: &str) {
        if stream == Stream::Error {
            self.told.borrow_mut().push_str(text);
        }
    }

    fn color(&self, _stream: Stream) -> bool {
        false
    }

    fn current_folder(&self) -> io::Result<PathBuf> {
        Ok(self.path(""))
    }

    /// No time passes, so that the same is printed on every machine.
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

/// What is printed about a document that has this name and content.
fn printed(name: &str, content: &str) -> String {
    Desk::new(name, content).run(&format!("generate --spec {name} --out out"))
}

#[test]
fn yaml_that_is_none() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: \"1\"\npaths: {}\n";
    insta::assert_snapshot!(printed("api.yaml", text), @r#"
    exit 1
    error[yaml-syntax]: not YAML: invalid indentation in flow construct
     --> api.yaml:3:1
      |
    3 | paths: {}
      | ^^^^^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("api.yaml", "openapi: 3.1.0\ninfo:\n\ttitle: A\n"), @r#"
    exit 1
    error[yaml-syntax]: not YAML: tabs disallowed within this context (block indentation)
     --> api.yaml:3:2
      |
    3 |  title: A
      |  ^^^^^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("api.yaml", "openapi: *version\n"), @r#"
    exit 1
    error[yaml-syntax]: not YAML: while parsing node, found unknown anchor
     --> api.yaml:1:10
      |
    1 | openapi: *version
      |          ^

    1 error; nothing was written
    "#);
}

#[test]
fn json_that_is_none() {
    let text = "{\n  \"openapi\": \"3.1.0\",\n  \"info\": {\"title\": \"A\" \"version\": \"1\"}\n}\n";
    insta::assert_snapshot!(printed("api.json", text), @r#"
    exit 1
    error[json-syntax]: not JSON: expected `,` or `}`
     --> api.json:3:25
      |
    3 |   "info": {"title": "A" "version": "1"}
      |                         ^^^^^^^^^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("api.json", "{\n  \"type\": \"object\",\n}\n"), @r#"
    exit 1
    error[json-syntax]: not JSON: trailing comma
     --> api.json:3:1
      |
    3 | }
      | ^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("api.json", "{\"type\": \"obj"), @r#"
    exit 1
    error[json-syntax]: not JSON: the text ends within a string
     --> api.json:1:14
      |
    1 | {"type": "obj
      |              ^

    1 error; nothing was written
    "#);
}

const DANGLING: &str = r##"{
  "title": "A",
  "type": "object",
  "properties": {
    "b": {"$ref": "#/components/schemas/B"}
  }
}
"##;

#[test]
fn a_reference_that_leads_nowhere_and_its_two_ways_out() {
    insta::assert_snapshot!(printed("a.json", DANGLING), @r##"
    exit 1
    error[dangling-reference]: the reference `#/components/schemas/B` leads nowhere
     --> a.json:5:19
      |
    5 |     "b": {"$ref": "#/components/schemas/B"}
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at: /properties/b/$ref
      = help: `--dangling any` makes it an open value
      = help: `--map '#/components/schemas/=FILE#/POINTER/'` says where references of this prefix lead

    1 error; nothing was written
    "##);
    let desk = Desk::new("a.json", DANGLING);
    insta::assert_snapshot!(desk.run("generate --spec a.json --out out --dangling any"), @r##"
    exit 0
    warning[dangling-reference]: the reference `#/components/schemas/B` leads nowhere; it is taken for an open value
     --> a.json:5:19
      |
    5 |     "b": {"$ref": "#/components/schemas/B"}
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at: /properties/b/$ref

    1 warning
    "##);
    let desk = Desk::new("a.json", DANGLING).file("b.json", r#"{"$defs": {"B": {"type": "string"}}}"#);
    let map = "--map #/components/schemas/=b.json#/$defs/";
    insta::assert_snapshot!(desk.run(&format!("generate --spec a.json --out out {map}")), @r#"
    exit 0
    "#);
}

const PATTERN: &str = r#"{
  "title": "A",
  "type": "object",
  "properties": {
    "b": {"type": "string", "pattern": "^(a"}
  }
}
"#;

#[test]
fn a_pattern_that_is_none() {
    insta::assert_snapshot!(printed("a.json", PATTERN), @r#"
    exit 0
    warning[invalid-pattern]: this pattern is no ECMA-262 regular expression: it is left unchecked
     --> a.json:5:40
      |
    5 |     "b": {"type": "string", "pattern": "^(a"}
      |                                        ^^^^^ `(` is never closed (at character 1)
      |
      = at: /properties/b/pattern

    1 warning
    "#);
    let desk = Desk::new("a.json", PATTERN);
    insta::assert_snapshot!(desk.run("generate --spec a.json --out out --strict"), @r#"
    exit 1
    error[invalid-pattern]: this pattern is no ECMA-262 regular expression: it is left unchecked
     --> a.json:5:40
      |
    5 |     "b": {"type": "string", "pattern": "^(a"}
      |                                        ^^^^^ `(` is never closed (at character 1)
      |
      = at: /properties/b/pattern

    1 error; nothing was written
    "#);
}

#[test]
fn two_places_that_contradict_each_other() {
    let schema = r##"{
  "type": "object",
  "properties": {
    "size": {
      "allOf": [
        {"$ref": "#/$defs/small"},
        {"minimum": 20}
      ],
      "type": "integer"
    }
  },
  "$defs": {
    "small": {"maximum": 10}
  },
  "allOf": [
    {"required": ["colour"]},
    {"properties": {"size": true}, "additionalProperties": false}
  ]
}
"##;
    insta::assert_snapshot!(printed("schema.json", schema), @r#"
    exit 0
    warning[impossible-schema]: nothing satisfies this schema
      --> schema.json:13:26
       |
    13 |     "small": {"maximum": 10}
       |                          ^^ at most 10
       |
      ::: schema.json:7:21
       |
     7 |         {"minimum": 20}
       |                     -- at least 20
       |
       = at: /$defs/small/maximum
       = at: /properties/size/allOf/1/minimum

    warning[impossible-schema]: nothing satisfies this schema: the member `colour` that it requires is not allowed
      --> schema.json:16:18
       |
    16 |     {"required": ["colour"]},
       |                  ^^^^^^^^^^ required here
       |
      ::: schema.json:17:60
       |
    17 |     {"properties": {"size": true}, "additionalProperties": false}
       |                                                            ----- no member but the named ones is allowed here
       |
       = at: /allOf/0/required
       = at: /allOf/1/additionalProperties

    2 warnings
    "#);
}

#[test]
fn a_type_that_is_none() {
    let text = "title: A\ntype: object\nproperties:\n  b: {type: strnig}\n  c: {type: [string, nil]}\n";
    insta::assert_snapshot!(printed("a.yaml", text), @r#"
    exit 1
    error[unknown-type]: `strnig` is no type
     --> a.yaml:4:13
      |
    4 |   b: {type: strnig}
      |             ^^^^^^
      |
      = at: /properties/b/type
      = help: the types are: null, boolean, integer, number, string, array, object

    error[unknown-type]: `nil` is no type
     --> a.yaml:5:13
      |
    5 |   c: {type: [string, nil]}
      |             ^^^^^^^^^^^^^
      |
      = at: /properties/c/type
      = help: the types are: null, boolean, integer, number, string, array, object

    2 errors; nothing was written
    "#);
}

#[test]
fn a_key_that_stands_twice() {
    let text = "{\n  \"title\": \"A\",\n  \"type\": \"object\",\n  \"type\": \"string\"\n}\n";
    insta::assert_snapshot!(printed("a.json", text), @r#"
    exit 1
    error[duplicate-key]: the key `type` stands twice in one object
     --> a.json:4:3
      |
    4 |   "type": "string"
      |   ^^^^^^ again here
      |
     ::: a.json:3:3
      |
    3 |   "type": "object",
      |   ------ first here

    1 error; nothing was written
    "#);
    let text = "title: A\ntype: object\nproperties:\n  b: {type: string}\n  b: {type: integer}\n";
    insta::assert_snapshot!(printed("a.yaml", text), @r#"
    exit 1
    error[duplicate-key]: the key `b` stands twice in one object
     --> a.yaml:5:3
      |
    5 |   b: {type: integer}
      |   ^ again here
      |
     ::: a.yaml:4:3
      |
    4 |   b: {type: string}
      |   - first here

    1 error; nothing was written
    "#);
}

#[test]
fn a_file_without_a_document() {
    insta::assert_snapshot!(printed("a.json", ""), @r#"
    exit 1
    error[empty-document]: the document is empty
     --> a.json:1:1
      |
    1 |
      | ^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("a.yaml", "# only a comment\n"), @r#"
    exit 1
    error[empty-document]: the document is empty
     --> a.yaml:1:1
      |
    1 | # only a comment
      | ^

    1 error; nothing was written
    "#);
}

#[test]
fn what_is_no_file() {
    let desk = Desk::new("folder/a.json", "{}");
    insta::assert_snapshot!(desk.run("generate --spec folder --out out"), @r#"
    exit 1
    error[unreadable]: cannot read folder: it is a folder
    --> folder

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(desk.run("generate --spec nowhere.json --out out"), @r#"
    exit 1
    error[unreadable]: cannot read nowhere.json: there is no such file
    --> nowhere.json

    1 error; nothing was written
    "#);
}

#[test]
fn a_file_that_is_no_text() {
    let desk = Desk::new("a.json", "{}");
    desk.system.write(&desk.path("a.json"), b"{\n  \"title\": \"\xff\"\n}").unwrap();
    insta::assert_snapshot!(desk.run("generate --spec a.json --out out"), @r#"
    exit 1
    error[not-utf8]: not UTF-8: byte 0xff
     --> a.json:2:13
      |
    2 |   "title": "�"
      |             ^
      |
      = help: save the file as UTF-8

    1 error; nothing was written
    "#);
}

#[test]
fn a_hundred_megabytes_of_brackets() {
    let start = Instant::now();
    let text = "[".repeat(100_000_000);
    insta::assert_snapshot!(printed("a.json", &text), @r#"
    exit 1
    error[nested-too-deep]: nested deeper than 127 levels
     --> a.json:1:128
      |
    1 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
      |                                          ^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("a.yaml", &text), @r#"
    exit 1
    error[nested-too-deep]: nested deeper than 127 levels
     --> a.yaml:1:128
      |
    1 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
      |                                          ^

    1 error; nothing was written
    "#);
    assert!(start.elapsed() < Duration::from_secs(300), "{:?}", start.elapsed());
}

#[test]
fn a_document_of_another_kind() {
    insta::assert_snapshot!(printed("package.json", "{\n  \"name\": \"a\"\n}\n"), @r#"
    exit 1
    error[unknown-document]: this is neither an OpenAPI document nor a JSON Schema
     --> package.json:1:1
      |
    1 | {
      | ^
      |
      = help: an OpenAPI document has `openapi: 3.1.x` or `3.0.x` at its root; a JSON Schema has keywords such as `type`

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("notes.txt", "Buy milk.\n"), @r#"
    exit 1
    error[unknown-document]: this is neither an OpenAPI document nor a JSON Schema
     --> notes.txt:1:1
      |
    1 | Buy milk.
      | ^^^^^^^^^
      |
      = help: an OpenAPI document has `openapi: 3.1.x` or `3.0.x` at its root; a JSON Schema has keywords such as `type`

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(printed("old.yaml", "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {}\n"), @"
    exit 1
    error[unsupported-version]: Swagger 2.0 is not read: this generator reads OpenAPI 3.0, 3.1 and 3.2
     --> old.yaml:1:10
      |
    1 | swagger: '2.0'
      |          ^^^^^
      |
      = at: /swagger

    1 error; nothing was written
    ");
}

/// A project of one API, with something in its `codegen.toml`.
fn project(config: &str) -> Desk {
    let document = "\
openapi: 3.1.0
info: {title: A, version: '1'}
servers: [{url: 'https://a.example'}]
paths:
  /a:
    post:
      operationId: post_a
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/A'}
      responses:
        '204': {description: Done.}
components:
  schemas:
    A:
      type: object
      properties:
        b: {type: string}
";
    let config = format!("document = 'openapi.yaml'\noutput = '../../out'\npackage.name = 'a'\n{config}");
    Desk::new("specs/a/openapi.yaml", document).file("specs/a/codegen.toml", &config)
}

#[test]
fn a_rule_that_is_about_nothing_or_no_schema() {
    let rule = |at: &str, schema: &str, message: &str| {
        format!("[[rule]]\nat = '{at}'\nlevel = 'error'\nmessage = '{message}'\n{schema}\n")
    };
    let a = "/components/schemas/A";
    let config = [
        rule(a, "schema.required = ['b']", "must be right"),
        rule(a, "schema.anyOf = [{ required = 'b' }]", "must be a list"),
        rule(a, "schema.dependantRequired.b = ['c']", "must be spelled"),
        rule(a, "schema.propertyNames.pattern = '('", "must be a pattern"),
        rule("/components/schemas/A/properties/x", "schema.minLength = 1", "must be there"),
    ];
    insta::assert_snapshot!(project(&config.concat()).run("generate"), @r"
    exit 1
    error[invalid-keyword]: in the `schema` at `/anyOf/0/required` of a `rule` of codegen.toml: `required` must be an array, not string
      --> specs/a/codegen.toml:12:11
       |
    12 | message = 'must be a list'
       |           ^^^^^^^^^^^^^^^^

    error[invalid-pattern]: in the `schema` at `/propertyNames/pattern` of a `rule` of codegen.toml: this pattern is no ECMA-262 regular expression: it is left unchecked
      --> specs/a/codegen.toml:22:11
       |
    22 | message = 'must be a pattern'
       |           ^^^^^^^^^^^^^^^^^^^ `(` is never closed (at character 0)

    error[unknown-keyword]: in the `schema` at `/dependantRequired` of a `rule` of codegen.toml: JSON Schema knows no keyword `dependantRequired`
      --> specs/a/codegen.toml:17:11
       |
    17 | message = 'must be spelled'
       |           ^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `/components/schemas/A/properties/x` in a `rule` of codegen.toml matches nothing in the document
      --> specs/a/codegen.toml:27:11
       |
    27 | message = 'must be there'
       |           ^^^^^^^^^^^^^^^

    4 errors; nothing was written
    ");
    // Elements have no name and no type of their own.
    let document =
        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}}}";
    let config = rule("/properties/a/items", "schema.minLength = 1", "must hold something");
    let config = format!("document = 'a.json'\noutput = '../../out'\npackage.name = 'a'\n{config}");
    let desk = Desk::new("specs/a/a.json", document).file("specs/a/codegen.toml", &config);
    insta::assert_snapshot!(desk.run("generate"), @r"
    exit 1
    error[unmatched-entry]: `/properties/a/items` in a `rule` of codegen.toml is neither a generated type nor a member of one
     --> specs/a/codegen.toml:7:11
      |
    7 | message = 'must hold something'
      |           ^^^^^^^^^^^^^^^^^^^^^

    1 error; nothing was written
    ");
}

#[test]
fn an_operation_that_is_said_to_be_idempotent_and_is_not_there() {
    let config = "\
[client]
idempotent = ['/paths/~1a/post', '/paths/~1a/put', 'a.list']
rate-limit-headers = { limit = 'x limit', reset = 'ratelimit-reset' }
";
    insta::assert_snapshot!(project(config).run("generate"), @"
    exit 1
    error[unmatched-entry]: `/paths/~1a/put` in `client.idempotent` of codegen.toml matches no operation that is generated
     --> specs/a/codegen.toml:5:34
      |
    5 | idempotent = ['/paths/~1a/post', '/paths/~1a/put', 'a.list']
      |                                  ^^^^^^^^^^^^^^^^
      |
      = help: an entry is `users.update`, as the client calls it, or a JSON Pointer, `/paths/~1users~1{id}/patch`

    error[unmatched-entry]: `a.list` in `client.idempotent` of codegen.toml matches no operation that is generated
     --> specs/a/codegen.toml:5:52
      |
    5 | idempotent = ['/paths/~1a/post', '/paths/~1a/put', 'a.list']
      |                                                    ^^^^^^^^
      |
      = help: an entry is `users.update`, as the client calls it, or a JSON Pointer, `/paths/~1users~1{id}/patch`

    error[invalid-header]: `x limit` in `client.rate-limit-headers` of codegen.toml is the name of no header
     --> specs/a/codegen.toml:6:32
      |
    6 | rate-limit-headers = { limit = 'x limit', reset = 'ratelimit-reset' }
      |                                ^^^^^^^^^

    3 errors; nothing was written
    ");
}

#[test]
fn an_entry_of_codegen_toml_that_matches_nothing() {
    let config = "\
sensitive = ['/components/schemas/A/properties/b', '/components/schemas/A/properties/x']
merge = [\"/components/schemas/A/properties/y\"]
optional = [
    '/components/schemas/A/properties/z',
]
client.error = '/components/schemas/Error'
formats.read-as = { emial = 'email' }
types = { '/components/schemas/B' = 'std::string::String', '/components/schemas/A/properties/b' = 'my_ids::Id' }
dependencies.uuid = { version = '1' }
";
    insta::assert_snapshot!(project(config).run("generate"), @r#"
    exit 1
    error[unmatched-entry]: `/components/schemas/A/properties/x` in `sensitive` of codegen.toml matches nothing in the document
     --> specs/a/codegen.toml:4:52
      |
    4 | sensitive = ['/components/schemas/A/properties/b', '/components/schemas/A/properties/x']
      |                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `/components/schemas/A/properties/y` in `merge` of codegen.toml matches nothing in the document
     --> specs/a/codegen.toml:5:10
      |
    5 | merge = ["/components/schemas/A/properties/y"]
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `/components/schemas/A/properties/z` in `optional` of codegen.toml matches nothing in the document
     --> specs/a/codegen.toml:7:5
      |
    7 |     '/components/schemas/A/properties/z',
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `/components/schemas/B` in `types` of codegen.toml is no schema that a type is made of
      --> specs/a/codegen.toml:11:11
       |
    11 | types = { '/components/schemas/B' = 'std::string::String', '/components/schemas/A/properties/b' = 'my_ids::Id' }
       |           ^^^^^^^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `/components/schemas/Error` in `client.error` of codegen.toml is no schema of the document
     --> specs/a/codegen.toml:9:16
      |
    9 | client.error = '/components/schemas/Error'
      |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error[unmatched-entry]: `emial` in `formats.read-as` of codegen.toml matches nothing in the document
      --> specs/a/codegen.toml:10:21
       |
    10 | formats.read-as = { emial = 'email' }
       |                     ^^^^^

    error[unknown-crate]: nothing says what the crate `my_ids` of this type is
      --> specs/a/codegen.toml:11:99
       |
    11 | types = { '/components/schemas/B' = 'std::string::String', '/components/schemas/A/properties/b' = 'my_ids::Id' }
       |                                                                                                   ^^^^^^^^^^^^
       |
       = help: say it in `[dependencies]` of codegen.toml: my_ids = { version = "1" }

    error[unmatched-entry]: `uuid` in `dependencies` of codegen.toml is the crate of no type in the document
      --> specs/a/codegen.toml:12:14
       |
    12 | dependencies.uuid = { version = '1' }
       |              ^^^^

    8 errors; nothing was written
    "#);
    insta::assert_snapshot!(project("[map]\n'https://b.example/' = 'openapi.yaml'\n").run("generate"), @r#"
    exit 1
    error[unused-map]: no reference begins with `https://b.example/`
     --> specs/a/codegen.toml:5:1
      |
    5 | 'https://b.example/' = 'openapi.yaml'
      | ^^^^^^^^^^^^^^^^^^^^
      |
      = help: only references are looked up that lead out of their document, or nowhere in it

    1 error; nothing was written
    "#);
}

#[test]
fn a_codegen_toml_that_is_wrong() {
    insta::assert_snapshot!(project("sensitive = 7\n").run("generate"), @r#"
    exit 1
    error[config]: invalid type: integer `7`, expected a sequence
     --> specs/a/codegen.toml:4:13
      |
    4 | sensitive = 7
      |             ^

    1 error; nothing was written
    "#);
    insta::assert_snapshot!(project("merge = [\n").run("generate"), @r#"
    exit 1
    error[config]: unclosed array, expected `]`
     --> specs/a/codegen.toml:4:10
      |
    4 | merge = [
      |          ^

    1 error; nothing was written
    "#);
}

/// One schema as a catalogue publishes it: the `$id` is no legal one, and two references lead nowhere.
const CATALOGUE: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "#/components/schemas/Change",
  "title": "Change",
  "type": "object",
  "additionalProperties": true,
  "properties": {
    "email": {"type": ["string", "null"], "format": "email"},
    "picture": {"type": ["string", "null"], "format": "strict-uri"},
    "user_metadata": {"$ref": "#/components/schemas/Metadata", "description": "What the user may edit."},
    "app_metadata": {"$ref": "#/components/schemas/AppMetadata", "description": "What applications keep."}
  }
}
"##;

#[test]
fn a_schema_out_of_a_catalogue() {
    insta::assert_snapshot!(printed("change.json", CATALOGUE), @r##"
    exit 1
    warning[invalid-id]: this `$id` is a fragment, which is no legal id; it is ignored
     --> change.json:3:3
      |
    3 |   "$id": "#/components/schemas/Change",
      |   ^^^^^
      |
      = at: /$id

    error[dangling-reference]: the reference `#/components/schemas/Metadata` leads nowhere
      --> change.json:10:31
       |
    10 |     "user_metadata": {"$ref": "#/components/schemas/Metadata", "description": "What the user may edit."},
       |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = at: /properties/user_metadata/$ref
       = help: `--dangling any` makes it an open value
       = help: `--map '#/components/schemas/=FILE#/POINTER/'` says where references of this prefix lead

    error[dangling-reference]: the reference `#/components/schemas/AppMetadata` leads nowhere
      --> change.json:11:30
       |
    11 |     "app_metadata": {"$ref": "#/components/schemas/AppMetadata", "description": "What applications keep."}
       |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = at: /properties/app_metadata/$ref
       = help: `--dangling any` makes it an open value
       = help: `--map '#/components/schemas/=FILE#/POINTER/'` says where references of this prefix lead

    2 errors, 1 warning; nothing was written
    "##);
}

#[test]
fn a_schema_out_of_a_catalogue_with_open_values() {
    let command = "generate --spec change.json --out out --dangling any";
    insta::assert_snapshot!(Desk::new("change.json", CATALOGUE).run(command), @r##"
    exit 0
    warning[invalid-id]: this `$id` is a fragment, which is no legal id; it is ignored
     --> change.json:3:3
      |
    3 |   "$id": "#/components/schemas/Change",
      |   ^^^^^
      |
      = at: /$id

    warning[dangling-reference]: the reference `#/components/schemas/Metadata` leads nowhere; it is taken for an open value
      --> change.json:10:31
       |
    10 |     "user_metadata": {"$ref": "#/components/schemas/Metadata", "description": "What the user may edit."},
       |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = at: /properties/user_metadata/$ref

    warning[dangling-reference]: the reference `#/components/schemas/AppMetadata` leads nowhere; it is taken for an open value
      --> change.json:11:30
       |
    11 |     "app_metadata": {"$ref": "#/components/schemas/AppMetadata", "description": "What applications keep."}
       |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = at: /properties/app_metadata/$ref

    note: 2 formats are not checked (email 1, strict-uri 1): the dialect leaves them as annotations; --formats assert checks them
    3 warnings
    "##);
    let strict = format!("{command} --formats assert --strict");
    insta::assert_snapshot!(Desk::new("change.json", CATALOGUE).run(&strict), @r##"
    exit 1
    error[invalid-id]: this `$id` is a fragment, which is no legal id; it is ignored
     --> change.json:3:3
      |
    3 |   "$id": "#/components/schemas/Change",
      |   ^^^^^
      |
      = at: /$id

    error[dangling-reference]: the reference `#/components/schemas/Metadata` leads nowhere; it is taken for an open value
      --> change.json:10:31
       |
    10 |     "user_metadata": {"$ref": "#/components/schemas/Metadata", "description": "What the user may edit."},
       |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = at: /properties/user_metadata/$ref

    error[dangling-reference]: the reference `#/components/schemas/AppMetadata` leads nowhere; it is taken for an open value
      --> change.json:11:30
       |
    11 |     "app_metadata": {"$ref": "#/components/schemas/AppMetadata", "description": "What applications keep."}
       |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = at: /properties/app_metadata/$ref

    3 errors; nothing was written
    "##);
}

#[test]
fn a_schema_out_of_a_catalogue_with_the_document_it_came_from() {
    let others = r#"{"components": {"schemas": {"Metadata": {"type": "object"}, "AppMetadata": {"type": "object"}}}}"#;
    let desk = Desk::new("change.json", CATALOGUE).file("full.json", others);
    let map = "--map #/components/schemas/=full.json#/components/schemas/";
    insta::assert_snapshot!(desk.run(&format!("generate --spec change.json --out out --formats assert {map}")), @r##"
    exit 0
    warning[invalid-id]: this `$id` is a fragment, which is no legal id; it is ignored
     --> change.json:3:3
      |
    3 |   "$id": "#/components/schemas/Change",
      |   ^^^^^
      |
      = at: /$id

    1 warning
    "##);
}
