//! How values are written where they are no JSON documents: the styles of OpenAPI 3.1 (§4.8.12.3), which are RFC 6570 with some
//! more.

use std::borrow::Cow;

use serde_json::Value;

use super::target;

/// The styles of parameters, and of the members of forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`, in paths and headers.
    Simple,
    /// `.a.b`, in paths.
    Label,
    /// `;id=a;id=b`, in paths.
    Matrix,
    /// `id=a&id=b`, in queries and cookies.
    Form,
    /// `id=a%20b`, in queries.
    SpaceDelimited,
    /// `id=a%7Cb`, in queries.
    PipeDelimited,
    /// `id[member]=a`, in queries.
    DeepObject,
    /// JSON text.
    Json,
}

/// A style and how it is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    style: Style,
    explode: bool,
    allow_reserved: bool,
}

impl Style {
    /// Lists and objects are one value (`explode: false`).
    #[must_use]
    pub const fn joined(self) -> Form {
        Form { style: self, explode: false, allow_reserved: false }
    }

    /// Every element and member stands for itself (`explode: true`).
    #[must_use]
    pub const fn exploded(self) -> Form {
        Form { style: self, explode: true, allow_reserved: false }
    }
}

impl Form {
    /// Characters that a query may hold are left as they are, and so are percent-encoded ones (`allowReserved: true`).
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { allow_reserved: true, ..self }
    }

    fn encode<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.allow_reserved { target::encode_reserved(text) } else { target::encode(text) }
    }
}

/// A value of a parameter as plain text.
#[derive(Debug)]
pub(super) enum Plain {
    Scalar(String),
    List(Vec<String>),
    /// The members by their names; in `deepObject`, by all that stands behind the name of the parameter.
    Object(Vec<(String, String)>),
}

impl Plain {
    /// The value as text; `None` where it holds what the style has no form for: `null`, or something nested.
    pub(super) fn of(value: &Value, form: Form) -> Option<Self> {
        match value {
            value if form.style == Style::Json => Some(Self::Scalar(value.to_string())),
            Value::Array(elements) => elements.iter().map(text).collect::<Option<_>>().map(Self::List),
            Value::Object(members) if form.style == Style::DeepObject => {
                let mut deep = Vec::new();
                members.iter().all(|(name, value)| flatten(&format!("[{name}]"), value, &mut deep)).then_some(())?;
                Some(Self::Object(deep))
            }
            Value::Object(members) => {
                let member = |(name, value): (&String, &Value)| Some((name.clone(), text(value)?));
                members.iter().map(member).collect::<Option<_>>().map(Self::Object)
            }
            scalar => text(scalar).map(Self::Scalar),
        }
    }

    /// Whether a path can't hold it: it is nothing, or a step to another path.
    pub(super) fn redirects_path(&self) -> bool {
        match self {
            Self::Scalar(value) => target::redirects_path(value),
            Self::List(values) => values.is_empty() || values.iter().any(|value| target::redirects_path(value)),
            Self::Object(members) => members.is_empty(),
        }
    }

    /// Every text in it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let (scalar, list, object) = match self {
            Self::Scalar(value) => (Some(value), [].as_slice(), [].as_slice()),
            Self::List(values) => (None, values.as_slice(), [].as_slice()),
            Self::Object(members) => (None, [].as_slice(), members.as_slice()),
        };
        let members = object.iter().flat_map(|(name, value)| [name, value]);
        scalar.into_iter().chain(list).chain(members).map(String::as_str)
    }

    /// What stands in a path, percent-encoded.
    pub(super) fn in_path(&self, name: &str, form: Form) -> String {
        let encode = |text: &str| target::encode(text).into_owned();
        let name = encode(name);
        match form.style {
            Style::Label => {
                let separator = if form.explode { "." } else { "," };
                format!(".{}", self.joined(separator, form.explode, encode))
            }
            Style::Matrix => {
                let pair = |value: &str| if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") };
                match self {
                    Self::List(values) if form.explode => values.iter().map(|value| pair(&encode(value))).collect(),
                    Self::Object(_) if form.explode => format!(";{}", self.joined(";", true, encode)),
                    _ => pair(&self.joined(",", false, encode)),
                }
            }
            _ => self.joined(",", form.explode, encode),
        }
    }

    /// What stands in a header, as it is; nothing for a list or an object without members.
    pub(super) fn in_header(&self, form: Form) -> Option<String> {
        let is_empty = !matches!(self, Self::Scalar(_)) && self.texts().next().is_none();
        (!is_empty).then(|| self.joined(",", form.explode, str::to_owned))
    }

    /// The pairs that stand in a query, a form or a cookie, percent-encoded.
    pub(super) fn pairs(&self, name: &str, form: Form) -> Vec<(String, String)> {
        let encode = |text: &str| form.encode(text).into_owned();
        let encoded = target::encode(name).into_owned();
        let one = |value: String| vec![(encoded.clone(), value)];
        match (self, form.style) {
            (Self::List(values), _) if values.is_empty() => Vec::new(),
            (Self::Object(members), _) if members.is_empty() => Vec::new(),
            (Self::Object(members), Style::DeepObject) => members
                .iter()
                .map(|(member, value)| (format!("{encoded}{}", target::encode(member)), encode(value)))
                .collect(),
            (Self::List(values), _) if form.explode || form.style == Style::DeepObject => {
                values.iter().map(|value| (encoded.clone(), encode(value))).collect()
            }
            (Self::Object(members), _) if form.explode => {
                members.iter().map(|(member, value)| (target::encode(member).into_owned(), encode(value))).collect()
            }
            (_, Style::SpaceDelimited) => one(self.joined("%20", false, encode)),
            (_, Style::PipeDelimited) => one(self.joined("%7C", false, encode)),
            _ => one(self.joined(",", false, encode)),
        }
    }

    /// Everything in a row: the members of an object as `name=value`, or as two elements.
    fn joined(&self, separator: &str, named: bool, encode: impl Fn(&str) -> String) -> String {
        let parts: Vec<String> = match self {
            Self::Object(members) if named => {
                members.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect()
            }
            _ => self.texts().map(encode).collect(),
        };
        parts.join(separator)
    }
}

