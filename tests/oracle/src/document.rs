//! A schema document as the drawing sees it: places in it, the schemas below them, and where references lead.
//!
//! It knows the keywords of JSON Schema 2020-12. What it does not follow (`$dynamicRef`, other documents) it takes for an open
//! schema: the oracle has the last word about every instance anyway.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// How a keyword's schemas apply to an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the instance itself.
    Here,
    /// To the instance itself, where the `if` beside it accepts (true) or refuses it.
    When(bool),
    /// To the instance itself, where it has this member.
    With(String),
    /// To this member.
    Member(String),
    /// To the members whose names match.
    Matching(String),
    /// To the members that no keyword beside it names.
    Others,
    /// To the names of members.
    Names,
    /// To the item at this place.
    Item(usize),
    /// To the items from this place on.
    From(usize),
}

/// A schema that a keyword applies.
#[derive(Clone, Debug)]
pub struct Below {
    /// Where it stands.
    pub pointer: String,
    /// The keyword.
    pub keyword: &'static str,
    /// What it applies to.
    pub step: Step,
}

/// A document, with its resources.
#[derive(Debug)]
pub struct Document {
    /// The schema at its root.
    pub root: Value,
    /// The places that have a URI, by it.
    resources: BTreeMap<String, String>,
    /// The places that have an anchor, by URI and name.
    anchors: BTreeMap<(String, String), String>,
}

/// The base URI of a document that names none.
const UNNAMED: &str = "";

impl Document {
    /// Finds the resources and anchors of a document.
    pub fn new(root: Value) -> Self {
        let mut document = Self { root: Value::Null, resources: BTreeMap::new(), anchors: BTreeMap::new() };
        document.resources.insert(UNNAMED.to_owned(), String::new());
        document.index(&root, UNNAMED, "");
        document.root = root;
        document
    }

    fn index(&mut self, value: &Value, base: &str, pointer: &str) {
        match value {
            Value::Object(members) => {
                let id = members.get("$id").and_then(Value::as_str);
                let base = id.map_or_else(|| base.to_owned(), |id| join(base, id.trim_end_matches('#')));
                if id.is_some() {
                    self.resources.insert(base.clone(), pointer.to_owned());
                }
                for keyword in ["$anchor", "$dynamicAnchor"] {
                    if let Some(name) = members.get(keyword).and_then(Value::as_str) {
                        self.anchors.insert((base.clone(), name.to_owned()), pointer.to_owned());
                    }
                }
                for (key, value) in members.iter().filter(|(key, _)| !["enum", "const"].contains(&key.as_str())) {
                    self.index(value, &base, &format!("{pointer}/{}", escape(key)));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.index(item, base, &format!("{pointer}/{index}"));
                }
            }
            _ => {}
        }
    }

    /// The schema at a place; `None` where it is a boolean or there is none.
    pub fn schema(&self, pointer: &str) -> Option<&Map<String, Value>> {
        self.root.pointer(pointer)?.as_object()
    }

    /// The place of the resource that a place is in: the closest `$id` upwards.
    pub fn resource_of<'p>(&self, pointer: &'p str) -> &'p str {
        let mut place = pointer;
        loop {
            if place.is_empty() || self.schema(place).is_some_and(|schema| schema.contains_key("$id")) {
                return place;
            }
            place = place.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }

    /// Where the `$ref` or `$dynamicRef` of a place leads first; `None` where it leaves the document.
    pub fn target(&self, pointer: &str, keyword: &str) -> Option<String> {
        let reference = self.schema(pointer)?.get(keyword)?.as_str()?;
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = self.resource_of(pointer);
        let base = self.resources.iter().filter(|(_, place)| *place == resource).map(|(uri, _)| uri).next_back()?;
        let uri = if path.is_empty() { base.clone() } else { join(base, path) };
        let place = match self.anchors.get(&(uri.clone(), fragment.to_owned())) {
            Some(place) => place.clone(),
            None => format!("{}{}", self.resources.get(&uri)?, decode(fragment)),
        };
        self.root.pointer(&place).map(|_| place)
    }

    /// The schemas that the keywords of a place apply, but for those of `$ref`.
    pub fn below(&self, pointer: &str) -> Vec<Below> {
        let mut found = Vec::new();
        let Some(schema) = self.schema(pointer) else { return found };
        let mut add = |keyword: &'static str, path: String, step: Step| {
            found.push(Below { pointer: format!("{pointer}/{keyword}{path}"), keyword, step });
        };
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for index in indices(schema.get(keyword)) {
                add(keyword, format!("/{index}"), Step::Here);
            }
        }
        for keyword in ["not", "if"] {
            if schema.contains_key(keyword) {
                add(keyword, String::new(), Step::Here);
            }
        }
        for (keyword, outcome) in [("then", true), ("else", false)] {
            if schema.contains_key(keyword) && schema.contains_key("if") {
                add(keyword, String::new(), Step::When(outcome));
            }
        }
        for key in keys(schema.get("dependentSchemas")) {
            add("dependentSchemas", format!("/{}", escape(key)), Step::With(key.clone()));
        }
        for key in keys(schema.get("properties")) {
            add("properties", format!("/{}", escape(key)), Step::Member(key.clone()));
        }
        for key in keys(schema.get("patternProperties")) {
            add("patternProperties", format!("/{}", escape(key)), Step::Matching(key.clone()));
        }
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            if schema.contains_key(keyword) {
                add(keyword, String::new(), Step::Others);
            }
        }
        if schema.contains_key("propertyNames") {
            add("propertyNames", String::new(), Step::Names);
        }
        let first = indices(schema.get("prefixItems")).count();
        for index in 0..first {
            add("prefixItems", format!("/{index}"), Step::Item(index));
        }
        let after = if schema.contains_key("items") { usize::MAX } else { first };
        for (keyword, start) in [("items", first), ("contains", 0), ("unevaluatedItems", after)] {
            if schema.contains_key(keyword) && start != usize::MAX {
                add(keyword, String::new(), Step::From(start));
            }
        }
        found
    }
}

