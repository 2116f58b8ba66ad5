//! `uri-template`: RFC 6570, section 2, production `URI-Template`.

/// Whether `value` is a URI template of any level.
///
/// An apostrophe is a literal (erratum 6937 of RFC 6570). The operators that are reserved for extensions (`{=a}`, `{!a}`) are
/// in the grammar, and accepted.
pub fn is_uri_template(value: &str) -> bool {
    let mut rest = value;
    while let Some((literals, expression_onwards)) = rest.split_once('{') {
        let Some((expression, after)) = expression_onwards.split_once('}') else {
            return false;
        };
        if !are(literals, is_literal) || !is_expression(expression) {
            return false;
        }
        rest = after;
    }
    are(rest, is_literal)
}

/// Section 2.2; the braces are taken off.
fn is_expression(expression: &str) -> bool {
    let operators = ['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|'];
    let variables = expression.strip_prefix(operators).unwrap_or(expression);
    variables.split(',').all(is_variable)
}

/// `varspec` of section 2.3 with the modifiers of section 2.4.
fn is_variable(variable: &str) -> bool {
    let name = match variable.split_once(':') {
        Some((name, length)) if is_prefix_length(length) => name,
        Some(_) => return false,
        None => variable.strip_suffix('*').unwrap_or(variable),
    };
    name.split('.').all(|part| !part.is_empty() && are(part, is_name_character))
}

/// 1 to 9999, without leading zeros.
fn is_prefix_length(length: &str) -> bool {
    (1..=4).contains(&length.len()) && length.bytes().all(|byte| byte.is_ascii_digit()) && !length.starts_with('0')
}

/// Whether `text` consists of percent-encoded bytes and of characters that are `allowed`.
fn are(text: &str, allowed: fn(char) -> bool) -> bool {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let fits = match character {
            '%' => {
                [characters.next(), characters.next()]
                    .iter()
                    .flatten()
                    .filter(|digit| digit.is_ascii_hexdigit())
                    .count()
                    == 2
            }
            _ => allowed(character),
        };
        if !fits {
            return false;
        }
    }
    true
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// `literals` of section 2.1, other than percent-encoded bytes.
fn is_literal(character: char) -> bool {
    match character {
        '"' | '%' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        '!'..='~' => true,
        _ => is_unicode(character),
    }
}

/// `ucschar` and `iprivate` of section 1.5.
fn is_unicode(character: char) -> bool {
    let noncharacter = u32::from(character) & 0xfffe == 0xfffe;
    match character {
        '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}' => false,
        _ => character >= '\u{a0}' && !noncharacter,
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_uri_template;

    #[test]
    fn literals_are_accepted() {
        assert_accepts(
            is_uri_template,
            &[
                "",
                "a",
                "/users/1?a=b#c",
                "https://example.com:80/[x]/~_-.!$&'()*+,;=:@",
                "%41%c3%A9",
                "é",
                "😀",
                "\u{a0}",
                "\u{e000}",
                "\u{ffef}",
                "\u{10fffd}",
            ],
        );
    }

    #[test]
    fn expressions_of_every_level_are_accepted() {
        assert_accepts(
            is_uri_template,
            &[
                "{a}",
                "/{a}/{b}{c}",
                "{+a}",
                "{#a}",
                "{.a}",
                "{/a}",
                "{;a}",
                "{?a}",
                "{&a}",
                "{a,b}",
                "{?a,b*,c:3}",
                "{a:1}",
                "{a:9999}",
                "{a*}",
                "{a.b.c}",
                "{_1}",
                "{1}",
                "{%41b%c3}",
                "{=a}",
                "{!a}",
                "{|a,b}",
            ],
        );
    }

    #[test]
    fn forbidden_literals_are_refused() {
        assert_refuses(
            is_uri_template,
            &[
                " ",
                "a b",
                "\"",
                "<",
                ">",
                "\\",
                "^",
                "`",
                "|",
                "%",
                "%4",
                "%4g",
                "%é",
                "a\n",
                "\u{7f}",
                "\u{9f}",
                "\u{fdd0}",
                "\u{fff0}",
                "\u{fffe}",
                "\u{1ffff}",
                "\u{e0001}",
            ],
        );
    }

    #[test]
    fn malformed_expressions_are_refused() {
        assert_refuses(
            is_uri_template,
            &[
                "{",
                "}",
                "{}",
                "{a",
                "a}",
                "{a}}",
                "{{a}}",
                "{a{b}}",
                "{+}",
                "{++a}",
                "{,}",
                "{a,}",
                "{,,a}",
                "{a,,b}",
                "{a b}",
                "{a-b}",
                "{é}",
                "{.}",
                "{..a}",
                "{a.}",
                "{a..b}",
                "{%}",
                "{%4}",
                "{a:}",
                "{a:0}",
                "{a:01}",
                "{a:10000}",
                "{a:+1}",
                "{a:1*}",
                "{a*:1}",
                "{a**}",
                "{*}",
                "{:1}",
                "{a=b}",
                "{$a}",
            ],
        );
    }

    #[test]
    fn templates_have_no_limit() {
        assert!(is_uri_template(&"{a}b".repeat(100_000)));
        assert!(!is_uri_template(&"{".repeat(100_000)));
    }
}
