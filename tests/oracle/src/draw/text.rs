//! Strings: along a pattern, of a format, of a length.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::Value;

use super::{Draw, Together};
use crate::random::Random;

/// What lengths, patterns and names are easily wrong about: characters beyond the Basic Multilingual Plane, combining ones, line
/// ends, what JSON escapes. Not U+2028, U+2029 and U+000D: the `.` of a pattern matches them for the validator, but not for ECMA-262
/// (`LineTerminator`).
const WORDS: [&str; 17] = [
    "",
    "a",
    "foo",
    "bar",
    "0",
    "-1",
    "true",
    "null",
    "é",
    "e\u{301}",
    "\u{1f600}",
    "a\n",
    " ",
    "\"\\/",
    "\u{10ffff}",
    "ß-Ω_9",
    "\0",
];

/// Values of the formats, and near to them.
const FORMATS: [(&str, &[&str]); 18] = [
    ("date", &["2024-02-29", "2023-02-29", "2024-1-01", "0000-01-01"]),
    (
        "date-time",
        &["2024-02-29T23:59:60Z", "1990-12-31T15:59:60-08:00", "2024-01-01T00:00:00.5+01:00", "2024-01-01 00:00:00Z"],
    ),
    ("time", &["23:59:60Z", "08:30:06.283185+00:20", "08:30:06", "24:00:00Z"]),
    ("duration", &["P1Y2M3DT4H5M6S", "PT0S", "P1W", "P", "P1D2H"]),
    ("email", &["joe@example.com", "a@localhost", "\"joe\"@example.com", "2962"]),
    ("idn-email", &["실례@실례.테스트", "joe@example.com", "2962"]),
    ("hostname", &["www.example.com", "xn--nxasmq6b", "-a.b", "a_b", "a..b"]),
    ("idn-hostname", &["실례.테스트", "example.com", "〮한", "-a"]),
    ("ipv4", &["192.168.0.1", "256.0.0.1", "01.2.3.4", "1.2.3"]),
    ("ipv6", &["::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1::2::3", "12345::"]),
    ("uri", &["http://example.com/a?b#c", "urn:x", "//example.com", "http:// a"]),
    ("uri-reference", &["/abc", "#x", "http://example.com", "\\\\w", "a b"]),
    ("uri-template", &["http://example.com/{id}{?page}", "{a", "a b", "{}"]),
    ("iri", &["http://ƒøø.ßår/?∂=πµ", "/abc"]),
    ("strict-uri", &["https://example.com/x", "data:,x", "http://localhost"]),
    (
        "uuid",
        &[
            "2EB8AA08-aa98-11EA-B4AA-73B441D16380",
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
            "2eb8aa08aa9811eab4aa73b441d16380",
        ],
    ),
    ("json-pointer", &["/a~0b~1c", "", "a", "/~2"]),
    ("regex", &["([abc])+\\s+$", "^(abc]"]),
];

/// The longest string that is drawn without being asked for.
const LONG: usize = 2000;
/// How often something is repeated beyond what it has to be.
const SPREAD: usize = 3;

/// A short string.
pub(crate) fn word(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..random.between(1, 2) {
        text.push_str(random.pick(&WORDS).copied().unwrap_or_default());
    }
    text
}

