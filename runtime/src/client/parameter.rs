//! One parameter of a request: checked when it is set, written when the request is sent.

use std::borrow::Cow;

use serde_json::Value;

use super::findings::Findings;
use super::target;
use crate::check::Checked;
use crate::encode::{Encode, Encoded};
use crate::path::Path;
use crate::violation::Report;

/// Where a parameter stands in a request (OpenAPI 3.1 §4.8.12.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
}

impl Place {
    /// Its name in the pointer of a violation.
    fn key(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// Headers that the exchange itself decides on; a value of the caller's would change where the request ends or goes.
const RESERVED_HEADERS: [&str; 5] = ["connection", "content-length", "host", "transfer-encoding", "upgrade"];

pub(super) struct Parameter {
    pub(super) place: Place,
    pub(super) name: Cow<'static, str>,
    /// As plain text; a list has any number.
    values: Vec<String>,
    pub(super) findings: Findings,
}

impl Parameter {
    /// A parameter with the checks of its schema.
    pub(super) fn new<T: Encode + ?Sized>(
        place: Place,
        name: Cow<'static, str>,
        value: &T,
        check: impl FnOnce(Checked<'_, T>),
    ) -> Self {
        let mut report = Report::new();
        check(Checked::new(Some(value), Path::ROOT.key(place.key()).key(&name), &mut report));
        let value = serde_json::to_value(Encoded(value)).ok();
        Self::from_parts(place, name, value.as_ref().and_then(texts), report)
    }

    fn from_parts(place: Place, name: Cow<'static, str>, values: Option<Vec<String>>, report: Report) -> Self {
        let mut refusals = Report::new();
        let parent = Path::ROOT.key(place.key());
        let at = parent.key(&name);
        match &values {
            None => refusals.add(&at, "type", format_args!("must be a string, a number, a boolean or a list of these")),
            Some(values) => refuse(place, &name, values, &at, &mut refusals),
        }
        Self { place, name, values: values.unwrap_or_default(), findings: Findings::new(report, refusals) }
    }

    /// Whether this is the same parameter, so that it takes the other's place.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        self.place == other.place
            && match self.place {
                Place::Header => self.name.eq_ignore_ascii_case(&other.name),
                Place::Path | Place::Query => self.name == other.name,
            }
    }

    /// The value in a path: percent-encoded, a list with commas (style `simple`).
    pub(super) fn in_path(&self) -> String {
        let values: Vec<_> = self.values.iter().map(|value| target::encode(value)).collect();
        values.join(",")
    }

    /// Appends the value to a query: percent-encoded, a list as one pair an element (style `form`, exploded).
    pub(super) fn write_query(&self, query: &mut String) {
        let name = target::encode(&self.name);
        for value in &self.values {
            if !query.is_empty() {
                query.push('&');
            }
            query.extend([&*name, "=", &*target::encode(value)]);
        }
    }

    /// The value in a header, a list with commas (style `simple`); `None` for an empty list.
    pub(super) fn in_header(&self) -> Option<String> {
        (!self.values.is_empty()).then(|| self.values.join(","))
    }
}

/// The texts of a value: one for a scalar, one an element of a list; `None` where it is neither.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(elements) => elements.iter().map(text).collect(),
        scalar => Some(vec![text(scalar)?]),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Reports what can't be sent, whatever the schema says.
fn refuse(place: Place, name: &str, values: &[String], at: &Path<'_>, report: &mut Report) {
    match place {
        Place::Path => {
            if values.is_empty() || values.iter().any(|value| target::redirects_path(value)) {
                let message = "must not be empty, `.` or `..`, which would address another operation";
                report.add(at, "path", format_args!("{message}"));
            }
        }
        Place::Query => {}
        Place::Header => {
            if RESERVED_HEADERS.iter().any(|reserved| name.eq_ignore_ascii_case(reserved)) {
                report.add(at, "header", format_args!("is set by the client itself"));
            }
            if !is_token(name) {
                report.add(at, "header", format_args!("must have a name that headers can have"));
            }
            if !values.iter().all(|value| is_field_value(value)) {
                report.add(at, "header", format_args!("must hold visible ASCII characters and inner spaces only"));
            }
        }
    }
}

/// RFC 9110 §5.6.2.
fn is_token(name: &str) -> bool {
    let symbol = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || symbol(byte))
}

/// RFC 9110 §5.5, without what the recipient would cut off or could not read.
fn is_field_value(value: &str) -> bool {
    value.trim() == value && value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn query<T: Encode + ?Sized>(value: &T) -> String {
        let mut query = String::new();
        Parameter::new(Place::Query, "a[]".into(), value, |_| {}).write_query(&mut query);
        query
    }

    #[test]
    fn scalars_and_lists_have_one_form_in_a_query() {
        assert_eq!(query("x y+&=/é"), "a%5B%5D=x%20y%2B%26%3D%2F%C3%A9");
        assert_eq!(query(&true), "a%5B%5D=true");
        assert_eq!(query(&-7_i64), "a%5B%5D=-7");
        assert_eq!(query(&u64::MAX), "a%5B%5D=18446744073709551615");
        assert_eq!(query(&50.0), "a%5B%5D=50");
        assert_eq!(query(&0.5), "a%5B%5D=0.5");
        assert_eq!(query(&vec!["b".to_owned(), String::new()]), "a%5B%5D=b&a%5B%5D=");
        assert_eq!(query(&Vec::<String>::new()), "");
    }

    #[test]
    fn what_has_no_such_form_is_refused() {
        for value in [json!(null), json!({}), json!([null]), json!([[1]])] {
            let parameter = Parameter::new(Place::Query, "a".into(), &value, |_| {});
            let told: Vec<_> = parameter.findings.told(true).map(ToString::to_string).collect();
            assert_eq!(told, ["/query/a: must be a string, a number, a boolean or a list of these"]);
        }
    }

    #[test]
    fn a_list_in_a_path_or_header_has_commas() {
        let list = vec!["a,b".to_owned(), "c".to_owned()];
        let path = Parameter::new(Place::Path, "p".into(), &list, |_| {});
        assert_eq!(path.in_path(), "a%2Cb,c");
        let header = Parameter::new(Place::Header, "h".into(), &list, |_| {});
        assert_eq!(header.in_header().as_deref(), Some("a,b,c"));
    }

    #[test]
    fn headers_that_would_break_the_request_are_refused() {
        for (name, value, message) in [
            ("Host", "a", "/header/Host: is set by the client itself"),
            ("a b", "a", "/header/a b: must have a name that headers can have"),
            ("a", "b\r\nc: d", "/header/a: must hold visible ASCII characters and inner spaces only"),
        ] {
            let parameter = Parameter::new(Place::Header, name.into(), value, |_| {});
            let told: Vec<_> = parameter.findings.told(true).map(ToString::to_string).collect();
            assert_eq!(told, [message]);
        }
    }
}
