//! One parameter of a request: checked when it is set, written when the request is sent.

use std::borrow::Cow;

use reqwest::header::AUTHORIZATION;

use super::findings::Findings;
use super::style::{Form, Plain, Style};
use crate::check::Checked;
use crate::encode::{Encode, Encoded, as_request};
use crate::path::Path;
use crate::violation::Report;

/// Where a parameter stands in a request (OpenAPI 3.1 §4.8.12.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Place {
    /// Its name in the pointer of a violation.
    fn key(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// How values are written there unless it is said otherwise.
    pub(super) fn usual_form(self) -> Form {
        match self {
            Self::Path | Self::Header => Style::Simple.joined(),
            Self::Query | Self::Cookie => Style::Form.exploded(),
        }
    }
}

/// Headers that the exchange itself decides on; a value of the caller's would change where the request ends or goes.
const RESERVED_HEADERS: [&str; 5] = ["connection", "content-length", "host", "transfer-encoding", "upgrade"];

/// Whether a header is one that nobody but the exchange decides on.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED_HEADERS.iter().any(|reserved| name.eq_ignore_ascii_case(reserved))
}

pub(super) struct Parameter {
    pub(super) place: Place,
    pub(super) name: Cow<'static, str>,
    form: Form,
    /// Nothing where it has no form.
    value: Option<Plain>,
    pub(super) findings: Findings,
}

impl Parameter {
    /// A parameter with the checks of its schema.
    pub(super) fn new<T: Encode + ?Sized>(
        place: Place,
        name: Cow<'static, str>,
        form: Form,
        value: &T,
        check: impl FnOnce(Checked<'_, T>),
    ) -> Self {
        let mut report = Report::new();
        check(Checked::new(Some(value), Path::ROOT.key(place.key()).key(&name), &mut report));
        let value = as_request(|| serde_json::to_value(Encoded(value))).ok();
        Self::from_parts(place, name, form, value.and_then(|value| Plain::of(&value, form)), report)
    }

    fn from_parts(place: Place, name: Cow<'static, str>, form: Form, value: Option<Plain>, report: Report) -> Self {
        let mut refusals = Report::new();
        let parent = Path::ROOT.key(place.key());
        let at = parent.key(&name);
        match &value {
            None => {
                let message = "must be a string, a number, a boolean, or a list or an object of these";
                refusals.add(&at, "type", format_args!("{message}"));
            }
            Some(value) => refuse(place, &name, value, &at, &mut refusals),
        }
        Self { place, name, form, value, findings: Findings::new(report, refusals) }
    }

    /// Whether this is the same parameter, so that it takes the other's place.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        self.place == other.place
            && match self.place {
                Place::Header => self.name.eq_ignore_ascii_case(&other.name),
                Place::Path | Place::Query | Place::Cookie => self.name == other.name,
            }
    }

    /// The value in a path, percent-encoded.
    pub(super) fn in_path(&self) -> String {
        self.value.as_ref().map(|value| value.in_path(&self.name, self.form)).unwrap_or_default()
    }

    /// The pairs of a query or a cookie, percent-encoded.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        self.value.as_ref().map(|value| value.pairs(&self.name, self.form)).unwrap_or_default()
    }

    /// The value in a header; `None` for an empty list.
    pub(super) fn in_header(&self) -> Option<String> {
        self.value.as_ref()?.in_header(self.form)
    }
}

/// Reports what can't be sent, whatever the schema says.
fn refuse(place: Place, name: &str, value: &Plain, at: &Path<'_>, report: &mut Report) {
    match place {
        Place::Path => {
            if value.redirects_path() {
                let message = "must not be empty, `.` or `..`, which would address another operation";
                report.add(at, "path", format_args!("{message}"));
            }
        }
        Place::Query | Place::Cookie => {}
        Place::Header => {
            if is_reserved(name) {
                report.add(at, "header", format_args!("is set by the client itself"));
            }
            if name.eq_ignore_ascii_case(AUTHORIZATION.as_str()) && value.texts().all(str::is_empty) {
                report.add(
                    at,
                    "header",
                    format_args!("must not be empty, which would send the request without a token"),
                );
            }
            if !is_token(name) {
                report.add(at, "header", format_args!("must have a name that headers can have"));
            }
            if !value.texts().all(is_field_value) {
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
    use super::super::findings::Skipped;
    use super::*;
    use serde_json::json;

    fn parameter<T: Encode + ?Sized>(place: Place, name: &'static str, value: &T) -> Parameter {
        Parameter::new(place, name.into(), place.usual_form(), value, |_| {})
    }

    fn query<T: Encode + ?Sized>(value: &T) -> String {
        let pairs = parameter(Place::Query, "a[]", value).pairs();
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
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

    const WITHOUT_VALIDATION: Skipped = Skipped { validation: true, rules: false };

    #[test]
    fn what_has_no_such_form_is_refused() {
        for value in [json!(null), json!([null]), json!([[1]]), json!({"b": null})] {
            let told = parameter(Place::Query, "a", &value);
            let told: Vec<_> = told.findings.told(WITHOUT_VALIDATION).map(ToString::to_string).collect();
            assert_eq!(told, ["/query/a: must be a string, a number, a boolean, or a list or an object of these"]);
        }
    }

    #[test]
    fn a_list_in_a_path_or_header_has_commas() {
        let list = vec!["a,b".to_owned(), "c".to_owned()];
        assert_eq!(parameter(Place::Path, "p", &list).in_path(), "a%2Cb,c");
        assert_eq!(parameter(Place::Header, "h", &list).in_header().as_deref(), Some("a,b,c"));
    }

    #[test]
    fn no_style_leads_a_path_elsewhere() {
        for form in [Style::Simple.joined(), Style::Label.exploded(), Style::Matrix.exploded(), Style::Json.joined()] {
            for value in [json!(""), json!(".."), json!("%2e"), json!([]), json!(["a", "."]), json!({})] {
                let parameter = Parameter::new(Place::Path, "p".into(), form, &value, |_| {});
                // JSON text is in quotes or brackets.
                let refused = form != Style::Json.joined();
                assert_eq!(
                    parameter.findings.told(WITHOUT_VALIDATION).count(),
                    usize::from(refused),
                    "{form:?} {value}"
                );
            }
        }
    }

    #[test]
    fn headers_that_would_break_the_request_are_refused() {
        for (name, value, message) in [
            ("Host", "a", "/header/Host: is set by the client itself"),
            ("a b", "a", "/header/a b: must have a name that headers can have"),
            (
                "Authorization",
                "",
                "/header/Authorization: must not be empty, which would send the request without a token",
            ),
            ("a", "b\r\nc: d", "/header/a: must hold visible ASCII characters and inner spaces only"),
        ] {
            let told: Vec<_> = parameter(Place::Header, name, value)
                .findings
                .told(WITHOUT_VALIDATION)
                .map(ToString::to_string)
                .collect();
            assert_eq!(told, [message]);
        }
    }
}
