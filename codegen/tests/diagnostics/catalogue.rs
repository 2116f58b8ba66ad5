//! A schema that was taken out of a catalogue, with references that lead out of it.

use super::{Desk, printed};

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
