//! The commands with the real pipeline: `explain`, and what `[select]`, `[skip]` and `[names]` of `codegen.toml` do.

use super::memory::Memory;
use crate::cli::{Exit, Program};

const API: &str = r##"openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /users:
    get:
      tags: [users]
      operationId: list_users
      parameters: [{name: per_page, in: query, schema: {type: integer, maximum: 100}}]
      responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Users'}}}}}
  /users/{id}:
    patch:
      tags: [users]
      operationId: update_user
      parameters: [{name: id, in: path, required: true, schema: {type: string, minLength: 1}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
      responses: {'204': {description: x}}
  /orders/{id}:
    get:
      x-operation-group: [orders, archive]
      x-operation-name: get
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
  /broken/{id}:
    get: {tags: [broken], responses: {'204': {description: x}}}
components:
  schemas:
    Users: {type: array, items: {$ref: '#/components/schemas/User'}}
    User:
      type: object
      required: [id]
      properties:
        id: {type: string, pattern: '^[a-z]+$'}
        nickname: {type: [string, 'null'], maxLength: 10}
        status: {enum: [active, blocked]}
        contact:
          oneOf:
            - {type: object, required: [email], properties: {email: {type: string}}}
            - {type: object, required: [phone], properties: {phone: {type: string}}}
    Order: {type: object, properties: {lines: {type: array, items: {type: object, properties: {sku: {type: string}}}}}}
    Unused: {type: string}
"##;

fn host() -> Memory {
    let host = Memory::default();
    host.put("/project/runtime/Cargo.toml", "");
    host.put("/project/api.yaml", API);
    host
}

fn run(host: &Memory, command: &str) -> Exit {
    let program = Program { host, generate: crate::generate, home: "/project/codegen/..".into() };
    program.run(std::iter::once("xtask").chain(command.split(' ')).map(Into::into))
}

/// Generates with a `codegen.toml`; gives the last line, the problems, and the crate's types and groups.
pub(super) fn generate(decisions: &str) -> (Memory, Exit, String, String) {
    let host = host();
    let config = format!("document = '../../api.yaml'\noutput = '../../out'\npackage.name = 'shop'\n{decisions}");
    host.put("/project/specs/shop/codegen.toml", &config);
    let exit = run(&host, "generate");
    let (output, error) = host.take_printed();
    (host, exit, output, error)
}

/// The files of types and of client groups.
fn files(host: &Memory) -> Vec<String> {
    let files = host.below("/project/out/src").into_iter();
    files.filter(|file| file.contains('/') && !file.ends_with("mod.rs")).collect()
}

#[test]
fn what_is_selected_is_generated_with_what_it_reaches() {
    let (host, exit, output, error) = generate("[select]\ninclude = ['group:orders']");
    assert_eq!((exit, error.as_str()), (Exit::Success, ""));
    assert!(output.starts_with("shop: 1 operation, 2 types, "), "{output}");
    assert_eq!(files(&host), ["client/orders_archive.rs", "types/order.rs", "types/order_line.rs"]);
    let manifest = host.get("/project/out/Cargo.toml").unwrap();
    assert!(manifest.contains("\norders = []\n"), "the outermost group is the feature:\n{manifest}");

    for decisions in [
        "include = ['tag:users', 'path:/orders/*', 'path:/broken/**']\nexclude = ['operation:update_user', 'tag:broken']",
        "exclude = ['operation:users.update', 'path:/broken/{id}']",
    ] {
        let (host, exit, output, error) = generate(&format!("[select]\n{decisions}"));
        assert_eq!((exit, error.as_str()), (Exit::Success, ""), "{decisions}");
        assert!(output.starts_with("shop: 2 operations, "), "{output}");
        assert!(!host.get("/project/out/src/client/users.rs").unwrap().contains("fn update"));
    }
}

#[test]
fn an_entry_of_a_selection_that_matches_nothing_is_an_error_at_its_place() {
    let (_, exit, _, error) = generate("[select]\ninclude = ['tag:users']\nexclude = ['tag:orders']");
    assert_eq!(exit, Exit::Failure);
    insta::assert_snapshot!(error, @"
    error[unmatched-entry]: `tag:orders` in `select.exclude` matches no operation of the document
     --> specs/shop/codegen.toml:6:12
      |
    6 | exclude = ['tag:orders']
      |            ^^^^^^^^^^^^
      |
      = help: an entry is `tag:users`, `operation:users.update` or an `operationId`, `group:users`, `path:/users/{id}`, or `path:/users/**`

    1 error; nothing was written
    ");
}

#[test]
fn a_document_without_codegen_toml_is_selected_from_by_arguments() {
    let host = host();
    let line = "generate --spec api.yaml --out /out --include tag:users --exclude operation:users.list";
    assert_eq!(run(&host, line), Exit::Success, "{:?}", host.take_printed());
    assert!(host.take_printed().0.starts_with("api: 1 operation, "));
    assert_eq!(run(&host, "generate --spec api.yaml --out /out --include tag:x"), Exit::Failure);
    insta::assert_snapshot!(host.take_printed().1, @"
    error[unmatched-entry]: `tag:x` in `select.include` matches no operation of the document
     |
     = help: an entry is `tag:users`, `operation:users.update` or an `operationId`, `group:users`, `path:/users/{id}`, or `path:/users/**`

    1 error; nothing was written
    ");
}

#[test]
fn what_is_skipped_is_counted_and_not_told() {
    let (_, exit, output, error) = generate("[skip]\n'/paths/~1broken~1{id}' = ['undescribed-parameter']");
    assert_eq!((exit, error.as_str()), (Exit::Success, ""));
    assert!(output.contains("1 warning skipped"), "{output}");

    let (_, exit, _, error) = generate("[skip]\n'/paths/~1users/get' = ['undescribed-parameter']");
    assert_eq!(exit, Exit::Failure);
    insta::assert_snapshot!(error, @"
    error[unmatched-entry]: no warning `undescribed-parameter` stands at `/paths/~1users/get`, as `skip` of codegen.toml has it
     --> specs/shop/codegen.toml:5:1
      |
    5 | '/paths/~1users/get' = ['undescribed-parameter']
      | ^^^^^^^^^^^^^^^^^^^^

    warning[undescribed-parameter]: the path names the parameter `id`, which is not described: it is a string
      --> api.yaml:24:5
       |
    24 |     get: {tags: [broken], responses: {'204': {description: x}}}
       |     ^^^
       |
       = at: /paths/~1broken~1{id}/get

    1 error, 1 warning; nothing was written
    ");
}

#[test]
fn names_are_decided_by_pointer() {
    let decisions = "[select]
exclude = ['tag:broken']
[names]
'/components/schemas/User' = 'Person'
'/components/schemas/User/properties/nickname' = 'alias'
'/components/schemas/User/properties/status' = 'Standing'
'/components/schemas/User/properties/status/enum/1' = 'Banned'
'/components/schemas/User/properties/contact/oneOf/0' = 'Mail'
'/paths/~1users/get' = 'people.all'
'/paths/~1users/get/parameters/0' = 'size'
'group:orders_archive' = 'history'
";
    let (host, exit, _, error) = generate(decisions);
    assert_eq!((exit, error.as_str()), (Exit::Success, ""));
    assert_eq!(
        files(&host),
        [
            "client/history.rs",
            "client/people.rs",
            "client/users.rs",
            "types/order.rs",
            "types/order_line.rs",
            "types/person.rs",
            "types/person_contact.rs",
            "types/person_contact_mail.rs",
            "types/person_contact_phone.rs",
            "types/standing.rs",
            "types/users.rs",
        ]
    );
    let contains = |file: &str, text: &str| {
        let content = host.get(&format!("/project/out/src/{file}")).unwrap();
        assert!(content.contains(text), "{file} has no `{text}`:\n{content}");
    };
    contains("types/person.rs", "pub alias: ");
    contains("types/standing.rs", "Banned,");
    contains("types/person_contact.rs", "Mail(");
    contains("client/people.rs", "pub fn all(");
    contains("client/people.rs", "pub fn size(");
}

#[test]
fn names_that_name_nothing_or_suit_nothing_are_errors() {
    let (_, exit, _, error) = generate(
        "[select]\nexclude = ['tag:broken']\n[names]\n'/components/schemas/Person' = 'Person'\n'/components/schemas/User' = 'person'\n",
    );
    assert_eq!(exit, Exit::Failure);
    insta::assert_snapshot!(error, @"
    error[unmatched-entry]: `/components/schemas/Person` in `names` of codegen.toml is the place of nothing that has a name
     --> specs/shop/codegen.toml:7:1
      |
    7 | '/components/schemas/Person' = 'Person'
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: types and variants are called `LikeThis`; members, parameters, methods and groups `like_this`; `cargo xtask explain` says what stands at a place

    error[unmatched-entry]: `/components/schemas/User` is a type, which can't be called `person`, as `names` of codegen.toml wants
     --> specs/shop/codegen.toml:8:1
      |
    8 | '/components/schemas/User' = 'person'
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: types and variants are called `LikeThis`; members, parameters, methods and groups `like_this`; `cargo xtask explain` says what stands at a place

    2 errors; nothing was written
    ");
}

#[test]
fn what_is_named_by_hand_keeps_its_name() {
    let decisions = "[select]\nexclude = ['tag:broken']\n[names]\n'/paths/~1users/get' = 'update'\n";
    let (host, exit, _, error) = generate(decisions);
    assert_eq!((exit, error.as_str()), (Exit::Success, ""));
    let users = host.get("/project/out/src/client/users.rs").unwrap();
    assert!(users.contains("pub fn update(&self)") && users.contains("pub fn update_user("), "{users}");
}

#[test]
fn one_name_by_hand_is_for_one_type() {
    let (_, exit, _, error) = generate(
        "[select]\nexclude = ['tag:broken']\n[names]\n'/components/schemas/Order' = 'Thing'\n'/components/schemas/User' = 'Thing'\n",
    );
    assert_eq!(exit, Exit::Failure);
    let message = "error[same-name]: `/components/schemas/User` and `/components/schemas/Order` can't have one name";
    assert!(error.starts_with(message), "{error}");
}

#[test]
fn a_schema_is_explained() {
    let host = host();
    assert_eq!(run(&host, "explain api.yaml /components/schemas/User"), Exit::Success);
    insta::assert_snapshot!(host.take_printed().0, @"
    api.yaml:28:5
    schema: /components/schemas/User
    types:
      User
        named after: its own name in the document
        kind: a struct: an object with named members
        generated in: src/types/user.rs
        members:
          contact
            field: contact
            type: Option<UserContact>
            presence: optional
            place: /components/schemas/User/properties/contact
          id
            field: id
            type: String
            presence: required
            checks:
              pattern ^[a-z]+$ (in linear time)
            place: /components/schemas/User/properties/id
          nickname
            field: nickname
            type: Maybe<String>
            presence: optional, may be `null`, which is not the same
            checks:
              maxLength 10
            place: /components/schemas/User/properties/nickname
          status
            field: status
            type: Option<UserStatus>
            presence: optional
            place: /components/schemas/User/properties/status
        other members: kept, of any kind
        requests that reach it:
          users.update
        responses that reach it:
          users.list
        Cargo features:
          users
        setters: yes: a request reaches it
    keywords:
      properties
        becomes: the shape of the type
      required
        becomes: the shape of the type
      type
        becomes: the shape of the type
    ");
    assert_eq!(run(&host, "explain api.yaml /components/schemas/Order/properties/lines/items"), Exit::Success);
    insta::assert_snapshot!(host.take_printed().0, @"
    api.yaml:39:61
    schema: /components/schemas/Order/properties/lines/items
    is used as: OrderLine
    types:
      OrderLine
        named after: an element of `lines` of `Order`
        kind: a struct: an object with named members
        generated in: src/types/order_line.rs
        members:
          sku
            field: sku
            type: Option<String>
            presence: optional
            place: /components/schemas/Order/properties/lines/items/properties/sku
        other members: kept, of any kind
        responses that reach it:
          orders_archive.get
        Cargo features:
          orders
        setters: none: no request reaches it
    keywords:
      properties
        becomes: the shape of the type
      type
        becomes: the shape of the type
    ");
}

#[test]
fn operations_parameters_and_keywords_are_explained() {
    let host = host();
    for pointer in [
        "/paths/~1users~1{id}/patch",
        "/paths/~1broken~1{id}/get",
        "/paths/~1users/get/parameters/0",
        "/components/schemas/User/properties/nickname/maxLength",
        "/components/schemas/Unused",
        "/info/title",
    ] {
        assert_eq!(run(&host, &format!("explain api.yaml {pointer}")), Exit::Success, "{pointer}");
    }
    insta::assert_snapshot!(host.take_printed().0, @"
    api.yaml:11:5
    operation: PATCH /users/{id}
    call: client.users().update(id, &body)
    group: `users`, after the first of `tags`, `users`
    method: `update`, after `operationId: update_user` without what its group and path say already
    Cargo feature: users
    generated in: src/client/users.rs
    parameters:
      id
        in: path
        argument: id
        type: String
        checks:
          minLength 1
        place: /paths/~1users~1{id}/patch/parameters/0
    sends:
      User, as application/json
    answers:
      a body that is not read
    api.yaml:24:5
    operation: GET /broken/{id}
    call: client.broken().get(id)
    group: `broken`, after the first of `tags`, `broken`
    method: `get`, after `GET /broken/{id}`
    Cargo feature: broken
    generated in: src/client/broken.rs
    parameters:
      id
        in: path
        argument: id
        type: String
        place: /paths/~1broken~1{id}/get
    answers:
      a body that is not read
    api.yaml:8:20
    parameter: per_page
    in: query
    setter: per_page
    type: i64
    checks:
      maximum 100
    place: /paths/~1users/get/parameters/0
    operations:
      users.list
    api.yaml:33:44
    keyword: maxLength
    in: /components/schemas/User/properties/nickname
    becomes: an emitted check
    api.yaml:40:5
    schema: /components/schemas/Unused
    becomes: no type of its own: what it says is a part of the schemas that refer to it
    keywords:
      type
        becomes: a part of how the schema is read
    api.yaml:2:8
    place: /info/title
    becomes: nothing by itself
    ");
}

#[test]
fn an_explanation_is_json_for_a_machine() {
    let host = host();
    assert_eq!(run(&host, "explain --json api.yaml /paths/~1users/get"), Exit::Success);
    let json: serde_json::Value = serde_json::from_str(&host.take_printed().0).unwrap();
    assert_eq!((&json["file"], &json["line"], &json["column"]), (&"api.yaml".into(), &5.into(), &5.into()));
    assert_eq!(json["call"], "client.users().list()");
    assert_eq!(json["parameters"][0]["checks"], serde_json::json!(["maximum 100"]));
}

#[test]
fn decisions_apply_to_an_explanation() {
    let host = host();
    let config = "document = 'api.yaml'\noutput = 'out'\npackage.name = 'shop'\n[names]\n'/components/schemas/User' = 'Person'\n\
                  [select]\ninclude = ['tag:users']\n";
    host.put("/project/codegen.toml", config);
    assert_eq!(run(&host, "explain api.yaml /components/schemas/User --config codegen.toml"), Exit::Success);
    let text = host.take_printed().0;
    assert!(text.contains("named after: `names` of codegen.toml"), "{text}");
    assert_eq!(run(&host, "explain api.yaml /paths/~1orders~1{id}/get --config codegen.toml"), Exit::Success);
    assert!(host.take_printed().0.contains("nothing: it is not selected"));
}

#[test]
fn a_pointer_that_leads_nowhere_is_told_what_there_is() {
    let host = host();
    assert_eq!(run(&host, "explain api.yaml /components/schemas/Usr/properties"), Exit::Failure);
    insta::assert_snapshot!(host.take_printed().1, @"
    error[no-such-place]: `/components/schemas/Usr/properties` leads nowhere
      --> api.yaml:27:5
       |
    27 |     Users: {type: array, items: {$ref: '#/components/schemas/User'}}
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is as far as it leads
       |
       = at: /components/schemas
       = help: there is `/components/schemas/User`, `/components/schemas/Users`, `/components/schemas/Order`, `/components/schemas/Unused`
    ");
    assert_eq!(run(&host, "explain api.yaml components"), Exit::Failure);
    insta::assert_snapshot!(host.take_printed().1, @"
    error[no-pointer]: `components` is no JSON Pointer: it has to begin with `/`
     |
     = help: `/components/schemas/User`, `/paths/~1users/get`
    ");
}
