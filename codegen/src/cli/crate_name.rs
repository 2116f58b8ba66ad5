//! Names of packages: made valid from any text, or found wanting.

/// What no package can be called: Rust's keywords, its own crates, what cargo keeps for itself, devices of Windows.
const RESERVED: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "aux",
    "become",
    "box",
    "break",
    "build",
    "con",
    "const",
    "continue",
    "core",
    "crate",
    "deps",
    "do",
    "dyn",
    "else",
    "enum",
    "examples",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "incremental",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "nul",
    "override",
    "priv",
    "prn",
    "proc-macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// What generated crates depend on: a package of the same name could not.
const DEPENDENCIES: &[&str] = &["codegen-runtime", "jsonschema", "reqwest", "schemars", "serde", "serde-json", "tokio"];

/// The most characters that a name has; crate registries take no more.
const MAX_LENGTH: usize = 64;

/// What a name gets where it cannot stand alone.
const FILLER: &str = "api";

/// A valid name out of any text: lower-case ASCII words with `-` between them.
pub(super) fn tidy(text: &str) -> String {
    let words = words(text);
    let name = match words.chars().next() {
        None => FILLER.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{FILLER}-{words}"),
        Some(_) if is_taken(&words) => format!("{words}-{FILLER}"),
        Some(_) => words,
    };
    let cut: String = name.chars().take(MAX_LENGTH).collect();
    cut.trim_end_matches('-').to_owned()
}

/// Whether a package can be called that.
pub(super) fn is_valid(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && name.len() <= MAX_LENGTH
        && !is_taken(&name.to_ascii_lowercase().replace('_', "-"))
}

fn is_taken(name: &str) -> bool {
    RESERVED.contains(&name) || DEPENDENCIES.contains(&name)
}

/// Words begin where something else than an ASCII letter or digit ends, and where the case says so (`HTTPServer`).
fn words(text: &str) -> String {
    let mut result = String::new();
    let mut previous = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next_is_lower = rest.peek().is_some_and(char::is_ascii_lowercase);
        let begins = c.is_ascii_uppercase()
            && (previous.is_ascii_lowercase() || (previous.is_ascii_uppercase() && next_is_lower));
        if (begins || !c.is_ascii_alphanumeric()) && !result.is_empty() && !result.ends_with('-') {
            result.push('-');
        }
        if c.is_ascii_alphanumeric() {
            result.push(c.to_ascii_lowercase());
        }
        previous = c;
    }
    result.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_becomes_a_valid_name() {
        let table = [
            ("auth0-users", "auth0-users"),
            ("UpdateUserRequestContent", "update-user-request-content"),
            ("HTTPServer2Go", "http-server2go"),
            ("Pet Store (v1.0)!", "pet-store-v1-0"),
            ("schema.openapi", "schema-openapi"),
            ("snake_case__name", "snake-case-name"),
            ("--x--", "x"),
            ("2fa", "api-2fa"),
            ("test", "test-api"),
            ("Core", "core-api"),
            ("std", "std-api"),
            ("type", "type-api"),
            ("gen", "gen-api"),
            ("proc_macro", "proc-macro-api"),
            ("serde_json", "serde-json-api"),
            ("", "api"),
            ("日本", "api"),
            ("été", "t"),
        ];
        for (text, expected) in table {
            assert_eq!(tidy(text), expected, "{text}");
            assert!(is_valid(expected), "{expected}");
        }
        assert_eq!(tidy(&format!("{}-{}", "a".repeat(63), "b")), "a".repeat(63));
    }

    #[test]
    fn names_that_cargo_would_refuse_are_not_valid() {
        for name in ["", "2fa", "test", "self", "a b", "é", "serde_json", "-a"] {
            assert!(!is_valid(name), "{name}");
        }
        assert!(is_valid("my_crate"));
    }
}
