//! The descriptions of published documents, where the data is there: `CODEGEN_DATA` names its folder.

use std::path::{Path, PathBuf};

use pulldown_cmark::Parser;
use serde_json::Value;

use super::super::{from_description, is_quiet, read, written};

#[test]
fn every_published_description_is_quiet_and_stays_as_it_becomes() {
    let Some(folder) = std::env::var_os("CODEGEN_DATA").map(PathBuf::from) else {
        println!("skipped: CODEGEN_DATA is not set");
        return;
    };
    let mut texts = Vec::new();
    for document in documents(&folder.join("openapi")) {
        collect(&document, &mut texts);
    }
    println!("{} descriptions and summaries", texts.len());
    assert!(!texts.is_empty());
    for text in &texts {
        let markdown = from_description(text);
        assert!(is_quiet(&markdown), "{text:?} became {markdown:?}");
        assert_eq!(from_description(&markdown), markdown, "read again, of {text:?}");
        assert!(!markdown.contains(['\t', '\r']) && !markdown.contains("\n\n\n"), "{markdown:?}");
        assert!(markdown.lines().all(|line| line == line.trim_end()), "{markdown:?}");
        assert_eq!(markdown, markdown.trim_matches('\n'));
        // Nothing had to take the way out.
        let clean = super::super::text::dedent(&super::super::text::clean(text));
        assert_eq!(markdown, written(&read::read(&clean)));
        assert!(Parser::new(&markdown).next().is_some() || markdown.is_empty());
    }
    println!("{} of them not as they were", texts.iter().filter(|text| from_description(text) != **text).count());
}

fn documents(folder: &Path) -> Vec<Value> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    paths.iter().map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect()
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "description" || name == "summary" => texts.push(text.clone()),
                    _ => collect(member, texts),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        _ => {}
    }
}
