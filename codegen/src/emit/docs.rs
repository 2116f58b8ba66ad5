//! Doc comments: descriptions, with limits and defaults in words.

use proc_macro2::TokenStream;
use quote::quote;

use super::Crate;
use crate::ir::{Check, Constant, Docs, Element, Member, Ty, TypeDef, Use};
use crate::markdown;
use crate::source::Node;

/// Lines of documentation as attributes, which are printed as comments.
pub(super) fn lines(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// `#[deprecated]`
pub(super) fn deprecated(docs: &Docs) -> Option<TokenStream> {
    docs.deprecated.then(|| quote!(#[deprecated]))
}

/// Whether a character does not print, or changes how others do.
pub(super) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Text with what does not print escaped.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Text as code, whatever it holds.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() {
        return "the empty string".to_owned();
    }
    let shown = visible(text);
    let longest = shown.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.saturating_add(1));
    let pad = if shown.starts_with('`') || shown.ends_with('`') || shown.trim().is_empty() { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// The documentation of a type.
pub(super) fn of_type(definition: &TypeDef, name: &str) -> TokenStream {
    let said = definition.docs.description.as_deref().or(definition.docs.title.as_deref());
    let text = said.map(markdown::from_description).filter(|text| !text.is_empty());
    let docs = lines(&text.unwrap_or_else(|| format!("`{name}`")));
    let deprecated = deprecated(&definition.docs);
    quote!(#docs #deprecated)
}

/// The documentation of a value of an enumeration: what is said of it, and the value.
pub(super) fn of_constant(constant: &Constant) -> TokenStream {
    let said = constant.description.as_deref().map(markdown::from_description).filter(|text| !text.is_empty());
    let value = code(&constant.value.to_string());
    lines(&match said {
        Some(said) => format!("{value}: {said}"),
        None => value,
    })
}

/// The documentation of a member.
pub(super) fn of_member(wire: &str, member: &Member, limits: &[String]) -> TokenStream {
    let mut paragraphs: Vec<String> = Vec::new();
    let said = member.docs.description.as_deref().or(member.docs.title.as_deref());
    paragraphs.extend(said.map(markdown::from_description).filter(|text| !text.is_empty()));
    if paragraphs.is_empty() {
        paragraphs.push(code(wire));
    }
    let mut notes: Vec<String> = Vec::new();
    if !limits.is_empty() {
        notes.push(format!("Limits: {}.", limits.join(", ")));
    }
    // A secret's default is no example to copy.
    if let Some(default) = member.docs.default.as_ref().filter(|_| !member.sensitive) {
        notes.push(format!("Default, never sent: {}.", literal(default)));
    }
    if !notes.is_empty() {
        paragraphs.push(notes.join("\n"));
    }
    let docs = lines(&paragraphs.join("\n\n"));
    let deprecated = deprecated(&member.docs);
    quote!(#docs #deprecated)
}

/// The documentation of an element of a tuple: nothing where there is nothing to say.
pub(super) fn of_element(index: usize, element: &Element, limits: &[String]) -> TokenStream {
    let said = element.docs.description.as_deref().or(element.docs.title.as_deref());
    let mut paragraphs: Vec<String> = said.map(markdown::from_description).into_iter().collect();
    paragraphs.retain(|text| !text.is_empty());
    if paragraphs.is_empty() {
        paragraphs.push(format!("Element {index}."));
    }
    paragraphs.extend((!limits.is_empty()).then(|| format!("Limits: {}.", limits.join(", "))));
    let docs = lines(&paragraphs.join("\n\n"));
    let deprecated = deprecated(&element.docs);
    quote!(#docs #deprecated)
}

/// The head of the crate's documentation.
pub(crate) fn crate_head(title: &str, description: Option<&str>) -> String {
    let mut text = markdown::from_description(title);
    let description = description.map(markdown::from_description).filter(|text| !text.is_empty());
    if let Some(description) = description {
        text.push_str("\n\n");
        text.push_str(&description);
    }
    text
}

fn literal(value: &Node) -> String {
    const SHOWN: usize = 80;
    let text = match value {
        Node::String(text) if text.is_empty() => return "the empty string".to_owned(),
        Node::String(text) => text.clone(),
        other => other.to_json(),
    };
    if text.chars().count() <= SHOWN {
        return code(&text);
    }
    let cut: String = text.chars().take(SHOWN).collect();
    code(&format!("{cut}…"))
}

impl Crate<'_> {
    /// The limits of a value in words.
    pub(super) fn limits(&self, value: &Use) -> Vec<String> {
        let mut limits = Vec::new();
        if let Some(inner) = self.aliased(value) {
            limits.extend(self.limits(inner));
        }
        limits.extend(phrases(&value.checks));
        if let Ty::Foreign(foreign) = &value.ty {
            limits.extend(phrases(&foreign.checks));
        }
        if value.ty == Ty::Never {
            limits.push("no value is allowed".to_owned());
        }
        if let Ty::List(item) = &value.ty {
            limits.extend(phrases(&item.checks).into_iter().map(|phrase| format!("each {phrase}")));
        }
        limits
    }
}

fn phrases(checks: &[Check]) -> Vec<String> {
    let mut phrases = Vec::new();
    let mut rest = checks;
    while let Some((check, after)) = rest.split_first() {
        let ranged = after.first().and_then(|next| range(check, next));
        rest = if ranged.is_some() { after.get(1..).unwrap_or_default() } else { after };
        phrases.extend(ranged.or_else(|| phrase(check)));
    }
    phrases
}

/// A lower and an upper limit of one thing: `1 to 150 characters`.
fn range(lower: &Check, upper: &Check) -> Option<String> {
    Some(match (lower, upper) {
        (Check::MinLength(low), Check::MaxLength(high)) => format!("{low} to {high} characters"),
        (Check::MinItems(low), Check::MaxItems(high)) => format!("{low} to {high} elements"),
        (Check::MinProperties(low), Check::MaxProperties(high)) => format!("{low} to {high} members"),
        (Check::Minimum(low), Check::Maximum(high)) => format!("{low} to {high}"),
        _ => return None,
    })
}

fn phrase(check: &Check) -> Option<String> {
    Some(match check {
        Check::MinLength(limit) => format!("at least {limit} {}", plural(*limit, "character")),
        Check::MaxLength(limit) => format!("at most {limit} {}", plural(*limit, "character")),
        Check::Pattern(pattern) => format!("pattern {}", code(&pattern.source)),
        Check::Format { name, .. } => format!("format {}", code(name)),
        Check::Minimum(limit) => format!("at least {limit}"),
        Check::Maximum(limit) => format!("at most {limit}"),
        Check::ExclusiveMinimum(limit) => format!("more than {limit}"),
        Check::ExclusiveMaximum(limit) => format!("less than {limit}"),
        Check::MultipleOf(limit) => format!("a multiple of {limit}"),
        Check::MinItems(limit) => format!("at least {limit} {}", plural(*limit, "element")),
        Check::MaxItems(limit) => format!("at most {limit} {}", plural(*limit, "element")),
        Check::UniqueItems => "no element twice".to_owned(),
        Check::MinProperties(limit) => format!("at least {limit} {}", plural(*limit, "member")),
        Check::MaxProperties(limit) => format!("at most {limit} {}", plural(*limit, "member")),
        Check::OneOf(values) => {
            let values: Vec<String> = values.iter().map(|value| code(&value.to_json())).collect();
            format!("one of {}", values.join(" "))
        }
        // The schema as a whole, which is no limit to tell of.
        Check::Satisfies { keywords, .. } if keywords == &["schema"] => return None,
        Check::Satisfies { keywords, .. } => {
            let keywords: Vec<String> = keywords.iter().map(|keyword| code(keyword)).collect();
            format!("what {} of the schema demands", keywords.join(", "))
        }
        Check::Never => "nothing satisfies the schema".to_owned(),
        Check::Contains { .. } | Check::PropertyNames(_) | Check::Kinds(_) | Check::Branches { .. } => return None,
    })
}

fn plural(count: u64, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
