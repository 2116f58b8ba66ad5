//! String literals: raw ones where those read better.

use proc_macro2::Literal;

/// A string literal on one line, raw where that reads better.
pub(super) fn raw(text: &str) -> Literal {
    if text.contains(|character: char| character.is_control()) {
        return Literal::string(text);
    }
    verbatim(text)
}

/// A string literal over as many lines as the text has, raw where there is something that would have to be escaped.
pub(super) fn verbatim(text: &str) -> Literal {
    if !text.contains(['\\', '"']) {
        return Literal::string(text);
    }
    let fence = fence(text);
    format!("r{fence}\"{text}\"{fence}").parse().unwrap_or_else(|_| Literal::string(text))
}

/// As many `#` as keep a quotation mark inside the text from ending the literal.
fn fence(text: &str) -> String {
    let marks = |after: &str| after.chars().take_while(|character| *character == '#').count().saturating_add(1);
    let longest = text.split('"').skip(1).map(marks).max().unwrap_or(0);
    "#".repeat(longest)
}

#[cfg(test)]
mod tests {
    use super::{raw, verbatim};

    #[test]
    fn quotation_marks_inside_do_not_end_the_literal() {
        assert_eq!(raw(r"^\d$").to_string(), r#"r"^\d$""#);
        assert_eq!(raw(r#""a""#).to_string(), r###"r#""a""#"###);
        assert_eq!(verbatim("{\"$ref\":\"#/$defs/A\"}\n").to_string(), "r##\"{\"$ref\":\"#/$defs/A\"}\n\"##");
    }

    #[test]
    fn what_has_nothing_to_escape_is_no_raw_literal() {
        assert_eq!(raw("plain").to_string(), "\"plain\"");
        assert_eq!(raw("\\\n").to_string(), r#""\\\n""#);
    }
}
