//! Bodies of requests, and the media types in which bodies are offered (OpenAPI 3.1 §4.8.13 to §4.8.15).

use std::collections::{BTreeMap, BTreeSet};

use super::{At, Reader};
use crate::document::{Body, BodyFormat, Form, ParameterPlace, Style};
use crate::schema::Location;
use crate::source::Node;

/// How well a media type suits a body: what comes first in this list is sent where several are offered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Json,
    JsonSuffix,
    Form,
    Multipart,
    Text,
    Bytes,
    /// Sent as the bytes that it is, which is told.
    Other,
}

impl<'r> Reader<'r> {
    /// The body of an operation: of what it is offered as, what is known best.
    pub(super) fn body(&mut self, operation: &At<'r>) -> Option<Body> {
        let written = operation.child("requestBody")?;
        let body = self.follow(written)?;
        let mut offered = body.child("content").map(|content| content.members()).unwrap_or_default();
        offered.sort_by_key(|(media_type, _)| rank(media_type));
        let required = body.flag("required") == Some(true);
        let description = body.text("description");
        let location = body.location();
        let mut offered = offered.into_iter();
        let Some((media_type, media)) = offered.next() else {
            self.warn("undescribed-body", "this body has no content: it is sent as bytes", &body);
            let (media_type, format) = ("application/octet-stream".to_owned(), BodyFormat::Bytes);
            let (files, others) = (BTreeSet::new(), Vec::new());
            return Some(Body { location, media_type, format, schema: None, files, others, required, description });
        };
        let format = match rank(&media_type) {
            Rank::Json | Rank::JsonSuffix => BodyFormat::Json,
            Rank::Form => BodyFormat::Form(self.form_encoding(&media)),
            Rank::Multipart => BodyFormat::Multipart(self.part_types(&media)),
            Rank::Text => BodyFormat::Text,
            Rank::Bytes => BodyFormat::Bytes,
            Rank::Other => {
                let message = format!("`{media_type}` is not known to this generator: the body is sent as bytes");
                self.warn("unknown-media-type", message, &media);
                BodyFormat::Bytes
            }
        };
        // A range names no format that could be sent by its name.
        let media_type = if media_type.contains('*') { unspecific(&media_type) } else { media_type };
        let typed = !matches!(format, BodyFormat::Bytes | BodyFormat::Text);
        let schema = media.child("schema").filter(|_| typed);
        let mut files = BTreeSet::new();
        if let (BodyFormat::Multipart(types), Some(schema)) = (&format, &schema) {
            self.add_files(schema, types, 0, &mut files);
        }
        // A form says no more than JSON does.
        let others = offered.map(|(other, _)| other).filter(|other| rank(other) != Rank::Form && !other.contains('*'));
        let (schema, others) = (schema.map(|schema| schema.location()), others.collect());
        Some(Body { location, media_type, format, schema, files, others, required, description })
    }

    /// What is said of the members of a form (§4.8.15.1). A member with a content type of its own is written as JSON.
    fn form_encoding(&mut self, media: &At<'r>) -> BTreeMap<String, Form> {
        let mut forms = BTreeMap::new();
        for (name, encoding) in media.child("encoding").map(|encoding| encoding.members()).unwrap_or_default() {
            let form = self.form(&encoding, ParameterPlace::Query);
            let styled = ["style", "explode", "allowReserved"].iter().any(|key| encoding.child(key).is_some());
            if styled {
                forms.insert(name, form);
            } else if encoding.text("contentType").is_some_and(|media_type| is_json(&media_type)) {
                forms.insert(name, Form { style: Style::Json, ..form });
            }
        }
        forms
    }