/// The text of a scalar.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The members of an object at any depth, a list as one of its name an element; false where there is `null` among them.
fn flatten(at: &str, value: &Value, members: &mut Vec<(String, String)>) -> bool {
    match value {
        Value::Object(inner) => inner.iter().all(|(name, value)| flatten(&format!("{at}[{name}]"), value, members)),
        Value::Array(elements) => elements.iter().all(|element| flatten(at, element, members)),
        scalar => text(scalar).map(|text| members.push((at.to_owned(), text))).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The examples of OpenAPI 3.1.1 §4.8.12.4, a row a style: empty, string, array, object.
    fn values() -> [Value; 4] {
        [json!(""), json!("blue"), json!(["blue", "black", "brown"]), json!({"R": 100, "G": 200, "B": 150})]
    }

    fn query(value: &Value, form: Form) -> String {
        let plain = Plain::of(value, form).unwrap();
        let pairs: Vec<String> =
            plain.pairs("color", form).iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }

    #[test]
    fn paths_are_written_as_the_table_has_them() {
        // Members stand in the order of their names.
        let table = [
            (Style::Matrix.joined(), [";color", ";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
            (
                Style::Matrix.exploded(),
                [";color", ";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"],
            ),
            (Style::Label.joined(), [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
            (Style::Label.exploded(), [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
            (Style::Simple.joined(), ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]),
            (Style::Simple.exploded(), ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]),
        ];
        for (form, expected) in table {
            for (value, expected) in values().iter().zip(expected) {
                assert_eq!(Plain::of(value, form).unwrap().in_path("color", form), expected, "{form:?} {value}");
            }
        }
    }

    #[test]
    fn queries_are_written_as_the_table_has_them() {
        let table = [
            (Style::Form.joined(), ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
            (
                Style::Form.exploded(),
                ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"],
            ),
            (
                Style::SpaceDelimited.joined(),
                ["color=", "color=blue", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"],
            ),
            (
                Style::PipeDelimited.joined(),
                ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"],
            ),
            (
                Style::DeepObject.exploded(),
                [
                    "color=",
                    "color=blue",
                    "color=blue&color=black&color=brown",
                    "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
                ],
            ),
        ];
        for (form, expected) in table {
            for (value, expected) in values().iter().zip(expected) {
                assert_eq!(query(value, form), expected, "{form:?} {value}");
            }
        }
    }

    #[test]
    fn what_separates_values_is_told_from_what_is_in_them() {
        let list = json!(["a,b", "c d", "e|f", "g&h"]);
        assert_eq!(query(&list, Style::Form.joined()), "color=a%2Cb,c%20d,e%7Cf,g%26h");
        let object = json!({"k=": "v&"});
        assert_eq!(query(&object, Style::Form.exploded()), "k%3D=v%26");
        let path = Plain::of(&list, Style::Matrix.exploded()).unwrap().in_path("a;b", Style::Matrix.exploded());
        assert_eq!(path, ";a%3Bb=a%2Cb;a%3Bb=c%20d;a%3Bb=e%7Cf;a%3Bb=g%26h");
    }

    #[test]
    fn reserved_characters_stay_where_they_may() {
        let form = Style::Form.exploded().reserved();
        assert_eq!(query(&json!("a/b?c:d@e!$(*),;"), form), "color=a/b?c:d@e!$(*),;");
        assert_eq!(query(&json!("%2F%zz%"), form), "color=%2F%25zz%25");
        assert_eq!(query(&json!("a&b=c+d#e[f]'g é"), form), "color=a%26b%3Dc%2Bd%23e%5Bf%5D%27g%20%C3%A9");
    }

    #[test]
    fn deep_objects_go_as_deep_as_the_value() {
        let value = json!({"a": {"b": 1, "c": ["x", "y"]}, "d": true});
        let expected = "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bc%5D=x&color%5Ba%5D%5Bc%5D=y&color%5Bd%5D=true";
        assert_eq!(query(&value, Style::DeepObject.exploded()), expected);
    }

    #[test]
    fn headers_hold_texts_as_they_are() {
        let header = |value: Value, form: Form| Plain::of(&value, form).unwrap().in_header(form);
        let [_, _, list, object] = values();
        assert_eq!(header(list, Style::Simple.joined()).as_deref(), Some("blue,black,brown"));
        assert_eq!(header(object.clone(), Style::Simple.joined()).as_deref(), Some("B,150,G,200,R,100"));
        assert_eq!(header(object, Style::Simple.exploded()).as_deref(), Some("B=150,G=200,R=100"));
        assert_eq!(header(json!([]), Style::Simple.joined()), None);
        assert_eq!(header(json!(""), Style::Simple.joined()).as_deref(), Some(""));
    }

    #[test]
    fn what_no_style_has_a_form_for_is_none() {
        for value in [json!(null), json!([null]), json!([[1]]), json!({"a": null}), json!({"a": [1]})] {
            assert!(Plain::of(&value, Style::Form.exploded()).is_none(), "{value}");
        }
        assert!(Plain::of(&json!({"a": {"b": null}}), Style::DeepObject.exploded()).is_none());
        assert_eq!(query(&json!({"a": [null]}), Style::Json.joined()), "color=%7B%22a%22%3A%5Bnull%5D%7D");
    }
}
