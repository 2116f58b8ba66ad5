//! How parameters are written in a request (OpenAPI 3.1 §4.8.12.3), read back as a server does.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::document::{Parameter, Place};

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Still percent-encoded.
    pub(crate) path: String,
    /// Names and values, still percent-encoded.
    pub(crate) query: Vec<(String, String)>,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter, read as something like the one that was meant: the wire does not tell `1` from `"1"`. `segment` is
    /// what stands in its place in the path.
    pub(crate) fn parameter(&self, parameter: &Parameter, segment: Option<&str>, meant: &Value) -> Option<Value> {
        let Parameter { place, name, explode, .. } = parameter;
        let style = parameter.style.as_str();
        match place {
            Place::Path => split(segment?, style, name, *explode, meant, &decode),
            Place::Header => split(self.header(name)?, style, name, *explode, meant, &str::to_owned),
            Place::Cookie => {
                let cookies = self.header("cookie")?.split("; ").filter_map(|pair| pair.split_once('='));
                let cookies: Vec<_> = cookies.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
                pairs(&cookies, style, name, *explode, meant)
            }
            Place::Query => pairs(&self.query, style, name, *explode, meant),
        }
    }
}

/// What stands in pairs of names and values: the styles `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`.
fn pairs(all: &[(String, String)], style: &str, name: &str, explode: bool, meant: &Value) -> Option<Value> {
    let named = |name: &str| -> Vec<&str> {
        all.iter().filter(|(key, _)| decode(key) == name).map(|(_, value)| value.as_str()).collect()
    };
    match (meant, style, explode) {
        (Value::Object(members), "deepObject", _) => {
            object(members, |key| named(&format!("{name}[{key}]")).first().map(|value| decode(value)))
        }
        (Value::Object(members), "form", true) => object(members, |key| named(key).first().map(|value| decode(value))),
        (Value::Array(items), "form" | "spaceDelimited" | "pipeDelimited", true) => {
            let found: Vec<String> = named(name).into_iter().map(decode).collect();
            (!found.is_empty()).then(|| list(items, found))
        }
        _ => match named(name).as_slice() {
            [only] => split(only, style, name, false, meant, &decode),
            _ => None,
        },
    }
}

/// What stands in one text.
fn split(
    text: &str,
    style: &str,
    name: &str,
    explode: bool,
    meant: &Value,
    read: &dyn Fn(&str) -> String,
) -> Option<Value> {
    if style == "json" {
        return serde_json::from_str(&read(text)).ok();
    }
    let matrix = format!(";{name}=");
    let (text, separator) = match style {
        "label" => (text.strip_prefix('.')?, if explode { "." } else { "," }),
        "matrix" if explode && meant.is_object() => (text.strip_prefix(';')?, ";"),
        "matrix" => (text.strip_prefix(&matrix)?, if explode { matrix.as_str() } else { "," }),
        "spaceDelimited" => (text, "%20"),
        "pipeDelimited" => (text, if text.contains('|') { "|" } else { "%7C" }),
        _ => (text, ","),
    };
    let parts = || text.split(separator).map(read);
    match meant {
        Value::Array(items) => Some(list(items, parts().collect())),
        Value::Object(members) => {
            let found: Vec<(String, String)> = if explode {
                let pairs = text.split(separator).filter_map(|pair| pair.split_once('='));
                pairs.map(|(key, value)| (read(key), read(value))).collect()
            } else {
                let all: Vec<String> = parts().collect();
                all.chunks(2).filter_map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone()))).collect()
            };
            let has_more = found.len() > members.len();
            let value = |key: &str| found.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
            object(members, value).filter(|_| !has_more)
        }
        scalar => Some(typed(read(text), scalar)),
    }
}

fn object(meant: &Map<String, Value>, value: impl Fn(&str) -> Option<String>) -> Option<Value> {
    let members = meant.iter().filter_map(|(key, meant)| Some((key.clone(), typed(value(key)?, meant))));
    let members: Map<String, Value> = members.collect();
    (!members.is_empty()).then(|| members.into())
}

fn list(meant: &[Value], found: Vec<String>) -> Value {
    let like = |index: usize| meant.get(index).or(meant.last()).unwrap_or(&Value::Null);
    found.into_iter().enumerate().map(|(index, text)| typed(text, like(index))).collect()
}