fn keys(value: Option<&Value>) -> impl Iterator<Item = &String> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::keys)
}

fn indices(value: Option<&Value>) -> std::ops::Range<usize> {
    0..value.and_then(Value::as_array).map_or(0, Vec::len)
}

/// A key as a segment of a JSON Pointer (RFC 6901, section 3).
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Percent-encoding of what a fragment does not hold as it is (RFC 3986, sections 2.1 and 3.5).
pub fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte);
        if is_plain {
            encoded.push(byte.into());
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Percent-decoding (RFC 3986, section 2.1); what is no UTF-8 is left as it stands.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match (first, tail) {
            (b'%', [high, low, ..]) => {
                std::str::from_utf8(&[*high, *low]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok())
            }
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = tail.get(if code.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Resolves a reference as far as schemas need it: RFC 3986, section 5, without dot segments.
fn join(base: &str, reference: &str) -> String {
    let scheme = |uri: &str| uri.split_once(':').is_some_and(|(name, _)| !name.contains('/'));
    if scheme(reference) {
        return reference.to_owned();
    }
    let authority = base.find("://").map_or(0, |found| found.saturating_add(3));
    let path = base.get(authority..).and_then(|rest| rest.find('/')).map(|found| found.saturating_add(authority));
    let end = match reference.strip_prefix('/') {
        Some(_) => path,
        None => path.and(base.rfind('/')).map(|found| found.saturating_add(1)),
    };
    let start = base.get(..end.unwrap_or(base.len())).unwrap_or_default();
    let slash = if end.is_none() && authority > 0 && !reference.starts_with('/') { "/" } else { "" };
    format!("{start}{slash}{reference}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_lead_through_resources_and_anchors() {
        let document = Document::new(json!({
            "$id": "https://example.com/root.json",
            "$ref": "part.json#name",
            "$defs": {
                "part": {"$id": "part.json", "$defs": {"a": {"$anchor": "name", "$ref": "#/$defs/b%25c"}, "b%c": {}}},
                "whole": {"$ref": "#"},
                "outside": {"$ref": "https://example.com/other.json"}
            }
        }));
        let target = |pointer: &str| document.target(pointer, "$ref");
        assert_eq!(target("").as_deref(), Some("/$defs/part/$defs/a"));
        assert_eq!(target("/$defs/part/$defs/a").as_deref(), Some("/$defs/part/$defs/b%c"));
        assert_eq!(target("/$defs/whole").as_deref(), Some(""));
        assert_eq!(target("/$defs/outside"), None);
    }

    #[test]
    fn fragments_are_encoded_and_decoded() {
        let pointer = "/$defs/a~1b%^\"é";
        assert_eq!(encode(pointer), "/$defs/a~1b%25%5E%22%C3%A9");
        assert_eq!(decode(&encode(pointer)), pointer);
        assert_eq!(decode("100%"), "100%");
    }

    #[test]
    fn references_are_joined() {
        assert_eq!(join("https://example.com/a/b.json", "c.json"), "https://example.com/a/c.json");
        assert_eq!(join("https://example.com/a/b.json", "/c.json"), "https://example.com/c.json");
        assert_eq!(join("https://example.com", "c.json"), "https://example.com/c.json");
        assert_eq!(join("https://example.com/a", "urn:x"), "urn:x");
        assert_eq!(join("", "c.json"), "c.json");
    }

    #[test]
    fn schemas_below_say_what_they_apply_to() {
        let document = Document::new(json!({
            "properties": {"a/b": {}}, "prefixItems": [true], "items": {}, "if": {}, "else": false, "$defs": {"c": {}}
        }));
        let below = document.below("");
        let found: Vec<_> = below.iter().map(|below| (below.pointer.as_str(), below.step.clone())).collect();
        let expected = [
            ("/if", Step::Here),
            ("/else", Step::When(false)),
            ("/properties/a~1b", Step::Member("a/b".to_owned())),
            ("/prefixItems/0", Step::Item(0)),
            ("/items", Step::From(1)),
        ];
        assert_eq!(found, expected);
    }
}
