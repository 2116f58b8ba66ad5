//! The optional cases of JSON-Schema-Test-Suite about formats, judged by generated code.
//!
//! They stand in `$CODEGEN_DATA/json-schema-test-suite/<draft>/optional/format`; without them, this passes and says so.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use codegen_runtime::Valid;
use codegen_tests::generated::formats_of_any_kind::FormatsOfAnyKind;
use serde_json::{Value, json};

/// The folders of the drafts. The formats of the newest are those of the others as well.
const DRAFTS: &[&str] = &["draft2020-12", "draft2019-09", "draft7"];

/// Values that are judged differently here than by the suite: the format, the value, the reason.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    ("email", "joe.bloggs@[127.0.0.1]", "validator.js refuses addresses for hosts unless `allow_ip_domain` is set"),
    ("email", "joe.bloggs@[IPv6:::1]", "validator.js refuses addresses for hosts unless `allow_ip_domain` is set"),
];

/// The folder of a draft, if it is there.
fn folder(draft: &str) -> Option<PathBuf> {
    let data = PathBuf::from(std::env::var_os("CODEGEN_DATA")?);
    let folder = data.join("json-schema-test-suite").join(draft).join("optional/format");
    folder.is_dir().then_some(folder)
}

/// One judgement of the suite.
struct Case {
    format: String,
    value: Value,
    valid: bool,
}

impl Case {
    /// Whether generated code agrees.
    fn holds(&self) -> bool {
        let instance = json!({ &self.format: self.value });
        serde_json::from_value::<Valid<FormatsOfAnyKind>>(instance).is_ok() == self.valid
    }

    /// Which of the differences this is.
    fn difference(&self) -> Option<usize> {
        let is_this = |&(format, value, _): &(&str, &str, &str)| format == self.format && self.value == value;
        DIFFERENCES.iter().position(is_this)
    }
}

/// The cases below a folder.
fn cases(folder: &Path) -> Vec<Case> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let groups: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for group in groups.as_array().unwrap() {
            for case in group["tests"].as_array().unwrap() {
                let format = group["schema"]["format"].as_str().unwrap().to_owned();
                cases.push(Case { format, value: case["data"].clone(), valid: case["valid"].as_bool().unwrap() });
            }
        }
    }
    cases
}

#[test]
fn the_suite_agrees_on_every_format() {
    let Some(newest) = DRAFTS.first().and_then(|draft| folder(draft)) else {
        println!("skipped: CODEGEN_DATA names no folder with json-schema-test-suite/draft2020-12/optional/format");
        return;
    };
    let others = DRAFTS.iter().skip(1).filter_map(|draft| folder(draft));
    let cases: Vec<Case> = std::iter::once(newest).chain(others).flat_map(|folder| cases(&folder)).collect();
    assert!(cases.len() > 600, "only {} cases", cases.len());
    let known = codegen_tests::fixture::all(&codegen_tests::folder().join("fixtures")).unwrap();
    let fixture = known.iter().find(|fixture| fixture.name == "formats_of_any_kind").unwrap();
    let schema = Value::from(&fixture.source.root);
    let mut wrong = Vec::new();
    let mut differing = BTreeSet::new();
    for case in &cases {
        // A format that the fixture lacks would be judged as an annotation.
        let named = schema["properties"].get(&case.format).is_some();
        match case.difference() {
            Some(index) if named && !case.holds() => {
                differing.insert(index);
            }
            None if named && case.holds() => {}
            _ => wrong.push(format!("{}: {} is valid: {}", case.format, case.value, case.valid)),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(differing.len(), DIFFERENCES.len(), "a difference matches nothing");
}
