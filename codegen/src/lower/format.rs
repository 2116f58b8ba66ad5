//! `format` → a check: which formats there are, and what of the runtime checks them.

use crate::ir::{Check, runtime_feature};
use crate::schema::Location;

use super::Lowering;

/// A format that is checked.
struct Format {
    /// As schemas have it.
    name: &'static str,
    /// The function of the runtime that checks it.
    function: &'static str,
    /// The feature of the runtime that has the function.
    feature: Option<&'static str>,
}

const fn format(name: &'static str, function: &'static str, feature: Option<&'static str>) -> Format {
    Format { name, function, feature }
}

/// The formats of JSON Schema Validation 2020-12 §7.3, and `strict-uri`. Every other one is an annotation, those of OpenAPI
/// (`int32`, `int64`, `float`, `double`, `byte`, `binary`, `password`) among them.
const FORMATS: &[Format] = &[
    format("date", "is_date", None),
    format("date-time", "is_date_time", None),
    format("duration", "is_duration", None),
    format("email", "is_email", None),
    format("hostname", "is_hostname", Some(runtime_feature::IDN)),
    format("idn-email", "is_idn_email", Some(runtime_feature::IDN)),
    format("idn-hostname", "is_idn_hostname", Some(runtime_feature::IDN)),
    format("ipv4", "is_ipv4", None),
    format("ipv6", "is_ipv6", None),
    format("iri", "is_iri", None),
    format("iri-reference", "is_iri_reference", None),
    format("json-pointer", "is_json_pointer", None),
    format("regex", "is_regex", Some(runtime_feature::BACKTRACKING)),
    format("relative-json-pointer", "is_relative_json_pointer", None),
    format("strict-uri", "is_strict_uri", None),
    format("time", "is_time", None),
    format("uri", "is_uri", None),
    format("uri-reference", "is_uri_reference", None),
    format("uri-template", "is_uri_template", None),
    format("uuid", "is_uuid", None),
];

impl Lowering<'_> {
    /// The check of a format; `None` where it is an annotation.
    pub(super) fn format(&mut self, name: &str, location: &Location) -> Option<Check> {
        let read_as = self.config.formats.read_as.get(name);
        if read_as.is_some() {
            self.used_formats.insert(name.to_owned());
        }
        let target = read_as.map_or(name, String::as_str);
        let Format { function, feature, .. } = FORMATS.iter().find(|known| known.name == target)?;
        let schema = self.schemas.find(location).map(|id| self.schemas.get(id));
        let asserts = schema.is_some_and(|schema| schema.dialect.asserts_formats);
        if self.asserts_formats.unwrap_or(asserts) {
            return Some(Check::Format { name: name.to_owned(), function, feature: *feature });
        }
        self.unchecked_formats.add(location.clone(), name.to_owned());
        None
    }
}
