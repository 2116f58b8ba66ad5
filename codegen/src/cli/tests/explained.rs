//! What `explain` says of bodies, answers, callbacks and webhooks.

use super::memory::Memory;
use crate::cli::{Exit, Program};

const API: &str = r##"openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /orders:
    post:
      operationId: create_order
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses:
        '201': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        '202': {description: x}
      callbacks:
        onPaid:
          '{$request.body#/url}':
            post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}, responses: {}}
  /log:
    get:
      operationId: read_log
      responses: {'200': {description: x, content: {text/event-stream: {schema: {$ref: '#/components/schemas/Order'}}}}}
webhooks:
  shipped:
    post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}, responses: {}}
components:
  schemas:
    Order: {type: object, properties: {item: {type: [string, 'null'], minLength: 1}}}
"##;

fn explained(pointer: &str) -> String {
    let host = Memory::default();
    host.put("/project/runtime/Cargo.toml", "");
    host.put("/project/api.yaml", API);
    let program = Program { host: &host, generate: crate::generate, home: "/project/codegen/..".into() };
    assert_eq!(program.run(["xtask", "explain", "api.yaml", pointer].map(Into::into)), Exit::Success);
    host.take_printed().0
}

#[test]
fn bodies_answers_and_callbacks() {
    insta::assert_snapshot!(explained("/paths/~1orders/post"), @"
    api.yaml:5:5
    operation: POST /orders
    call: client.orders().create()
    group: `orders`, after the first segment of the path, `orders`
    method: `create`, after `operationId: create_order` without what its group and path say already
    Cargo feature: orders
    generated in: src/client/orders.rs
    sends:
      Order, as application/x-www-form-urlencoded, which may be left out
    answers:
      201: CreateResponse::Created, Order, as application/json
      202: CreateResponse::Accepted, a body that is not read
    callbacks:
      onPaid: `webhooks::OnPaid`
    ");
    insta::assert_snapshot!(explained("/paths/~1log/get"), @"
    api.yaml:16:5
    operation: GET /log
    call: client.log().read()
    group: `log`, after the first segment of the path, `log`
    method: `read`, after `operationId: read_log` without what its group and path say already
    Cargo feature: log
    generated in: src/client/log.rs
    answers:
      a stream of events, each Order, as text/event-stream
    ");
}

#[test]
fn what_the_api_sends() {
    insta::assert_snapshot!(explained("/webhooks/shipped/post"), @"
    api.yaml:21:5
    webhook: shipped
    becomes: `webhooks::Shipped`, the type of what it sends
    type: Order
    generated in: src/webhooks.rs
    ");
    insta::assert_snapshot!(explained("/paths/~1orders/post/callbacks/onPaid/{$request.body#~1url}/post"), @"
    api.yaml:14:13
    callback: onPaid
    becomes: `webhooks::OnPaid`, the type of what it sends
    type: Order
    generated in: src/webhooks.rs
    ");
}

#[test]
fn a_member_is_used_as_its_field() {
    insta::assert_snapshot!(explained("/components/schemas/Order/properties/item"), @"
    api.yaml:24:40
    schema: /components/schemas/Order/properties/item
    is used as: Maybe<String>
    presence: optional, may be `null`, which is not the same
    checks where it is used:
      minLength 1
    keywords:
      minLength
        becomes: an emitted check
      type
        becomes: the shape of the type
    ");
}
