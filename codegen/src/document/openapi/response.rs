//! Answers (OpenAPI 3.1 §4.8.16): what success looks like by its status, and what failures have in common.

use std::collections::BTreeMap;

use super::content::{essence, is_binary, is_json, is_suffixed};
use super::{At, Reader};
use crate::document::{Answer, Content, ContentFormat};

impl<'r> Reader<'r> {
    /// The answers of success, and what every status means.
    pub(super) fn responses(&mut self, operation: &At<'r>) -> (Vec<Answer>, BTreeMap<String, Option<String>>) {
        let (mut successes, mut described) = (Vec::new(), BTreeMap::new());
        let responses = operation.child("responses").map(|responses| responses.members()).unwrap_or_default();
        let is_success = |status: &str| status.starts_with('2');
        // Where no success is described, `default` is what is said of it.
        let has_success = responses.iter().any(|(status, _)| is_success(status));
        for (status, written) in responses.into_iter().filter(|(status, _)| !status.starts_with("x-")) {
            let Some(response) = self.follow(written) else { continue };
            let description = response.text("description");
            described.insert(status.clone(), description.clone());
            if is_success(&status) || status == "default" && !has_success {
                // These two have no content, whatever is said of it (RFC 9110 §15.3.5, §15.3.6).
                let is_bare = matches!(status.as_str(), "204" | "205");
                let (content, stream) = if is_bare { (empty(), None) } else { self.content(&response) };
                successes.push(Answer { status, description, content, stream });
            } else {
                self.failures.extend(failure(&response));
            }
        }
        (successes, described)
    }

    /// The body of an answer: of what it is offered as, what is known best; and a stream, where one is offered besides.
    fn content(&mut self, response: &At<'r>) -> (Content, Option<Content>) {
        let mut offered = response.child("content").map(|content| content.members()).unwrap_or_default();
        // JSON by its own name comes before formats that are JSON as well.
        offered.sort_by_key(|(media_type, _)| (format(media_type), is_suffixed(media_type)));
        let Some((media_type, media)) = offered.first() else { return (empty(), None) };
        let first = format(media_type);
        if first == ContentFormat::Bytes && !is_binary(&essence(media_type)) {
            let message = format!("`{media_type}` is not known to this generator: the answer is read as bytes");
            self.warn("unknown-media-type", message, media);
        }
        let is_stream = |format| matches!(format, ContentFormat::Events | ContentFormat::Lines);
        let stream = offered.iter().find(|(other, _)| is_stream(format(other)) && !is_stream(first));
        let alike = offered.iter().filter(|(other, _)| format(other) == first && !first.is_typed());
        let media_types: Vec<String> = alike.map(|(other, _)| other.clone()).collect();
        let content = content(media_type, media);
        let content = if first.is_typed() { content } else { Content { media_types, ..content } };
        (content, stream.map(|(media_type, media)| self::content(media_type, media)))
    }
}

fn content(media_type: &str, media: &At<'_>) -> Content {
    let format = format(media_type);
    // 3.2 describes the items of a stream by a keyword of its own.
    let schema = media.child("itemSchema").or_else(|| media.child("schema")).filter(|_| format.is_typed());
    Content { media_types: vec![media_type.to_owned()], format, schema: schema.map(|schema| schema.location()) }
}

fn empty() -> Content {
    Content { media_types: Vec::new(), format: ContentFormat::Empty, schema: None }
}

/// What a media type is read as; what comes first is asked for where several are offered.
fn format(media_type: &str) -> ContentFormat {
    match essence(media_type).as_str() {
        _ if is_json(media_type) => ContentFormat::Json,
        "text/event-stream" => ContentFormat::Events,
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" | "application/x-jsonlines" => {
            ContentFormat::Lines
        }
        "text/xml" => ContentFormat::Bytes,
        other if other.starts_with("text/") => ContentFormat::Text,
        _ => ContentFormat::Bytes,
    }
}

/// The schema of a failure.
fn failure<'r>(response: &At<'r>) -> Option<At<'r>> {
    let offered = response.child("content")?.members().into_iter().filter(|(media_type, _)| is_json(media_type));
    let (_, media) = offered.min_by_key(|(media_type, _)| is_suffixed(media_type))?;
    media.child("schema")
}

impl ContentFormat {
    /// Whether a schema says what is in it.
    #[must_use]
    pub fn is_typed(self) -> bool {
        matches!(self, Self::Json | Self::Events | Self::Lines)
    }
}
