//! Bodies in the media types that are walked.

use serde_json::Value;

use crate::document::Offer;
use crate::{form, multipart};

/// How a body is written. The order is that in which one of several is taken: what holds most of a value first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// RFC 8259.
    Json,
    /// With a suffix: RFC 6839 §3.1.
    JsonSuffix,
    /// `application/x-www-form-urlencoded` (OpenAPI 3.1 §4.8.14.4).
    Pairs,
    /// `multipart/form-data` (RFC 7578).
    Parts,
    /// `text/event-stream` (WHATWG HTML §9.2): a list, an event an element.
    Events,
    /// A list, a line of JSON an element.
    Lines,
    /// `text/…`
    Text,
    /// Bytes as they are.
    Other,
}

impl Form {
    pub(crate) fn of(media: &str) -> Self {
        match essence(media).as_str() {
            "application/json" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Pairs,
            "multipart/form-data" => Self::Parts,
            "text/event-stream" => Self::Events,
            "application/jsonl" | "application/x-ndjson" | "application/x-jsonlines" => Self::Lines,
            other if other.ends_with("+json") => Self::JsonSuffix,
            other if other.starts_with("text/") => Self::Text,
            _ => Self::Other,
        }
    }

    /// Whether a value of the schema is sent, and not a text of which the schema says little.
    pub(crate) fn has_schema(self) -> bool {
        !matches!(self, Self::Text | Self::Other)
    }

    /// Whether a list of values of the schema is sent.
    pub(crate) fn is_stream(self) -> bool {
        matches!(self, Self::Events | Self::Lines)
    }

    /// Whether everything about a value arrives.
    pub(crate) fn holds(self, value: &Value) -> bool {
        match self {
            Self::Pairs | Self::Parts => {
                let members = value.as_object().into_iter().flatten();
                value.is_object() && members.into_iter().all(|(_, member)| has_form(member))
            }
            _ => true,
        }
    }
}

/// Whether the member of a form or a part can be told from others: `null` and empty lists are not there, and lists in lists no lists.
fn has_form(member: &Value) -> bool {
    match member {
        Value::Null => false,
        Value::Array(items) => !items.is_empty() && items.iter().all(|item| !item.is_null() && !item.is_array()),
        _ => true,
    }
}

/// The offer that is taken.
pub(crate) fn preferred(offers: &[Offer]) -> Option<&Offer> {
    offers.iter().min_by_key(|offer| Form::of(&offer.media))
}

/// A media type without its parameters (RFC 9110 §8.3.1).
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_lowercase()
}

/// A value as it is answered.
pub(crate) fn write(media: &str, value: &Value) -> Vec<u8> {
    let each = |around: [&str; 2]| -> String {
        let items = value.as_array().into_iter().flatten();
        items.map(|item| format!("{}{item}{}", around[0], around[1])).collect()
    };
    let text = match Form::of(media) {
        Form::Events => each(["data: ", "\n\n"]),
        Form::Lines => each(["", "\n"]),
        form if form.has_schema() => value.to_string(),
        _ => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    };
    text.into_bytes()
}

/// A body as it arrived, read as something like the one that was meant; `None` where it is not in that form.
pub(crate) fn read(media: &str, body: &[u8], meant: &Value) -> Option<Value> {
    match Form::of(media) {
        Form::Json | Form::JsonSuffix => serde_json::from_slice(body).ok(),
        Form::Pairs => Some(form::read(std::str::from_utf8(body).ok()?, meant)),
        Form::Parts => multipart::read(media, body, meant),
        _ => Some(Value::String(String::from_utf8_lossy(body).into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_holds_most_is_taken() {
        let offer = |media: &str| Offer { media: media.to_owned(), schema: json!(true) };
        let taken = |offers: &[&str]| {
            let offers: Vec<Offer> = offers.iter().map(|media| offer(media)).collect();
            preferred(&offers).map(|offer| offer.media.clone()).unwrap_or_default()
        };
        assert_eq!(
            taken(&["multipart/form-data", "application/x+json", "application/json; charset=utf-8"]),
            "application/json; charset=utf-8"
        );
        assert_eq!(taken(&["text/plain", "multipart/form-data"]), "multipart/form-data");
    }

    #[test]
    fn streams_are_written_item_by_item() {
        let items = json!([{"a": 1}, "b"]);
        assert_eq!(write("text/event-stream", &items), b"data: {\"a\":1}\n\ndata: \"b\"\n\n");
        assert_eq!(write("application/x-ndjson", &items), b"{\"a\":1}\n\"b\"\n");
        assert_eq!(
            (write("text/plain", &json!("a")), write("application/json", &json!("a"))),
            (b"a".to_vec(), b"\"a\"".to_vec())
        );
    }
}
