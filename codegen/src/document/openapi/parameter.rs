//! Parameters (OpenAPI 3.1 §4.8.12): where they go and how they are written.

use std::collections::BTreeMap;

use super::content::is_json;
use super::{At, Reader};
use crate::document::{self, Form, Parameter, ParameterPlace, Style};

/// Headers that OpenAPI describes elsewhere, and wants ignored among the parameters (§4.8.12.2.1).
const OTHER_HEADERS: [&str; 3] = ["accept", "authorization", "content-type"];

impl<'r> Reader<'r> {
    /// The parameters of an operation. Those of the operation override those of the path (§4.8.9.1).
    pub(super) fn parameters(&mut self, path: &str, item: &At<'r>, operation: &At<'r>) -> Vec<Parameter> {
        let mut parameters: BTreeMap<(ParameterPlace, String), Parameter> = BTreeMap::new();
        for list in [item.child("parameters"), operation.child("parameters")].into_iter().flatten() {
            for parameter in list.items() {
                let Some(parameter) = self.parameter(parameter) else { continue };
                let name = parameter.name.to_ascii_lowercase();
                if parameter.place == ParameterPlace::Header && OTHER_HEADERS.contains(&name.as_str()) {
                    continue;
                }
                parameters.insert((parameter.place, parameter.name.clone()), parameter);
            }
        }
        let mut parameters: Vec<Parameter> = parameters.into_values().collect();
        let position = |name: &str| path.find(&format!("{{{name}}}"));
        let in_path = |parameter: &Parameter| parameter.place == ParameterPlace::Path;
        let strays = parameters.extract_if(.., |one| in_path(one) && position(&one.name).is_none());
        for name in strays.map(|stray| stray.name).collect::<Vec<_>>() {
            let message = format!("the path has no place for the parameter `{name}`, which is left out");
            self.warn("parameter-left-out", message, operation);
        }
        for name in document::braced(path) {
            if !parameters.iter().any(|one| in_path(one) && one.name == name) {
                let message = format!("the path names the parameter `{name}`, which is not described: it is a string");
                self.warn("undescribed-parameter", message, operation);
                parameters.push(undescribed(name, operation));
            }
        }
        parameters.sort_by_key(|one| (one.place, if in_path(one) { position(&one.name) } else { None }));
        parameters
    }

    fn parameter(&mut self, written: At<'r>) -> Option<Parameter> {
        let at = self.follow(written)?;
        let place = match at.text("in").as_deref() {
            Some("path") => ParameterPlace::Path,
            Some("query") => ParameterPlace::Query,
            Some("header") => ParameterPlace::Header,
            Some("cookie") => ParameterPlace::Cookie,
            _ => {
                let message = "this parameter is left out: `in` must be `path`, `query`, `header` or `cookie`";
                self.warn("parameter-left-out", message, &at);
                return None;
            }
        };
        let Some(name) = at.text("name").filter(|name| !name.is_empty()) else {
            self.warn("parameter-left-out", "this parameter is left out: it has no name", &at);
            return None;
        };
        let (schema, form) = self.shape(&at, place);
        Some(Parameter {
            required: at.flag("required") == Some(true) || place == ParameterPlace::Path,
            description: at.text("description"),
            deprecated: at.flag("deprecated") == Some(true),
            schema: schema.map(|schema| schema.location()),
            location: at.location(),
            name,
            place,
            form,
        })
    }

    /// The schema of a parameter, and how its value is written.
    fn shape(&mut self, at: &At<'r>, place: ParameterPlace) -> (Option<At<'r>>, Form) {
        if let Some(schema) = at.child("schema") {
            let form = self.form(at, place);
            return (Some(schema), form);
        }
        let usual = usual_form(place);
        let offered = at.child("content").map(|content| content.members()).unwrap_or_default();
        match offered.into_iter().min_by_key(|(media_type, _)| !is_json(media_type)) {
            Some((media_type, media)) if is_json(&media_type) => {
                (media.child("schema"), Form { style: Style::Json, ..usual })
            }
            Some((media_type, media)) => {
                let message = format!("the value of this parameter is `{media_type}`, and sent as the text that it is");
                self.warn("not-generated", message, &media);
                (None, usual)
            }
            None => {
                self.warn("undescribed-parameter", "this parameter has no schema: it is a string", at);
                (None, usual)
            }
        }
    }

    /// `style`, `explode` and `allowReserved`, with their defaults (§4.8.12.2.1).
    pub(super) fn form(&mut self, at: &At<'r>, place: ParameterPlace) -> Form {
        let usual = usual_form(place);
        let written = at.text("style");
        let style = written.as_deref().map_or(Some(usual.style), style).filter(|style| fits(*style, place));
        let style = style.unwrap_or_else(|| {
            let (written, usual) =
                (written.unwrap_or_default(), if usual.style == Style::Form { "form" } else { "simple" });
            let message = format!("`style: {written}` can't stand here: this is written as `{usual}`");
            if let Some(written) = at.child("style") {
                self.warn("unknown-style", message, &written);
            }
            usual_form(place).style
        });
        Form {
            style,
            explode: at.flag("explode").unwrap_or(style == Style::Form),
            allow_reserved: place == ParameterPlace::Query && at.flag("allowReserved") == Some(true),
        }
    }
}

/// How values are written at a place that says nothing of it.
pub(super) fn usual_form(place: ParameterPlace) -> Form {
    let (style, explode) = match place {
        ParameterPlace::Path | ParameterPlace::Header => (Style::Simple, false),
        ParameterPlace::Query | ParameterPlace::Cookie => (Style::Form, true),
    };
    Form { style, explode, allow_reserved: false }
}

fn style(name: &str) -> Option<Style> {
    Some(match name {
        "simple" => Style::Simple,
        "label" => Style::Label,
        "matrix" => Style::Matrix,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        _ => return None,
    })
}

/// Whether a style can stand at a place (§4.8.12.3).
fn fits(style: Style, place: ParameterPlace) -> bool {
    match style {
        Style::Label | Style::Matrix => place == ParameterPlace::Path,
        Style::Simple => matches!(place, ParameterPlace::Path | ParameterPlace::Header),
        Style::Form => matches!(place, ParameterPlace::Query | ParameterPlace::Cookie),
        Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject => place == ParameterPlace::Query,
        Style::Json => false,
    }
}

/// A parameter that the path names and nobody describes.
fn undescribed(name: &str, operation: &At<'_>) -> Parameter {
    Parameter {
        location: operation.location(),
        name: name.to_owned(),
        place: ParameterPlace::Path,
        form: usual_form(ParameterPlace::Path),
        required: true,
        description: None,
        deprecated: false,
        schema: None,
    }
}