    /// The members of a body of parts that are files (§4.8.14.5): strings that are bytes, and lists of these.
    fn add_files(
        &mut self,
        schema: &At<'r>,
        types: &BTreeMap<String, String>,
        depth: u32,
        files: &mut BTreeSet<Location>,
    ) {
        const DEEPEST: u32 = 8;
        let Some(schema) = self.glance(schema.clone()).filter(|_| depth < DEEPEST) else { return };
        for part in schema.child("allOf").map(|parts| parts.items()).unwrap_or_default() {
            self.add_files(&part, types, depth.saturating_add(1), files);
        }
        for (name, member) in schema.child("properties").map(|members| members.members()).unwrap_or_default() {
            let named = types.get(&name).is_some_and(|media_type| is_binary(&essence(media_type)));
            let Some(member) = self.glance(member) else { continue };
            let items = member.child("items").and_then(|items| self.glance(items));
            let found = [Some(member), items].into_iter().flatten();
            files.extend(found.filter(|schema| is_text(schema) && (named || is_bytes(schema))).map(|at| at.location()));
        }
    }

    /// The content types of the parts of which one is named.
    fn part_types(&mut self, media: &At<'r>) -> BTreeMap<String, String> {
        let mut types = BTreeMap::new();
        for (name, encoding) in media.child("encoding").map(|encoding| encoding.members()).unwrap_or_default() {
            for unread in ["headers", "style", "explode"].iter().filter_map(|key| encoding.child(key)) {
                self.warn(
                    "not-generated",
                    "nothing is generated from this: the part has its content type alone",
                    &unread,
                );
            }
            let first = encoding.text("contentType").and_then(|types| Some(types.split(',').next()?.trim().to_owned()));
            types.extend(first.filter(|media_type| !media_type.contains('*')).map(|media_type| (name, media_type)));
        }
        types
    }
}

/// Whether a schema is one of strings.
fn is_text(schema: &At<'_>) -> bool {
    match schema.node().get("type") {
        Some(Node::String(kind)) => kind == "string",
        Some(Node::Array(kinds)) => kinds.iter().any(|kind| kind.as_str() == Some("string")),
        _ => false,
    }
}

/// Whether a schema says that its strings are bytes: by `format` in 3.0, by `contentMediaType` in 3.1.
fn is_bytes(schema: &At<'_>) -> bool {
    let encoding = schema.text("contentEncoding");
    schema.text("format").as_deref() == Some("binary")
        || encoding.as_deref() == Some("binary")
        || encoding.is_none() && schema.text("contentMediaType").is_some_and(|media_type| !is_json(&media_type))
}

fn rank(media_type: &str) -> Rank {
    match essence(media_type).as_str() {
        "application/json" => Rank::Json,
        // A suffix names another format that happens to be JSON, which is sent by its own name (RFC 6839 §3.1).
        other if other.ends_with("+json") => Rank::JsonSuffix,
        "application/x-www-form-urlencoded" => Rank::Form,
        "multipart/form-data" => Rank::Multipart,
        "text/xml" => Rank::Other,
        other if other.starts_with("text/") => Rank::Text,
        other if is_binary(other) => Rank::Bytes,
        _ => Rank::Other,
    }
}

/// Whether a media type is bytes to everybody who does not know it.
pub(super) fn is_binary(essence: &str) -> bool {
    const ARCHIVES: [&str; 6] = ["gzip", "octet-stream", "pdf", "x-tar", "x-gzip", "zip"];
    let (kind, format) = essence.split_once('/').unwrap_or((essence, ""));
    matches!(kind, "*" | "audio" | "font" | "image" | "model" | "video")
        || kind == "application" && (format == "*" || ARCHIVES.contains(&format))
}

fn unspecific(media_type: &str) -> String {
    let is_text = essence(media_type).starts_with("text/");
    if is_text { "text/plain; charset=utf-8" } else { "application/octet-stream" }.to_owned()
}

/// Whether a media type is JSON (RFC 6839 §3.1 for the suffix).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// Whether a media type is JSON by its suffix alone.
pub(super) fn is_suffixed(media_type: &str) -> bool {
    essence(media_type).ends_with("+json")
}

/// A media type without its parameters (RFC 9110 §8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
