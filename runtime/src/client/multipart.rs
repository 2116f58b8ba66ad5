//! `multipart/form-data` (RFC 7578): a part a member of the body, and an element of a list of files or scalars.

use std::borrow::Cow;

use serde_json::Value;

use super::body::Body;
use crate::decode::Slot;
use crate::encode::{Encode, Encoded, as_request};
use crate::file::File;
use crate::maybe::Maybe;
use crate::object::{Giving, Member, Object, Visit};
use crate::path::Path;
use crate::violation::Report;

/// The parts of a body, and what is wrong with them.
pub(super) struct Parts<'t> {
    /// The content types that the document names, by part.
    types: &'t [(&'t str, &'t str)],
    parts: Vec<Part>,
    refusals: Report,
}

struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    bytes: Vec<u8>,
}

impl<'t> Parts<'t> {
    /// The parts of an object whose members may be files.
    pub(super) fn of<T: Object>(object: &T, types: &'t [(&'t str, &'t str)]) -> Self {
        let mut parts = Self { types, parts: Vec::new(), refusals: Report::new() };
        match Giving::to(&mut parts, |visit| object.give(visit)) {
            Ok(()) => {}
            Err(never) => match never {},
        }
        for (name, value) in object.extra().iter() {
            parts.member(name, value);
        }
        parts
    }

    /// The parts of a JSON object.
    pub(super) fn of_value(value: Option<Value>, types: &'t [(&'t str, &'t str)]) -> Self {
        let mut parts = Self { types, parts: Vec::new(), refusals: Report::new() };
        match value {
            Some(Value::Object(members)) => {
                for (name, value) in &members {
                    parts.value(name, value);
                }
            }
            _ => {
                let message = "must be an object, to be sent in parts";
                parts.refusals.add(&Path::ROOT.key("body"), "type", format_args!("{message}"));
            }
        }
        parts
    }

    fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        if let Some(files) = value.files() {
            for file in files {
                self.file(name, file);
            }
            return;
        }
        match as_request(|| serde_json::to_value(Encoded(value))) {
            Ok(value) => self.value(name, &value),
            Err(_) => self.refuse(name),
        }
    }

    fn refuse(&mut self, name: &str) {
        self.refusals.add(&Path::ROOT.key("body").key(name), "type", format_args!("has no form as a part"));
    }

    fn file(&mut self, name: &str, file: &File) {
        let named = file.media_type().or_else(|| self.type_of(name)).unwrap_or("application/octet-stream");
        let content_type = Some(named.to_owned());
        let file_name = Some(file.file_name().unwrap_or(name).to_owned());
        self.parts.push(Part { name: name.to_owned(), file_name, content_type, bytes: file.bytes().to_vec() });
    }

    /// A scalar is a text; what is no scalar is JSON; a list is a part an element (OpenAPI 3.1 §4.8.14.5).
    fn value(&mut self, name: &str, value: &Value) {
        let named = self.type_of(name).map(str::to_owned);
        match value {
            Value::Null => self.refuse(name),
            Value::Array(elements) if named.is_none() => elements.iter().for_each(|element| self.value(name, element)),
            Value::String(text) => self.text(name, text.clone(), named),
            Value::Array(_) | Value::Object(_) => {
                let content_type = named.unwrap_or_else(|| "application/json".to_owned());
                self.text(name, value.to_string(), Some(content_type));
            }
            scalar => self.text(name, scalar.to_string(), named),
        }
    }

    /// A part without a content type is `text/plain` (RFC 7578 §4.4).
    fn text(&mut self, name: &str, text: String, content_type: Option<String>) {
        self.parts.push(Part { name: name.to_owned(), file_name: None, content_type, bytes: text.into_bytes() });
    }

    fn type_of(&self, name: &str) -> Option<&'t str> {
        self.types.iter().find(|(part, _)| *part == name).map(|(_, content_type)| *content_type)
    }

    /// Writes the parts in place of a body.
    pub(super) fn replace(mut self, body: Body) -> Body {
        let boundary = self.boundary();
        let mut bytes = Vec::new();
        for part in &self.parts {
            let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escaped(&part.name));
            if let Some(file_name) = &part.file_name {
                head.push_str(&format!("; filename=\"{}\"", escaped(file_name)));
            }
            match &part.content_type {
                Some(content_type) if content_type.contains(['\r', '\n']) => {
                    let at = Path::ROOT.key("body");
                    let message = "must have a content type that a header can hold";
                    self.refusals.add(&at.key(&part.name), "contentType", format_args!("{message}"));
                }
                Some(content_type) => head.push_str(&format!("\r\nContent-Type: {content_type}")),
                None => {}
            }
            head.push_str("\r\n\r\n");
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(&part.bytes);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let content_type = Cow::Owned(format!("multipart/form-data; boundary={boundary}"));
        body.replaced(bytes, content_type, self.refusals)
    }

    /// The first of a row of boundaries that is in no part (RFC 2046 §5.1.1).
    fn boundary(&self) -> String {
        let mut number = 0_u64;
        loop {
            let boundary = format!("codegen-boundary-{number}");
            let holds = |part: &Part| part.bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes());
            if !self.parts.iter().any(holds) {
                return boundary;
            }
            number = number.saturating_add(1);
        }
    }
}

impl Visit for Parts<'_> {
    type Error = std::convert::Infallible;

    fn required<T: Member>(&mut self, name: &'static str, value: &T) -> Result<(), Self::Error> {
        self.member(name, value);
        Ok(())
    }

    fn optional<S: Slot>(&mut self, name: &'static str, slot: &S) -> Result<(), Self::Error> {
        match slot.presence() {
            Maybe::Value(value) => self.member(name, value),
            Maybe::Null => self.refuse(name),
            Maybe::Absent => {}
        }
        Ok(())
    }

    /// A request never sends it.
    fn read_only<S: Slot>(&mut self, _name: &'static str, _slot: &S) -> Result<(), Self::Error> {
        Ok(())
    }

    fn read_only_secret<S: Slot>(&mut self, _name: &'static str, _slot: &S) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// A name between quotes (WHATWG HTML §4.10.21.8).
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(value: Value, types: &[(&str, &str)]) -> String {
        let parts = Parts::of_value(Some(value), types);
        let body = parts.replace(Body::json(Ok(Vec::new()), Report::new()));
        let bytes = body.into_body();
        String::from_utf8(bytes.as_bytes().unwrap().to_vec()).unwrap()
    }

    #[test]
    fn a_part_is_what_its_value_is() {
        let value = json!({"a\"b": "x", "list": [1, true], "object": {"k": null}, "typed": ["y"]});
        let expected = "--codegen-boundary-0\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\nx\r\n\
                        --codegen-boundary-0\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n1\r\n\
                        --codegen-boundary-0\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\ntrue\r\n\
                        --codegen-boundary-0\r\nContent-Disposition: form-data; name=\"object\"\r\n\
                        Content-Type: application/json\r\n\r\n{\"k\":null}\r\n\
                        --codegen-boundary-0\r\nContent-Disposition: form-data; name=\"typed\"\r\n\
                        Content-Type: application/x-list\r\n\r\n[\"y\"]\r\n\
                        --codegen-boundary-0--\r\n";
        assert_eq!(written(value, &[("typed", "application/x-list")]), expected);
    }

    #[test]
    fn no_part_holds_the_boundary() {
        let text = written(json!({"a": "--codegen-boundary-0\r\n"}), &[]);
        assert!(text.starts_with("--codegen-boundary-1\r\n") && text.ends_with("--codegen-boundary-1--\r\n"), "{text}");
    }
}