impl Draw<'_> {
    pub(super) fn text(&mut self, together: &Together<'_>) -> String {
        let (least, most) = together.sizes("minLength", "maxLength");
        if let Some(pattern) = together.all("pattern").filter_map(Value::as_str).next()
            && let Some(text) =
                self.matching_of_length(pattern, least, most).or_else(|| self.known_to_match(pattern, least, most))
        {
            return text;
        }
        if let Some(format) = together.all("format").filter_map(Value::as_str).next()
            && let Some((_, values)) = FORMATS.iter().find(|(name, _)| *name == format)
        {
            // The first is right.
            let first =
                if self.is_careful() || self.random.one_in(2) { values.first() } else { self.random.pick(values) };
            return first.copied().unwrap_or_default().to_owned();
        }
        let mentioned: Vec<String> = self.mentioned.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let given = self.random.pick(&mentioned).cloned().filter(|_| self.random.one_in(4));
        let text = given.unwrap_or_else(|| word(&mut self.random));
        self.of_length(&text, least, most)
    }

    /// One of the strings that are known anyway that matches a pattern, which cannot be read as a regular expression: it looks around.
    fn known_to_match(&mut self, pattern: &str, least: usize, most: usize) -> Option<String> {
        let oracle = self.oracle_of(pattern)?;
        let formats = FORMATS.iter().flat_map(|(_, values)| *values).copied();
        let mentioned = self.mentioned.iter().filter_map(Value::as_str);
        let known: Vec<String> = WORDS
            .into_iter()
            .chain(formats)
            .chain(mentioned)
            .filter(|text| (least..=most).contains(&text.chars().count()) && oracle.accepts(&Value::from(*text)))
            .map(str::to_owned)
            .collect();
        self.random.pick(&known).cloned()
    }

    /// A string that matches a pattern, and if luck will have it, is neither too short nor too long.
    fn matching_of_length(&mut self, pattern: &str, least: usize, most: usize) -> Option<String> {
        let hir = regex_syntax::parse(pattern).ok()?;
        let mut text = String::new();
        for attempt in 0..40 {
            text.clear();
            let spread = if attempt % 2 == 0 { SPREAD } else { least.max(SPREAD) };
            sample(&hir, spread.min(LONG), &mut self.random, &mut text);
            if (least..=most).contains(&text.chars().count()) {
                break;
            }
        }
        Some(text)
    }

    /// The text with as many code points as are asked for, most often as few or as many as may be.
    fn of_length(&mut self, text: &str, least: usize, most: usize) -> String {
        let characters: Vec<char> = text.chars().collect();
        let (least, most) = (least.min(LONG), most.min(LONG).max(least.min(LONG)));
        let length = match self.random.below(4) {
            0 => least,
            1 if most < LONG => most,
            _ => characters.len().clamp(least, most),
        };
        let filler = self.random.pick(&['a', '\u{1f600}', 'é']).copied().unwrap_or('a');
        characters.into_iter().chain(std::iter::repeat(filler)).take(length).collect()
    }
}

/// A string that matches a pattern, as far as Rust's syntax is ECMA-262's; the oracle judges what comes out.
pub(super) fn matching(pattern: &str, random: &mut Random) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    sample(&hir, SPREAD, random, &mut text);
    Some(text)
}

fn sample(hir: &Hir, spread: usize, random: &mut Random, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(character(class, random)),
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).unwrap_or(0);
            let most = repetition.max.and_then(|most| usize::try_from(most).ok());
            let most = most.unwrap_or(usize::MAX).min(least.saturating_add(spread));
            for _ in 0..random.between(least, most) {
                sample(&repetition.sub, spread, random, text);
            }
        }
        HirKind::Capture(capture) => sample(&capture.sub, spread, random, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| sample(part, spread, random, text)),
        HirKind::Alternation(branches) => {
            if let Some(branch) = random.pick(branches) {
                sample(branch, spread, random, text);
            }
        }
    }
}

/// A character of a class: one of ASCII where there is one, most often.
fn character(class: &Class, random: &mut Random) -> Option<char> {
    let ranges: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => {
            class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect()
        }
        Class::Bytes(class) => class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let visible: Vec<(u32, u32)> = ranges
        .iter()
        .map(|(start, end)| ((*start).max(0x21), (*end).min(0x7e)))
        .filter(|(start, end)| start <= end)
        .collect();
    let choices = if visible.is_empty() || random.one_in(10) { &ranges } else { &visible };
    let (start, end) = *random.pick(choices)?;
    let width = usize::try_from(end.saturating_sub(start)).ok()?;
    let offset = u32::try_from(random.between(0, width)).ok()?;
    char::from_u32(start.saturating_add(offset)).or(char::from_u32(start))
}
