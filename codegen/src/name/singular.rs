//! One of several: what an element of a list is called after.

/// The singular of a word in small letters; `None` where it is no plural that is known to be one.
pub(super) fn singular(word: &str) -> Option<String> {
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return Some((*one).to_owned());
    }
    let stem = word.strip_suffix('s')?;
    if SINGULAR.contains(&word) || word.chars().count() <= 3 || stem.ends_with(['s', 'u', 'i']) || word.ends_with("ics")
    {
        return None;
    }
    let changed = |suffix: &str, to: &str| word.strip_suffix(suffix).map(|stem| format!("{stem}{to}"));
    changed("ies", "y")
        .or_else(|| {
            ["sses", "shes", "ches", "xes", "zzes"].iter().any(|end| word.ends_with(end)).then(|| changed("es", ""))?
        })
        .or_else(|| Some(stem.to_owned()))
}

/// The singular of a name: that of its last word.
pub(super) fn singular_name(words: &[String]) -> Option<Vec<String>> {
    let (last, rest) = words.split_last()?;
    let one = singular(last)?;
    Some(rest.iter().cloned().chain([one]).collect())
}

/// Whether two words are one, in whichever number.
pub(super) fn same_word(one: &str, other: &str) -> bool {
    one == other || singular(one).as_deref() == Some(other) || singular(other).as_deref() == Some(one)
}

/// Plurals that are not made by a rule.
const IRREGULAR: &[(&str, &str)] = &[
    ("addenda", "addendum"),
    ("ads", "ad"),
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("axes", "axis"),
    ("biases", "bias"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("calories", "calorie"),
    ("campuses", "campus"),
    ("canvases", "canvas"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("corpuses", "corpus"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("diagnoses", "diagnosis"),
    ("echoes", "echo"),
    ("feet", "foot"),
    ("halves", "half"),
    ("headaches", "headache"),
    ("heroes", "hero"),
    ("ids", "id"),
    ("indices", "index"),
    ("ips", "ip"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lenses", "lens"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("movies", "movie"),
    ("niches", "niche"),
    ("ops", "op"),
    ("parentheses", "parenthesis"),
    ("people", "person"),
    ("potatoes", "potato"),
    ("shelves", "shelf"),
    ("statuses", "status"),
    ("synopses", "synopsis"),
    ("theses", "thesis"),
    ("tomatoes", "tomato"),
    ("vertices", "vertex"),
    ("vetoes", "veto"),
    ("viruses", "virus"),
    ("wolves", "wolf"),
    ("women", "woman"),
];

/// Words that end in `s` and are no plurals, or are their own.
const SINGULAR: &[&str] = &[
    "alias",
    "always",
    "atlas",
    "aws",
    "bias",
    "canvas",
    "chaos",
    "cors",
    "dns",
    "ethos",
    "gps",
    "https",
    "ios",
    "kubernetes",
    "lens",
    "macos",
    "news",
    "perhaps",
    "pos",
    "redis",
    "saas",
    "series",
    "sms",
    "species",
    "tls",
    "yes",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_plural_has_a_singular() {
        for (many, one) in [
            ("identities", "identity"),
            ("users", "user"),
            ("addresses", "address"),
            ("branches", "branch"),
            ("boxes", "box"),
            ("licenses", "license"),
            ("databases", "database"),
            ("statuses", "status"),
            ("indices", "index"),
            ("people", "person"),
            ("ids", "id"),
            ("values", "value"),
            ("caches", "cache"),
            ("cookies", "cookie"),
            ("archives", "archive"),
            ("keys", "key"),
        ] {
            assert_eq!(singular(many).as_deref(), Some(one), "{many}");
        }
    }

    #[test]
    fn what_is_no_plural_has_none() {
        for word in [
            "", "s", "is", "status", "analysis", "address", "metrics", "data", "dns", "news", "previous", "https",
            "gps",
        ] {
            let found = singular(word);
            assert_eq!(found, None, "{word}");
        }
    }

    #[test]
    fn words_are_the_same_in_either_number() {
        assert!(same_word("guild", "guilds") && same_word("guilds", "guild") && same_word("a", "a"));
        assert!(!same_word("guild", "guides"));
    }
}