/// A text as a value of a kind.
fn typed(text: String, like: &Value) -> Value {
    match like {
        Value::Number(_) | Value::Bool(_) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        _ => Value::String(text),
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Whether a value can be told from others in the place of a parameter.
pub(crate) fn can_travel(parameter: &Parameter, value: &Value) -> bool {
    if parameter.style == "json" {
        return !matches!(parameter.place, Place::Path | Place::Header | Place::Cookie)
            || is_visible(&value.to_string());
    }
    let (separators, is_first_level) = match (parameter.place, parameter.style.as_str()) {
        (Place::Header | Place::Cookie, _) => (",;= ", true),
        (_, "spaceDelimited") => (" ", true),
        (_, "pipeDelimited") => ("|", true),
        _ => ("", true),
    };
    let scalar = |value: &Value, is_inner: bool| match value {
        Value::String(text) => {
            let is_safe = !is_inner || !text.contains(|character| separators.contains(character)) && !text.is_empty();
            let is_whole = match parameter.place {
                Place::Path => !text.is_empty() && text != "." && text != "..",
                Place::Header => is_visible(text) && (!text.is_empty() || !is_inner),
                Place::Cookie => is_visible(text) && !text.contains([';', ',', ' ', '"', '\\']),
                Place::Query => true,
            };
            is_safe && is_whole
        }
        Value::Bool(_) | Value::Number(_) => true,
        _ => false,
    };
    match value {
        Value::Array(items) => is_first_level && !items.is_empty() && items.iter().all(|item| scalar(item, true)),
        Value::Object(members) => {
            let is_safe = |key: &String| scalar(&Value::String(key.clone()), true) && !key.contains(['[', ']']);
            !members.is_empty() && members.iter().all(|(key, member)| is_safe(key) && scalar(member, true))
        }
        other => scalar(other, false),
    }
}

/// RFC 9110 §5.5, as far as every recipient reads it.
fn is_visible(text: &str) -> bool {
    text.trim() == text && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parameter(place: Place, style: &str, explode: bool) -> Parameter {
        let style = style.to_owned();
        Parameter { place, name: "p".to_owned(), is_required: true, style, explode, schema: json!(true) }
    }

    /// The examples of the specification (OpenAPI 3.1 §4.8.12.4).
    #[test]
    fn every_style_is_read_back() {
        let (text, list, map) = (json!("blue"), json!(["blue", "black"]), json!({"R": 100, "G": 200}));
        for (style, explode, written, meant) in [
            ("simple", false, "blue", &text),
            ("simple", false, "blue,black", &list),
            ("simple", false, "R,100,G,200", &map),
            ("simple", true, "R=100,G=200", &map),
            ("label", false, ".blue,black", &list),
            ("label", true, ".blue.black", &list),
            ("label", true, ".R=100.G=200", &map),
            ("matrix", false, ";p=blue", &text),
            ("matrix", false, ";p=blue,black", &list),
            ("matrix", true, ";p=blue;p=black", &list),
            ("matrix", true, ";R=100;G=200", &map),
        ] {
            let read = Request::default().parameter(&parameter(Place::Path, style, explode), Some(written), meant);
            assert_eq!(read.as_ref(), Some(meant), "{style} {explode}");
        }
        for (style, explode, query, meant) in [
            ("form", true, "p=blue", &text),
            ("form", true, "p=blue&p=black", &list),
            ("form", false, "p=blue,black", &list),
            ("form", true, "R=100&G=200", &map),
            ("form", false, "p=R,100,G,200", &map),
            ("spaceDelimited", false, "p=blue%20black", &list),
            ("pipeDelimited", false, "p=blue%7Cblack", &list),
            ("deepObject", true, "p%5BR%5D=100&p%5BG%5D=200", &map),
            ("json", false, "p=%5B%22blue%22,%22black%22%5D", &list),
        ] {
            let pair =
                |pair: &str| pair.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned())).unwrap();
            let request = Request { query: query.split('&').map(pair).collect(), ..Request::default() };
            let read = request.parameter(&parameter(Place::Query, style, explode), None, meant);
            assert_eq!(read.as_ref(), Some(meant), "{style} {explode}");
        }
    }

    #[test]
    fn what_is_lost_on_the_way_is_not_sent() {
        let header = parameter(Place::Header, "simple", false);
        assert!(!can_travel(&header, &json!(["a,b"])) && !can_travel(&header, &json!("é")));
        let path = parameter(Place::Path, "simple", false);
        assert!(!can_travel(&path, &json!("..")) && can_travel(&path, &json!(["a,b"])));
        let query = parameter(Place::Query, "form", true);
        assert!(can_travel(&query, &json!("")) && !can_travel(&query, &json!([])) && !can_travel(&query, &json!(null)));
    }
}
