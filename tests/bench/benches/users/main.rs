//! What a generated type costs, beside what people would use instead of it.
//!
//! `cargo bench -p codegen-benches`; the names read `what/document/who`. A part of a name as argument runs what contains it.

#![expect(clippy::expect_used, reason = "a benchmark that can't be set up has nothing to measure")]

mod derived;
mod documents;

use std::hint::black_box;

use auth0_users::types::{UpdateUserRequestContent, UpdateUserResponseContent};
use auth0_users::{Valid, Validate};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use derived::{dropping, keeping_in_btree_map, keeping_in_hash_map, keeping_in_json_map};
use documents::Document;
use jsonschema::Validator;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

criterion_group!(benches, decode, encode, validate, decode_and_validate);
criterion_main!(benches);

fn decode(criterion: &mut Criterion) {
    for document in documents::users() {
        let mut group = group(criterion, "decode", &document);
        let text = &document.text;
        decode_slice::<UpdateUserResponseContent>(&mut group, "generated", text);
        decode_slice::<dropping::User>(&mut group, "derives that drop", text);
        decode_slice::<keeping_in_btree_map::User>(&mut group, "derives that keep, BTreeMap", text);
        decode_slice::<keeping_in_hash_map::User>(&mut group, "derives that keep, HashMap", text);
        decode_slice::<keeping_in_json_map::User>(&mut group, "derives that keep, serde_json::Map", text);
        decode_slice::<Value>(&mut group, "Value", text);
        drop(group);
        decode_user_otherwise(criterion, &document);
    }
    let document = documents::update();
    let mut group = group(criterion, "decode", &document);
    let text = &document.text;
    decode_slice::<UpdateUserRequestContent>(&mut group, "generated", text);
    decode_slice::<dropping::Update>(&mut group, "derives that drop", text);
    decode_slice::<keeping_in_btree_map::Update>(&mut group, "derives that keep, BTreeMap", text);
    decode_slice::<keeping_in_hash_map::Update>(&mut group, "derives that keep, HashMap", text);
    decode_slice::<keeping_in_json_map::Update>(&mut group, "derives that keep, serde_json::Map", text);
    decode_slice::<Value>(&mut group, "Value", text);
}

/// From what else a user is decoded: a string, a reader, a `Value` that is given away and one that is lent.
fn decode_user_otherwise(criterion: &mut Criterion, document: &Document) {
    decode_from_each_source::<UpdateUserResponseContent>(criterion, document, "generated");
    decode_from_each_source::<dropping::User>(criterion, document, "derives that drop");
    decode_from_each_source::<keeping_in_btree_map::User>(criterion, document, "derives that keep, BTreeMap");
}

fn decode_from_each_source<T: DeserializeOwned>(criterion: &mut Criterion, document: &Document, who: &str) {
    let text = document.text.as_str();
    let value: Value = decoded(text);
    group(criterion, "decode from a string", document)
        .bench_function(who, |bencher| bencher.iter(|| serde_json::from_str::<T>(black_box(text))));
    group(criterion, "decode from a reader", document).bench_function(who, |bencher| {
        bencher.iter(|| serde_json::from_reader::<_, T>(black_box(text).as_bytes()));
    });
    group(criterion, "decode from a lent Value", document)
        .bench_function(who, |bencher| bencher.iter(|| T::deserialize(black_box(&value))));
    group(criterion, "decode from an owned Value", document).bench_function(who, |bencher| {
        bencher.iter_batched(|| value.clone(), serde_json::from_value::<T>, criterion::BatchSize::SmallInput);
    });
}

