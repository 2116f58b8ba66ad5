//! What can be violated at all, as far as the schema shows.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::document::{Below, Document, Step};

/// The formats that are checked where formats are: by the oracle, and by the server's definitions that were given to it.
const FORMATS: [&str; 20] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "strict-uri",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Says no only where it is certain.
pub(super) struct Possible<'a> {
    pub(super) document: &'a Document,
    pub(super) formats: bool,
}

impl Possible<'_> {
    /// Whether a schema can refuse an instance.
    pub(super) fn refuses(&self, place: &str) -> bool {
        self.can_refuse(place, &mut BTreeSet::new())
    }

    /// Whether a schema can accept an instance.
    pub(super) fn accepts(&self, place: &str) -> bool {
        self.can_accept(place, &mut BTreeSet::new())
    }

    /// Whether a keyword can refuse an instance; only a string, where the instances are names.
    pub(super) fn keyword(&self, place: &str, name: &str, is_name: bool) -> bool {
        if is_name && !self.concerns_strings(place, name) {
            return false;
        }
        self.can_violate(place, name, &mut BTreeSet::new())
    }

    /// Whether instances get to a schema.
    pub(super) fn is_reached(&self, place: &str, below: &Below) -> bool {
        match (&below.step, below.keyword) {
            (Step::When(true), _) => self.accepts(&format!("{place}/if")),
            (Step::When(false), _) => self.refuses(&format!("{place}/if")),
            (_, keyword @ ("unevaluatedProperties" | "unevaluatedItems")) => {
                !self.is_evaluated(place, keyword, &mut BTreeSet::new())
            }
            _ => true,
        }
    }

    fn concerns_strings(&self, place: &str, name: &str) -> bool {
        let value = self.document.schema(place).and_then(|schema| schema.get(name));
        match name {
            "type" => !value.is_some_and(|types| *types == "string" || includes(types, "string")),
            "multipleOf"
            | "maximum"
            | "exclusiveMaximum"
            | "minimum"
            | "exclusiveMinimum"
            | "maxItems"
            | "minItems"
            | "uniqueItems"
            | "maxContains"
            | "minContains"
            | "contains"
            | "items"
            | "prefixItems"
            | "unevaluatedItems"
            | "maxProperties"
            | "minProperties"
            | "required"
            | "dependentRequired"
            | "dependentSchemas"
            | "properties"
            | "patternProperties"
            | "additionalProperties"
            | "propertyNames"
            | "unevaluatedProperties" => false,
            _ => true,
        }
    }

    /// `seen` holds the places that are being asked: a schema that refuses only what it refuses refuses nothing.
    fn can_refuse(&self, place: &str, seen: &mut BTreeSet<String>) -> bool {
        match self.document.root.pointer(place) {
            Some(Value::Bool(accepts)) => !accepts,
            Some(Value::Object(schema)) => {
                seen.insert(place.to_owned())
                    && schema.keys().any(|name| self.can_violate(place, name, &mut seen.clone()))
            }
            _ => false,
        }
    }

    fn can_accept(&self, place: &str, seen: &mut BTreeSet<String>) -> bool {
        let Some(schema) = self.document.schema(place) else {
            return self.document.root.pointer(place) != Some(&Value::Bool(false));
        };
        if !seen.insert(place.to_owned()) {
            return true;
        }
        let below = self.document.below(place);
        let all = |keyword: &'static str| below.iter().filter(move |below| below.keyword == keyword);
        let none = |keyword: &'static str, seen: &mut BTreeSet<String>| {
            schema.contains_key(keyword) && !all(keyword).any(|below| self.can_accept(&below.pointer, seen))
        };
        let target = self.document.target(place, "$ref");
        // Two that accept everything are one too many.
        let certain = all("oneOf").filter(|below| !self.can_refuse(&below.pointer, &mut BTreeSet::new())).count();
        !(certain > 1
            || schema.contains_key("not") && !self.can_refuse(&format!("{place}/not"), &mut BTreeSet::new())
            || all("allOf").any(|below| !self.can_accept(&below.pointer, seen))
            || self.is_closed_to_required(place)
            || none("anyOf", seen)
            || none("oneOf", seen)
            || schema.contains_key("oneOf") && all("oneOf").all(|below| self.has_twin(&below.pointer, all("oneOf")))
            || schema.get("enum").and_then(Value::as_array).is_some_and(Vec::is_empty)
            || target.is_some_and(|target| !self.can_accept(&target, seen)))
    }

    /// Whether another branch of a union asks for the same, so that no instance satisfies only one of them.
    fn has_twin<'b>(&self, branch: &str, mut branches: impl Iterator<Item = &'b Below>) -> bool {
        let own = self.asserted(branch);
        branches.any(|other| other.pointer != branch && self.asserted(&other.pointer) == own)
    }

    /// The keywords of a schema that are not seen to assert nothing.
    fn asserted(&self, place: &str) -> Option<Map<String, Value>> {
        let mut schema = self.document.schema(place)?.clone();
        let is_idle = |name: &str| {
            ["title", "description", "default", "examples", "deprecated"].contains(&name) || name.starts_with("x-")
        };
        schema.retain(|name, _| !is_idle(name) && (self.formats || name != "format"));
        Some(schema)
    }

    /// Whether only objects are accepted, and none: a member is required that a closed schema beside does not name.
    fn is_closed_to_required(&self, place: &str) -> bool {
        let mut together = Vec::new();
        self.gather(place, &mut BTreeSet::new(), &mut together);
        let is_object = together.iter().any(|schema| schema.get("type").is_some_and(|kind| kind == "object"));
        let arrays = together.iter().filter_map(|schema| schema.get("required")).filter_map(Value::as_array).flatten();
        let required: Vec<&str> = arrays.filter_map(Value::as_str).collect();
        let names = |schema: &Map<String, Value>, name: &str| {
            schema.get("properties").is_some_and(|properties| properties.get(name).is_some())
        };
        let is_closed = |schema: &&&Map<String, Value>| {
            schema.get("additionalProperties") == Some(&Value::Bool(false)) && !schema.contains_key("patternProperties")
        };
        let mut closed = together.iter().filter(is_closed);
        is_object && closed.any(|schema| required.iter().any(|name| !names(schema, name)))
    }

    /// The schemas that apply to the same instance in any case.
    fn gather<'s>(&'s self, place: &str, seen: &mut BTreeSet<String>, together: &mut Vec<&'s Map<String, Value>>) {
        if !seen.insert(place.to_owned()) {
            return;
        }
        together.extend(self.document.schema(place));
        let below = self.document.below(place);
        let always = below.into_iter().filter(|below| below.keyword == "allOf").map(|below| below.pointer);
        for place in always.chain(self.document.target(place, "$ref")) {
            self.gather(&place, seen, together);
        }
    }

    fn can_violate(&self, place: &str, name: &str, seen: &mut BTreeSet<String>) -> bool {
        let Some((schema, value)) = self.document.schema(place).and_then(|schema| Some((schema, schema.get(name)?)))
        else {
            return false;
        };
        let below = self.document.below(place);
        let mut own = below.iter().filter(|below| below.keyword == name);
        match name {
            "type" => !covers_all(value),
            "enum" | "const" | "multipleOf" | "maximum" | "exclusiveMaximum" | "minimum" | "exclusiveMinimum"
            | "maxLength" | "maxItems" | "maxProperties" => true,
            "minLength" | "minItems" | "minProperties" => value.as_f64() != Some(0.0),
            "pattern" => !["", ".*", "^", "$"].iter().any(|open| value == open),
            "uniqueItems" => *value == true,
            "required" => value.as_array().is_some_and(|names| !names.is_empty()),
            "dependentRequired" => value.as_object().is_some_and(asks_for_others),
            "format" => self.formats && FORMATS.iter().any(|format| value == format),
            "contains" => schema.get("minContains").and_then(Value::as_f64) != Some(0.0),
            "minContains" => schema.contains_key("contains") && value.as_f64() != Some(0.0),
            "maxContains" => schema.contains_key("contains") && self.accepts(&format!("{place}/contains")),
            "allOf"
            | "properties"
            | "patternProperties"
            | "additionalProperties"
            | "prefixItems"
            | "items"
            | "dependentSchemas" => own.any(|below| self.can_refuse(&below.pointer, seen)),
            "propertyNames" => own.any(|below| self.refuses_names(&below.pointer, seen)),
            "unevaluatedProperties" | "unevaluatedItems" => {
                own.any(|below| self.is_reached(place, below) && self.can_refuse(&below.pointer, seen))
            }
            "anyOf" => own.all(|below| self.can_refuse(&below.pointer, seen)),
            "oneOf" => {
                let own: Vec<&Below> = own.collect();
                let certain = own.iter().filter(|below| !self.can_refuse(&below.pointer, seen)).count();
                let never = own.iter().filter(|below| !self.accepts(&below.pointer)).count();
                certain != 1 || never.saturating_add(1) < own.len()
            }
            "not" => self.accepts(&format!("{place}/not")),
            "then" | "else" => own.any(|below| self.is_reached(place, below) && self.can_refuse(&below.pointer, seen)),
            "$ref" => self.document.target(place, name).is_some_and(|target| self.can_refuse(&target, seen)),
            _ => false,
        }
    }

    fn refuses_names(&self, place: &str, seen: &mut BTreeSet<String>) -> bool {
        match self.document.schema(place) {
            Some(schema) => schema
                .keys()
                .any(|name| self.concerns_strings(place, name) && self.can_violate(place, name, &mut seen.clone())),
            None => self.can_refuse(place, seen),
        }
    }

    /// Whether nothing is left for `unevaluated…`: a keyword beside it, or in what applies in any case, takes all the rest.
    fn is_evaluated(&self, place: &str, keyword: &str, seen: &mut BTreeSet<String>) -> bool {
        if !seen.insert(place.to_owned()) {
            return false;
        }
        let takers: &[&str] = match keyword {
            "unevaluatedItems" => &["items"],
            _ => &["additionalProperties"],
        };
        let Some(schema) = self.document.schema(place) else { return false };
        if takers.iter().any(|taker| schema.contains_key(*taker)) {
            return true;
        }
        if keyword == "unevaluatedItems"
            && schema.contains_key("contains")
            && !self.refuses(&format!("{place}/contains"))
        {
            return true;
        }
        let within = |place: &str, seen: &mut BTreeSet<String>| {
            let is_there = self.document.schema(place).is_some_and(|schema| schema.contains_key(keyword));
            is_there || self.is_evaluated(place, keyword, seen)
        };
        let below = self.document.below(place);
        let always = below.iter().filter(|below| below.keyword == "allOf").map(|below| below.pointer.clone());
        let mut always = always.chain(self.document.target(place, "$ref"));
        if always.any(|place| within(&place, seen)) {
            return true;
        }
        ["anyOf", "oneOf"].iter().any(|branches| {
            let mut own = below.iter().filter(|below| below.keyword == *branches).peekable();
            own.peek().is_some() && own.all(|below| within(&below.pointer, seen))
        })
    }
}

fn includes(types: &Value, name: &str) -> bool {
    types.as_array().is_some_and(|types| types.iter().any(|kind| kind == name))
}

/// Whether a `type` names every kind of JSON.
fn covers_all(types: &Value) -> bool {
    ["null", "boolean", "object", "array", "number", "string"].iter().all(|kind| includes(types, kind))
}

/// Whether a `dependentRequired` asks for a member other than the one it depends on.
fn asks_for_others(dependencies: &Map<String, Value>) -> bool {
    let others =
        |(key, names): (&String, &Value)| names.as_array().is_some_and(|names| names.iter().any(|name| name != key));
    dependencies.iter().any(others)
}
