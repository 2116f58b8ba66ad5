//! A [`Diagnostic`] as text for a terminal, in rustc's shape.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Padding, Renderer, Snippet};

use super::excerpt::{STAND_IN, visible_text};
use super::sources::Found;
use super::{Diagnostic, Place, Severity, Sources, Spot};
use crate::source::Span;

/// Wide enough that no line is cut again: excerpts are short already.
const TERMINAL_WIDTH: usize = 400;

/// Renders a diagnostic: its code and message, every place with its line, JSON Pointers, help.
///
/// Without `color` the text holds no escape sequence; what it quotes from a document never does. A place in a file that
/// `sources` does not know is shown by name only. The text does not end with a line break.
pub fn render(diagnostic: &Diagnostic, sources: &Sources<'_>, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible_text(&diagnostic.message)).id(diagnostic.code);
    let places: Vec<_> = diagnostic.places.iter().map(|place| sources.find(&place.file, &place.spot)).collect();
    let mut group = Group::with_title(title);
    for (number, (place, found)) in diagnostic.places.iter().zip(&places).enumerate() {
        group = group.element(match found {
            Some(found) => snippet(number, place, found),
            None => Origin::path(visible_text(&place.file)).into(),
        });
    }
    let unseen = diagnostic.places.iter().zip(&places).filter(|(_, found)| found.is_none());
    let notes = notes(diagnostic, unseen.map(|(place, _)| place));
    if !notes.is_empty() {
        group = group.element(Padding).elements(notes);
    }
    let rendered = renderer.term_width(TERMINAL_WIDTH).render(&[group]);
    diagnostic.places.iter().zip(&places).enumerate().fold(rendered, |rendered, (number, (place, found))| match found {
        Some(found) => name(&rendered, number, place, found),
        None => rendered,
    })
}

/// The line of a place. It is named by its number, for [`name`] to replace.
fn snippet<'p>(number: usize, place: &'p Place, found: &'p Found) -> Element<'p> {
    let kind = if number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
    let mut annotation = kind.span(found.excerpt.marked.clone());
    if !place.label.is_empty() {
        annotation = annotation.label(visible_text(&place.label));
    }
    let snippet = Snippet::source(found.excerpt.text.as_str()).line_start(found.span.line).path(stand_in(number));
    snippet.annotation(annotation).into()
}

/// What stands for the file name of a place while it is rendered: it occurs nowhere else.
fn stand_in(number: usize) -> String {
    format!("{STAND_IN}{number}{STAND_IN}")
}

/// Puts file, line and column where the stand-in is, and the column that the renderer counted: in a cut line it is wrong.
fn name(rendered: &str, number: usize, place: &Place, found: &Found) -> String {
    let Some((before, after)) = rendered.split_once(&stand_in(number)) else {
        return rendered.to_owned();
    };
    let after = after.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    let Span { line, column, .. } = found.span;
    format!("{before}{}:{line}:{column}{after}", visible_text(&place.file))
}

/// What is said of places without a line, the pointers of the places, each once, and the ways out.
fn notes<'d>(diagnostic: &'d Diagnostic, unseen: impl Iterator<Item = &'d Place>) -> Vec<Element<'d>> {
    let labels = unseen.filter(|place| !place.label.is_empty());
    let labels = labels.map(|place| Level::NOTE.message(visible_text(&place.label)));
    let mut pointers: Vec<&str> = Vec::new();
    for place in &diagnostic.places {
        if let Spot::Pointer(pointer) | Spot::Key(pointer) = &place.spot
            && !pointer.is_empty()
            && !pointers.contains(&pointer.as_str())
        {
            pointers.push(pointer);
        }
    }
    let pointers = pointers.into_iter().map(|pointer| Level::NOTE.with_name("at").message(visible_text(pointer)));
    let help = diagnostic.help.iter().map(|help| Level::HELP.message(visible_text(help)));
    labels.chain(pointers).chain(help).map(Element::from).collect()
}

#[cfg(test)]
mod tests;
