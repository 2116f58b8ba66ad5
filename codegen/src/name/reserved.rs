//! Names that can't be used as they are: keywords, and what generated code itself uses.

use super::words::{is_part, is_start, pascal, snake};

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods of generated objects, and of the traits that everybody has in scope, which a setter must not hide.
const METHODS: &[&str] = &[
    "as_ref",
    "blank",
    "borrow",
    "borrow_mut",
    "check",
    "clone",
    "clone_into",
    "decode",
    "default",
    "encode",
    "eq",
    "extra",
    "extra_mut",
    "fmt",
    "from",
    "give",
    "into",
    "ne",
    "new",
    "serialize",
    "take",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
    "validate",
];

/// Methods of every request builder.
const BUILDER_METHODS: &[&str] = &[
    "attempt_timeout",
    "body_bytes",
    "call",
    "correlation_id",
    "events",
    "header",
    "idempotent",
    "into_future",
    "items",
    "lines",
    "pages",
    "query_param",
    "retries",
    "send",
    "send_raw",
    "skip_rules",
    "skip_validation",
    "stream",
    "timeout",
];

/// Methods of the builder of the client.
const CLIENT_BUILDER: &[&str] = &[
    "allow_insecure_http",
    "anonymous",
    "attempt_timeout",
    "base_url",
    "build",
    "client_credentials",
    "connect_timeout",
    "default_header",
    "http_client",
    "http_settings",
    "max_request_size",
    "max_response_size",
    "pace",
    "proxy",
    "proxy_loopback",
    "retries",
    "telemetry",
    "timeout",
    "token",
    "token_basic",
    "token_field",
    "token_margin",
    "token_scopes",
    "token_source",
    "token_url",
    "user_agent",
];

/// Methods of the client and its groups, and the crates that their modules name.
const CLIENT: &[&str] =
    &["builder", "clone", "codegen_runtime", "default", "fmt", "from", "into", "new", "request", "runtime", "std"];

/// Names that generated modules use without a path.
const TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Call",
    "Checked",
    "Choice",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "Debug",
    "Decode",
    "Decimal",
    "Default",
    "Deserialize",
    "Display",
    "Drop",
    "Encode",
    "Eq",
    "Err",
    "Error",
    "Extra",
    "Fit",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Hash",
    "HeaderMap",
    "Into",
    "IntoIterator",
    "Iterator",
    "Maybe",
    "Members",
    "Merge",
    "Method",
    "None",
    "Number",
    "Object",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Path",
    "Pattern",
    "Report",
    "Response",
    "Result",
    "Scope",
    "Self",
    "Send",
    "Serialize",
    "Sized",
    "Slot",
    "Some",
    "StatusCode",
    "String",
    "Sync",
    "Taken",
    "ToOwned",
    "ToString",
    "Unpin",
    "Valid",
    "Validate",
    "Value",
    "Vec",
    "Violation",
    "Violations",
    "Visit",
];

/// Whether a name begins with what no identifier begins with: a digit, mostly.
fn needs_a_start(name: &str) -> bool {
    !name.is_empty() && !name.starts_with(is_start)
}

/// The name of a type.
pub(super) fn type_name(name: &str) -> String {
    if name.is_empty() {
        return "Unnamed".to_owned();
    }
    if needs_a_start(name) {
        return format!("Type{name}");
    }
    if TYPES.contains(&name) {
        return format!("{name}Type");
    }
    name.to_owned()
}

/// The name of a variant.
pub(super) fn variant(name: &str) -> String {
    match name {
        "" => "Empty".to_owned(),
        "Self" => "SelfValue".to_owned(),
        "Unknown" => "UnknownValue".to_owned(),
        name if needs_a_start(name) => format!("Value{name}"),
        name => name.to_owned(),
    }
}

/// The name of a field, and of its setter.
pub(super) fn field(wire: &str) -> String {
    identifier(wire, |name| METHODS.contains(&name))
}