fn encode(criterion: &mut Criterion) {
    for document in documents::users() {
        let mut group = group(criterion, "encode", &document);
        let text = &document.text;
        encode_vec::<UpdateUserResponseContent>(&mut group, "generated", text);
        encode_vec::<dropping::User>(&mut group, "derives that drop", text);
        encode_vec::<keeping_in_btree_map::User>(&mut group, "derives that keep, BTreeMap", text);
        encode_vec::<keeping_in_hash_map::User>(&mut group, "derives that keep, HashMap", text);
        encode_vec::<keeping_in_json_map::User>(&mut group, "derives that keep, serde_json::Map", text);
        encode_vec::<Value>(&mut group, "Value", text);
    }
    let document = documents::update();
    let mut group = group(criterion, "encode", &document);
    let text = &document.text;
    encode_vec::<UpdateUserRequestContent>(&mut group, "generated", text);
    encode_vec::<dropping::Update>(&mut group, "derives that drop", text);
    encode_vec::<keeping_in_btree_map::Update>(&mut group, "derives that keep, BTreeMap", text);
    encode_vec::<keeping_in_hash_map::Update>(&mut group, "derives that keep, HashMap", text);
    encode_vec::<keeping_in_json_map::Update>(&mut group, "derives that keep, serde_json::Map", text);
    encode_vec::<Value>(&mut group, "Value", text);
}

fn validate(criterion: &mut Criterion) {
    for document in documents::users() {
        validate_value::<UpdateUserResponseContent>(criterion, &document, &documents::user_validator());
    }
    validate_value::<UpdateUserRequestContent>(criterion, &documents::update(), &documents::update_validator());
}

/// What is already decoded: the generated type, and the `Value` that `jsonschema` wants.
fn validate_value<T: DeserializeOwned + Validate>(
    criterion: &mut Criterion,
    document: &Document,
    validator: &Validator,
) {
    let typed: T = decoded(&document.text);
    let value: Value = decoded(&document.text);
    assert!(typed.validate().is_ok() && validator.validate(&value).is_ok(), "{} is valid", document.name);
    let mut group = group(criterion, "validate", document);
    group.bench_function("generated", |bencher| bencher.iter(|| black_box(&typed).validate()));
    group.bench_function("jsonschema", |bencher| bencher.iter(|| validator.validate(black_box(&value)).is_ok()));
    group.bench_function("jsonschema, yes or no", |bencher| bencher.iter(|| validator.is_valid(black_box(&value))));
}

fn decode_and_validate(criterion: &mut Criterion) {
    for document in documents::users() {
        from_text_to_valid::<UpdateUserResponseContent, keeping_in_btree_map::User>(
            criterion,
            &document,
            &documents::user_validator(),
        );
    }
    from_text_to_valid::<UpdateUserRequestContent, keeping_in_btree_map::Update>(
        criterion,
        &documents::update(),
        &documents::update_validator(),
    );
}

/// From text to a typed value that is known to be valid.
fn from_text_to_valid<T, D>(criterion: &mut Criterion, document: &Document, validator: &Validator)
where
    Valid<T>: DeserializeOwned,
    D: DeserializeOwned,
{
    let text = document.text.as_bytes();
    let mut group = group(criterion, "decode and validate", document);
    group.bench_function("generated", |bencher| {
        bencher.iter(|| serde_json::from_slice::<Valid<T>>(black_box(text)));
    });
    group.bench_function("jsonschema, then derives that keep", |bencher| {
        bencher.iter(|| {
            let value: Value = serde_json::from_slice(black_box(text)).ok()?;
            validator.is_valid(&value).then(|| serde_json::from_value::<D>(value))
        });
    });
}

fn group<'c>(criterion: &'c mut Criterion, what: &str, document: &Document) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(format!("{what}/{}", document.name));
    group.throughput(Throughput::Bytes(document.text.len() as u64));
    group
}

/// The time to drop what was decoded is counted, for everyone.
fn decode_slice<T: DeserializeOwned>(group: &mut BenchmarkGroup<'_, WallTime>, who: &str, text: &str) {
    let _: T = decoded(text);
    group.bench_function(who, |bencher| {
        bencher.iter(|| serde_json::from_slice::<T>(black_box(text.as_bytes())));
    });
}

fn encode_vec<T: DeserializeOwned + Serialize>(group: &mut BenchmarkGroup<'_, WallTime>, who: &str, text: &str) {
    let value: T = decoded(text);
    group.bench_function(who, |bencher| bencher.iter(|| serde_json::to_vec(black_box(&value))));
}

fn decoded<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the document decodes")
}
