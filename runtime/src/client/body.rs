//! The body of a request: JSON, a form, parts, or bytes as they are.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use futures_core::Stream;
use reqwest::header::HeaderValue;
use serde_json::Value;

use super::findings::Findings;
use super::stream::Outgoing;
use super::style::{Form, Plain, Style};
use crate::file::File;
use crate::path::Path;
use crate::violation::Report;

/// What is sent as it is: bytes, or a stream of them. `Debug` shows no content.
pub struct Payload {
    body: reqwest::Body,
    size: Option<usize>,
}

impl Payload {
    /// A body that is sent while it is made. Its size is not known beforehand, so that it goes in chunks.
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
    {
        Self { body: reqwest::Body::wrap(Outgoing::new(stream)), size: None }
    }

    fn whole(bytes: Bytes) -> Self {
        Self { size: Some(bytes.len()), body: bytes.into() }
    }
}

macro_rules! payload_from {
    ($($type:ty)*) => {$(
        impl From<$type> for Payload {
            fn from(bytes: $type) -> Self {
                Self::whole(bytes.into())
            }
        }
    )*};
}

payload_from!(Bytes Vec<u8> String &'static [u8] &'static str);

impl From<File> for Payload {
    fn from(file: File) -> Self {
        Self::whole(file.bytes().to_vec().into())
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload").field("bytes", &self.size).finish()
    }
}

/// The body of a request, and what is wrong with it.
pub(super) struct Body {
    content: Content,
    content_type: Cow<'static, str>,
    pub(super) findings: Findings,
}

enum Content {
    /// Already written.
    Json(Vec<u8>),
    Payload(Payload),
}

impl Body {
    /// A JSON body that has been written.
    pub(super) fn json(json: serde_json::Result<Vec<u8>>, violations: Report) -> Self {
        let mut refusals = Report::new();
        if json.is_err() {
            // What serde says may quote the value.
            refuse(&mut refusals, "type", "must be a value that JSON can hold");
        }
        Self {
            content: Content::Json(json.unwrap_or_default()),
            content_type: "application/json".into(),
            findings: Findings::new(violations, refusals),
        }
    }

    /// A body that is sent as it is.
    pub(super) fn payload(content_type: Cow<'static, str>, payload: Payload) -> Self {
        let findings = Findings::new(Report::new(), Report::new());
        Self { content: Content::Payload(payload), content_type: Cow::Borrowed(""), findings }.called(content_type)
    }

    /// The same by another content type.
    pub(super) fn called(mut self, content_type: Cow<'static, str>) -> Self {
        if HeaderValue::from_str(&content_type).is_err() {
            let mut refusals = Report::new();
            refuse(&mut refusals, "contentType", "must have a content type that a header can hold");
            self.findings.refuse(refusals);
        }
        self.content_type = content_type;
        self
    }

    /// A JSON object as `application/x-www-form-urlencoded`: what has no form of its own and is no scalar, or a list of
    /// scalars, is written as JSON (OpenAPI 3.1 §4.8.14.4).
    pub(super) fn into_form(self, forms: &[(&str, Form)]) -> Self {
        let Content::Json(json) = &self.content else { return self };
        let mut refusals = Report::new();
        let Ok(Value::Object(members)) = serde_json::from_slice(json) else {
            refuse(&mut refusals, "type", "must be an object, to be sent as a form");
            return self.replaced(Vec::new(), "application/x-www-form-urlencoded".into(), refusals);
        };
        let mut pairs = Vec::new();
        for (name, value) in &members {
            let form = forms.iter().find(|(member, _)| member == name).map(|(_, form)| *form);
            match form.map_or_else(|| by_kind(value), |form| Plain::of(value, form).map(|plain| (plain, form))) {
                Some((plain, form)) => pairs.extend(plain.pairs(name, form)),
                None => refusals.add(&Path::ROOT.key("body").key(name), "type", format_args!("has no form in a form")),
            }
        }
        let text = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
        // A space is a plus sign in forms (WHATWG URL §5.2); every other plus sign has been encoded.
        let text = text.replace("%20", "+").into_bytes();
        self.replaced(text, "application/x-www-form-urlencoded".into(), refusals)
    }

    /// The same body, written in another way.
    pub(super) fn replaced(mut self, bytes: Vec<u8>, content_type: Cow<'static, str>, refusals: Report) -> Self {
        self.findings.refuse(refusals);
        self.content = Content::Payload(bytes.into());
        self.content_type = content_type;
        self
    }

    /// The JSON that has been written.
    pub(super) fn value(&self) -> Option<Value> {
        match &self.content {
            Content::Json(json) => serde_json::from_slice(json).ok(),
            Content::Payload(_) => None,
        }
    }

    /// How many bytes it has, where that is known.
    pub(super) fn size(&self) -> Option<usize> {
        match &self.content {
            Content::Json(json) => Some(json.len()),
            Content::Payload(payload) => payload.size,
        }
    }

    pub(super) fn content_type(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.content_type).ok()
    }

    pub(super) fn into_body(self) -> reqwest::Body {
        match self.content {
            Content::Json(json) => json.into(),
            Content::Payload(payload) => payload.body,
        }
    }
}

/// How a member of a form is written that says nothing of it.
fn by_kind(value: &Value) -> Option<(Plain, Form)> {
    let form = match value {
        Value::Null => return None,
        Value::Array(elements) => {
            let element = |element: &Value| match element {
                Value::Null => None,
                Value::Array(_) | Value::Object(_) => Some(element.to_string()),
                Value::String(text) => Some(text.clone()),
                scalar => Some(scalar.to_string()),
            };
            let list = elements.iter().map(element).collect::<Option<_>>().map(Plain::List)?;
            return Some((list, Style::Form.exploded()));
        }
        Value::Object(_) => Style::Json.exploded(),
        _ => Style::Form.exploded(),
    };
    Some((Plain::of(value, form)?, form))
}

fn refuse(report: &mut Report, keyword: &'static str, message: &str) {
    report.add(&Path::ROOT.key("body"), keyword, format_args!("{message}"));
}