/// The name of an argument, and of the setter of an optional parameter.
pub(super) fn argument(wire: &str) -> String {
    identifier(wire, |name| BUILDER_METHODS.contains(&name) || name == "body")
}

/// The name of the setter of a variable of the server's URL.
pub(super) fn variable(name: &str) -> String {
    identifier(name, |name| METHODS.contains(&name) || CLIENT_BUILDER.contains(&name))
}

/// The name of a method of the client, or of a group of them, which is a module too.
pub(super) fn method(name: &str) -> String {
    identifier(name, |name| CLIENT.contains(&name))
}

/// The name of a module.
pub(super) fn module(name: &str) -> String {
    identifier(name, |_| false)
}

/// The name of a module of types at the root of the crate, beside what stands there already.
pub(super) fn types_module(name: &str) -> String {
    identifier(name, |name| matches!(name, "alloc" | "codegen_runtime" | "core" | "lib" | "schemars" | "std"))
}

/// The type of a request builder: it must not be called as its group is, nor as what its module uses.
pub(super) fn builder(name: &str, group: &str) -> String {
    let name = variant(name);
    if name == group || TYPES.contains(&name.as_str()) { format!("{name}Request") } else { name }
}

/// The Cargo feature of a client group: kebab case, and none of those that mean something else.
pub(super) fn feature(group: &str) -> String {
    let name = group.trim_matches('_').replace('_', "-");
    match name.as_str() {
        "blocking" | "client" | "schemars" | "default" => format!("api-{name}"),
        _ => name,
    }
}

fn identifier(wire: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = snake(wire);
    if name.is_empty() {
        name = snake(&spelled(wire));
    }
    if needs_a_start(&name) {
        name.insert(0, '_');
    }
    if KEYWORDS.contains(&name.as_str()) || taken(&name) {
        name.push('_');
    }
    name
}

/// A wire name with every sign in words and the case of its letters told: what tells apart `a` and `A`, `+1` and `-1`.
pub(super) fn spelled(wire: &str) -> String {
    if wire.is_empty() {
        return "empty".to_owned();
    }
    let cased = wire.chars().all(|character| !character.is_lowercase()) && wire.chars().any(char::is_uppercase);
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for character in wire.chars() {
        if is_part(character) {
            word.push(character);
            continue;
        }
        words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        words.push(sign(character));
    }
    words.extend((!word.is_empty()).then_some(word));
    if cased {
        words.insert(0, "uppercase".to_owned());
    }
    pascal(&words.join(" "))
}

fn sign(character: char) -> String {
    let name = match character {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        ' ' => "space",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '@' => "at",
        '!' => "not",
        '?' => "question",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '|' => "or",
        '~' => "tilde",
        '^' => "caret",
        '\'' | '"' | '`' => "quote",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        other => return format!("u{:x}", u32::from(other)),
    };
    name.to_owned()
}

/// A JSON Pointer in words.
pub(super) fn spelled_pointer(pointer: &str) -> String {
    pointer.chars().map(|character| if character.is_alphanumeric() { character } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_setter_hides_a_method_that_the_runtime_gives_to_builders() {
        let macros = include_str!("../../../runtime/src/client/macros.rs");
        let (of_requests, of_clients) = macros.split_once("macro_rules! client_builder").unwrap();
        let methods = |text: &str| -> Vec<String> {
            let names = text.lines().filter_map(|line| line.trim().strip_prefix("pub fn ")?.split(['(', '<']).next());
            // `$method` is a name that the emitter gives.
            names.filter(|name| !name.starts_with('$')).map(str::to_owned).collect()
        };
        let (of_requests, of_clients) = (methods(of_requests), methods(of_clients));
        assert!(of_requests.contains(&"send_raw".to_owned()) && of_clients.contains(&"build".to_owned()));
        for name in of_requests {
            assert_eq!(argument(&name), format!("{name}_"));
        }
        for name in of_clients {
            assert_eq!(variable(&name), format!("{name}_"));
        }
    }
}
