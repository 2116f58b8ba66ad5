//! Words of a wire name, and Rust names made of words.

/// Words that are written with capitals inside them.
const WRITTEN: &[&str] = &["GraphQL", "IPv4", "IPv6", "MySQL", "NoSQL", "OAuth", "PostgreSQL", "iOS"];

/// The one of them that types are written with as well.
const OAUTH: (&str, &str) = ("oauth", "OAuth");

/// The words of a name: split at what is no letter or digit, at a capital after a small letter or digit, and before the last
/// capital of a run that goes on in small letters (`HTTPServer` → `http`, `server`).
pub(super) fn words(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    // Where a word ends that is written with capitals inside it.
    let mut whole = 0;
    for (index, character) in characters.iter().enumerate() {
        if index < whole {
            word.extend(character.to_lowercase());
            continue;
        }
        if !is_part(*character) {
            flush(&mut word, &mut words);
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| characters.get(before));
        let after = characters.get(index.saturating_add(1));
        let follows_small = before.is_some_and(|before| before.is_lowercase() || before.is_numeric());
        let starts_small = before.is_some_and(|before| before.is_uppercase())
            && after.is_some_and(|after| after.is_lowercase())
            && !is_plural_of_capitals(&characters, index);
        let follows_whole = whole > 0 && index == whole;
        if character.is_uppercase() && (follows_small || starts_small || follows_whole) {
            flush(&mut word, &mut words);
        }
        if word.is_empty() {
            whole = written(&characters, index).map_or(whole, |length| index.saturating_add(length));
        }
        word.extend(character.to_lowercase());
    }
    flush(&mut word, &mut words);
    words
}

/// Whether a small `s` and nothing more follows: `IDs` are several, `Is` is a word.
fn is_plural_of_capitals(characters: &[char], index: usize) -> bool {
    let after = |distance: usize| characters.get(index.saturating_add(distance));
    after(1) == Some(&'s') && after(2).is_none_or(|next| !next.is_lowercase())
}

/// The length of the word with capitals inside it that begins here.
fn written(characters: &[char], index: usize) -> Option<usize> {
    let rest = || characters.iter().skip(index);
    let is_here = |word: &&&str| {
        let length = word.chars().count();
        word.chars().eq(rest().take(length).copied()) && rest().nth(length).is_none_or(|next| !next.is_lowercase())
    };
    WRITTEN.iter().find(is_here).map(|word| word.chars().count())
}

fn flush(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// `UserIdentity`
pub(super) fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    for word in words(name) {
        let mut characters = word.chars();
        if let Some(first) = characters.next() {
            // Two numbers side by side would read as one.
            if first.is_numeric() && pascal.ends_with(char::is_numeric) {
                pascal.push('_');
            }
            match word.strip_prefix(OAUTH.0) {
                Some(rest) if !rest.starts_with(char::is_alphabetic) => pascal.extend([OAUTH.1, rest]),
                _ => {
                    pascal.extend(first.to_uppercase());
                    pascal.extend(characters);
                }
            }
        }
    }
    pascal
}

/// `UserIdentity`, of words.
pub(super) fn pascal_of(words: &[String]) -> String {
    pascal(&words.join(" "))
}

/// `user_identity`
pub(super) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// Whether a character can stand in a word: a letter or digit that Rust takes in identifiers, which `²` and `½` are not.
pub(crate) fn is_part(character: char) -> bool {
    character.is_alphanumeric() && (character.is_ascii() || parses(&format!("a{character}")))
}

/// Whether an identifier can begin with a character.
pub(crate) fn is_start(character: char) -> bool {
    character == '_' || character.is_alphabetic() && (character.is_ascii() || parses(&character.to_string()))
}

fn parses(identifier: &str) -> bool {
    syn::parse_str::<proc_macro2::Ident>(identifier).is_ok()
}

/// Whether a text can stand as an identifier, keywords aside.
pub(super) fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    text != "_"
        && characters.next().is_some_and(is_start)
        && characters.all(|character| character == '_' || is_part(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_where_a_person_would() {
        for (name, expected) in [
            ("UpdateUserRequestContent", "update_user_request_content"),
            ("isSocial", "is_social"),
            ("HTTPServer", "http_server"),
            ("auth0-custom-domain", "auth0_custom_domain"),
            ("x5t#S256", "x5t_s256"),
            ("OAuth2ClientCredentials", "oauth2_client_credentials"),
            ("GraphQLAppIDs", "graphql_app_ids"),
            ("userIDs", "user_ids"),
            ("IsActive", "is_active"),
            ("AIs", "ais"),
            ("GraphQLAPI", "graphql_api"),
            ("Oauth", "oauth"),
            ("allowedIPv4Ranges", "allowed_ipv4_ranges"),
            ("already_snake", "already_snake"),
            ("globalClientID", "global_client_id"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
        assert_eq!(pascal("google-oauth2"), "GoogleOAuth2");
        assert_eq!(pascal("v1.2"), "V1_2");
    }

    #[test]
    fn words_hold_only_what_identifiers_hold() {
        assert_eq!(words("m²größe½日本"), ["m", "größe", "日本"]);
        assert!(!is_identifier("m²") && !is_identifier("\u{93e}") && is_identifier("日本"));
    }
}
